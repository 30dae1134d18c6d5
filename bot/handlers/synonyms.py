"""Clicks that teach a word: confirmed, dropped, undone, or chosen from all it may mean."""

import re
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck

from bot.features.synonyms import Synonyms, read_pick, read_press
from bot.messages.synonyms import FORM, MEANING
from bot.parts import Parts


def register(app: AsyncApp, parts: Parts) -> None:
    async def synonyms_for(body: dict[str, Any]) -> Synonyms:
        return Synonyms(parts, await parts.manners.language(parts.me.team, str(body["user"]["id"])))

    @app.action(re.compile(r"synonym:\w+"))
    async def on_click(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        (await synonyms_for(body)).press(read_press(body))

    @app.view(FORM)
    async def on_form(ack: AsyncAck, body: dict[str, Any]) -> None:
        problem = await (await synonyms_for(body)).pick(read_pick(body))
        if problem is None:
            await ack()
        else:
            await ack(response_action="errors", errors={MEANING: problem})
