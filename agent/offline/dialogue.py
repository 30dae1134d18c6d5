"""Reads what a question takes from the talk before it: that model, only the finished ones, not A but B."""

from dataclasses import dataclass, replace

from agent.offline.conditions import merged
from agent.offline.frames import Frame, Shown, filter_on
from agent.offline.query import Filter, Order, Query, Ref
from agent.offline.sentence import Sentence
from db.catalog.meaning import SemanticLayer

_SINGLY = ("각각", "각자", "each")
"""Asks after each of those shown; 팀별 groups anew."""


@dataclass(frozen=True, slots=True)
class Antecedent:
    """What a pronoun stands for: conditions, and the mentions that only name its kind.

    `lost`: the kind of thing asked after, when nothing like it was spoken of.
    """

    filters: tuple[Filter, ...] = ()
    bound: frozenset[int] = frozenset()
    head: str | None = None
    lost: str | None = None
    rows: tuple[Shown, ...] = ()


def antecedent(sentence: Sentence, frames: tuple[Frame, ...]) -> Antecedent | None:
    """What the question's first pronoun stands for; None when it has none."""
    layer = sentence.layer
    person = next((table.name for table in layer.tables if table.person), None)
    if place := _ordinal(sentence, frames):
        return place
    if frames and frames[0].rows and _only_asks_who(sentence, person):
        return Antecedent(filter_on(frames[0].rows, layer), rows=frames[0].rows)
    for i, mention in enumerate(sentence.mentions):
        if sentence.does(i, "person") and person:
            return _resolve(frames, layer, person, frozenset(), layer.table(person).label.ko)
        if sentence.does(i, "those") and frames:
            return _among(frames, layer)
        if sentence.does(i, "it") and not _is_within(sentence, i):
            is_person = mention.surface in ("걔", "쟤") and person and _spoken_of(frames[:1], layer, person)
            table = person if is_person and person else _newest_table(frames)
            if table is not None:
                return _resolve(frames, layer, table, frozenset(), mention.surface)
            return None if _is_full(sentence) else Antecedent(lost=mention.surface)
        found = _that(sentence, i, frames, layer) if sentence.does(i, "that") and i + 1 < len(sentence) else None
        if found is not None:
            return found
    return None


def _is_within(sentence: Sentence, i: int) -> bool:
    """As in "the models and their metrics": the pronoun means what the same question names."""
    surface = sentence.mentions[i].surface.lower()
    return surface in ("its", "their") and any(place < i for place, _ in sentence.tables())


def _only_asks_who(sentence: Sentence, person: str | None) -> bool:
    """As in "담당자는 누구야?": who it is, with nothing said of what."""
    content = _content(sentence)
    tables = {table for _, table in sentence.tables()}
    return (
        sentence.has("who")
        and not sentence.has("list", "count")
        and all(sentence.mentions[i].surface.lower() in _SINGLY for i in sentence.where("each"))
        and tables <= {person}
        and all(sentence.table(i) for i in content)
    )


def _that(sentence: Sentence, i: int, frames: tuple[Frame, ...], layer: SemanticLayer) -> Antecedent | None:
    table, columns = sentence.table(i + 1), sentence.columns(i + 1)
    if table is not None:
        bound = frozenset({i + 1})
        return _resolve(frames, layer, sentence.owner(table.name), bound, sentence.mentions[i + 1].surface)
    for column in columns:
        if column.role in ("category", "name") and (spoken := _spoken_value(frames, column.ref)):
            sentence.used.add(i + 1)
            return Antecedent((spoken,))
    return None


def _is_full(sentence: Sentence) -> bool:
    return any(sentence.values(i) for i in range(len(sentence)))


def _resolve(
    frames: tuple[Frame, ...], layer: SemanticLayer, table: str, bound: frozenset[int], said: str
) -> Antecedent:
    rows, filters = _spoken_of(frames, layer, table) or ((), ())
    if filters:
        return Antecedent(filters, bound, table, rows=rows)
    return Antecedent(bound=bound, lost=said)


def _spoken_of(
    frames: tuple[Frame, ...], layer: SemanticLayer, table: str
) -> tuple[tuple[Shown, ...], tuple[Filter, ...]] | None:
    """The newest rows or names of `table` that were spoken of; of a ranking the first row."""
    for frame in frames:
        rows = tuple(row for row in frame.rows if row.table == table)
        if rows:
            rows = rows[:1] if frame.style in ("recommend", "best") else rows
            return rows, filter_on(rows, layer)
        spoken = tuple(one for one in frame.spoken if one.ref[0] == table)
        if spoken:
            return (), spoken
        if frame.query is not None and frame.query.head == table and frame.query.filters:
            return (), frame.query.filters
    return None


def _spoken_value(frames: tuple[Frame, ...], ref: Ref) -> Filter | None:
    return next((one for frame in frames for one in frame.spoken if one.ref == ref), None)


def _newest_table(frames: tuple[Frame, ...]) -> str | None:
    for frame in frames:
        if frame.rows:
            return frame.rows[0].table
        if frame.query is not None:
            return frame.query.head
    return None


def _among(frames: tuple[Frame, ...], layer: SemanticLayer) -> Antecedent:
    rows = frames[0].rows
    if rows:
        return Antecedent(filter_on(rows, layer), head=rows[0].table, rows=rows)
    query = frames[0].query
    return Antecedent(query.filters if query else (), head=query.head if query else None)


def _ordinal(sentence: Sentence, frames: tuple[Frame, ...]) -> Antecedent | None:
    """As in "세 번째 모델", "the second one": a row by its place in what was shown."""
    ranked = sentence.has("high", "low", "many", "few", "newest", "oldest", "longest", "shortest", "superlative")
    if not frames or ranked or any(sentence.criterion(i) for i in range(len(sentence))):
        return None
    place = next((int(m.amount.value) for m in sentence.mentions if m.amount and m.amount.unit == "ordinal"), None)
    if place is None and sentence.has("ordinal_last"):
        place = len(frames[0].rows)
    if place is None and sentence.has("ordinal_first"):
        place = 1
    rows = next((frame.rows for frame in frames if frame.rows), ())
    if place is None or not 0 < place <= len(rows):
        return None
    chosen = rows[place - 1 : place]
    bound = frozenset(i for i, table in sentence.tables() if table == chosen[0].table)
    for i, mention in enumerate(sentence.mentions):
        if mention.amount and mention.amount.unit == "ordinal":
            sentence.used.add(i)
    return Antecedent(filter_on(chosen, sentence.layer), bound, chosen[0].table, rows=chosen)


def ranked_again(sentence: Sentence, frames: tuple[Frame, ...]) -> Antecedent | None:
    """As in "and the slowest?": a need with nothing said of what, after rows that it may rank."""
    query = frames[0].query if frames else None
    tables = {c.table for i in range(len(sentence)) if (c := sentence.criterion(i)) is not None}
    if query is None or not query.filters or tables != {query.head} or query.absent or query.either:
        return None
    if sentence.has("recommend") or any(sentence.tables()) or _is_full(sentence):
        return None
    names = {(query.head, name) for name in sentence.layer.table(query.head).display}
    if any(one.ref in names for one in query.filters):
        return None
    return Antecedent(query.filters, head=query.head)


# --- sentences that only change the last question


def is_ellipsis(sentence: Sentence) -> bool:
    """Whether the question only makes sense as a change of the one before: "v2.1은?", "두 개만"."""
    content = _content(sentence)
    if not content or sentence.has("who", "where", "recommend", "count", "avg", "sum", "each"):
        return False
    if any(sentence.table(i) for i in content) and not sentence.has("only"):
        return False
    if any(sentence.criterion(i) or sentence.concept(i) for i in content):
        return False
    named = any(sentence.values(i) for i in content)
    asked = any(sentence.columns(i) and not sentence.values(i) for i in content)
    return not (named and asked)


def _content(sentence: Sentence) -> list[int]:
    return [
        i
        for i, mention in enumerate(sentence.mentions)
        if mention.parts or mention.amount or mention.dates or any(sense.word is None for sense in mention.senses)
    ]


def changed(sentence: Sentence, frame: Frame, filters: list[Filter], limit: int | None) -> Query | None:
    """The last query as the elliptical question changes it; None when it changes nothing."""
    query = frame.query
    if query is None:
        return None
    positive = [one for one in filters if not (one.negated and _has_positive(filters, one.ref))]
    columns = _asked_columns(sentence, query)
    if not positive and not columns and limit is None:
        return None
    kept = _kept(query, positive, frame, sentence.layer)
    new = replace(query, filters=tuple(merged([*kept, *positive])), limit=limit or query.limit)
    if limit is not None and not new.order:
        new = replace(new, order=tuple(Order((query.head, c), d) for c, d in sentence.layer.table(query.head).order))
    if columns:
        also = sentence.has("also") or any(m.after.endswith("도") for m in sentence.mentions)
        before = query.columns or tuple((query.head, name) for name in sentence.layer.table(query.head).show)
        new = replace(new, columns=(*before, *columns) if also else columns, measure="rows", of=(), groups=())
    return new


def _has_positive(filters: list[Filter], ref: Ref) -> bool:
    return any(one.ref == ref and not one.negated for one in filters)


def _kept(query: Query, new: list[Filter], frame: Frame, layer: SemanticLayer) -> list[Filter]:
    """The old conditions that the new ones don't replace; a key is turned into names first."""
    replaced = {one.ref for one in new}
    kept: list[Filter] = []
    for one in query.filters:
        table = layer.table(one.ref[0]) if one.ref[0] else None
        if table is not None and one.ref[1] == table.primary_key and any(ref[0] == table.name for ref in replaced):
            rows = tuple(row for row in frame.rows if row.table == table.name)
            names = [Filter((table.name, name), "=", (rows[0].get(name),)) for name in table.display] if rows else []
            kept += [name for name in names if name.ref not in replaced and name.values != (None,)]
        elif one.ref not in replaced:
            kept.append(one)
    return kept


def _asked_columns(sentence: Sentence, query: Query) -> tuple[Ref, ...]:
    found = [
        column.ref
        for i in range(len(sentence))
        if i not in sentence.used and not sentence.values(i)
        if (column := sentence.nearest_column(i, query.head)) is not None
    ]
    return tuple(dict.fromkeys(found))
