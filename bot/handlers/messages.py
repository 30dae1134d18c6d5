"""Messages without a mention: direct ones, and replies in threads the bot is in."""

from collections.abc import Mapping
from typing import Any

from slack_bolt.async_app import AsyncApp

from agent.answer import ThreadKey
from bot.incoming import (
    PERSONS_SUBTYPES,
    addresses_another,
    ask_from,
    event_claim,
    is_from_person,
    mentions,
    message_claim,
)
from bot.parts import Parts


def register(app: AsyncApp, parts: Parts) -> None:
    @app.event({"type": "message", "subtype": PERSONS_SUBTYPES})
    async def on_message(body: dict[str, Any], event: dict[str, Any]) -> None:
        if not is_from_person(event) or not await _is_for_me(parts, event):
            return
        ask = ask_from(event, event["channel"], parts.me.team, parts.me.user, parts.services.clock())
        await parts.turns.submit(ask, (event_claim(body), message_claim(ask)))


async def _is_for_me(parts: Parts, event: Mapping[str, Any]) -> bool:
    """A mention in a channel comes as app_mention as well, and is answered there."""
    if event.get("channel_type") == "im":
        return True
    text = str(event.get("text") or "").strip()
    if not text or "thread_ts" not in event or mentions(text, parts.me.user) or addresses_another(text, parts.me.user):
        return False
    return await parts.turns.follows(ThreadKey(parts.me.team, event["channel"], event["thread_ts"]))
