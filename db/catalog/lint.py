"""What catalog.yml lacks for questions to be understood: missing words, clashes, words of nothing."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from db.catalog.learned import Target
from db.catalog.meaning import ColumnMeaning, Language, SemanticLayer, TableMeaning, Text
from db.catalog.values import ValueIndex, fold

Kind: TypeAlias = Literal["no_word", "no_synonym", "clash", "dead_value", "stop_word"]
ENUMERATED = 12
"""A category that the file does not enumerate, with more values than this, is no enumeration."""

_KOREAN = re.compile(r"[가-힣]")
_ENGLISH = re.compile(r"[A-Za-z]")
_LANGUAGES: tuple[Language, ...] = ("ko", "en")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend at `place`, a target or the name of a business word.

    "no_word": nothing it is called by in these languages. "no_synonym": one name only. "clash": `word` also stands
    for `other`. "dead_value": no row has the value. "stop_word": `word` is one that holds questions together.
    """

    kind: Kind
    place: str
    languages: tuple[Language, ...] = ()
    word: str = ""
    other: str = ""
    target: Target | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """Something with words for it. Words of one `scope` must differ; a target is what it is in the layer's tables."""

    place: str
    scope: str
    names: tuple[str, ...]
    target: Target | None = None

    def words(self, language: Language) -> set[str]:
        """The words of one language, as they are read."""
        letters = _KOREAN if language == "ko" else _ENGLISH
        return {fold(name) for name in self.names if letters.search(name)}


WEIGHT: Final[Mapping[Kind, int]] = {"clash": 0, "stop_word": 1, "no_word": 2, "dead_value": 3, "no_synonym": 4}
"""What a wrong answer may come of is heavier than what is asked back, and that than what is only said otherwise."""


def lint(layer: SemanticLayer, values: ValueIndex, stop_words: Collection[str]) -> tuple[Finding, ...]:
    """All there is to mend, what matters most first. `stop_words` are folded."""
    things = tuple(_named(layer, values))
    wanting = [one for one in things if one.target is not None and not _is_identifier(one.target)]
    found = (
        *_clashes(things),
        *_stop_words(things, layer, values, stop_words),
        *_lacking("no_word", wanting, 0),
        *_dead(layer, values),
        *_lacking("no_synonym", wanting, 1),
    )
    rows_of = _hung_on(layer)
    return tuple(sorted(found, key=lambda one: (WEIGHT[one.kind], *_reach(one, layer, rows_of))))


def _hung_on(layer: SemanticLayer) -> Counter[str]:
    """How many keys lead to each table: questions pass through what others hang on."""
    return Counter(key.parent_table for key in layer.foreign_keys)


def _reach(one: Finding, layer: SemanticLayer, hung_on: Counter[str]) -> tuple[int, int, int]:
    """The less, the more questions meet it: a table's own word, then its columns', then a value's."""
    if one.target is None:
        return (0, 0, -len(one.languages))
    target = one.target
    depth = 2 if target.value else 1 if target.column else 0
    is_shown = not target.column or target.column in layer.table(target.table).show
    return (depth, -hung_on[target.table] - 100 * is_shown, -len(one.languages))


def _lacking(kind: Kind, things: Iterable[Named], count: int) -> Iterator[Finding]:
    for one in things:
        lacking = tuple(language for language in _LANGUAGES if len(one.words(language)) == count)
        if lacking:
            yield Finding(kind, one.place, lacking, target=one.target)


def _is_identifier(target: Target) -> bool:
    """A value with a digit is a version or a product's name: people write it as it is."""
    return any(char.isdigit() for char in target.value)


def _clashes(things: Iterable[Named]) -> Iterator[Finding]:
    by_scope: dict[str, dict[str, list[Named]]] = defaultdict(lambda: defaultdict(list))
    for one in things:
        for key in dict.fromkeys(filter(None, map(fold, one.names))):
            by_scope[one.scope][key].append(one)
    for words in by_scope.values():
        for key, (first, *others) in words.items():
            word = next(name for name in first.names if fold(name) == key)
            yield from (Finding("clash", first.place, (), word, other.place, first.target) for other in others)


def _dead(layer: SemanticLayer, values: ValueIndex) -> Iterator[Finding]:
    """Values the file names in a column whose rows are known, and have another."""
    for column in _columns(layer):
        standing = {str(value) for value in values.values_of(*column.ref)}
        for meaning in column.values if standing else ():
            if meaning.value not in standing:
                target = Target(*column.ref, meaning.value)
                yield Finding("dead_value", str(target), target=target)


def _stop_words(
    things: Iterable[Named], layer: SemanticLayer, values: ValueIndex, stop_words: Collection[str]
) -> Iterator[Finding]:
    for one in things:
        for name in dict.fromkeys(one.names):
            if fold(name) in stop_words:
                yield Finding("stop_word", one.place, (), name, target=one.target)
    for column in _columns(layer):
        for value in values.values_of(*column.ref) if column.role == "name" else ():
            if fold(str(value)) in stop_words:
                yield Finding("stop_word", f"{column.table}.{column.name}", (), str(value), target=Target(*column.ref))


# --- what has names


def _named(layer: SemanticLayer, values: ValueIndex) -> Iterator[Named]:
    for table in layer.tables:
        yield _thing(Target(table.name), "", table.name, table.label, table.synonyms)
        yield from _of_table(table, values)
    for concept in layer.concepts:
        yield Named(concept.name, "", (concept.label.ko, concept.label.en, *concept.synonyms))
    for criterion in layer.criteria:
        yield Named(criterion.name, "", criterion.synonyms)
    for span in layer.spans:
        yield Named(span.name, "", (span.label.ko, span.label.en, *span.synonyms, *span.longer, *span.shorter))


def _of_table(table: TableMeaning, values: ValueIndex) -> Iterator[Named]:
    for column in table.columns:
        if column.role == "key":
            continue
        target = Target(table.name, column.name)
        yield _thing(target, table.name, column.name, column.label, column.synonyms)
        known = {meaning.value: meaning for meaning in column.values}
        for value in _enumerated(column, values):
            meaning = known.get(value)
            label, synonyms = (meaning.label, meaning.synonyms) if meaning else (Text(value, value), ())
            yield _thing(Target(table.name, column.name, value), table.name, value, label, synonyms)
        for bound in column.conditions:
            target = Target(table.name, column.name, str(bound.bound))
            yield Named(str(target), table.name, tuple(filter(None, (bound.label.ko, bound.label.en, *bound.synonyms))))


def _thing(target: Target, scope: str, name: str, label: Text, synonyms: tuple[str, ...]) -> Named:
    return Named(str(target), scope, tuple(filter(None, (name, label.ko, label.en, *synonyms))), target)


def _enumerated(column: ColumnMeaning, values: ValueIndex) -> tuple[str, ...]:
    """The values that the file names, and those that stand in a category of few."""
    named = [meaning.value for meaning in column.values]
    standing = [str(value) for value in values.values_of(*column.ref)] if column.role == "category" else []
    return tuple(dict.fromkeys((*named, *(standing if named or len(standing) <= ENUMERATED else ()))))


def _columns(layer: SemanticLayer) -> Iterator[ColumnMeaning]:
    return (column for table in layer.tables for column in table.columns)
