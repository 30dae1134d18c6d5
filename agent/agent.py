"""The agent's turn: memory -> [model -> tool]* -> save -> Answer. Read this first."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from agent.answer import Answer, Ask


@dataclass(frozen=True, slots=True)
class Progress:
    """A sign of life during a turn: what is being done, in which step (from 1)."""

    phase: Literal["thinking", "tool", "writing"]
    step: int
    tool: str | None = None
    text: str = ""


OnProgress: TypeAlias = Callable[[Progress], None]


def ignore_progress(_: Progress) -> None:
    """For callers that show nothing while a turn runs."""


class Agent:
    """Answers asks. One instance serves all threads, side by side."""

    async def run_turn(self, ask: Ask, on_progress: OnProgress = ignore_progress) -> Answer:
        """Answers one ask and saves the turn with its usage in one transaction.

        The caller keeps the turns of one thread in order. Raises AskError (a
        code the surface puts into a sentence); whatever else escapes is a defect.
        """
        raise NotImplementedError
