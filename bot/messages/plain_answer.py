"""An answer without any block, for a Slack that refused the blocks."""

from collections.abc import Iterable
from typing import Final

from agent.answer import Answer
from agent.messages import say
from bot.messages.answer import Message, shown_sql, text_of
from bot.messages.choices import lead
from bot.messages.gate import clean, inert
from bot.messages.origin import origin
from bot.messages.prose import read
from bot.messages.table import text_table
from bot.messages.text import FENCE, clip_escaped, escape, fenced, fences_closed, pieces
from db.store.preferences import Preferences

PLAIN_CHARS: Final = 3_900
"""chat.postMessage asks for no more than 4,000 characters of text."""
MAX_MESSAGES: Final = 4
_FENCES: Final = 2 * len(FENCE + "\n")


def plain_messages(answer: Answer, preferences: Preferences = Preferences()) -> tuple[Message, ...]:
    """The whole answer, its rows and its SQL as text: without blocks there are no buttons to bring them."""
    language = answer.language
    parts = _escaped_pieces("".join(map(text_of, read(answer.text))).strip() or say("answer-no-text", language))
    if len(parts) > MAX_MESSAGES:
        parts[MAX_MESSAGES:] = [say("answer-too-long", language)]
    if (table := answer.result) is not None and not table.is_empty and table.columns:
        parts += _escaped_pieces(fenced(text_table(table, answer.headings, language, PLAIN_CHARS - 100)[0]))
    if sql := shown_sql(answer):
        parts += _escaped_pieces(fenced(sql))
    if answer.offer is not None:
        offered = "\n".join(f"• {clean(choice.label)}" for choice in answer.offer.choices)
        parts += _escaped_pieces(f"{lead(answer.offer, language)}\n{offered}")
    turn = "" if preferences.usage == "on" else f" · {say('turn-number', language, turn=answer.turn_id)}"
    parts += _escaped_pieces(origin(answer, preferences) + turn)
    return _joined(Message(part) for part in parts)


def _escaped_pieces(text: str) -> list[str]:
    """Inert, escaped pieces of PLAIN_CHARS at most, fences closed; escaping may make a text five times as long."""
    safe = inert(text)
    whole = [safe] if len(escape(safe)) <= PLAIN_CHARS - _FENCES else pieces(safe, PLAIN_CHARS - 900)
    return [*fences_closed(clip_escaped(piece, PLAIN_CHARS - _FENCES) for piece in whole)]


def _joined(messages: Iterable[Message]) -> tuple[Message, ...]:
    """Neighbours put together where both fit into one message."""
    joined: list[Message] = []
    for message in messages:
        if joined and len(joined[-1].text) + len(message.text) + 2 <= PLAIN_CHARS:
            joined[-1] = Message(f"{joined[-1].text}\n\n{message.text}")
        else:
            joined.append(message)
    return tuple(joined)
