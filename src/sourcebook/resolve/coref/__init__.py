"""Which given mentions of events are one event: documents into incidents first, then mentions within each."""
