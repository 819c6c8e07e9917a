"""A record to what a reader looks at; pure, and of no format."""
