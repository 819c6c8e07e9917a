-- Everything here follows from evidence, claims and decisions: dropped and made again at will.
-- `position` grows in the order of the record, with gaps, so that a row that comes between others moves none of them;
-- `digest` is of all that a row is made of, so that one that is as it was is not written. Bodies: see packing.py.
CREATE TABLE entity (
    position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, digest BLOB NOT NULL, kind TEXT NOT NULL,
    name TEXT NOT NULL, names TEXT NOT NULL, body BLOB NOT NULL   -- names: all of them, in lower case, one a line
) STRICT;
CREATE TABLE event (
    position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, digest BLOB NOT NULL, type TEXT NOT NULL,
    label TEXT NOT NULL, status TEXT NOT NULL, body BLOB NOT NULL
) STRICT;
CREATE TABLE fact (
    position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, digest BLOB NOT NULL, subject TEXT NOT NULL,
    property TEXT NOT NULL, relation TEXT NOT NULL, contested INTEGER NOT NULL, body BLOB NOT NULL
) STRICT;
CREATE INDEX fact_of_subject ON fact (subject);
CREATE INDEX fact_contested ON fact (position) WHERE contested;
CREATE TABLE proposal (
    position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, digest BLOB NOT NULL, kind TEXT NOT NULL,
    score REAL NOT NULL, body BLOB NOT NULL
) STRICT;
CREATE TABLE unresolved (
    position INTEGER PRIMARY KEY, path TEXT NOT NULL, stage TEXT NOT NULL, why TEXT NOT NULL
) STRICT;
CREATE TABLE origin (document TEXT PRIMARY KEY, origin_group TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE dated (document TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT, WITHOUT ROWID;
-- Claims and mentions as reviewers ruled: corrected, added, or (no body) left out.
CREATE TABLE ruled (
    position INTEGER PRIMARY KEY, kind TEXT NOT NULL, id TEXT NOT NULL UNIQUE, body TEXT
) STRICT;
-- Rows of lists, in the order of the list, with what they can be selected by; documents by their sequence.
CREATE TABLE event_row (
    position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, digest BLOB NOT NULL, kinds TEXT NOT NULL,
    status TEXT NOT NULL, dated INTEGER NOT NULL, earliest TEXT, latest TEXT, body BLOB NOT NULL
) STRICT;
CREATE TABLE event_party (event INTEGER NOT NULL, side TEXT NOT NULL, entity TEXT, name TEXT NOT NULL) STRICT;
CREATE INDEX event_party_of ON event_party (event);
CREATE INDEX event_party_by ON event_party (entity);
CREATE TABLE event_document (
    document INTEGER NOT NULL, event INTEGER NOT NULL, PRIMARY KEY (document, event)
) STRICT, WITHOUT ROWID;
CREATE INDEX event_document_of ON event_document (event);
CREATE TABLE actor_row (
    position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, digest BLOB NOT NULL, kind TEXT NOT NULL,
    body BLOB NOT NULL
) STRICT;
CREATE TABLE entity_document (
    document INTEGER NOT NULL, entity INTEGER NOT NULL, PRIMARY KEY (document, entity)
) STRICT, WITHOUT ROWID;
CREATE INDEX entity_document_of ON entity_document (entity);
CREATE TABLE document_row (
    position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, digest BLOB NOT NULL, body BLOB NOT NULL
) STRICT;
-- How many of what no other table has a row for.
CREATE TABLE tally (what TEXT PRIMARY KEY, number INTEGER NOT NULL) STRICT, WITHOUT ROWID;
-- What these tables follow from, the digest of this script, and that of what reviewers ruled ("" if that is not known).
CREATE TABLE derivation (key TEXT NOT NULL, layout TEXT NOT NULL, rulings TEXT NOT NULL) STRICT;
