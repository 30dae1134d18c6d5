"""Reads whether named rows fit a purpose: not the best rows for it, but what is known and noted of these."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from agent.offline.query import joins
from agent.offline.query.query import Filter, Query, Ref
from agent.offline.reading.compose import stage_like
from agent.offline.reading.reading import Fitness, Reading
from agent.offline.words.mentions import Mention
from db.catalog.meaning import Criterion, SemanticLayer, TableMeaning

_TOWARDS: Final = ("에", "로", "용", "에서", "에다", "에도", "로도")
_ASKS_WHICH: Final = ("which", "recommend", "out_of", "superlative", "compare", "count", "why", "who")


def turned(reading: Reading, layer: SemanticLayer, *, english: bool) -> Reading | None:
    """What is asked of the rows that a question names beside the purpose; None where it names none, or no purpose."""
    query = reading.query
    if reading.intent != "query" or query is None or query.groups:
        return None
    owner = layer.table(query.head).part_of or query.head
    notes = tuple(_notes(layer, owner))
    criterion = next((c for m in reading.mentions if (c := _criterion(m, owner)) is not None), None)
    stages = {(owner, name) for name in stage_like(layer, owner)}
    aim, meant = _aim(reading.mentions, stages, english=english)
    if reading.searched or not notes or (criterion is None and aim is None):
        return None
    named = replace(query, filters=_named(reading, stages, meant))
    kept = named.filters
    if not _names_rows(named, layer, reading.mentions):
        if aim is None or not _narrows(named, reading.mentions):
            return None
        kept = _without(kept, aim)
    fitness = Fitness(_word(reading, owner, meant), notes[0], criterion.name if criterion else "", aim)
    asked = Query(owner, _columns(layer, owner, criterion, notes), kept, via=query.via)
    return Reading("query", asked, "list", corrections=reading.corrections, dropped=reading.dropped,
                   mentions=reading.mentions, fitness=fitness)  # fmt: skip


def named(reading: Reading, purpose: str, layer: SemanticLayer) -> Reading | None:
    """What is noted of the rows that a reading names, held against a purpose of which the catalogue knows nothing."""
    query = reading.query
    if reading.intent != "query" or query is None or query.groups or reading.searched or reading.dropped:
        return None
    owner = layer.table(query.head).part_of or query.head
    notes = tuple(_notes(layer, owner))
    is_said = any(m.does(*_ASKS_WHICH) for m in reading.mentions)
    if not notes or is_said or not _names_rows(query, layer, reading.mentions):
        return None
    asked = Query(owner, _columns(layer, owner, None, notes), query.filters, via=query.via)
    return Reading("query", asked, "list", corrections=reading.corrections, mentions=reading.mentions,
                   fitness=Fitness(purpose, notes[0]))  # fmt: skip


def _word(reading: Reading, owner: str, aim: Mention | None) -> str:
    """What the purpose was called."""
    needs = (mention.surface for mention in reading.mentions if _criterion(mention, owner) is not None)
    return aim.surface if aim is not None else next(needs)


def _notes(layer: SemanticLayer, owner: str) -> Iterator[Ref]:
    """The columns of texts on a row, its own or those of what describes it."""
    for table in layer.tables:
        if owner in (table.name, table.part_of):
            yield from (column.ref for column in table.columns if column.role == "text")


def _criterion(mention: Mention, owner: str) -> Criterion | None:
    return next((s.criterion for s in mention.senses if s.criterion is not None and s.criterion.table == owner), None)


def _aim(mentions: tuple[Mention, ...], stages: set[Ref], *, english: bool) -> tuple[Filter | None, Mention | None]:
    """The state that rows are to come to: the one said last in English, the one with 에 or 로 in Korean."""
    for mention in reversed(mentions):
        value = next((s.value for s in mention.senses if s.value is not None and s.value.ref in stages), None)
        if value is not None and (english or f"{mention.surface}{mention.after}".endswith(_TOWARDS)):
            return Filter(value.ref, "=", (value.value,)), mention
    return None, None


def _named(reading: Reading, stages: set[Ref], aim: Mention | None) -> tuple[Filter, ...]:
    """The conditions of the question without the state that is aimed at, and without what it was scoped by."""
    filters = reading.query.filters if reading.query else ()
    tested = (reading.tested,) if reading.tested is not None else ()
    said = {
        (s.value.ref, s.value.value)
        for m in reading.mentions
        if m is not aim
        for s in m.senses
        if s.value is not None and s.value.ref in stages
    }
    kept = [f for f in (*filters, *tested) if f.ref not in stages]
    for f in (*filters, *tested):
        if f.ref in stages and (values := tuple(value for value in f.values if (f.ref, value) in said)):
            kept.append(replace(f, values=values))
    return tuple(kept)


def _names_rows(query: Query, layer: SemanticLayer, mentions: tuple[Mention, ...]) -> bool:
    """Whether one name says which rows are meant: their own, or that of what they belong to."""
    head = layer.table(layer.table(query.head).part_of or query.head)
    named = [f for f in query.filters if f.op == "=" and not f.negated and f.ref[0] and _is_name(f.ref, layer, head)]
    if not named or any(len(f.values) > 1 for f in named):
        return False
    return any(f.ref[0] == head.name for f in named) or not any(m.does(*_ASKS_WHICH) for m in mentions)


def _is_name(ref: Ref, layer: SemanticLayer, head: TableMeaning) -> bool:
    return ref == (head.name, head.primary_key) or layer.column(ref).role == "name"


def _narrows(query: Query, mentions: tuple[Mention, ...]) -> bool:
    """Whether some rows are meant of which each may come to another state."""
    asks_more = any(m.does("recommend", "superlative", "count", "why", "who") for m in mentions)
    return bool(query.filters) and not asks_more and query.measure == "rows"


def _without(filters: tuple[Filter, ...], aim: Filter) -> tuple[Filter, ...]:
    """Of several rows those that are not there already, where nobody says in which state they are."""
    return filters if any(f.ref == aim.ref for f in filters) else (*filters, replace(aim, negated=True))


def _columns(layer: SemanticLayer, owner: str, criterion: Criterion | None, notes: tuple[Ref, ...]) -> tuple[Ref, ...]:
    states = tuple((owner, name) for name in stage_like(layer, owner))
    parts = [table for table in layer.tables if table.part_of == owner]
    figures = tuple((t.name, n) for t in parts for n in t.show if (t.name, n) not in notes)
    measured = (criterion.column,) if criterion is not None and criterion.column[0] else figures
    reachable = (ref for ref in (*states, *measured, *notes) if joins.connected(layer, owner, ref[0]))
    return tuple(dict.fromkeys(reachable))
