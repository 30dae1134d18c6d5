"""Puts plainly how people go on in a talk: what only leads to the next question, and how they ask for a change."""

import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from agent.offline.talk.changing.periods import with_period
from agent.offline.talk.frames import Frame, Shown
from agent.offline.words.idioms.plain import spelt
from agent.offline.words.kept import kept
from agent.offline.words.lexicon import Lexicon
from agent.offline.words.mentions import cut
from agent.offline.words.normalise import clean

VOCABULARY: Final = Path(__file__).with_name("turns.yml")
_REACTS_KO: Final = re.compile(
    r"^(?:(?:아+|오+|어+|음+|흠+|헐|와+|앗|아하|호오|네|넵|응|ㅇㅎ|그래)[,.!~ ]+)?"
    r"(?P<told>[가-힣A-Za-z0-9 ]{0,24}?[가-힣])(?:(?<=[있었했였났졌됐렸겼이크높낮많적느빠길짧작네])네"
    r"|구나|군|구만|구먼|나 ?보네|나 ?보구나)(?:요)?"
    r"[ㅋㅎㅠㅜ.,!~… ]+(?=\S)"
)
_REACTS_EN: Final = re.compile(
    r"^(?:(?:ah+|oh+|aha|huh|wow|whoa|hm+|ok(?:ay)?|i see|got it|right|damn|yikes|nice|cool|great|interesting|"
    r"makes sense|fair enough|good|thanks|thx)\b[,.! ]*)+"
    r"(?P<told>(?:(?:it|that|he|she|they|this|those|these|so it|so they)(?:'s|'re| is| are| was| were| has| have)? )?"
    r"[a-z' ]{0,24})(?:[.!…]+|,(?= (?:so |and |but )?(?:what|when|who|where|which|how)\b)) *(?=\S)",
    re.IGNORECASE,
)
_ASKS: Final = re.compile(
    r"\b(?:what|which|who|whose|when|where|how|why|show|list|tell|give|only|just|and the)\b", re.IGNORECASE
)

_SAME: Final = re.compile(
    r"(?<![가-힣])(?:같은|동일한?) (?P<ko>[가-힣A-Za-z]{2,8}?)(?=(?:으로|로|에서|에|을|를|의)?(?: |(?:돌|쓰|만|학)))"
    r"|\b(?:the )?same (?P<en>[a-z]{3,12})\b",
    re.IGNORECASE,
)


def read_ahead() -> None:
    """Has these words read, which takes longer than a turn: nobody is to wait for it."""
    _patterns()


def going_on(text: str, frames: tuple[Frame, ...], lexicon: Lexicon, today: date) -> str:
    """The question in plain words, where it goes on from an earlier one; else as it is."""
    if not any(frame.query is not None for frame in frames):
        return text
    said = _without_reaction(spelt(re.sub(r"[^\S\n]+", " ", text).strip()), frames[0].main, lexicon, today)
    for pattern, meant in _patterns():
        said = pattern.sub(meant, said)
    said = _on_the_same(said, frames[0].main, lexicon, today)
    return with_period(said.strip() or text, frames)


def _without_reaction(text: str, rows: tuple[Shown, ...], lexicon: Lexicon, today: date) -> str:
    """As in "아 멈춰있구나.. 언제 시작했어?", "ah, it's paused. since when?": what is shown is known."""
    match = _REACTS_KO.match(text) or _REACTS_EN.match(text)
    if match is None or not rows or _ASKS.search(match["told"]):
        return text
    told = cut(clean(match["told"]), lexicon, today).mentions
    values = [value for m in told for value in (*m.parts, *(s.value for s in m.senses if s.value is not None))]
    shown = {value for row in rows for _, value in (*row.cells, *row.told)}
    names = [one for one in values if lexicon.layer.column(one.ref).role == "name" and one.value not in shown]
    is_bound = any(m.amount or m.dates for m in told)
    if names or (len(rows) > 1 and (values or is_bound)):
        return text
    return text[match.end() :]


def _on_the_same(text: str, rows: tuple[Shown, ...], lexicon: Lexicon, today: date) -> str:
    """As in "같은 데이터로 돌린 다른 학습은?" after the data of a run: that of the row shown is meant."""
    match = _SAME.search(text) if len(rows) == 1 else None
    if match is None:
        return text
    noun = match["ko"] or match["en"]
    tables = {s.table.name for m in cut(clean(noun), lexicon, today).mentions for s in m.senses if s.table is not None}
    that = "그" if match["ko"] else "that"
    return f"{text[: match.start()]}{that} {noun}{text[match.end() :]}" if tables == {rows[0].table} else text


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    kinds: dict[str, list[tuple[str, str]]] = kept(VOCABULARY)
    return tuple((re.compile(pattern, re.IGNORECASE), meant) for pairs in kinds.values() for pattern, meant in pairs)
