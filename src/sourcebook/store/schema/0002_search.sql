-- The words of documents, for search. The table holds no text of its own: it reads the document's. It is kept in
-- step by `store/search.py`, not by triggers: with trusted_schema off, SQLite lets none write to a virtual table.
CREATE VIRTUAL TABLE document_words USING fts5 (
    title, text, content = 'document', content_rowid = 'sequence', tokenize = 'unicode61 remove_diacritics 2'
);
INSERT INTO document_words (document_words) VALUES ('rebuild');
