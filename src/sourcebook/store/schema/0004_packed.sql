-- What was found in a document is one row, not one a mention and a claim: `mentions` and `claims` are their JSON
-- arrays, compressed (zlib), in a twelfth of the room. Nothing asked for single rows of them.
CREATE TABLE finding (
    document TEXT PRIMARY KEY REFERENCES extraction (document) ON DELETE CASCADE,
    mentions BLOB NOT NULL,
    claims   BLOB NOT NULL
) STRICT;
INSERT INTO finding
SELECT document,
    deflated((SELECT '[' || COALESCE(group_concat(body, ','), '') || ']'
        FROM (SELECT body FROM mention m WHERE m.document = e.document ORDER BY position))),
    deflated((SELECT '[' || COALESCE(group_concat(body, ','), '') || ']'
        FROM (SELECT body FROM claim c WHERE c.document = e.document ORDER BY position)))
FROM extraction e WHERE outcome = 'done';
DROP TABLE claim;
DROP TABLE mention;
-- Original bytes are kept compressed where that makes them less: `deflated` tells which are.
ALTER TABLE original ADD COLUMN deflated INTEGER NOT NULL DEFAULT 0 CHECK (deflated IN (0, 1));
-- The derived tables are made anew with bodies of their own form.
DROP TABLE IF EXISTS entity;
DROP TABLE IF EXISTS event;
DROP TABLE IF EXISTS fact;
DROP TABLE IF EXISTS proposal;
DROP TABLE IF EXISTS unresolved;
DROP TABLE IF EXISTS origin;
DROP TABLE IF EXISTS dated;
DROP TABLE IF EXISTS ruled;
DROP TABLE IF EXISTS event_row;
DROP TABLE IF EXISTS event_party;
DROP TABLE IF EXISTS event_document;
DROP TABLE IF EXISTS actor_row;
DROP TABLE IF EXISTS entity_document;
DROP TABLE IF EXISTS derivation;
