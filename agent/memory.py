"""Which earlier turns and which focus enter the prompt: pure, no I/O."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from agent.offer import Offer
from db.catalog.table import Cell, Table


@dataclass(frozen=True, slots=True)
class Focus:
    """One row of the catalogue that "그 모델" may mean.

    `key` holds the table's display columns with their values, in the semantic
    layer's order: (("name", "wafer-defect-yolov8m"), ("version", "v2.1")).
    """

    table: str
    key: tuple[tuple[str, Cell], ...]

    @property
    def label(self) -> str:
        return " ".join(str(value) for _, value in self.key if value is not None)


@dataclass(frozen=True, slots=True)
class RememberedTurn:
    """One earlier turn of the thread, as much of it as memory keeps.

    `sql` are the statements that found rows; `result` is the last one's.
    `focus` begins with the rows that the answer named. `frame` is the offline
    engine's reading, `offer` what the answer left to choose from. `alerts` are the details of those that
    a message told, which nobody asked.
    """

    question: str
    answer: str
    sql: tuple[str, ...] = ()
    result: Table | None = None
    focus: tuple[Focus, ...] = ()
    frame: Mapping[str, Any] | None = None
    offer: Offer | None = None
    alerts: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Memory:
    """What a thread remembers: oldest turn first, and a line per older turn.

    `older` are the turns that `summary` tells of, for an engine that reads their frames and no text.
    """

    turns: tuple[RememberedTurn, ...] = ()
    summary: str = ""
    older: tuple[RememberedTurn, ...] = ()


@dataclass(frozen=True, slots=True)
class MemoryBounds:
    """How much of a thread enters a prompt."""

    tokens: int = 2_500
    answer_chars: int = 900
    summary_chars: int = 100


def estimated_tokens(text: str) -> int:
    """An upper guess without the model's own tokenizer: a token per 3 UTF-8 bytes.

    Hangul is 3 bytes a syllable, so a token a syllable; English about 3 letters a token.
    """
    return len(text.encode()) // 3 + 1


def remember(turns: Sequence[RememberedTurn], bounds: MemoryBounds = MemoryBounds()) -> Memory:
    """The newest turns whole, as many as fit; a line for each older one, newest kept first.

    The last turn is always kept whole: a follow-up means it before all others.
    """
    kept: list[RememberedTurn] = []
    left = bounds.tokens
    for turn in reversed(turns):
        short = replace(turn, answer=shortened(turn.answer, bounds.answer_chars))
        left -= _tokens(short)
        if kept and left < 0:
            break
        kept.append(short)
    older = turns[: len(turns) - len(kept)]
    return Memory(tuple(reversed(kept)), _summed_up(older, bounds), tuple(older))


def shortened(text: str, chars: int) -> str:
    """The text up to a paragraph, line or sentence end within `chars`, marked with … when cut."""
    if len(text) <= chars:
        return text
    head = text[: chars - 1]
    for end in ("\n\n", "\n", "다. ", ". ", " "):
        place = head.rfind(end)
        if place > chars // 3:
            return head[: place + len(end.strip())].rstrip() + "…"
    return head + "…"


def _tokens(turn: RememberedTurn) -> int:
    rows = turn.result.rows[:5] if turn.result is not None else ()
    return estimated_tokens(" ".join((turn.question, turn.answer, *turn.sql, *(str(row) for row in rows))))


def _summed_up(turns: Sequence[RememberedTurn], bounds: MemoryBounds) -> str:
    lines: list[str] = []
    left = bounds.tokens // 3
    for turn in reversed(turns):
        line = f"- {shortened(turn.question, bounds.summary_chars)} → {_first_line(turn.answer, bounds)}"
        left -= estimated_tokens(line)
        if left < 0:
            lines.append(f"- ({len(turns) - len(lines)} earlier questions)")
            break
        lines.append(line)
    return "\n".join(reversed(lines))


def _first_line(answer: str, bounds: MemoryBounds) -> str:
    line = next((line for line in answer.splitlines() if line.strip()), "")
    return shortened(line.strip("# *"), bounds.summary_chars)
