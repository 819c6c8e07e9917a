"""Questions in plain English, answered from the record with citations."""
