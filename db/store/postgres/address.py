"""A STORE_URL of Postgres, taken apart."""

from dataclasses import dataclass, field
from typing import Any, Final, Self
from urllib.parse import unquote

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from db.store.errors import StoreUnavailable

STATEMENT_MS: Final = 10_000
LOCK_MS: Final = 5_000
_HABITS: Final = {
    "connect_timeout": 5,
    "keepalives_idle": 15,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 15_000,
    "application_name": "mlops-bot",
}
"""Defaults, so that a server that is gone without a word is noticed; the URL may say otherwise."""
_SESSION: Final = {
    "statement_timeout": STATEMENT_MS,
    "lock_timeout": LOCK_MS,
    "idle_in_transaction_session_timeout": 30_000,
    # A bot that is gone without a word is noticed by the server, too: its locks tell that it serves.
    "tcp_keepalives_idle": 15,
    "tcp_keepalives_interval": 5,
    "tcp_keepalives_count": 3,
    "timezone": "UTC",
    "default_transaction_isolation": "read\\ committed",
    "jit": "off",
}
_FORM: Final = "write it like postgresql://role:password@host:5432/database?schema=bot"


@dataclass(frozen=True, slots=True)
class Address:
    """`schema` is "" where the URL names none. The password stands in `conninfo`, which is in no repr."""

    name: str
    schema: str
    conninfo: str = field(repr=False)

    @classmethod
    def parse(cls, url: str) -> Self:
        """Takes postgresql:// with any option of libpq's, and `schema`. Raises StoreUnavailable."""
        base, _, query = url.partition("?")
        pairs = [pair for pair in query.split("&") if pair]
        schema = next((unquote(pair[7:]) for pair in pairs if pair.startswith("schema=")), "")
        rest = "&".join(pair for pair in pairs if not pair.startswith("schema="))
        try:
            given = conninfo_to_dict(f"{base}?{rest}" if rest else base)
        except psycopg.Error:
            # The driver's own words quote the address, password and all.
            raise StoreUnavailable(f"STORE_URL cannot be read; {_FORM}.") from None
        options: dict[str, Any] = {**_HABITS, **given}
        options["options"] = " ".join(filter(None, (_settings(schema), str(given.get("options") or ""))))
        host = options.get("host") or options.get("hostaddr") or "the local socket"
        name = f"{options.get('dbname') or 'in the default database'} at {host}"
        return cls(name, schema, make_conninfo("", **options, client_encoding="UTF8"))


def _settings(schema: str) -> str:
    """What each session begins with, as libpq writes it; what the URL sets comes later, and wins."""
    settings = dict(_SESSION)
    if schema:
        quoted = '"' + schema.replace('"', '""') + '"'
        settings["search_path"] = quoted.replace("\\", "\\\\").replace(" ", "\\ ")
    return " ".join(f"-c {name}={value}" for name, value in settings.items())
