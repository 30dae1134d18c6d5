"""Joins words that mean one thing together: GPU 종류, 평균보다, "the whole size", a word with its gloss."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from agent.offline.words.grammar import Word
from agent.offline.words.kind_words import KINDS, KINDS_IN_ENGLISH
from agent.offline.words.lexicon import Sense
from agent.offline.words.mentions import Mention
from agent.offline.words.normalise import squeeze
from agent.offline.words.particles import OF
from agent.offline.words.stepped_over import BEFORE_AVERAGE
from db.catalog.values import fold

_NAMES: Final = ("이름", "명칭", "name")
_KINDS: Final = (KINDS[0], *KINDS_IN_ENGLISH, "type", "kind")
_WHOLE: Final = ("전체", "전부", "모두", "다", "다해서", "entire", "whole", "overall")
_BOUNDS: Final = ("at_least", "at_most", "over", "under")
_STATEMENT: Final = re.compile(r"^[^?]{8,}?[.!]\s+(?=[^?]{8,}\?$)")
_NEED_TOLD: Final = re.compile(
    r"(?:니다|(?<!에)서요?|라서요?|(?<=이)라|니까요?|[는은인한건]데요?|거든요|[어아해]요|네요)(?:[.,!]+\s+|(?<=[요라])\s+)"
)
"""Where a Korean statement ends that a request follows."""
_GLOSS: Final = re.compile(r"([^\s()]+) ?\(([^()]+)\)")


def compounded(text: str, mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """The mentions of a mended `text` with such words read as one."""
    made = _with_dated(_without_glossed(text, _without_story(text, mentions)))
    for i in range(len(made)):
        if _is_compared_average(made, i):
            made[i] = replace(made[i], senses=(_word("than_avg", made[i].surface),))
        elif _is_whole_amount(made, i):
            made[i] = replace(made[i], senses=(_word("sum", made[i].surface),))
        elif _relates(made, i):
            made[i] = replace(made[i], senses=(_word("filler", made[i].surface),))
    return tuple(_with_far_kinds(_with_owned_names(_with_kinds(made))))


def _with_dated(mentions: list[Mention]) -> list[Mention]:
    """As in "wafer 2024q1": a date that is a piece of the name before it."""
    made: list[Mention] = []
    for mention in mentions:
        last = made[-1] if made else None
        parts = last.parts if last is not None and not last.after and mention.dates is not None else ()
        if last is not None and (held := tuple(v for v in parts if fold(mention.surface) in fold(str(v.value)))):
            surface = f"{last.surface} {mention.surface}"
            made[-1] = replace(last, end=mention.end, surface=surface, parts=held, after=mention.after)
        else:
            made.append(mention)
    return made


def _without_story(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """As in "We cannot miss defects. Which model …?": of statements before a question only what is known for sure."""
    told = _STATEMENT.match(text)
    places = squeeze(text).places
    if told is None:
        return _without_need(text, places, mentions)
    return [m for m in mentions if places[m.start] >= told.end() or not (m.unknown or m.parts or m.corrected)]


def _without_need(text: str, places: Sequence[int], mentions: Sequence[Mention]) -> list[Mention]:
    """As in "결함 유출이 치명적인 공정입니다. … 추천 부탁드립니다": of what only tells a need, the need alone."""
    told = next((end.end() for end in _NEED_TOLD.finditer(text)), 0)
    before = [m for m in mentions if places[m.start] < told]
    senses = [sense for mention in before for sense in mention.senses]
    needs = any(sense.criterion for sense in senses)
    if not needs or any(sense.table or (sense.value and not sense.verbal) for sense in senses):
        return list(mentions)
    gone = [m for m in before if m.unknown or m.parts or m.corrected or any(sense.verbal for sense in m.senses)]
    return [m for m in mentions if m not in gone]


def _word(does: str, surface: str) -> Sense:
    return Sense("word", word=Word(does, surface, stem=False))


def _without_glossed(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """As in "폐기(archived)된": of an unknown word and a known one in brackets behind it, the known one."""
    places = squeeze(text).places
    gone: set[int] = set()
    for gloss in _GLOSS.finditer(text):
        outer, inner = gloss.span(1), gloss.span(2)
        before = [i for i, m in enumerate(mentions) if outer[0] <= places[m.start] < outer[1]]
        inside = [i for i, m in enumerate(mentions) if inner[0] <= places[m.start] < inner[1]]
        other_script = text[inner[0]].isascii() != text[outer[0]].isascii()
        explained = bool(inside) and (other_script or not any(mentions[i].unknown for i in inside))
        if explained and before and all(mentions[i].unknown or mentions[i].corrected for i in before):
            gone |= set(before)
    return [mention for i, mention in enumerate(mentions) if i not in gone]


def _relates(mentions: list[Mention], i: int) -> bool:
    """As in "projects whose runs all failed", "people who own two": not who it is, but of which rows it is said."""
    is_pronoun = mentions[i].surface.lower() in ("whose", "who") and i + 1 < len(mentions)
    tables = [sense.table for sense in mentions[i - 1].senses if sense.table is not None] if i else []
    return is_pronoun and any(table.person or mentions[i].surface.lower() == "whose" for table in tables)


def _is_category(mention: Mention) -> bool:
    return any(sense.column is not None and sense.column.role == "category" for sense in mention.senses)


def _with_kinds(mentions: list[Mention]) -> list[Mention]:
    """As in "프레임워크 종류": which values there are, and no column called 종류."""
    made: list[Mention] = []
    for mention in mentions:
        last = made[-1] if made else None
        is_kind = mention.surface.lower() in _KINDS and last is not None and not last.after
        if is_kind and last is not None and _is_category(last) and not any(s.value for s in last.senses):
            surface = f"{last.surface} {mention.surface}"
            senses = tuple(sense for sense in last.senses if sense.column is not None)
            made[-1] = replace(last, end=mention.end, surface=surface, senses=senses, after=mention.after)
        else:
            made.append(mention)
    return made


def _with_owned_names(mentions: list[Mention]) -> list[Mention]:
    """As in "파이프 이름", the name of those rows; and "팀 이름들", which teams there are."""
    made: list[Mention] = []
    for mention in mentions:
        last = made[-1] if made else None
        names = [sense for sense in mention.senses if sense.column is not None and sense.column.role == "name"]
        if last is None or last.after not in OF or not names or any(s.value for s in last.senses):
            made.append(mention)
        elif _is_category(last) and not any(s.table for s in last.senses):
            if not mention.surface.lower().startswith(_NAMES):
                made.append(mention)  # "팀, 이메일": a column of its own
                continue
            surface = f"{last.surface} {_KINDS[0]}"
            senses = tuple(sense for sense in last.senses if sense.column is not None)
            made[-1] = replace(last, end=mention.end, surface=surface, senses=senses, after=mention.after)
        else:
            tables = {sense.table.name for sense in last.senses if sense.table is not None}
            own = tuple(sense for sense in names if sense.column is not None and sense.column.table in tables)
            made.append(replace(mention, senses=own) if own else mention)
    return made


def _with_far_kinds(mentions: list[Mention]) -> list[Mention]:
    """As in "GPU 뭐뭐 쓰는지 종류만": the kinds of a category named before, where nothing of its own kind is."""
    tables = {sense.table.name for m in mentions for sense in m.senses if sense.table is not None}
    categories = [i for i, m in enumerate(mentions) if _is_category(m) and m.surface.lower() not in _KINDS]
    for i, mention in enumerate(mentions):
        own = any(s.column is not None and s.column.table in tables for s in mention.senses)
        if mention.surface.lower() not in _KINDS or own or len(categories) != 1 or categories[0] >= i:
            continue
        named = mentions[categories[0]]
        if any(sense.value or sense.table for sense in named.senses):
            continue
        kinds = replace(named, surface=f"{named.surface} {_KINDS[0]}")
        return [kinds if m is named else m for m in mentions if m is not mention]
    return mentions


def _is_compared_average(mentions: list[Mention], i: int) -> bool:
    """As in "평균보다 큰", "평균 용량보다 큰", "평균 이상", "larger than the average size", "above average"."""
    if not mentions[i].does("avg"):
        return False
    near = mentions[i : i + 3]
    if near[0].after.startswith("보다") or (len(near) > 1 and near[1].after.startswith("보다")):
        return True
    if not mentions[i].surface.isascii():
        return len(near) > 1 and near[1].does(*_BOUNDS)
    before = [m for m in mentions[:i] if m.surface.lower() not in BEFORE_AVERAGE][-1:]
    return any(m.does("over", "under") or m.surface.lower().endswith("than") for m in before)


def _is_whole_amount(mentions: list[Mention], i: int) -> bool:
    """As in "전체 용량은 얼마나 돼?": all of it together, where how much is asked."""
    if mentions[i].surface.lower() not in _WHOLE or not any(m.does("how_much") for m in mentions):
        return False
    after = mentions[i + 1] if i + 1 < len(mentions) else None
    columns = [s.column for s in after.senses if s.column is not None] if after is not None else []
    return any(c.role == "measure" and not c.ratio and c.better is None for c in columns)
