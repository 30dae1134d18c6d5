"""`python -m tests.slack.deliverer STORE_URL API_URL TOKEN SPEED`: a process that does nothing but deliver letters."""

import asyncio
import signal
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
from pydantic import SecretStr

from bot.alerts.sending.build import build_delivery
from bot.jobs import Job
from bot.messages.answer import Message
from bot.playground.local_slack import LocalSlack
from bot.schedule import ticking
from bot.settings import Settings
from bot.slack import identify, make_client
from bot.tasks import Tasks
from db.store.alerts.records import Posting
from db.store.store import Store

ROOT = Path(__file__).parents[2]


class Speaker:
    """Says what kind of letter it is, and which."""

    async def compose(self, posting: Posting) -> Message | None:
        return Message(f"{posting.kind} {posting.dedupe_key}{' (again)' if posting.is_repeat else ''}")


def hastened(speed: float) -> Callable[[], datetime]:
    """A clock that starts now and goes so much faster."""
    began, since = datetime.now(UTC), time.monotonic()
    return lambda: began + timedelta(seconds=(time.monotonic() - since) * speed)


async def deliver(store_url: str, api_url: str, token: str, speed: float) -> None:
    """Until it is told to stop."""
    settings = Settings(slack_bot_token=SecretStr(token), slack_api_url=api_url)
    timeout = aiohttp.ClientTimeout(total=10)
    async with await Store.open(store_url) as store, aiohttp.ClientSession(timeout=timeout) as session:
        client = make_client(settings, session, None)
        me = await identify(client)
        wake = asyncio.Event()
        delivery = build_delivery(store.outbox, client, me.bot_id, Speaker(), hastened(speed), wake, is_paced=False)
        stop, tasks = asyncio.Event(), Tasks()
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
        async with ticking({"alert_delivery": Job(0.1, delivery.run, wake=wake, stop=delivery.stop)}, tasks):
            await stop.wait()
        await tasks.drain(20)


@asynccontextmanager
async def delivering(store_url: str, slack: LocalSlack, speed: float = 1) -> AsyncIterator[asyncio.subprocess.Process]:
    """A process of its own, that is told to stop in the end."""
    arguments = (store_url, slack.api_url, slack.workspace.app.bot_token, str(speed))
    running = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.slack.deliverer", *arguments), cwd=ROOT
    )
    try:
        yield running
    finally:
        if running.returncode is None:
            running.terminate()
        await running.wait()


if __name__ == "__main__":
    asyncio.run(deliver(sys.argv[1], sys.argv[2], sys.argv[3], float(sys.argv[4])))
