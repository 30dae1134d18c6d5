"""A URL of Postgres, taken apart: what libpq takes, and `schema`, which is ours."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Self
from urllib.parse import unquote

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

_HABITS: Final = {
    "connect_timeout": 5,
    "keepalives_idle": 15,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 15_000,
    "application_name": "mlops-bot",
}
"""Defaults, so that a server that is gone without a word is noticed; the URL may say otherwise."""


class UnreadableUrl(ValueError):
    """No URL of Postgres. Its text is empty: the driver's own words quote the address, password and all."""


@dataclass(frozen=True, slots=True)
class PostgresUrl:
    """`schema` is "" where the URL names none. The password stands in `options`, which are in no repr."""

    schema: str
    options: Mapping[str, Any] = field(repr=False)

    @classmethod
    def parse(cls, url: str) -> Self:
        """Takes postgresql:// with any option of libpq's, and `schema`. Raises UnreadableUrl."""
        base, _, query = url.partition("?")
        pairs = [pair for pair in query.split("&") if pair]
        schema = next((unquote(pair[7:]) for pair in pairs if pair.startswith("schema=")), "")
        rest = "&".join(pair for pair in pairs if not pair.startswith("schema="))
        try:
            given = conninfo_to_dict(f"{base}?{rest}" if rest else base)
        except psycopg.Error:
            raise UnreadableUrl from None
        return cls(schema, {**_HABITS, **given})

    @property
    def place(self) -> str:
        """Which database, and where, for people to read."""
        host = self.options.get("host") or self.options.get("hostaddr") or "the local socket"
        return f"{self.options.get('dbname') or 'the default database'} at {host}"

    def conninfo(self, **more: str) -> str:
        """As the driver takes it, with the password; `more` goes above what the URL says."""
        return make_conninfo("", **{**self.options, **more}, client_encoding="UTF8")
