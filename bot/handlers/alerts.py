"""Clicks on an alert's buttons and lists, and the form that mutes."""

from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck

from bot.alerts.causes import causes_of
from bot.alerts.people.clicks import CLICKED, read_click, read_mute
from bot.alerts.people.lists import Lists
from bot.alerts.people.members import Members
from bot.alerts.people.presses import Presses
from bot.messages.alerts.mute_form import FORM
from bot.messages.alerts.subscribed import DROP, LIFT
from bot.parts import Parts


def register(app: AsyncApp, parts: Parts) -> None:
    alerting = parts.alerts
    if alerting is None:
        return
    presses = Presses(parts, alerting, causes_of(parts, alerting), Members(app.client, parts.me))
    lists = Lists(parts, alerting)

    @app.action(CLICKED)
    async def on_click(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        presses.take(read_click(body))

    @app.view(FORM)
    async def on_mute(ack: AsyncAck, body: dict[str, Any]) -> None:
        problems = await presses.mute(read_mute(body))
        if problems is None:
            await ack()
        else:
            await ack(response_action="errors", errors=problems)

    @app.action(DROP)
    async def on_drop(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        lists.end(body, is_mute=False)

    @app.action(LIFT)
    async def on_lift(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        lists.end(body, is_mute=True)
