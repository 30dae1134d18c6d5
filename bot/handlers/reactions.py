"""Emoji on answers: a thumb is a rating."""

from typing import Any

from slack_bolt.async_app import AsyncApp

from bot.features.reactions import Reactions, read_reaction
from bot.parts import Parts


def register(app: AsyncApp, parts: Parts) -> None:
    reactions = Reactions(parts)

    async def on_reaction(event: dict[str, Any]) -> None:
        reaction = read_reaction(event, parts.me.user)
        if reaction is not None:
            await reactions.take(reaction)

    app.event("reaction_added")(on_reaction)
    app.event("reaction_removed")(on_reaction)
