-- The words of documents, for search. The table holds no text of its own: it reads the document's.
CREATE VIRTUAL TABLE document_words USING fts5 (
    title, text, content = 'document', content_rowid = 'sequence', tokenize = 'unicode61 remove_diacritics 2'
);
INSERT INTO document_words (document_words) VALUES ('rebuild');
CREATE TRIGGER document_words_after_insert AFTER INSERT ON document
BEGIN INSERT INTO document_words (rowid, title, text) VALUES (NEW.sequence, NEW.title, NEW.text); END;
CREATE TRIGGER document_words_after_delete AFTER DELETE ON document
BEGIN INSERT INTO document_words (document_words, rowid, title, text)
VALUES ('delete', OLD.sequence, OLD.title, OLD.text); END;
CREATE TRIGGER document_words_after_update AFTER UPDATE ON document
BEGIN INSERT INTO document_words (document_words, rowid, title, text)
VALUES ('delete', OLD.sequence, OLD.title, OLD.text);
INSERT INTO document_words (rowid, title, text) VALUES (NEW.sequence, NEW.title, NEW.text); END;
