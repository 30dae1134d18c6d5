"""Messages on an answer that is being made, or was stopped: its steps as lines, its text so far."""

from collections.abc import Sequence
from typing import Final

from agent.messages import say
from bot.live.plan import Card, Plan
from bot.messages.answer import Block, Message, block_id
from bot.messages.fit import pack
from bot.messages.gate import clean
from bot.messages.markdown import Element, elements, plain, section
from bot.messages.text import clip, clip_escaped
from db.catalog.meaning import Language

LINES: Final = 12
"""So many of the last steps are shown: each is to be read at a glance."""
DETAILS_CHARS: Final = 160
TEXT_CHARS: Final = 2_900
SUMMARY_CHARS: Final = 300
_MARKS: Final = {"in_progress": "…", "complete": "✓", "error": "✗"}


def live_mark(turn_id: str) -> str:
    """The id of a block in a message on a turn under way; the finished message has another."""
    return f"{block_id(turn_id)}:live"


def progress_message(plan: Plan, turn_id: str) -> Message:
    """The plan and the text so far, for a message that is edited as they grow."""
    steps = section(_lines(plan.cards, plan.language) or [plain(say("live-plan", plan.language))])
    block: Block = {"type": "rich_text", "block_id": live_mark(turn_id), "elements": [steps]}
    return Message(_summary(plan), (block, *_text(plan)))


def stopped_message(plan: Plan, turn_id: str) -> Message:
    """That a turn was stopped, and what it had done until then."""
    said = say("live-stopped", plan.language)
    parts: list[Element] = [plain(said, bold=True)]
    if done := _lines([card for card in plan.cards if card.status != "in_progress"], plan.language):
        parts += [plain(f"\n{say('live-stopped-done', plan.language)}\n"), *done]
    block: Block = {"type": "rich_text", "block_id": block_id(turn_id), "elements": [section(parts)]}
    return Message(said, (block, *_text(plan)))


def _lines(cards: Sequence[Card], language: Language) -> list[Element]:
    """A line for each of the last steps: how it went, what it was, what came of it."""
    runs: list[Element] = []
    for card in cards[-LINES:]:
        runs += [plain("\n")] if runs else []
        runs.append(plain(f"{_MARKS[card.status]} {card.title(language)}"))
        runs += [plain("  "), plain(_short(card.details), code=True)] if card.details else []
        runs += [plain(f"  {_short(card.output)}")] if card.output else []
    return runs


def _text(plan: Plan) -> tuple[Block, ...]:
    """What the model has written in its present completion, as much as one block holds."""
    groups = pack(elements(clean(clip(plan.text.strip(), TEXT_CHARS))), TEXT_CHARS)
    return ({"type": "rich_text", "elements": groups[0]},) if groups else ()


def _short(text: str) -> str:
    return clip(" ".join(clean(text).split()), DETAILS_CHARS) or "–"


def _summary(plan: Plan) -> str:
    """For notifications: the step under way."""
    doing = [card for card in plan.cards if card.status == "in_progress"]
    return clip_escaped(doing[-1].title(plan.language) if doing else say("live-plan", plan.language), SUMMARY_CHARS)
