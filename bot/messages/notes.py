"""Short messages that are no answer: apologies, help, a slash command's first word."""

from collections.abc import Sequence
from typing import Final

from agent.messages import say
from bot.messages.answer import Block, Message, block_id
from bot.messages.gate import clean
from bot.messages.sentences import sentence
from bot.messages.text import clip, clip_escaped, pieces
from db.catalog.meaning import Language

EXAMPLES_SHOWN: Final = 4
_CHARS: Final = 2_900


def apology(code: str, language: Language, turn_id: str, examples: Sequence[str] = ()) -> Message:
    """The sentence of an error, in a block whose id carries the turn id; with examples where nothing was asked."""
    if code != "empty":
        return note(sentence(code, language, turn_id), turn_id)
    shown = (f"• {example}" for example in examples[:EXAMPLES_SHOWN])
    return note("\n".join([sentence("empty", language), *shown]), turn_id)


def note(text: str, turn_id: str | None = None) -> Message:
    """Any text of ours, without markup, as one section."""
    shown = clean(text)
    escaped = clip_escaped(shown if shown.strip() else "?", _CHARS)
    block: Block = {"type": "section", "text": {"type": "mrkdwn", "text": escaped, "verbatim": True}}
    if turn_id is not None:
        block["block_id"] = block_id(turn_id)
    return Message(escaped, (block,))


def section(mrkdwn: str) -> Message:
    """Text that is mrkdwn and escaped already, in sections of whole lines."""
    texts = [{"type": "mrkdwn", "text": part, "verbatim": True} for part in pieces(mrkdwn, _CHARS)]
    return Message(clip(mrkdwn, _CHARS), tuple({"type": "section", "text": text} for text in texts))


def working(language: Language) -> str:
    return say("question-taken", language)
