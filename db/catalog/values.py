"""Which names stand in the catalogue: a typo-tolerant index over its name and category columns."""

import asyncio
import re
import sys
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from rapidfuzz import process
from rapidfuzz.distance import OSA

from db.catalog.meaning import ColumnMeaning, SemanticLayer
from db.catalog.slipping import FEW_NAMES, may_slip, most_slips
from db.catalog.table import Cell
from db.hangul import chosung, compose, is_hangul, keys, norm

Distinct = Callable[[str, str, int], Awaitable[Sequence[Cell]]]
"""(table, column, limit) -> up to `limit` distinct values."""

MOST_NAMES = 50_000
MOST_CATEGORIES = 200
LONGEST = 200
MOST_ALIKE = 200
"""A part that more names have names none of them: "wafer" among 50,000 says too little."""
MOST_NEAR = 20
FARTHEST = 0.3
"""The least similarity of a name worth offering as an alternative."""

_UNSPOKEN = re.compile(r"[^\w@#+]|_")
_SPLIT = re.compile(r"[\s\-_./\\:@]+")
_RUNS = re.compile(r"\d+|[^\W\d_]{3,}")
_NUMBERS = re.compile(r"\d+")
_NORMAL = re.compile(r"[\x00-\x7f가-힣]*")


@dataclass(frozen=True, slots=True)
class Match:
    """A value near a text. `distance` counts slipped keys; `exact` means equal up to case, width and separators.

    `confident`: the only value this near, near enough to answer by (and say so). `partial`: the text is
    only some of the value's parts ("exp01" of "yolov8-wafer-exp01").
    """

    table: str
    column: str
    value: Cell
    distance: int
    exact: bool
    confident: bool = False
    partial: bool = False

    @property
    def text(self) -> str:
        return str(self.value)


class _Entry(NamedTuple):
    """A value with all that is compared with it; a plain tuple, since a catalogue has tens of thousands."""

    table: str
    column: str
    value: Cell
    folded: str
    key: str
    parts: tuple[str, ...]
    numbers: tuple[str, ...]
    initials: str


_Hits: TypeAlias = dict[str, tuple[_Entry, ...]]


def fold(text: str) -> str:
    """The form in which two spellings of one name are equal: no case, width or separators."""
    return _UNSPOKEN.sub("", _norm(text).casefold())


def parts_of(text: str) -> tuple[str, ...]:
    """The pieces people call a name by: "yolov8-wafer" by yolov8, wafer and yolov."""
    return _pieces(_norm(text).casefold())


def _pieces(folded: str) -> tuple[str, ...]:
    pieces = [piece for piece in _SPLIT.split(folded) if piece]
    runs = [run for piece in pieces for run in _RUNS.findall(piece) if not run.isdigit() or run == piece]
    return tuple(dict.fromkeys((*pieces, *runs)))


def _norm(text: str) -> str:
    """`norm`, which leaves ASCII and whole syllables as they are, at a tenth of its price."""
    return text if _NORMAL.fullmatch(text) else norm(text)


def _entry(column: ColumnMeaning, cell: Cell, noun: str) -> _Entry:
    bare = _norm(str(cell))
    lower = bare.casefold()
    folded = _UNSPOKEN.sub("", lower)
    return _Entry(
        column.table,
        column.name,
        cell,
        folded,
        folded if folded.isascii() else keys(folded),
        tuple(map(sys.intern, (*_pieces(lower), *_aliases(column, bare, noun)))),
        tuple(map(sys.intern, _NUMBERS.findall(bare))),
        "" if bare.isascii() else chosung(str(cell)),
    )


def _aliases(column: ColumnMeaning, bare: str, noun: str) -> tuple[str, ...]:
    """Shorter forms of a Korean value: without the column's own noun (비전팀), and a full name's given name."""
    if noun and bare.endswith(noun) and len(bare) > len(noun) + 1:
        return (bare[: -len(noun)].strip().casefold(),)
    is_full_name = column.role == "name" and len(bare) in (3, 4) and all("가" <= char <= "힣" for char in bare)
    return (bare[-2:],) if is_full_name else ()


def _numbers(text: str) -> tuple[str, ...]:
    return tuple(_NUMBERS.findall(_norm(text)))


Loaded: TypeAlias = tuple[ColumnMeaning, Sequence[Cell]]
"""A name or category column with its distinct values."""


async def load_values(layer: SemanticLayer, distinct: Distinct) -> tuple[Loaded, ...]:
    """The distinct values of every name and category column; a truth is no name."""
    wanted = {"name": MOST_NAMES, "category": MOST_CATEGORIES}
    spoken = (each for table in layer.tables for each in table.columns if not each.type.lower().startswith("bool"))
    columns = [column for column in spoken if column.role in wanted]
    return tuple([(each, await distinct(each.table, each.name, wanted[each.role])) for each in columns])


class ValueIndex:
    """The names of a catalogue in memory, without long texts. When the data changed, made anew from the `last` one.

    Pure computation, at some 10 us a name that `last` lacks: for a thread where there may be thousands.
    """

    def __init__(self, values: Iterable[Loaded], last: "ValueIndex | None" = None) -> None:
        self._columns: dict[tuple[str, str], tuple[Cell, ...]] = {}
        self._by_column: dict[tuple[str, str], list[_Entry]] = {}
        self._meanings: dict[tuple[str, str], ColumnMeaning] = {}
        self._pools: dict[tuple[str | None, str | None], _Pool] = {}
        new: list[_Entry] = []
        for column, cells in values:
            new += self._add(column, cells, last.known(column) if last else {})
        self._places = {ref: place for place, ref in enumerate(self._by_column)}
        gone = last.without(self.entries()) if last else []
        if last is None or len(gone) + len(new) > len(last):
            gone, new = [], list(self.entries())
            last = None
        exact, by_part = last.hits() if last else ({}, {})
        self._exact: _Hits = self._patched(exact, gone, new, lambda entry: (entry.folded,))
        self._by_part: _Hits = self._patched(by_part, gone, new, lambda entry: set(entry.parts))

    @classmethod
    async def build(cls, layer: SemanticLayer, distinct: Distinct, last: "ValueIndex | None" = None) -> "ValueIndex":
        """Loads the values of every name and category column; computes in a thread.

        It is `last` itself where the same values stand.
        """
        loaded = await load_values(layer, distinct)
        return await asyncio.to_thread(_renewed, loaded, last)

    def holds(self, values: Iterable[Loaded]) -> bool:
        """Whether an index of these would be no other than this one."""
        loaded = tuple(values)
        return {column.ref: column for column, _ in loaded} == self._meanings and all(
            _same(_kept(cells), self._columns[column.ref]) for column, cells in loaded
        )

    def known(self, column: ColumnMeaning) -> dict[Cell, _Entry]:
        """The entries that stand for the same column, by value."""
        if self._meanings.get(column.ref) != column:
            return {}
        return {entry.value: entry for entry in self._by_column[column.ref]}

    def entries(self) -> Iterator[_Entry]:
        """Every value, column by column."""
        return (entry for entries in self._by_column.values() for entry in entries)

    def without(self, kept: Iterable[_Entry]) -> list[_Entry]:
        """The entries that are not among `kept`."""
        stay = set(map(id, kept))
        return [entry for entry in self.entries() if id(entry) not in stay]

    def hits(self) -> "tuple[_Hits, _Hits]":
        """The values by what equals them, and by their parts."""
        return self._exact, self._by_part

    def _add(self, column: ColumnMeaning, cells: Sequence[Cell], known: Mapping[Cell, _Entry]) -> list[_Entry]:
        """Takes a column in; returns what was not known of it."""
        kept = _kept(cells)
        noun = norm(column.label.ko)
        self._columns[column.ref] = kept
        self._meanings[column.ref] = column
        found = ((known.get(cell), cell) for cell in kept)
        made = [(old, old) if old and type(old.value) is type(cell) else (None, _entry(column, cell, noun))
                for old, cell in found]  # fmt: skip
        self._by_column[column.ref] = [entry for _, entry in made]
        return [entry for old, entry in made if old is None]

    def _patched(
        self, last: _Hits, gone: Iterable[_Entry], new: Iterable[_Entry], under: Callable[[_Entry], Iterable[str]]
    ) -> _Hits:
        """`last` without the entries that are gone and with the new ones, in the columns' order under each key."""
        lost, added = _grouped(gone, under), _grouped(new, under)
        hits = dict(last)
        for key in lost.keys() | added.keys():
            away = set(map(id, lost.get(key, ())))
            left = [entry for entry in hits.get(key, ()) if id(entry) not in away] + added.get(key, [])
            if left:
                hits[key] = tuple(sorted(left, key=self._place))
            else:
                hits.pop(key, None)
        return hits

    def _place(self, entry: _Entry) -> int:
        return self._places[entry.table, entry.column]

    def __len__(self) -> int:
        return sum(map(len, self._by_column.values()))

    def values_of(self, table: str, column: str) -> tuple[Cell, ...]:
        """The loaded values of one column; empty when it is not indexed."""
        return self._columns.get((table, column), ())

    def columns(self) -> tuple[tuple[str, str], ...]:
        """The indexed columns as (table, column)."""
        return tuple(self._columns)

    def exact(self, text: str) -> tuple[Match, ...]:
        """The values that equal `text` up to case, width and separators."""
        return self.equal(fold(text))

    def stands(self, folded: str) -> bool:
        """Whether `equal` has something."""
        return folded in self._exact

    def equal(self, folded: str) -> tuple[Match, ...]:
        """The values that are written as `folded` when folded."""
        hits = self._exact.get(folded)
        return tuple(_match(entry, 0, exact=True) for entry in hits) if hits else ()

    def find(
        self, text: str, *, table: str | None = None, column: str | None = None, limit: int = 5
    ) -> tuple[Match, ...]:
        """The values nearest to `text`, best first: equal ones, those it is a part of, then those within slips.

        Digits and versions must be equal: exp05 is never taken for exp03. Nothing is returned for
        text without a letter or digit, or when no value is near.
        """
        if not fold(text):
            return ()
        where = (table, column)
        found = self._equal(text, where) or self._within(text, where) or self._pool(*where).initials(text)
        return tuple((found or self._pool(*where).slipped(text))[:limit])

    def nearest(
        self, text: str, *, table: str | None = None, column: str | None = None, limit: int = 3
    ) -> tuple[Match, ...]:
        """The nearest values however far, as alternatives to offer; digits may differ."""
        return self._pool(table, column).nearest(text, limit)

    def initials(self, text: str) -> tuple[Match, ...]:
        """The values whose syllables begin with these consonants."""
        return tuple(self._pool(None, None).initials(text))

    def pieces(self, most: int) -> tuple[str, ...]:
        """The pieces that values are called by; none where there are more."""
        return tuple(self._by_part) if len(self._by_part) <= most else ()

    def has_part(self, piece: str) -> bool:
        """Whether a folded piece is a part of a value, and of not too many."""
        return 0 < len(self._by_part.get(piece, ())) <= MOST_ALIKE

    def within(self, text: str) -> tuple[Match, ...]:
        """The values that have every part of `text`, in any order.

        Empty when `text` has no part to go by, or so many values have it that it says too little.
        """
        return tuple(self._within(text, (None, None)))

    def _pool(self, table: str | None, column: str | None) -> "_Pool":
        where = (table, column)
        if where not in self._pools:
            entries = (entry for ref, each in self._by_column.items() if _is_of(ref, where) for entry in each)
            self._pools[where] = _Pool(entries)
        return self._pools[where]

    def _equal(self, text: str, where: "_Where") -> list[Match]:
        forms = (text, compose(norm(text))) if norm(text).isascii() else (text, keys(norm(text)))
        for form in forms:
            hits = [entry for entry in self._exact.get(fold(form), ()) if _is_of((entry.table, entry.column), where)]
            if hits:
                return [_match(entry, 0, exact=form is text, confident=len(hits) == 1) for entry in hits]
        return []

    def _within(self, text: str, where: "_Where") -> list[Match]:
        """Values that have all the parts of `text`, in any order."""
        wanted = parts_of(text)
        if not wanted or (len(wanted) == 1 and len(wanted[0]) < 2 and not is_hangul(wanted[0])):
            return []
        rarest = min((self._by_part.get(part, ()) for part in wanted), key=len)
        if len(wanted) == 1 and len(rarest) > MOST_ALIKE:
            return []
        hits = [entry for entry in rarest if _is_of((entry.table, entry.column), where) and
                (len(wanted) == 1 or set(wanted).issubset(entry.parts))]  # fmt: skip
        return [_match(e, 0, partial=True, confident=len(hits) == 1) for e in hits] if len(hits) <= MOST_ALIKE else []


class _Pool:
    """The entries of a table, a column or all, as a slip is looked for in them: by their digits and length."""

    def __init__(self, entries: Iterable[_Entry]) -> None:
        self._entries = list(entries)
        self._named: Counter[tuple[str, ...]] = Counter(entry.numbers for entry in self._entries)
        self._shelves: dict[tuple[tuple[str, ...], int], list[_Entry]] = {}
        for entry in self._entries:
            self._shelves.setdefault((entry.numbers, len(entry.key)), []).append(entry)
        self._keys: dict[tuple[tuple[str, ...], int], list[str]] = {}

    def nearest(self, text: str, limit: int) -> tuple[Match, ...]:
        """The nearest however far, best first."""
        key = keys(fold(text))
        every = (entry.key for entry in self._entries)
        scored = process.extract(key, every, scorer=OSA.normalized_similarity, limit=limit, score_cutoff=FARTHEST)
        near = [self._entries[i] for _, _, i in scored]
        return tuple(_match(entry, OSA.distance(key, entry.key)) for entry in near)

    def initials(self, text: str) -> list[Match]:
        """Those whose syllables begin so: ㄱㅁㅈ."""
        bare = norm(text)
        if len(bare) < 2 or any(not is_hangul(char) or char >= "가" for char in bare):
            return []
        return [_match(entry, len(bare)) for entry in self._entries if entry.initials == bare]

    def slipped(self, text: str) -> list[Match]:
        """Those that a few slipped keys away are `text`; digits are equal."""
        folded = fold(text)
        numbers = _numbers(text)
        if not may_slip(folded):
            return []
        names = self._named[numbers]
        hits = sorted(
            self._near(keys(folded), numbers, most_slips(folded, names)), key=lambda hit: (hit[0], hit[1].key)
        )
        alone = len({entry.value for score, entry in hits if score <= hits[0][0]}) == 1
        sure = 2 if names <= FEW_NAMES else 1
        return [_match(e, score, confident=alone and score == hits[0][0] and score <= sure) for score, e in hits]

    def _near(self, key: str, numbers: tuple[str, ...], most: int) -> Iterator[tuple[int, _Entry]]:
        for length in range(len(key) - most, len(key) + most + 1):
            shelf = self._shelves.get((numbers, length), [])
            if shelf and (numbers, length) not in self._keys:
                self._keys[numbers, length] = [entry.key for entry in shelf]
            every = self._keys.get((numbers, length), [])
            scored = process.extract(key, every, scorer=OSA.distance, score_cutoff=most, limit=MOST_NEAR)
            yield from ((int(score), shelf[i]) for _, score, i in scored)


_Where: TypeAlias = tuple[str | None, str | None]


def _is_of(ref: tuple[str, str], where: _Where) -> bool:
    return where[0] in (None, ref[0]) and where[1] in (None, ref[1])


def _grouped(entries: Iterable[_Entry], under: Callable[[_Entry], Iterable[str]]) -> dict[str, list[_Entry]]:
    groups: dict[str, list[_Entry]] = {}
    for entry in entries:
        for key in under(entry):
            groups.setdefault(key, []).append(entry)
    return groups


def _renewed(loaded: Sequence[Loaded], last: ValueIndex | None) -> ValueIndex:
    return last if last is not None and last.holds(loaded) else ValueIndex(loaded, last)


def _kept(cells: Sequence[Cell]) -> tuple[Cell, ...]:
    """Each value once: 1 and 1.0 are two."""
    once = {(type(cell), cell): cell for cell in cells if cell is not None and 0 < len(str(cell)) <= LONGEST}
    return tuple(once.values())


def _same(one: Sequence[Cell], other: Sequence[Cell]) -> bool:
    """Equal in type too: 1 and 1.0 are written differently."""
    return one == other and [*map(type, one)] == [*map(type, other)]


def _match(
    entry: _Entry, distance: int, *, exact: bool = False, confident: bool = False, partial: bool = False
) -> Match:
    return Match(entry.table, entry.column, entry.value, distance, exact, confident or exact, partial)
