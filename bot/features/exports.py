"""The rows behind an answer as a file in its thread: looked up anew, as the person who clicked sees the catalogue."""

import asyncio
import logging
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from agent.errors import AskError
from agent.explanation import Explanation, load
from agent.headings import headings
from agent.messages import say
from agent.trail import judged
from bot.features.behind import Behind, found, sql_behind, whisper
from bot.features.presses import Press
from bot.features.spreadsheet import Fact, csv_bytes, has_long_cells, xlsx_bytes
from bot.messages.columns import labels
from bot.messages.notes import note
from bot.parts import Parts
from bot.people.readers import Asker
from bot.wire import SlackError
from db.catalog.errors import CatalogUnavailable, QueryError
from db.catalog.limits import QueryLimits
from db.catalog.table import Table
from db.store.errors import StoreUnavailable
from db.store.records import AuditEntry, StoredTurn, Verdict

log = logging.getLogger(__name__)

Kind: TypeAlias = Literal["csv", "xlsx"]

LONG_S: Final = 1.0
"""Who waits longer is told that the file is being made."""
SAME_S: Final = 30.0
"""A second click within this time is the first one again."""
MOST_AT_ONCE: Final = 2
_TITLE_CHARS: Final = 80
_MOST_KNOWN: Final = 1_000
_EARLIER: Final = 20
_OWN_LIMIT: Final = QueryLimits().rows
"""The limit that the rules write under every list, which nobody has asked for."""

_Key: TypeAlias = tuple[str, Kind, str]


class _Refused(Exception):
    """For this module: why there is no file, as a key of the sentences."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


@dataclass(frozen=True, slots=True)
class _File:
    """A file's bytes, and the sentences that stand above it."""

    data: bytes
    notes: tuple[str, ...]


class Exports:
    """Takes clicks. Of one person's clicks on one button those that follow at once make no further file."""

    def __init__(self, parts: Parts, *, now: Callable[[], float] = time.monotonic, long_s: float = LONG_S) -> None:
        self._parts = parts
        self._now = now
        self._long_s = long_s
        self._begun: dict[_Key, float] = {}
        self._places = asyncio.Semaphore(MOST_AT_ONCE)

    def make(self, press: Press, kind: Kind) -> None:
        """Starts to make the file and returns at once."""
        self._parts.tasks.launch(self._make(press, kind), f"{kind} {press.turn_id}")

    async def _make(self, press: Press, kind: Kind) -> None:
        one = await found(press, self._parts)
        if one is None:
            return
        if press.is_private:
            await whisper(press, "export-private", one.readers, self._parts)
        elif not self._begin((press.turn_id, kind, press.user)):
            await whisper(press, "export-taken", one.readers, self._parts)
        elif (problem := await self._put(press, one, kind)) is not None:
            self._begun.pop((press.turn_id, kind, press.user), None)
            await whisper(press, problem, one.readers, self._parts)

    def _begin(self, key: _Key) -> bool:
        now = self._now()
        if now - self._begun.get(key, -SAME_S) < SAME_S:
            return False
        self._begun[key] = now
        if len(self._begun) > _MOST_KNOWN:
            del self._begun[next(iter(self._begun))]
        return True

    async def _put(self, press: Press, one: Behind, kind: Kind) -> str | None:
        """Makes the file and shares it; else the key of the sentence that says why not."""
        making = asyncio.ensure_future(self._shared(press, one, kind))
        try:
            await asyncio.wait((making,), timeout=self._long_s)
            if not making.done():
                await whisper(press, "export-working", one.readers, self._parts)
            await making
        except _Refused as refused:
            return refused.key
        except SlackError as error:
            log.error("turn %s: its file is not sent: %s", press.turn_id, error)
            return "export-not-sent"
        finally:
            making.cancel()
        return None

    async def _shared(self, press: Press, one: Behind, kind: Kind) -> None:
        async with self._places:
            made = await self._file(press, one, kind)
            at = self._parts.services.clock().astimezone(self._parts.services.settings.timezone)
            name = f"{one.turn.turn_id}-{at:%Y%m%d-%H%M}.{kind}"
            title = " ".join((await self._question(one)).split())[:_TITLE_CHARS]
            thread_ts = one.turn.thread_ts
            comment = note("\n".join(made.notes))
            await self._parts.uploads.put(press.channel, thread_ts, name, made.data, title, comment=comment)

    async def _question(self, one: Behind) -> str:
        """The thread's first question that found these rows: "as a chart" says nothing of them."""
        turn, sql = one.turn, sql_behind(one.turn)
        earlier: list[StoredTurn] = []
        with suppress(StoreUnavailable):
            earlier = await self._parts.services.store.turns.history(turn.team, turn.channel, turn.thread_ts, _EARLIER)
        same = (each.question for each in earlier if each.asked_at <= turn.asked_at and sql_behind(each) == sql)
        return next(same, turn.question)

    async def _file(self, press: Press, one: Behind, kind: Kind) -> _File:
        """Raises _Refused."""
        sql = sql_behind(one.turn)
        if sql is None:
            raise _Refused("evidence-gone")
        try:
            asker = await self._parts.askers.of(press.user)
        except AskError as error:
            raise _Refused(f"error-{error.code.replace('_', '-')}") from error
        catalog = asker.catalog
        sql = unlimited(sql, catalog.dialect, await self._explanation(press)) if one.turn.engine == "offline" else sql
        table = await self._read_out(sql, asker, press, one)
        heads = headings(sql, table.columns, catalog.semantics, catalog.dialect, one.language)
        named = labels(table, heads)
        facts = self._facts(one, sql if one.is_own else "", table)
        key = "export-cut" if table.truncated else "export-rows"
        notes = [say(key, one.language, rows=len(table.rows))]
        if kind == "csv":
            return _File(await asyncio.to_thread(csv_bytes, named, table.rows), tuple(notes))
        if await asyncio.to_thread(has_long_cells, table.rows):
            notes.append(say("export-cut-cells", one.language))
        sheet, about = say("export-sheet", one.language), say("export-about", one.language)
        data = await asyncio.to_thread(xlsx_bytes, named, table.rows, sheet=sheet, about=about, facts=facts)
        return _File(data, tuple(notes))

    async def _read_out(self, sql: str, asker: Asker, press: Press, one: Behind) -> Table:
        """The rows, noted for the audit. Raises _Refused.

        A column that is not there for who clicked is there for who asked, and not to be told of.
        """
        at, started, rows = self._parts.services.clock(), time.perf_counter(), 0
        verdict: Verdict = "failed"
        rule: str | None = None
        try:
            table = await asker.catalog.read_out(sql)
            verdict, rows = "ran", len(table.rows)
            return table
        except CatalogUnavailable as error:
            raise _Refused("error-catalog-unavailable") from error
        except QueryError as error:
            verdict, rule = judged(error)
            raise _Refused("export-refused" if verdict == "refused" or not one.is_own else "export-failed") from error
        finally:
            ms = round((time.perf_counter() - started) * 1000)
            place = (press.turn_id, self._parts.me.team, press.channel, one.turn.thread_ts, press.user)
            roles = () if asker.standing is None else asker.standing.roles
            await self._note(AuditEntry(*place, at, one.turn.engine or "", sql, verdict, rule, rows, ms, roles))

    async def _note(self, entry: AuditEntry) -> None:
        try:
            await self._parts.services.store.audit.add(entry)
        except StoreUnavailable as error:
            log.error("turn %s: what was run for a file is in no audit: %s", entry.turn_id, error)

    async def _explanation(self, press: Press) -> Explanation | None:
        log_ = self._parts.services.store.explanations
        try:
            kept = await log_.of_turn(self._parts.me.team, press.channel, press.turn_id)
        except StoreUnavailable as error:
            raise _Refused("error-store-unavailable") from error
        return load(kept.explanation) if kept is not None else None

    def _facts(self, one: Behind, sql: str, table: Table) -> tuple[Fact, ...]:
        """Where the rows come from; the SQL only for whom it is shown anyway."""
        at = self._parts.services.clock().astimezone(self._parts.services.settings.timezone)
        told = (
            ("export-question", one.turn.question),
            ("sql-title", sql),
            ("export-time", f"{at:%Y-%m-%d %H:%M:%S %Z}"),
            ("export-row-count", f"{len(table.rows):,}{'+' if table.truncated else ''}"),
        )
        return tuple(Fact(say(key, one.language), value) for key, value in told if value)


def unlimited(sql: str, dialect: str, explanation: Explanation | None) -> str:
    """The rules' statement without the limit that they write under every list; one that was asked for stays."""
    clauses = () if explanation is None else explanation.clauses
    if any((clause.query or {}).get("limit") == _OWN_LIMIT for clause in clauses):
        return sql
    try:
        tree = sqlglot.parse_one(sql, dialect=dialect)
    except (SqlglotError, RecursionError):
        return sql
    limit = tree.args.get("limit")
    if not isinstance(limit, exp.Limit) or limit.expression.name != str(_OWN_LIMIT):
        return sql
    tree.set("limit", None)
    return tree.sql(dialect=dialect)
