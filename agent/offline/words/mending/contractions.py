"""Undoes one slipped key in an English contraction: werne't, hzven't, dont'."""

import re
from functools import cache
from typing import Final

from agent.offline.words.mending.slips import NEAR

_VERBS: Final = ("do", "does", "did", "is", "are", "was", "were", "has", "have", "had", "could", "would", "should")
_TYPED: Final = re.compile(r"(?<![\w'-])[A-Za-z]{3,9}'[A-Za-z]?(?![\w'-])", re.ASCII)


def contracted(text: str) -> str:
    """The text with each such contraction as it was meant, where just one is a slip away."""
    return _TYPED.sub(lambda word: _slipped().get(word.group().lower(), word.group()), text) if "'" in text else text


@cache
def _slipped() -> dict[str, str]:
    """What a contraction may be typed as -> what it is."""
    meant: dict[str, set[str]] = {}
    for verb in _VERBS:
        for slip in _slips(f"{verb}n't"):
            meant.setdefault(slip, set()).add(f"{verb}n't")
    whole = {f"{verb}n't" for verb in _VERBS}
    return {slip: next(iter(words)) for slip, words in meant.items() if len(words) == 1 and slip not in whole}


def _slips(word: str) -> set[str]:
    """The word with a key left out, struck twice, struck too early, or one beside it struck."""
    made = set()
    for i, key in enumerate(word):
        before, after = word[:i], word[i + 1 :]
        made |= {before + after, before + key + key + after}
        made |= {before + near + after for near in NEAR.get(key, "")}
        if after:
            made.add(before + after[0] + key + after[1:])
    return {one for one in made if "'" in one}
