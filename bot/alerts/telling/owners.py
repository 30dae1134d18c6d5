"""Whom an alert is about: people's ids in Slack by their e-mail addresses, and their names by their ids."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.people.identity import Identity
from bot.tasks import Tasks
from bot.wire import Call, SlackError, Wire, refusal

log = logging.getLogger(__name__)

WAIT_S: Final = 3.0
"""No alert waits longer for a name."""
KNOWN_S: Final = 3_600.0
UNKNOWN_S: Final = 60.0
_MOST_KNOWN: Final = 10_000
_FINAL: Final = frozenset({"users_not_found", "user_not_found", "user_not_visible", "missing_scope"})
"""What Slack says of somebody who is not there, or of whom we are told nothing: asking again soon is no use."""


class _NotTold(Exception):
    """Slack knows nobody like that, or may not tell us."""


Look = Callable[[], Awaitable[str | None]]


@dataclass(frozen=True, slots=True)
class _Known:
    value: str | None
    until: float


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
        self._tasks = tasks
        self._now = now
        self._wait_s = wait_s
        self._known: dict[str, _Known] = {}
        self._asking: dict[str, asyncio.Task[None]] = {}

    async def user_of(self, email: str) -> str | None:
        """The id of the person with that address, one of ours; None where Slack tells none, or not in time."""
        address = email.strip().casefold()
        if "@" not in address or not address.isprintable() or len(address) > 320:
            return None
        return await self._told(f"email {address}", lambda: self._user_of(address))

    async def name_of(self, user: str) -> str | None:
        """What somebody is called; None where Slack does not tell, or not in time."""
        if user[:1] not in ("U", "W"):
            return None
        return await self._told(f"name {user}", lambda: self._name_of(user))

    async def _told(self, key: str, look: Look) -> str | None:
        if self._fresh(key) is None:
            task = self._asking.get(key)
            if task is None:
                task = self._asking[key] = self._tasks.spawn(self._ask(key, look), "whose alert it is")
            await asyncio.wait((task,), timeout=self._wait_s)
        known = self._fresh(key)
        return known.value if known is not None else None

    def _fresh(self, key: str) -> _Known | None:
        known = self._known.get(key)
        return known if known is not None and self._now() < known.until else None

    async def _ask(self, key: str, look: Look) -> None:
        value, holds_s = None, UNKNOWN_S
        try:
            value, holds_s = await look(), KNOWN_S
        except _NotTold as nobody:
            holds_s = KNOWN_S
            log.info("slack knows no such person, or does not tell: %s", nobody)
        except SlackError as error:
            log.warning("slack does not tell whose an alert is: %s", error)
        finally:
            del self._asking[key]
        self._known.pop(key, None)
        self._known[key] = _Known(value, self._now() + holds_s)
        if len(self._known) > _MOST_KNOWN:
            del self._known[next(iter(self._known))]

    async def _user_of(self, email: str) -> str | None:
        found = await self._asked("users.lookupByEmail", lambda: self._client.users_lookupByEmail(email=email))
        user = found.get("user") or {}
        return str(user.get("id") or "") or None if self._is_ours(user) else None

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

    def _is_ours(self, user: Mapping[str, Any]) -> bool:
        """Whether somebody works here, and is a person."""
        enterprise = (user.get("enterprise_user") or {}).get("enterprise_id")
        is_here = user.get("team_id") == self._me.team or (
            self._me.enterprise is not None and enterprise == self._me.enterprise
        )
        return is_here and not (user.get("deleted") or user.get("is_bot") or user.get("is_stranger"))


def _name(user: Mapping[str, Any]) -> str | None:
    """The name that somebody bears, rather than the handle that they show."""
    profile = user.get("profile") or {}
    names = (profile.get("real_name"), user.get("real_name"), profile.get("display_name"), user.get("name"))
    return next((str(name) for name in names if name), None)
