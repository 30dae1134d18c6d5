"""Who of a workspace somebody is, as far as alerts need to know."""

import logging
import time
from collections.abc import Callable, Mapping
from typing import Any, Final

from slack_sdk.web.async_client import AsyncWebClient

from bot.people.identity import Identity
from bot.people.remembered import is_ours
from bot.wire import SlackError, SlackRefused, Wire

log = logging.getLogger(__name__)

KNOWN_S: Final = 300.0


class Members:
    """Asks Slack. What it says of groups is known for a while."""

    def __init__(self, client: AsyncWebClient, me: Identity, *, now: Callable[[], float] = time.monotonic) -> None:
        self._client = client
        self._wire = Wire(client, tries=2)
        self._me = me
        self._now = now
        self._groups: dict[str, tuple[float, frozenset[str]]] = {}

    async def is_colleague(self, user: str) -> bool:
        """Whether it is a person of ours who can take something on: no bot, no guest of others, not gone.

        Raises SlackError where Slack can't be asked.
        """
        if user == self._me.user:
            return False
        try:
            found = await self._wire.repeat("users.info", lambda: self._client.users_info(user=user))
        except SlackRefused as refused:
            if refused.code in ("user_not_found", "user_not_visible"):
                return False
            raise
        return _is_person_of(found.get("user") or {}, self._me)

    async def in_group(self, group: str, user: str) -> bool:
        """Whether a person is in a user group (S…); False where Slack doesn't tell."""
        until, members = self._groups.get(group, (0.0, frozenset[str]()))
        if self._now() >= until:
            members = await self._members(group)
            self._groups[group] = (self._now() + KNOWN_S, members)
        return user in members

    async def _members(self, group: str) -> frozenset[str]:
        try:
            found = await self._wire.repeat(
                "usergroups.users.list", lambda: self._client.usergroups_users_list(usergroup=group)
            )
        except SlackError as error:
            log.warning("nobody can tell who is in a group", extra={"group": group, "reason": str(error)})
            return frozenset()
        return frozenset(map(str, found.get("users") or ()))


def _is_person_of(user: Mapping[str, Any], me: Identity) -> bool:
    return is_ours(user, me) and not (user.get("is_bot") or user.get("id") == "USLACKBOT")
