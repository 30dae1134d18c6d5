"""Noun phrases of the rows a query is about, in English."""

import re
from collections.abc import Mapping
from dataclasses import replace

from agent.moments import through, whole
from agent.offline.query import joins
from agent.offline.query.query import COUNTED, QUANTIFIED, Filter, Order, Query
from agent.offline.saying.cells import cell_of, counted_rows, kind_of, label, named_rows, plural
from db.catalog.meaning import SemanticLayer
from db.catalog.table import Cell

BOUNDS = {"=": "", ">": "over", ">=": "at least", "<": "under", "<=": "at most"}
_SEVERAL = 2
_ONE = re.compile(r"^1 (hour|day|minute|second)s$")


def is_many(noun: str) -> bool:
    """Whether a column's label is a plural: samples, parameters; not status."""
    return noun.endswith("s") and not noun.endswith(("ss", "us", "is"))


def _joined(conditions: list[str]) -> list[str]:
    """As in "with precision over 90% and recall under 90%"."""
    made: list[str] = []
    for i, one in enumerate(conditions):
        goes_on = i > 0 and one.startswith("with ") and conditions[i - 1].startswith("with ")
        made.append(f"and {one.removeprefix('with ')}" if goes_on else one)
    return made


_VOWEL = re.compile(r"[aeio]|u(?!s|ni|ti)", re.IGNORECASE)


def a(noun: str) -> str:
    """The noun with its article: an artifact, a user."""
    return f"{'an' if _VOWEL.match(noun) else 'a'} {noun}"


class EnglishNouns:
    """`names` gives the label of a row by (table, key), where the talk has shown it."""

    def __init__(self, layer: SemanticLayer, names: Mapping[tuple[str, Cell], str]) -> None:
        self.layer = layer
        self.names = names

    def subject(self, query: Query) -> str:
        return self._subject(query, _SEVERAL)

    def _subject(self, query: Query, count: int) -> str:
        """As in "김민준's failed pipelines with GPU T4"."""
        head = self.layer.table(query.head)
        if query.either and all(f.op == "=" for f in query.either):
            both = [cell_of(f.ref, value, self.layer, "en") for f in query.either for value in f.values]
            return f"{' or '.join(both)} {plural(head, count)}"
        own = [f for f in query.filters if self._names(f, query.head)]
        kind = kind_of(query, self.layer)
        rest = [f for f in query.filters if f not in own and f != kind]
        owner = next((f for f in rest if self._owns(f)), None)
        before = [f for f in rest if self._is_kind(f, query.head)]
        after = [self._condition(f, query.head) for f in rest if f is not owner and f not in before]
        after += [" or ".join(self._condition(f, query.head) for f in query.either)] if query.either else []
        after += [f"without {a(self.layer.table(table).label.en)}" for table in query.absent]
        shown = [] if query.concept else [table for table in query.present if table not in query.absent]
        after += [f"with {a(self.layer.table(table).label.en)}" for table in shown]
        name = " ".join(" or ".join(self._value(f, v) for v in f.values) for f in own)
        words = [f"{self._values(owner)}'s" if owner else "", *map(self._values, before)]
        return " ".join(part for part in (*words, name or self._noun(query, kind, count), *_joined(after)) if part)

    def _rows(self, query: Query, count: int) -> str:
        """The rows where they are counted: by their noun, and not by the names that they are asked for by."""
        own = [f for f in query.filters if self._names(f, query.head)]
        return self._subject(replace(query, filters=tuple(f for f in query.filters if f not in own)), count)

    def _noun(self, query: Query, kind: Filter | None, count: int) -> str:
        concept = next((c for c in self.layer.concepts if (c.name, c.table) == (query.concept, query.head)), None)
        label = concept.label.en if concept else ""
        if kind is not None:
            label = self.layer.column(kind.ref).value_label(kind.values[0], "en")
        if not label:
            return plural(self.layer.table(query.head), count)
        return label if count == 1 else f"{label}s"

    def _names(self, one: Filter, head: str) -> bool:
        table = self.layer.table(head)
        is_name = one.ref[0] == head and one.ref[1] in (*table.display, table.primary_key)
        return is_name and one.op == "=" and not one.negated and len(one.values) <= 3

    def _owns(self, one: Filter) -> bool:
        """Whether a condition names the person whose rows they are."""
        return bool(one.ref[0]) and self.layer.table(one.ref[0]).person and self._names(one, one.ref[0])

    def _is_kind(self, one: Filter, head: str) -> bool:
        """Whether a condition stands well right before the noun: failed pipelines, A100 pipelines."""
        is_own = one.ref[0] == head and one.op == "=" and not one.negated
        return is_own and self.layer.column(one.ref).role == "category"

    def _values(self, one: Filter) -> str:
        return " or ".join(self._value(one, value) for value in one.values[:5])

    def _value(self, one: Filter, value: Cell) -> str:
        table = self.layer.table(one.ref[0])
        if one.ref[1] == table.primary_key:
            return self.names.get((table.name, value), f"number {value}")
        return cell_of(one.ref, value, self.layer, "en")

    def _condition(self, one: Filter, head: str) -> str:
        name = label(one.ref, self.layer, "en")
        if one.ref[0] and one.ref[1] == self.layer.table(one.ref[0]).primary_key and one.op == "=":
            known = [self._value(one, value) for value in one.values[:3]]
            if one.negated:
                return f"other than {' and '.join(known)}"
            return f"of {' or '.join(known)}" if len(one.values) <= 3 else f"among the {len(one.values)} shown before"
        if one.op == "=":
            return self._equal(one, head, name)
        if one.op == "rows":
            rows = named_rows(one, self.layer)
            return f"named {' or '.join(rows)}" if len(rows) <= 3 else f"among the {len(rows)} spoken of before"
        if one.op == "null":
            happened = name.endswith("ed") and self.layer.column(one.ref).role == "date"
            return (
                f"{'' if one.negated else 'not '}{name}"
                if happened
                else f"{'with' if one.negated else 'without'} {name}"
            )
        if one.op == "alike":
            called = self.names.get((str(one.values[0]), one.values[2]), one.values[2])
            return f"of the same {self._shared_noun(one, name)} as {called}"
        if one.op == "like":
            said = " or ".join(str(v).strip("%") for v in one.values)
            return f"{'without' if one.negated else 'with'} {said} in the {name}"
        if held := self._held(one, name):
            return held
        if one.op == "between":
            lacked = one.negated and one.ref[0] not in ("", head)
            without = f"without {plural(self.layer.table(one.ref[0]), 2)} " if lacked else "not " if one.negated else ""
            return without + self._between(one, name)
        value = _ONE.sub(r"1 \1", cell_of(one.ref, one.values[0], self.layer, "en"))
        return f"with {name} {BOUNDS[one.op]} {value}"

    def _held(self, one: Filter, name: str) -> str:
        """A condition that holds rows against more than a value; "" for any other."""
        if one.op in QUANTIFIED:
            return self._quantified(one, name)
        if one.op in (">column", "<column"):
            other = label((str(one.values[0]), str(one.values[1])), self.layer, "en")
            return f"with {name} {'above' if one.op == '>column' else 'below'} {other}"
        if one.op in (">avg", "<avg"):
            return f"with {name} {'above' if one.op == '>avg' else 'below'} average"
        if one.op in (">row", "<row"):
            rival = " ".join(str(cell) for cell in one.values[2::2])
            is_date = bool(one.ref[0]) and self.layer.column(one.ref).role == "date"
            way = ("later than", "earlier than") if is_date else ("above that of", "below that of")
            return f"{'' if is_date else 'with '}{name} {way[one.op == '<row']} {rival}"
        return ""

    def _quantified(self, one: Filter, name: str) -> str:
        """As in "that have artifacts with type log as well as config", "whose projects all have status active"."""
        table = plural(self.layer.table(one.ref[0]), 2)
        if one.op == "solely":
            return f"whose {table} all have {name} {self._values(one)}"
        return f"that have {table} with {name} {' as well as '.join(self._value(one, v) for v in one.values)}"

    def _shared_noun(self, one: Filter, name: str) -> str:
        table = self.layer.table(one.ref[0])
        return table.label.en if one.ref[1] == table.primary_key else name

    def _equal(self, one: Filter, head: str, name: str) -> str:
        table = self.layer.table(one.ref[0])
        if one.ref[1] in (*table.display, table.primary_key):
            return f"{'not of' if one.negated else 'of'} {self._values(one)}"
        is_own = one.ref[0] == head or table.part_of == head
        if not is_own and not one.negated:
            return f"of {self._values(one)} {plural(table, 2)}"
        if not is_own and joins.is_below(self.layer, head, table.name):
            return f"without {self._values(one)} {plural(table, 2)}"
        of = "" if is_own else f"of {plural(table, 2)} "
        return f"{of}with {name} {'other than ' if one.negated else ''}{self._values(one)}"

    def _between(self, one: Filter, name: str) -> str:
        if date := whole(one.values[0], one.values[1], "en"):
            return f"{name} {'on' if date[0].isdigit() and ' ' in date else 'in'} {date}"
        if days := through(one.values[0], one.values[1], "en"):
            return f"{name} {days}"
        low, high = (None if v is None else cell_of(one.ref, v, self.layer, "en") for v in one.values)
        is_date = any(isinstance(v, str) for v in one.values)
        until = "before" if is_date else "to"
        since = "since" if is_date and not high else "from"
        bounds = [*([f"{since} {low}"] if low else []), *([f"{until} {high}"] if high else [])]
        return f"{'' if is_date else 'with '}{name} {' '.join(bounds)}"

    def _direction(self, order: Order) -> str:
        if order.ref == COUNTED:
            return "most" if order.descending else "fewest"
        column = self.layer.column(order.ref) if order.ref[0] else None
        if column is None:
            pair = ("longest", "shortest")
        elif column.role == "date":
            pair = ("latest", "earliest")
        elif column.unit == "ms":
            pair = ("longest", "shortest")
        elif is_many(label(order.ref, self.layer, "en")):
            pair = ("most", "fewest")
        elif column.unit and not column.ratio:
            pair = ("largest", "smallest")
        else:
            pair = ("highest", "lowest")
        return pair[0] if order.descending else pair[1]

    def _counted_rows(self, query: Query) -> str:
        """What is counted for each group, with what is asked of it."""
        return self._counted_noun(query) if (rows := counted_rows(query, self.layer)) is None else self.subject(rows)

    def _counted_noun(self, query: Query, count: float = _SEVERAL) -> str:
        """What is counted for each group: experiments, checkpoints, else the table's rows."""
        table = self.layer.table(query.counted or query.head)
        if query.counted == query.head and len(table.display) > 1 and (table.name, table.display[0]) in query.groups:
            noun = label((table.name, table.display[1]), self.layer, "en")
            return noun if count == 1 else f"{noun}s"
        concept = (
            query.concept
            if any((c.name, c.table) == (query.concept, table.name) for c in self.layer.concepts)
            else None
        )
        counted = replace(query, head=table.name, concept=concept)
        return self._noun(counted, kind_of(counted, self.layer), int(count))
