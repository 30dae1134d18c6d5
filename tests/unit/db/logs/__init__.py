"""How logs are read."""
