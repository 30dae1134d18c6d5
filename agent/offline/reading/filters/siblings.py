"""Takes a piece of several names, beside a whole name, for the one most like it: exp02 of "yolo-exp01이랑 exp02"."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from agent.offline.words.lexicon import Value
from agent.offline.words.mentions import Mention
from agent.offline.words.particles import OF

_VERSION = re.compile(r"v\d", re.IGNORECASE)
_NEAR = 4
_LEAST = 3
"""So many letters at least are shared with the whole name."""


def with_siblings(mentions: Sequence[Mention], spoken: Sequence[Value] = ()) -> tuple[Mention, ...]:
    """The mentions, where one name of a piece clearly goes on like a whole name before it, or in the `spoken` ones."""
    found: list[Mention] = []
    for mention in map(_of_version, mentions, (*mentions[1:], None)):
        wholes = [value for before in found for value in _whole(before)] or spoken
        chosen = _likest(mention.parts, wholes) if len(mention.parts) > 1 else None
        found.append(replace(mention, parts=(chosen,)) if chosen else mention)
    return tuple(one for i, one in enumerate(found) if not _is_said_closer(one, found[i + 1 : i + _NEAR]))


def _is_said_closer(piece: Mention, later: Sequence[Mention]) -> bool:
    """As in "intent 데이터 v5 v6": a piece of several names, each of which a word right behind it tells."""
    if len(piece.parts) < 2 or piece.after not in OF:
        return False
    told = [mention.parts[0] for mention in later if len(mention.parts) == 1]
    return len(told) > 1 and all(value in piece.parts for value in told)


def _of_version(mention: Mention, after: Mention | None) -> Mention:
    """As in "surface v3.2": of the names that have a piece, those whose table has what stands behind it, too."""
    told = {sense.value.table for sense in after.senses if sense.value is not None} if after is not None else set()
    own = tuple(part for part in mention.parts if part.table in told)
    said = after is not None and len(told) == 1 and _VERSION.match(after.surface) and not mention.after
    return replace(mention, parts=own) if said and own else mention


def _whole(mention: Mention) -> tuple[Value, ...]:
    values = tuple(sense.value for sense in mention.senses if sense.value is not None)
    return values if len({value.value for value in values}) == 1 else ()


def _likest(parts: Sequence[Value], wholes: Sequence[Value]) -> Value | None:
    """The part that shares the longest beginning with a whole name of its column; None where two share as much."""
    shared = [(max((_shared(part, whole) for whole in wholes), default=0), part) for part in parts]
    most = max(count for count, _ in shared)
    best = [part for count, part in shared if count == most]
    return best[0] if most >= _LEAST and len(best) == 1 else None


def _shared(one: Value, other: Value) -> int:
    if one.ref != other.ref or one.value == other.value:
        return 0
    pairs = zip(str(one.value), str(other.value), strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
