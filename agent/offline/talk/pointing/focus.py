"""Finds what a question takes from the rows in focus without a pronoun for them: its files, who else, another one."""

from dataclasses import replace

from agent.offline.query import joins
from agent.offline.query.query import Filter, Query, Ref
from agent.offline.talk.frames import Frame, Shown, filter_on, identity
from agent.offline.talk.pointing.antecedents import Antecedent
from agent.offline.talk.pointing.places import content
from agent.offline.words.kind_words import KINDS, KINDS_IN_ENGLISH
from agent.offline.words.sentence import Sentence
from db.catalog.meaning import SemanticLayer

_ALL = ("전체", "전부", "모두", "모든", "전사", "all", "every", "overall", "entire", "any")
_BACK = 3
_WIDE = ("each", "superlative", "many", "few", "high", "low", "count", "avg", "sum", "max", "min", "share", "rate",
         "newest", "oldest", "longest", "shortest", "no_value", "negate", "recommend")  # fmt: skip
_KINDS = (*KINDS, *KINDS_IN_ENGLISH, "values")


def of_one(sentence: Sentence, frames: tuple[Frame, ...], head: str) -> Antecedent | None:
    """As in "로그 어디서 봐?" after one pipeline: files that nobody says whose are those of the row in focus."""
    layer = sentence.layer
    focus = frames[0].main if frames else ()
    table, filters = (focus[0].table, filter_on(focus, layer)) if len(focus) == 1 else _pinned(frames, layer)
    if not filters or table == head or not _are_files(layer, head) or layer.table(head).part_of:
        return None
    if not joins.connected(layer, table, head) or not _is_near(layer, table, head):
        return None
    spoken = {sentence.owner(table) for _, table in sentence.tables()}
    values = {value.table for i in range(len(sentence)) for value in sentence.values(i)}
    if spoken - {head} or values - {head} or any(sentence.is_name(i) for i in range(len(sentence))):
        return None
    if sentence.has("each", "sum", "avg", "max", "min", "superlative", "who") or _speaks_of_all(sentence):
        return None
    return Antecedent(filters, head=head, rows=focus)


def _pinned(frames: tuple[Frame, ...], layer: SemanticLayer) -> tuple[str, tuple[Filter, ...]]:
    """The one row that the last question was about, where what it asked of it did not hold."""
    query = frames[0].query if frames and not frames[0].rows else None
    named = identity(query.filters, query.head, layer) if query is not None else ()
    is_one = bool(named) and all(len(one.values) == 1 for one in named)
    return (query.head, named) if query is not None and is_one else ("", ())


def _are_files(layer: SemanticLayer, table: str) -> bool:
    """Whether rows are known by where they lie: no name, only what they belong to tells one from another."""
    return all(layer.column((table, name)).role == "path" for name in layer.table(table).display)


def _is_near(layer: SemanticLayer, table: str, head: str) -> bool:
    """Whether the row and those rows are of one thing: the files of a run, and of the model that the run made."""
    path = joins.path(layer, table, head)
    return len(path) == 1 or (len(path) == 2 and path[0].parent_table == path[1].parent_table)


def _speaks_of_all(sentence: Sentence) -> bool:
    words = {mention.surface.lower() for mention in sentence.mentions}
    return bool(words & set(_ALL)) or any(m.amount or m.dates for m in sentence.mentions)


def mates(sentence: Sentence, frames: tuple[Frame, ...], before: Antecedent | None) -> Antecedent | None:
    """As in "그 사람 팀에 또 누구 있어?", "who else is on his team": who shares a category with the one spoken of."""
    layer = sentence.layer
    people = [table.name for table in layer.tables if table.person]
    asks = sentence.has("other", "same") and (sentence.has("who", "list", "exists") or _speaks_of(sentence, people))
    if not asks or any(sentence.values(i) for i in range(len(sentence))):
        return None
    if any(table not in people for _, table in sentence.tables()):
        return None
    for i in content(sentence):
        for column in sentence.columns(i):
            row = (
                _person(frames, before, column.table) if column.role == "category" and column.table in people else None
            )
            if row is not None:
                sentence.used.add(i)
                return Antecedent((Filter(column.ref, "alike", row),), head=column.table)
    return None


def same_as_one(sentence: Sentence, frames: tuple[Frame, ...]) -> Antecedent | None:
    """As in "같은 데이터로 돌린 다른 건?", "others on the same GPU": rows that share that with the one in focus."""
    layer = sentence.layer
    rows = frames[0].main if frames else ()
    if len(rows) != 1 or not sentence.has("same") or any(sentence.is_name(i) for i in range(len(sentence))):
        return None
    head = layer.table(rows[0].table)
    named = [name for name in head.display if layer.column((head.name, name)).role == "name"]
    value = rows[0].get(named[0]) if named else None
    own = [i for i in content(sentence) if sentence.table(i) == head or sentence.values(i) or sentence.is_verbal(i)]
    said = [i for i in content(sentence) if i not in own]
    if value is None or len(said) != 1:
        return None
    place = said[0]
    table = sentence.table(place)
    column = sentence.nearest_column(place, head.name)
    if table is not None and table.primary_key and joins.connected(layer, head.name, table.name):
        ref: Ref | None = None if joins.is_below(layer, head.name, table.name) else (table.name, table.primary_key)
    else:
        ref = column.ref if column is not None and column.role == "category" else None
    if ref is None:
        return None
    sentence.used.update((place, *sentence.where("same")))
    alike = Filter(ref, "alike", (head.name, named[0], value))
    return Antecedent((alike,), frozenset({place}), head=head.name)


def attribute_of_shown(sentence: Sentence, frames: tuple[Frame, ...], head: str) -> Antecedent | None:
    """As in "프레임워크는 뭔데?": a mere column, with nothing said of what, is asked of the rows shown last."""
    rows = frames[0].main if frames else ()
    said = content(sentence)
    if not rows or rows[0].table != head or not said or _speaks_of_all(sentence) or _is_wide(sentence):
        return None
    parts = [i for i in said if (table := sentence.table(i)) is not None and table.part_of == head]
    asks = all((i in parts or sentence.columns(i) or sentence.span(i)) and not sentence.values(i) for i in said)
    kinds = any(mention.surface.lower().endswith(_KINDS) for mention in sentence.mentions)
    if not asks or kinds or any((sentence.table(i) and i not in parts) or sentence.criterion(i) for i in said):
        return None
    return Antecedent(filter_on(rows, sentence.layer), head=head, rows=rows)


def _is_wide(sentence: Sentence) -> bool:
    """Whether more is asked than a column; "파라미터 몇이야" counts nothing."""
    counts = [i for i in sentence.where("count") if not _is_figure(sentence, i)]
    return bool(counts) or sentence.has(*(name for name in _WIDE if name != "count"))


def _is_figure(sentence: Sentence, i: int) -> bool:
    """As in "파라미터 수 몇이야": how many behind a measure asks for its value."""
    before = i - 1
    while sentence.does(before, "count"):
        before -= 1
    return any(column.role == "measure" for column in sentence.columns(before))


def _speaks_of(sentence: Sentence, people: list[str]) -> bool:
    return any(table in people for _, table in sentence.tables())


def _person(frames: tuple[Frame, ...], before: Antecedent | None, table: str) -> tuple[str, ...] | None:
    """The one person in focus: shown, or named by the question before."""
    rows = tuple(row for row in before.rows if row.table == table) if before is not None else ()
    for frame in frames[:_BACK]:
        rows = rows or frame.of(table)
        named = [one for one in frame.spoken if one.ref[0] == table and len(one.values) == 1]
        if not rows and named:
            return (table, named[0].ref[1], str(named[0].values[0]))
        if rows:
            break
    if len(rows) != 1:
        return None
    told = next(((name, value) for name, value in rows[0].cells if isinstance(value, str)), None)
    return (table, *told) if told is not None else None


def but_those(sentence: Sentence, query: Query, frames: tuple[Frame, ...]) -> Query:
    """As in "그 포맷 쓰는 다른 데이터셋", "what else does she own": without the row that was spoken of already."""
    if not sentence.has("other") or query.groups or query.measure not in ("rows", "count"):
        return query
    if any(one.negated or one.op == "alike" for one in query.filters) or any(
        sentence.is_name(i) and any(v.table == query.head for v in sentence.values(i)) for i in range(len(sentence))
    ):
        return query
    layer = sentence.layer
    for frame in frames[:_BACK]:
        rows = frame.of(query.head)
        known = filter_on(rows, layer) if len(rows) == 1 else ()
        if not known and frame.query is not None:
            known = identity(frame.query.filters, query.head, layer)
        if known and not set(known) & set(query.filters) and len(known) == 1 and len(known[0].values) == 1:
            return replace(query, filters=(*query.filters, replace(known[0], negated=True)))
    return query


def said_here(sentence: Sentence, filters: tuple[Filter, ...], before: tuple[Filter, ...]) -> list[Filter]:
    """The conditions to group by: the rows of a pronoun are held apart only where it is asked to."""
    apart = sentence.has("both", "compare", "each", "many", "few", "or")
    return [one for one in filters if apart or one not in before]


def another_of_what(sentence: Sentence) -> str | None:
    """As in "what else does she do": the word for another, where nothing says of what."""
    places = sentence.where("other")
    return sentence.mentions[places[0]].surface if places and not content(sentence) and not sentence.used else None


def kind_below(sentence: Sentence, frames: tuple[Frame, ...], person: str) -> str | None:
    """As in "who owns X? — what else do they have?": more of what X is, which belongs to that person."""
    layer = sentence.layer
    if not layer.table(person).person or not sentence.has("person"):
        return None
    named = (one.ref[0] for frame in frames[:_BACK] for one in frame.spoken if one.ref[0] != person)
    return next((table for table in named if joins.connected(layer, person, table)), None)


def by_name(rows: tuple[Shown, ...], filters: tuple[Filter, ...], layer: SemanticLayer) -> tuple[Filter, ...]:
    """The conditions of one row by what names it, where they were by its key: an answer can say them."""
    if len(rows) != 1 or len(filters) != 1:
        return filters
    cells = [(name, rows[0].get(name)) for name in layer.table(rows[0].table).display]
    if any(value is None for _, value in cells):
        return filters
    return tuple(Filter((rows[0].table, name), "=", (value,)) for name, value in cells)


def measured_before(frames: tuple[Frame, ...], layer: SemanticLayer) -> Ref | None:
    """The one measure that the last answer was about."""
    query = frames[0].query if frames else None
    if query is None:
        return None
    told = [*query.of, *query.columns, *(order.ref for order in query.order)]
    found = list(dict.fromkeys(ref for ref in told if ref[0] and layer.column(ref).role == "measure"))
    return found[0] if len(found) == 1 else None
