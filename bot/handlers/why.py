"""The shortcut on a message that asks why: how it was read is told to who asked, in the message's thread."""

from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck

from bot.features.pointing import read_pointed
from bot.features.why import Whys
from bot.parts import Parts


def register(app: AsyncApp, parts: Parts) -> None:
    whys = Whys(parts)

    @app.shortcut({"type": "message_action", "callback_id": "why"})
    async def on_why(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        whys.tell(read_pointed(body))
