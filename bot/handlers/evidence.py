"""Clicks on what is behind an answer: its SQL, and the rest of it."""

from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck

from bot.features.evidence import Evidence
from bot.features.presses import read_press
from bot.messages.evidence import action
from bot.parts import Parts


def register(app: AsyncApp, parts: Parts) -> None:
    evidence = Evidence(parts)

    @app.action(action("sql"))
    async def on_sql(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        evidence.show_sql(read_press(body))

    @app.action(action("details"))
    async def on_details(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        evidence.show_details(read_press(body))
