"""The bot in Slack from start to stop: session -> client -> identity -> app -> transport -> drain."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Final
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
from pydantic import SecretStr
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.alerts.alerting import alerting_of
from bot.alerts.hooks.beside import beside
from bot.app import build_app
from bot.attachments import Attachments
from bot.charts.pictures import Pictures
from bot.charts.threads import ChartThreads
from bot.jobs import find_jobs
from bot.live.live import Beat, Live
from bot.parts import Parts
from bot.people.askers import Askers, Emails
from bot.people.identity import Identity
from bot.replies import Replies
from bot.schedule import Pause, pause, ticking
from bot.services import Services
from bot.settings import Settings, SettingsError
from bot.signs import Signs
from bot.tasks import Tasks
from bot.transport import serve_http, serve_socket
from bot.turns import Turns
from bot.uploads import Uploads
from bot.wire import SlackRefused, SlackUnreachable, Wire, refusal

log = logging.getLogger(__name__)
client_log = logging.getLogger("bot.client")

CALL_S: Final = 10.0
DRAIN_S: Final = 25.0  # container platforms send SIGKILL 30 s after SIGTERM
_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})

OnReady = Callable[[int | None], None]


async def run_slack(
    services: Services,
    stop: asyncio.Event,
    *,
    drain_s: float = DRAIN_S,
    on_ready: OnReady = lambda _: None,
    wait: Pause = pause,
    beat: Beat = Beat(),
) -> None:
    """Serves Slack until `stop` is set, then takes no more events and lets running turns end.

    `on_ready` gets the port of /healthz (and /slack/events), `wait` waits
    between two ticks of a job; `beat` says when an answer in the making is
    shown. Raises SettingsError, a sentence for the operator, where Slack turns
    a token away or a job cannot work with the settings, StoreUnavailable where
    another bot process uses the store, and SlackUnreachable where there is no Slack at all.
    """
    settings = services.settings
    proxy = proxy_for(settings.slack_api_url)
    timeout = aiohttp.ClientTimeout(total=CALL_S)
    async with services.store.serving(), aiohttp.ClientSession(timeout=timeout) as session:
        client = make_client(settings, session, proxy)
        me = await identify(client)
        tasks = Tasks()
        wire = Wire(client)
        replies = Replies(wire, session, proxy, settings.link_hosts)
        pictures, uploads = Pictures(), Uploads(wire, client, session, proxy)
        charts = ChartThreads(pictures, uploads, replies, services.store.turns, tasks)
        askers = Askers(services, Emails(client, me, tasks))
        live = Live(client, wire, services.store.turns, tasks, beat)
        attachments = Attachments(session, _secret(settings.slack_bot_token), settings.slack_api_url, proxy)
        alerts = alerting_of(services, client, me, tasks, askers)
        sight = None if alerts is None else alerts.sight
        turns = Turns(services, askers, replies, Signs(client, tasks), live, attachments, tasks, charts, sight)
        parts = Parts(services, me, askers, turns, replies, tasks, uploads, charts, alerts)
        jobs = find_jobs(parts)
        try:
            await turns.recover(me.team)
            async with _serving(settings, client, parts, proxy) as port, ticking(jobs, tasks, wait):
                log.info("serving slack", extra={"team": me.team, "mode": settings.transport, "port": port})
                on_ready(port)
                await stop.wait()
        finally:
            await turns.drain(drain_s)
            await pictures.close()


def make_client(settings: Settings, session: aiohttp.ClientSession, proxy: str | None) -> AsyncWebClient:
    """The one Web API client; the session holds the connections and each call's deadline.

    The SDK's own retries are left out: a call on a broken connection may have
    taken effect, which `Wire` looks up before it says anything again.
    """
    client_log.setLevel(logging.WARNING)  # below that the SDK writes requests down, texts included
    client = AsyncWebClient(
        token=_secret(settings.slack_bot_token),
        base_url=settings.slack_api_url,
        session=session,
        logger=client_log,
        retry_handlers=[],
    )
    client.proxy = proxy
    return client


async def identify(client: AsyncWebClient) -> Identity:
    """Who the bot is. Raises SettingsError for a token Slack does not know, SlackUnreachable without Slack."""
    try:
        found = await Wire(client, tries=3).repeat("auth.test", client.auth_test)
    except SlackRefused as refused:
        raise SettingsError(_token_problem("SLACK_BOT_TOKEN", refused.code)) from None
    return Identity(str(found["team_id"]), str(found["user_id"]), found.get("bot_id"), found.get("enterprise_id"))


def proxy_for(url: str) -> str | None:
    """The environment's proxy for an address; none for this machine, nor where NO_PROXY names the host."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if host in _LOOPBACK or proxy_bypass(host):
        return None
    return getproxies().get(parts.scheme)


@asynccontextmanager
async def _serving(
    settings: Settings, client: AsyncWebClient, parts: Parts, proxy: str | None
) -> AsyncIterator[int | None]:
    app: AsyncApp = build_app(client, parts, _secret(settings.slack_signing_secret))
    aside = beside(parts.alerts, settings.hook_secret)
    if settings.transport != "socket":
        async with serve_http(app, settings.host, settings.port, aside) as port:
            yield port
        return
    async with AsyncExitStack() as stack:
        try:
            token = _secret(settings.slack_app_token)
            serving = serve_socket(app, token, proxy, settings.host, settings.port, aside)
            socket_port = await stack.enter_async_context(serving)
        except SlackApiError as error:
            code, status = refusal(error)
            raise SettingsError(_token_problem("SLACK_APP_TOKEN", code or str(status))) from None
        except (aiohttp.ClientError, TimeoutError) as error:
            raise SlackUnreachable(f"apps.connections.open: {type(error).__name__}") from error
        yield socket_port


def _secret(value: SecretStr | None) -> str:
    return "" if value is None else value.get_secret_value()


def _token_problem(name: str, code: str) -> str:
    return f"{name}: Slack does not take it ({code}); copy it anew from the app's pages at api.slack.com/apps"
