"""Reads a question that asks the last one over in another shape: counted, added up, by group, of another table."""

from dataclasses import replace

from agent.offline.query import joins
from agent.offline.query.query import Filter, Measure, Query, Ref
from agent.offline.reading.figures.measures import asks_time, is_additive
from agent.offline.reading.figures.unnamed import default_measure
from agent.offline.reading.reading import Reading, Style
from agent.offline.talk.changing.regroup import AGGREGATES, is_asked_of, plain, regrouped
from agent.offline.talk.frames import Frame, identity
from agent.offline.talk.pointing.antecedents import is_owner_word
from agent.offline.talk.pointing.places import content, points
from agent.offline.words.sentence import Sentence
from db.catalog.meaning import TableMeaning

_PLAIN = ("rows", "count")
_IN_ALL = ("총", "total", "in total")
_ADDING = frozenset({"with", "add", "include", "including", "plus", "포함해", "추가해"})
_ELSEWHERE = frozenset({"근데", "그나저나", "그건 그렇고", "아무튼", "btw", "by the way", "anyway", "전체"})
"""Words that begin another matter, or speak of all there is."""


def recast(sentence: Sentence, frames: tuple[Frame, ...]) -> Reading | None:
    """The last question in its new shape; None where the question says anything else."""
    query = next((frame.query for frame in frames if frame.query is not None), None)
    if query is None or sentence.has("person", "both", "why") or any(map(points, sentence.mentions)):
        return None
    said = [i for i in content(sentence) if sentence.mentions[i].surface.lower() not in _ADDING]
    if not said and (found := _counted(sentence, query) or _measured(sentence, said, query)):
        return found
    if sentence.has("that", "it", "those", "next_of", "before_of", "rest_of", "whatever"):
        return None
    if query.measure in (*_PLAIN, *AGGREGATES) and (found := regrouped(sentence, said, query)):
        return found
    if query.measure not in _PLAIN:
        return None
    if said and (measured := _measured(sentence, said, query)):
        return measured
    if len(said) == 2 and sentence.table(said[0]) and not sentence.table(said[1]):
        return _with_owner(sentence, said[0], query, said[1])
    for read in (_with_owner, _with_column, _with_count, _of_kind) if len(said) == 1 else ():
        if found := read(sentence, said[0], query):
            return found
    return _of_another_table(sentence, said, query) if len(said) == len(sentence.where("negate")) + 1 == 2 else None


def _counted(sentence: Sentence, query: Query) -> Reading | None:
    """As in "몇 개야?", "how many is that?" after a list."""
    if not sentence.has("count") or sentence.has("each", "who", "where", "when") or query.groups:
        return None
    if not query.filters or query.measure not in _PLAIN or query.place is not None:
        return None
    return Reading("query", replace(plain(query), measure="count"), "count")


def _measured(sentence: Sentence, said: list[int], query: Query) -> Reading | None:
    """As in "다 합쳐서 몇 기가야?", "평균은?" after a list: of a measure that its rows have, or were shown with."""
    measure = next((name for name in AGGREGATES if sentence.has(name)), None)
    if (
        measure is None
        or query.groups
        or sentence.has("each", "compare")
        or query.measure not in (*_PLAIN, *AGGREGATES)
    ):
        return None
    columns = [sentence.nearest_column(place, query.head) for place in said]
    refs = [column.ref for column in columns if column is not None and column.role == "measure"]
    refs = refs or _lengths(sentence, said, query, measure)
    is_own = all(not table or sentence.owner(table) == query.head for table, _ in refs)
    if (said and len(refs) != len(said)) or not is_own or any(sentence.table(place) for place in said):
        return None
    refs = refs or _shown_measures(sentence, query) or _adding_up(sentence, query, measure)
    is_place = query.place is not None or bool(query.limit)
    if not refs or not (query.filters or not said) or (is_place and not _was_ranked_in(sentence, query)):
        return None
    return Reading("query", replace(plain(query), measure=measure, of=tuple(refs)))


def _was_ranked_in(sentence: Sentence, query: Query) -> bool:
    """As in "평균은?" after the longest run of a month: of all the rows that it was the first of."""
    if query.place is None or any(mention.surface.lower() in _ELSEWHERE for mention in sentence.mentions):
        return False
    return bool(query.filters) and not any(identity((one,), one.ref[0], sentence.layer) for one in query.filters)


def _lengths(sentence: Sentence, said: list[int], query: Query, measure: str) -> list[Ref]:
    """As in "총 학습 시간은?", "다 합해서 몇 시간이야?": of all rows; "총 몇 시간 걸렸어?" asks it of each."""
    spans = [span[0] for place in said if (span := sentence.span(place)) is not None and span[1] is None]
    if (
        not said
        and asks_time(sentence)
        and any(sentence.mentions[i].surface not in _IN_ALL for i in sentence.where(measure))
    ):
        spans = [span for span in sentence.layer.spans if span.table == query.head][:1]
    return [("", span.name) for span in spans if span.table == query.head]


def _adding_up(sentence: Sentence, query: Query, measure: str) -> list[Ref]:
    """As in "total?" after a list of files: the one measure of such rows that a sum says something of."""
    column = default_measure(sentence, query.head) if measure == "sum" and sentence.english else None
    return [column.ref] if column is not None and is_additive(sentence, column.ref) else []


def _shown_measures(sentence: Sentence, query: Query) -> list[Ref]:
    """The measures that the last answer was about."""
    if query.of:
        return list(query.of)
    shown = [*query.columns, *(order.ref for order in query.order)]
    spans = {("", span.name) for span in sentence.layer.spans}
    return list(dict.fromkeys(
        ref for ref in shown if ref in spans or (ref[0] and sentence.layer.column(ref).role == "measure")
    ))  # fmt: skip


def _with_owner(sentence: Sentence, place: int, query: Query, of: int | None = None) -> Reading | None:
    """As in "담당자도 같이", "owner 이메일도": the same rows, each with whose it is, or theirs that stands at `of`."""
    table = sentence.table(place)
    if (
        table is None
        or not table.person
        or not _is_added(sentence)
        or query.groups
        or not is_owner_word(sentence, place)
    ):
        return None
    if table.name == query.head or joins.is_below(sentence.layer, query.head, table.name):
        return None
    shown = query.columns or _refs(query.head, sentence.layer.table(query.head).show)
    owner = _refs(table.name, table.display)
    if of is not None:
        theirs = tuple(column.ref for column in sentence.columns(of) if column.table == table.name)
        if not theirs:
            return None
        owner = tuple(dict.fromkeys((*owner, *theirs)))
    return Reading("query", replace(query, measure="rows", columns=tuple(dict.fromkeys((*shown, *owner)))))


def _with_column(sentence: Sentence, place: int, query: Query) -> Reading | None:
    """As in "GPU도 붙여서" after the states of runs: the same rows, each with one thing more that they have."""
    own = [c for c in sentence.columns(place) if sentence.owner(c.table) == query.head and c.role != "key"]
    shown = query.measure == "rows" and query.columns and not (query.groups or query.within or query.order)
    if len(own) != 1 or not shown or sentence.table(place) or sentence.values(place) or not _is_added(sentence):
        return None
    if own[0].ref in query.columns or sentence.has("count", "each", "superlative"):
        return None
    names = _refs(query.head, sentence.layer.table(query.head).display)
    return Reading("query", replace(query, columns=tuple(dict.fromkeys((*names, *query.columns, own[0].ref)))))


def _with_count(sentence: Sentence, place: int, query: Query) -> Reading | None:
    """As in "데이터셋 수도 붙여줘", "with the number of datasets": the same rows, each with how many it has."""
    table = sentence.table(place)
    if table is None or not sentence.has("count") or not _is_added(sentence) or query.groups or query.measure != "rows":
        return None
    if table.name == query.head or not joins.connected(sentence.layer, query.head, table.name):
        return None
    if not joins.is_below(sentence.layer, query.head, table.name) or query.place is not None:
        return None
    names = _refs(query.head, sentence.layer.table(query.head).display)
    return Reading("query", replace(plain(query), measure="count", groups=names, counted=table.name, zero=True))


def _is_added(sentence: Sentence) -> bool:
    """Whether something is to stand beside what was shown: 도, 같이, 붙여, with, add."""
    words = {mention.surface.lower() for mention in sentence.mentions}
    after = any(mention.after.endswith("도") for mention in sentence.mentions)
    return sentence.has("also") or after or bool(words & _ADDING) or any(w.startswith("붙여") for w in words)


def _of_kind(sentence: Sentence, place: int, query: Query) -> Reading | None:
    """As in "데이터셋은?", "and the models?": what else the rows that were asked for have, or belong to."""
    table = sentence.table(place)
    if (
        table is None
        or table.name == query.head
        or table.part_of
        or query.groups
        or not (is_asked_of(sentence) or _corrects_count(sentence))
    ):
        return None
    if table.person and not is_owner_word(sentence, place) and not query.filters:
        return None
    if query.place is not None or query.limit or query.absent or query.present or sentence.is_verbal(place):
        return None
    if _turns_away(sentence):
        return None
    if not all(one.ref[0] and joins.connected(sentence.layer, table.name, one.ref[0]) for one in query.filters):
        return None
    query = replace(query, filters=_dated_alike(sentence, query, table))
    style: Style = "count" if query.measure == "count" or sentence.has("count") else "list"
    measure: Measure = "count" if style == "count" else "rows"
    return Reading("query", replace(plain(query), head=table.name, measure=measure, concept=None), style)


def _corrects_count(sentence: Sentence) -> bool:
    """As in "아뇨, 모델 수요": it is said that something else was to be counted."""
    return sentence.has("correction") and sentence.has("count")


def _dated_alike(sentence: Sentence, query: Query, table: TableMeaning) -> tuple[Filter, ...]:
    """As in "프로젝트는?" after the datasets made in a year: a mere time is that of the rows that are asked for now."""
    head = sentence.layer.table(query.head)
    dates = [column.name for column in table.columns if column.role == "date"]
    date = table.date or (dates[0] if len(dates) == 1 else None)
    is_time = all(
        one.ref[0] == head.name and one.op == "between" and head.column(one.ref[1]).role == "date"
        for one in query.filters
    )
    if not is_time or date is None:
        return query.filters
    return tuple(replace(one, ref=(table.name, date)) for one in query.filters)


def _turns_away(sentence: Sentence) -> bool:
    """As in "근데 병동은 총 몇 개야?", "by the way, how many wards": another matter is begun."""
    words = {mention.surface.lower() for mention in sentence.mentions}
    return bool(words & _ELSEWHERE) or (sentence.has("count") and sentence.has("sum"))


def _of_another_table(sentence: Sentence, said: list[int], query: Query) -> Reading | None:
    """As in "아니 데이터셋 말고 파이프라인": the same conditions on other rows."""
    old, new = (sentence.table(place) for place in said)
    if old is None or new is None or old.name != query.head or not sentence.does(said[0] + 1, "negate"):
        return None
    is_own = any(one.ref[0] in ("", old.name) for one in query.filters)
    if is_own or not all(joins.connected(sentence.layer, new.name, one.ref[0]) for one in query.filters):
        return None
    return Reading("query", replace(plain(query), head=new.name), "count" if query.measure == "count" else "list")


def _refs(table: str, names: tuple[str, ...]) -> tuple[Ref, ...]:
    return tuple((table, name) for name in names)
