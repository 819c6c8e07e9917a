-- Files found within other files: `container` is the file on the disk that they came in.
ALTER TABLE file ADD COLUMN container INTEGER REFERENCES file (id);
CREATE INDEX file_in_container ON file (container) WHERE container IS NOT NULL;

-- Custody: one entry for each file as it was met, read or not; appended, never changed. `hash` is
-- SHA-256 over the hash before it and `body`.
CREATE TABLE custody (
    sequence INTEGER PRIMARY KEY,
    path     TEXT NOT NULL,
    sha256   TEXT NOT NULL,
    body     TEXT NOT NULL,
    hash     TEXT NOT NULL UNIQUE CHECK (length(hash) = 64)
) STRICT;
CREATE INDEX custody_of_file ON custody (path, sha256);
CREATE TRIGGER custody_is_not_changed BEFORE UPDATE ON custody
BEGIN SELECT RAISE (ABORT, 'the manifest is only appended to'); END;
CREATE TRIGGER custody_is_not_deleted BEFORE DELETE ON custody
BEGIN SELECT RAISE (ABORT, 'the manifest is only appended to'); END;
CREATE TRIGGER custody_is_last BEFORE INSERT ON custody
WHEN NEW.sequence <> (SELECT COALESCE(MAX(sequence), 0) + 1 FROM custody)
BEGIN SELECT RAISE (ABORT, 'the manifest is only appended to'); END;
