"""Reads a clean question into a query: the head, its conditions, what is measured and how it is ranked."""

import re
from dataclasses import dataclass, replace
from datetime import date

from agent.language import language_of
from agent.offline import conditions, coverage, dialogue, guard, joins
from agent.offline.correct import Correction, correct
from agent.offline.dialogue import Antecedent
from agent.offline.frames import Frame
from agent.offline.grouping import Grouping, grouping, is_count, measured, per_unit
from agent.offline.halves import halves
from agent.offline.heads import find_head
from agent.offline.lexicon import Lexicon
from agent.offline.mentions import cut
from agent.offline.ordering import is_drawback, ranking
from agent.offline.query import Filter, Order, Query, Ref
from agent.offline.reading import Intent, Reading, Style
from agent.offline.sentence import Sentence
from db.catalog.meaning import SemanticLayer

_RANKS = ("many", "few", "high", "low", "newest", "oldest", "longest", "shortest")
_KINDS = re.compile(r"(?:종류|types|kinds)$", re.IGNORECASE)
_RECOMMENDED = 5


def understand(text: str, frames: tuple[Frame, ...], lexicon: Lexicon, today: date) -> tuple[Reading, ...]:
    """The readings of a clean question after the talk in `frames` (newest first).

    Two where it asks for two kinds of rows ("프로젝트랑 모델 보여줘"), else one.
    """
    mentions, corrections = correct(cut(text, lexicon, today), lexicon)
    sentence = Sentence(mentions, lexicon.layer, english=language_of(text) == "en")
    halved = halves(sentence)
    reader = _Reader(sentence, frames, lexicon, corrections)
    if guard.asks_to_write(text):
        spoken = reader.query()
        return (Reading("write", spoken.query if spoken else None),)
    whole = reader.read()
    if whole.intent != "query" or not halved:
        return (whole,)
    first, second = (_Reader(half, frames, lexicon, corrections).read() for half in halved)
    if first.intent != "query" or second.intent != "query":
        return (whole,)
    return first, replace(second, corrections=(), dropped=())


@dataclass(frozen=True, slots=True)
class _Conditions:
    filters: list[Filter]
    absent: list[str]
    counted: tuple[str, tuple[str, float]] | None


class _Reader:
    def __init__(
        self, sentence: Sentence, frames: tuple[Frame, ...], lexicon: Lexicon, corrections: tuple[Correction, ...]
    ) -> None:
        self.sentence = sentence
        self.frames = frames
        self.lexicon = lexicon
        self.layer = lexicon.layer
        self.corrections = corrections

    def read(self) -> Reading:
        sentence = self.sentence
        if sentence.has("help") and not any(sentence.values(i) for i in range(len(sentence))):
            return Reading("help")
        if missing := [m.surface for m in sentence.mentions if any(s.missing for s in m.senses)]:
            return replace(self.query() or Reading("missing"), intent="missing", words=tuple(missing),
                           corrections=self.corrections)  # fmt: skip
        checked = coverage.check(sentence, self.lexicon)
        if checked.stop is not None:
            return replace(checked.stop, corrections=self.corrections)
        self.sentence = checked.sentence
        found = self._follow_up() or self.query()
        if found is None:
            return Reading(_courtesy(sentence))
        return replace(found, corrections=self.corrections, dropped=checked.dropped)

    # --- follow-ups

    def _follow_up(self) -> Reading | None:
        sentence, frames = self.sentence, self.frames
        frame = next((frame for frame in frames if frame.query is not None), None)
        pronoun = sentence.has("that", "it", "person", "those")
        is_correction = sentence.has("correction") or _swaps(sentence)
        if frame is None or frame.query is None or pronoun or not dialogue.is_ellipsis(sentence):
            return None
        if any(sentence.is_name(i) for i in range(len(sentence))) and not is_correction and not self._replaces(frame):
            return None
        head = frame.query.head
        amounts, _ = conditions.amount_filters(sentence, head)
        filters = [*conditions.value_filters(sentence, head), *amounts, *conditions.date_filters(sentence, head)]
        limit = ranking(sentence, head).limit
        query = dialogue.changed(sentence, frame, filters, limit)
        return Reading("query", query, _style(frame.style)) if query else None

    def _replaces(self, frame: Frame) -> bool:
        """Whether the names of the question stand where a name of the last one stood."""
        refs = {one.ref for one in frame.query.filters} if frame.query else set()
        tables = {ref[0] for ref in refs}
        values = [value for i in range(len(self.sentence)) for value in self.sentence.values(i)]
        return any(value.ref in refs or value.table in tables for value in values)

    # --- questions of their own

    def query(self) -> Reading | None:
        sentence = self.sentence
        before = dialogue.antecedent(sentence, self.frames)
        if before is not None and before.lost is not None:
            return Reading("no_antecedent", words=(before.lost,))
        before = before or dialogue.ranked_again(sentence, self.frames) or Antecedent()
        of_those = before.head if sentence.has("those") and not any(sentence.tables()) else None
        head = of_those or self._own_of(before.head) or find_head(sentence, before.bound) or before.head
        if head is None or not self._says_something(before):
            return None
        if apart := self._unconnected(head):
            return Reading("unclear", words=apart)
        read = self._conditions(head, before)
        group = grouping(sentence, head, read.filters)
        if read.counted is not None and not group.groups:
            names = tuple((head, name) for name in self.layer.table(head).display)
            group = Grouping(names, head, read.counted[0], having=read.counted[1])
        query = self._composed(group.head or head, read, group)
        if left := sentence.left_over() or self._unanswered(query):
            return Reading("unclear", words=left)
        return self._styled(self._with_concepts(query))

    def _own_of(self, table: str | None) -> str | None:
        """The table that was spoken of, where only a column of it is asked: "그거 상태는?"."""
        sentence = self.sentence
        if table is None or any(sentence.tables()) or sentence.has("who"):
            return None
        asked = [column.table for i in range(len(sentence)) for column in sentence.columns(i)]
        return table if table in asked else None

    def _unconnected(self, head: str) -> tuple[str, ...]:
        """Names that no foreign key ties to what is asked for: leaving them out would answer another question."""
        sentence = self.sentence
        named = (i for i in range(len(sentence)) if sentence.values(i))
        return tuple(sentence.mentions[i].surface for i in named if not sentence.nearest_values(i, head))

    def _unanswered(self, query: Query) -> tuple[str, ...]:
        """Negations and rankings that the query does not hold: it would answer another question."""
        sentence = self.sentence
        surfaces = [mention.surface for mention in sentence.mentions]
        negates = any(f.negated or f.op == "null" for f in query.filters) or query.absent
        if not negates and (places := [i for i in sentence.where("negate") if not sentence.does(i, "no_value")]):
            return tuple(f"{surfaces[i - 1]} {surfaces[i]}" if i else surfaces[i] for i in places[:1])
        ranks = sentence.where(*_RANKS) if sentence.has("superlative") else []
        ranked = query.order or query.measure in ("avg", "sum", "min", "max", "share", "per")
        return tuple(surfaces[i] for i in ranks[:1]) if not ranked else ()

    def _says_something(self, before: Antecedent) -> bool:
        content = [m for m in self.sentence.mentions if m.parts or m.amount or any(s.word is None for s in m.senses)]
        return bool(content) or bool(before.filters)

    def _conditions(self, head: str, before: Antecedent) -> _Conditions:
        sentence = self.sentence
        missing, absent = conditions.missing_filters(sentence, head)
        keys = conditions.key_filters(sentence)
        columns = conditions.column_filters(sentence, head)
        amounts, counted = conditions.amount_filters(sentence, head)
        dates = conditions.date_filters(sentence, head)
        values = conditions.value_filters(sentence, head)
        all_filters = [*before.filters, *keys, *values, *missing, *columns, *amounts, *dates]
        reachable = [f for f in all_filters if not f.ref[0] or joins.connected(self.layer, head, f.ref[0])]
        return _Conditions(reachable, [t for t in absent if joins.connected(self.layer, head, t)], counted)

    def _composed(self, head: str, read: _Conditions, group: Grouping) -> Query:
        sentence = self.sentence
        query = Query(head, filters=tuple(read.filters), absent=tuple(read.absent))
        if sentence.has_contrast():
            query = _either(query)
        if ratio := per_unit(sentence, head):
            return replace(query, measure="per", of=ratio)
        if query.filters and sentence.has("share"):
            return replace(query, measure="share")
        grouped = bool(group.groups)
        measure, of = measured(sentence, group.counted or head)
        if not of:
            measure, of = measured(sentence, head)
        rank = ranking(sentence, head)
        if rank.counted is not None and not grouped:
            names = tuple((head, name) for name in self.layer.table(head).display)
            group, grouped = Grouping((rank.category,) if rank.category else names, head, rank.counted), True
        counts = is_count(sentence, head)
        query = replace(query, order=rank.order, place=rank.place, limit=rank.limit)
        query = replace(query, criterion=rank.criterion.name if rank.criterion else None)
        if grouped and (of or counts or group.having or rank.counted):
            return replace(query, groups=group.groups, counted=group.counted, having=group.having, of=of,
                           zero=group.zero, measure=measure if of else "count")  # fmt: skip
        if of:
            return replace(query, measure=measure, of=of, order=(), place=None)
        if counts and (kinds := self._kinds(head)):
            return replace(query, measure="distinct", of=kinds, order=(), place=None, limit=None)
        if counts:
            return replace(query, measure="count", order=(), place=None, limit=None)
        return self._with_columns(query)

    def _with_columns(self, query: Query) -> Query:
        columns = self._columns(query.head)
        if not columns:
            return query
        only = self.layer.column(columns[0]) if len(columns) == 1 and columns[0][0] else None
        asks_values = only is not None and only.role == "category" and only.table == query.head
        by = any(m.surface.lower() == "by" for m in self.sentence.mentions)
        if asks_values and not query.order and query.limit is None and self._asks_kinds(columns[0]):
            return replace(query, measure="distinct", of=columns)
        if (
            asks_values
            and not by
            and not query.filters
            and not query.order
            and not query.absent
            and query.limit is None
        ):
            return replace(query, measure="distinct", of=columns)
        return replace(query, columns=columns)

    def _asks_kinds(self, ref: Ref) -> bool:
        """As in "쓴 GPU 종류": which values there are, not which row has which."""
        named = [i for i in range(len(self.sentence)) if any(c.ref == ref for c in self.sentence.columns(i))]
        return any(_KINDS.search(self.sentence.mentions[i].surface) for i in named)

    def _kinds(self, head: str) -> tuple[Ref, ...]:
        """As in "GPU 종류가 몇 개야?": the category whose values are counted."""
        found = [self.sentence.nearest_column(i, head) for i in range(len(self.sentence))]
        kinds = [c.ref for c in found if c is not None and c.role == "category" and c.table == head]
        return tuple(ref for ref in kinds[:1] if self._asks_kinds(ref))

    def _columns(self, head: str) -> tuple[Ref, ...]:
        """The columns asked for: attributes by name, a describing table's, a person who is asked for."""
        sentence, found = self.sentence, list[Ref]()
        for i in range(len(sentence)):
            table, span = sentence.table(i), sentence.span(i)
            if i in sentence.used or self._is_given(i):
                continue
            if table is not None and table.part_of == head:
                found += [(head, name) for name in self.layer.table(head).show if name in _stage_like(self.layer, head)]
                found += [(table.name, name) for name in table.show]
            elif span and joins.connected(self.layer, head, span[0].table) and not span[1]:
                found.append(("", span[0].name))
            elif (column := sentence.nearest_column(i, head)) and not self._is_date_verb(i) and not sentence.values(i):
                found.append(column.ref)
        asked_roles = {"where": "path", "when": "date"}
        roles = [role for word, role in asked_roles.items() if sentence.has(word)]
        found += [(head, column.name) for column in self.layer.table(head).columns if column.role in roles]
        person = next((table for table in self.layer.tables if table.person), None)
        if sentence.has("who") and person and person.name != head and joins.connected(self.layer, head, person.name):
            found += [(person.name, name) for name in person.display]
        told = tuple(dict.fromkeys(ref for ref in found if not self._is_name_of(head, ref)))
        return told or tuple(dict.fromkeys(found))

    def _is_name_of(self, head: str, ref: Ref) -> bool:
        """Whether a column is told anyway; a path is worth asking for by name."""
        named = ref[0] == head and ref[1] in self.layer.table(head).display
        return named and self.layer.column(ref).role != "path"

    def _is_given(self, i: int) -> bool:
        """As in "status active": the column only says what the value beside it is of."""
        refs = {column.ref for column in self.sentence.columns(i)}
        beside = (*self.sentence.values(i + 1), *(self.sentence.values(i - 1) if i and self.sentence.english else ()))
        return any(value.ref in refs for value in beside)

    def _is_date_verb(self, i: int) -> bool:
        return self.sentence.is_verbal(i) and all(column.role == "date" for column in self.sentence.columns(i))

    def _with_concepts(self, query: Query) -> Query:
        for i in range(len(self.sentence)):
            concept = self.sentence.concept(i)
            if concept is None or not joins.connected(self.layer, query.head, concept.table):
                continue
            if query.counted == concept.table:
                query = replace(query, concept=concept.name)
                continue
            where = tuple(Filter(ref, "=", values) for ref, values in concept.where)
            present = (*query.present, *concept.having)
            query = replace(query, present=present, concept=concept.name, filters=(*query.filters, *where))
        return query

    def _styled(self, query: Query) -> Reading:
        sentence = self.sentence
        criterion = next((c for c in self.layer.criteria if c.name == query.criterion), None)
        if criterion is not None and is_drawback(criterion, self.layer):
            query = query if query.limit or query.place else replace(query, limit=_RECOMMENDED)
        elif criterion is not None and (sentence.has("recommend") or not _is_ranked(sentence)):
            return self._recommended(query, criterion.scope)
        if sentence.has("recommend") and not query.order and not any(f.op != "=" for f in query.filters):
            default = next((c for c in reversed(self.layer.criteria) if c.table == query.head), None)
            if default is not None:
                order = (Order(default.column, default.descending),)
                return self._recommended(replace(query, order=order, criterion=default.name), default.scope)
        style = self._plain_style(query)
        if style == "compare":
            query = self._compared(query)
        if sentence.has("same") and query.columns:
            return Reading("query", query, "exists", same=query.columns[0])
        return self._tested(Reading("query", query, style))

    def _plain_style(self, query: Query) -> Style:
        sentence = self.sentence
        if query.measure == "count" and not query.groups:
            return "count"
        if sentence.has("compare") and not query.groups:
            return "compare"
        if query.place is not None or query.order:
            return "best"
        asked = sentence.has("list", "which", "how_much", "where", "when", "who")
        return "exists" if sentence.has("exists") and not asked else "list"

    def _compared(self, query: Query) -> Query:
        """With what rows are weighed by, in the order of their names."""
        if not query.columns and not query.of:
            query = replace(query, columns=self._described(query.head))
        if query.order:
            return query
        names = self.layer.table(query.head).display
        return replace(query, order=tuple(Order((query.head, name), False) for name in names))

    def _tested(self, reading: Reading) -> Reading:
        """As in "Is X in production?": the row is shown, the condition answered in words."""
        query = reading.query
        if query is None or reading.style not in ("exists", "list") or query.measure != "rows" or query.columns:
            return reading
        named = [f for f in query.filters if f.ref[0] == query.head and self.layer.column(f.ref).role == "name"]
        tested = [f for f in query.filters if f.ref[0] == query.head and self.layer.column(f.ref).role == "category"
                  and f.ref[1] not in self.layer.table(query.head).display and f.op == "="]  # fmt: skip
        if reading.style != "exists" or not named or len(tested) != 1:
            return reading
        kept = tuple(f for f in query.filters if f not in tested)
        return replace(reading, query=replace(query, filters=kept, columns=(tested[0].ref,)), tested=tested[0])

    def _described(self, head: str) -> tuple[Ref, ...]:
        """The columns that rows are weighed by: what they are scoped by, and the describing tables'."""
        parts = [table for table in self.layer.tables if table.part_of == head]
        asked = tuple((head, name) for name in _stage_like(self.layer, head))
        return (*asked, *((part.name, name) for part in parts for name in part.show)) if parts else ()

    def _recommended(self, query: Query, scope: tuple[tuple[Ref, tuple[str, ...]], ...]) -> Reading:
        bounded = {f.ref for f in query.filters} | {f.ref for f in query.filters if f.ref[0] == query.head}
        named = any(ref[0] == query.head for ref in bounded)
        added = () if named else tuple(Filter(ref, "=", values) for ref, values in scope if ref not in bounded)
        columns = self._described(query.head)
        query = replace(query, filters=(*query.filters, *added), columns=columns, place=None, measure="rows")
        return Reading("query", replace(query, limit=query.limit or _RECOMMENDED, of=(), groups=()), "recommend")


def _either(query: Query) -> Query:
    """As in "A가 B보다 느려?": rows of A and of B, where the two are named by different columns."""
    compared = tuple(f for f in query.filters if f.op == "=" and not f.negated)
    if len(compared) < 2:
        return query
    return replace(query, filters=tuple(f for f in query.filters if f not in compared), either=compared)


def _stage_like(layer: SemanticLayer, head: str) -> tuple[str, ...]:
    """The head's columns that the layer's criteria scope by: worth seeing beside a ranking."""
    return tuple(dict.fromkeys(ref[1] for c in layer.criteria for ref, _ in c.scope if ref[0] == head))


def _is_ranked(sentence: Sentence) -> bool:
    ordinal = any(m.amount and m.amount.unit == "ordinal" for m in sentence.mentions)
    return ordinal or sentence.has("superlative", "list", "which", "first_of", "last_of", "compare", "exists")


def _courtesy(sentence: Sentence) -> Intent:
    if sentence.has("thanks"):
        return "thanks"
    return "greeting" if sentence.has("greeting") else "outside"


def _swaps(sentence: Sentence) -> bool:
    """As in "A 말고 B": two values of one column, the first negated."""
    return sentence.has("negate") and sum(1 for i in range(len(sentence)) if sentence.values(i)) >= 2


def _style(name: str) -> Style:
    styles: tuple[Style, ...] = ("list", "count", "compare", "recommend", "exists", "best")
    return next((style for style in styles if style == name), "list")
