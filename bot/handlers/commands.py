"""The slash command /mlops: its first word picks the subcommand."""

from dataclasses import replace
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck

from bot.parts import Parts
from bot.subcommands import COMMAND, Slash, choose


def register(app: AsyncApp, parts: Parts) -> None:
    @app.command(COMMAND)
    async def on_command(ack: AsyncAck, command: dict[str, Any]) -> None:
        slash = Slash.from_payload(command, parts)
        subcommand, text = choose(slash.text)
        message = await subcommand.run(replace(slash, text=text), parts)
        await ack(text=message.text, blocks=message.blocks, response_type="ephemeral")
