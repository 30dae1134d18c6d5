"""Holds a Korean name before 님 or 씨 together, where nobody is known by it: 정다은님 is no 다."""

import re
from collections.abc import Sequence
from typing import Final

from agent.offline.words.mentions import Mention
from agent.offline.words.normalise import squeeze

SURNAMES: Final = frozenset(
    "김이박최정강조윤장임한오서신권황안송류유전홍고문양손배백허남심노하곽성차주우구민진지엄채원천방공현함변염여추도소석선설마길"
    "연위표명기반왕금옥육인맹제모탁국어은편용예경봉사부가복태목형피두감음빈동온호범좌팽승간상시갈라"
)
"""The first syllables of nearly all Korean names: 세팅된 and 큰일남 are none."""
_TITLED: Final = re.compile(r"(?<![가-힣])([가-힣][가-힣]{2}) ?(?:님|씨)(?![가-힣]{3})")


def with_strangers(text: str, mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """The mentions, with each such name that was cut into words of other meanings as one unknown word."""
    made = list(mentions)
    places = squeeze(text).places
    for name in _TITLED.finditer(text):
        inside = [m for m in made if name.start() <= places[m.start] < name.end()]
        is_whole = all(m.unknown for m in inside)
        if name.group(1)[0] not in SURNAMES or is_whole or any(_is_known(m, len(name.group(1))) for m in inside):
            continue
        first, last = inside[0], inside[-1]
        end = max(place for place in range(first.start, len(places)) if places[place] < name.end()) + 1
        place = made.index(first)
        made[place : place + len(inside)] = [
            Mention(first.start, end, name.group().replace(" ", ""), after=_rest(last), unknown=True)
        ]
    return tuple(made)


def _is_known(mention: Mention, length: int) -> bool:
    """Whether somebody is known by it, or it is one word: 연구원님."""
    named = bool(mention.parts) or any(sense.value is not None for sense in mention.senses)
    return named or (len(mention.surface) >= length and not mention.unknown)


def _rest(last: Mention) -> str:
    """The particle behind the title."""
    found = re.search(r"(?:님|씨)([가-힣]{0,2})$", last.surface + last.after)
    return found.group(1) if found else ""
