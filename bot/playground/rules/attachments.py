"""The fields of an attachment from before there were blocks: each of its type, and any others.

Source: docs.slack.dev/legacy/legacy-messaging/legacy-secondary-message-attachments.
"""

from typing import Any, Final

from bot.playground.rules.objects import LINK, URL
from bot.playground.rules.shape import Rule, Wrong, boolean, has, listing, string

_TEXT: Final = string(least=0)


def _stamp(value: Any, where: str) -> Wrong | None:
    """Seconds since 1970, as a number or in digits."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    is_digits = isinstance(value, str) and value.replace(".", "", 1).isdecimal()
    return None if is_number or is_digits else Wrong("must provide a number", where)


LEGACY: Final[Rule] = has(
    {
        **dict.fromkeys(("text", "fallback", "pretext", "title", "color", "footer", "callback_id"), _TEXT),
        **dict.fromkeys(("author_name", "author_subname"), _TEXT),
        **dict.fromkeys(("title_link", "author_link"), LINK),
        **dict.fromkeys(("author_icon", "image_url", "thumb_url", "footer_icon"), URL),
        "fields": listing(has({"title": _TEXT, "value": _TEXT, "short": boolean}), least=0),
        "mrkdwn_in": listing(string(), least=0),
        "actions": listing(has({}), least=0),
        "ts": _stamp,
    }
)
