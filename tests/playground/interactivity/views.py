"""Views, blocks and messages to open, click and fill in."""

from typing import Any

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def option(value: str) -> Json:
    return {"text": plain(value.upper()), "value": value}


def field(element: Json, block_id: str = "b", **more: Any) -> Json:
    return {"type": "input", "block_id": block_id, "label": plain("Label"), "element": element, **more}


def text_input(action_id: str = "a", **more: Any) -> Json:
    return {"type": "plain_text_input", "action_id": action_id, **more}


def modal(*blocks: Json, **more: Any) -> Json:
    shown = list(blocks) or [{"type": "divider"}]
    return {"type": "modal", "title": plain("A form"), "submit": plain("Send"), "blocks": shown, **more}


def home(*blocks: Json, **more: Any) -> Json:
    return {"type": "home", "blocks": list(blocks) or [{"type": "divider"}], **more}


def button(action_id: str = "go", **more: Any) -> Json:
    return {"type": "button", "action_id": action_id, "text": plain("Go"), "value": "v", **more}


def actions(*elements: Json, block_id: str = "acts") -> Json:
    return {"type": "actions", "block_id": block_id, "elements": list(elements)}


def used(element: Json, block_id: str = "acts", **more: Any) -> Json:
    """A click on an element, as the page sends it."""
    return {"type": element["type"], "action_id": element["action_id"], "block_id": block_id, **more}


def filled(block_id: str = "b", action_id: str = "a", **held: Any) -> Json:
    return {"values": {block_id: {action_id: held}}}
