"""The gate after reading: what of a question its query does not hold. An answer would be to another question."""

from collections.abc import Iterator

from agent.offline.query import joins
from agent.offline.query.query import COUNTED, Query, Ref
from agent.offline.reading.checks.doubts import doubted
from agent.offline.reading.figures.grouping import places
from agent.offline.reading.figures.ordering import in_order
from agent.offline.reading.reading import Reading
from agent.offline.words.kind_of_value import says_what_kind
from agent.offline.words.particles import OF
from agent.offline.words.sentence import Sentence

_RANKS = ("many", "few", "high", "low", "newest", "oldest", "longest", "shortest")
_LOOSE = ("최근", "최근에", "recent", "recently", "first", "last", "처음", "예전", "나중")
_MEASURED = ("avg", "sum", "min", "max")


def unspent(sentence: Sentence, reading: Reading, bound: frozenset[int]) -> Reading | None:
    """The question back, where words with a meaning are left out by the reading; None when all are accounted for."""
    query = reading.query
    if query is None:
        return None
    doubts = tuple(doubted(sentence, query))
    left = sentence.left_over()
    if not left:
        gate = _Gate(sentence, reading, query, bound)
        left = tuple(dict.fromkeys((*gate.negations(), *gate.functions(), *gate.words(), *doubts)))[:2]
    return Reading("unclear", words=left, are_known=set(left) <= set(doubts)) if left else None


def lost_functions(sentence: Sentence, reading: Reading) -> tuple[str, ...]:
    """The rankings, groups, counts and aggregates of a question that its query does not make."""
    if reading.query is None:
        return ()
    return tuple(dict.fromkeys(_Gate(sentence, reading, reading.query, frozenset()).functions()))[:2]


class _Gate:
    def __init__(self, sentence: Sentence, reading: Reading, query: Query, bound: frozenset[int]) -> None:
        self.sentence = sentence
        self.reading = reading
        self.query = query
        self.bound = bound
        self.refs = set(_refs(query, reading)) | _naming(sentence, query)
        self.tables = self._joined()

    def _joined(self) -> set[str]:
        """The tables of the query and those its joins may pass through; which of them they do is settled later."""
        layer, query = self.sentence.layer, self.query
        known = {table.name for table in layer.tables}
        ends = ({ref[0] for ref in self.refs} | {*query.absent, *query.present}) & known
        ends |= {query.counted} if query.counted else set()
        spans = {span for span in layer.spans if ("", span.name) in self.refs}
        ends |= {table for span in spans for table in (span.table, span.start[0], span.end[0])}
        passed = {query.head}
        for end in ends:
            for key in (key for path in layer.join_paths(query.head, end) for key in path):
                passed |= {key.table, key.parent_table}
        return passed

    # --- function words

    def negations(self) -> list[str]:
        query, sentence = self.query, self.sentence
        conditions = (*query.filters, *query.part)
        if query.absent or any(f.negated or f.op in ("null", "alike") for f in conditions):
            return []
        if sentence.has("include_zero") and (query.zero or query.every):
            return []
        found = [i for i in sentence.where("negate") if not sentence.does(i, "no_value") and i not in sentence.used]
        surfaces = [mention.surface for mention in sentence.mentions]
        return [f"{surfaces[i - 1]} {surfaces[i]}" if i else surfaces[i] for i in found[:1]]

    def functions(self) -> Iterator[str]:
        """Rankings, groups, counts, aggregates and shares that the query does not make."""
        query, sentence = self.query, self.sentence
        ranked = bool(query.order) or query.measure in (*_MEASURED, "median", "share", "per")
        averages = (i for i in sentence.where("than_avg") if i not in sentence.used)
        yield from (sentence.mentions[i].surface for i in averages)
        if sentence.has("superlative") and not ranked:
            yield from (*self._surfaces(_RANKS), *self._surfaces(("superlative",)))
        if len(sentence.where("superlative")) > 1 and self._is_torn():
            yield from self._surfaces(("low", "few", "shortest", "oldest"))
        if not ranked and not query.groups:
            yield from (sentence.mentions[i - 1].surface for i in range(1, len(sentence)) if self._is_lost_order(i))
        if places(sentence) and not (query.groups or query.within or query.measure in ("per", "mean")):
            found = ((i, self.sentence.table(i)) for i in places(sentence))
            yield from (sentence.mentions[i].surface for i, table in found if not table or table.name != query.head)
        if not ranked and not query.groups and not any(f.op == "between" for f in query.filters):
            lasting = (i for i in sentence.where("longest", "shortest") if i not in sentence.used)
            yield from (sentence.mentions[i].surface for i in lasting)
            turns = [i for i in sentence.where("newest", "oldest", "later", "earlier") if i not in sentence.used]
            surfaces = (sentence.mentions[i].surface for i in turns)
            yield from (surface for surface in surfaces if surface.lower() not in _LOOSE)
        if not (query.groups or query.measure in ("share", "median", *_MEASURED)):
            yield from self._surfaces(("rate",))
        if sentence.has("share") and query.measure != "share":
            yield from self._surfaces(("share",))
        yield from self._aggregates()

    def _aggregates(self) -> Iterator[str]:
        query, sentence = self.query, self.sentence
        if sentence.has("median") and (query.measure != "median" or len(sentence.where("avg")) > 1):
            yield from self._surfaces(("median",))
        for name in _MEASURED:
            own = {
                "mean": ("avg",),
                "median": ("avg",),
                "share": ("sum",) if query.of or self._shares_several() else (),
            }.get(query.measure, ())
            made = (*own, query.measure, *query.also)
            if sentence.has(name) and name not in made and not self._ranks_by(name):
                yield from self._surfaces((name,))

    def _shares_several(self) -> bool:
        """As in "COCO랑 YOLO 합쳐서 몇 퍼센트": the share of several values together."""
        return any(len(one.values) > 1 for one in self.query.part)

    def _is_lost_order(self, i: int) -> bool:
        return in_order(self.sentence, i) and bool(self.sentence.columns(i - 1))

    def _is_torn(self) -> bool:
        """Whether both ends of an order are asked for, of which one query gives but one."""
        pairs = (("high", "low"), ("many", "few"), ("longest", "shortest"), ("newest", "oldest"))
        return any(self.sentence.has(one) and self.sentence.has(other) for one, other in pairs)

    def _ranks_by(self, name: str) -> bool:
        """As in "최대 용량 데이터셋": the largest is also a rank; 총 몇 개 counts."""
        if name == "sum":
            return (
                self.query.measure == "count"
                or bool(self.query.order)
                or bool(self.query.counted)
                or self.sentence.has("count")
            )
        return name in ("max", "min") and bool(self.query.order)

    def _surfaces(self, names: tuple[str, ...]) -> Iterator[str]:
        yield from (self.sentence.mentions[i].surface for i in self.sentence.where(*names))

    # --- content

    def words(self) -> Iterator[str]:
        """Tables, columns, values, needs and measures that the query does not touch."""
        for i, mention in enumerate(self.sentence.mentions):
            content = [sense for sense in mention.senses if sense.word is None]
            if i in self.bound or i in self.sentence.used or (not content and not mention.parts):
                continue
            if not self._is_held(i) and not self._is_plain_word(i) and not says_what_kind(self.sentence, i):
                yield mention.surface

    def _is_plain_word(self, i: int) -> bool:
        """A surface that is also a function word, or a verb that only says that rows came to be."""
        has_word = any(sense.word is not None for sense in self.sentence.mentions[i].senses)
        return has_word or (self.sentence.is_verbal(i) and not self.sentence.values(i))

    def _is_held(self, i: int) -> bool:
        sentence, query = self.sentence, self.query
        if (values := sentence.values(i)) and any(value.ref in self.refs for value in values):
            return True
        table, concept, criterion = sentence.table(i), sentence.concept(i), sentence.criterion(i)
        if table is not None and (table.name in self.tables or table.part_of in self.tables):
            return True
        if table is not None and self._is_above_next(i, table.name):
            return True
        if concept is not None and concept.name == query.concept:
            return True
        if criterion is not None and (criterion.name == query.criterion or criterion.column in self.refs):
            return True
        span = sentence.span(i)
        if span is not None and (("", span[0].name) in self.refs or span[0].end in self.refs):
            return True
        return any(self._is_shown(column.ref) for column in sentence.columns(i))

    def _is_above_next(self, i: int, table: str) -> bool:
        """As in "파이프라인 산출물": right before the rows asked for, all of which belong to one."""
        below = self.sentence.table(i + 1)
        layer = self.sentence.layer
        if below is None or below.name not in self.tables or self.sentence.mentions[i].after not in OF:
            return False
        return joins.connected(layer, table, below.name) and joins.is_below(layer, table, below.name)

    def _is_shown(self, ref: Ref) -> bool:
        if ref in self.refs:
            return True
        query, layer = self.query, self.sentence.layer
        if query.measure not in ("rows", "count") or query.groups:
            return any(ref == (span.table, "") for span in layer.spans)
        head = layer.table(query.head)
        shown = {*head.show, *head.display, head.primary_key}
        plain = not query.columns or query.measure == "count"
        return ref[0] == head.name and (ref[1] in head.display or (plain and ref[1] in shown))


def _naming(sentence: Sentence, query: Query) -> set[Ref]:
    """The columns that whole rows are named by: the version in "A v2.1 and B"."""
    tables = (one.ref[0] for one in query.filters if one.op == "rows")
    return {(table, name) for table in tables for name in sentence.layer.table(table).display}


def _refs(query: Query, reading: Reading) -> Iterator[Ref]:
    """Every column and span that the query is about."""
    for one in (*query.filters, *query.either, *query.part, *([reading.tested] if reading.tested else [])):
        yield one.ref
        if one.op in (">column", "<column", "alike"):
            yield (str(one.values[0]), str(one.values[1]))
    yield from (*query.columns, *query.of, *query.groups, *query.within)
    yield from (order.ref for order in query.order if order.ref != COUNTED)
    if query.ended:
        yield query.ended
