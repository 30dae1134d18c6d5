"""The rows that alerts are about, as the beginning of their thread: what "it" means there before anybody has asked."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from agent.memory import Focus, RememberedTurn
from agent.offline.query.query import Query
from agent.offline.talk.frames import BELOW_ALERT, CAUSE, MOST_ROWS, Shown, filter_on, to_json
from agent.vocabulary import Knowledge
from db.catalog.meaning import TableMeaning
from db.catalog.table import Cell, Table
from db.store.alerts.reads import MOST_TOLD

KEY: Final = "id"
"""The detail that holds the row's key, and below it the one by which people call the row (db.catalog.alerts.rules)."""
NAME: Final = "name"
CELL_CHARS: Final = 300
_OF_ALERT: Final = frozenset({"rule", "kind", "severity", "state", "count", "cause"})
"""What an alert tells of itself: whatever a table calls its columns, these are no cells of its row."""
MOST_IN_FOCUS: Final = 12
_SAID: Final = 20
_FEW: Final = 2
"""So many columns of its own an alert without a known name must share with the table that it is about."""


def announced(alerts: Sequence[Mapping[str, Any]]) -> RememberedTurn:
    """What a message told of one alert, or of many at once, as the turn that its thread begins with: nobody asked."""
    told = tuple({name: value for name, value in one.items() if value is not None} for one in alerts)
    names = tuple(dict.fromkeys(name for one in told for name in one))
    rows = tuple(tuple(_short(one.get(name)) for name in names) for one in told)
    return RememberedTurn("(an alert, nobody asked)", _text(told), result=Table(names, rows), alerts=told)


def begun(catalog: Knowledge, turn: RememberedTurn) -> RememberedTurn:
    """The turn of alerts with a focus and a frame, their own rows first; unchanged where no table has such rows.

    Very many alerts leave neither.

    The cells are somebody's data: they are held against names and columns, and never read as a question.
    """
    first = _own(turn.alerts[0]) if turn.alerts else {}
    table = _table_of(catalog, first)
    if len(turn.alerts) > MOST_TOLD:
        return replace(turn, focus=())  # a part of them would be taken for all
    if table is None:
        return turn
    own = tuple(_shown(catalog, table, one) for one in turn.alerts if one.get(KEY) is not None)
    others = tuple(one for one in turn.focus if one.table != table.name) if len(own) == 1 else ()
    rows = (*own, *(Shown(other.table, other.key) for other in others))
    query = Query(table.name, filters=filter_on(own, catalog.semantics))
    return replace(
        turn,
        focus=(*(Focus(table.name, _names(table, row)) for row in own[:MOST_IN_FOCUS]), *others),
        frame=to_json(query, rows[:MOST_ROWS] if len(own) > 1 else rows, (), BELOW_ALERT),
    )


def _text(told: Sequence[Mapping[str, Any]]) -> str:
    """One alert with all that it tells; of many their number, and what each is called."""
    if len(told) == 1:
        return ", ".join(f"{name} {_short(value)}" for name, value in told[0].items())
    called = [str(_short(one.get(NAME) or one.get(KEY))) for one in told[:_SAID]]
    more = f", and {len(told) - _SAID} more" if len(told) > _SAID else ""
    count = f"more than {MOST_TOLD}" if len(told) > MOST_TOLD else str(len(told))
    return f"{count} alerts at once: {', '.join(called)}{more}"


def _own(alert: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in alert.items() if name not in _OF_ALERT}


def _shown(catalog: Knowledge, table: TableMeaning, alert: Mapping[str, Any]) -> Shown:
    details = _own(alert)
    return Shown(table.name, _cells(table, details), (*_told(catalog, table, details), *_cause(alert)))


def _names(table: TableMeaning, row: Shown) -> tuple[tuple[str, Cell], ...]:
    return tuple((column, value) for column in table.display if (value := row.get(column)) is not None) or row.cells


def _table_of(catalog: Knowledge, details: Mapping[str, Any]) -> TableMeaning | None:
    """The table that has a row of that name, else the one with most of the alert's columns, where it is one."""
    if details.get(KEY) is None:
        return None
    matches = catalog.values.exact(str(details.get(NAME) or ""))
    named = {(match.table, match.column) for match in matches}
    ranked = sorted(
        (
            (any((table.name, column) in named for column in table.display), _shared(table, details), table)
            for table in catalog.semantics.tables
            if table.primary_key is not None and table.part_of is None
        ),
        key=lambda one: one[:2],
        reverse=True,
    )
    best = ranked[0][:2] if ranked else (False, 0)
    is_one = len([one for one in ranked if one[:2] == best]) == 1
    return ranked[0][2] if is_one and (best[0] or best[1] > _FEW) else None


def _shared(table: TableMeaning, details: Mapping[str, Any]) -> int:
    return len({column.name for column in table.columns} & set(details))


def _cells(table: TableMeaning, details: Mapping[str, Any]) -> tuple[tuple[str, Cell], ...]:
    """The row's key and what names it; a table without a column for names is called by another."""
    named = table.display[0] if table.display and table.display[0] != table.primary_key else ""
    cells: dict[str, Cell] = {table.primary_key or "": details[KEY]}
    if named and details.get(NAME) is not None:
        cells[named] = details[NAME]
    cells |= {column: details[column] for column in table.display if details.get(column) is not None}
    return tuple(cells.items())


def _told(catalog: Knowledge, table: TableMeaning, details: Mapping[str, Any]) -> tuple[tuple[str, Cell], ...]:
    """The row's categories and dates, as far as the alert tells them under their own names or values."""
    told: dict[str, Cell] = {}
    for value in details.values():
        for match in catalog.values.exact(value) if isinstance(value, str) else ():
            if match.table == table.name and table.column(match.column).role == "category":
                told.setdefault(match.column, match.value)
    kinds = [column.name for column in table.columns if column.role in ("category", "date")]
    return tuple((told | {name: details[name] for name in kinds if details.get(name) is not None}).items())


def _short(value: Any) -> Cell:
    """A cell as it is remembered: of what is long, or no cell at all, the beginning of its text."""
    if value is None or isinstance(value, int | float):
        return value
    text = str(value)
    return text if len(text) <= CELL_CHARS else f"{text[: CELL_CHARS - 1]}…"


def _cause(details: Mapping[str, Any]) -> tuple[tuple[str, Cell], ...]:
    """What an analysis found, if one did: the code of a known cause, or a sentence."""
    cause = details.get(CAUSE)
    return ((CAUSE, str(_short(cause))),) if cause else ()
