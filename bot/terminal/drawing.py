"""An answer as rich draws it: Markdown, the rows, the SQL behind them."""

import re
from collections.abc import Iterator, Sequence
from typing import TextIO

from rich import box
from rich.console import Console, RenderableType
from rich.table import Table as Box
from rich.text import Text

from agent.answer import Answer, Query, Usage
from agent.headings import Heading
from agent.messages import say
from agent.offer import Offer
from bot.messages.cells import NULL, Write, is_numeric, writer
from bot.messages.choices import lead
from bot.messages.columns import headings_of, labels
from bot.messages.table import grid, null_note
from bot.terminal.markdown import draw_markdown
from db.catalog.meaning import Language
from db.catalog.table import Cell, Table

ROWS_SHOWN = 50

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
    """In the order of a message: the answer itself, the rows, what they mean, the SQL, what to ask next."""
    if answer.notice:
        yield Text(clean(answer.notice), style="yellow")
    text = clean(answer.text)
    has_rows = answer.result is not None and bool(answer.result.rows) and not holds_table(text)
    lead_text, rest = _parted(text) if has_rows else (text, "")
    yield Text(lead_text) if plain else draw_markdown(lead_text)
    if has_rows and answer.result is not None:
        yield from _draw_rows(answer, answer.result, plain=plain)
    if answer.chart is not None:
        yield Text(say("file-chart-hint", answer.language, title=clean(answer.chart.title)), style="dim")
    if rest:
        yield ""
        yield Text(rest) if plain else draw_markdown(rest)
    if answer.queries:
        yield ""
    for query in answer.queries:
        yield from _draw_query(query, answer.language)
    if answer.offer is not None:
        yield from _draw_offer(answer.offer, answer.language)


def _parted(text: str) -> tuple[str, str]:
    """The first paragraph, with what it introduces, and the rest."""
    paragraphs = text.split("\n\n")
    count = 1
    while count < len(paragraphs) and _introduces(paragraphs[count - 1]):
        count += 1
    return "\n\n".join(paragraphs[:count]), "\n\n".join(paragraphs[count:])


def _introduces(paragraph: str) -> bool:
    last = paragraph.rstrip().rpartition("\n")[2]
    return last.endswith((":", "：")) or last.lstrip().startswith("#")


def _draw_rows(answer: Answer, table: Table, *, plain: bool) -> Iterator[RenderableType]:
    yield ""
    yield draw_table(table, answer.headings, answer.language, plain=plain)
    shown = grid(table, answer.headings, answer.language, 0, ROWS_SHOWN)
    for line in (null_note(shown, answer.text, answer.language), rows_left(table, answer.language)):
        if line:
            yield Text(clean(line), style="dim")


def holds_table(markdown: str) -> bool:
    """Whether the text draws a table of its own."""
    return _TABLE_RULE.search(markdown) is not None


def draw_table(table: Table, headings: Sequence[Heading], language: Language, *, plain: bool) -> Box:
    """The rows under the catalogue's names: numbers to the right, NULL as a dash."""
    # ASCII lines: in the fonts of Korean terminals the drawn ones may be two cells wide, and nothing would line up.
    drawn = Box(box=box.MARKDOWN if plain else box.ASCII2, header_style="bold", show_edge=not plain, pad_edge=not plain)
    columns = [[row[at] for row in table.rows] for at in range(len(table.columns))]
    for name, cells in zip(labels(table, headings), columns, strict=True):
        drawn.add_column(Text(clean(name)), justify="right" if is_numeric(cells) else "left", overflow="fold")
    heads = headings_of(table, headings)
    writers = [writer(head, cells, language) for head, cells in zip(heads, columns, strict=True)]
    for row in table.rows[:ROWS_SHOWN]:
        drawn.add_row(*(_draw_cell(cell, write) for cell, write in zip(row, writers, strict=True)))
    return drawn


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


def _draw_cell(cell: Cell, write: Write) -> Text:
    return Text(NULL, style="dim") if cell is None else Text(clean(write(cell)))
