"""One file more is one handler, or one subcommand, more."""

from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.web.async_client import AsyncWebClient

from bot.app import build_app
from bot.attachments import Attachments
from bot.charts.pictures import Pictures
from bot.charts.threads import ChartThreads
from bot.live.live import Live
from bot.parts import Parts
from bot.people.askers import Askers, Emails
from bot.people.identity import Identity
from bot.playground.delivery.events import body_of
from bot.playground.local_slack import LocalSlack
from bot.replies import Replies
from bot.services import Services
from bot.signs import Signs
from bot.slack import make_client
from bot.subcommands import Slash, find_subcommands, subcommands
from bot.tasks import Tasks
from bot.turns import Turns
from bot.uploads import Uploads
from bot.wire import Wire
from tests.parts import NOW, frozen_clock, open_parts
from tests.slack import dropped_handlers, dropped_subcommands
from tests.slack.bot import TestModel, settings_for
from tests.slack.workspace import BOT


@pytest.fixture
async def parts(tmp_path: Path, slack: LocalSlack) -> AsyncIterator[Parts]:
    settings = settings_for(slack)
    async with aiohttp.ClientSession() as session, open_parts(tmp_path, [TestModel()]) as made:
        client, tasks = make_client(settings, session, None), Tasks()
        services = Services(settings, made.catalog, made.store, made.agent, frozen_clock)
        wire = Wire(client)
        replies = Replies(wire, session)
        me = Identity("T1", BOT)
        askers = Askers(services, Emails(client, me, tasks))
        live = Live(client, wire, made.store.turns, tasks)
        attachments = Attachments(session, "xoxb-local", settings.slack_api_url)
        turns = Turns(services, askers, replies, Signs(client, tasks), live, attachments, tasks)
        uploads = Uploads(wire, client, session)
        charts = ChartThreads(Pictures(), uploads, replies, made.store.turns, tasks)
        yield Parts(services, me, askers, turns, replies, tasks, uploads, charts)


async def test_a_file_in_the_folder_is_a_handler(slack: LocalSlack, parts: Parts) -> None:
    app = build_app(AsyncWebClient(token="xoxb-local"), parts, handlers=dropped_handlers)
    body = body_of(slack.workspace, {"type": "reaction_added", "user": "U1", "item": {}})
    response = await app.async_dispatch(AsyncBoltRequest(mode="socket_mode", body=body))
    assert response.status == 200
    assert not await parts.services.store.claims.first(("seen",), NOW), "the handler ran before the ack"


async def test_a_file_in_the_folder_is_a_subcommand(parts: Parts) -> None:
    found = find_subcommands(dropped_subcommands)
    assert list(found) == ["ping"]
    assert found["ping"].help["en"] == "says pong"
    slash = Slash("C1", "U1", "x", "ko", "1", "http://x")
    assert (await found["ping"].run(slash, parts)).text == "pong x"


def test_the_bots_own_subcommands_are_found() -> None:
    own = (
        "alerts ask audit examples feedback help language length link settings sql steps subscribe synonyms unlink "
        "unsubscribe usage whoami why"
    )
    assert " ".join(sorted(subcommands())) == own
