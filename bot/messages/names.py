"""People and channels by their ids, as Slack names them; in a message that one person sees that calls nobody."""

import re
from typing import Any, Final, Literal

from bot.messages.text import escape

_IDS: Final = {"user": re.compile(r"[UW][A-Z0-9]+"), "channel": re.compile(r"[CG][A-Z0-9]+")}


def name(user: str) -> str:
    """A user of Slack by mention, for mrkdwn; others, as those of the terminal, by name."""
    return f"<@{user}>" if _IDS["user"].fullmatch(user) else escape(user)


def named_cell(found: str, kind: Literal["user", "channel"], more: str = "") -> dict[str, Any] | None:
    """A table's cell that names what the id stands for, with `more` behind; None for what is no id of Slack's."""
    if not _IDS[kind].fullmatch(found):
        return None
    elements = [{"type": kind, f"{kind}_id": found}, *([{"type": "text", "text": more}] if more else [])]
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": elements}]}
