"""The Bolt app: one door, handlers found by folder, one identity, one error listener."""

import importlib
import logging
import pkgutil
import re
from types import ModuleType
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

import bot.handlers
from bot.access import keep_door
from bot.parts import Parts
from bot.people.identity import Identity

log = logging.getLogger(__name__)
bolt_log = logging.getLogger("bot.bolt")


def build_app(
    client: AsyncWebClient, parts: Parts, signing_secret: str = "", handlers: ModuleType = bot.handlers
) -> AsyncApp:
    """An app that hands events to each module of `handlers`; without a signing secret it is for Socket Mode only.

    Listeners run before the response: they are a claim and a hand-over long, so
    that an event is acked once it is kept, and is sent again where it was not.
    """
    bolt_log.setLevel(logging.ERROR)  # at its birth Bolt warns that `authorize` goes before the token; so it shall
    app = AsyncApp(
        name="mlops-bot",
        logger=bolt_log,
        client=client,
        authorize=_authorize_as(client, parts.me),
        signing_secret=signing_secret,
        process_before_response=True,
        attaching_function_token_enabled=False,
        attaching_conversation_kwargs_enabled=False,
    )
    bolt_log.setLevel(logging.WARNING)
    keep_door(app, parts)
    for name in sorted(module.name for module in pkgutil.iter_modules(handlers.__path__)):
        importlib.import_module(f"{handlers.__name__}.{name}").register(app, parts)
    app.event(re.compile(""))(_ignore)
    app.error(_log_error)
    return app


def _authorize_as(client: AsyncWebClient, me: Identity) -> Any:
    """What Bolt asks for at each request, known from one auth.test at the start."""
    result = AuthorizeResult(
        enterprise_id=me.enterprise,
        team_id=me.team,
        bot_token=client.token,
        bot_id=me.bot_id,
        bot_user_id=me.user,
    )

    async def authorize() -> AuthorizeResult:
        return result

    return authorize


async def _ignore() -> None:
    """Acks what no handler takes (joins, topics, bots' messages); Slack would send it again otherwise."""


async def _log_error(error: Exception, body: dict[str, Any]) -> None:
    """For the operator. Bolt answers 500, so that Slack sends the event again; what was claimed stays claimed."""
    log.error("a handler failed on %s", body.get("event_id") or body.get("command") or body.get("type"), exc_info=error)
