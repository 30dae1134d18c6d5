"""Clicks on the choices under an answer: the chosen question is asked."""

from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck

from bot.features.choices import Choices, read_pick
from bot.messages.choices import ACTION
from bot.parts import Parts


def register(app: AsyncApp, parts: Parts) -> None:
    services = parts.services
    choices = Choices(
        services.store.turns,
        services.store.claims,
        parts.turns,
        parts.replies,
        parts.tasks,
        services.clock,
        parts.manners,
        parts.me.team,
    )

    @app.action(ACTION)
    async def on_choice(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        await choices.pick(read_pick(body))
