"""`python -m benchmarks.alert_delivery`: how long a letter takes, and how many a second, to a Slack on this machine.

Printed for a store on a file, and on Postgres where a server's binaries are there.
"""

import asyncio
import logging
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles
from typing import Final

import aiohttp
from aiohttp import web
from pydantic import SecretStr

from bot.alerts.sending.build import build_delivery
from bot.alerts.sending.delivery import Delivery
from bot.jobs import Job
from bot.messages.answer import Message
from bot.schedule import ticking
from bot.settings import Settings
from bot.slack import make_client
from bot.tasks import Tasks
from db.store.alerts.records import Letter, Posting
from db.store.store import Store
from tests.postgres import Server, installations

SINGLE: Final = 200
CROWD: Final = 2_000
CHANNELS: Final = 50


class Speaker:
    async def compose(self, posting: Posting) -> Message | None:
        return Message(f"a letter: {posting.dedupe_key}")


class Counting:
    """A Slack that takes whatever comes, and tells when it came."""

    def __init__(self) -> None:
        self.came: dict[str, float] = {}
        self.wanted = 0
        self.all_came = asyncio.Event()

    async def post(self, request: web.Request) -> web.Response:
        body = await request.json()
        self.came[body["metadata"]["event_payload"]["o"]] = time.perf_counter()
        if len(self.came) >= self.wanted:
            self.all_came.set()
        return web.json_response({"ok": True, "channel": body["channel"], "ts": f"1.{len(self.came):06d}"})

    async def until(self, count: int) -> None:
        self.wanted = count
        self.all_came.clear()
        if len(self.came) < count:
            await self.all_came.wait()


@asynccontextmanager
async def serving(slack: Counting) -> AsyncIterator[str]:
    site = web.Application()
    site.router.add_post("/api/chat.postMessage", slack.post)
    runner = web.AppRunner(site, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/api/"
    finally:
        await runner.cleanup()


@asynccontextmanager
async def delivering(store: Store, url: str) -> AsyncIterator[Delivery]:
    settings = Settings(slack_bot_token=SecretStr("xoxb-benchmark"), slack_api_url=url)
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=10)) as session:
        client, tasks = make_client(settings, session, None), Tasks()
        delivery = build_delivery(
            store.outbox, client, "B", Speaker(), lambda: datetime.now(UTC), asyncio.Event(), is_paced=False
        )
        job = Job(1.0, delivery.run, wake=delivery.wake, stop=delivery.stop)
        async with ticking({"delivery": job}, tasks):
            yield delivery
        await tasks.drain(10)


async def measure(store: Store) -> tuple[list[float], float]:
    """The seconds from each of some single letters to Slack, and how many a second of a crowd of them arrive."""
    slack, took = Counting(), []
    async with serving(slack) as url, delivering(store, url) as delivery:
        for n in range(SINGLE):
            began = time.perf_counter()
            await store.outbox.put([Letter(f"single {n}", "root", f"C{n % CHANNELS}")], datetime.now(UTC))
            delivery.wake.set()
            await slack.until(n + 1)
            took.append(time.perf_counter() - began)
        letters = [Letter(f"crowd {n}", "root", f"C{n % CHANNELS}") for n in range(CROWD)]
        await store.outbox.put(letters, datetime.now(UTC))
        began = time.perf_counter()
        delivery.wake.set()
        await slack.until(SINGLE + CROWD)
        return took, CROWD / (time.perf_counter() - began)


async def report(name: str, url: str) -> None:
    async with await Store.open(url) as store:
        took, a_second = await measure(store)
    at_95 = quantiles(took, n=20)[-1]
    print(
        f"{name:9} letter to Slack: median {median(took) * 1000:6.1f} ms, p95 {at_95 * 1000:6.1f} ms;"
        f" {CROWD} over {CHANNELS} channels: {a_second:6.0f} a second"
    )


def main() -> None:
    logging.disable(logging.WARNING)
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(report("file", f"sqlite:///{Path(folder)}/store.db"))
    for binaries in installations()[:1]:
        server = Server.start(binaries)
        try:
            with server.database("letters"):
                asyncio.run(report("postgres", server.url("letters")))
        finally:
            server.remove()


if __name__ == "__main__":
    main()
