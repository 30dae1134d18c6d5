"""What is behind an answer, for who clicks: its SQL in a window, the rest of it in the thread."""

import asyncio
import logging
from dataclasses import dataclass
from typing import Any, Final

from agent.answer import Answer, Query, Usage
from agent.errors import AskError
from agent.explanation import load
from agent.headings import Heading, headings
from agent.language import language_of
from agent.llm.protocol import Engine
from agent.messages import say
from agent.withheld import is_open
from bot.features.behind import Behind, behind, found, sql_behind, whisper
from bot.features.presses import Press
from bot.messages.answer import Message, block_id
from bot.messages.details import FIRST_PART, details
from bot.messages.sentences import sentence
from bot.messages.sql_view import loading_view, read_ran, sentence_view, sql_view
from bot.parts import Parts
from bot.wire import Place, SlackError
from db.catalog.catalog import Catalog
from db.catalog.errors import CatalogError
from db.store.errors import StoreUnavailable

log = logging.getLogger(__name__)

READY_S: Final = 1.0
"""What takes longer is put into a window that is open by then: its trigger lives three seconds."""


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows behind an answer as they are now."""

    queries: tuple[Query, ...] = ()
    headings: tuple[Heading, ...] = ()


class Evidence:
    """Takes clicks; each is answered to the person who clicked, or once to their thread."""

    def __init__(self, parts: Parts, *, ready_s: float = READY_S) -> None:
        self._parts = parts
        self._ready_s = ready_s

    def show_sql(self, press: Press) -> None:
        """Starts to show what was run, and returns at once."""
        self._parts.tasks.launch(self._show_sql(press), f"sql {press.turn_id}")

    def show_details(self, press: Press) -> None:
        """Starts to post the rest of the answer, and returns at once."""
        self._parts.tasks.launch(self._show_details(press), f"details {press.turn_id}")

    # --- the window

    async def _show_sql(self, press: Press) -> None:
        replies = self._parts.replies
        making = asyncio.ensure_future(self._sql_view(press))
        is_shown = False
        try:
            await asyncio.wait((making,), timeout=self._ready_s)
            if making.done():
                is_shown = await replies.open_form(press.trigger_id, await making)
            else:
                language = language_of("", self._parts.services.settings.language)
                view_id = await replies.open_window(press.trigger_id, loading_view(language))
                is_shown = view_id is not None
                if view_id is not None:
                    await replies.fill_window(view_id, await making)
        finally:
            making.cancel()
        if not is_shown:
            language = await self._parts.manners.language(self._parts.me.team, press.user)
            await whisper(press, "evidence-not-opened", language, self._parts)

    async def _sql_view(self, press: Press) -> dict[str, Any]:
        """The window's content: what was run, or a sentence that says why it isn't shown."""
        parts = self._parts
        language = await parts.manners.language(parts.me.team, press.user)
        try:
            one = await behind(press, parts)
            if one is None:
                return sentence_view(say("evidence-gone", language), language)
            language = one.readers
            if not one.is_own:
                return sentence_view(say("evidence-not-yours", language), language)
            kept = await parts.services.store.explanations.of_turn(parts.me.team, press.channel, press.turn_id)
            catalog = (await parts.askers.of(press.user)).catalog
        except StoreUnavailable as error:
            log.error("the SQL of turn %s cannot be shown: %s", press.turn_id, error)
            return sentence_view(sentence("store_unavailable", language), language)
        except AskError as error:
            return sentence_view(sentence(error.code, language), language)
        layer, private = catalog.semantics, catalog.private
        return await asyncio.to_thread(
            sql_view,
            read_ran(one.turn.queries),
            load(kept.explanation) if kept is not None else None,
            one.turn.turn_id,
            language,
            catalog.dialect,
            lambda text: is_open(text, layer, private),
        )

    # --- the rest

    async def _show_details(self, press: Press) -> None:
        """Posts it once in the thread; what only one person sees, as often as they ask."""
        parts = self._parts
        one = await found(press, parts)
        if one is None:
            return
        if not one.is_own:
            await whisper(press, "evidence-not-yours", one.readers, parts)
            return
        answer = await self._again(one, press)
        messages = details(answer, parts.services.settings.link_hosts, is_summary=press.is_summary)
        if press.is_summary and not answer.queries and sql_behind(one.turn) is not None:
            await whisper(press, "details-no-rows", one.readers, parts)
        try:
            is_told = await (self._respond(press, messages) if press.is_private else self._post(one, messages))
        except (SlackError, StoreUnavailable) as error:
            log.error("turn %s: its details could not be shown: %s", press.turn_id, error)
            await whisper(press, "details-failed", one.readers, parts)
            return
        if not is_told:
            await whisper(press, "details-taken", one.readers, parts)

    async def _again(self, one: Behind, press: Press) -> Answer:
        """The stored answer; of a summary with its rows, looked up again as the person who clicked."""
        turn = one.turn
        rows = await self._rows(one, press) if press.is_summary else _Rows()
        engine: Engine = "offline" if turn.engine == "offline" else "llm"
        return Answer(turn.turn_id, turn.answer, one.language, engine, Usage(""), rows.queries, headings=rows.headings)

    async def _rows(self, one: Behind, press: Press) -> _Rows:
        sql = sql_behind(one.turn)
        try:
            catalog = (await self._parts.askers.of(press.user)).catalog
            table = await catalog.query(sql) if sql is not None else None
        except (AskError, CatalogError) as error:
            log.warning("turn %s: its rows are not looked up again: %s", press.turn_id, type(error).__name__)
            return _Rows()
        if sql is None or table is None:
            return _Rows()
        return _Rows((Query(sql, table),), _headings(sql, table.columns, catalog, one))

    async def _respond(self, press: Press, messages: tuple[Message, ...]) -> bool:
        parts = self._parts
        for message in messages if press.response_url is not None else ():
            await parts.replies.respond(press.response_url or "", message)
        return True

    async def _post(self, one: Behind, messages: tuple[Message, ...]) -> bool:
        """False where somebody was first. The messages belong to the turn's reply: they go when it goes.

        Where the turn was forgotten while they were posted, they go at once.
        """
        parts, turn = self._parts, one.turn
        store = parts.services.store
        if not await store.claims.first((f"details:{turn.turn_id}",), parts.services.clock()):
            return False
        place = Place(turn.channel, turn.thread_ts)
        sent: list[str] = []
        try:
            for at, message in enumerate(messages):
                sent.append(await parts.replies.append(place, message, block_id(turn.turn_id, FIRST_PART + at)))
        finally:
            if sent and not await store.turns.add_reply(turn.turn_id, sent):
                for ts in sent:
                    await parts.replies.retract(turn.channel, ts)
        return True


def _headings(sql: str, columns: tuple[str, ...], catalog: Catalog, one: Behind) -> tuple[Heading, ...]:
    return headings(sql, columns, catalog.semantics, catalog.dialect, one.language)
