"""A local Slack in its own process, in which many people ask at once."""

import asyncio
import time
from collections import defaultdict
from itertools import cycle

import uvloop

from benchmarks.exchange import QUESTION
from benchmarks.probe import ask_many, commands, tell
from bot.playground.local_slack import LocalSlack
from bot.playground.workspace.records import App, Channel, User
from bot.playground.workspace.state import Change

PATIENCE_S = 60
CHANNEL = "C1"
PEOPLE = tuple(User(f"U{number:03}", f"user{number}", f"User {number}") for number in range(200))
"""So many that the bot's limit for one person is out of reach."""


class WatchedSlack(LocalSlack):
    """A Slack with many people and no rate limits that knows at once when a thread has got its answer."""

    def __init__(self) -> None:
        members = {App().user, *(user.id for user in PEOPLE)}
        super().__init__(users=PEOPLE, conversations=[Channel(CHANNEL, "general", members=members)], has_rates=False)
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
        people = cycle([slack.person(user.id) for user in PEOPLE])

        async def ask(_: int) -> None:
            await slack.answer(await next(people).mention(QUESTION, CHANNEL))

        while (order := await commands()) is not None:
            began = time.perf_counter()
            await ask_many(ask, order["count"], order["at_once"])
            tell(wall_s=time.perf_counter() - began)


if __name__ == "__main__":
    uvloop.run(main())
