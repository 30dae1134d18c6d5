"""A question's mentions with what the later steps ask of them: neighbours, senses, what is spent already."""

import re
from collections.abc import Iterator, Set

from agent.offline.query import joins
from agent.offline.words.lexicon import Condition, Value
from agent.offline.words.mentions import Mention
from agent.offline.words.particles import OF, SUBJECT
from agent.offline.words.stepped_over import BEHIND_THAN, FORMS_OF_BE
from db.catalog.meaning import ColumnMeaning, Concept, Criterion, SemanticLayer, Span, TableMeaning

_VERBAL = re.compile(r"(?<!시)(?<!기)(?<!공)(?<!사)(?<!학)(?<!발)[한된린긴운올간진생]$|[a-z]ed$|든$|온$")
_WHETHER = ("이야", "야", "인가", "인가요", "이에요", "예요", "이냐", "냐", "입니까")
_DONE = ("한", "했", "하", "해", "된", "됐", "되", "시", "돼")


class Sentence:
    """The mentions of one question; `used` are the indices that a condition, order or group has taken.

    `placed` are amounts that say a place in an order, which is read more than once; `compared` the words that an
    amount was compared by; `grouped` are the words that
    say by what to group, which name no rows; `bound` only say what kind an antecedent is.
    """

    def __init__(self, mentions: tuple[Mention, ...], layer: SemanticLayer, *, english: bool) -> None:
        self.mentions = mentions
        self._deeds = tuple(map(_deeds, mentions))
        self._done = frozenset().union(*self._deeds)
        self._tables = tuple(map(_table, mentions))
        self._values = tuple(map(_values, mentions))
        self._spoken: dict[bool, tuple[tuple[int, str], ...]] = {}
        self.layer = layer
        self.english = english
        self.used: set[int] = set()
        self.placed: set[int] = set()
        self.compared: set[int] = set()
        self.grouped: frozenset[int] = frozenset()
        self.bound: frozenset[int] = frozenset()

    def __len__(self) -> int:
        return len(self.mentions)

    def does(self, i: int, *names: str) -> bool:
        return 0 <= i < len(self._deeds) and not self._deeds[i].isdisjoint(names)

    def where(self, *names: str) -> list[int]:
        """The indices of these function words, left to right."""
        if self._done.isdisjoint(names):
            return []
        return [i for i, deeds in enumerate(self._deeds) if not deeds.isdisjoint(names)]

    def has(self, *names: str) -> bool:
        return not self._done.isdisjoint(names)

    def is_filler(self, i: int) -> bool:
        mention = self.mentions[i]
        return bool(mention.senses) and all(s.word is not None for s in mention.senses) and mention.does("filler")

    def neighbour(self, i: int, step: int) -> int:
        """The next mention that is no filler; -1 when there is none."""
        i += step
        while 0 <= i < len(self) and self.is_filler(i):
            i += step
        return i if 0 <= i < len(self) else -1

    def past(self, i: int, step: int, words: Set[str]) -> int:
        """The first place from `i` on, that way, which is none of these words; one outside if all are."""
        while 0 <= i < len(self) and self.mentions[i].surface.lower() in words:
            i += step
        return i

    def has_contrast(self) -> bool:
        """Whether one named thing is held against another: "A가 B보다", "A than B"."""
        named = [i for i in range(len(self)) if self.values(i)]
        return len(named) > 1 and any(
            self.mentions[i].after.startswith("보다") or self.is_behind_than(i) or self._is_against(i) for i in named
        )

    def _is_against(self, i: int) -> bool:
        """As in "PyTorch 학습보다": the noun behind a value bears what holds it against another."""
        return self.table(i + 1) is not None and self.mentions[i + 1].after.startswith("보다")

    def is_behind_than(self, i: int) -> bool:
        """As in "than B", "than the B"."""
        before = self.past(i - 1, -1, BEHIND_THAN)
        return before >= 0 and self.mentions[before].surface.lower().endswith("than")

    def asks_whether(self) -> bool:
        """Whether it is to be answered by yes or no."""
        after = self.mentions[-1].after.removeprefix("님").removeprefix("씨") if self.mentions else ""
        return self.has("exists") or after.startswith(_WHETHER)

    def left_over(self) -> tuple[str, ...]:
        """Amounts and dates that nothing has taken: an answer without them would answer another question."""
        taken = self.used | self.placed
        return tuple(m.surface for i, m in enumerate(self.mentions) if (m.amount or m.dates) and i not in taken)

    # --- senses

    def table(self, i: int) -> TableMeaning | None:
        return self._tables[i] if 0 <= i < len(self._tables) else None

    def concept(self, i: int) -> Concept | None:
        return next((s.concept for s in self.mentions[i].senses if s.concept is not None), None)

    def criterion(self, i: int) -> Criterion | None:
        return next((s.criterion for s in self.mentions[i].senses if s.criterion is not None), None)

    def span(self, i: int) -> tuple[Span, str | None] | None:
        if not 0 <= i < len(self):
            return None
        return next(((s.span, s.direction) for s in self.mentions[i].senses if s.span is not None), None)

    def condition(self, i: int) -> Condition | None:
        return next((s.condition for s in self.mentions[i].senses if s.condition is not None), None)

    def ways(self) -> tuple[tuple[int, tuple[str, str]], ...]:
        """The words for just one key that leads to a table, with their places."""
        said = ((i, {sense.way for sense in mention.senses if sense.way}) for i, mention in enumerate(self.mentions))
        return tuple((i, next(iter(ways))) for i, ways in said if len(ways) == 1)

    def columns(self, i: int) -> tuple[ColumnMeaning, ...]:
        if not 0 <= i < len(self):
            return ()
        return tuple(s.column for s in self.mentions[i].senses if s.column is not None)

    def values(self, i: int) -> tuple[Value, ...]:
        return self._values[i] if 0 <= i < len(self._values) else ()

    def is_name(self, i: int) -> bool:
        """Whether the mention names rows, rather than a category."""
        return any(self.layer.column(value.ref).role == "name" for value in self.values(i))

    def is_one(self) -> bool:
        """Whether just one whole name is spoken of."""
        return len([i for i in range(len(self)) if self.is_name(i) and not self.mentions[i].parts]) == 1

    def names_one_of(self, table: str) -> bool:
        """Whether some mention is the whole name of one row of the table."""
        told = (self.mentions[i] for i in range(len(self)) if self.is_name(i) and not self.mentions[i].parts)
        return any({s.value.table for s in m.senses if s.value is not None} == {table} for m in told)

    def speaks_before(self, i: int, table: str) -> bool:
        """Whether the table is spoken of in the same question before that place."""
        return any(place < i and one == table for place, one in self.tables())

    def is_verbal(self, i: int) -> bool:
        """Whether a word for a table or a date is used as a verb: 학습한, 등록된, trained."""
        mention = self.mentions[i]
        if any(sense.verbal for sense in mention.senses):
            return True
        if _VERBAL.search(mention.surface) or mention.after.startswith(_DONE):
            return True
        follows = i + 1 < len(self) and not self.mentions[i + 1].spaced and self.is_filler(i + 1)
        return follows and self.mentions[i + 1].surface.startswith(_DONE)

    def tables(self, *, verbal: bool = False) -> Iterator[tuple[int, str]]:
        """The tables and concepts that are spoken of, with their places."""
        if verbal not in self._spoken:
            self._spoken[verbal] = tuple(self._tables_spoken(verbal))
        return iter(self._spoken[verbal])

    def _tables_spoken(self, verbal: bool) -> Iterator[tuple[int, str]]:
        for i in range(len(self)):
            table, concept = self.table(i), self.concept(i)
            if (table or concept) and (verbal or not self.is_verbal(i)):
                yield i, concept.table if concept else table.name if table else ""

    def owner(self, table: str) -> str:
        """The table whose rows `table` describes, or itself."""
        return self.layer.table(table).part_of or table

    # --- choosing among senses

    def nearest_column(self, i: int, head: str) -> ColumnMeaning | None:
        """The column sense nearest to the head; spoken tables count half as much."""
        spoken = {table for _, table in self.tables()} | self.kinds_spoken()
        told = self._kinds_before(i)  # the size of a checkpoint is a file's
        best = sorted(self.columns(i), key=lambda c: (c.table not in told, self._far(head, c.table, spoken)))
        return best[0] if best and joins.connected(self.layer, head, best[0].table) else None

    def kinds_spoken(self) -> set[str]:
        """The tables whose rows are spoken of by their kind alone: the files of "제일 큰 체크포인트"."""
        tables = {value.table for i in range(len(self)) if not self.mentions[i].parts for value in self.values(i)}
        return {one for one in tables if not any(
            self.layer.column((one, name)).role == "name" for name in self.layer.table(one).display)}  # fmt: skip

    def _kinds_before(self, i: int) -> set[str]:
        """The tables of the kind that stands right before a column: 체크포인트 용량."""
        before = self.mentions[i - 1] if i and not self.english else None
        if before is None or before.after not in OF or self.table(i - 1) or before.parts:
            return set()
        return {value.table for value in self.values(i - 1)}

    def nearest_values(self, i: int, head: str) -> tuple[Value, ...]:
        """The value senses of the column nearest to the head."""
        spoken = {table for _, table in self.tables()}
        beside = self._subject_of(i) or self.table(self.neighbour(i, 1))
        found = [value for value in self.values(i) if joins.connected(self.layer, head, value.table)]
        if not found:
            return ()

        def far(value: Value) -> tuple[float, int]:
            own = beside is not None and beside.name == value.table
            role = self.layer.column(value.ref).role
            return (0 if own else 1 + self._far(head, value.table, spoken), role != "name")

        first = min(found, key=far)
        return tuple(value for value in found if value.ref == first.ref)

    def _subject_of(self, i: int) -> TableMeaning | None:
        """What the value is said of: "파이프라인이 전부 완료된 프로젝트", "whose runs are all completed"."""
        be = FORMS_OF_BE if self.english else ()
        place = i - 1
        while self.does(place, "list") or (place >= 0 and self.mentions[place].surface.lower() in be):
            place -= 1
        table = self.table(place)
        if table is None or place in self.grouped or not any(v.table == table.name for v in self.values(i)):
            return None
        said = (self.english and place < i - 1) or self.mentions[place].after.endswith(SUBJECT)
        return table if said and not self.does(place, "negate") else None

    def _far(self, head: str, table: str, spoken: set[str]) -> float:
        steps = joins.distance(self.layer, head, table)
        if self.layer.table(table).part_of == head:
            steps = min(steps, 1)
        return steps - (0.5 if table in spoken else 0)


def _table(mention: Mention) -> TableMeaning | None:
    return next((sense.table for sense in mention.senses if sense.table is not None), None)


def _values(mention: Mention) -> tuple[Value, ...]:
    return tuple(sense.value for sense in mention.senses if sense.value is not None) or mention.parts


def _deeds(mention: Mention) -> frozenset[str]:
    """What its function words do."""
    return frozenset(sense.word.does for sense in mention.senses if sense.word is not None)
