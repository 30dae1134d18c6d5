"""SQLite as the catalogue's engine: one file, read in worker processes that can be killed."""
