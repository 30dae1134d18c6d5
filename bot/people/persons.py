"""Who asks in the catalogue: by their e-mail address in Slack, or by the one they have linked themselves."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal, Protocol, TypeAlias
from weakref import ref

from db.catalog.catalog import Catalog
from db.catalog.errors import CatalogUnavailable
from db.catalog.finding import claimed, person_at
from db.catalog.people import Person
from db.store.errors import StoreUnavailable
from db.store.links import LinkLog

log = logging.getLogger(__name__)

KNOWN_S: Final = 60.0
_MOST_KNOWN: Final = 10_000

By: TypeAlias = Literal["slack", "link"]


class KnowsEmails(Protocol):
    """Tells people's addresses."""

    async def of(self, user: str) -> str | None: ...


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of somebody: the address that counts, where it is from, and whose row it is (None: nobody's)."""

    email: str | None = None
    by: By = "slack"
    person: Person | None = None


@dataclass(frozen=True, slots=True)
class _Kept:
    known: Known
    catalog: ref[Catalog]
    until: float


class Persons:
    """The people of one workspace. What is found out is kept for a minute."""

    def __init__(
        self, links: LinkLog, emails: KnowsEmails, team: str, *, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._links = links
        self._emails = emails
        self._team = team
        self._now = now
        self._kept: dict[str, _Kept] = {}

    async def of(self, user: str, catalog: Catalog) -> Known:
        """Who that is in the catalogue as they see it. A link counts before Slack's address.

        Where nobody can tell just now, they are nobody: no question waits for it.
        """
        kept = self._kept.pop(user, None)
        if kept is None or kept.catalog() is not catalog or self._now() >= kept.until:
            kept = _Kept(await self._look(user, catalog), ref(catalog), self._now() + KNOWN_S)
        self._kept[user] = kept
        if len(self._kept) > _MOST_KNOWN:
            del self._kept[next(iter(self._kept))]
        return kept.known

    def forget(self, user: str) -> None:
        """Looks anew at the next question."""
        self._kept.pop(user, None)

    async def _look(self, user: str, catalog: Catalog) -> Known:
        if catalog.people is None:
            return Known()
        try:
            linked = await self._links.of(self._team, user)
            if linked is not None:
                return Known(linked, "link", await claimed(linked, catalog))
            email = await self._emails.of(user)
            return Known(email, "slack", await person_at(email, catalog) if email else None)
        except (StoreUnavailable, CatalogUnavailable) as error:
            log.warning("nobody can tell who asks", extra={"user": user, "reason": str(error)})
            return Known()
