"""Edited and deleted questions: asked again, or taken back."""

from collections.abc import Mapping
from typing import Any

from slack_bolt.async_app import AsyncApp

from bot.attachments import files_of
from bot.incoming import ask_from, event_claim, is_from_person, mentions, question
from bot.parts import Parts


def register(app: AsyncApp, parts: Parts) -> None:
    @app.event({"type": "message", "subtype": "message_changed"})
    async def on_edit(body: dict[str, Any], event: dict[str, Any]) -> None:
        message = event["message"]
        if message.get("subtype") == "tombstone":  # a deleted message that has replies
            await _withdraw(event, message["ts"], parts)
        elif is_from_person(message) and _is_reworded(event, parts.me.user):
            ask = ask_from(message, event["channel"], parts.me.team, parts.me.user, parts.services.clock())
            is_question = event.get("channel_type") == "im" or mentions(message.get("text") or "", parts.me.user)
            await parts.turns.revise(ask, event_claim(body), is_question=is_question, files=files_of(message))

    @app.event({"type": "message", "subtype": "message_deleted"})
    async def on_deletion(event: dict[str, Any]) -> None:
        await _withdraw(event, event["deleted_ts"], parts)


async def _withdraw(event: Mapping[str, Any], ts: str, parts: Parts) -> None:
    """Slack mostly tells what stood there; a bot's message, as our own reply, was no question."""
    before = event.get("previous_message") or {"user": "unknown"}
    if is_from_person(before):
        message = {**before, "ts": ts}
        await parts.turns.withdraw(
            ask_from(message, event["channel"], parts.me.team, parts.me.user, parts.services.clock())
        )


def _is_reworded(event: Mapping[str, Any], me: str) -> bool:
    """Whether people would read another question now: an unfurled link changes a message, but not its text."""
    before, after = (str((event.get(name) or {}).get("text") or "") for name in ("previous_message", "message"))
    return question(before, me) != question(after, me) or mentions(before, me) < mentions(after, me)
