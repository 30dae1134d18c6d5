"""Finds pieces of paths in a question: best.pt, .pth, /mnt/a/b.bin, "yaml 파일"."""

import re
from collections.abc import Sequence

from agent.offline.words.holding import HOLDS
from agent.offline.words.lexicon import Sense, Value
from agent.offline.words.mentions import Mention
from agent.offline.words.normalise import squeeze
from db.catalog.meaning import ColumnMeaning, SemanticLayer

_PIECE = re.compile(
    r"(?<![\w./@-])(?:/?(?:[\w\-]+/)+[\w.\-]*[\w]|/?(?:[\w\-]+/)+(?=\s|$|[?!,;])|"
    r"[A-Za-z_][\w\-]*\.(?:[A-Za-z][A-Za-z0-9]{0,9})(?:\.[a-z0-9]{1,5})?|\.[A-Za-z][A-Za-z0-9]{1,9})(?![\w/@])",
    re.ASCII,
)
_KIND = re.compile(
    r"(?<![\w.\-])([A-Za-z][A-Za-z0-9]{1,7})"
    r"(?= ?(?:(?:[가-힣]{2,6} )?파일|files?\b|(?:으로|로) ?된|확장자)|(?:인|만) ?(?:것|거|게|건|애))"
    r"|(?<=확장자 )([A-Za-z][A-Za-z0-9]{1,7})(?![\w.\-])|(?<=확장자[가는] )([A-Za-z][A-Za-z0-9]{1,7})(?![\w.\-])",
    re.ASCII,
)


def with_files(text: str, mentions: Sequence[Mention], layer: SemanticLayer) -> tuple[Mention, ...]:
    """The mentions of a clean text, with one for each piece of a path in place of what it was cut into."""
    column = next((c for t in layer.tables for c in t.columns if c.role == "path"), None)
    pieces = [*_PIECE.finditer(text), *(match for match in _KIND.finditer(text) if _is_unknown(text, match, mentions))]
    if column is None or not pieces:
        return tuple(mentions)
    places = squeeze(text).places
    made = list(mentions)
    for piece in pieces:
        inside = [m for m in made if m.start < len(places) and piece.start() <= places[m.start] < piece.end()]
        if inside and not (piece.re is _PIECE and _is_named(inside, layer)):
            at = made.index(inside[0])
            made[at : at + len(inside)] = [_mention(piece, inside, column, held=_is_held(made[at + len(inside) :]))]
    return tuple(made)


def _is_named(inside: Sequence[Mention], layer: SemanticLayer) -> bool:
    """As in "minjun.kim": a piece of what names a row, and of no path."""
    known = (*(sense.value for sense in inside[0].senses if sense.value is not None), *inside[0].parts)
    return len(inside) == 1 and any(layer.column(value.ref).role == "name" for value in known)


def _is_unknown(text: str, match: re.Match[str], mentions: Sequence[Mention]) -> bool:
    places = squeeze(text).places
    inside = [m for m in mentions if m.start < len(places) and match.start() <= places[m.start] < match.end()]
    return bool(inside) and all(mention.unknown for mention in inside)


def _is_held(after: Sequence[Mention]) -> bool:
    """As in "best.pt 들어간": anywhere in the path."""
    return bool(after) and after[0].surface.startswith(HOLDS)


def _mention(piece: re.Match[str], inside: Sequence[Mention], column: ColumnMeaning, *, held: bool) -> Mention:
    said = piece.group()
    pattern = f"%.{said}" if piece.re is _KIND else said if said.startswith("/") else f"%{said}"
    is_folder = piece.re is _PIECE and "." not in said.rsplit("/", 1)[-1] and (said[0] == "/" or said[-1] == "/")
    pattern += "%" if is_folder or (held and pattern.startswith("%")) else ""
    value = Value(column.table, column.name, pattern)
    return Mention(inside[0].start, inside[-1].end, said, (Sense("value", value=value),), after=inside[-1].after)
