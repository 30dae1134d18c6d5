"""The parts that handlers, subcommands and jobs are bound to, with a client that reaches nobody."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp

from bot.attachments import Attachments
from bot.charts.pictures import Pictures
from bot.charts.threads import ChartThreads
from bot.live.live import Live
from bot.parts import Parts
from bot.people.askers import Askers, Emails
from bot.people.identity import Identity
from bot.replies import Replies
from bot.services import Services
from bot.settings import Settings
from bot.signs import Signs
from bot.slack import make_client
from bot.tasks import Tasks
from bot.turns import Turns
from bot.uploads import Uploads
from bot.wire import Wire
from tests.parts import frozen_clock, open_parts


@asynccontextmanager
async def bound_parts(folder: Path, **given: Any) -> AsyncIterator[Parts]:
    """Real parts on files in `folder`; `given` are settings."""
    settings = Settings.model_validate({"slack_api_url": "http://127.0.0.1:9/api/", **given})
    async with aiohttp.ClientSession() as session, open_parts(folder, []) as made:
        client, tasks = make_client(settings, session, None), Tasks()
        services = Services(settings, made.catalog, made.store, made.agent, frozen_clock)
        wire = Wire(client)
        replies = Replies(wire, session)
        me = Identity("T1", "UBOT")
        askers = Askers(services, Emails(client, me, tasks))
        live = Live(client, wire, made.store.turns, tasks)
        attachments = Attachments(session, "xoxb-local", settings.slack_api_url)
        turns = Turns(services, askers, replies, Signs(client, tasks), live, attachments, tasks)
        uploads = Uploads(wire, client, session)
        charts = ChartThreads(Pictures(), uploads, replies, made.store.turns, tasks)
        yield Parts(services, me, askers, turns, replies, tasks, uploads, charts)
