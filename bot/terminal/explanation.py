"""How a question was read, as rich draws it."""

from rich.console import Console
from rich.text import Text

from agent.explanation import Explanation
from bot.messages.why import parts_of
from bot.terminal.drawing import clean
from db.catalog.meaning import Language


def draw_explanation(console: Console, explanation: Explanation, language: Language) -> None:
    """Prints the parts of an explanation, each under its heading."""
    for part in parts_of(explanation, language):
        console.print("")
        if part.heading:
            console.print(Text(clean(part.heading), style="bold"), soft_wrap=True)
        for line in part.lines:
            mark = "  " if part.is_code else "- " if part.heading else ""
            console.print(Text(f"{mark}{clean(line)}", style="cyan" if part.is_code else ""), soft_wrap=True)
