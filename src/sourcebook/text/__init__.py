"""Normal form, masks and offsets: what may be done to text without moving it."""
