"""What a slipped word would be read as: whether it says something, and whether it stands there by chance."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Final

from agent.offline.words.mending.slips import is_malformed
from agent.offline.words.mentions import Mention

_TURNING: Final = ("negate", "no_value", "superlative", "high", "low", "many", "few", "recommend", "correction", "same")
_SYLLABLES: Final = frozenset(
    "김이박최정강조윤장임한오서신권황안송류유전홍고문양손배백허남심노하곽성차주우구민진지엄채원천방공현함변염여추도석선설마길연위표명기반왕금옥"
    "육인맹제모국어은편용예경사부가복태목형피두감음빈동온호범좌팽승간시대매층실판권번회점면체식종량률율액단집밤낮눈비해날물불산땅발몸속앞뒤옆밖밑끝"
)
"""Syllables that are names or words of their own."""
NAME: Final = 3
"""Syllables of most people's names."""
_SAYS_NOTHING: Final = frozenset({"filler", "list"})
KOREAN: Final = Path(__file__).with_name("korean.txt")
COMMON: Final = 0.3
COMMONEST: Final = 0.45
"""How much likelier a common word is to have been meant."""


@cache
def common() -> Mapping[str, float]:
    """The Korean words, with what may follow them, that any question is made of, with how much likelier each is."""
    lines = KOREAN.read_text(encoding="utf-8").splitlines()
    first, _, others = "\n".join(line for line in lines if not line.startswith("#")).partition("\n\n")
    return dict.fromkeys(others.split(), COMMON) | dict.fromkeys(first.split(), COMMONEST)


def is_common_noun(own: list[Mention]) -> bool:
    """Whether it begins with a short noun that any question has, behind which a particle stands: 팀에, 팀마다."""
    return bool(own) and own[0].surface in common() and any(sense.word is None for sense in own[0].senses)


def turns(mention: Mention) -> bool:
    """Whether it is a function word that turns a question round, or ranks by itself."""
    return mention.does(*_TURNING) and all(sense.word is not None for sense in mention.senses)


def is_stray(typed: str, candidate: str) -> bool:
    """Whether it is a syllable that stands for itself, or for nothing: a family name, 대, one struck by mistake."""
    return len(typed) == 1 and (typed in _SYLLABLES or candidate not in common())


def is_by_chance(typed: str, candidate: str, own: Sequence[Mention]) -> bool:
    """Whether a word is hardly a slip, as 권장하는 of 구천장, and 정은하, which may be a whole name, of 적은."""
    is_name = len(typed) == NAME and typed[0] in _SYLLABLES and not is_malformed(typed)
    turned = is_name and any(map(turns, own)) and own[0].surface != candidate
    missing = any(sense.missing for mention in own if len(mention.surface) < NAME for sense in mention.senses)
    return turned or missing or any(m.amount is not None and m.amount.scaled for m in own)


def is_in_pieces(typed: str, own: Sequence[Mention]) -> bool:
    """Whether a word would be heard as several, the first of one other syllable: 떠안고 is hardly 더 안고."""
    first = own[0] if len(own) > 1 and len(own[0].surface) == 1 else None
    return first is not None and not typed.startswith(first.surface) and all(s.word is not None for s in first.senses)


def is_made_up(own: list[Mention]) -> bool:
    """Whether a syllable that says nothing holds a longer word together: 인 of 인도우크기, not the 한 of 학습한."""
    small = [i for i, mention in enumerate(own) if len(mention.surface) == 1 and mention.does("filler")]
    return len(own) > 1 and any(i < len(own) - 1 or not _is_stem(own[i]) for i in small)


def _is_stem(mention: Mention) -> bool:
    return any(sense.word is not None and sense.word.stem for sense in mention.senses)


def is_syllable(mention: Mention) -> bool:
    return len(mention.surface) == 1 and bool(mention.senses) and not mention.surface.isascii()


def is_set(own: list[Mention]) -> bool:
    """Whether a slip was made in a set word such as 목록, no verb."""
    words = [sense.word for mention in own for sense in mention.senses if sense.word is not None]
    return len(own) == 1 and len(own[0].surface) > 1 and bool(words) and not any(one.stem for one in words)


def meaning_of(mention: Mention) -> object:
    """What a mention says, whatever particle follows; None where it says nothing of the rows."""
    if mention.senses and all(sense.word is not None for sense in mention.senses):
        does = {sense.word.does for sense in mention.senses if sense.word}
        return None if does <= _SAYS_NOTHING else tuple(sorted(does))
    return (mention.senses, mention.parts, mention.amount, mention.dates)
