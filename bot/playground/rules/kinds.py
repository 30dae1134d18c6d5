"""Every block there is, with its limits, and the surfaces that take it.

Source: docs.slack.dev/reference/block-kit/blocks, and the checks of slack_sdk.models 3.47.
"""

from typing import Any, Final, Literal, TypeAlias

from bot.playground.rules.data import CHART, DATA_TABLE, TABLE
from bot.playground.rules.elements import BUTTON, CONTEXT_ACTIONS, IN_ACTIONS, IN_INPUT, IN_SECTION
from bot.playground.rules.objects import HTTPS, ID, IMAGE, SLACK_FILE, SOURCE, URL, mrkdwn, plain, words
from bot.playground.rules.rich_text import RICH_TEXT
from bot.playground.rules.shape import (
    Fields,
    Rule,
    Wrong,
    boolean,
    choice,
    claim,
    listing,
    one_of,
    only_one_of,
    string,
    tagged,
    typed,
    unique,
    whole,
)

Surface: TypeAlias = Literal["message", "modal", "home"]


def _block(kind: str, fields: Fields, *checks: Rule) -> Rule:
    return typed(kind, {**fields, "block_id": ID}, *checks)


def _action_ids(block: Any, where: str) -> Wrong | None:
    """An action_id is unique within its block."""
    ids = (
        (element["action_id"], f"{where}/elements/{at}/action_id")
        for at, element in enumerate(block["elements"])
        if "action_id" in element
    )
    return unique(ids, "action_id")


def _task_ids(plan: Any, where: str) -> Wrong | None:
    ids = ((task["task_id"], f"{where}/tasks/{at}/task_id") for at, task in enumerate(plan.get("tasks", ())))
    return unique(ids, "task_id")


def _task(*statuses: str) -> Fields:
    return {
        "task_id!": string(),
        "title!": string(256),
        "status": choice(*statuses),
        "details": RICH_TEXT,
        "output": RICH_TEXT,
        "sources": listing(SOURCE, least=0),
    }


_DONE_OR_DOING: Final = ("in_progress", "complete", "error")
_PLANNED: Final = typed("task_card", {**_task("pending", *_DONE_OR_DOING), "block_id": ID})


def _planned(value: Any, where: str) -> Wrong | None:
    """A task in a plan; Slack's own examples leave its `type` out."""
    return _PLANNED({"type": "task_card", **value} if isinstance(value, dict) else value, where)


_NO_FILES_DISPATCHED: Final = claim(
    lambda block: not block.get("dispatch_action") or block["element"]["type"] != "file_input",
    "a `file_input` cannot dispatch actions",
)
_COLLAPSES: Final = claim(
    lambda block: not block.get("default_collapsed") or block.get("is_collapsible") is True,
    "`default_collapsed` needs `is_collapsible`",
)
# The SDK refuses the pair; Slack's reference says that the divider is ignored then.
_NO_DIVIDER: Final = claim(
    lambda block: not (block.get("has_header_divider") and block.get("is_collapsible")),
    "`has_header_divider` cannot be set with `is_collapsible`",
)

_CARD: Final = _block(
    "card",
    {
        "hero_image": IMAGE,
        "icon": IMAGE,
        "title": words(150),
        "subtitle": words(150),
        "body": words(200),
        "actions": listing(BUTTON, 2),
    },
    one_of("hero_image", "title", "actions", "body"),
)

_ANYWHERE: Final[dict[str, Rule]] = {
    "actions": _block("actions", {"elements!": listing(tagged(IN_ACTIONS), 25)}, _action_ids),
    "context": _block(
        "context",
        {"elements!": listing(tagged({"image": IMAGE, "plain_text": plain(3_000), "mrkdwn": mrkdwn(3_000)}), 10)},
    ),
    "divider": _block("divider", {}),
    "header": _block("header", {"text!": plain(150), "level": whole(1, 4)}),
    "image": _block(
        "image",
        {"alt_text!": string(2_000), "image_url": URL, "slack_file": SLACK_FILE, "title": plain(2_000)},
        only_one_of("image_url", "slack_file"),
    ),
    "input": _block(
        "input",
        {
            "label!": plain(2_000),
            "element!": tagged(IN_INPUT),
            "hint": plain(2_000),
            "optional": boolean,
            "dispatch_action": boolean,
        },
        _NO_FILES_DISPATCHED,
    ),
    "rich_text": RICH_TEXT,
    "section": _block(
        "section",
        {
            "text": words(3_000),
            "fields": listing(words(2_000), 10),
            "accessory": tagged(IN_SECTION),
            "expand": boolean,
        },
        one_of("text", "fields"),
    ),
    "video": _block(
        "video",
        {
            "alt_text!": string(),
            "title!": plain(199),
            "video_url!": HTTPS,
            "thumbnail_url!": URL,
            "title_url": HTTPS,
            "description": plain(199),
            "author_name": string(49),
            "provider_name": string(),
            "provider_icon_url": URL,
        },
    ),
}

_FILE: Final = _block("file", {"external_id!": string(), "source!": choice("remote")})
_CHILDREN: Final = {**_ANYWHERE, "file": _FILE, "table": TABLE}

_NOT_IN_MODALS: Final[dict[str, Rule]] = {
    "carousel": _block("carousel", {"elements!": listing(_CARD, 10)}),
    "container": _block(
        "container",
        {
            "title": plain(150),
            "rich_text_title": RICH_TEXT,
            "subtitle": words(150),
            "icon": IMAGE,
            "width": choice("narrow", "standard", "wide", "full"),
            "is_collapsible": boolean,
            "default_collapsed": boolean,
            "has_header_divider": boolean,
            "child_blocks!": listing(tagged(_CHILDREN), 10),
        },
        one_of("title", "rich_text_title"),
        _COLLAPSES,
        _NO_DIVIDER,
    ),
    "data_table": DATA_TABLE,
    "data_visualization": CHART,
    "table": TABLE,
}

_MESSAGES_ONLY: Final[dict[str, Rule]] = {
    "context_actions": _block("context_actions", {"elements!": listing(tagged(CONTEXT_ACTIONS), 5)}, _action_ids),
    "file": _FILE,
    "markdown": _block("markdown", {"text!": string(12_000)}),
    "plan": _block("plan", {"title!": string(256), "tasks": listing(_planned, 50, least=0)}, _task_ids),
    "task_card": _block("task_card", _task(*_DONE_OR_DOING)),
}

_MODALS_ONLY: Final[dict[str, Rule]] = {
    "alert": _block("alert", {"text!": words(200), "level": choice("default", "info", "warning", "error", "success")}),
}

KINDS: Final[dict[Surface, dict[str, Rule]]] = {
    "message": {**_ANYWHERE, "card": _CARD, **_NOT_IN_MODALS, **_MESSAGES_ONLY},
    "modal": {**_ANYWHERE, "card": _CARD, **_MODALS_ONLY},
    "home": {**_ANYWHERE, "card": _CARD, **_NOT_IN_MODALS},
}
