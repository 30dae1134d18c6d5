"""The rich_text block: runs of text in sections, lists, quotes and code.

Source: docs.slack.dev/reference/block-kit/blocks/rich-text-block. A validator of a third party has seen empty
lists of elements pass in Slack's Block Kit Builder; the live API refuses them, and so does this.
"""

from typing import Any, Final

from bot.playground.rules.objects import ID, LINK, URL
from bot.playground.rules.shape import Rule, boolean, choice, listing, record, string, tagged, typed, whole

_STYLES = ("bold", "italic", "strike", "underline", "code", "highlight", "client_highlight", "unlink")
_STYLE: Final = record(dict.fromkeys(_STYLES, boolean))


def _run(kind: str, fields: dict[str, Any]) -> Rule:
    return typed(kind, {**fields, "style": _STYLE})


RUNS: Final[dict[str, Rule]] = {
    "text": _run("text", {"text!": string()}),
    "link": _run("link", {"url!": LINK, "text": string(), "unsafe": boolean}),
    "user": _run("user", {"user_id!": string(pattern="[UW][A-Z0-9]+")}),
    "usergroup": _run("usergroup", {"usergroup_id!": string(pattern="S[A-Z0-9]+")}),
    "channel": _run("channel", {"channel_id!": string(pattern="[CG][A-Z0-9]+")}),
    "team": _run("team", {"team_id!": string(pattern="T[A-Z0-9]+")}),
    "broadcast": _run("broadcast", {"range!": choice("here", "channel", "everyone")}),
    "emoji": _run("emoji", {"name!": string(), "skin_tone": whole(1, 6), "unicode": string()}),
    "color": _run("color", {"value!": string(pattern="#?[0-9a-fA-F]{6}")}),
    "date": _run("date", {"timestamp!": whole(0), "format!": string(), "url": URL, "fallback": string()}),
}

_ELEMENTS: Final = {"elements!": listing(tagged(RUNS))}
_BORDER: Final = {"border": whole(0, 1)}

SECTION: Final = typed("rich_text_section", _ELEMENTS)

PARTS: Final[dict[str, Rule]] = {
    "rich_text_section": SECTION,
    "rich_text_preformatted": typed("rich_text_preformatted", {**_ELEMENTS, **_BORDER, "language": string()}),
    "rich_text_quote": typed("rich_text_quote", {**_ELEMENTS, **_BORDER}),
    "rich_text_list": typed(
        "rich_text_list",
        {
            "style!": choice("bullet", "ordered"),
            "elements!": listing(SECTION),
            "indent": whole(0, 8),
            "offset": whole(0),
            **_BORDER,
        },
    ),
}

RICH_TEXT: Final = typed("rich_text", {"elements!": listing(tagged(PARTS)), "block_id": ID})
