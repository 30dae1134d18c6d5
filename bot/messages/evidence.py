"""The row of buttons under an answer that bring what is behind it: SQL, files, the rest."""

import re
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias

from agent.messages import say
from db.catalog.meaning import Language

Block = dict[str, Any]
What: TypeAlias = Literal["sql", "csv", "xlsx", "details"]

MARK: Final = "evidence:"
_VALUE: Final = re.compile(r"([\w-]{1,64})(?::(summary))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a button stands for: a turn's answer, which was shown as a summary or not. A turn id of "" is no turn's."""

    turn_id: str
    is_summary: bool = False


def action(what: What) -> str:
    """The action id of a button."""
    return f"{MARK}{what}"


def evidence_row(
    turn_id: str, offered: tuple[What, ...], language: Language, *, is_summary: bool, more: tuple[Block, ...] = ()
) -> tuple[Block, ...]:
    """The row, with `more` buttons of others before the last one; nothing where nothing is offered."""
    value = f"{turn_id}:summary" if is_summary else turn_id
    own = {
        what: {
            "type": "button",
            "action_id": action(what),
            "text": {"type": "plain_text", "text": say(f"evidence-{what}", language)},
            "value": value,
        }
        for what in offered
    }
    last = [own.pop("details")] if "details" in own else []
    elements = [*own.values(), *more, *last]
    return ({"type": "actions", "block_id": f"{MARK}{turn_id}", "elements": elements},) if elements else ()


def read_asked(value: str) -> Asked:
    """What a clicked button stands for; a value that isn't ours reads as that of no turn."""
    match = _VALUE.fullmatch(value)
    return Asked(match[1], match[2] is not None) if match else Asked("")
