"""Whom an alert is about: people's ids in Slack by their e-mail addresses, and their names by their ids."""

import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.people.identity import Identity
from bot.people.remembered import Remembered, is_ours
from bot.tasks import Tasks
from bot.wire import Call, SlackError, Wire, refusal

log = logging.getLogger(__name__)

WAIT_S: Final = 3.0
"""No alert waits longer for a name."""
KNOWN_S: Final = 3_600.0
UNKNOWN_S: Final = 60.0
_FINAL: Final = frozenset({"users_not_found", "user_not_found", "user_not_visible", "missing_scope"})
"""What Slack says of somebody who is not there, or of whom we are told nothing: asking again soon is no use."""


class _NotTold(Exception):
    """Slack knows nobody like that, or may not tell us."""


class Owners:
    """Asks Slack for each person once at a time, and remembers. Never raises."""

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
        self._remembered = Remembered(tasks, wait_s=wait_s, now=now)

    async def user_of(self, email: str) -> str | None:
        """The id of the person with that address, one of ours; None where Slack tells none, or not in time."""
        address = email.strip().casefold()
        if "@" not in address or not address.isprintable() or len(address) > 320:
            return None
        return await self._remembered.of(f"email {address}", lambda: self._told(lambda: self._user_of(address)))

    async def name_of(self, user: str) -> str | None:
        """What somebody is called; None where Slack does not tell, or not in time."""
        if user[:1] not in ("U", "W"):
            return None
        return await self._remembered.of(f"name {user}", lambda: self._told(lambda: self._name_of(user)))

    async def _told(self, look: Callable[[], Awaitable[str | None]]) -> tuple[str | None, float]:
        try:
            return await look(), KNOWN_S
        except _NotTold as nobody:
            log.info("slack knows no such person, or does not tell: %s", nobody)
            return None, KNOWN_S
        except SlackError as error:
            log.warning("slack does not tell whose an alert is: %s", error)
            return None, UNKNOWN_S

    async def _user_of(self, email: str) -> str | None:
        found = await self._asked("users.lookupByEmail", lambda: self._client.users_lookupByEmail(email=email))
        user = found.get("user") or {}
        is_person = is_ours(user, self._me) and not user.get("is_bot")
        return str(user.get("id") or "") or None if is_person else None

    async def _name_of(self, user: str) -> str | None:
        found = await self._asked("users.info", lambda: self._client.users_info(user=user))
        return _name(found.get("user") or {})

    async def _asked(self, method: str, call: Call) -> AsyncSlackResponse:
        """Raises SlackError, and _NotTold where asking again is no use."""

        async def once() -> AsyncSlackResponse:
            try:
                return await call()
            except SlackApiError as error:
                code, _ = refusal(error)
                if code in _FINAL:
                    raise _NotTold(code) from error
                raise

        return await self._wire.repeat(method, once)


def _name(user: Mapping[str, Any]) -> str | None:
    """The name that somebody bears, rather than the handle that they show."""
    profile = user.get("profile") or {}
    names = (profile.get("real_name"), user.get("real_name"), profile.get("display_name"), user.get("name"))
    return next((str(name) for name in names if name), None)
