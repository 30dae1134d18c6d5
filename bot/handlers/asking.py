"""The shortcut on any message that asks about it."""

from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck

from bot.features.asking import Asking, read_spot
from bot.messages.asking import FORM
from bot.parts import Parts


def register(app: AsyncApp, parts: Parts) -> None:
    asking = Asking(parts)

    @app.shortcut({"type": "message_action", "callback_id": FORM})
    async def on_shortcut(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        asking.open(read_spot(body, parts.me.user), str(body["user"]["id"]), str(body["trigger_id"]))

    @app.view(FORM)
    async def on_form(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        asking.submit(body)
