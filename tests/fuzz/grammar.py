"""A grammar of statements in any dialect: shapes of queries here, words and templates in the dialect's own `.yml`.

Everything is drawn from one `Random`, so that a seed repeats a run and hypothesis
can give its own and shrink what it finds.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Final, TypeAlias

import yaml

Columns: TypeAlias = Mapping[str, str]
"""Written names with their kinds: number, text or time."""

KINDS: Final = ("number", "text", "time")
_HOLE: Final = re.compile(r"\{(\w+)\}")
_DEEP: Final = 3


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What its file holds: see `sqlite.yml`.

    `rules` has templates for each symbol, whose holes are symbols again: at least
    `statement` (what must be allowed as a whole), each kind, `condition`, `aggregate`,
    `window` (both numbers), `relation` (what may stand in FROM beside a table), `limit`,
    `name` (of a column), `stem` and `quotes` (of other names). `hostile` has templates by the class of
    attack. `setup` makes the catalogue; `canary` puts its one value into a private table.
    """

    name: str
    setup: str
    canary: str
    tables: Mapping[str, Columns]
    rules: Mapping[str, tuple[str, ...]]
    hostile: Mapping[int, tuple[str, ...]]

    @classmethod
    def read(cls, path: Path) -> "Vocabulary":
        held = yaml.safe_load(path.read_text(encoding="utf-8"))
        rules = {symbol: tuple(options) for symbol, options in held.pop("rules").items()}
        hostile = {number: tuple(options) for number, options in held.pop("hostile").items()}
        return cls(**held, rules=rules, hostile=hostile)

    @property
    def plain_tables(self) -> tuple[str, ...]:
        """The tables' names without a schema and quotes."""
        return tuple(written.rpartition(".")[2].strip('"') for written in self.tables)

    def allowed(self, dice: Random) -> str:
        """A query that must run."""
        writer = Writer(self, dice)
        return writer.filled("{statement}") if dice.random() < 0.2 else writer.query(_DEEP)

    def refused(self, dice: Random) -> tuple[int, str]:
        """A statement that must not, with its class of attack."""
        kind = dice.choice(sorted(self.hostile))
        return kind, Writer(self, dice).filled(dice.choice(self.hostile[kind]))


class Writer:
    """Writes one statement."""

    def __init__(self, words: Vocabulary, dice: Random) -> None:
        self._words = words
        self._dice = dice
        self._tables: dict[str, Columns] = dict(words.tables)
        self._names = 0

    def query(self, depth: int, kinds: Sequence[str] = ()) -> str:
        """A SELECT with whatever may stand around it, of columns of `kinds`, or of any."""
        outer = dict(self._tables)
        clause = self._with(depth) if depth > 1 and self._chance(0.3) else ""
        kinds = kinds or self._dice.choices(KINDS, k=self._dice.randint(1, 3))
        body = self._select(depth, kinds)
        while depth > 1 and self._chance(0.2):
            word = self._dice.choice(("UNION", "UNION ALL", "EXCEPT", "INTERSECT"))
            body = f"{body} {word} {self._select(depth - 1, kinds)}"
        self._tables = outer
        tail = f" ORDER BY {self._dice.randint(1, len(kinds))} {self._dice.choice(('', 'ASC', 'DESC'))}"
        limit = self.filled(self._dice.choice(self._words.rules["limit"]))
        return f"{clause}{body}{tail if self._chance(0.4) else ''}{limit if self._chance(0.3) else ''}"

    def filled(self, template: str, scope: Columns | None = None, depth: int = _DEEP) -> str:
        """The template with every hole filled; `scope` are the columns that may be named."""
        return (
            _HOLE.sub(lambda hole: self._hole(hole[1], scope or {}, depth), template) if "{" in template else template
        )

    def _hole(self, symbol: str, scope: Columns, depth: int) -> str:
        if symbol == "n":
            return str(self._dice.randint(0, 99))
        if symbol == "query":
            return self.query(depth - 1)
        if symbol in ("list", "scalar"):
            return self._column(depth - 1)
        own = [name for name, kind in scope.items() if kind == symbol]
        if own and (depth <= 0 or self._chance(0.5)):
            return self._dice.choice(own)
        options = self._words.rules[symbol]
        if depth <= 0:
            options = tuple(each for each in options if "{" not in each) or options
        return self.filled(self._dice.choice(options), scope, depth - 1)

    def _column(self, depth: int) -> str:
        """A SELECT of one column and few rows."""
        source, scope = self._source()
        return f"SELECT {self.filled('{number}', scope, depth)} FROM {source} WHERE {self._condition(scope, depth)}"

    def _with(self, depth: int) -> str:
        parts = []
        for _ in range(self._dice.randint(1, 2)):
            name = self._name()
            kinds = self._dice.choices(KINDS, k=2)
            inner = self.query(depth - 1, kinds)
            columns = (self._name(), self._name())
            parts.append(f"{name}({', '.join(columns)}) AS ({inner})")
            self._tables[name] = dict(zip(columns, kinds, strict=True))
        return f"WITH {self._dice.choice(('', 'RECURSIVE '))}{', '.join(parts)} "

    def _select(self, depth: int, kinds: Sequence[str]) -> str:
        source, scope = self._source()
        while depth > 0 and self._chance(0.3):
            more, columns = self._relation(depth)
            scope = {**scope, **columns}
            join = self._dice.choice(("JOIN", "LEFT JOIN", "INNER JOIN"))
            source = f"{source} {join} {more} ON {self._condition(scope, depth - 1)}"
        where = f" WHERE {self._condition(scope, depth)}" if self._chance(0.5) else ""
        if self._chance(0.3):
            return self._grouped(f"FROM {source}{where}", scope, depth, kinds)
        shown = [self._shown(scope, depth, kind) for kind in kinds]
        return f"SELECT {self._dice.choice(('', '', 'DISTINCT '))}{', '.join(shown)} FROM {source}{where}"

    def _grouped(self, source: str, scope: Columns, depth: int, kinds: Sequence[str]) -> str:
        key = self.filled("{" + kinds[0] + "}", scope, 0)
        shown = [key, *(self._aggregate(scope, depth, kind) for kind in kinds[1:])]
        having = f" HAVING count(*) > {self._dice.randint(0, 3)}" if self._chance(0.4) else ""
        group = key if key in scope else "1"
        return f"SELECT {', '.join(shown)} {source} GROUP BY {group}{having}"

    def _aggregate(self, scope: Columns, depth: int, kind: str) -> str:
        return self.filled("{aggregate}" if kind == "number" else "max({" + kind + "})", scope, depth)

    def _shown(self, scope: Columns, depth: int, kind: str) -> str:
        symbol = "window" if kind == "number" and self._chance(0.3) else kind
        written = self.filled("{" + symbol + "}", scope, depth)
        return f"{written} AS {self.filled('{name}')}" if self._chance(0.4) else written

    def _condition(self, scope: Columns, depth: int) -> str:
        return self.filled("{condition}", scope, depth)

    def _source(self) -> tuple[str, Columns]:
        table = self._dice.choice(sorted(self._tables))
        alias = self._name()
        return f"{table} AS {alias}", {f"{alias}.{name}": kind for name, kind in self._tables[table].items()}

    def _relation(self, depth: int) -> tuple[str, Columns]:
        if self._chance(0.3):
            alias = self._name()
            return f"{self.filled('{relation}', None, depth)} AS {alias}", {}
        return self._source()

    def _name(self) -> str:
        """A name that the statement does not have yet."""
        self._names += 1
        quotes, stem = (self._dice.choice(self._words.rules[symbol]) for symbol in ("quotes", "stem"))
        return f"{quotes[:1]}{stem}{self._names}{quotes[1:]}"

    def _chance(self, share: float) -> bool:
        return self._dice.random() < share
