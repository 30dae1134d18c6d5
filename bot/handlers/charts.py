"""Clicks on the button that brings an answer's chart."""

from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck

from bot.charts.clicks import ChartClicks
from bot.features.presses import read_press
from bot.messages.chart import ACTION
from bot.parts import Parts


def register(app: AsyncApp, parts: Parts) -> None:
    clicks = ChartClicks(parts)

    @app.action(ACTION)
    async def on_chart(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        clicks.show(read_press(body))
