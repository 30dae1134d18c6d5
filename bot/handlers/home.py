"""The Home tab: shown when it is opened, and its buttons."""

from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck

from bot.features.home import Home, Opened
from bot.messages.alerts.subscribed import HOME_DROP
from bot.messages.home import ASK, REFRESH
from bot.messages.preferences import ACTION
from bot.parts import Parts


def register(app: AsyncApp, parts: Parts) -> None:
    home = Home(parts)

    @app.event("app_home_opened")
    async def on_opened(event: dict[str, Any]) -> None:
        if event.get("tab") == "home":
            seen = (event.get("view") or {}).get("hash")
            home.show(Opened(str(event["user"]), str(event["channel"]), seen))

    @app.action(REFRESH)
    async def on_refresh(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        home.show(Opened(str(body["user"]["id"]), str(body["view"].get("private_metadata") or "")))

    @app.action(ASK)
    async def on_ask(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        home.ask(body)

    @app.action(ACTION)
    async def on_choice(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        home.wish(body)

    @app.action(HOME_DROP)
    async def on_drop(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        home.drop(body)
