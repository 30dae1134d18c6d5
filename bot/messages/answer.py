"""An answer as Slack messages: text, rows, SQL, and a small line on how it came about."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

from agent.answer import Answer
from bot.messages.choices import choice_blocks, lead
from bot.messages.feedback import buttons
from bot.messages.fit import pack, size
from bot.messages.gate import clean, gated, inert
from bot.messages.links import linked
from bot.messages.markdown import Element, elements, plain, preformatted, section
from bot.messages.table import table_block, text_table
from bot.messages.text import FENCE, clip, clip_escaped, escape, fences_closed, pieces
from db.catalog.meaning import Language
from db.catalog.table import Table

Block = dict[str, Any]

# Slack refuses a message with more than 13,200 characters of block text (measured by slack-markdown-parser).
MESSAGE_CHARS: Final = 12_000
TEXT_CHARS: Final = 7_000
BLOCK_CHARS: Final = 2_900
SQL_CHARS: Final = 2_500
CONTEXT_CHARS: Final = 1_800
NOTICE_CHARS: Final = 250
# chat.postMessage cuts `text` at 40,000 and asks for no more than 4,000.
SUMMARY_CHARS: Final = 3_000
PLAIN_CHARS: Final = 3_900
MAX_MESSAGES: Final = 4
# What is beyond it would not be shown; longer texts are not even read.
ANSWER_CHARS: Final = (MAX_MESSAGES + 1) * TEXT_CHARS
_FENCES: Final = 2 * len(FENCE + "\n")
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


def render(answer: Answer, link_hosts: Collection[str] = ()) -> tuple[Message, ...]:
    """The messages of an answer, each within Slack's limits; only the first has rows, SQL, choices and the rest.

    An address in the text is a link where its host is one of `link_hosts`, else it is text.
    """
    groups = pack(linked(_read(answer), link_hosts), TEXT_CHARS) or [[]]
    tail, shown = _evidence(answer, MESSAGE_CHARS - sum(map(size, groups[0])) - CONTEXT_CHARS)
    tail += [*choice_blocks(answer.offer, answer.turn_id, answer.language), context_block(answer, shown)]
    tail.append(buttons(answer.turn_id, answer.language))
    messages = [Message(_summary(groups[0], answer.language), (*_rich_text(groups[0]), *tail))]
    for at, group in enumerate(groups[1:MAX_MESSAGES], start=2):
        blocks = _rich_text(group)
        blocks[0]["block_id"] = block_id(answer.turn_id, at)
        messages.append(Message(_summary(group, answer.language), tuple(blocks)))
    if len(groups) > MAX_MESSAGES:
        messages.append(_cut_off(answer))
    return tuple(messages)


def plain_messages(answer: Answer) -> tuple[Message, ...]:
    """The same answer without any block, for a Slack that refused the blocks."""
    parts = _escaped_pieces("".join(map(_text_of, _read(answer))).strip() or _no_text(answer.language))
    if len(parts) > MAX_MESSAGES:
        parts[MAX_MESSAGES:] = [_cut_off_words(answer)]
    if (table := answer.result) is not None and not table.is_empty:
        parts += _escaped_pieces(_fenced(text_table(table, PLAIN_CHARS - 100)[0]))
    if sql := _shown_sql(answer):
        parts += _escaped_pieces(_fenced(sql))
    if answer.offer is not None:
        offered = "\n".join(f"• {clean(choice.label)}" for choice in answer.offer.choices)
        parts += _escaped_pieces(f"{lead(answer.offer, answer.language)}\n{offered}")
    parts += _escaped_pieces(_origin(answer, _row_count(answer.result)))
    return _joined([Message(part) for part in parts])


def context_block(answer: Answer, shown: int) -> Block:
    """The small line under every answer."""
    text = clip_escaped(_origin(answer, shown), CONTEXT_CHARS)
    return {
        "type": "context",
        "block_id": block_id(answer.turn_id),
        "elements": [{"type": "mrkdwn", "text": text, "verbatim": True}],
    }


def quote_message(user: str, question: str, language: Language, turn_id: str) -> Message:
    """A slash command's question as a root message, in the asker's name."""
    who = section([{"type": "user", "user_id": user}, plain("님의 질문" if language == "ko" else " asks")])
    question = clean(question).strip() or "?"
    quote: Element = {"type": "rich_text_quote", "elements": [plain(clip(question, BLOCK_CHARS))]}
    block = {"type": "rich_text", "block_id": block_id(turn_id), "elements": [who, quote]}
    return Message(clip_escaped(question, SUMMARY_CHARS), (block,))


def _read(answer: Answer) -> list[Element]:
    return elements(clean(clip(answer.text, ANSWER_CHARS)))


def _rich_text(group: list[Element]) -> list[Block]:
    return [{"type": "rich_text", "elements": part} for part in pack(group, BLOCK_CHARS)]


def _evidence(answer: Answer, room: int) -> tuple[list[Block], int]:
    """The rows and the SQL that fit into `room` characters, and how many rows those are."""
    blocks: list[Block] = []
    sql = _shown_sql(answer)
    room -= len(sql)
    table = answer.result
    shown = 0
    if table is not None and not table.is_empty:
        block, shown = table_block(table, room)
        if block is None:
            text, shown = text_table(table, min(room, BLOCK_CHARS))
            block = {"type": "rich_text", "elements": [preformatted(text)]} if shown else None
        blocks += [block] if block else []
    if sql:
        blocks.append({"type": "rich_text", "elements": [preformatted(sql)]})
    return blocks, shown


def _shown_sql(answer: Answer) -> str:
    """The statements that ran, in order, as many as fit; else the last one that was tried."""
    ran = [query.sql.strip() for query in answer.queries if query.table is not None]
    tried = [query.sql.strip() for query in answer.queries[-1:]]
    return clip(clean(";\n\n".join(dict.fromkeys(ran or tried))), SQL_CHARS)


def _origin(answer: Answer, shown: int) -> str:
    korean = answer.language == "ko"
    parts = [] if answer.notice is None else [clip(clean(answer.notice), NOTICE_CHARS)]
    if (rows := _rows_note(answer.result, shown, korean)) is not None:
        parts.append(rows)
    if answer.engine == "offline":
        parts.append("규칙으로 답함" if korean else "answered by rules")
    else:
        parts.append(clip(clean(answer.usage.model), 60))
    parts.append(f"요청 번호 {answer.turn_id}" if korean else f"turn {answer.turn_id}")
    return " · ".join(parts)


def _rows_note(table: Table | None, shown: int, korean: bool) -> str | None:
    if table is None or (shown >= len(table.rows) and not table.truncated):
        return None
    total = f"{len(table.rows)}+" if table.truncated else f"{len(table.rows)}"
    return f"{total}행 중 {shown}행 표시" if korean else f"{shown} of {total} rows shown"


def _row_count(table: Table | None) -> int:
    return 0 if table is None else len(table.rows)


def _text_of(element: Element) -> str:
    if "text" in element:
        return str(element["text"])
    text = "".join(map(_text_of, element["elements"]))
    if element["type"] == "rich_text_preformatted":
        return _fenced(text) + "\n"
    return text if element["type"] == "rich_text_list" else text + "\n"


def _summary(group: list[Element], language: Language) -> str:
    return clip_escaped(inert("".join(map(_text_of, group))).strip() or _no_text(language), SUMMARY_CHARS)


def _no_text(language: Language) -> str:
    return "조회 결과입니다." if language == "ko" else "Here is the result."


def _cut_off_words(answer: Answer) -> str:
    if answer.language == "ko":
        return "답이 너무 길어 여기까지만 보여 드립니다. 범위를 좁혀서 다시 물어봐 주세요."
    return "The answer is too long and ends here. Please narrow the question down."


def _cut_off(answer: Answer) -> Message:
    text = _cut_off_words(answer)
    mark = block_id(answer.turn_id, MAX_MESSAGES + 1)
    return Message(text, ({"type": "rich_text", "block_id": mark, "elements": [section([plain(text)])]},))


def _fenced(text: str) -> str:
    return f"{FENCE}\n{text.replace(FENCE, chr(39) * 3)}\n{FENCE}"


def _escaped_pieces(text: str) -> list[str]:
    """Inert, escaped pieces of PLAIN_CHARS at most, fences closed; escaping may make a text five times as long."""
    safe = inert(text)
    whole = [safe] if len(escape(safe)) <= PLAIN_CHARS - _FENCES else pieces(safe, PLAIN_CHARS - 900)
    return [*fences_closed(clip_escaped(piece, PLAIN_CHARS - _FENCES) for piece in whole)]


def _joined(messages: list[Message]) -> tuple[Message, ...]:
    """Neighbours put together where both fit into one message."""
    joined: list[Message] = []
    for message in messages:
        if joined and len(joined[-1].text) + len(message.text) + 2 <= PLAIN_CHARS:
            joined[-1] = Message(f"{joined[-1].text}\n\n{message.text}")
        else:
            joined.append(message)
    return tuple(joined)
