"""Slack's rules for messages, as the local Slack enforces them: limits, shapes, and what would call somebody."""

import re
from collections.abc import Iterator
from typing import Any

MAX_BLOCKS = 50
MAX_MESSAGE = 13_200
MAX_TEXT = 40_000
CONTROL = re.compile(r"<(?:[@#!]|https?:|mailto:)[^>]*>")
TYPES = {"rich_text", "table", "context", "section", "divider", "header", "context_actions"}
RICH = {"rich_text_section", "rich_text_list", "rich_text_preformatted", "rich_text_quote"}
RUNS = {"text", "user", "emoji", "link", "channel", "broadcast", "usergroup"}


def refuse(text: str, blocks: list[dict[str, Any]]) -> str | None:
    """Slack's error code for a message it would not take, or None."""
    if not text and not blocks:
        return "no_text"
    if len(text) > MAX_TEXT:
        return "msg_too_long"
    if len(blocks) > MAX_BLOCKS or any(problem(block) for block in blocks):
        return "invalid_blocks"
    ids = [block["block_id"] for block in blocks if "block_id" in block]
    if len(ids) != len(set(ids)) or sum(block["type"] == "table" for block in blocks) > 1:
        return "invalid_blocks"
    return "msg_blocks_too_long" if sum(map(len, texts(blocks))) > MAX_MESSAGE else None


def problem(block: dict[str, Any]) -> str | None:
    """What is wrong with one block, or None."""
    kind = block.get("type")
    if kind not in TYPES:
        return f"no such block: {kind}"
    if len(block.get("block_id", "")) > 255:
        return "block_id over 255"
    return {"rich_text": _rich_text, "table": _table, "context": _context, "section": _section}.get(kind, _fine)(block)


def texts(value: Any) -> Iterator[str]:
    """Every text people see in a block, a message, or a list of them."""
    if isinstance(value, list | tuple):
        for part in value:
            yield from texts(part)
    elif isinstance(value, dict):
        if isinstance(value.get("text"), str):
            yield value["text"]
        for name in ("text", "elements", "rows", "fields"):
            if not isinstance(value.get(name), str):
                yield from texts(value.get(name))


def calls_somebody(text: str, blocks: list[dict[str, Any]]) -> list[str]:
    """Mentions, channels, broadcasts and links that Slack would make of a message."""
    found = CONTROL.findall(text)
    for block in blocks:
        found += [match for mrkdwn in _mrkdwn(block) for match in CONTROL.findall(mrkdwn)]
        found += [f"{run['type']}:{run.get('user_id', '')}" for run in _runs(block) if run["type"] != "text"]
    return found


def _mrkdwn(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for part in value:
            yield from _mrkdwn(part)
    elif isinstance(value, dict):
        if value.get("type") == "mrkdwn":
            yield value["text"]
        for part in value.values():
            yield from _mrkdwn(part)


def _runs(block: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for element in block.get("elements", ()):
        if element.get("type") in RUNS:
            yield element
        elif element.get("type") in RICH:
            yield from _runs(element)


def _fine(_: dict[str, Any]) -> str | None:
    return None


def _rich_text(block: dict[str, Any]) -> str | None:
    if not block["elements"]:
        return "empty rich_text"
    return next((wrong for element in block["elements"] if (wrong := _rich_element(element))), None)


def _rich_element(element: dict[str, Any]) -> str | None:
    if element["type"] not in RICH:
        return f"{element['type']} in rich_text"
    if not element["elements"]:
        return f"empty {element['type']}"
    if element["type"] == "rich_text_list":
        if element["style"] not in ("bullet", "ordered") or not 0 <= element.get("indent", 0) <= 8:
            return "list style or indent"
        return next((wrong for item in element["elements"] if (wrong := _rich_element(item))), None)
    for run in element["elements"]:
        if run["type"] not in RUNS or (run["type"] == "text" and not run["text"]):
            return f"run {run}"
    return None


def _table(block: dict[str, Any]) -> str | None:
    rows = block["rows"]
    if not 1 <= len(rows) <= 100 or not all(1 <= len(row) <= 20 for row in rows):
        return "rows or columns"
    if len({len(row) for row in rows}) != 1 or len(block.get("column_settings", ())) > 20:
        return "ragged rows"
    cells = [cell for row in rows for cell in row]
    if any(cell["type"] not in ("raw_text", "rich_text") or not cell.get("text") for cell in cells):
        return "an empty cell"
    return "over 10000 characters" if sum(len(cell["text"]) for cell in cells) > 10_000 else None


def _context(block: dict[str, Any]) -> str | None:
    if not 1 <= len(block["elements"]) <= 10:
        return "context elements"
    return next((wrong for element in block["elements"] if (wrong := _text(element, 3_000))), None)


def _section(block: dict[str, Any]) -> str | None:
    return _text(block["text"], 3_000)


def _text(value: dict[str, Any], most: int) -> str | None:
    if value.get("type") not in ("mrkdwn", "plain_text"):
        return "text type"
    return None if 1 <= len(value["text"]) <= most else "text length"
