-- Everything here follows from evidence, claims and decisions: dropped and made again at will.
CREATE TABLE entity (
    position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, name TEXT NOT NULL,
    body TEXT NOT NULL
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
CREATE TABLE derivation (key TEXT NOT NULL) STRICT;
