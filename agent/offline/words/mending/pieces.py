"""Takes a word for a piece of the name beside it, where the name has it: 서피스 욜로 모델 is surface-yolov5l."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from agent.offline.query.query import Ref
from agent.offline.words.lexicon import Lexicon, Value
from agent.offline.words.mentions import Mention
from agent.offline.words.particles import JOINING
from db.catalog.values import fold

SHORTEST: Final = 3
MOST_NAMES: Final = 5000
"""So many names are looked through for a word that begins with what was typed."""
_WORDS: Final = re.compile(r"[-_./ ]")


def with_pieces(mentions: Sequence[Mention], lexicon: Lexicon) -> tuple[Mention, ...]:
    """The mentions with a category's value joined to the pieces of a name beside it that hold it as well."""
    made: list[Mention] = []
    for i, said in enumerate(mentions):
        last = made[-1] if made else None
        table = _table(mentions[i + 1]) if i + 1 < len(mentions) else None
        mention = _named_kind(said, table, lexicon) or said
        held = _held(last, mention, table, lexicon) if last is not None else ()
        mention = mention if held else _of_its_noun(mention, table, lexicon) or mention
        if last is not None and held:
            surface = f"{last.surface} {mention.surface}"
            made[-1] = replace(last, end=mention.end, surface=surface, parts=held, senses=(), after=mention.after)
        else:
            made.append(mention)
    return tuple(made)


def _named_kind(mention: Mention, table: str | None, lexicon: Lexicon) -> Mention | None:
    """As in "summary 프로젝트": a word that says nothing, but is a piece of the name of just one such row."""
    plain = mention.surface.isascii() and len(mention.surface) > SHORTEST and not mention.after and mention.senses
    if not plain or table is None or any(s.word is None or s.word.does != "filler" for s in mention.senses):
        return None
    named = tuple(value for value in lexicon.parts_at(fold(mention.surface)) if value.table == table)
    return replace(mention, senses=(), parts=named) if len(named) == 1 else None


def _of_its_noun(mention: Mention, table: str | None, lexicon: Lexicon) -> Mention | None:
    """As in "yolo 모델": what other rows have, and the names of such as the noun behind it begin a word with, too."""
    own = _own(mention)
    word = lexicon.latin_of(fold(mention.surface))
    if table is None or not own or mention.after or not (word.isascii() and len(word) > SHORTEST):
        return None
    if any(s.value is None for s in mention.senses) or any(_is_explained(one, word, table, lexicon) for one in own):
        return None
    named = [(table, name) for name in lexicon.layer.table(table).display if _is_name((table, name), lexicon)]
    known = [(ref, str(value)) for ref in named for value in lexicon.values.values_of(*ref)[:MOST_NAMES]]
    begun = (Value(*ref, name) for ref, name in known if word in _beginnings(name, len(word)))
    found = tuple(dict.fromkeys(begun))
    return replace(mention, senses=(), parts=found) if found else None


def _is_explained(one: Value, word: str, table: str, lexicon: Lexicon) -> bool:
    """Whether it is a value that the catalogue tells the meaning of, or the noun's own, or a whole name."""
    if one.table == table:
        return True
    column = lexicon.layer.column(one.ref)
    whole = fold(str(one.value)) == word
    return (
        (column.role == "name" and whole)
        or (column.role != "name" and not whole)
        or any(meaning.value == one.value for meaning in column.values)
    )


def _is_name(ref: Ref, lexicon: Lexicon) -> bool:
    return lexicon.layer.column(ref).role == "name"


def _beginnings(value: str, length: int) -> frozenset[str]:
    """What its words begin with: yolo and surf of surface-yolov5l."""
    return frozenset(fold(word)[:length] for word in _WORDS.split(value))


def _held(last: Mention, mention: Mention, table: str | None, lexicon: Lexicon) -> tuple[Value, ...]:
    """The names that both words are of; () where the second is said of the rows behind it."""
    own = _own(mention)
    word = lexicon.latin_of(fold(mention.surface))
    if not last.parts or last.after or not own or len(word) < SHORTEST or set(own) & set(last.parts):
        return ()
    if any(value.table == table or fold(str(value.value)) != word for value in own):
        return ()
    return tuple(value for value in last.parts if word in fold(str(value.value)))


def like_its_pair(mentions: Sequence[Mention], lexicon: Lexicon) -> tuple[Mention, ...]:
    """As in "vision or NLP": a word joined to a value of one category is a piece of another of that category."""
    made = list(mentions)
    for i in range(1, len(made)):
        joined = i > 1 and made[i - 1].does("or", "and") and not made[i - 1].after
        one = i - 2 if joined else i - 1
        if joined or made[one].after in JOINING:
            made[i] = _of_a_kind(made[i], made[one], lexicon) or made[i]
            made[one] = _of_a_kind(made[one], made[i], lexicon) or made[one]
    return tuple(made)


def _of_a_kind(mention: Mention, other: Mention, lexicon: Lexicon) -> Mention | None:
    """The mention as the only value that it is a piece of in the other's category; None where it is one already."""
    refs = {value.ref for value in _own(other)}
    own = [sense.value for sense in mention.senses if sense.value is not None]
    if len(refs) != 1 or not own or any(value.ref in refs for value in own):
        return None
    alike = tuple(value for value in lexicon.parts_at(fold(mention.surface)) if value.ref in refs)
    is_category = all(lexicon.layer.column(value.ref).role == "category" for value in alike)
    return replace(mention, senses=(), parts=alike) if is_category and len(alike) == 1 else None


def _own(mention: Mention) -> tuple[Value, ...]:
    return tuple(sense.value for sense in mention.senses if sense.value is not None) or mention.parts


def _table(mention: Mention) -> str | None:
    return next((sense.table.name for sense in mention.senses if sense.table is not None), None)


def as_before(
    mentions: Sequence[Mention], spoken: Sequence[Value], lexicon: Lexicon, head: str = ""
) -> tuple[Mention, ...]:
    """As in "NLP는?" after 비전팀: a word by itself, of a kind with what was spoken of last where it may be.

    A piece of the very name that was spoken of is none ("where is its log" after lstm-log-exp01), nor is what rows of
    `head`, which were shown last, have by themselves: "without the log" below files.
    """
    refs = {value.ref for value in spoken}
    said = [mention for mention in mentions if any(s.word is None for s in mention.senses) or mention.parts]
    if len(said) != 1 or not refs or any(sense.table for sense in said[0].senses):
        return tuple(mentions)
    tables = {table for table, _ in refs}
    near = tuple(value for value in said[0].parts if value.table in tables)
    if near and len(near) < len(said[0].parts):
        return tuple(replace(one, parts=near) if one is said[0] else one for one in mentions)
    own = [sense.value for sense in said[0].senses if sense.value is not None]
    found = (value for value in lexicon.parts_at(fold(said[0].surface)) if value.ref in refs)
    alike = tuple(value for value in found if lexicon.layer.column(value.ref).role in ("category", "name"))
    if (
        not own
        or len(alike) != 1
        or alike[0] in spoken
        or any(value.ref in refs or head == value.table != alike[0].table for value in own)
    ):
        return tuple(mentions)
    return tuple(replace(one, senses=(), parts=alike) if one is said[0] else one for one in mentions)
