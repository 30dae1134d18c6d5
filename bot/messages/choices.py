"""An answer's choices in Block Kit: a row of buttons, and what stands there once one is chosen."""

import re
from collections.abc import Iterator
from typing import Any, Final

from agent.messages import say
from agent.offer import Offer
from bot.messages.gate import clean
from bot.messages.text import clip, clip_escaped
from db.catalog.meaning import Language

ACTION: Final = re.compile(r"choice:\d")
"""The action ids; within a block each is another."""
MARK: Final = "choices:"
LABEL_CHARS: Final = 75
"""What a button shows at most. Source: docs.slack.dev, the button element's `text`."""
_CHOSEN_CHARS: Final = 300
_VALUE: Final = re.compile(r"([\w-]{1,64}):(\d)", re.ASCII)

Block = dict[str, Any]


def choice_blocks(offer: Offer | None, turn_id: str, language: Language) -> tuple[Block, ...]:
    """A line that leads to the buttons, and the buttons; nothing where nothing is offered.

    A button's value holds the turn's id and the choice's place: the choice itself is kept with the turn.
    """
    if offer is None:
        return ()
    buttons = [
        {
            "type": "button",
            "action_id": f"choice:{place}",
            "text": {"type": "plain_text", "text": clip(clean(choice.label).strip() or "?", LABEL_CHARS)},
            "value": f"{turn_id}:{place}",
        }
        for place, choice in enumerate(offer.choices)
    ]
    return (
        _line(lead(offer, language), f"{MARK}{turn_id}:lead"),
        {"type": "actions", "block_id": f"{MARK}{turn_id}", "elements": buttons},
    )


def lead(offer: Offer, language: Language) -> str:
    """The line over the choices; of one alone nobody asks which."""
    is_the_one = offer.is_asked_back and len(offer.choices) == 1
    return say("choices-the-one" if is_the_one else f"choices-{offer.kind.replace('_', '-')}", language)


def read_choice(value: str) -> tuple[str, int]:
    """Turn id and place of a clicked button; a value that isn't ours reads as one of no turn: ""."""
    match = _VALUE.fullmatch(value)
    return (match[1], int(match[2])) if match else ("", 0)


def chosen_blocks(blocks: list[Block], turn_id: str, label: str) -> tuple[Block, ...]:
    """A message's blocks with what was chosen in place of its buttons."""
    return tuple(_chosen(blocks, f"{MARK}{turn_id}", label))


def _chosen(blocks: list[Block], mark: str, label: str) -> Iterator[Block]:
    for block in blocks:
        if block.get("block_id") == mark:
            yield _line(f"→ {clean(label)}", mark)
        elif block.get("block_id") != f"{mark}:lead":
            yield block


def _line(text: str, block_id: str) -> Block:
    shown = {"type": "mrkdwn", "text": clip_escaped(text, _CHOSEN_CHARS), "verbatim": True}
    return {"type": "context", "block_id": block_id, "elements": [shown]}
