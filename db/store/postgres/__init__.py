"""Postgres as the store's database, shared by several bots."""
