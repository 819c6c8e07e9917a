"""Pages over a record: the local app and the site that opens from disk. The only HTTP in the package."""
