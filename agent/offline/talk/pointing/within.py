"""Puts what a message names first in the place of the pronoun by which it asks of it."""

import re
from datetime import date
from typing import Final

from agent.offline.words.asides.clauses import Clause
from agent.offline.words.lexicon import Lexicon
from agent.offline.words.mending.mend import mend
from agent.offline.words.mentions import cut
from agent.offline.words.normalise import clean
from db.hangul import is_hangul

_NAME: Final = re.compile(r"(?<![\w/.-])(?=[\w.-]*\d)[A-Za-z]\w*(?:[-_][\w.]*\w)+(?![\w/-])")
_QUESTION: Final = re.compile(r"\s*(?:how|what|who|whom|whose|where|when)\b", re.IGNORECASE)
_OF_THEM: Final = re.compile(r"\bof (?:his|hers|theirs|its)\b", re.IGNORECASE)
_OWN: Final = re.compile(r"\b(?:his|her|their|its)\b(?= [a-z])", re.IGNORECASE)
_BACK: Final = re.compile(
    r"^\W*(?:(?:ok|okay|right|alright|anyways?|btw|but|hey|cool|thanks|great|nice|fine|so|and|now|"
    r"then|well|let'?s|let us|please)\W+)*"
    r"(?:(?:go|going|come|coming|get|getting|switch|turn) )?back to\b",
    re.IGNORECASE,
)
_DONE: Final = re.compile(r"(?:ed|ing)$", re.IGNORECASE)
_KINDS: Final = "file|run|one|dataset|model|project|guy|card|job"
_ITSELF: Final = re.compile(
    rf"\b(?:it|those(?: ones)?|them|they|he|she|him|that one|that (?:{_KINDS}))(?=\W|$)", re.IGNORECASE
)


def put_in_place(clauses: tuple[Clause, ...], lexicon: Lexicon, today: date) -> tuple[str, str] | None:
    """What is asked, with the one name of the clauses before it for its pronoun, and that name; None without any.

    "The V100s go back in May. Which runs were on those?" asks which runs were on V100.
    """
    for place, clause in enumerate(clauses[1:], 1):
        before = clauses[place - 1]
        if (
            not _ends(before, clause)
            or any(one.is_asking for one in clauses[:place])
            or any(map(is_hangul, clause.text))
        ):
            continue
        asked = "".join(f"{one.text}{one.sign}" for one in clauses[place:]).strip()
        told = " ".join(one.text for one in clauses[:place])
        if _BACK.match(told):
            continue  # "back to the solder model": the rows that were told of it are meant
        if not (_OWN.search(asked) or _OF_THEM.search(asked) or _ITSELF.search(asked)):
            continue
        name = _named(told, lexicon, today)
        if name and _is_noun(told, lexicon, today, is_heading=":" in before.sign) and _ITSELF.search(asked):
            return _ITSELF.sub(_literal(told), asked, count=1), name
        return (_put(asked, name), name) if name else None
    return None


def _ends(clause: Clause, after: Clause) -> bool:
    """Whether what is told ends there: "that job, how long did it run" does."""
    return bool(clause.sign.strip()) and ("," not in clause.sign or bool(_QUESTION.match(after.text)))


def _is_noun(told: str, lexicon: Lexicon, today: date, *, is_heading: bool) -> bool:
    """Whether it is a known noun of a named row: "config of the first run:", "the A checkpoint,"."""
    mentions = cut(clean(told), lexicon, today).mentions
    if any(m.unknown for m in mentions):
        return False
    if is_heading and " of " in told:
        return True
    last = mentions[-1].senses if len(mentions) > 1 else ()
    kinds = {s.value.ref for s in last if s.value is not None} | {s.column.ref for s in last if s.column is not None}
    is_kind = (
        bool(kinds)
        and not any(s.table for s in last)
        and all(lexicon.layer.column(ref).role in ("category", "text", "path") for ref in kinds)
    )
    return is_kind and _DONE.search(mentions[-1].surface) is None


def _named(told: str, lexicon: Lexicon, today: date) -> str | None:
    """The one name or value in a text, as it is written there."""
    layer = lexicon.layer
    told_of = [
        (m.surface, any(layer.column(value.ref).role == "name" for value in values))
        for m in mend(clean(told), lexicon, today).mentions
        if (values := (*m.parts, *(one.value for one in m.senses if one.value is not None and one.word is None)))
    ]
    names = [surface for surface, is_name in told_of if is_name] or [surface for surface, _ in told_of]
    written = _NAME.findall(told)
    found = dict.fromkeys(written or names)
    return next(iter(found)) if len(found) == 1 else None


def _literal(text: str) -> str:
    """The text as the replacement of a pattern."""
    return text.replace("\\", r"\\")


def _put(asked: str, name: str) -> str:
    if _OF_THEM.search(asked):
        return _OF_THEM.sub(f"of {_literal(name)}", asked, count=1)
    if _OWN.search(asked):
        return _OWN.sub(f"{_literal(name)}'s", asked, count=1)
    return _ITSELF.sub(_literal(name), asked, count=1)
