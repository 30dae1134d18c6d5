"""A thread with the offline engine: its look-ups are run on a database in memory, without the agent's loop."""

import asyncio
import json
import sqlite3
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from agent.alerted import announced
from agent.focus import focused
from agent.language import language_of
from agent.llm.protocol import Observation, Prompt, Step, ToolCall, ToolSpec
from agent.memory import Memory, RememberedTurn
from agent.offer import Offer, OfferKind, chosen
from agent.offline import OfflineModel
from agent.vocabulary import Knowledge
from db.catalog.meaning import SemanticLayer
from db.catalog.people import Asking
from db.catalog.schema import ColumnSchema, ForeignKey, Schema, TableSchema
from db.catalog.semantics import load_layer
from db.catalog.table import Cell, Table
from db.catalog.values import ValueIndex

NOW = datetime(2026, 11, 21, 12, tzinfo=ZoneInfo("Asia/Seoul"))
TOOLS = (ToolSpec("execute_sql", "", {}), ToolSpec("find_values", "", {}))


class Asked(Knowledge, Protocol):
    """What a talk needs of a catalogue: a Book, or a real one."""

    async def query(self, sql: str) -> Table: ...


@dataclass(frozen=True, slots=True)
class Book:
    """A catalogue in memory: what the engine reads of it, and the database itself."""

    database: sqlite3.Connection
    schema: Schema
    semantics: SemanticLayer
    values: ValueIndex
    dialect: str = "sqlite"

    async def query(self, sql: str) -> Table:
        cursor = self.database.execute(sql)
        columns = tuple(column[0] for column in cursor.description)
        return Table(columns, tuple(cursor.fetchall()))


def open_book(database: sqlite3.Connection, semantics: Path | None) -> Book:
    schema = reflect(database)
    layer = load_layer(semantics, schema)

    async def distinct(table: str, column: str, limit: int) -> Sequence[Cell]:
        return [row[0] for row in database.execute(f'SELECT DISTINCT "{column}" FROM "{table}" LIMIT {limit}')]

    return Book(database, schema, layer, asyncio.run(ValueIndex.build(layer, distinct)))


def reflect(database: sqlite3.Connection) -> Schema:
    tables, keys = [], []
    for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        described = database.execute(f"PRAGMA table_info({name})").fetchall()
        columns = tuple(ColumnSchema(row[1], row[2], not row[3], bool(row[5])) for row in described)
        tables.append(TableSchema(name, columns))
        links = database.execute(f"PRAGMA foreign_key_list({name})").fetchall()
        keys += [ForeignKey(name, row[3], row[2], row[4]) for row in links]
    return Schema(tuple(tables), tuple(keys))


@dataclass(frozen=True, slots=True)
class Told:
    """One answered turn."""

    text: str
    sql: tuple[str, ...]
    tables: tuple[Table, ...]
    steps: int
    offer: Offer | None = None

    @property
    def choices(self) -> list[str]:
        """The questions to choose from where it was asked back."""
        return self._questions("asked_back")

    @property
    def next(self) -> list[str]:
        """The questions to go on with."""
        return self._questions("next")

    def _questions(self, kind: OfferKind) -> list[str]:
        found = self.offer.choices if self.offer is not None and self.offer.kind == kind else ()
        return [choice.question for choice in found]

    @property
    def rows(self) -> list[tuple[Cell, ...]]:
        """The last look-up's rows."""
        return list(self.tables[-1].rows) if self.tables else []

    def column(self, name: str) -> list[Cell]:
        place = self.tables[-1].columns.index(name)
        return [row[place] for row in self.rows]


_RULES: deque[tuple[Asked, OfflineModel]] = deque(maxlen=8)


def rules_of(book: Asked) -> OfflineModel:
    """The engine over a book, which is made once: its lexicon takes longer than a turn."""
    model = next((one for known, one in _RULES if known is book), None)
    if model is None:
        _RULES.append((book, model := OfflineModel(book)))
    return model


@dataclass(slots=True)
class Talk:
    """One thread: each `ask` remembers the turns before it."""

    book: Asked
    now: datetime = NOW
    turns: list[RememberedTurn] = field(default_factory=list)
    memory: Memory | None = None
    """What the thread remembers, where it isn't all of its turns."""
    model: OfflineModel | None = None
    """One that several threads share."""
    me: Asking = None
    alert: Mapping[str, Any] | None = None
    """What the thread stands below."""
    storm: Sequence[Mapping[str, Any]] = ()
    """The same, of many at once."""

    def ask(self, question: str) -> Told:
        return asyncio.run(self.answer(question))

    def through(self, thread: Sequence[str]) -> Told:
        """Asks one after another; the last answer."""
        return [self.ask(question) for question in thread][-1]

    async def answer(self, question: str) -> Told:
        choice = chosen(question, self.turns[-1].offer) if self.turns else None
        question = choice.question if choice else question
        model = self.model or rules_of(self.book)
        memory = self.memory or Memory((*self._announced(), *self.turns))
        prompt = Prompt(question, language_of(question), self.now, memory, TOOLS, me=self.me)
        written: list[str] = []
        sql: list[str] = []
        tables: list[Table] = []
        while True:
            done = await model.complete(prompt, written.append)
            if not done.tool_calls:
                break
            observations = tuple([await self._run(call) for call in done.tool_calls])
            sql += [seen.sql for seen in observations if seen.sql]
            tables += [seen.table for seen in observations if seen.table is not None]
            steps = (*prompt.steps, Step(done, observations))
            assert len(steps) < 4, "the engine goes round in circles"
            prompt = replace(prompt, steps=steps)
        assert "".join(written) == done.text
        frame = json.loads(json.dumps(done.frame))
        self.turns.append(RememberedTurn(question, done.text, tuple(sql), frame=frame, offer=done.offer))
        return Told(done.text, tuple(sql), tuple(tables), len(prompt.steps), done.offer)

    def _announced(self) -> tuple[RememberedTurn, ...]:
        alerts = self.storm if self.alert is None else [self.alert]
        return focused(self.book, Memory((announced(alerts),))).turns if alerts else ()

    async def _run(self, call: ToolCall) -> Observation:
        arguments = json.loads(call.arguments)
        if call.name == "find_values":
            found = self.book.values.find(arguments["text"])
            return Observation(call, "\n".join(match.text for match in found))
        return Observation(call, "", sql=arguments["sql"], table=await self.book.query(arguments["sql"]))
