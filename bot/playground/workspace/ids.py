"""The ids that Slack gives to blocks and elements whose author gave none."""

from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha1
from itertools import count
from typing import Any, Final

INTERACTIVE: Final = frozenset(
    {
        "button", "checkboxes", "datepicker", "datetimepicker", "timepicker", "email_text_input", "external_select",
        "channels_select", "conversations_select", "users_select", "static_select", "multi_channels_select",
        "multi_conversations_select", "multi_external_select", "multi_static_select", "multi_users_select",
        "feedback_buttons", "file_input", "icon_button", "number_input", "overflow", "plain_text_input",
        "radio_buttons", "rich_text_input", "url_text_input", "workflow_button",
    }
)  # fmt: skip
"""Elements that people can do something with; each has an action_id."""


def with_ids(blocks: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """A copy of valid blocks in which each has a block_id, and each interactive element an action_id.

    The same blocks get the same ids, so that what somebody has typed into an input stays there.
    """
    taken = {str(block["block_id"]) for block in blocks if block.get("block_id")}
    return [_with_id(block, at, taken) for at, block in enumerate(blocks)]


def interactive(value: Any) -> Iterator[dict[str, Any]]:
    """Every element of a block, or of what is in one, that people can do something with."""
    if isinstance(value, list):
        for item in value:
            yield from interactive(item)
    elif isinstance(value, dict):
        if value.get("type") in INTERACTIVE and "action_id" in value:
            yield value
        for item in value.values():
            yield from interactive(item)


def _with_id(block: Mapping[str, Any], at: int, taken: set[str]) -> dict[str, Any]:
    block_id = block.get("block_id") or _free(f"{at}/{block.get('type')}", taken)
    taken.add(str(block_id))
    numbers = count()
    named: dict[str, Any] = {name: _named(value, str(block_id), numbers) for name, value in block.items()}
    return {**named, "block_id": block_id}


def _named(value: Any, block_id: str, numbers: Iterator[int]) -> Any:
    if isinstance(value, list):
        return [_named(item, block_id, numbers) for item in value]
    if not isinstance(value, dict):
        return value
    named = {name: _named(item, block_id, numbers) for name, item in value.items()}
    if value.get("type") in INTERACTIVE and not value.get("action_id"):
        named["action_id"] = _short(f"{block_id}/{next(numbers)}")
    return named


def _free(seed: str, taken: set[str]) -> str:
    return next(found for n in count() if (found := _short(f"{seed}/{n}")) not in taken)


def _short(seed: str) -> str:
    return sha1(seed.encode(), usedforsecurity=False).hexdigest()[:5]
