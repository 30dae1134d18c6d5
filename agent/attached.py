"""What somebody put beside a question: a file, or a message of others that it is about. Data, never trusted."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal, TypeAlias

from agent.memory import Focus, Memory, RememberedTurn
from agent.vocabulary import Knowledge

AttachedKind: TypeAlias = Literal["file", "message"]

MOST_CHARS: Final = 16_000
"""So much of all that is attached enters a prompt."""
MOST_NAMES: Final = 12
_MOST_WORDS: Final = 20_000
_HEAD: Final = 4
"""A quarter of what is kept of a long text is its beginning: a log's end tells more."""
_WORD: Final = re.compile(r"[^\s\"'`()\[\]{}<>,;:|=/\\]+")
_EDGES: Final = ".!?*_-"
_ENDING: Final = re.compile(r"\.[a-z]{1,4}$")
_PARTICLE: Final = re.compile(r"(?<=[a-z0-9])[가-힣]{1,4}$", re.IGNORECASE)
"""What Korean puts behind a name: defect-detection-v2가."""


@dataclass(frozen=True, slots=True)
class Attached:
    """A text beside a question. `name` is the file's, or tells whose message it is; `is_cut`: more was in it."""

    name: str
    text: str
    kind: AttachedKind = "file"
    is_cut: bool = False


def fitting(attached: Sequence[Attached]) -> tuple[Attached, ...]:
    """Each cut to an equal part of MOST_CHARS, in the middle, where together they are longer."""
    share = MOST_CHARS // max(len(attached), 1)
    return tuple(one if len(one.text) <= share else _cut(one, share) for one in attached)


def remembered(memory: Memory, attached: Sequence[Attached], catalog: Knowledge) -> Memory:
    """The memory with what is attached as its last turn, which speaks of the rows that it names."""
    focus = tuple(dict.fromkeys(one for each in attached for one in _named(each.text, catalog)))[:MOST_NAMES]
    if not focus:
        return memory
    return replace(memory, turns=(*memory.turns, RememberedTurn("", "", focus=focus)))


def _cut(one: Attached, most: int) -> Attached:
    head = most // _HEAD
    text = f"{one.text[:head]}\n[…]\n{one.text[-(most - head) :]}"
    return replace(one, text=text, is_cut=True)


def _named(text: str, catalog: Knowledge) -> Iterator[Focus]:
    """The rows whose names stand in the text as words of it, in its order."""
    firsts = {(table.name, table.display[0]) for table in catalog.semantics.tables if table.display}
    for at, match in enumerate(_WORD.finditer(text)):
        if at == _MOST_WORDS:
            return
        word = match[0].strip(_EDGES)
        for name in dict.fromkeys((word, _ENDING.sub("", word), _PARTICLE.sub("", word))):
            for found in catalog.values.exact(name) if name else ():
                if found.value == name and (found.table, found.column) in firsts:
                    yield Focus(found.table, ((found.column, name),))
