"""Who may ask: one check before every listener, so that no handler can forget it."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.response import BoltResponse

from bot.messages.answer import Message
from bot.messages.refusals import notice_view
from bot.parts import Parts
from bot.people.identity import Identity
from bot.people.refusals import Refusals
from bot.settings import Settings
from bot.visits import Visit, read_visit
from bot.wire import Place

log = logging.getLogger(__name__)

Reason: TypeAlias = Literal["external", "team", "user", "channel"]
SAID: Final = {"external": "not_external", "team": "not_listed", "user": "not_listed", "channel": "not_here"}
"""The sentence for each reason."""


@dataclass(frozen=True, slots=True)
class Access:
    """The lists of the settings, held against a visit. An empty list keeps nobody out."""

    settings: Settings
    me: Identity

    def refuses(self, visit: Visit) -> Reason | None:
        """Why the visit is turned away; None for one that is let in, and for what nobody did."""
        settings = self.settings
        if visit.user is None:
            return None
        if self._is_external(visit) and not settings.allow_external:
            return "external"
        if settings.allowed_teams and not self._teams_of(visit) & set(settings.allowed_teams):
            return "team"
        if settings.allowed_users and visit.user not in settings.allowed_users:
            return "user"
        if settings.allowed_channels and visit.channel not in (None, *settings.allowed_channels):
            return "channel"
        return None

    def _is_external(self, visit: Visit) -> bool:
        """Whether somebody is of another organisation; also where Slack, in a shared channel, does not say.

        A colleague of another workspace of ours (Enterprise Grid) is none: their
        channel is not shared with anybody else.
        """
        if not visit.homes:
            return visit.is_shared is True
        is_ours = visit.homes[0] in (self.me.team, self.me.enterprise)
        is_colleague = self.me.enterprise is not None and visit.is_shared is False
        return not is_ours and not is_colleague

    def _teams_of(self, visit: Visit) -> set[str]:
        """The ids by which somebody may be listed: an organisation stands for the workspace of its person."""
        if not visit.homes:
            return {self.me.team}
        return set(visit.homes) if visit.homes[0] == self.me.enterprise else {visit.homes[0]}


def keep_door(app: AsyncApp, parts: Parts) -> None:
    """Puts the check before whatever `app` listens to. Who is turned away is told so once an hour, and nobody else is.

    A message that was not for the bot gets no word. A form stays open with the
    sentence each time: one that closed would seem to be sent.
    """
    settings = parts.services.settings
    access = Access(settings, parts.me)
    refusals = Refusals(settings, parts.services.clock)

    @app.middleware
    async def check(body: dict[str, Any], ack: AsyncAck, next_: Callable[[], Awaitable[None]]) -> BoltResponse | None:
        visit = read_visit(body, parts.me)
        reason = access.refuses(visit)
        if reason is None:
            await next_()
            return None
        log.info("turned away", extra={"way": visit.way, "reason": reason, "user": visit.user})
        language = await parts.manners.language(parts.me.team, str(visit.user), visit.text)
        message = refusals.message(SAID[reason], language)
        if visit.way == "form":
            return await ack(response_action="update", view=notice_view(message, language))
        is_due = visit.way != "aside" and refusals.is_due(str(visit.user), SAID[reason])
        return await _tell(visit, message, ack, parts) if is_due else await ack()


async def _tell(visit: Visit, message: Message, ack: AsyncAck, parts: Parts) -> BoltResponse:
    """Says it to nobody but the visitor: in the ack of a command, else after the ack."""
    if visit.way == "command":
        return await ack(
            text=message.text, blocks=message.blocks, response_type="ephemeral", unfurl_links=False, unfurl_media=False
        )
    if visit.channel is not None:
        place = Place(visit.channel, visit.thread_ts)
        work = parts.replies.whisper(place, str(visit.user), message, visit.response_url)
        parts.tasks.launch(work, f"refusal {visit.user}")
    return await ack()
