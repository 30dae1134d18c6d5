"""What to write into catalog.yml where words are missing: ready to be filled in, and it loads as it is."""

from collections.abc import Iterable, Iterator, Mapping

import yaml

from db.catalog.learned import Target
from db.catalog.lint import Finding
from db.catalog.meaning import Language, SemanticLayer, Text

_WIDTH = 10_000


def snippet(findings: Iterable[Finding], layer: SemanticLayer, asked: Mapping[Language, str]) -> str:
    """The entries that lack words, with the words they have; "" where none does.

    Each says in `asked`'s words of which language to add some, so that what is there already is not lost by pasting.
    """
    wanted: dict[Target, list[Language]] = {}
    for one in findings:
        if one.target is not None and one.languages:
            held = wanted.setdefault(one.target, [])
            held += [each for each in one.languages if each not in held]
    return _Writer(wanted, layer, asked).text() if wanted else ""


class _Writer:
    """Writes entries in the layer's order of tables, columns and values as they came."""

    def __init__(
        self, wanted: Mapping[Target, list[Language]], layer: SemanticLayer, asked: Mapping[Language, str]
    ) -> None:
        self._wanted = wanted
        self._layer = layer
        self._asked = asked

    def text(self) -> str:
        tables = dict.fromkeys(target.table for target in self._wanted)
        return "\n".join(["tables:", *(line for table in tables for line in self._table(table))]) + "\n"

    def _table(self, name: str) -> Iterator[str]:
        table = self._layer.table(name)
        yield f"  {_scalar(name)}:"
        yield from self._words("    ", Target(name), table.label, table.synonyms)
        columns = dict.fromkeys(one.column for one in self._wanted if one.table == name and one.column)
        if columns:
            yield "    columns:"
        for column in columns:
            yield from self._column(Target(name, column))

    def _column(self, target: Target) -> Iterator[str]:
        column = self._layer.column((target.table, target.column))
        yield f"      {_scalar(target.column)}:"
        yield from self._words("        ", target, column.label, column.synonyms)
        place = (target.table, target.column)
        values = [one for one in self._wanted if one.value and (one.table, one.column) == place]
        if values:
            yield "        values:"
        known = {meaning.value: meaning for meaning in column.values}
        for one in values:
            meaning = known.get(one.value)
            label, synonyms = (meaning.label, meaning.synonyms) if meaning else (Text(one.value, one.value), ())
            yield f"          {_scalar(one.value)}:"
            yield from self._words("            ", one, label, synonyms)

    def _words(self, indent: str, target: Target, label: Text, synonyms: tuple[str, ...]) -> Iterator[str]:
        if (languages := self._wanted.get(target)) is not None:
            yield f"{indent}label: {_flow({'ko': label.ko, 'en': label.en})}"
            yield f"{indent}synonyms: {_flow(list(synonyms))}  # {', '.join(self._asked[each] for each in languages)}"


def _flow(data: object) -> str:
    return yaml.safe_dump(data, allow_unicode=True, default_flow_style=True, sort_keys=False, width=_WIDTH).strip()


def _scalar(text: str) -> str:
    """A key as YAML reads it back, whatever it looks like."""
    return _flow([text])[1:-1]
