-- No CHECK (json_valid (body)): with trusted_schema off, older SQLite refuses it as unsafe. The package writes
-- and reads every body through its typed model instead.

-- Settings that belong to the pile: as_of and the like.
CREATE TABLE setting (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

-- Evidence. The bytes as they were read are the evidence; a document is what the reader named in
-- `file.reader` made of them, and `read_from` is where they lay, seen from the sourcebook's folder.
CREATE TABLE original (
    sha256  TEXT PRIMARY KEY CHECK (length(sha256) = 64),
    content BLOB NOT NULL
) STRICT;
CREATE TABLE file (
    id        INTEGER PRIMARY KEY,
    path      TEXT NOT NULL,
    sha256    TEXT NOT NULL REFERENCES original (sha256),
    read_from TEXT NOT NULL,
    given     TEXT NOT NULL,   -- its row of the --sources table
    reader    TEXT NOT NULL,
    UNIQUE (path, sha256)
) STRICT;
CREATE TABLE source (
    id   TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    body TEXT NOT NULL
) STRICT;
CREATE TABLE document (
    sequence INTEGER PRIMARY KEY,
    id       TEXT NOT NULL UNIQUE,
    file     INTEGER NOT NULL REFERENCES file (id),
    title    TEXT,
    text     TEXT NOT NULL,
    body     TEXT NOT NULL      -- the Document, its text left out
) STRICT;
CREATE TABLE skipped (
    path  TEXT NOT NULL,
    stage TEXT NOT NULL,
    why   TEXT NOT NULL,
    PRIMARY KEY (path, stage)
) STRICT;

-- Claims. The ledger row and what it stands for are written in one transaction, so that a killed
-- build goes on where it was. `key` is a digest of everything that the extraction depends on.
CREATE TABLE extraction (
    document  TEXT PRIMARY KEY REFERENCES document (id),
    extractor TEXT NOT NULL,
    key       TEXT NOT NULL,
    outcome   TEXT NOT NULL CHECK (outcome IN ('done', 'skipped')),
    why       TEXT
) STRICT;
CREATE TABLE mention (
    document TEXT NOT NULL REFERENCES extraction (document) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    id       TEXT NOT NULL UNIQUE,
    kind     TEXT NOT NULL,
    start    INTEGER NOT NULL,                           -- code points, included
    "end"    INTEGER NOT NULL,                           -- code points, not included
    exact    TEXT NOT NULL,
    body     TEXT NOT NULL,
    PRIMARY KEY (document, position)
) STRICT;
CREATE TABLE claim (
    document  TEXT NOT NULL REFERENCES extraction (document) ON DELETE CASCADE,
    position  INTEGER NOT NULL,
    id        TEXT NOT NULL UNIQUE,
    predicate TEXT NOT NULL,
    start     INTEGER NOT NULL,
    "end"     INTEGER NOT NULL,
    body      TEXT NOT NULL,
    PRIMARY KEY (document, position)
) STRICT;

-- Decisions: appended, never changed. `hash` is SHA-256 over the hash before it and `body`.
CREATE TABLE decision (
    sequence INTEGER PRIMARY KEY,
    id       TEXT NOT NULL UNIQUE,
    body     TEXT NOT NULL,
    hash     TEXT NOT NULL UNIQUE CHECK (length(hash) = 64)
) STRICT;
CREATE TRIGGER decision_is_not_changed BEFORE UPDATE ON decision
BEGIN SELECT RAISE (ABORT, 'decisions are only appended'); END;
CREATE TRIGGER decision_is_not_deleted BEFORE DELETE ON decision
BEGIN SELECT RAISE (ABORT, 'decisions are only appended'); END;
CREATE TRIGGER decision_is_last BEFORE INSERT ON decision
WHEN NEW.sequence <> (SELECT COALESCE(MAX(sequence), 0) + 1 FROM decision)
BEGIN SELECT RAISE (ABORT, 'decisions are only appended'); END;
