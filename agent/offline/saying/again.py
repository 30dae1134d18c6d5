"""Says of a run below an alert what its rows alone do not: which others were looked at, since when, how often."""

import re
from collections.abc import Iterable

from agent.failures.cause import NO_LOG, OTHER, UNKNOWN
from agent.messages import MessageError, has, say
from agent.offline.query.query import Ref
from agent.offline.reading.reading import About, Reading
from agent.offline.saying.cells import bold, cell_of, plain
from agent.offline.saying.plan import Found
from agent.offline.saying.results import Result
from db.catalog.table import Row

_CODE = re.compile(r"[a-z0-9-]+")
MOST_TRIES = 4


def told_of_runs(reading: Reading, result: Result, found: Iterable[Found] = ()) -> str:
    """The sentences ahead of the answer; "" where nothing is to be said but the rows."""
    about = reading.runs
    if about is None:
        return ""
    language = result.language
    if about.asks == "rerun":
        return say("again-rerun", language)
    if about.asks == "why":
        return cause_of(reading, result)
    rows = result.table.rows
    if about.asks == "since":
        return _since(about, result)
    if about.asks == "first":
        return say("again-not-first" if rows else "again-first", language, count=len(rows))
    if about.asks == "nth":
        return say("again-nth", language, count=len(rows)) if rows else ""
    if about.asks in ("previous", "newest", "before") and rows:
        told = (_looked_at(about, result), _one(about, result, rows[0]), _last_so(reading, about, result, found))
        return " ".join(one for one in told if one)
    return "" if about.asks == "times" else _looked_at(about, result)


def cause_of(reading: Reading, result: Result) -> str:
    """What an analysis found: a known cause in a sentence with what to try, another's own words as a quotation."""
    said, language = reading.runs.said if reading.runs is not None else "", result.language
    if not said or said in (UNKNOWN, NO_LOG, OTHER):
        return ""
    if not _CODE.fullmatch(said) or not has(f"cause-{said}"):
        return say("again-cause", language, cause=plain(said)) if " " in said else ""
    try:
        headline = say(f"cause-{said}", language)
    except MessageError:  # it wants what only the log tells, such as the exception's name
        return ""
    tries = (f"cause-{said}-{place}" for place in range(1, MOST_TRIES + 1))
    lines = [f"- {say(key, language)}" for key in tries if has(key)]
    return "\n".join((say("again-known-cause", language, cause=headline), *lines))


def is_all(reading: Reading, result: Result) -> bool:
    """Whether those sentences are the whole answer: of one run before, or of how long it has been so."""
    asks = reading.runs.asks if reading.runs is not None else ""
    is_told = reading.runs is not None and reading.runs.column is not None and _date(result) is not None
    return is_told and bool(result.table.rows) and asks in ("previous", "newest", "before", "since", "first", "nth")


def is_first(reading: Reading) -> bool:
    """Whether a run before was asked for, of which it is said in a sentence that there is none."""
    return reading.runs is not None and reading.runs.asks == "previous"


def nothing_before(reading: Reading, result: Result) -> str:
    """That there is no run before this one, of its name or on the same data."""
    about, language = reading.runs, result.language
    if about is None or about.by == "name" or not about.parent:
        return say("again-none-before", language)
    parent = result.layer.table(about.parent).label.of(language)
    return say("again-nothing-before", language, parent=parent, name=plain(about.named) or parent)


def _looked_at(about: About, result: Result) -> str:
    """Which runs the answer is about: those of its name, or, without any, those on the same data."""
    layer, language = result.layer, result.language
    kind = layer.table(about.table).label.of(language)
    if about.by == "name":
        return say("again-of-name", language, kind=kind)
    parent = layer.table(about.parent).label.of(language)
    reason = say("again-no-name", language) if about.by == "parent" else ""
    key = "again-of-parent" if about.named else "again-of-some-parent"
    named = {"name": plain(about.named)} if about.named else {}
    return f"{reason} {say(key, language, kind=kind, parent=parent, **named)}".strip()


def _one(about: About, result: Result, row: Row) -> str:
    """The run before, as a yes or a no where it was asked so, or the newest one in a state."""
    state, date = about.column, _date(result)
    if state is None or date is None:
        return ""
    facts = {"name": bold(result.name(row)), "at": result.text(row, date), "state": result.text(row, state)}
    if about.asks in ("newest", "before"):
        told = say("again-times", result.language, count=len(result.table.rows)) if about.asks == "before" else ""
        return f"{told} {say('again-newest', result.language, **facts)}".strip()
    holds = about.state is not None and result.value(row, state) in about.state.values
    key = "again-previous" if about.state is None else "again-previous-yes" if holds else "again-previous-no"
    return say(key, result.language, **facts)


def _last_so(reading: Reading, about: About, result: Result, found: Iterable[Found]) -> str:
    """The newest one in the state that was asked for, where the run before is in another."""
    date, state, row = _date(result), about.state, result.table.rows[0]
    asked = [one for one in found if one.lookup.purpose == "in_state" and one.table is not None]
    if not asked or date is None or state is None or result.value(row, state.ref) in state.values:
        return ""
    called = cell_of(state.ref, state.values[0], result.layer, result.language)
    for i, one in enumerate(asked):
        if one.table is not None and one.table.rows and one.lookup.query is not None:
            last = Result(one.lookup.query, one.table, result.layer, result.language)
            name, at = bold(last.name(one.table.rows[0])), last.text(one.table.rows[0], date)
            if not i:
                return say("again-last-so", result.language, state=called, name=name, at=at)
            near = reading.otherwise.runs.parent if reading.otherwise and reading.otherwise.runs else ""
            parent = result.layer.table(near).label.of(result.language)
            return say("again-last-near", result.language, state=called, name=name, at=at, parent=parent)
    return say("again-never-so", result.language, state=called)


def _since(about: About, result: Result) -> str:
    """How many of the newest runs in a row are in that state, and since when."""
    state, date, language = about.state, _date(result), result.language
    if state is None or date is None:
        return ""
    streak: list[Row] = []
    for row in result.table.rows:
        if result.value(row, state.ref) not in state.values:
            break
        streak.append(row)
    called = cell_of(state.ref, state.values[0], result.layer, language)
    if not streak:
        return say("again-not-now", language, state=called)
    before = result.table.rows[len(streak)] if len(streak) < len(result.table.rows) else None
    first = say("again-since", language, at=result.text(streak[-1], date), count=len(streak), state=called)
    if before is None:
        return f"{first} {say('again-none-before', language)}"
    told = say("again-before", language, at=result.text(before, date), state=result.text(before, state.ref))
    return f"{first} {told}"


def _date(result: Result) -> Ref | None:
    table = result.layer.table(result.query.head)
    return (table.name, table.date) if table.date else None
