"""A STORE_URL of Postgres, taken apart."""

from dataclasses import dataclass, field
from typing import Final, Self

from db.postgres_url import PostgresUrl, UnreadableUrl
from db.store.errors import StoreUnavailable

STATEMENT_MS: Final = 10_000
LOCK_MS: Final = 5_000
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
        try:
            read = PostgresUrl.parse(url)
        except UnreadableUrl:
            raise StoreUnavailable(f"STORE_URL cannot be read; {_FORM}.") from None
        options = " ".join(filter(None, (_settings(read.schema), str(read.options.get("options") or ""))))
        return cls(read.place, read.schema, read.conninfo(options=options))


def _settings(schema: str) -> str:
    """What each session begins with, as libpq writes it; what the URL sets comes later, and wins."""
    settings = dict(_SESSION)
    if schema:
        quoted = '"' + schema.replace('"', '""') + '"'
        settings["search_path"] = quoted.replace("\\", "\\\\").replace(" ", "\\ ")
    return " ".join(f"-c {name}={value}" for name, value in settings.items())
