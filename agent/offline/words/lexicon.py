"""Every surface the engine knows: the layer's words, the catalogue's values and the function words."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final, Literal, TypeAlias

from agent.offline.query.joins import key_name, rival_keys
from agent.offline.query.query import Ref
from agent.offline.words import grammar
from agent.offline.words.conjugation import conjugated
from agent.offline.words.memo import Memo
from db.catalog.bounds import Bound
from db.catalog.meaning import ColumnMeaning, Concept, Criterion, SemanticLayer, Span, TableMeaning, Text
from db.catalog.values import Match, ValueIndex, fold
from db.hangul import is_hangul

Kind: TypeAlias = Literal["table", "column", "value", "condition", "concept", "criterion", "span", "missing", "word"]


_LATIN: Final = re.compile(r"[a-z]{2,}")
_NUMBER_OF: Final = re.compile(r"(?:num|n|nr|number_of|count_of)_([a-z]+?)s?|([a-z]+?)s?_(?:count|cnt)")
"""How a column is called that says how many of something there are."""
_HEARD: Final = frozenset(
    {"avg", "sum", "max", "min", "newest", "oldest", "longest", "shortest", "recommend", "compare", "count", "low"}
)
MOST_KEPT: Final = 1_000
"""What was read and written lately: some hundred turns of it, a few MB."""
MOST_CUT: Final = 200
"""Texts with their mentions: more than a turn cuts, 1 MB."""
MOST_LASTING: Final = 5
"""What each question is read with: three tables, and what pieces of words are on two days."""


@dataclass(frozen=True, slots=True)
class Value:
    """A value that stands, or may stand, in a column."""

    table: str
    column: str
    value: str | int | float

    @property
    def ref(self) -> tuple[str, str]:
        return (self.table, self.column)


@dataclass(frozen=True, slots=True)
class Condition:
    """A bound on a measure that a word stands for."""

    ref: Ref
    bound: Bound


@dataclass(frozen=True, slots=True)
class Sense:
    """One thing a surface may mean. `verbal`: the surface may also be read as a verb's stem.

    `way`: with a table, the key column by which its rows are meant: the author of a ticket is a person.
    """

    kind: Kind
    table: TableMeaning | None = None
    column: ColumnMeaning | None = None
    value: Value | None = None
    concept: Concept | None = None
    criterion: Criterion | None = None
    span: Span | None = None
    direction: Literal["high", "low"] | None = None
    missing: Text | None = None
    word: grammar.Word | None = None
    verbal: bool = False
    way: Ref | None = None
    condition: Condition | None = None


class Lexicon:
    """Folded surface -> senses. Values are asked of the index, so that its size costs nothing here.

    `memo` keeps what was worked out by these words, `cuts` how texts were cut by them, `lasting` what no turn pushes
    out. They go with the words. `latin` are the single words in Latin letters of the layer's names.
    """

    def __init__(self, layer: SemanticLayer, values: ValueIndex) -> None:
        self.layer = layer
        self.values = values
        self.memo = Memo(MOST_KEPT)
        self.cuts = Memo(MOST_CUT)
        self.lasting = Memo(MOST_LASTING)
        self._senses: dict[str, list[Sense]] = {}
        self.latin = frozenset(word for surface, _ in _of_layer(layer) for word in _LATIN.findall(surface.lower()))
        for surface, sense in _of_layer(layer):
            known = self._senses.setdefault(fold(surface), [])
            if sense not in known:
                known.append(sense)
        for surface, words in grammar.words().items():
            self._senses.setdefault(surface, []).extend(Sense("word", word=word) for word in words)
        for surface in [s for s, senses in self._senses.items() if any(map(_is_told_by_a_verb, senses))]:
            verbal = [replace(sense, verbal=True) for sense in self._senses[surface] if _is_told_by_a_verb(sense)]
            for form in conjugated(surface):
                self._senses.setdefault(form, verbal)
        self._senses.pop("", None)
        self.longest = max(map(len, self._senses), default=0)
        self._transliterations = {fold(word): name for word, name in layer.transliterations.items()}

    def stands(self, folded: str) -> bool:
        """Whether a folded surface may mean anything: a quick look before the dear ones."""
        return folded in self._senses or self.values.stands(folded) or self.has_part(folded)

    def at(self, folded: str) -> tuple[Sense, ...]:
        """What a folded surface means: the layer's and grammar's words, then the values that equal it."""
        found = self._senses.get(folded)
        return tuple(found if found is not None else self._senses.get(self.latin_of(folded), ()))

    def latin_of(self, folded: str) -> str:
        """The Latin word that a surface is the Korean spelling of; itself where it is none."""
        return self._transliterations.get(folded, folded)

    def values_at(self, folded: str) -> tuple[Value, ...]:
        return tuple(_value(match) for match in self.values.equal(folded))

    def has_part(self, folded: str) -> bool:
        """Whether `parts_at` may have something, at a tenth of its price."""
        return self.values.has_part(self._transliterations.get(folded, folded))

    def parts_at(self, folded: str) -> tuple[Value, ...]:
        """The values that a piece of a name, or its transliteration, may stand for."""
        word = self._transliterations.get(folded, folded)
        return tuple(_value(match) for match in self.values.within(word) if match.partial)

    def told(self) -> Iterator[str]:
        """The surfaces that people may spell by ear, as they are written: the layer's, and how one ranks or adds up."""
        yield from (surface for surface, _ in _of_layer(self.layer))
        yield from (word.surface for words in grammar.words().values() for word in words if word.does in _HEARD)

    def surfaces(self) -> Iterable[str]:
        """The content surfaces a slip may be corrected to."""
        return (surface for surface, senses in self._senses.items() if any(s.kind != "word" for s in senses))


def _is_told_by_a_verb(sense: Sense) -> bool:
    return sense.value is not None or (sense.column is not None and sense.column.role == "date")


def _value(match: Match) -> Value:
    return Value(match.table, match.column, match.value if match.value is not None else "")


def _of_layer(layer: SemanticLayer) -> Iterator[tuple[str, Sense]]:
    for table in layer.tables:
        yield from ((s, Sense("table", table=table)) for s in _names(table.name, table.label, table.synonyms))
        for column in table.columns:
            yield from _of_column(column)
    yield from _of_keys(layer)
    yield from _of_words(layer)


def _of_keys(layer: SemanticLayer) -> Iterator[tuple[str, Sense]]:
    """The words for keys that have a rival: each is the table it leads to, by that key."""
    for key in rival_keys(layer):
        way = (key.table, key.column)
        column = layer.column(way)
        called = Text(key_name(layer, key, "ko"), key_name(layer, key, "en"))
        sense = Sense("table", table=layer.table(key.parent_table), way=way)
        yield from ((surface, sense) for surface in _names(column.name, called, column.synonyms))


def _of_words(layer: SemanticLayer) -> Iterator[tuple[str, Sense]]:
    for concept in layer.concepts:
        for surface in _names(concept.name, concept.label, concept.synonyms):
            yield surface, Sense("concept", concept=concept)
    for criterion in layer.criteria:
        for surface in criterion.synonyms:
            yield from ((form, Sense("criterion", criterion=criterion)) for form in _forms(surface))
    for span in layer.spans:
        yield from ((surface, Sense("span", span=span)) for surface in (span.label.ko, span.label.en, *span.synonyms))
        yield from ((surface, Sense("span", span=span, direction="high")) for surface in span.longer)
        yield from ((surface, Sense("span", span=span, direction="low")) for surface in span.shorter)
    for word in layer.context:
        yield word, Sense("word", word=grammar.Word("filler", word, stem=False))
    for word, text in layer.missing:
        yield word, Sense("missing", missing=text)


def _of_column(column: ColumnMeaning) -> Iterator[tuple[str, Sense]]:
    if column.role != "key":
        for surface in (*_names(column.name, column.label, column.synonyms), *_numbers(column)):
            yield surface, Sense("column", column=column)
            if column.role == "date" and surface.isascii() and surface.endswith("ed"):
                yield from ((base, Sense("column", column=column)) for base in (surface[:-2], surface[:-1]))
    for named in column.conditions:
        condition = Condition(column.ref, named.bound)
        for surface in (named.label.ko, named.label.en, *named.synonyms):
            yield from ((form, Sense("condition", condition=condition)) for form in _forms(surface))
    for meaning in column.values:
        value = Value(column.table, column.name, meaning.value)
        for surface in (meaning.value, meaning.label.ko, meaning.label.en, *meaning.synonyms):
            yield from ((form, Sense("value", value=value)) for form in _forms(surface))


def _numbers(column: ColumnMeaning) -> Iterator[str]:
    """As in "sample 수" of num_samples: the English noun with the Korean word for how many."""
    counted = _NUMBER_OF.fullmatch(column.name) if column.role == "measure" else None
    for noun in counted.groups() if counted is not None else ():
        yield from (f"{noun}{plural} {number}" for plural in ("", "s") for number in ("수", "개수", "갯수") if noun)


def _names(name: str, label: Text, synonyms: tuple[str, ...]) -> Iterator[str]:
    for surface in (name, name.replace("_", " "), label.ko, label.en, *synonyms):
        yield from _forms(surface)


def _forms(surface: str) -> Iterator[str]:
    """The surface and, for an English noun, its plural or singular."""
    yield surface
    last = surface[-1:].lower()
    if not last.isascii() or not last.isalpha() or is_hangul(surface[:1]):
        return
    if last == "y":
        yield surface[:-1] + "ies"
    yield surface[:-1] if last == "s" else surface + "s"
