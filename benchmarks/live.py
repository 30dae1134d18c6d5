"""`python -m benchmarks.live`: how soon people see a sign, and how many answers in the making Slack's limits bear.

The whole bot in a process of its own, against the local Slack with its rate limits and a slow model. Prints figures,
fails nothing.
"""

import asyncio
import json
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from itertools import pairwise
from pathlib import Path
from typing import Any

import uvloop
from aiohttp import web

from benchmarks.__main__ import started
from benchmarks.exchange import ANSWER, QUESTION, SQL
from benchmarks.ours import make_empty_store
from bot.playground.local_slack import LocalSlack
from bot.playground.workspace.records import App, Channel, User
from bot.playground.workspace.state import Change
from db.catalog.sample import build_sample

AT_ONCE = 50
CHANNELS = 10
BEFORE_S, PIECE_S, PIECE = 2.0, 0.25, 8
PATIENCE_S = 240
PEOPLE = tuple(User(f"U{number:03}", f"user{number}", f"User {number}") for number in range(AT_ONCE))


class Watch:
    """When each thread got its first sign, began to show its steps, and was answered; in seconds since its question."""

    def __init__(self, slack: LocalSlack) -> None:
        self._slack = slack
        self.asked: dict[str, float] = {}
        self.signs: dict[str, float] = {}
        self.plans: dict[str, float] = {}
        self.answers: dict[str, float] = {}
        self.changed = asyncio.Event()
        slack.workspace.listen(self._hear)

    def _hear(self, change: Change) -> None:
        message = change.data.get("message", {})
        is_ours = message.get("bot_id") == self._slack.workspace.app.bot_id
        thread = str(change.data.get("thread_ts") or message.get("thread_ts") or message.get("ts"))
        if change.kind == "posted" and not is_ours:
            self.asked[thread] = time.perf_counter()
        elif change.kind == "status" and change.data["status"]:
            self._note(self.signs, thread)
        elif change.kind in ("posted", "changed") and is_ours:
            self._note(self.plans if message.get("streaming") else self.answers, thread, message)

    def _note(self, kept: dict[str, float], thread: str, message: dict[str, Any] | None = None) -> None:
        blocks = (message or {}).get("blocks", ())
        if kept is self.answers and not any(str(block.get("block_id")).startswith("turn:") for block in blocks):
            return
        kept.setdefault(thread, time.perf_counter() - self.asked.get(thread, time.perf_counter()))
        self.changed.set()

    async def answered(self, count: int) -> None:
        async with asyncio.timeout(PATIENCE_S):
            while len(self.answers) < count:
                self.changed.clear()
                await self.changed.wait()


async def _complete(request: web.Request) -> web.StreamResponse:
    """One query after a while, then the answer in pieces."""
    body = await request.json()
    is_answer = body["messages"][-1]["role"] == "tool"
    call = {"index": 0, "id": "c", "function": {"name": "execute_sql", "arguments": json.dumps({"sql": SQL})}}
    pieces = [ANSWER[at : at + PIECE] for at in range(0, len(ANSWER), PIECE)]
    deltas: list[dict[str, Any]] = [{"content": piece} for piece in pieces] if is_answer else [{"tool_calls": [call]}]
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
    await response.prepare(request)
    await asyncio.sleep(BEFORE_S)
    for delta in deltas:
        await _send(response, {"delta": delta, "finish_reason": None})
        await asyncio.sleep(PIECE_S if is_answer else 0)
    await _send(response, {"delta": {}, "finish_reason": "stop" if is_answer else "tool_calls"})
    await response.write(b"data: [DONE]\n\n")
    return response


async def _send(response: web.StreamResponse, choice: dict[str, Any]) -> None:
    await response.write(f"data: {json.dumps({'choices': [choice]}, ensure_ascii=False)}\n\n".encode())


@asynccontextmanager
async def _model() -> AsyncIterator[str]:
    app = web.Application()
    app.router.add_post("/v1/chat/completions", _complete)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/v1"
    await runner.cleanup()


def _slack() -> LocalSlack:
    members = {App().user, *(user.id for user in PEOPLE)}
    channels = [Channel(f"C{number}", f"channel{number}", members=set(members)) for number in range(CHANNELS)]
    return LocalSlack(users=PEOPLE, conversations=channels)


@asynccontextmanager
async def _bot(slack: LocalSlack, base_url: str, folder: str) -> AsyncIterator[None]:
    app = slack.workspace.app
    where = (base_url, folder, slack.api_url, app.bot_token, app.app_token)
    async with started("benchmarks.slack_bot", *where) as bot:
        await bot.hear()
        yield


async def measure(count: int, apart_s: float, folder: str) -> None:
    """`count` people ask, so long apart; one asked before, so that all is warm."""
    slack = _slack()
    async with slack.serving(), _model() as base_url, _bot(slack, base_url, folder):
        first = await slack.person(PEOPLE[0].id).mention(QUESTION, "C0")
        await slack.journal.until(lambda: slack.messages("C0", first))
        await asyncio.sleep(2 * BEFORE_S)
        slack.journal.calls.clear()
        watch = Watch(slack)

        async def ask(number: int) -> None:
            await asyncio.sleep(number * apart_s)
            await slack.person(PEOPLE[number].id).mention(QUESTION, f"C{number % CHANNELS}")

        await asyncio.gather(*(ask(number) for number in range(count)))
        with suppress(TimeoutError):
            await watch.answered(count)
        await slack.deliveries.settled()
        _print(f"{count} at once" if not apart_s else f"{count}, one in {apart_s:g} s", slack, watch)


def _print(what: str, slack: LocalSlack, watch: Watch) -> None:
    print(f"\n{what}: {len(watch.answers)} answered, {len(watch.plans)} of them shown in the making")
    for name, kept in (("first sign", watch.signs), ("steps", watch.plans), ("answer", watch.answers)):
        if kept:
            times = sorted(kept.values())
            worst = times[min(int(len(times) * 0.95), len(times) - 1)]
            print(
                f"  {name:<11} median {statistics.median(times):6.2f} s  95 % {worst:6.2f} s  last {times[-1]:6.2f} s"
            )
    calls = Counter(call.method for call in slack.journal.calls)
    late = Counter(call.method for call in slack.journal.calls if "ratelimited" in str(call.answer.get("error")))
    growing = [call.at for call in slack.journal.of("chat.appendStream")]
    gaps = [after - before for before, after in pairwise(growing)]
    told = ", ".join(f"{method} {number}" for method, number in sorted(calls.items()) if number > 1)
    print(f"  calls: {told}")
    print(f"  refused for their rate: {dict(late) or 'none'}; updates of streams: one in {_mean(gaps):.2f} s")
    messages = [
        len(slack.messages(channel, ts)) for channel in slack.workspace.channels for ts in _roots(slack, channel)
    ]
    print(f"  messages in a thread: {dict(Counter(messages))}; streams left open: {len(slack.workspace.streams)}")


def _mean(gaps: list[float]) -> float:
    return statistics.mean(gaps) if gaps else 0.0


def _roots(slack: LocalSlack, channel: str) -> list[str]:
    bot = slack.workspace.app.bot_id
    return [ts for ts, message in slack.workspace.channels[channel].messages.items() if message.get("bot_id") != bot]


async def main() -> None:
    with tempfile.TemporaryDirectory(prefix="mlops-live-") as folder:
        build_sample(Path(folder, "catalog.db"))
        await make_empty_store(folder)
        await measure(12, 1.5, folder)
        await measure(AT_ONCE, 0.0, folder)


if __name__ == "__main__":
    uvloop.run(main())
