"""Chooses between join paths that are equally short: by what is said of them, else the question goes back."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TypeAlias

from agent.offline.query import joins
from agent.offline.query.query import Query, Ref
from agent.offline.reading.reading import Reading
from agent.offline.words.sentence import Sentence
from db.catalog.meaning import Language, SemanticLayer
from db.catalog.schema import ForeignKey

Path: TypeAlias = tuple[ForeignKey, ...]


def settled(sentence: Sentence, reading: Reading, before: Query | None) -> Reading:
    """The reading by the paths that are spoken of, or asked back where one is left open; never by the first of them.

    `before` is the query it goes on from: what nothing in the sentence says anew is joined as it was there.
    """
    query = reading.query
    if reading.intent != "query" or query is None:
        return reading
    via: list[Ref] = []
    for table in _reached(query, sentence.layer):
        paths = sentence.layer.join_paths(query.head, table)
        if len(paths) < 2:
            continue
        left = _said(sentence, paths, (*query.via, *(before.via if before else ())), table)
        if len(left) != 1:
            return _left_open(sentence, (query.head, table), left or paths, is_torn=not left)
        via += [(key.table, key.column) for key in left[0]]
    return replace(reading, query=replace(query, via=tuple(dict.fromkeys(via))))


def _reached(query: Query, layer: SemanticLayer) -> tuple[str, ...]:
    """The tables that the query is tied to, the nearest first."""
    tables = {table for table in _tables(query, layer) if table and table != query.head}
    return tuple(sorted(tables, key=lambda table: (joins.distance(layer, query.head, table), table)))


def _tables(query: Query, layer: SemanticLayer) -> Iterator[str]:
    yield from (*query.present, *query.absent, query.counted or "")
    refs = [*query.columns, *query.of, *query.groups, *query.within, *(one.ref for one in query.order)]
    refs += [one.ref for one in (*query.filters, *query.either, *query.part)]
    refs += [query.ended] if query.ended else []
    for table, name in refs:
        spans = (span for span in layer.spans if not table and span.name == name)
        yield from (table, *(end[0] for span in spans for end in (span.start, span.end)))
    for one in (*query.filters, *query.either, *query.part):
        if one.op in (">column", "<column", "alike", ">row", "<row"):
            yield str(one.values[0])


def _said(sentence: Sentence, paths: tuple[Path, ...], held: tuple[Ref, ...], table: str) -> tuple[Path, ...]:
    """The paths that the words for their keys, else for the tables they pass, leave; () where these are at odds."""
    ways = {way for _, way in sentence.ways()}
    spoken = ways & {(key.table, key.column) for path in paths for key in path}
    if spoken:
        return tuple(path for path in paths if spoken <= _keys(path))
    tables = {name for _, name in sentence.tables(verbal=True)} & _apart(paths)
    if tables:
        return tuple(path for path in paths if tables <= _passed(path))
    is_anew = any(value.table == table for i in range(len(sentence)) for value in sentence.values(i))
    kept = set(held) & {ref for path in paths for ref in _keys(path)}
    return tuple(path for path in paths if kept <= _keys(path)) if not is_anew or _is_change(sentence) else paths


def _is_change(sentence: Sentence) -> bool:
    """As in "김서연은?": no table is spoken of, so that it goes on from the query before."""
    return not any(sentence.tables(verbal=True))


def _keys(path: Path) -> set[Ref]:
    return {(key.table, key.column) for key in path}


def _passed(path: Path) -> set[str]:
    return {name for key in path for name in (key.table, key.parent_table)}


def _apart(paths: tuple[Path, ...]) -> set[str]:
    """The tables that some of the paths pass, and others do not."""
    passed = [_passed(path) for path in paths]
    return passed[0].union(*passed) - passed[0].intersection(*passed)


def _left_open(sentence: Sentence, ends: tuple[str, str], paths: tuple[Path, ...], *, is_torn: bool) -> Reading:
    """The question back; without choices where it speaks of several paths at once, which one query cannot join."""
    head, table = ends
    if is_torn:
        words = tuple(dict.fromkeys(sentence.mentions[i].surface for i, _ in sentence.ways()))
        return Reading("unclear", words=words or (_label(sentence, table),), are_known=True)
    names = _names(sentence, paths)
    place = _place(sentence, _ends(head, paths, table))
    if place is None:
        return Reading("unclear", words=(_label(sentence, table),), are_known=True)
    word = sentence.mentions[place].surface
    stands_for = "{name}" if _is_kind(sentence, place) and not _apart(paths) else "{name} {word}"
    choices = tuple((name, stands_for.format(name=name, word=word)) for name in names)
    return Reading("unclear", words=(word,), are_known=True, choices=choices)


def _ends(head: str, paths: tuple[Path, ...], table: str) -> tuple[str, ...]:
    """The tables whose rows the name of a key may stand before: those on its parent's side of the keys that differ."""
    here, walk = head, iter(paths[0])
    key = next(walk)
    while all(key in path for path in paths):
        here = key.parent_table if key.table == here else key.table
        key = next(walk)
    ends = (key.parent_table, head) if key.parent_table == here else (table, key.parent_table)
    return tuple(dict.fromkeys(ends))


def _is_kind(sentence: Sentence, i: int) -> bool:
    """Whether it is a word for the rows of a table, rather than for some of them."""
    return sentence.table(i) is not None and not sentence.values(i)


def _place(sentence: Sentence, tables: tuple[str, ...]) -> int | None:
    """Where the sentence speaks of one of the tables: by a name in it, by its word, by a column, or by asking who."""
    places = range(len(sentence))
    for one in tables:
        named = [i for i in places if any(value.table == one for value in sentence.values(i))]
        called = [i for i in places if (found := sentence.table(i)) and found.name == one]
        columns = [i for i in places if any(column.table == one for column in sentence.columns(i))]
        persons = sentence.where("who") if sentence.layer.table(one).person else []
        if found_at := [*named, *called, *columns, *persons]:
            return found_at[0]
    return None


def _names(sentence: Sentence, paths: tuple[Path, ...]) -> tuple[str, ...]:
    """What tells each path from the others: the table that it alone passes, else the key that it alone has."""
    layer = sentence.layer
    language: Language = "en" if sentence.english else "ko"
    names = []
    for path in paths:
        others = [other for other in paths if other != path]
        own = [name for name in _met(path) if all(name not in _passed(other) for other in others)]
        keys = [key for key in path if all(key not in other for other in others)] or list(path)
        names.append(layer.table(own[0]).label.of(language) if own else joins.key_name(layer, keys[0], language))
    return tuple(names)


def _met(path: Path) -> list[str]:
    """The tables on a path; first those that link two others, whose rows are what happened between these."""
    met = [name for key in path for name in (key.table, key.parent_table)]
    return sorted(dict.fromkeys(met), key=lambda name: sum(key.table == name for key in path) < 2)


def _label(sentence: Sentence, table: str) -> str:
    return sentence.layer.table(table).label.of("en" if sentence.english else "ko")
