"""Takes a Korean word for a value that nothing has where it ends as all values of one category do: 인프라팀."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from agent.offline.words.lexicon import Lexicon, Sense, Value
from agent.offline.words.mentions import Mention
from agent.offline.words.normalise import squeeze
from db.catalog.values import fold
from db.hangul import is_hangul

_FEWEST: Final = 3
"""Values of a category whose common end tells its kind."""
_PARTICLE: Final = (
    r"(?P<after>(?:은|는|이|가|을|를|에|의|도|만|에서|에는|이랑|랑|과|와|한테|소속|쪽|꺼|거)?(?:요)?)(?![가-힣])"
)
_POINTS: Final = re.compile(
    r"어느|무슨|어떤|같은|다른|해당|각|모든|우리|저희|그|이|저|타|전|옆|본|내|네|니|한|두|세|몇|여러|전체|원|담당|소속|모|별|무엇|뭔"
)


def with_strange_kinds(text: str, mentions: Sequence[Mention], lexicon: Lexicon) -> tuple[Mention, ...]:
    """The mentions, with each such word as one value, which rows are then looked for by."""
    made = tuple(mentions)
    for ref, ending in lexicon.lasting.once("endings", lambda: _endings(lexicon)):
        if ending in text:
            made = _with(text, made, ref, ending, lexicon)
    return made


def _with(
    text: str, mentions: tuple[Mention, ...], ref: tuple[str, str], ending: str, lexicon: Lexicon
) -> tuple[Mention, ...]:
    places = squeeze(text).places
    made = list(mentions)
    for word in re.finditer(rf"(?<![가-힣A-Za-z])(?P<kind>[가-힣A-Za-z]{{1,8}}?){ending}{_PARTICLE}", text):
        end = word.start("after")
        inside = [m for m in made if word.start() <= places[m.start] < end]
        if _POINTS.fullmatch(word["kind"]) or not inside or places[inside[0].start] != word.start():
            continue
        if any(m.corrected or m.parts or any(s.value for s in m.senses) for m in inside):
            continue
        said = text[word.start() : end]
        if lexicon.at(fold(said)):
            continue
        last = max(place for place in range(len(places)) if places[place] < end) + 1
        place = made.index(inside[0])
        value = Mention(inside[0].start, last, said, (Sense("value", value=Value(*ref, said)),), after=word["after"])
        made[place : place + len(inside)] = [replace(value, spaced=inside[0].spaced)]
    return tuple(made)


def _endings(lexicon: Lexicon) -> tuple[tuple[tuple[str, str], str], ...]:
    """The categories all of whose values end alike, with that end."""
    values: dict[tuple[str, str], list[str]] = {}
    for entry in lexicon.values.entries():
        if lexicon.layer.column((entry.table, entry.column)).role == "category":
            values.setdefault((entry.table, entry.column), []).append(str(entry.value))
    ends = {ref: _end(told) for ref, told in values.items() if len(told) >= _FEWEST}
    return tuple((ref, end) for ref, end in ends.items() if end and all(map(is_hangul, end)))


def _end(words: list[str]) -> str:
    """What all of them end with."""
    shortest = min(words, key=len)
    ends = (shortest[start:] for start in range(len(shortest)))
    return next((end for end in ends if all(word.endswith(end) for word in words)), "")
