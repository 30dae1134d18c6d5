"""Postgres as the catalogue's engine: a role that may only read, one prepared statement a transaction."""
