"""Tasks of public data sets that are answered from a whole record."""
