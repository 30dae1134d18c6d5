"""Reads what is asked below an alert of a thing that happens again and again: last time, since when, what else."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final, TypeAlias

from agent.offline.query import joins
from agent.offline.query.query import Filter, Order, Query
from agent.offline.reading.reading import About, Asks, Reading, Style
from agent.offline.talk.below.asked import Asked
from agent.offline.talk.below.runs import run_in_focus, told_at_once
from agent.offline.talk.frames import CAUSE, Frame, Shown
from agent.offline.talk.pointing.places import content
from agent.offline.words.normalise import squeeze
from agent.offline.words.repeats import (
    AFFECTED,
    ANY,
    BEFORE,
    EACH,
    FAILURES,
    FIRST,
    LASTED,
    NEWEST,
    NTH,
    OTHER,
    PREVIOUS,
    RERUN,
    SINCE,
    TALK,
    THIS,
    TIMES,
    USUAL,
    WHEN,
    WHO,
    WHY,
    WORKED,
)
from agent.offline.words.sentence import Sentence

_WIDE: Final = (
    *("each", "superlative", "many", "few", "high", "low", "count", "avg", "sum", "max", "min", "share", "rate"),
    *("newest", "oldest", "longest", "shortest", "recommend", "who", "compare", "other"),
)
"""Words by which more is asked than what one run has."""


_WHETHER: Final = re.compile(r"(?:did|was|has) (?:the |its )?(?:last|latest|most recent)\b", re.IGNORECASE)
"""As in "did the last run succeed?": of the run before, not which of those that succeeded was the last."""
Read: TypeAlias = Callable[[Asked], Reading | None]


def read(text: str, sentence: Sentence, frames: tuple[Frame, ...]) -> Reading | None:
    """The reading of such a question in a thread below an alert, or below many that were told at once.

    None for any other, and where something in it is not understood here.
    """
    names = [str(value.value) for i in range(len(sentence)) if sentence.is_name(i) for value in sentence.values(i)]
    if names and (len(names) > 1 or told_at_once(frames) is None):
        return None
    run = run_in_focus(frames, sentence.layer, *names[:1])
    if names and run.told is not None:
        return None
    asked = Asked(text, sentence, run)
    if run.told is not None and (which := _which(asked, frames[-1].main)) is not None:
        return replace(which, mentions=sentence.mentions)
    for pattern, reader in _READERS if run.told is None else _OF_MANY:
        if pattern.search(text) and _is_understood(asked, pattern) and (found := reader(asked)) is not None:
            return replace(found, mentions=sentence.mentions)
    return None


def is_said(word: str, text: str) -> bool:
    """Whether a word stands in what such a question is made of: it needed no mending."""
    patterns = (*_SAID, *(pattern for pattern, _ in _READERS))
    return any(word.lower() in match.group().lower() for one in patterns for match in one.finditer(text))


def _is_understood(asked: Asked, pattern: re.Pattern[str]) -> bool:
    """Whether each word is known to the catalogue, or one of those that such a question is made of."""
    places = squeeze(asked.text).places
    spans = [m.span() for one in (pattern, *_SAID, TALK) for m in one.finditer(asked.text)]
    for i, mention in enumerate(asked.sentence.mentions):
        start = places[mention.start] if mention.start < len(places) else len(asked.text)
        within = any(low <= start < high for low, high in spans)
        if (mention.unknown or mention.amount) and not within:
            return False
        if mention.dates is not None and not within and pattern not in _DATED:
            return False
        if asked.sentence.criterion(i) and not within:
            return False
    return True


def _which(asked: Asked, rows: Sequence[Shown]) -> Reading | None:
    """As in "지난번엔 성공했어?" of many runs: each has a last time of its own, so it is asked back of which."""
    said = next((match.group().strip() for one in _OF_ONE if (match := one.search(asked.text))), "")
    column = asked.run.name[1] if asked.run.name is not None else ""
    names = tuple(dict.fromkeys(str(row.get(column)) for row in rows if row.get(column) is not None))
    if not said or not names:
        return None
    return Reading("unclear", words=(said,), are_known=True, choices=tuple((one, f"{one} {said}") for one in names))


def _why(asked: Asked) -> Reading | None:
    """As in "왜?": what is known of the run in the state that it is in, and what an analysis said of it."""
    if asked.tables() or asked.narrowed() or asked.sentence.has("recommend"):
        return None
    if PREVIOUS.search(asked.text) and (before := _previous(asked)) is not None:
        return before
    about = replace(asked.about("why"), said=str(asked.run.row.get(CAUSE) or ""))
    return _reading(asked, (asked.run.itself, *_only(asked.failing())), about)


def _its_own(asked: Asked) -> Reading | None:
    """As in "모델 나왔어?", "error log path": rows of one other table, and nobody says of what."""
    sentence, run, layer = asked.sentence, asked.run, asked.layer
    values = [v for i in content(sentence) for v in sentence.values(i) if v.ref != run.state]
    said = {*asked.tables(), *(sentence.owner(value.table) for value in values)}
    if len(said) != 1 or run.table.name in said or sentence.has(*_WIDE) or EACH.search(asked.text):
        return None
    table = layer.table(said.pop())
    if table.person or not joins.connected(layer, run.table.name, table.name) or asked.narrowed():
        return None
    columns = [c for i in content(sentence) if not sentence.table(i) and not sentence.values(i)
               for c in (sentence.nearest_column(i, table.name),)]  # fmt: skip
    if any(column is None or column.table != table.name for column in columns):
        return None
    paths = [column for column in table.columns if column.role == "path" and sentence.has("where")]
    asked_of = tuple(dict.fromkeys(column.ref for column in (*columns, *paths) if column is not None))
    conditions = tuple(Filter(value.ref, "=", (value.value,)) for value in values)
    query = Query(table.name, columns=asked_of, filters=(run.itself, *conditions))
    is_whether = not asked_of and joins.is_below(layer, run.table.name, table.name)
    return Reading("query", query, "exists" if is_whether else "list")


def _column(asked: Asked) -> Reading | None:
    """As in "언제 검사했어?", "what was its value": what one row has, with no word but for its kind."""
    sentence, run = asked.sentence, asked.run
    is_when = WHEN.search(asked.text) is not None and run.date is not None
    columns = [c for i in content(sentence) if (c := sentence.nearest_column(i, run.table.name)) is not None]
    if sentence.has(*_WIDE, "list") or EACH.search(asked.text) or any(sentence.values(i) for i in content(sentence)):
        return None
    if set(asked.tables()) - {run.table.name} or any(column.table != run.table.name for column in columns):
        return None
    asked_of = tuple(dict.fromkeys(column.ref for column in columns)) or ((run.date,) if is_when and run.date else ())
    return Reading("query", Query(run.table.name, columns=asked_of, filters=(run.itself,))) if asked_of else None


def _who(asked: Asked) -> Reading | None:
    """As in "누가 돌린 거야?", "which doctor was it": whose it is."""
    sentence, run, layer = asked.sentence, asked.run, asked.layer
    dates = [
        all(c.role == "date" and c.table == run.table.name for c in sentence.columns(i)) for i in content(sentence)
    ]
    people = [
        one.name
        for one in layer.tables
        if one.person and joins.connected(layer, run.table.name, one.name)
        if not joins.is_below(layer, run.table.name, one.name)
    ]
    said = set(asked.tables())
    people = [one for one in people if one in said] or people
    spoken = said - set(people) or any(sentence.values(i) for i in content(sentence))
    if spoken or not all(dates) or len(people) != 1 or sentence.has("other", "same", "count", "each"):
        return None
    return Reading("query", Query(people[0], filters=(run.itself,)))


def _rerun(asked: Asked) -> Reading | None:
    """Nothing is run: what the run has left, from which people may judge."""
    return _reading(asked, (asked.run.itself, *_only(asked.failing())), asked.about("rerun"))


def _affected(asked: Asked) -> Reading | None:
    """The rows below runs of that name, else below runs on the same data."""
    below = {one for one in asked.tables() if one != asked.run.table.name}
    if len(below) != 1 or not joins.connected(asked.layer, max(below), asked.run.table.name):
        return None
    return _peers(asked, Query(below.pop()), "affected")


def _since(asked: Asked) -> Reading | None:
    """All runs of that name, from which it is told how long it has been so."""
    failing, same = asked.failing(), asked.run.like(asked.layer)
    if failing is None or asked.run.date is None or not same:
        return None
    query = _newest_first(asked, Query(asked.run.table.name, filters=same))
    return Reading("query", query, runs=asked.about("since", failing))


def _times(asked: Asked) -> Reading | None:
    """How many runs of that name are in that state by now; which of them it is, by then."""
    failing, same = asked.failing(), asked.run.like(asked.layer)
    if failing is None or not same:
        return None
    if NTH.search(asked.text) and (earlier := asked.run.earlier()):
        where = Query(asked.run.table.name, filters=(*same, failing, *(replace(one, op="<=") for one in earlier)))
        return Reading("query", _newest_first(asked, where), runs=asked.about("nth", failing))
    query = Query(asked.run.table.name, filters=(*same, failing), measure="count")
    return Reading("query", query, "count", runs=asked.about("times", failing))


def _before(asked: Asked) -> Reading | None:
    """As in "전에도 실패한 적 있어?": runs in that state, this one aside."""
    state, run = asked.state, asked.run
    if state is None:
        is_asked = WORKED.search(asked.text) is not None and not asked.tables() and not asked.narrowed()
        every = _newest_first(asked, Query(run.table.name, filters=(run.others,)))
        return _peers(asked, every, "like") if is_asked else None
    if narrowed := asked.narrowed():
        return _reading(asked, (*narrowed, state, asked.run.others), style="exists")
    where = Query(asked.run.table.name, filters=(state, *(asked.run.earlier() or (asked.run.others,))))
    return _peers(asked, _newest_first(asked, where), "before", style="exists")


def _first(asked: Asked) -> Reading | None:
    """As in "처음 실패한 거야?": earlier runs of its name in that state, of which there are none the first time."""
    failing, same = asked.failing(), asked.run.like(asked.layer)
    if failing is None or not same or asked.narrowed():
        return None
    where = Query(asked.run.table.name, filters=(*same, failing, asked.run.others, *asked.run.earlier()))
    return Reading("query", _newest_first(asked, where), runs=asked.about("first", failing))


def _previous(asked: Asked) -> Reading | None:
    """The run before this one, whatever came of it."""
    if any(one != asked.run.table.name for one in asked.tables()) or asked.run.date is None:
        return None
    where = Query(asked.run.table.name, filters=(asked.run.others, *asked.run.earlier()), limit=1)
    return _peers(asked, _newest_first(asked, where), "previous", state=asked.state)


def _newest(asked: Asked) -> Reading | None:
    """As in "성공한 마지막 실행은?": the newest run in that state."""
    is_whether = _WHETHER.match(asked.text) is not None
    if asked.state is None or is_whether or not asked.describes() or asked.narrowed() or asked.run.date is None:
        return None
    if any(one != asked.run.table.name for one in asked.tables()):
        return None
    where = Query(asked.run.table.name, filters=(asked.state, asked.run.others), limit=1)
    return _peers(asked, _newest_first(asked, where), "newest")


def _others(asked: Asked) -> Reading | None:
    """As in "다른 실패한 것도 있어?", "이 프로젝트 다른 파이프라인은 괜찮아?": rows beside this one."""
    narrowed, run = asked.narrowed(), asked.run
    below = [t for t in asked.tables() if t != run.table.name and joins.is_below(asked.layer, run.table.name, t)]
    state = asked.state or (asked.failing() if FAILURES.search(asked.text) else None)
    if below or asked.is_of_others() or (state is None and not narrowed):
        return None
    return _reading(asked, (*narrowed, *_only(state), *asked.dated(), run.others), style=asked.style())


def _shared(asked: Asked) -> Reading | None:
    """As in "그 프로젝트 최근 실패": runs of the same in that state, this one among them."""
    narrowed = asked.narrowed()
    if not narrowed or asked.state is None:
        return None
    return _reading(asked, (*narrowed, asked.state, *asked.dated()), style=asked.style())


def _usual(asked: Asked) -> Reading | None:
    """As in "보통 얼마나 걸려?": how long its like took on average that are not in the state that it is in."""
    failing, run = asked.failing(), asked.run
    spans = [span for span in asked.layer.spans if span.table == run.table.name]
    if not spans or asked.narrowed() or not run.like(asked.layer) or not (LASTED.search(asked.text)):
        return None
    went_well = (replace(failing, negated=True),) if failing is not None else ()
    made = Query(run.table.name, filters=went_well, measure="avg", of=(("", spans[0].name),))
    return _peers(asked, made, "like")


def _lasted(asked: Asked) -> Reading | None:
    """How long it ran."""
    spans = [span for span in asked.layer.spans if span.table == asked.run.table.name]
    if not spans or asked.narrowed() or any(one != asked.run.table.name for one in asked.tables()):
        return None
    return Reading("query", Query(asked.run.table.name, columns=(("", spans[0].name),), filters=(asked.run.itself,)))


def _only(state: Filter | None) -> tuple[Filter, ...]:
    return (state,) if state is not None else ()


def _newest_first(asked: Asked, query: Query) -> Query:
    return replace(query, order=(Order(asked.run.date, True),)) if asked.run.date is not None else query


def _reading(
    asked: Asked, filters: tuple[Filter, ...], about: About | None = None, *, style: Style = "list"
) -> Reading:
    return Reading("query", Query(asked.run.table.name, filters=filters), style, runs=about)


def _peers(asked: Asked, made: Query, asks: Asks, *, style: Style = "list", state: Filter | None = None) -> Reading:
    """Of runs of the same name; where there are none, of those on the same data: the answer says which."""
    run, layer = asked.run, asked.layer
    same, about = run.called_so(), replace(asked.about(asks, state), by="name")
    by_name = Reading("query", replace(made, filters=(*same, *made.filters)), style, runs=about)
    if run.parent is None:
        return by_name
    near = run.of_same(run.parent, layer)
    about = replace(
        about, by="parent" if same else "above", parent=run.parent, named=str(near.values[0]) if near.op == "=" else ""
    )
    by_parent = Reading("query", replace(made, filters=(near, *made.filters)), style, runs=about)
    return replace(by_name, otherwise=by_parent) if same else by_parent


_DATED: Final = (OTHER, NEWEST, THIS)
_SAID: Final = (OTHER, THIS, BEFORE, NEWEST, WORKED, PREVIOUS)
_OF_ONE: Final = (AFFECTED, SINCE, TIMES, PREVIOUS, USUAL)
_OF_MANY: Final[tuple[tuple[re.Pattern[str], Read], ...]] = (
    (RERUN, _rerun),
    (WHY, _why),
    (LASTED, _lasted),
    (WHO, _who),
    (ANY, _its_own),
)
_READERS: Final[tuple[tuple[re.Pattern[str], Read], ...]] = (
    (RERUN, _rerun),
    (AFFECTED, _affected),
    (WHY, _why),
    (SINCE, _since),
    (TIMES, _times),
    (FIRST, _first),
    (NEWEST, _newest),
    (PREVIOUS, _previous),
    (BEFORE, _before),
    (OTHER, _others),
    (NEWEST, _shared),
    (USUAL, _usual),
    (LASTED, _lasted),
    (THIS, _shared),
    (WHO, _who),
    (ANY, _its_own),
    (WHEN, _column),
)
