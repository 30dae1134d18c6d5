"""The local Slack as a whole: built from its parts, served on loopback while open."""

from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime

from aiohttp import web

from bot.playground.api.rates import Rates
from bot.playground.api.responses import METHOD, Responses
from bot.playground.api.uploads import Uploads
from bot.playground.api.webapi import WebApi
from bot.playground.control import Away, Control
from bot.playground.delivery.deliveries import Deliveries, Timings
from bot.playground.delivery.events import Events
from bot.playground.people.interactions import Interactions
from bot.playground.people.person import Person
from bot.playground.screen.acts import Hands
from bot.playground.screen.attachments import Attachments
from bot.playground.screen.feed import Feed
from bot.playground.screen.said import Said
from bot.playground.screen.tricks import Trick
from bot.playground.site import Rooms, build_site
from bot.playground.watch.broadcasts import Broadcasts
from bot.playground.watch.faults import Fault, Faults
from bot.playground.watch.journal import Journal
from bot.playground.workspace.lifetimes import Lifetimes
from bot.playground.workspace.platform import Platform
from bot.playground.workspace.records import App, Channel, Message, User
from bot.playground.workspace.state import Workspace
from bot.playground.workspace.team import USERS, channels

HOST = "127.0.0.1"


def _now() -> datetime:
    return datetime.now(UTC)


class LocalSlack:
    """One workspace with one app. Whoever drives it acts through `person` and reads `journal` and `workspace`."""

    def __init__(
        self,
        *,
        platform: Platform | None = None,
        users: Iterable[User] = USERS,
        conversations: Iterable[Channel] | None = None,
        app: App = App(),
        tricks: Iterable[Trick] = (),
        clock: Callable[[], datetime] = _now,
        timings: Timings = Timings(),
        has_rates: bool = True,
    ) -> None:
        conversations = channels() if conversations is None else conversations
        self.workspace = Workspace(platform or Platform.load(), users, conversations, clock, app)
        self.journal = Journal()
        self.faults = Faults()
        self.rates = Rates(clock, enabled=has_rates)
        self.deliveries = Deliveries(self.workspace, self.journal, self.faults, timings)
        self.sockets = self.deliveries.sockets
        self.interactions = Interactions(self.workspace, self.deliveries)
        self._events = Events(self.workspace, self.deliveries)
        self._broadcasts = Broadcasts(self.workspace, self.journal)
        self._feed = Feed(self.workspace)
        self._rooms = self._furnish({trick.name: trick for trick in tricks})
        self.workspace.listen(lambda _: self.journal.note())

    @property
    def base(self) -> str:
        return self.workspace.base

    @property
    def api_url(self) -> str:
        """What SLACK_API_URL is set to."""
        return f"{self.base}/api/"

    def person(self, user: str) -> Person:
        return Person(self.workspace, self.deliveries, self.interactions, user)

    def messages(self, channel: str, thread_ts: str | None = None) -> list[Message]:
        """The app's messages of a channel, or of one thread in it, oldest first."""
        posted = self.workspace.channels[channel].messages.values()
        bot_id = self.workspace.app.bot_id
        return [m for m in posted if m.get("bot_id") == bot_id and thread_ts in (None, m.get("thread_ts"))]

    def break_next(self, method: str, *faults: Fault) -> None:
        self.faults.break_next(method, *faults)

    @asynccontextmanager
    async def serving(self, port: int = 0) -> AsyncIterator["LocalSlack"]:
        """Listens on 127.0.0.1. Raises OSError where the port is taken."""
        async with AsyncExitStack() as stack:
            runner = web.AppRunner(build_site(self._rooms), access_log=None, shutdown_timeout=0.5)
            await runner.setup()
            stack.push_async_callback(runner.cleanup)
            await web.TCPSite(runner, HOST, port).start()
            self.workspace.base = f"http://{HOST}:{runner.addresses[0][1]}"
            stack.callback(Lifetimes(self.workspace).close)
            for close in (self.deliveries.close, self.interactions.close_all, self._feed.close):
                stack.push_async_callback(close)
            yield self

    def _furnish(self, tricks: Mapping[str, Trick]) -> Rooms:
        away = Away()
        methods = {*self.workspace.platform.methods, METHOD}
        return Rooms(
            webapi=WebApi(self.workspace, self.journal, self.faults, self.rates),
            sockets=self.sockets,
            responses=Responses(self.workspace, self.journal, self.faults),
            uploads=Uploads(self.workspace),
            attachments=Attachments(self.workspace),
            feed=self._feed,
            control=Control(methods, self.journal, self.faults, self.sockets, away),
            away=away,
            hands=Hands(self.workspace, self.interactions, self.person, Said(self.workspace), tricks),
        )
