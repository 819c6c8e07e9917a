"""What is drawn: numbers to places on a picture. Templates make the SVG of it."""
