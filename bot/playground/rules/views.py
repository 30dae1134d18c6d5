"""What Slack says of a modal or a Home tab.

Source: docs.slack.dev/reference/views, and the checks of slack_sdk.models 3.47.
"""

import json
from typing import Any, Final

from bot.playground.rules.blocks import Problem, wrong_blocks
from bot.playground.rules.kinds import Surface
from bot.playground.rules.objects import plain
from bot.playground.rules.shape import Fields, Rule, Wrong, boolean, first, string, tagged, typed
from bot.playground.rules.text import objects

VIEW_BLOCKS: Final = 100
VIEW_BYTES: Final = 250_000


def _blocks(surface: Surface) -> Rule:
    """Whether a view may be without blocks no public source says: here it may not, the stricter of the two."""
    return lambda blocks, where: wrong_blocks(blocks, surface, where, most=VIEW_BLOCKS, least=1)


def _submit(view: Any, where: str) -> Wrong | None:
    """A modal with something to fill in has a button that sends it."""
    if "submit" in view:
        return None
    what = "must define `submit` to use an `input` block in modals"
    blocks = enumerate(view["blocks"])
    return first(
        Wrong(what, f"{where}/blocks/{at}/input") if block["type"] == "input" else None for at, block in blocks
    )


def _one_focus(view: Any, where: str) -> Wrong | None:
    focused = sum(part.get("focus_on_load") is True for part in objects(view["blocks"]))
    return Wrong("no more than 1 element may have `focus_on_load`", where) if focused > 1 else None


_COMMON: Final[Fields] = {
    "private_metadata": string(3_000, least=0),
    "callback_id": string(255, least=0),
    "external_id": string(255, least=0),
}

_VIEWS: Final[dict[str, Rule]] = {
    "modal": typed(
        "modal",
        {
            **_COMMON,
            "title!": plain(24),
            "blocks!": _blocks("modal"),
            "submit": plain(24),
            "close": plain(24),
            "clear_on_close": boolean,
            "notify_on_close": boolean,
            "submit_disabled": boolean,
        },
        _submit,
        _one_focus,
    ),
    "home": typed("home", {**_COMMON, "blocks!": _blocks("home")}, _one_focus),
}


def refuse_view(view: object, kinds: set[str]) -> Problem | None:
    """Why Slack opens or publishes no such view, where `kinds` ("modal", "home") are taken; or None."""
    wrong = tagged({kind: rule for kind, rule in _VIEWS.items() if kind in kinds})(view, "/view")
    if wrong is not None:
        return Problem("invalid_arguments", str(wrong))
    written = json.dumps(view, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    if len(written) > VIEW_BYTES:
        return Problem("view_too_large", str(Wrong(f"must be less than {VIEW_BYTES + 1} bytes", "/view")))
    return None
