-- Everything here follows from evidence, claims and decisions: dropped and made again at will.
CREATE TABLE entity (
    position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, name TEXT NOT NULL,
    names TEXT NOT NULL, body TEXT NOT NULL   -- names: all of them, in lower case, one a line
) STRICT;
CREATE TABLE event (
    position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, type TEXT NOT NULL, label TEXT NOT NULL,
    status TEXT NOT NULL, body TEXT NOT NULL
) STRICT;
CREATE TABLE fact (
    position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, subject TEXT NOT NULL, property TEXT NOT NULL,
    relation TEXT NOT NULL, body TEXT NOT NULL
) STRICT;
CREATE TABLE proposal (
    position INTEGER PRIMARY KEY, kind TEXT NOT NULL, score REAL NOT NULL,
    body TEXT NOT NULL
) STRICT;
CREATE TABLE unresolved (
    position INTEGER PRIMARY KEY, path TEXT NOT NULL, stage TEXT NOT NULL, why TEXT NOT NULL
) STRICT;
CREATE TABLE origin (document TEXT PRIMARY KEY, origin_group TEXT NOT NULL) STRICT;
CREATE TABLE dated (document TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT;
-- Claims and mentions as reviewers ruled: corrected, added, or (no body) left out.
CREATE TABLE ruled (
    position INTEGER PRIMARY KEY, kind TEXT NOT NULL, id TEXT NOT NULL UNIQUE, body TEXT
) STRICT;
-- Rows of lists, in the order of the list, with what they can be selected by.
CREATE TABLE event_row (
    position INTEGER PRIMARY KEY, kinds TEXT NOT NULL, status TEXT NOT NULL, dated INTEGER NOT NULL,
    earliest TEXT, latest TEXT, body TEXT NOT NULL
) STRICT;
CREATE TABLE event_party (event INTEGER NOT NULL, side TEXT NOT NULL, entity TEXT, name TEXT NOT NULL) STRICT;
CREATE TABLE event_document (
    event INTEGER NOT NULL, document TEXT NOT NULL, PRIMARY KEY (document, event)
) STRICT, WITHOUT ROWID;
CREATE TABLE actor_row (
    position INTEGER PRIMARY KEY, id TEXT NOT NULL, kind TEXT NOT NULL, body TEXT NOT NULL
) STRICT;
CREATE TABLE entity_document (
    entity TEXT NOT NULL, document TEXT NOT NULL, PRIMARY KEY (document, entity)
) STRICT, WITHOUT ROWID;
CREATE TABLE derivation (key TEXT NOT NULL) STRICT;
