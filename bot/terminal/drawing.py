"""An answer as rich draws it: Markdown, the rows, the SQL behind them."""

import re
from collections.abc import Iterator
from typing import TextIO

from rich import box
from rich.console import Console, RenderableType
from rich.table import Table as Grid
from rich.text import Text

from agent.answer import Answer, Query, Usage
from agent.messages import say
from agent.offer import Offer
from bot.messages.choices import lead
from bot.terminal.markdown import draw_markdown
from db.catalog.meaning import Language
from db.catalog.table import Cell, Table

ROWS_SHOWN = 50
NO_VALUE = "–"

_TABLE_RULE = re.compile(r"^[ \t]*(?:\|[ \t]*)?:?-{3,}:?[ \t]*\|", re.MULTILINE)

# Cells come from strangers: escape sequences could rewrite the screen, direction marks could reorder what is read.
_UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def make_console(stream: TextIO) -> Console:
    """A console as wide as its terminal; a pipe gets plain text without wrapping."""
    if stream.isatty():
        return Console(file=stream, highlight=False)
    return Console(file=stream, highlight=False, width=10_000, no_color=True, force_terminal=False)


def clean(text: str) -> str:
    """`text` without anything a terminal would obey."""
    return _UNSAFE.sub("\ufffd", text)


def draw_answer(console: Console, answer: Answer) -> None:
    """Prints notice, text, rows, SQL and choices of one answer."""
    for part in _parts(answer, plain=not console.is_terminal):
        console.print(part, soft_wrap=not console.is_terminal)


def _parts(answer: Answer, *, plain: bool) -> Iterator[RenderableType]:
    if answer.notice:
        yield Text(clean(answer.notice), style="yellow")
    text = clean(answer.text)
    yield Text(text) if plain else draw_markdown(text)
    if answer.result is not None and answer.result.rows and not holds_table(text):
        yield ""
        yield draw_table(answer.result, plain=plain)
        if left := rows_left(answer.result, answer.language):
            yield Text(left, style="dim")
    if answer.queries:
        yield ""
    for query in answer.queries:
        yield from _draw_query(query, answer.language)
    if answer.offer is not None:
        yield from _draw_offer(answer.offer, answer.language)


def holds_table(markdown: str) -> bool:
    """Whether the text draws a table of its own."""
    return _TABLE_RULE.search(markdown) is not None


def draw_table(table: Table, *, plain: bool) -> Grid:
    """The rows: numbers to the right, NULL as a dash."""
    # ASCII lines: in the fonts of Korean terminals the drawn ones may be two cells wide, and nothing would line up.
    grid = Grid(box=box.MARKDOWN if plain else box.ASCII2, header_style="bold", show_edge=not plain, pad_edge=not plain)
    for index, name in enumerate(table.columns):
        is_number = _is_number_column([row[index] for row in table.rows])
        grid.add_column(Text(clean(name)), justify="right" if is_number else "left", overflow="fold")
    for row in table.rows[:ROWS_SHOWN]:
        grid.add_row(*(_draw_cell(cell) for cell in row))
    return grid


def rows_left(table: Table, language: Language) -> str:
    """What the drawing leaves out, as a sentence; "" when it is complete."""
    more = len(table.rows) - ROWS_SHOWN
    if more > 0:
        return say("terminal-rows-left", language, count=more)
    if table.truncated:
        return say("terminal-cut", language)
    return ""


def describe_usage(usage: Usage, elapsed_s: float, language: Language) -> str:
    """Tokens, completions, cost and time of one turn in a line."""
    price = say("terminal-no-price", language) if usage.cost_usd is None else f"${usage.cost_usd:.6f}"
    return say(
        "terminal-usage",
        language,
        model=usage.model,
        read=usage.tokens.prompt,
        written=usage.tokens.completion,
        completions=usage.completions,
        price=price,
        seconds=f"{elapsed_s:.2f}",
    )


def _draw_offer(offer: Offer, language: Language) -> Iterator[RenderableType]:
    """The choices under their numbers."""
    yield ""
    yield Text(lead(offer, language), style="bold")
    for number, choice in enumerate(offer.choices, start=1):
        yield Text(f"  {number}. {clean(choice.label)}")


def _draw_query(query: Query, language: Language) -> Iterator[Text]:
    yield Text(f"[SQL] {' '.join(clean(query.sql).split())}", style="cyan")
    if query.error:
        label = say("terminal-sql-error", language)
        yield Text(f"[{label}] {clean(query.error.removeprefix('ERROR: '))}", style="red")


def _is_number_column(cells: list[Cell]) -> bool:
    known = [cell for cell in cells if cell is not None]
    return bool(known) and all(isinstance(cell, int | float) for cell in known)


def _draw_cell(cell: Cell) -> Text:
    if cell is None:
        return Text(NO_VALUE, style="dim")
    return Text(clean(str(cell)))
