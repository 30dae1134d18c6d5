"""Who asks in Slack: their e-mail address, and with it the agent that sees what they see."""

import asyncio
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

from slack_sdk.web.async_client import AsyncWebClient

from agent.errors import AskError
from bot.people.identity import Identity
from bot.people.persons import Persons
from bot.people.readers import Asker
from bot.people.remembered import Remembered, is_ours
from bot.services import Services
from bot.tasks import Tasks
from bot.wire import SlackError, SlackRefused, Wire
from db.catalog.errors import CatalogUnavailable

log = logging.getLogger(__name__)

WAIT_S: Final = 1.0
"""Nobody waits longer for Slack to tell who they are."""
VIEW_S: Final = 30.0
"""Nobody waits longer for the catalogue as they see it, which may have to be made first."""
KNOWN_S: Final = 600.0
UNKNOWN_S: Final = 30.0


class Emails:
    """The addresses of a workspace's people, as users.info tells them; each is asked for once at a time."""

    def __init__(
        self,
        client: AsyncWebClient,
        me: Identity,
        tasks: Tasks,
        *,
        now: Callable[[], float] = time.monotonic,
        wait_s: float = WAIT_S,
    ) -> None:
        self._client = client
        self._wire = Wire(client, tries=2)
        self._me = me
        self.team: Final = me.team
        self._remembered = Remembered(tasks, wait_s=wait_s, now=now)

    async def of(self, user: str) -> str | None:
        """The address; None where Slack tells none, or not in time: then it is there for the next question."""
        return await self._remembered.of(user, lambda: self._told(user))

    async def _told(self, user: str) -> tuple[str | None, float]:
        try:
            found = await self._wire.repeat("users.info", lambda: self._client.users_info(user=user))
        except SlackError as error:
            log.warning("slack does not tell who asks", extra={"user": user, "reason": str(error)})
            # A scope comes with a new installation only: until then it is no news that nobody is told.
            lacks_scope = isinstance(error, SlackRefused) and error.code == "missing_scope"
            return None, KNOWN_S if lacks_scope else UNKNOWN_S
        return _address(found.get("user") or {}, self._me), KNOWN_S


class Askers:
    """Who asks, by their id in Slack."""

    def __init__(self, services: Services, emails: Emails, *, view_s: float = VIEW_S) -> None:
        self._services = services
        self._emails = emails
        self._view_s = view_s
        self.persons: Final = Persons(services.store.links, emails, emails.team)

    @property
    def has_policy(self) -> bool:
        """Whether people may see different parts of the catalogue."""
        return self._services.readers is not None

    async def of(self, user: str) -> Asker:
        """Without a policy everybody is the same, and nobody's address is asked for.

        Raises AskError: "catalog_unavailable", or "turn_deadline" where the catalogue takes too long.
        """
        readers = self._services.readers
        if readers is None:
            return Asker(self._services.agent, self._services.catalog)
        try:
            async with asyncio.timeout(self._view_s):
                return await readers.asker(user, await self._emails.of(user))
        except CatalogUnavailable as error:
            raise AskError("catalog_unavailable") from error
        except TimeoutError as error:
            raise AskError("turn_deadline") from error

    async def asking(self, user: str) -> Asker:
        """As `of`, for somebody who asks: with who they are in the catalogue."""
        asker = await self.of(user)
        if asker.catalog.people is None:
            return asker
        known = await self.persons.of(user, asker.catalog)
        return replace(asker, me=known.person or "nobody")


def _address(user: Mapping[str, Any], me: Identity) -> str | None:
    """The address of one of ours, as they have confirmed it."""
    email = (user.get("profile") or {}).get("email")
    is_sure = is_ours(user, me) and user.get("is_email_confirmed") is not False
    return email if is_sure and isinstance(email, str) and "@" in email else None
