"""Jobs that a test drops in."""
