"""A document to the mentions and claims in it."""
