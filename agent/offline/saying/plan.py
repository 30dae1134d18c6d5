"""Which look-ups a reading needs: the answer itself last, what explains it before."""

import json
from dataclasses import dataclass, replace

from agent.llm.protocol import Observation, Prompt, ToolCall
from agent.offline.query import joins
from agent.offline.query.query import Filter, Query, Ref
from agent.offline.query.sql import render
from agent.offline.reading.reading import Reading
from agent.offline.words.lexicon import Lexicon
from db.catalog.meaning import Detail, Fetch, SemanticLayer
from db.catalog.table import Table

MOST_CALLS = 8
MOST_TRIED = 2


@dataclass(frozen=True, slots=True)
class Lookup:
    """One tool call. `purpose`: main, count, detail, related, like, texts, names, state, in_state, apart."""

    tool: str
    argument: str
    purpose: str
    fetch: Fetch | None = None
    query: Query | None = None

    def call(self) -> ToolCall:
        """The call, still without an id."""
        name = "sql" if self.tool == "execute_sql" else "text"
        return ToolCall("", self.tool, json.dumps({name: self.argument}, ensure_ascii=False))


@dataclass(frozen=True, slots=True)
class Found:
    """A look-up with what came of it; `table` is None when it failed or ran no query."""

    lookup: Lookup
    observation: Observation

    @property
    def table(self) -> Table | None:
        return self.observation.table if self.observation.ok else None


@dataclass(frozen=True, slots=True)
class Planner:
    """Plans look-ups for readings, in the catalogue's SQL: `dialect` is sqlglot's name of it."""

    lexicon: Lexicon
    dialect: str

    def first(self, reading: Reading) -> tuple[Lookup, ...]:
        """The look-ups that can be made at once. Raises LookupError when tables are not connected."""
        if reading.intent in ("unclear", "missing"):
            return tuple(Lookup("find_values", word, "names") for word in reading.words[:MOST_TRIED])
        query = reading.query
        if reading.intent != "query" or query is None:
            return ()
        lookups: list[Lookup] = []
        if query.measure == "count" and not query.groups:
            if not reading.searched:  # else counted as soon as the words are found
                lookups.append(self._sql(query, "count"))
            query = replace(query, measure="rows")
            lookups += self._related(query)
        lookups += self._details(query)
        lookups += self._in_state(reading)
        return (*lookups[: MOST_CALLS - 1], self._sql(query, "main"))

    def second(self, reading: Reading, found: tuple[Found, ...]) -> tuple[Lookup, ...]:
        """Other ways to try when the answer came back empty: names that are not known, other versions, texts alone."""
        layer = self.lexicon.layer
        query = reading.query
        main = next((one for one in found if one.lookup.purpose == "main"), None)
        if query is None or main is None or main.table is None:
            return ()
        if main.table.rows:
            is_left = bool(reading.searched) and query.measure == "count" and not query.groups
            return (self._sql(query, "count"),) if is_left else ()
        if reading.searched:
            texts = tuple(one for one in query.filters if one.op == "like")
            rows = Query(query.head, filters=texts, columns=tuple(one.ref for one in texts), via=query.via)
            return (self._sql(rows, "texts"),) if len(texts) < len(query.filters) else ()
        lookups: list[Lookup] = [self._sql(state, "state")] if (state := self._state(query)) else []
        for one in query.filters:
            if one.op != "=" or one.negated or not one.ref[0]:
                continue
            several = len(layer.table(one.ref[0]).display) > 1 and one.ref[0] == query.head
            unknown = tuple(value for value in one.values if value not in self.lexicon.values.values_of(*one.ref))
            if layer.column(one.ref).role == "name" and (unknown or several):
                lookups += self._by_name(replace(one, values=unknown or one.values))
        return tuple(lookups[:MOST_CALLS])

    def _state(self, query: Query) -> Query | None:
        """What the one named row has in the column that was asked to be otherwise."""
        layer = self.lexicon.layer
        head = layer.table(query.head)
        names = (head.primary_key, *head.display)
        named = tuple(one for one in query.filters if one.ref[0] == head.name and one.ref[1] in names and one.op == "=")
        asked = [one for one in query.filters if one not in named]
        is_one = bool(named) and all(len(one.values) == 1 and not one.negated for one in named)
        if not is_one or len(asked) != 1 or asked[0].negated or query.measure not in ("rows", "count") or query.groups:
            return None
        table = asked[0].ref[0]
        spans = {("", span.name) for span in layer.spans if span.table == head.name}
        is_own = asked[0].ref in spans or (bool(table) and (layer.table(table).part_of or table) == head.name)
        if not is_own or asked[0].op not in ("=", ">", ">=", "<", "<="):
            return None
        return Query(head.name, filters=named, columns=(asked[0].ref,), via=query.via)

    def _by_name(self, one: Filter) -> list[Lookup]:
        """The name written in part, and the names like it."""
        table = one.ref[0]
        lookups = []
        for value in one.values[:MOST_TRIED]:
            like = Query(table, filters=(Filter(one.ref, "like", (f"%{value}%",)),))
            lookups.append(self._sql(like, "like"))
            lookups.append(Lookup("find_values", str(value), "names"))
        return lookups

    def _sql(self, query: Query, purpose: str, fetch: Fetch | None = None) -> Lookup:
        written = self.lexicon.memo.once(
            ("sql", query, self.dialect), lambda: render(query, self.lexicon.layer, self.dialect)
        )
        return Lookup("execute_sql", written, purpose, fetch, query)

    def _related(self, query: Query) -> list[Lookup]:
        """What hangs on the counted rows one step further, where they were narrowed down."""
        if not query.filters and not query.present:
            return []
        layer = self.lexicon.layer
        children = [key.table for key in layer.foreign_keys if key.parent_table == query.head]
        names = [
            table for table in map(layer.table, children) if any(_is_name(layer, table.name, d) for d in table.display)
        ]
        head = tuple((query.head, name) for name in layer.table(query.head).display)
        return [
            self._sql(Query(table.name, columns=head, filters=query.filters, via=query.via), "related")
            for table in names[:1]
            if all(not f.ref[0] or joins.connected(layer, table.name, f.ref[0]) for f in query.filters)
        ]

    def _in_state(self, reading: Reading) -> list[Lookup]:
        """Beside the run before, asked whether it was in a state: the newest one before that was."""
        about, query = reading.runs, reading.query
        if about is None or about.asks != "previous" or about.state is None or query is None:
            return []
        near = reading.otherwise.query if reading.otherwise is not None else None
        asked = [one for one in (query, near) if one is not None]
        return [self._sql(replace(one, filters=(*one.filters, about.state)), "in_state") for one in asked]

    def _details(self, query: Query) -> list[Lookup]:
        layer = self.lexicon.layer
        lookups = []
        for detail, when in details_of(query, layer):
            rest = tuple(f for f in query.filters if f.ref != when.ref)
            for fetch in detail.fetch:
                parent: tuple[Ref, ...] = tuple((detail.table, name) for name in layer.table(detail.table).display)
                where = tuple(Filter(ref, "=", values) for ref, values in fetch.where)
                columns = (*parent, *((fetch.table, name) for name in fetch.show))
                wanted = Query(fetch.table, columns=columns, filters=(*rest, when, *where), via=query.via)
                lookups.append(self._sql(wanted, "detail", fetch))
        return lookups


def _is_name(layer: SemanticLayer, table: str, column: str) -> bool:
    return layer.column((table, column)).role == "name"


def details_of(query: Query, layer: SemanticLayer) -> list[tuple[Detail, Filter]]:
    """The layer's details that apply, with the condition that called for each."""
    called = []
    for detail in layer.details:
        for ref, values in detail.when:
            asked = [f for f in query.filters if f.ref == ref and f.op == "=" and not f.negated]
            hit = tuple(value for one in asked for value in one.values if value in values)
            if hit and query.measure == "rows" and query.head == detail.table:
                called.append((detail, Filter(ref, "=", hit)))
    return called


def observed(lookups: tuple[Lookup, ...], prompt: Prompt) -> tuple[Found, ...]:
    """What came of those look-ups that were made in this turn's steps."""
    known = {
        (observation.call.name, _argument(observation.call)): observation
        for step in prompt.steps
        for observation in step.observations
    }
    return tuple(
        Found(lookup, known[lookup.tool, lookup.argument])
        for lookup in lookups
        if (lookup.tool, lookup.argument) in known
    )


def _argument(call: ToolCall) -> str:
    """The one argument of a call; of another engine's call the first, "" when there is none."""
    try:
        arguments = json.loads(call.arguments)
    except ValueError:
        return ""
    return str(next(iter(arguments.values()), "")) if isinstance(arguments, dict) else ""
