"""The answer's sentences in English."""

from collections.abc import Sequence
from dataclasses import replace

from agent.offline.query.query import COUNTED, Filter, Order, Query, Ref
from agent.offline.saying.cells import bold, cell_of, each, label, number, plural
from agent.offline.saying.english_nouns import BOUNDS, EnglishNouns, is_many
from agent.offline.saying.noun_rows import averaged, in_part
from db.catalog.meaning import TableMeaning

_HEADINGS = {
    "next": "Next steps",
    "ask": "You could ask next",
    "there": "What the catalogue has",
    "related": "Linked to these",
    "detail": "Also checked",
    "meaning": "Reading the figures",
}
_MEASURES = {
    "median": "median",
    "avg": "average",
    "sum": "total",
    "min": "lowest",
    "max": "highest",
    "kinds": "number of different",
}
_SEVERAL = 2


class English(EnglishNouns):
    """The sentences over those nouns."""

    def named(self, query: Query, name: str) -> str:
        is_named = any(self._names(one, query.head) for one in query.filters)
        return name if is_named or not query.filters else f"{self._subject(query, 1)} {name}"

    def counted(self, query: Query, count: int, names: Sequence[str]) -> str:
        owner = next((f for f in query.filters if self._owns(f)), None)
        if owner is not None and owner.ref[0] != query.head:
            rest = replace(query, filters=tuple(f for f in query.filters if f is not owner))
            return f"{self._values(owner)} has {bold(number(count))} {self._subject(rest, count)}{_listed(names)}."
        verb = "is" if count == 1 else "are"
        return f"There {verb} {bold(number(count))} {self._rows(query, count)}{_listed(names)}."

    def listed(self, query: Query, count: int, names: Sequence[str], *, more: bool) -> str:
        if query.limit == count:
            return f"Here are {bold(number(count))} of the {self._subject(query, _SEVERAL)}{_listed(names)}."
        some = " There are more; this is where I stopped." if more else ""
        return f"{self.counted(query, count, names)}{some}"

    def repeated(self, rows: int) -> str:
        return f"The table has {number(rows)} rows, one for each item linked to them."

    def one(self, query: Query, mention: str, name: str, told: str) -> str:
        if any(self._names(f, query.head) for f in query.filters):
            return f"Here is {name}{': ' + told if told else ''}."
        if self.layer.table(query.head).person and query.filters:
            return f"The {self._subject(query, 1)} is {mention}{f' ({told})' if told else ''}."
        return f"{self.counted(query, 1, (mention,))[:-1]}{f' ({told})' if told else ''}."

    def valued(self, owner: str, columns: str, value: str) -> str:
        names, values = columns.split("·"), value.split(" · ")
        if len(names) > 1 and len(names) == len(values):
            return f"{owner}: {', '.join(f'{name} {bold(one)}' for name, one in zip(names, values, strict=True))}."
        if columns.endswith("ed") and value[:1].isdigit():
            return f"{owner} was {columns} on {bold(value)}."
        return f"The {columns} of {owner} {'are' if is_many(columns) else 'is'} {bold(value)}."

    def blank(self, owner: str, columns: str) -> str:
        return f"{owner} has no {columns} (NULL)."

    def noted(self, owner: str, columns: str, value: str) -> str:
        return f"The {columns} of {owner} says: “{value}”"

    def located(self, query: Query, value: str) -> str:
        subject = self._subject(query, 1)
        return f"{subject if subject[0].isupper() or chr(39) in subject else 'The ' + subject} is at {value}."

    def best(self, query: Query, names: str, value: str, count: int) -> str:
        order = query.order[0]
        if query.place and query.place > 1:
            return self._next_best(query, names, value, count)
        has, value = "have" if count > 1 else "has", each(value, count, "en")
        if order.ref == COUNTED:
            most = f"the {self._direction(order)} {self._counted_noun(query)}"
            return f"{bold(names)} {has} {most} ({value})."
        named = label(order.ref, self.layer, "en")
        named = f"{self.aggregate(query.measure)} {named}" if query.measure in ("sum", "avg") else named
        if order.ref[0] and self.layer.column(order.ref).role == "date":
            be = f"{'are' if count > 1 else 'is'} the {self._direction(order)}"
            return f"Among {self.subject(query)}, {bold(names)} {be} ({named} {value})."
        what = f"the {self._direction(order)} {named}"
        return f"Among {self.subject(query)}, {bold(names)} {has} {what} ({value})."

    def best_rate(self, query: Query, names: str, value: str, count: int) -> str:
        how = "highest" if query.order[0].descending else "lowest"
        has, value = "have" if count > 1 else "has", each(value, count, "en")
        return f"{bold(names)} {has} the {how} share of {self.subject(in_part(query, self.layer))} ({value})."

    def _next_best(self, query: Query, names: str, value: str, count: int) -> str:
        """As in "number 2 by largest size"."""
        order, value = query.order[0], each(value, count, "en")
        named = self._counted_noun(query) if order.ref == COUNTED else label(order.ref, self.layer, "en")
        by = f"number {query.place} by {self._direction(order)} {named}"
        return f"Among {self.subject(query)}, {bold(names)} {'are' if count > 1 else 'is'} {by} ({value})."

    def ordered(self, order: Order, query: Query, count: int, names: Sequence[str]) -> str:
        what = "" if order.ref == COUNTED else f" {label(order.ref, self.layer, 'en')}"
        first = f"{self._direction(order)}{what} first"
        return f"Here are {bold(number(count))} {self._rows(query, count)}, {first}{_listed(names)}."

    def recommended(self, query: Query, need: str, name: str, why: str) -> str:
        return f"I recommend {bold(name)} among the {self._rows(query, _SEVERAL)} ({need}): {why}."

    def ahead(self, name: str, columns: Sequence[str]) -> str:
        return f"{bold(name)} is ahead in {_and(columns)}."

    def won(self, column: str, value: str, by: str) -> str:
        return f"{column} ({value}, by {by})"

    def apart(self, ref: Ref, gap: float) -> str:
        """How far two values of a column are from each other."""
        if self.layer.column(ref).ratio:
            return f"{number(round(gap * 100, 1))} points"
        return cell_of(ref, round(gap, 4), self.layer, "en")

    def difference(self, column: str, value: str) -> str:
        return f"The difference in {column} is {value}."

    def counted_noun(self, table: TableMeaning) -> str:
        return f"the number of {plural(table, 2)}"

    def among(self, query: Query, count: int) -> str:
        return f"Of the {count} {self._subject(query, count)}, "

    def also(self, column: str, value: str) -> str:
        return f"The {column} is {bold(value)}."

    def placed(self, place: int) -> str:
        return f"No. {place}"

    def compared(self, query: Query, names: Sequence[str], count: int) -> str:
        if 0 < len(names) <= 3:
            return f"Comparison of {' and '.join(names)}."
        return f"Comparison of {bold(number(count))} {self._subject(query, count)}{_listed(names)}."

    def grouped(self, query: Query, by: str, count: int, each: Sequence[str]) -> str:
        of = ", ".join(label(ref, self.layer, "en") for ref in query.of)
        what = self._counted_rows(query) if query.counted else self.subject(query)
        if query.having is not None:
            if query.of:
                return self._bounded(query, by, count, each)
            if query.asks_none:
                by = by if count == 1 or is_many(by) else f"{by}s"
                return f"{bold(str(count))} {by} without any {what}{_listed(each)}."
            bounds = {**BOUNDS, "=": "exactly", ">": "more than", "<": "fewer than"}
            bound = f"{bounds[query.having[0]]} {number(query.having[1])} {self._counted_noun(query, query.having[1])}"
            is_row = query.groups[0][1] in self.layer.table(query.head).display
            noun = plural(self.layer.table(query.head), count) if is_row else f"{by}{'' if count == 1 else 's'}"
            total = bold(str(count)) if count else "No"
            return f"{total} {noun} {'has' if count == 1 else 'have'} {bound}{_listed(each)}."
        measured = f"The number of {what}"
        if query.measure == "share":
            measured = f"The share of {f'the {of}' if of else self.subject(in_part(query, self.layer))}"
        elif of:
            counts = [f"number of {what}"] if query.tallied else []
            made = [*(f"{_MEASURES[name]} {of}" for name in (query.measure, *query.also)), *counts]
            measured = f"The {_and(made)}"
        if len(each) == count:
            return f"{measured} by {by}: {', '.join(each)}."
        return f"{measured} by {by} ({bold(str(count))} in all).{_most(each)}"

    def _bounded(self, query: Query, by: str, count: int, each: Sequence[str]) -> str:
        """As in "formats with an average size over 50 GB": groups by what is measured of them."""
        op, value = query.having or ("=", 0)
        bounds = {**BOUNDS, "=": "of exactly", ">": "over", "<": "under"}
        what = f"{_MEASURES[query.measure]} {label(query.of[0], self.layer, 'en')}"
        by = by if count == 1 or is_many(by) else f"{by}s"
        bound = f"{bounds[op]} {cell_of(query.of[0], value, self.layer, 'en')}"
        return f"{bold(str(count)) if count else 'There are no'} {by} with {what} {bound}{_listed(each)}."

    def measured(self, query: Query, value: str) -> str:
        columns = ", ".join(label(ref, self.layer, "en") for ref in query.of)
        if query.also:
            return f"The {columns} of {self.subject(query)}: {bold(value)}."
        columns = f"number of {columns}" if query.measure == "sum" and is_many(columns) else columns
        return f"The {_MEASURES[query.measure]} {columns} of {self.subject(query)} is {bold(value)}."

    def aggregate(self, measure: str) -> str:
        return _MEASURES[measure]

    def grain(self, grain: str) -> str:
        return grain

    def per(self, query: Query, shares: Sequence[str]) -> str:
        of, each = (label(ref, self.layer, "en") for ref in query.of)
        return f"The {of} per {each} of {self.subject(query)}{_listed(shares)}."

    def mean(self, query: Query, mean: str, part: str, whole: str) -> str:
        some, each = averaged(query, self.layer)
        name = label(query.of[0], self.layer, "en") if query.of else ""
        one, many = (name, f"{name}s") if name else (self._subject(each, 1), self.subject(each))
        return f"There are {bold(mean)} {self.subject(some)} per {one} on average ({part} for {whole} {many})."

    def shared(self, query: Query, percent: str, part: int, whole: int) -> str:
        met = self._subject(in_part(query, self.layer, filtered=False), part)
        be = f"is a {met}" if part == 1 else f"are {met}"
        return f"{number(part)} of {number(whole)} {self.subject(query)} {be}: {bold(percent + '%')}."

    def shared_sum(self, query: Query, percent: str, part: str, whole: str) -> str:
        total = f"the {label(query.of[0], self.layer, 'en')} of {'' if query.filters else 'all '}{self.subject(query)}"
        met = self.subject(in_part(query, self.layer, filtered=False))
        return f"Of {total} ({whole}), {met} take up {part}, {bold(percent + '%')}."

    def of_ended(self, percent: str, part: int, ended: int) -> str:
        return f"Of the {number(ended)} that have ended, {number(part)}: {bold(percent + '%')}."

    def best_of_each(self, query: Query, by: str, each: Sequence[str]) -> str:
        order, noun = query.order[0], self.layer.table(query.head).label.en
        named = label(order.ref, self.layer, "en")
        if order.ref[0] and self.layer.column(order.ref).role == "date":
            return f"The {self._direction(order)} {noun} ({named}) for each {by}{_listed(each)}."
        what = f"{self._direction(order)} {named}"
        return f"The {noun} with the {what} for each {by}{_listed(each)}."

    def distinct(self, query: Query, values: Sequence[str]) -> str:
        what = ", ".join(label(ref, self.layer, "en") for ref in query.of)
        whose = self.subject(query)
        told = f"{bold(number(len(values)))} different values of {what}: {', '.join(values)}"
        return f"{whose[:1].upper()}{whose[1:]} have {told}."

    def yes(self, query: Query, count: int, names: Sequence[str]) -> str:
        return f"Yes. {self.counted(query, count, names)}"

    def no(self, subject: str) -> str:
        are_many = any(is_many(word) for word in subject.split(" with")[0].split())
        return f"No, there {'are' if are_many else 'is'} no {subject}."

    def tested(self, name: str, one: Filter, value: str, *, holds: bool) -> str:
        return f"{'Yes' if holds else 'No'}, the {label(one.ref, self.layer, 'en')} of {name} is {bold(value)}."

    def differs(self, name: str, one: Filter, asked: str, value: str) -> str:
        what = label(one.ref, self.layer, "en")
        if one.op != "=":
            return f"No, the {what} of {name} is {bold(value)}."
        return f"The {what} of {name} is {bold(value)}, not {asked}."

    def same(self, names: Sequence[str], column: str, values: Sequence[str], *, holds: bool) -> str:
        each = ", ".join(f"{name}: {bold(value)}" for name, value in zip(names, values, strict=True))
        return f"{'Yes, the same' if holds else 'No, not the same'} {column} ({each})."

    def nothing(self, subject: str) -> str:
        return f"No result: there are no {subject} in the catalogue now."

    def no_such_name(self, table: TableMeaning, names: Sequence[str], subject: str) -> str:
        said = ", ".join(f"'{name}'" for name in names)
        return f"There is no {table.label.en} called {bold(said)} in the catalogue, so I could not look up {subject}."

    def tried(self, table: TableMeaning, names: Sequence[str], *, part: bool, like: bool) -> str:
        said = " or ".join(f"'{name}'" for name in names)
        ways = [f"a {table.label.en} with exactly that name"]
        ways += [f"names with {said} in them"] if part else []
        ways += ["names like it"] if like else []
        return f"I looked for {', then '.join(ways)}, and found none." if len(ways) > 1 else ""

    def perhaps(self, names: Sequence[str]) -> str:
        return f"Did you mean {' or '.join(bold(name) for name in names)}?"

    def ways(self, table: TableMeaning, own: Sequence[str], shared: Sequence[str]) -> str:
        ways = "\n".join(f"- {way}" for way in (*own, *([" or ".join(shared)] if shared else [])))
        return f"I can look again if you tell me one of these:\n{ways}\n- or see the whole list: “{self.all_of(table)}”"

    def show(self, query: Query) -> str:
        return f"Show {self.subject(query)}"

    def all_of(self, table: TableMeaning) -> str:
        return f"Show all {plural(table, 2)}"

    def all_are(self, column: str, value: str) -> str:
        return f"All have {column} {bold(value)}."

    def highest(self, column: str, name: str, value: str, site: str) -> str:
        return f"Best {column}, {bold(name)} ({value}): for {site}."

    def without(self, column: str, names: str, why: str) -> str:
        return f"No {column} for {names}: {why}."

    def without_part(self, table: str, names: str) -> str:
        return f"{names}: no {plural(self.layer.table(table), 2)} recorded yet."

    def near(self, columns: str) -> str:
        return f"Nearly equal: {columns}"

    def after(self, state: str, time: str) -> str:
        return f"{state} after {time}"

    def going_on(self, state: str, time: str) -> str:
        return f"{state} for {time}"

    def flow(self, about: str) -> str:
        return f"How the data hangs together: {about}"

    def corrected(self, typed: str, taken: str, *, spelled: bool) -> str:
        if spelled:
            return f"I read '{typed}' as '{taken}'."
        return f"I could not find '{typed}', so I took it for '{taken}'."

    def dropped(self, words: Sequence[str]) -> str:
        said = ", ".join(f"‘{word}’" for word in words)
        if any(len(word) > 1 and word.isascii() for word in words):
            return f"I do not know {said}, and answered without."
        return f"I left out {said} as stray characters."

    def searched(self, words: Sequence[str], ref: Ref) -> str:
        said = " and ".join(f"'{word}'" for word in words)
        return f"I looked for {said} in the {label(ref, self.layer, 'en')}."

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

    def unclear(self, words: Sequence[str], near: Sequence[str], *, are_known: bool) -> str:
        said = ", ".join(f"'{word}'" for word in words)
        hint = f" Did you mean {', '.join(bold(name) for name in near)}?" if near else ""
        if are_known:
            return (
                f"I can't tell what {said} is to do in this question, and would rather ask than answer wrongly.{hint} "
                "Please say it in other words."
            )
        return (
            f"I can't tell what {said} means: the catalogue has no such thing that I know of, and I would rather ask "
            f"than answer wrongly.{hint} Please say it in other words."
        )

    def which(self, word: str, labels: Sequence[str]) -> str:
        *others, last = (bold(label) for label in labels)
        said = f"{', '.join(others)} or {last}" if others else last
        return f"'{word}' could mean several things here. Which one do you mean: {said}?"

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

    def welcome(self) -> str:
        return "You're welcome! Ask me whenever you need more."

    def help(self, about: str, tables: Sequence[str]) -> str:
        return (
            f"I answer questions about {', '.join(tables)} in plain language. I only "
            f"read; I never change data.\n\n{about}"
        )

    def outside(self, tables: Sequence[str]) -> str:
        return f"Sorry, that is out of scope for me: I can only answer questions about {', '.join(tables)}."

    def heading(self, name: str) -> str:
        return _HEADINGS[name]


def _and(parts: Sequence[str]) -> str:
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def _most(each: Sequence[str]) -> str:
    return f" The most: {', '.join(each)}." if each else ""


def _listed(names: Sequence[str]) -> str:
    return f": {', '.join(names)}" if names else ""
