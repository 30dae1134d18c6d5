"""Clicks on an answer's files: its rows as CSV or XLSX."""

from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck

from bot.features.exports import Exports
from bot.features.presses import read_press
from bot.messages.evidence import action
from bot.parts import Parts


def register(app: AsyncApp, parts: Parts) -> None:
    exports = Exports(parts)

    @app.action(action("csv"))
    async def on_csv(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        exports.make(read_press(body), "csv")

    @app.action(action("xlsx"))
    async def on_xlsx(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        exports.make(read_press(body), "xlsx")
