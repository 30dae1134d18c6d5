"""Puts together what is one word: 미완료, 재학습, A라인, a name that only looks like parts of others."""

import re
from collections.abc import Sequence
from dataclasses import replace

from agent.offline.words.grammar import Word
from agent.offline.words.lexicon import Sense
from agent.offline.words.mentions import Mention
from db.catalog.meaning import SemanticLayer
from db.catalog.values import fold

_NOT = ("미", "비", "불", "무")
_AGAIN = ("재",)
_VERSION = re.compile(r"^v\d+$", re.IGNORECASE)
_LABEL = re.compile(r"^[A-Za-z0-9가-힣]$")


def glued(mentions: Sequence[Mention], layer: SemanticLayer) -> list[Mention]:
    """The mentions with pieces joined that only mean something together."""
    context = {fold(word) for word in layer.context}
    made: list[Mention] = []
    for mention in mentions:
        last = made[-1] if made else None
        is_near = last is not None and (not mention.spaced or _negates_apart(last, mention))
        joined = _joined(last, mention, context) if last is not None and is_near else None
        if joined is None:
            made.append(mention)
        elif joined.unknown:
            made[-1] = joined
        else:
            made[-1:] = [joined, mention]
    return made


def _negates_apart(left: Mention, right: Mention) -> bool:
    """As in "비 production": a stray syllable right before a value says that it is not that one."""
    return left.surface in _NOT and left.unknown and any(sense.value is not None for sense in right.senses)


def _joined(left: Mention, right: Mention, context: set[str]) -> Mention | None:
    """One unknown word of both; or the left as a negation, which leaves the right as it is."""
    if left.parts and right.parts and not left.after and not set(left.parts) & set(right.parts):
        return replace(left, end=right.end, surface=f"{left.surface}-{right.surface}", parts=(), unknown=True,
                       after=right.after, senses=())  # fmt: skip
    if left.parts and right.amount is not None and not left.after and _VERSION.match(left.surface):
        return replace(left, end=right.end, surface=f"{left.surface}.{right.surface}", parts=(), unknown=True)
    is_content = bool(right.parts) or any(sense.word is None for sense in right.senses)
    if left.surface in _NOT and left.unknown and is_content:
        return replace(left, senses=(Sense("word", word=Word("negate", left.surface, stem=False)),), unknown=False)
    labels = _LABEL.match(left.surface) and any(fold(right.surface).startswith(word) for word in context)
    if labels or (left.surface in _AGAIN and left.unknown and is_content):
        return _unknown(left, right)
    return None


def _unknown(left: Mention, right: Mention) -> Mention:
    return replace(left, end=right.end, surface=left.surface + right.surface, senses=(), parts=(), unknown=True,
                   after=right.after, corrected=None)  # fmt: skip
