"""A sign of life on the terminal while a turn runs."""

from types import TracebackType
from typing import Self

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.spinner import Spinner
from rich.text import Text

from agent.messages import has, say
from agent.progress import Progress
from bot.terminal.drawing import clean
from db.catalog.meaning import Language


def describe_progress(progress: Progress, language: Language) -> str:
    """What is being done, in a few words, with the step from the second on."""
    key = f"doing-{(progress.tool or progress.phase).replace('_', '-')}"
    doing = say(key if has(key) else "doing-tool", language)
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
