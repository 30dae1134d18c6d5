"""Messages without a mention: direct ones, and replies in threads the bot is in or an alert began."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from slack_bolt.async_app import AsyncApp

from agent.answer import ThreadKey
from agent.language import language_of
from agent.messages import say
from bot.attachments import files_of
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
        files = files_of(event)
        if not is_from_person(event) or not await _is_for_me(parts, event, has_files=bool(files)):
            return
        ask = ask_from(event, event["channel"], parts.me.team, parts.me.user, parts.services.clock())
        if files and not ask.text:
            ask = replace(ask, text=say("file-question", language_of("", parts.services.settings.language)))
        is_first = await parts.turns.submit(ask, (event_claim(body), message_claim(ask)), files=files)
        if files and not is_first and mentions(str(event.get("text") or ""), parts.me.user):
            await parts.turns.revise(ask, f"files:{message_claim(ask)}", is_question=False, files=files)


async def _is_for_me(parts: Parts, event: Mapping[str, Any], *, has_files: bool) -> bool:
    """A mention in a channel comes as app_mention as well, and is answered there; of its files only this event tells.

    Where the mention was first, its question is asked again, with the files.
    """
    text = str(event.get("text") or "").strip()
    if event.get("channel_type") == "im" or (has_files and mentions(text, parts.me.user)):
        return True
    if not text or "thread_ts" not in event or mentions(text, parts.me.user) or addresses_another(text, parts.me.user):
        return False
    return await parts.turns.follows(ThreadKey(parts.me.team, event["channel"], event["thread_ts"]), text)
