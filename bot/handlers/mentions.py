"""An @mention of the bot: asked in its thread."""

from typing import Any

from slack_bolt.async_app import AsyncApp

from bot.incoming import ask_from, event_claim, is_from_person, message_claim
from bot.parts import Parts


def register(app: AsyncApp, parts: Parts) -> None:
    @app.event("app_mention")
    async def on_mention(body: dict[str, Any], event: dict[str, Any]) -> None:
        if not is_from_person(event) or "edited" in event:  # an edit comes as message_changed, too
            return
        ask = ask_from(event, event["channel"], parts.me.team, parts.me.user, parts.services.clock())
        await parts.turns.submit(ask, (event_claim(body), message_claim(ask)))
