"""Which names stand in the catalogue: a typo-tolerant index over its name and category columns."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from rapidfuzz import process
from rapidfuzz.distance import OSA

from db.catalog.meaning import ColumnMeaning, SemanticLayer
from db.catalog.table import Cell
from db.hangul import chosung, compose, is_hangul, keys, norm

Distinct = Callable[[str, str, int], Awaitable[Sequence[Cell]]]
"""(table, column, limit) -> up to `limit` distinct values."""

MOST_NAMES = 50_000
MOST_CATEGORIES = 200
LONGEST = 200
FEW_NAMES = 100
"""Up to this many names two slips still tell one name from another; above it, one (measured on generated names)."""
SHORTEST_FUZZY_LATIN = 5
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
        (*_pieces(lower), *_aliases(column, bare, noun)),
        tuple(_NUMBERS.findall(bare)),
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
    """The distinct values of every name and category column."""
    wanted = {"name": MOST_NAMES, "category": MOST_CATEGORIES}
    columns = [column for table in layer.tables for column in table.columns if column.role in wanted]
    return tuple([(each, await distinct(each.table, each.name, wanted[each.role])) for each in columns])


class ValueIndex:
    """The names of a catalogue in memory, without long texts. When the data changed, made anew from the `last` one.

    Pure computation, at some 10 us a name that `last` lacks: for a thread where there may be thousands.
    """

    def __init__(self, values: Iterable[Loaded], last: "ValueIndex | None" = None) -> None:
        self._entries: list[_Entry] = []
        self._columns: dict[tuple[str, str], tuple[Cell, ...]] = {}
        self._by_column: dict[tuple[str, str], list[_Entry]] = {}
        self._meanings: dict[tuple[str, str], ColumnMeaning] = {}
        self._exact: dict[str, list[_Entry]] = {}
        self._by_part: dict[str, list[_Entry]] = {}
        self._pools: dict[tuple[str | None, str | None], list[_Entry]] = {}
        for column, cells in values:
            self._add(column, cells, last.known(column) if last else {})

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

    def _add(self, column: ColumnMeaning, cells: Sequence[Cell], known: Mapping[Cell, _Entry]) -> None:
        kept = _kept(cells)
        noun = norm(column.label.ko)
        self._columns[column.ref] = kept
        self._meanings[column.ref] = column
        found = ((known.get(cell), cell) for cell in kept)
        entries = [old if old and type(old.value) is type(cell) else _entry(column, cell, noun) for old, cell in found]
        self._by_column[column.ref] = entries
        self._entries += entries
        for entry in entries:
            self._exact.setdefault(entry.folded, []).append(entry)
            for part in set(entry.parts):
                self._by_part.setdefault(part, []).append(entry)

    def __len__(self) -> int:
        return len(self._entries)

    def values_of(self, table: str, column: str) -> tuple[Cell, ...]:
        """The loaded values of one column; empty when it is not indexed."""
        return self._columns.get((table, column), ())

    def columns(self) -> tuple[tuple[str, str], ...]:
        """The indexed columns as (table, column)."""
        return tuple(self._columns)

    def exact(self, text: str) -> tuple[Match, ...]:
        """The values that equal `text` up to case, width and separators."""
        return tuple(_match(entry, 0, exact=True) for entry in self._exact.get(fold(text), ()))

    def find(
        self, text: str, *, table: str | None = None, column: str | None = None, limit: int = 5
    ) -> tuple[Match, ...]:
        """The values nearest to `text`, best first: equal ones, those it is a part of, then those within slips.

        Digits and versions must be equal: exp05 is never taken for exp03. Nothing is returned for
        text without a letter or digit, or when no value is near.
        """
        if not fold(text):
            return ()
        entries = self._pool(table, column)
        found = self._equal(text, entries) or self._within(text, entries) or self._initials(text, entries)
        if not found:
            found = self._slipped(text, entries)
        return tuple(found[:limit])

    def nearest(
        self, text: str, *, table: str | None = None, column: str | None = None, limit: int = 3
    ) -> tuple[Match, ...]:
        """The nearest values however far, as alternatives to offer; digits may differ."""
        entries = self._pool(table, column)
        key = keys(fold(text))
        scored = process.extract(key, [e.key for e in entries], scorer=OSA.normalized_similarity, limit=limit)
        near = [entries[i] for _, score, i in scored if score >= FARTHEST]
        return tuple(_match(entry, OSA.distance(key, entry.key)) for entry in near)

    def within(self, text: str) -> tuple[Match, ...]:
        """The values that have every part of `text`, in any order; empty when `text` has no part to go by."""
        return tuple(self._within(text, self._pool(None, None)))

    def _pool(self, table: str | None, column: str | None) -> list["_Entry"]:
        if (table, column) not in self._pools:
            wanted = (e for e in self._entries if table in (None, e.table) and column in (None, e.column))
            self._pools[table, column] = list(wanted)
        return self._pools[table, column]

    def _equal(self, text: str, entries: list[_Entry]) -> list[Match]:
        chosen = set(map(id, entries))
        forms = (text, compose(norm(text))) if norm(text).isascii() else (text, keys(norm(text)))
        for form in forms:
            hits = [entry for entry in self._exact.get(fold(form), ()) if id(entry) in chosen]
            if hits:
                return [_match(entry, 0, exact=form is text, confident=len(hits) == 1) for entry in hits]
        return []

    def _within(self, text: str, entries: list[_Entry]) -> list[Match]:
        """Values that have all the parts of `text`, in any order."""
        wanted = parts_of(text)
        if not wanted or (len(wanted) == 1 and len(wanted[0]) < 2 and not is_hangul(wanted[0])):
            return []
        pool = min((self._by_part.get(part, []) for part in wanted), key=len)
        chosen = set(map(id, entries))
        hits = [entry for entry in pool if id(entry) in chosen and set(wanted) <= set(entry.parts)]
        return [_match(entry, 0, partial=True, confident=len(hits) == 1) for entry in hits]

    def _initials(self, text: str, entries: list[_Entry]) -> list[Match]:
        bare = norm(text)
        if len(bare) < 2 or any(not is_hangul(char) or char >= "가" for char in bare):
            return []
        return [_match(entry, len(bare)) for entry in entries if entry.initials == bare]

    def _slipped(self, text: str, entries: list[_Entry]) -> list[Match]:
        folded = fold(text)
        key = keys(folded)
        numbers = _numbers(text)
        if not may_slip(folded):
            return []
        entries = [entry for entry in entries if entry.numbers == numbers]
        names = len(entries)
        most = most_slips(folded, names)
        scored = process.extract(key, [e.key for e in entries], scorer=OSA.distance, score_cutoff=most, limit=20)
        hits = sorted(((int(score), entries[i]) for _, score, i in scored), key=lambda hit: (hit[0], hit[1].key))
        alone = len({entry.value for score, entry in hits if score <= hits[0][0]}) == 1
        sure = 2 if names <= FEW_NAMES else 1
        return [_match(e, score, confident=alone and score == hits[0][0] and score <= sure) for score, e in hits]


def _renewed(loaded: Sequence[Loaded], last: ValueIndex | None) -> ValueIndex:
    return last if last is not None and last.holds(loaded) else ValueIndex(loaded, last)


def _kept(cells: Sequence[Cell]) -> tuple[Cell, ...]:
    return tuple(cell for cell in cells if cell is not None and 0 < len(str(cell)) <= LONGEST)


def _same(one: Sequence[Cell], other: Sequence[Cell]) -> bool:
    """Equal in type too: 1 and 1.0 are written differently."""
    return one == other and [*map(type, one)] == [*map(type, other)]


def may_slip(folded: str) -> bool:
    """Whether a word is long enough to be taken for a near one: two syllables, or five letters."""
    if any(is_hangul(char) for char in folded):
        return len(folded) >= 2
    return sum(char.isalpha() for char in folded) >= SHORTEST_FUZZY_LATIN


def most_slips(folded: str, names: int) -> int:
    """How many slipped keys a match may have: fewer for short words and for many names."""
    by_length = max(1, min(3, len(keys(folded)) // 3))
    return min(by_length, 3 if names <= FEW_NAMES else 2)


def _match(
    entry: _Entry, distance: int, *, exact: bool = False, confident: bool = False, partial: bool = False
) -> Match:
    return Match(entry.table, entry.column, entry.value, distance, exact, confident or exact, partial)
