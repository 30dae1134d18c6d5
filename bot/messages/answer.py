"""An answer as a Slack message: what was asked for, the rows, what it means, and where it came from."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

from agent.answer import Answer
from agent.messages import say
from bot.messages.cells import number
from bot.messages.chart import chart_blocks, chart_button, is_chartable
from bot.messages.choices import choice_blocks
from bot.messages.evidence import What, evidence_row
from bot.messages.feedback import buttons
from bot.messages.fit import pack
from bot.messages.gate import clean, gated, inert
from bot.messages.markdown import Element, plain, preformatted, section
from bot.messages.origin import origin
from bot.messages.prose import Prose, parted, read
from bot.messages.table import MAX_PAGED_ROWS, grid, null_note, table_block, text_table
from bot.messages.text import clip, clip_escaped, fenced
from db.catalog.limits import QueryLimits
from db.catalog.meaning import Language
from db.catalog.table import Table
from db.store.preferences import Preferences

Block = dict[str, Any]

# Slack refuses a message with more than 13,200 characters of block text (measured by slack-markdown-parser).
MESSAGE_CHARS: Final = 12_000
BLOCK_CHARS: Final = 2_900
SQL_CHARS: Final = 2_500
CONTEXT_CHARS: Final = 1_800
NOTES_CHARS: Final = 900
SUMMARY_ROWS: Final = 5
# chat.postMessage cuts `text` at 40,000 and asks for no more than 4,000.
SUMMARY_CHARS: Final = 3_000
MARK: Final = "turn:"
"""How the ids of the blocks begin by which our messages are known."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message: blocks, and the escaped text that notifications and screen readers use.

    None is made that has not passed the gate: nothing invisible, no secret, and in `text` no address that is a link.
    """

    text: str
    blocks: tuple[Block, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", inert(clean(self.text)))
        object.__setattr__(self, "blocks", tuple(map(gated, self.blocks)))


def block_id(turn_id: str, part: int = 1) -> str:
    """The id of a block in the n-th message of a turn, by which the message is found again."""
    return f"{MARK}{turn_id}" if part == 1 else f"{MARK}{turn_id}:{part}"


def render(
    answer: Answer,
    link_hosts: Collection[str] = (),
    preferences: Preferences = Preferences(),
    *,
    is_private: bool = False,
    is_paged: bool = True,
    has_charts: bool = True,
) -> Message:
    """The message of an answer, within Slack's limits, as its reader wants it.

    Its order: the answer itself, its chart, the rows, what they mean, questions that lead on, buttons for what is
    behind, where it came from. An address in the text is a link where its host is one of `link_hosts`, else it is
    text. A private message offers no files, which have no place there. `is_paged`: Slack may have the newest kind of
    table; `has_charts`: it may have charts of its own.
    """
    is_summary = preferences.length == "summary"
    prose = parted(read(answer.text, link_hosts), is_summary=is_summary)
    table = shown_rows(answer)
    details: tuple[What, ...] = ("details",) if prose.more or (is_summary and _is_long(table)) else ()
    files: tuple[What, ...] = ("csv", "xlsx") if table is not None and not is_private else ()
    sql: tuple[What, ...] = ("sql",) if answer.queries else ()
    charts = chart_blocks(answer) if has_charts else []
    drawing = (chart_button(answer.turn_id, answer.language),) if is_chartable(answer) and not is_private else ()
    lead, tail = [*_rich_text(prose.lead), *charts], [*_rich_text(prose.rest)]
    if preferences.sql == "on" and (text := shown_sql(answer)):
        tail.append({"type": "rich_text", "elements": [preformatted(text)]})
    tail += choice_blocks(answer.offer, answer.turn_id, answer.language)
    tail += evidence_row(answer.turn_id, (*sql, *files, *details), answer.language, is_summary=is_summary, more=drawing)
    tail += [context_block(answer, preferences), buttons(answer.turn_id, answer.language)]
    rest = "table-rest" if files else "table-rest-details" if details else ""
    most = SUMMARY_ROWS if is_summary else MAX_PAGED_ROWS
    room = MESSAGE_CHARS - NOTES_CHARS - chars(lead) - chars(tail)
    rows = [] if table is None else row_blocks(answer, table, room, rest, most=most, is_paged=is_paged)
    return Message(_summary(prose, answer.language), (*lead, *rows, *tail))


def context_block(answer: Answer, preferences: Preferences = Preferences()) -> Block:
    """The small line under every answer."""
    text = clip_escaped(origin(answer, preferences), CONTEXT_CHARS) or "·"
    return {"type": "context", "block_id": block_id(answer.turn_id), "elements": [_small(text)]}


def row_blocks(
    answer: Answer, table: Table, room: int, rest: str, *, first: int = 0, most: int, is_paged: bool = True
) -> list[Block]:
    """The rows from place `first` on that fit into `room` characters, and a line on what is not there.

    `rest` is the sentence that says where the other rows are, "" if nowhere.
    """
    language = answer.language
    shown = grid(table, answer.headings, language, first, most)
    block, count = table_block(shown, language, room, is_paged=is_paged)
    if block is None:
        text, count = text_table(table, answer.headings, language, min(room, BLOCK_CHARS))
        block = {"type": "rich_text", "elements": [preformatted(text)]} if count else None
    notes = [null_note(shown, answer.text, language), *shown.notes]
    if count < len(table.rows) - first or _has_more(answer, table):
        note = say("table-rows-more" if _has_more(answer, table) else "table-rows", language, **_counts(table, count))
        notes.append(f"{note} {say(rest, language)}" if rest else note)
    told = clip_escaped("\n".join(filter(None, map(clean, notes))), NOTES_CHARS)
    line = {"type": "context", "elements": [_small(told)]}
    return [*([block] if block else []), *([line] if told else [])]


def shown_rows(answer: Answer) -> Table | None:
    """The rows to show; None for none, and for a single value that the text says."""
    table = answer.result
    if table is None or table.is_empty or not table.columns:
        return None
    if (len(table.rows), len(table.columns)) == (1, 1) and _is_said(table.rows[0][0], answer.text):
        return None
    return table


def shown_sql(answer: Answer) -> str:
    """The statements that ran, in order, as many as fit; else the last one that was tried."""
    ran = [query.sql.strip() for query in answer.queries if query.table is not None]
    tried = [query.sql.strip() for query in answer.queries[-1:]]
    return clip(clean(";\n\n".join(dict.fromkeys(ran or tried))), SQL_CHARS)


def quote_message(user: str, question: str, language: Language, turn_id: str) -> Message:
    """A slash command's question as a root message, in the asker's name."""
    who = section([{"type": "user", "user_id": user}, plain(say("answer-asked", language))])
    question = clean(question).strip() or "?"
    quote: Element = {"type": "rich_text_quote", "elements": [plain(clip(question, BLOCK_CHARS))]}
    block = {"type": "rich_text", "block_id": block_id(turn_id), "elements": [who, quote]}
    return Message(clip_escaped(question, SUMMARY_CHARS), (block,))


def chars(value: object) -> int:
    """Characters of all texts in blocks, ids and the like among them: never less than Slack counts."""
    if isinstance(value, str):
        return len(value)
    if isinstance(value, dict):
        return sum(map(chars, value.values()))
    return sum(map(chars, value)) if isinstance(value, list | tuple) else 0


def text_of(element: Element) -> str:
    """An element's text with its line breaks, for where there are no blocks."""
    if "text" in element:
        return str(element["text"])
    text = "".join(map(text_of, element["elements"]))
    if element["type"] == "rich_text_preformatted":
        return fenced(text) + "\n"
    return text if element["type"] == "rich_text_list" else text + "\n"


def _rich_text(group: list[Element]) -> list[Block]:
    return [{"type": "rich_text", "elements": part} for part in pack(group, BLOCK_CHARS)]


def _small(mrkdwn: str) -> Block:
    return {"type": "mrkdwn", "text": mrkdwn, "verbatim": True}


def _is_long(table: Table | None) -> bool:
    return table is not None and len(table.rows) > SUMMARY_ROWS


def _is_said(cell: object, text: str) -> bool:
    if isinstance(cell, float) and not cell.is_integer():
        return False
    return str(cell) in text or (isinstance(cell, int | float) and number(cell) in text)


def _has_more(answer: Answer, table: Table) -> bool:
    """Whether there may be rows that were not looked up: the rules write a limit of their own under their lists."""
    return table.truncated or (answer.engine == "offline" and len(table.rows) == QueryLimits().rows)


def _counts(table: Table, shown: int) -> dict[str, int]:
    return {"total": len(table.rows), "shown": shown}


def _summary(prose: Prose, language: Language) -> str:
    text = "".join(map(text_of, (*prose.lead, *prose.rest)))
    return clip_escaped(inert(text).strip() or say("answer-no-text", language), SUMMARY_CHARS)
