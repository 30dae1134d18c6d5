"""Says how a question was read: each mention with what it was taken for, the query, its joins, what was lost."""

from collections.abc import Iterator, Sequence

from rapidfuzz.distance import OSA

from agent.explanation import Candidate, Clause, Kind, LostWord, ReadMention
from agent.offline.query import joins
from agent.offline.query.query import Filter, Query, Ref, dump
from agent.offline.reading.reading import Reading
from agent.offline.saying.plan import Found
from agent.offline.words.lexicon import Lexicon, Sense, Value
from agent.offline.words.mentions import Mention
from db.catalog.learned import Target, fits
from db.catalog.meaning import ColumnMeaning, SemanticLayer, TableMeaning
from db.catalog.slipping import may_slip
from db.catalog.values import fold
from db.hangul import keys

MOST_NEAREST = 6
ENUMERATED = 12
"""A category with more values than this is no enumeration to choose from."""
_NEAR = 0.6
"""The least similarity in keys of a word worth offering."""
_BESIDE = 0.5
"""The score of a value that only stands in a table the question speaks of."""


def explained(text: str, reading: Reading, found: tuple[Found, ...], lexicon: Lexicon) -> Clause:
    """How one clause, made plain, was read; `found` are its look-ups."""
    layer, query = lexicon.layer, reading.query
    by_purpose = {one.lookup.purpose: one for one in found}
    answering = by_purpose.get("count", by_purpose.get("main"))
    lost = (*_lost(reading), *_unfound(reading, found))
    return Clause(
        text=text,
        intent=reading.intent,
        style=reading.style,
        mentions=tuple(_mention(mention, reading) for mention in reading.mentions),
        dropped=reading.dropped,
        lost=tuple(LostWord(word, nearest(word, reading, lexicon)) for word in lost),
        query=dump(query) if query else None,
        joins=tuple(_joins(query, layer)) if query else (),
        sql=answering.observation.sql if answering else None,
        refs=tuple(dict.fromkeys(_refs(query))) if query else (),
    )


# --- mentions


def _mention(mention: Mention, reading: Reading) -> ReadMention:
    if mention.amount is not None:
        return ReadMention(mention.surface, "amount", (_amount(mention),))
    if mention.dates is not None:
        dates = (mention.dates.start, mention.dates.end)
        return ReadMention(mention.surface, "date", (" – ".join(str(day) if day else "…" for day in dates),))
    if mention.parts:
        return _of_values(mention, "part", mention.parts, _share(mention))
    if mention.unknown or not mention.senses:
        return ReadMention(mention.surface, "unknown", score=0.0)
    kind: Kind = next((s.kind for s in mention.senses if s.kind != "word"), "word")
    senses = [sense for sense in mention.senses if sense.kind == kind]
    typed, taken = _correction(mention, reading)
    score = _similarity(typed, taken) if taken else 1.0
    meanings = tuple(dict.fromkeys(text for sense in senses if (text := _meaning(sense))))
    refs = tuple(dict.fromkeys(ref for sense in senses if (ref := _ref(sense)) is not None))
    return ReadMention(typed, kind, meanings, refs, score, taken)


def _of_values(mention: Mention, kind: Kind, values: Sequence[Value], score: float) -> ReadMention:
    meanings = tuple(dict.fromkeys(_value(value) for value in values))
    return ReadMention(mention.surface, kind, meanings, tuple(dict.fromkeys(v.ref for v in values)), score)


def _amount(mention: Mention) -> str:
    amount = mention.amount
    return f"{amount.value:g} {amount.unit}".strip() if amount else ""


def _share(mention: Mention) -> float:
    """How much of the name was said; of several names, of the shortest."""
    shortest = min(len(fold(str(value.value))) for value in mention.parts)
    return round(min(1.0, len(fold(mention.surface)) / max(1, shortest)), 2)


def _similarity(typed: str, taken: str) -> float:
    return round(OSA.normalized_similarity(keys(fold(typed)), keys(fold(taken))), 2)


def _correction(mention: Mention, reading: Reading) -> tuple[str, str | None]:
    """What was typed, and what it was taken for where that is something else."""
    if mention.corrected is not None:
        return mention.surface, mention.corrected
    for one in reading.corrections:
        if one.typed == mention.surface or (len(mention.surface) > 1 and mention.surface in one.taken):
            return one.typed, one.taken
    return mention.surface, None


def _meaning(sense: Sense) -> str:
    named = sense.concept or sense.criterion or sense.span
    if sense.table is not None:
        return sense.table.name
    if sense.column is not None:
        return f"{sense.column.table}.{sense.column.name}"
    if sense.value is not None:
        return _value(sense.value)
    if sense.condition is not None:
        return str(target_of(sense))
    if named is not None:
        return named.name
    return sense.word.does if sense.word is not None else ""


def _value(value: Value) -> str:
    return f"{value.table}.{value.column} = {value.value}"


def _ref(sense: Sense) -> Ref | None:
    if sense.table is not None:
        return (sense.table.name, "")
    if sense.column is not None:
        return sense.column.ref
    if sense.criterion is not None:
        return sense.criterion.column
    if sense.condition is not None:
        return sense.condition.ref
    return sense.value.ref if sense.value is not None else None


# --- the query


def _filters(query: Query) -> Iterator[Filter]:
    yield from (*query.filters, *query.either)


def _refs(query: Query) -> Iterator[Ref]:
    yield (query.head, "")
    yield from ((table, "") for table in (*query.present, *query.absent, *([query.counted] if query.counted else ())))
    refs = (*query.columns, *query.of, *query.groups, *(o.ref for o in query.order), *(f.ref for f in _filters(query)))
    yield from (ref for ref in refs if ref[0])


def _joins(query: Query, layer: SemanticLayer) -> Iterator[str]:
    """The keys that tie the query's tables to its head, in walking order."""
    layer = joins.preferring(layer, query.via)
    tables = tuple(dict.fromkeys(table for table, _ in _refs(query) if table != query.head))
    reached = tuple(table for table in tables if joins.connected(layer, query.head, table))
    for _, key in joins.in_walking_order(layer, query.head, reached):
        yield f"{key.table}.{key.column} = {key.parent_table}.{key.parent_column}"


# --- words that were lost


def _lost(reading: Reading) -> Iterator[str]:
    """The words that nothing here knows; a number or a name that has no place in the query is known."""
    unknown = [mention.surface for mention in reading.mentions if mention.unknown]
    for word in reading.words if reading.intent in ("unclear", "outside") else ():
        if any(word in surface for surface in unknown) and len(fold(word)) > 1 and not fold(word).isdigit():
            yield word


def _unfound(reading: Reading, found: tuple[Found, ...]) -> tuple[str, ...]:
    """The words that nothing explains, and that stand in no text that was looked through for them."""
    tables = [one.table for one in found if one.table is not None]
    return () if not tables or any(table.rows for table in tables) else reading.searched


def nearest(word: str, reading: Reading, lexicon: Lexicon) -> tuple[Candidate, ...]:
    """What the word may have been meant for, best first: what is written alike, then what its neighbours may be."""
    found: dict[Target, float] = {}
    for target, score in (*_alike(word, lexicon), *_beside(reading, lexicon)):
        if fits(lexicon.layer, target):
            found[target] = max(score, found.get(target, 0.0))
    best = sorted(found, key=lambda target: -found[target])
    return tuple(Candidate(target, found[target]) for target in best[:MOST_NEAREST])


def _alike(word: str, lexicon: Lexicon) -> Iterator[tuple[Target, float]]:
    key = keys(fold(word))
    if not may_slip(fold(word)):
        return
    for surface in lexicon.surfaces():
        score = OSA.normalized_similarity(key, keys(surface), score_cutoff=_NEAR)
        if score >= _NEAR:
            yield from ((t, round(score, 2)) for sense in lexicon.at(surface) if (t := target_of(sense)) is not None)
    for match in lexicon.values.nearest(word):
        score = OSA.normalized_similarity(key, keys(fold(match.text)))
        if score >= _NEAR and isinstance(match.value, str):
            yield Target(match.table, match.column, match.value), round(score, 2)


def _beside(reading: Reading, lexicon: Lexicon) -> Iterator[tuple[Target, float]]:
    """The values of the enumerations of the tables that the question speaks of."""
    spoken = {ref[0] for mention in reading.mentions for sense in mention.senses if (ref := _ref(sense)) is not None}
    for table in lexicon.layer.tables:
        if table.name in spoken:
            for column in enumerations(table, lexicon):
                yield from ((Target(table.name, column.name, value), _BESIDE) for value in values_of(column, lexicon))


def enumerations(table: TableMeaning, lexicon: Lexicon) -> Iterator[ColumnMeaning]:
    """The table's categories whose values are few enough to be named."""
    for column in table.columns:
        if column.role == "category" and 0 < len(values_of(column, lexicon)) <= ENUMERATED:
            yield column


def values_of(column: ColumnMeaning, lexicon: Lexicon) -> tuple[str, ...]:
    """The texts that the file names for a column, or that stand in it."""
    named = [meaning.value for meaning in column.values]
    standing = [value for value in lexicon.values.values_of(*column.ref) if isinstance(value, str)]
    return tuple(dict.fromkeys((*named, *standing)))


def target_of(sense: Sense) -> Target | None:
    """What a sense may be learnt as; None for business words and function words."""
    if sense.table is not None:
        return Target(sense.table.name)
    if sense.column is not None:
        return Target(*sense.column.ref)
    if sense.condition is not None:
        return Target(*sense.condition.ref, str(sense.condition.bound))
    if sense.value is not None and isinstance(sense.value.value, str):
        return Target(*sense.value.ref, sense.value.value)
    return None
