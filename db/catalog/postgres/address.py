"""A CATALOG_URL of Postgres, taken apart."""

from dataclasses import dataclass, field
from typing import Final, Self
from urllib.parse import urlsplit

from db.catalog.errors import CatalogUnavailable
from db.postgres_url import PostgresUrl, UnreadableUrl

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
        try:
            read = PostgresUrl.parse(url)
        except UnreadableUrl:
            raise CatalogUnavailable(f"CATALOG_URL cannot be read; {_FORM}.") from None
        password = str(read.options.get("password") or "")
        written = urlsplit(url.partition("?")[0]).netloc.rpartition("@")[0].partition(":")[2]
        secrets = tuple(sorted({password, written} - {""}, key=len, reverse=True))
        return cls(read.place, read.schema, read.conninfo(), secrets)

    def without_secrets(self, text: str) -> str:
        """A text of the driver's on one line, the password blotted out."""
        for secret in self.secrets:
            text = text.replace(secret, "***")
        return " ".join(text.split())
