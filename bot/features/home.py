"""The Home tab of each person: made of what is theirs, shown to whoever opens it, with buttons that ask."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final
from weakref import WeakValueDictionary

from agent.answer import Ask, ThreadKey
from agent.errors import AskError
from agent.glance import Glance, glance
from agent.messages import say
from agent.offline import OfflineModel
from bot.alerts.people.lists import Lists
from bot.alerts.people.own import own_blocks
from bot.features.wishes import keep
from bot.incoming import new_turn_id
from bot.messages.answer import Message
from bot.messages.home import Page, home_view, read_question
from bot.messages.notes import note
from bot.messages.person import person_lines
from bot.messages.preferences import read_choice, said_name, said_value
from bot.messages.sentences import sentence
from bot.parts import Parts
from bot.people.readers import MOST_AGENTS
from bot.people.refusals import Refusals
from bot.wire import Place
from db.catalog.catalog import Catalog
from db.catalog.errors import CatalogUnavailable
from db.catalog.meaning import Language
from db.store.errors import StoreUnavailable

log = logging.getLogger(__name__)

RECENT: Final = 5
LOOK_S: Final = 8.0
"""Nobody's Home waits longer for the catalogue."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A Home that somebody looks at: whose it is, their direct conversation with the bot, what they see of it now."""

    user: str
    channel: str
    hash: str | None = None


class Home:
    """Publishes Homes, each to its own person alone."""

    def __init__(self, parts: Parts, *, look_s: float = LOOK_S) -> None:
        self._parts = parts
        self._look_s = look_s
        self._refusals = Refusals(parts.services.settings, parts.services.clock)
        self._rules: dict[Catalog, OfflineModel] = {}
        self._lines: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    def show(self, opened: Opened) -> None:
        """Starts to show it, and returns at once."""
        self._parts.tasks.launch(self._show(opened), f"home of {opened.user}")

    def wish(self, body: dict[str, Any]) -> None:
        """Starts to keep what was chosen in a select of the Home, or of a message."""
        self._parts.tasks.launch(self._wish(body), f"wish of {body['user']['id']}")

    def ask(self, body: dict[str, Any]) -> None:
        """Starts to ask a button's question as whoever clicked, in a new thread of their direct conversation."""
        self._parts.tasks.launch(self._ask(body), f"home asks for {body['user']['id']}")

    def drop(self, body: dict[str, Any]) -> None:
        """Starts to end a subscription to alerts, and shows the Home anew."""
        self._parts.tasks.launch(self._drop(body), f"home drops for {body['user']['id']}")

    async def _show(self, opened: Opened) -> None:
        """One after another for a person, so that what was found out last is what stands there."""
        lock = self._lines.setdefault(opened.user, asyncio.Lock())
        async with lock:
            language = await self._parts.manners.language(self._parts.me.team, opened.user)
            page = await self.page(opened, language)
            await self._parts.replies.publish_home(opened.user, home_view(page, language), opened.hash)

    async def page(self, opened: Opened, language: Language) -> Page:
        """All that the Home shows now; what cannot be had is left out, with a sentence."""
        page = Page(opened.channel, examples=self._parts.services.catalog.semantics.examples.of(language)[:RECENT])
        page = await self._with_theirs(page, opened.user, language)
        store, team = self._parts.services.store, self._parts.me.team
        try:
            recent = await store.asked.latest(team, opened.user, RECENT)
            wanted = await store.preferences.of(team, opened.user)
            alerting = self._parts.alerts
            alerts = await own_blocks(self._parts, alerting, opened.user, language) if alerting else ()
        except StoreUnavailable as error:
            log.error("a home is shown without what the store knows: %s", error)
            return replace(page, problems=(*page.problems, sentence("store_unavailable", language)))
        return replace(page, recent=recent, preferences=wanted, alerts=alerts)

    async def _with_theirs(self, page: Page, user: str, language: Language) -> Page:
        """What the catalogue says of the person and of what is theirs, as far as they see it."""
        lines: tuple[str, ...] = ()
        try:
            async with asyncio.timeout(self._look_s):
                asker = await self._parts.askers.asking(user)
                if asker.catalog.people is not None:
                    known = await self._parts.askers.persons.of(user, asker.catalog)
                    lines = tuple(person_lines(known.person, known.email, known.by, language))
                panels = await self._panels(asker.catalog, asker.me, language) if asker.me != "nobody" else ()
        except (AskError, CatalogUnavailable) as error:
            code = error.code if isinstance(error, AskError) else "catalog_unavailable"
            log.warning("a home is shown without the catalogue: %s", error)
            return replace(page, person=lines, problems=(sentence(code, language),))
        except TimeoutError:
            return replace(page, person=lines, problems=(sentence("turn_deadline", language),))
        return replace(page, person=lines, panels=panels)

    async def _panels(self, catalog: Catalog, me: Any, language: Language) -> Sequence[Glance]:
        questions = catalog.semantics.home.of(language)
        rules = self._rules.pop(catalog, None) or OfflineModel(catalog)
        self._rules[catalog] = rules
        if len(self._rules) > MOST_AGENTS:
            del self._rules[next(iter(self._rules))]
        services = self._parts.services
        now = services.clock().astimezone(services.settings.timezone)
        looks = [await glance(question, me, rules, catalog, now, language) for question in questions]
        return [look for look in looks if look is not None]

    async def _wish(self, body: dict[str, Any]) -> None:
        user, (name, value) = str(body["user"]["id"]), read_choice(body)
        language = await self._parts.manners.language(self._parts.me.team, user)
        try:
            await keep(name, value, user, self._parts)
        except ValueError:
            log.info("no choice of ours was chosen", extra={"user": user, "name": name})
            return
        except StoreUnavailable as error:
            log.error("what somebody wants is not kept: %s", error)
            await self._say(body, note(sentence("store_unavailable", language)))
            return
        view = body.get("view") or {}
        if view.get("type") == "home":
            await self._show(Opened(user, str(view.get("private_metadata") or "")))
            return
        language = await self._parts.manners.language(self._parts.me.team, user)
        said = said_value(name, value, language)
        await self._say(body, note(say("preference-set", language, name=said_name(name, language), value=said)))

    async def _drop(self, body: dict[str, Any]) -> None:
        user, channel = str(body["user"]["id"]), str((body.get("view") or {}).get("private_metadata") or "")
        if self._parts.alerts is not None:
            await Lists(self._parts, self._parts.alerts).ended(body, channel)
        await self._show(Opened(user, channel))

    async def _ask(self, body: dict[str, Any]) -> None:
        parts, user, question = self._parts, str(body["user"]["id"]), read_question(body)
        channel = str((body.get("view") or {}).get("private_metadata") or "")
        language = await parts.manners.language(parts.me.team, user, question)
        refusal = await self._refusal(user, channel, language)
        if refusal is not None:
            await self._say(body, refusal)
            return
        turn_id = new_turn_id()
        claim = f"home:{parts.me.team}:{user}:{body['actions'][0].get('action_ts')}"
        ask = Ask(turn_id, ThreadKey(parts.me.team, channel, ""), user, question, parts.services.clock())
        try:
            if not await parts.services.store.claims.first((claim,), parts.services.clock()):
                return
        except StoreUnavailable as error:
            log.error("a question of a home is not asked: %s", error)
            await self._say(body, note(sentence("store_unavailable", language)))
            return
        ts = await parts.replies.open_thread(ask, language)
        if ts is not None:
            await parts.turns.submit(replace(ask, thread=replace(ask.thread, thread_ts=ts)), ())

    async def _refusal(self, user: str, channel: str, language: Language) -> Message | None:
        """Why they may not ask, where they may not; the Home is no way around the list of channels."""
        allowed = self._parts.services.settings.allowed_channels
        if allowed and channel not in allowed:
            return self._refusals.message("not_here", language)
        return await self._parts.turns.refusal(user, language)

    async def _say(self, body: dict[str, Any], message: Message) -> None:
        container, view = body.get("container") or {}, body.get("view") or {}
        channel = str(container.get("channel_id") or view.get("private_metadata") or "")
        await self._parts.replies.whisper(Place(channel), str(body["user"]["id"]), message, body.get("response_url"))
