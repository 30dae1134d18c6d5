"""Clicks on the feedback buttons under an answer: a rating, then perhaps its reason."""

from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck

from bot.features.clicks import read_click, read_form
from bot.features.ratings import Ratings
from bot.messages.feedback import ACTION, FORM, REASON
from bot.parts import Parts


def register(app: AsyncApp, parts: Parts) -> None:
    services = parts.services
    ratings = Ratings(services.store.feedback, parts.replies, parts.tasks, services.clock, parts.me.team)

    @app.action(ACTION)
    async def on_click(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        ratings.rate(read_click(body))

    @app.view(FORM)
    async def on_form(ack: AsyncAck, body: dict[str, Any]) -> None:
        problem = await ratings.explain(read_form(body))
        if problem is None:
            await ack()
        else:
            await ack(response_action="errors", errors={REASON: problem})
