"""The answer's sentences in English."""

from collections.abc import Mapping, Sequence

from agent.offline.cells import bold, cell_of, kind_of, label, number, plural
from agent.offline.query import COUNTED, Filter, Order, Query
from db.catalog.semantics import SemanticLayer, TableMeaning
from db.catalog.table import Cell

_HEADINGS = {
    "next": "Next steps",
    "ask": "You could go on with",
    "tried": "What I tried",
    "near": "Similar names",
    "there": "What the catalogue has",
    "related": "Linked to these",
    "detail": "Also checked",
    "meaning": "What it means for the work",
    "differences": "Differences",
    "nulls": "Missing values (NULL)",
    "known": "Names in the catalogue",
}
_MEASURES = {"avg": "average", "sum": "total", "min": "lowest", "max": "highest"}
_BOUNDS = {">": "over", ">=": "at least", "<": "under", "<=": "at most"}
_SEVERAL = 2


class English:
    """`names` gives the label of a row by (table, key), where the talk has shown it."""

    def __init__(self, layer: SemanticLayer, names: Mapping[tuple[str, Cell], str]) -> None:
        self.layer = layer
        self.names = names

    def subject(self, query: Query) -> str:
        return self._subject(query, _SEVERAL)

    def _subject(self, query: Query, count: int) -> str:
        head = self.layer.table(query.head)
        own = [f for f in query.filters if self._names(f, query.head)]
        kind = kind_of(query, self.layer)
        rest = [self._condition(f, query.head) for f in query.filters if f not in own and f != kind]
        rest += [f"without a {self.layer.table(table).label.en}" for table in query.absent]
        if query.either:
            both = [cell_of(f.ref, value, self.layer, "en") for f in query.either for value in f.values]
            return f"{plural(head, count)} {', '.join(both)}"
        concept = next((c for c in self.layer.concepts if (c.name, c.table) == (query.concept, query.head)), None)
        noun = plural(head, count)
        if concept:
            noun = concept.label.en if count == 1 else f"{concept.label.en}s"
        if kind is not None:
            noun = f"{cell_of(kind.ref, kind.values[0], self.layer, 'en')}{'' if count == 1 else 's'}"
        name = " ".join(", ".join(self._value(f, v) for v in f.values) for f in own)
        return " ".join(part for part in ((name or noun), *rest) if part)

    def _names(self, one: Filter, head: str) -> bool:
        table = self.layer.table(head)
        is_name = one.ref[0] == head and one.ref[1] in (*table.display, table.primary_key)
        return is_name and one.op == "=" and not one.negated and len(one.values) <= 3

    def _value(self, one: Filter, value: Cell) -> str:
        table = self.layer.table(one.ref[0])
        if one.ref[1] == table.primary_key:
            return self.names.get((table.name, value), f"number {value}")
        return cell_of(one.ref, value, self.layer, "en")

    def _condition(self, one: Filter, head: str) -> str:
        name = label(one.ref, self.layer, "en")
        if one.ref[0] and one.ref[1] == self.layer.table(one.ref[0]).primary_key and one.op == "=":
            known = [self._value(one, value) for value in one.values[:3]]
            return f"of {' or '.join(known)}" if len(one.values) <= 3 else f"among the {len(one.values)} shown before"
        if one.op == "null":
            return f"without {name}"
        if one.op == "like":
            return f"with {' or '.join(str(v).strip('%') for v in one.values)} in the {name}"
        if one.op in (">column", "<column"):
            other = label((str(one.values[0]), str(one.values[1])), self.layer, "en")
            return f"with {name} {'above' if one.op == '>column' else 'below'} {other}"
        if one.op == "between":
            low, high = (None if v is None else cell_of(one.ref, v, self.layer, "en") for v in one.values)
            until = "before" if isinstance(one.values[1], str) else "to"
            bounds = [*([f"from {low}"] if low else []), *([f"{until} {high}"] if high else [])]
            return f"with {name} {' '.join(bounds)}"
        if one.op != "=":
            return f"with {name} {_BOUNDS[one.op]} {cell_of(one.ref, one.values[0], self.layer, 'en')}"
        values = " or ".join(self._value(one, value) for value in one.values[:5])
        table = self.layer.table(one.ref[0])
        if one.ref[1] in (*table.display, table.primary_key):
            return f"{'not of' if one.negated else 'of'} {values}"
        of = "" if one.ref[0] == head or table.part_of == head else f"of {plural(table, 2)} "
        return f"{of}with {name} {'other than ' if one.negated else ''}{values}"

    def _direction(self, order: Order) -> str:
        if order.ref == COUNTED:
            return "most" if order.descending else "fewest"
        column = self.layer.column(order.ref) if order.ref[0] else None
        if column is None:
            pair = ("longest", "shortest")
        elif column.role == "date":
            pair = ("latest", "earliest")
        else:
            pair = ("highest", "lowest")
        return pair[0] if order.descending else pair[1]

    def counted(self, query: Query, count: int) -> str:
        verb = "is" if count == 1 else "are"
        return f"There {verb} {bold(number(count))} {self._subject(query, count)}."

    def listed(self, query: Query, count: int, name: str, *, more: bool) -> str:
        some = " (there are more; this is where I stopped)" if more else ""
        subject = self._subject(query, count)
        if name and name.casefold() in subject.casefold():
            return f"Here is {subject}."
        found = f"I found {bold(number(count))} {subject}{some}"
        return f"{found}: {bold(name)}." if name else f"{found}."

    def noted(self, subject: str, columns: str, value: str) -> str:
        return f"The {columns} of {subject}: “{value}”"

    def valued(self, subject: str, columns: str, value: str) -> str:
        return f"The {columns} of {subject} is {bold(value)}."

    def best(self, query: Query, names: str, value: str, count: int) -> str:
        order, table = query.order[0], self.layer.table(query.counted or query.head)
        tied = f" ({count} share it)" if count > 1 else ""
        rank = "" if query.place == 1 else f"number {query.place} by "
        if order.ref == COUNTED:
            return f"{bold(names)} has {rank}the {self._direction(order)} {plural(table, 2)} ({value}){tied}."
        what = f"{rank}the {self._direction(order)} {label(order.ref, self.layer, 'en')}"
        return f"Among {self.subject(query)}, {bold(names)} has {what} ({value}){tied}."

    def ordered(self, order: Order, query: Query, count: int) -> str:
        what = label(order.ref, self.layer, "en")
        return f"{bold(number(count))} {self._subject(query, count)}, {self._direction(order)} {what} first."

    def recommended(self, query: Query, need: str, name: str, why: str) -> str:
        return f"For {need} among {self.subject(query)} I recommend {bold(name)} ({why})."

    def compared(self, names: Sequence[str]) -> str:
        return f"Comparison of {', '.join(bold(name) for name in names[:4])} ({len(names)} in all)."

    def grouped(self, query: Query, by: str, count: int) -> str:
        of = ", ".join(label(ref, self.layer, "en") for ref in query.of)
        what = plural(self.layer.table(query.counted), 2) if query.counted else self.subject(query)
        measured = f"The {_MEASURES[query.measure]} {of}" if of else f"The number of {what}"
        return f"{measured} by {by}: {bold(str(count))} entries."

    def measured(self, query: Query, value: str) -> str:
        columns = ", ".join(label(ref, self.layer, "en") for ref in query.of)
        return f"The {_MEASURES[query.measure]} {columns} of {self.subject(query)} is {bold(value)}."

    def shared(self, query: Query, percent: str, part: int, whole: int) -> str:
        return (
            f"{number(part)} of {number(whole)} {plural(self.layer.table(query.head), whole)} "
            f"are {self.subject(query)}: {bold(percent + '%')}."
        )

    def distinct(self, query: Query, values: Sequence[str]) -> str:
        what = ", ".join(label(ref, self.layer, "en") for ref in query.of)
        return f"There are {bold(str(len(values)))} values of {what} among {self.subject(query)}: {', '.join(values)}."

    def yes(self, query: Query, count: int) -> str:
        return f"Yes. {self.counted(query, count)}"

    def no(self, subject: str) -> str:
        return f"No, there are no {subject}."

    def tested(self, name: str, one: Filter, value: str, *, holds: bool) -> str:
        return f"{'Yes' if holds else 'No'}, the {label(one.ref, self.layer, 'en')} of {name} is {bold(value)}."

    def same(self, names: Sequence[str], column: str, values: Sequence[str], *, holds: bool) -> str:
        each = ", ".join(f"{name}: {bold(value)}" for name, value in zip(names, values, strict=True))
        return f"{'Yes, the same' if holds else 'No, not the same'} {column} ({each})."

    def nothing(self, subject: str) -> str:
        return f"No result: there are no {subject} in the catalogue now."

    def no_such_name(self, table: TableMeaning, names: Sequence[str], subject: str) -> str:
        said = ", ".join(f"'{name}'" for name in names)
        return (
            f"There is no such {table.label.en}: {bold(said)} could not be found in `{table.name}`, "
            f"so I could not look up {subject}."
        )

    def all_are(self, column: str, value: str) -> str:
        return f"All have {column} {bold(value)}."

    def highest(self, column: str, name: str, value: str, site: str) -> str:
        return f"Best {column}, {bold(name)} ({value}): for {site}."

    def without(self, column: str, names: str, why: str) -> str:
        return f"No {column} for {names}: {why}."

    def alike(self, columns: str) -> str:
        return f"They are alike in {columns}."

    def ways(self, table: TableMeaning, columns: Sequence[str]) -> str:
        return (
            f"Tell me the {', '.join(columns)} and I can look more closely, or ask for "
            f"the list of all {plural(table, 2)}."
        )

    def corrected(self, typed: str, taken: str, *, spelled: bool) -> str:
        if spelled:
            return f"I read '{typed}' as '{taken}'."
        return f"I could not find '{typed}', so I took it for '{taken}'."

    def dropped(self, words: Sequence[str]) -> str:
        return f"I left out {', '.join(f'‘{word}’' for word in words)} as stray characters."

    def scope(self, names: Sequence[str]) -> str:
        return (
            f"Scope: all with {' and '.join(names)}. To choose only among what you just "
            "saw, say “recommend one of those”."
        )

    def refused(self) -> str:
        return (
            "Sorry, I am read-only: I cannot add, change or delete data, nor start or stop anything. "
            "I can only answer questions.\n\n"
            "I can show the present state of it at once: tell me what you would like to see."
        )

    def unclear(self, words: Sequence[str], near: Sequence[str]) -> str:
        said = ", ".join(f"'{word}'" for word in words)
        hint = f" Did you mean {', '.join(bold(name) for name in near)}?" if near else ""
        return (
            f"I could not find what {said} means in the catalogue, and would rather ask "
            f"than answer wrongly.{hint} Please say it in other words."
        )

    def missing(self, words: Sequence[str], table: str, columns: Sequence[str]) -> str:
        said = ", ".join(f"'{word}'" for word in words)
        have = f" What there is of {table}: {', '.join(columns)}." if columns else ""
        return f"I don't have that: the catalogue holds nothing on {said}, and I will not invent any.{have}"

    def lost(self, word: str, names: Sequence[str]) -> str:
        some = f" For example {', '.join(bold(name) for name in names)}." if names else ""
        return f"I cannot tell which one ‘{word}’ means: nothing like it was spoken of before. Please name it.{some}"

    def failed(self) -> str:
        return (
            "Something went wrong during the look-up, so I cannot answer. "
            "Please ask again in a moment, and tell an admin if it goes on."
        )

    def greeting(self) -> str:
        return "Hello! Ask me about the MLOps catalogue."

    def help(self, about: str, tables: Sequence[str]) -> str:
        return (
            f"I answer questions about {', '.join(tables)} in plain language. I only "
            f"read; I never change data.\n\n{about}"
        )

    def outside(self, tables: Sequence[str]) -> str:
        return f"Sorry, that is out of scope for me: I can only answer questions about {', '.join(tables)}."

    def heading(self, name: str) -> str:
        return _HEADINGS[name]
