"""What an answer left out when it was shown: the rest of its text, and its rows as a whole."""

from collections.abc import Collection, Iterator
from typing import Final

from agent.answer import Answer
from agent.messages import say
from bot.messages.answer import (
    BLOCK_CHARS,
    MESSAGE_CHARS,
    NOTES_CHARS,
    SUMMARY_ROWS,
    Block,
    Message,
    block_id,
    row_blocks,
    text_of,
)
from bot.messages.fit import pack
from bot.messages.gate import inert
from bot.messages.markdown import Element
from bot.messages.prose import parted, read
from bot.messages.table import MAX_PAGED_ROWS
from bot.messages.text import clip_escaped

TEXT_CHARS: Final = 7_000
MAX_MESSAGES: Final = 4
FIRST_PART: Final = 10
"""The parts of an answer before it, with room to grow."""
_TEXT_CHARS: Final = 3_000


def details(answer: Answer, link_hosts: Collection[str] = (), *, is_summary: bool) -> tuple[Message, ...]:
    """The messages that follow the answer in its thread: none where nothing was left out.

    `is_summary`: the answer was shown as one, so that its rows are told as a whole here.
    """
    more = parted(read(answer.text, link_hosts), is_summary=is_summary).more
    groups = list(_texts(more, answer))
    if is_summary:
        groups += _rows(answer)
    return tuple(
        Message(text, _marked(blocks, block_id(answer.turn_id, FIRST_PART + at)))
        for at, (text, blocks) in enumerate(groups)
    )


def _texts(more: list[Element], answer: Answer) -> Iterator[tuple[str, list[Block]]]:
    groups = pack(more, TEXT_CHARS)
    for group in groups[:MAX_MESSAGES]:
        blocks = [{"type": "rich_text", "elements": part} for part in pack(group, BLOCK_CHARS)]
        yield _plain("".join(map(text_of, group)), answer), blocks
    if len(groups) > MAX_MESSAGES:
        text = say("answer-too-long", answer.language)
        yield text, [{"type": "section", "text": {"type": "mrkdwn", "text": text, "verbatim": True}}]


def _rows(answer: Answer) -> list[tuple[str, list[Block]]]:
    """The rows, as many as one message holds, where the summary had some of them; a file has the others."""
    table = answer.result
    if table is None or not table.columns or len(table.rows) <= SUMMARY_ROWS:
        return []
    room = MESSAGE_CHARS - NOTES_CHARS
    blocks = row_blocks(answer, table, room, "table-rest", most=MAX_PAGED_ROWS)
    return [(say("answer-no-text", answer.language), blocks)] if blocks else []


def _plain(text: str, answer: Answer) -> str:
    return clip_escaped(inert(text).strip() or say("answer-no-text", answer.language), _TEXT_CHARS)


def _marked(blocks: list[Block], mark: str) -> tuple[Block, ...]:
    """The blocks, the first of which the message is found by."""
    return ({**blocks[0], "block_id": mark}, *blocks[1:])
