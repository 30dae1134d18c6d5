"""A local Slack in its own process, in which many people ask at once."""

import asyncio
import time
from collections import defaultdict

import uvloop

from benchmarks.exchange import QUESTION
from benchmarks.probe import ask_many, commands, tell
from bot.playground.local_slack import LocalSlack
from bot.playground.team import NLP, USERS
from bot.playground.workspace import Change

PATIENCE_S = 60


class WatchedSlack(LocalSlack):
    """A Slack without rate limits that knows at once when a thread has got its answer."""

    def __init__(self) -> None:
        super().__init__(has_rates=False)
        self._answered: dict[str, asyncio.Event] = defaultdict(asyncio.Event)
        self.workspace.listen(self._watch)

    async def answer(self, thread_ts: str) -> None:
        """Waits until there is one. Raises TimeoutError."""
        async with asyncio.timeout(PATIENCE_S):
            await self._answered[thread_ts].wait()
        del self._answered[thread_ts]

    def _watch(self, change: Change) -> None:
        message = change.data.get("message", {})
        if change.kind == "posted" and message.get("bot_id") == self.workspace.app.bot_id:
            self._answered[message["thread_ts"]].set()


async def main() -> None:
    """Tells its address; then asks as told: {"count", "at_once"} -> wall seconds."""
    slack = WatchedSlack()
    async with slack.serving():
        app = slack.workspace.app
        tell(url=slack.api_url, bot_token=app.bot_token, app_token=app.app_token)
        person = slack.person(USERS[0].id)

        async def ask(_: int) -> None:
            await slack.answer(await person.mention(QUESTION, NLP))

        while (order := await commands()) is not None:
            began = time.perf_counter()
            await ask_many(ask, order["count"], order["at_once"])
            tell(wall_s=time.perf_counter() - began)


if __name__ == "__main__":
    uvloop.run(main())
