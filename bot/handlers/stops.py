"""Slack's Stop button: what goes on in the thread is stopped."""

from typing import Any

from slack_bolt.async_app import AsyncApp

from agent.answer import ThreadKey
from bot.parts import Parts


def register(app: AsyncApp, parts: Parts) -> None:
    @app.event("agent_session_stopped")
    async def on_stop(body: dict[str, Any], event: dict[str, Any]) -> None:
        thread = ThreadKey(parts.me.team, event["channel"], event["thread_ts"])
        parts.turns.stop_at_request(thread, body["event_id"])
