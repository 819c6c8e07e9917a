-- Reference lists given beside the documents, by name; their bytes are among the originals. `body` is the list
-- without its entries, `entries` are those, as `reader` made them of the bytes. `position` is the order given in.
CREATE TABLE reference_list (
    position INTEGER PRIMARY KEY,
    name     TEXT NOT NULL UNIQUE,
    sha256   TEXT NOT NULL REFERENCES original (sha256),
    reader   TEXT NOT NULL,
    body     TEXT NOT NULL,
    entries  BLOB NOT NULL   -- a JSON array, compressed
) STRICT;
