"""A record to the formats that others use, each with its loss report."""
