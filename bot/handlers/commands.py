"""The slash command /mlops: its first word picks the subcommand."""

from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck

from bot.parts import Parts
from bot.subcommands import COMMAND, answer


def register(app: AsyncApp, parts: Parts) -> None:
    @app.command(COMMAND)
    async def on_command(ack: AsyncAck, command: dict[str, Any]) -> None:
        message = await answer(command, parts)
        await ack(
            text=message.text, blocks=message.blocks, response_type="ephemeral", unfurl_links=False, unfurl_media=False
        )
