"""A CATALOG_URL of Postgres, taken apart."""

from dataclasses import dataclass, field
from typing import Any, Final, Self
from urllib.parse import unquote, urlsplit

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from db.catalog.errors import CatalogUnavailable

APPLICATION: Final = "mlops-bot"
_HABITS: Final = {
    "connect_timeout": 5,
    "keepalives_idle": 15,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 15_000,
    "application_name": APPLICATION,
}
"""Defaults, so that a server that is gone without a word is noticed; the URL may say otherwise."""
_FORM: Final = "write it like postgresql://role:password@host:5432/database?schema=catalogue"


@dataclass(frozen=True, slots=True)
class Address:
    """`schema` is "" where the URL names none. The password stands in `conninfo`, which is in no repr."""

    place: str
    schema: str
    conninfo: str = field(repr=False)
    secrets: tuple[str, ...] = field(repr=False)

    @classmethod
    def parse(cls, url: str) -> Self:
        """Takes postgresql:// with any option of libpq's, and `schema`. Raises CatalogUnavailable."""
        base, _, query = url.partition("?")
        pairs = [pair for pair in query.split("&") if pair]
        schema = next((unquote(pair[7:]) for pair in pairs if pair.startswith("schema=")), "")
        rest = "&".join(pair for pair in pairs if not pair.startswith("schema="))
        try:
            given = conninfo_to_dict(f"{base}?{rest}" if rest else base)
        except psycopg.Error:
            # The driver's own words quote the address, password and all.
            raise CatalogUnavailable(f"CATALOG_URL cannot be read; {_FORM}.") from None
        options: dict[str, Any] = {**_HABITS, **given}
        host = options.get("host") or options.get("hostaddr") or "the local socket"
        place = f"{options.get('dbname') or 'the default database'} at {host}"
        password = str(options.get("password") or "")
        written = urlsplit(base).netloc.rpartition("@")[0].partition(":")[2]
        secrets = tuple(sorted({password, written} - {""}, key=len, reverse=True))
        return cls(place, schema, make_conninfo("", **options, client_encoding="UTF8"), secrets)

    def without_secrets(self, text: str) -> str:
        """A text of the driver's on one line, the password blotted out."""
        for secret in self.secrets:
            text = text.replace(secret, "***")
        return " ".join(text.split())
