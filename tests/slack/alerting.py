"""The whole bot with its alerts on: what fails, what stands in the channel, what is pressed there."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, closing, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from bot.playground.local_slack import LocalSlack
from bot.playground.rules.blocks import texts
from bot.playground.workspace.ids import interactive
from bot.playground.workspace.records import Message
from bot.schedule import pause
from db.catalog.sample.play import fail_a_pipeline, logs_of
from db.store.alerts.records import Alert
from tests.parts import NOW
from tests.slack.bot import Bot, TestModel, running
from tests.slack.workspace import KIM

ALERTS: Final = "C1"
RULES: Final = Path(__file__).parents[2] / "db/catalog/sample/alerts.yml"
OFTEN_S: Final = 0.1
_LOOKS: Final = 10
_LOOK_S: Final = 1.5


@dataclass
class Clock:
    """A clock that stands still until a test sets it."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now

    def passes(self, **span: float) -> None:
        self.now += timedelta(**span)


async def often(stop: asyncio.Event, seconds: float) -> None:
    """Jobs tick again and again, whatever they ask for."""
    await pause(stop, min(seconds, OFTEN_S))


@dataclass
class Desk:
    """A bot with alerts, the channel that they are told in, and its clock."""

    bot: Bot
    slack: LocalSlack
    folder: Path
    clock: Clock = field(default_factory=Clock)

    async def failed(self) -> Message:
        """A pipeline fails: its message."""
        before = len(self.roots())
        self.clock.passes(seconds=1)
        fail_a_pipeline(self.folder / "catalog.db", self.clock.now)
        found: Sequence[Message] = await self.slack.journal.until(lambda: self.roots()[before:], "an alert")
        outbox = self.bot.services.store.outbox
        async with asyncio.timeout(30):
            while any(one.state == "sending" for one in await outbox.deliveries()):
                await self.bot.services.store.ping()
        return found[0]

    def roots(self) -> list[Message]:
        return [message for message in self.slack.messages(ALERTS) if message.get("bot_id")]

    def root(self, message: Message) -> Message:
        """The message as it stands now."""
        return self.slack.workspace.channels[ALERTS].messages[message["ts"]]

    def lines(self, message: Message) -> list[str]:
        """What stands in its thread."""
        return [said(one) for one in self.slack.messages(ALERTS, message["ts"])[1:]]

    async def line(self, message: Message, text: str) -> str:
        """Waits for a line of its thread with that text."""
        found: list[str] = await self.slack.journal.until(
            lambda: [line for line in self.lines(message) if text in line], f"a line: {text}"
        )
        return found[-1]

    async def shows(self, message: Message, text: str) -> str:
        """Waits until the message itself has been edited to say that; edits wait for others a few seconds."""
        for _ in range(_LOOKS):
            self.clock.passes(seconds=6)
            with suppress(TimeoutError):
                async with asyncio.timeout(_LOOK_S):
                    await self.slack.journal.until(lambda: text in said(self.root(message)), f"an edit: {text}")
                    return said(self.root(message))
        raise AssertionError(f"it never said {text}: {said(self.root(message))}")

    async def press(self, message: Message, action: str, user: str = KIM, **more: Any) -> None:
        """Presses a button of the message as it stands now; of the menu where it is there."""
        await press(self.slack, self.root(message), action, user, **more)

    async def whispered(self, text: str, user: str = KIM) -> str:
        """Waits for a word to one person with that text."""
        found: list[str] = await self.slack.journal.until(
            lambda: [one for one in whispers(self.slack, user) if text in one], f"a whisper: {text}"
        )
        return found[-1]

    async def alert(self) -> Alert:
        """The newest alert of the store."""
        return (await self.bot.services.store.alerts.recent(limit=1))[0]

    async def stands(self, is_so: Callable[[Alert], bool]) -> Alert:
        """Waits until the newest alert stands so."""
        async with asyncio.timeout(30):
            while not is_so(alert := await self.alert()):
                await self.bot.services.store.ping()
        return alert


@asynccontextmanager
async def alerting(folder: Path, slack: LocalSlack, model: TestModel | None = None, **more: Any) -> AsyncIterator[Desk]:
    """The bot after its first look at the catalogue; its clock goes when the test says so."""
    clock = more.pop("clock", None) or Clock()
    given: dict[str, Any] = {"alert_channel": ALERTS, "log_roots": (str(logs_of(folder / "catalog.db")),), **more}
    async with running(folder, slack, model, wait=often, clock=clock, **given) as bot:
        desk = Desk(bot, slack, folder, clock)
        async with asyncio.timeout(30):
            while not any(name.startswith("scan:") for name in await bot.services.store.heartbeats.all()):
                await bot.services.store.ping()
        yield desk


async def press(
    slack: LocalSlack, message: Message, action: str, user: str = KIM, channel: str = ALERTS, **more: Any
) -> None:
    """Uses what a message offers under that action; raises where it is not there."""
    for block in message["blocks"]:
        for element in interactive(dict(block)):
            given = _given(element, action, more)
            if given is not None:
                done = {"block_id": block["block_id"], "action_id": element["action_id"], **given}
                await slack.interactions.click(user, action=done, channel=channel, ts=message["ts"])
                return
    raise AssertionError(f"nothing to press for {action}: {said(message)}")


def offered(message: Message) -> set[str]:
    """What can be pressed, by the names of the actions."""
    found = set()
    for block in message["blocks"]:
        for element in interactive(dict(block)):
            found.add(str(element["action_id"]).removeprefix("alert_"))
            found |= {str(option["value"]).split(":")[0] for option in element.get("options", ())}
    return found


def said(message: Message) -> str:
    return "\n".join(texts(message["blocks"])) or str(message["text"])


def whispers(slack: LocalSlack, user: str = KIM) -> list[str]:
    return [said(message) for (who, _, _), message in slack.workspace.ephemerals.items() if who == user]


def _given(element: dict[str, Any], action: str, more: dict[str, Any]) -> dict[str, Any] | None:
    """What a click on the element holds; None where it is another one."""
    if element["action_id"] == f"alert_{action}":
        return {"type": element["type"], **more}
    for option in element.get("options", ()) if element["type"] == "overflow" else ():
        if str(option["value"]).startswith(f"{action}:"):
            return {"type": "overflow", "selected_option": option}
    return None


def rules(folder: Path, **of_the_first: Any) -> Path:
    """The sample's rules, with more said of the first."""
    text = RULES.read_text("utf-8")
    more = "".join(f"    {name}: {value}\n" for name, value in of_the_first.items())
    path = folder / "alerts.yml"
    path.write_text(text.replace("    find: failed\n", f"    find: failed\n{more}", 1), "utf-8")
    return path


def is_now(state: str) -> Callable[[Alert], bool]:
    return lambda alert: alert.state == state


def drop(path: Path, *tables: str) -> None:
    with closing(sqlite3.connect(path)) as other:
        for table in tables:
            other.execute(f"DROP TABLE {table}")
