"""Clicks that keep a question as an example, or drop it."""

import re
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck

from bot.features.opinions import Reviews, read_press
from bot.parts import Parts


def register(app: AsyncApp, parts: Parts) -> None:
    reviews = Reviews(parts)

    @app.action(re.compile(r"example:(?:add|drop)"))
    async def on_click(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        reviews.press(read_press(body))
