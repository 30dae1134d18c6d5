"""A sign of life on the terminal while a turn runs."""

from types import TracebackType
from typing import Self

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.spinner import Spinner
from rich.text import Text

from agent.progress import Progress
from bot.terminal.drawing import clean
from db.catalog.meaning import Language

_DOING = {
    "ko": {
        "thinking": "생각하고 있습니다…",
        "writing": "답변을 쓰고 있습니다…",
        "execute_sql": "SQL을 실행하고 있습니다…",
        "find_values": "이름을 찾아보고 있습니다…",
        "describe_tables": "테이블을 살펴보고 있습니다…",
        "tool": "도구를 쓰고 있습니다…",
    },
    "en": {
        "thinking": "Thinking…",
        "writing": "Writing the answer…",
        "execute_sql": "Running SQL…",
        "find_values": "Looking the name up…",
        "describe_tables": "Reading the tables…",
        "tool": "Using a tool…",
    },
}


def describe_progress(progress: Progress, language: Language) -> str:
    """What is being done, in a few words, with the step from the second on."""
    words = _DOING[language]
    doing = words.get(progress.tool or "", words["tool"]) if progress.phase == "tool" else words[progress.phase]
    return doing if progress.step <= 1 else f"{doing} ({progress.step})"


class TurnView:
    """A spinner that says what is done and shows the text as it grows; gone when the turn is over.

    Shows nothing on anything but a terminal. Use as a context manager and give
    `show` to Agent.run_turn.
    """

    def __init__(self, console: Console, language: Language) -> None:
        self._console = console
        self._language = language
        self._text = ""
        self._spinner = Spinner("dots", text="")
        self._live = Live(console=console, transient=True, refresh_per_second=12) if console.is_terminal else None

    def __enter__(self) -> Self:
        if self._live is not None:
            self._live.start()
            self.show(Progress("thinking", 1))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._live is not None:
            self._live.stop()

    def show(self, progress: Progress) -> None:
        """Takes a sign of life; `progress.text` is the answer so far."""
        self._text = progress.text if progress.phase == "writing" else ""
        if self._live is not None:
            self._spinner.update(text=Text(describe_progress(progress, self._language), style="dim"))
            self._live.update(self._draw())

    def _draw(self) -> RenderableType:
        if not self._text:
            return self._spinner
        # The last lines only: a live area taller than the screen cannot be wiped.
        lines = clean(self._text).splitlines()[-max(3, self._console.height - 4) :]
        return Group(Text("\n".join(lines), overflow="ellipsis", no_wrap=True), self._spinner)
