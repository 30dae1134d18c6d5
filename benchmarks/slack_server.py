"""A local Slack in its own process, in which many people ask at once."""

import asyncio
import time
from typing import Any

import uvloop

from benchmarks.exchange import QUESTION
from benchmarks.probe import ask_many, commands, tell
from tests.slack.local_slack import APP_TOKEN, BOT_TOKEN, LocalSlack
from tests.slack.people import Person


class WatchedSlack(LocalSlack):
    """A Slack that knows at once when a thread has got its answer."""

    def __init__(self) -> None:
        super().__init__()
        self.answered: dict[str, asyncio.Event] = {}

    def _chat_postMessage(self, args: dict[str, Any]) -> dict[str, Any]:  # noqa: N802 - Slack's name
        posted = super()._chat_postMessage(args)
        if "error" in posted:
            raise AssertionError(posted["error"])
        self.answered[args["thread_ts"]].set()
        return posted


class WatchingPerson(Person):
    """Somebody whose questions are waited for."""

    def __init__(self, slack: WatchedSlack) -> None:
        super().__init__(slack)
        self._answered = slack.answered

    def _written(self, text: str, channel: str, thread_ts: str | None) -> dict[str, Any]:
        message = super()._written(text, channel, thread_ts)
        self._answered[message["ts"]] = asyncio.Event()
        return message


async def main() -> None:
    """Tells its address; then asks as told: {"count", "at_once"} -> wall seconds."""
    slack = WatchedSlack()
    async with slack.serving():
        tell(url=slack.api_url, bot_token=BOT_TOKEN, app_token=APP_TOKEN)
        person = WatchingPerson(slack)

        async def ask(_: int) -> None:
            ts = await person.mention(QUESTION)
            await slack.answered[ts].wait()
            del slack.answered[ts]

        while (order := await commands()) is not None:
            began = time.perf_counter()
            await ask_many(ask, order["count"], order["at_once"])
            tell(wall_s=time.perf_counter() - began)


if __name__ == "__main__":
    uvloop.run(main())
