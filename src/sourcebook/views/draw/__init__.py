"""Pictures as SVG text: the map and the timeline, for pages and for documents alike."""
