"""How much of the catalogue's schema enters the prompt: all of it, or what the question needs."""

import json
from dataclasses import dataclass

from agent.limits import Limits
from agent.vocabulary import Knowledge, Vocabulary
from db.catalog.describe import ValuesOf, describe
from db.catalog.learned import Synonym, Target, is_condition
from db.catalog.meaning import SemanticLayer, TableMeaning
from db.catalog.values import ValueIndex

MOST_WORDS = 60
"""So many learnt words enter a prompt."""


@dataclass(frozen=True, slots=True, eq=False)
class SchemaPrompt:
    """The schema as text, whole where it fits `max_chars`, else by question.

    The words that admins have taught stand below either.
    """

    layer: SemanticLayer
    values_of: ValuesOf
    max_chars: int
    whole: str
    learned: tuple[Synonym, ...] = ()

    @property
    def is_whole(self) -> bool:
        return len(self.whole) <= self.max_chars

    @property
    def table_names(self) -> tuple[str, ...]:
        return tuple(table.name for table in self.layer.tables)

    def for_question(self, question: str) -> str:
        """The text to put into the prompt for this question."""
        if self.is_whole:
            return f"{self.whole}{_taught(self.learned, self.layer)}"
        part = self.subset(question)
        rest = ", ".join(self.table_names)[: self.max_chars // 4]
        return (
            f"{part}\nThis is only the part of the schema that seems to matter. All tables: {rest}. "
            f"Call describe_tables before using any other.{_taught(self.learned, self.layer)}"
        )

    def subset(self, text: str) -> str:
        """The tables that `text` speaks of with those on the way between them; "" when none fits."""
        ranked = sorted(
            ((_score(table, text.casefold()), -place, table.name) for place, table in enumerate(self.layer.tables)),
            reverse=True,
        )
        chosen: list[str] = []
        for score, _, name in ranked:
            if score == 0 or (
                chosen and len(describe(self.layer, self.values_of, [*chosen, name])) > self.max_chars // 2
            ):
                break
            chosen.append(name)
        return describe(self.layer, self.values_of, self._closed(chosen)) if chosen else ""

    def _closed(self, names: list[str]) -> set[str]:
        """The names with every table on the shortest joins between the first and the others."""
        closed = set(names)
        for name in names[1:]:
            for key in self.layer.join_path(names[0], name) or ():
                closed |= {key.table, key.parent_table}
        return closed


def _taught(learned: tuple[Synonym, ...], layer: SemanticLayer) -> str:
    """The newest of the words that people here use, each with what it stands for; quoted, since people wrote them."""
    lines = [
        f"- {json.dumps(one.word, ensure_ascii=False)} = {_meant(one.target, layer)}" for one in learned[-MOST_WORDS:]
    ]
    return "\n".join(["\nWords people here also use:", *lines]) if lines else ""


def _meant(target: Target, layer: SemanticLayer) -> str:
    """A value that only looks like a bound stands in quotes; a bound is a condition to write."""
    if not target.value or is_condition(layer, target) or str(target).endswith(f"= {target.value}"):
        return str(target)
    return f"{target.table}.{target.column} = {target.value!r}"


def _score(table: TableMeaning, text: str) -> int:
    """How many characters of `text` are words for the table or its columns."""
    words = {table.name, table.label.ko, table.label.en, *table.synonyms}
    for column in table.columns:
        words |= {column.name, column.label.ko, column.label.en, *column.synonyms}
        words |= {word for meaning in column.values for word in (meaning.value, *meaning.synonyms)}
    return sum(len(word) for word in words if len(word) > 1 and word.casefold() in text)


class CurrentSchema:
    """The SchemaPrompt of a catalogue as it stands now; made anew only when the catalogue changed."""

    def __init__(self, catalog: Knowledge, limits: Limits) -> None:
        self._catalog = catalog
        self._max_chars = limits.schema_chars
        self._values: ValueIndex | None = None
        self._prompt: SchemaPrompt | None = None

    def get(self) -> SchemaPrompt:
        layer, values = self._catalog.semantics, self._catalog.values
        if self._prompt is None or self._prompt.layer is not layer or self._values is not values:
            self._values = values
            learned = self._catalog.learned if isinstance(self._catalog, Vocabulary) else ()
            text = describe(layer, values.values_of)
            self._prompt = SchemaPrompt(layer, values.values_of, self._max_chars, text, learned)
        return self._prompt
