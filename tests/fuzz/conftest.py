"""The server that Postgres's arena stands on."""

from tests.postgres import server

__all__ = ["server"]
