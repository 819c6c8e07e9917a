"""Which mentions are one entity, and which claims are about one event."""
