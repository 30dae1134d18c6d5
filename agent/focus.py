"""Which rows of the catalogue an answer speaks of: what "그 모델" may mean next."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from agent.alerted import begun
from agent.answer import Query
from agent.memory import Focus, Memory, RememberedTurn
from agent.vocabulary import Knowledge
from db.catalog.meaning import TableMeaning
from db.catalog.table import Cell

MOST = 12
"""So many rows of one answer may be spoken of; a longer list is no focus."""

Standing = dict[tuple[str, str], str]
"""(table, column) -> the text that stands in that column of the catalogue."""


def focus_of(catalog: Knowledge, queries: Sequence[Query], text: str) -> tuple[Focus, ...]:
    """The rows that stand by name in the results: first those that `text` names, in its order.

    Then newest result first, in row order. A name counts where it is a value of
    a table's first display column; the table's other display columns (a model's
    version) come from the same row. Where no row holds a name (only a path was
    asked for), the names come from the last query's own conditions.
    """
    results = [query.table for query in reversed(queries) if query.table is not None]
    found: dict[Focus, None] = {}
    for texts in (row for result in results for row in result.rows):
        found.update(dict.fromkeys(_spoken_of(catalog, texts)))
        if len(found) >= MOST:
            break
    if not found and results and any(result.rows for result in results):
        found.update(dict.fromkeys(_spoken_of(catalog, _literals(queries[-1].sql, catalog.dialect))))
    return tuple(sorted(found, key=lambda focus: _first_named(focus, text)))[:MOST]


def focused(catalog: Knowledge, memory: Memory) -> Memory:
    """The memory with a focus also for what came without one: an alert, which has its row, and a frame of it."""
    return replace(memory, turns=_focused(catalog, memory.turns), older=_focused(catalog, memory.older))


def _focused(catalog: Knowledge, turns: Sequence[RememberedTurn]) -> tuple[RememberedTurn, ...]:
    return tuple(_with_focus(catalog, turn) for turn in turns)


def _with_focus(catalog: Knowledge, turn: RememberedTurn) -> RememberedTurn:
    if turn.focus or turn.frame is not None or turn.result is None:
        return turn
    found = replace(turn, focus=focus_of(catalog, (Query("", turn.result),), turn.answer))
    return begun(catalog, found) if turn.alerts else found


def _first_named(focus: Focus, text: str) -> float:
    """Where the text names the row whole, else by its name alone after all those, else last."""
    whole = text.find(focus.label)
    if whole >= 0:
        return whole
    name = text.find(str(focus.key[0][1]))
    return len(text) + name if name >= 0 else math.inf


def _spoken_of(catalog: Knowledge, texts: Iterable[Cell]) -> Iterator[Focus]:
    standing = _standing(catalog, texts)
    for table in catalog.semantics.tables:
        if table.display and (table.name, table.display[0]) in standing:
            yield Focus(table.name, _key(table, standing))


def _key(table: TableMeaning, standing: Standing) -> tuple[tuple[str, Cell], ...]:
    return tuple((c, standing[table.name, c]) for c in table.display if (table.name, c) in standing)


def _standing(catalog: Knowledge, texts: Iterable[Cell]) -> Standing:
    standing: Standing = {}
    for text in texts:
        if isinstance(text, str):
            for match in catalog.values.exact(text):
                if match.value == text:
                    standing.setdefault((match.table, match.column), text)
    return standing


def _literals(sql: str, dialect: str) -> list[str]:
    try:
        tree = sqlglot.parse_one(sql, dialect=dialect)
    except (SqlglotError, RecursionError):
        return []
    return [literal.name for literal in tree.find_all(exp.Literal) if literal.is_string]
