"""The way to an answer in a few steps, for who wants to be told: what was read, looked up, reckoned and found."""

from collections.abc import Iterator, Sequence
from typing import Final

from agent.messages import say
from agent.offline.query.query import COUNTED, Order, Query, Ref
from agent.offline.reading.reading import Reading
from agent.offline.saying.cells import label, plain
from agent.offline.saying.english import English
from agent.offline.saying.korean import Korean
from agent.offline.saying.phrases import Phrases
from agent.offline.saying.plan import Found
from agent.offline.talk.scene import Scene
from agent.offline.words.mentions import Mention
from db.catalog.meaning import Language, SemanticLayer

_MOST_WORDS: Final = 6
_MOST_TABLES: Final = 5
_CHARS: Final = 300


def walked(parts: Sequence[tuple[Reading, tuple[Found, ...], Scene]]) -> str:
    """The steps of the last question that was looked up, numbered under a heading; "" where nothing was."""
    for reading, found, scene in reversed(parts):
        main = next((one for one in found if one.lookup.purpose == "main"), None)
        if reading.query is not None and main is not None and main.table is not None:
            told = [*_steps(reading, reading.query, scene), _found(len(main.table.rows), scene.language)]
            lines = [f"{number}. {line}" for number, line in enumerate(told, start=1)]
            return "\n".join([f"**{say('walk-heading', scene.language)}**", *lines])
    return ""


def _steps(reading: Reading, query: Query, scene: Scene) -> Iterator[str]:
    layer, language = scene.lexicon.layer, scene.language
    phrases: Phrases = Korean(layer, {}) if language == "ko" else English(layer, {})
    words = _words(reading)
    if words:
        yield say("walk-read", language, words=", ".join(words)[:_CHARS])
    yield _looked_up(query, phrases, layer, language)
    if reckoned := _reckoned(query, phrases, layer, language):
        yield reckoned


def _words(reading: Reading) -> list[str]:
    """What the question says that the catalogue knows, as it was typed."""
    known = (one.surface for one in reading.mentions if _is_telling(one))
    return [f"‘{plain(word)}’" for word in dict.fromkeys(known)][:_MOST_WORDS]


def _is_telling(one: Mention) -> bool:
    """Whether it names something of the catalogue, and is no word of grammar."""
    if one.unknown or not one.surface.strip():
        return False
    is_value = one.amount is not None or one.dates is not None or bool(one.parts)
    return is_value or any(sense.kind != "word" for sense in one.senses)


def _looked_up(query: Query, phrases: Phrases, layer: SemanticLayer, language: Language) -> str:
    tables = list(dict.fromkeys((query.head, *(ref[0] for ref in _refs(query) if ref[0]))))[:_MOST_TABLES]
    subject = phrases.subject(query)[:_CHARS]
    if len(tables) < 2:
        return say("walk-picked" if query.filters or query.either else "walk-all", language, subject=subject)
    named = " · ".join(layer.table(table).label.of(language) for table in tables)
    return say("walk-joined", language, tables=named[:_CHARS], subject=subject)


def _reckoned(query: Query, phrases: Phrases, layer: SemanticLayer, language: Language) -> str:
    """What was made of the rows: counted, averaged, by groups, in an order; "" for plain rows."""
    by = " · ".join(_group(ref, query, phrases, layer, language) for ref in query.groups)
    of = " · ".join(label(ref, layer, language) for ref in query.of)
    if query.measure in ("avg", "sum", "min", "max", "median"):
        key = f"walk-{query.measure}{'-by' if by else ''}"
        return say(key, language, of=of, by=by) if by else say(key, language, of=of)
    if query.measure == "share":
        return say("walk-share", language)
    if query.measure == "count" or (query.groups and query.measure == "rows"):
        return say("walk-count-by", language, by=by) if by else say("walk-count", language)
    return _in_order(query.order[0], layer, language) if query.order else ""


def _group(ref: Ref, query: Query, phrases: Phrases, layer: SemanticLayer, language: Language) -> str:
    """What a group is called; of dates, the part of them that makes it."""
    is_part = bool(query.grain) and bool(ref[0]) and layer.column(ref).role == "date"
    return phrases.grain(query.grain) if is_part else label(ref, layer, language)


def _in_order(order: Order, layer: SemanticLayer, language: Language) -> str:
    if order.ref == COUNTED:
        return ""
    key = "walk-highest" if order.descending else "walk-lowest"
    return say(key, language, column=label(order.ref, layer, language))


def _found(rows: int, language: Language) -> str:
    return say("walk-found", language, rows=rows) if rows else say("walk-none", language)


def _refs(query: Query) -> Iterator[Ref]:
    yield from ((table, "") for table in (*query.present, *query.absent, *([query.counted] if query.counted else ())))
    yield from (*query.columns, *query.of, *query.groups)
    yield from (one.ref for one in (*query.filters, *query.either))
    yield from (order.ref for order in query.order)
