"""Says what a word of the catalogue means: what its labels, synonyms and explanations tell, and where it stands."""

from collections.abc import Iterator
from typing import Final

from agent.messages import say
from agent.offline.query.query import Filter, Query
from agent.offline.saying.cells import cell, plain, plural
from agent.offline.saying.phrases import Phrases
from agent.offline.talk.scene import Scene
from agent.offline.words.lexicon import Sense, Value
from db.catalog.meaning import ColumnMeaning, TableMeaning
from db.catalog.values import fold

_MOST_ALSO: Final = 4
_MOST_OTHERS: Final = 8


def meanings(word: str, scene: Scene) -> list[str]:
    """What is known of the word, one line for each of its meanings."""
    lines = [line for value in _values(word, scene) for line in _of_value(word, value, scene)]
    for sense in scene.lexicon.at(fold(word)):
        lines += _of_sense(word, sense, scene)
    return list(dict.fromkeys(lines))


def shown_by(word: str, scene: Scene, phrases: Phrases) -> list[str]:
    """The questions for the rows that have the value."""
    return [phrases.show(Query(v.table, filters=(Filter(v.ref, "=", (v.value,)),))) for v in _values(word, scene)]


def _values(word: str, scene: Scene) -> tuple[Value, ...]:
    told = (sense.value for sense in scene.lexicon.at(fold(word)) if sense.value is not None)
    layer = scene.lexicon.layer
    found = dict.fromkeys((*told, *scene.lexicon.values_at(fold(word))))
    return tuple(value for value in found if layer.column(value.ref).role == "category")


def _of_value(word: str, value: Value, scene: Scene) -> Iterator[str]:
    layer, language = scene.lexicon.layer, scene.language
    column, table = layer.column(value.ref), layer.table(value.table)
    known = next((one for one in column.values if one.value == value.value), None)
    where = {"word": _quoted(word), "table": _noun(table, scene), "column": column.label.of(language)}
    if known is None:
        yield say("meaning-value-bare", language, **where)
        return
    also = [one for one in known.synonyms if one.isascii() == (language == "en") and fold(one) != fold(word)]
    others = [cell(one.value, column, language) for one in column.values if one.value != value.value][:_MOST_OTHERS]
    called = plain(cell(value.value, column, language))
    is_same = fold(called) == fold(word)
    told = [
        say("meaning-value-same", language, **where)
        if is_same
        else say("meaning-value", language, label=called, **where)
    ]
    told += [say("meaning-also", language, words=", ".join(also[:_MOST_ALSO]))] if also else []
    told += [say("meaning-others", language, values=", ".join(map(plain, others)))] if others else []
    yield " ".join(told)


def _of_sense(word: str, sense: Sense, scene: Scene) -> Iterator[str]:
    language = scene.language
    explained = sense.criterion or sense.concept
    if explained is not None and explained.explanation:
        why = explained.explanation.of(language)
        yield say("meaning-need", language, word=_quoted(word), why=f"{why[:1].upper()}{why[1:]}")
    if sense.table is not None:
        table = sense.table
        told = table.description.of(language) or table.label.of(language)
        yield say("meaning-table", language, word=_quoted(word), told=told, label=table.label.of(language))
    if sense.column is not None:
        yield _of_column(word, sense.column, scene)


def _of_column(word: str, column: ColumnMeaning, scene: Scene) -> str:
    layer, language = scene.lexicon.layer, scene.language
    noun = _noun(layer.table(column.table), scene)
    told = [say("meaning-column", language, word=_quoted(word), table=noun, column=column.label.of(language))]
    why = [one.explanation.of(language) for one in layer.tradeoffs if column.ref in one.columns]
    why += [c.explanation.of(language) for c in layer.criteria if c.column == column.ref and c.explanation]
    null = column.null.of(language) if column.instead is not None else ""  # else it is said of one row
    notes = (column.description.of(language), *why[:2], null)
    told += [f"{note[:1].upper()}{note[1:]}." for note in notes if note]
    return " ".join(told)


def _noun(table: TableMeaning, scene: Scene) -> str:
    return table.label.ko if scene.language == "ko" else plural(table, 2)


def _quoted(word: str) -> str:
    return f"‘{plain(word)}’"
