"""How much of the catalogue's schema enters the prompt: all of it, or what the question needs."""

from dataclasses import dataclass

from agent.limits import Limits
from agent.vocabulary import Knowledge
from db.catalog.describe import ValuesOf, describe
from db.catalog.meaning import SemanticLayer, TableMeaning
from db.catalog.values import ValueIndex


@dataclass(frozen=True, slots=True, eq=False)
class SchemaPrompt:
    """The schema as text, whole where it fits `max_chars`, else by question."""

    layer: SemanticLayer
    values_of: ValuesOf
    max_chars: int
    whole: str

    @property
    def is_whole(self) -> bool:
        return len(self.whole) <= self.max_chars

    @property
    def table_names(self) -> tuple[str, ...]:
        return tuple(table.name for table in self.layer.tables)

    def for_question(self, question: str) -> str:
        """The text to put into the prompt for this question."""
        if self.is_whole:
            return self.whole
        part = self.subset(question)
        rest = ", ".join(self.table_names)[: self.max_chars // 4]
        return (
            f"{part}\nThis is only the part of the schema that seems to matter. All tables: {rest}. "
            "Call describe_tables before using any other."
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
            self._prompt = SchemaPrompt(layer, values.values_of, self._max_chars, describe(layer, values.values_of))
        return self._prompt
