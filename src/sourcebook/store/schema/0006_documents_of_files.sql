-- The documents of a file are asked for whenever a file is kept: without this each costs a look at all documents.
CREATE INDEX document_of_file ON document (file);
