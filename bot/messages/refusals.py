"""The sentences for those who get no answer: whom to ask, where to go, when it goes on."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from agent.messages import Value, say
from bot.messages.answer import Message
from bot.messages.notes import section
from db.catalog.meaning import Language

_NAMED: Final = 3


def refusal(
    code: str,
    language: Language,
    *,
    admins: Sequence[str] = (),
    channels: Sequence[str] = (),
    limit: int = 0,
    until: datetime | None = None,
) -> Message:
    """One sentence for one person. Admins and channels are named by Slack, which shows to each what they may see.

    `until` is told as it reads, to the second: a minute's limit ends within a minute.
    """
    shared = [channel for channel in channels if not channel.startswith("D")]
    words: dict[str, Value] = {
        "who": ", ".join(f"<@{admin}>" for admin in admins[:_NAMED]) or say("refusal-somebody", language),
        "where": ", ".join(f"<#{channel}>" for channel in shared[:_NAMED]) or say("refusal-somewhere", language),
        "limit": limit,
        "until": "" if until is None else f"{until:%Y-%m-%d %H:%M:%S %Z}",
    }
    return section(say(f"refusal-{code.replace('_', '-')}", language, **words))


def notice_view(message: Message, language: Language) -> dict[str, Any]:
    """A modal that shows a message in the place of a form."""
    return {
        "type": "modal",
        "title": {"type": "plain_text", "text": say("bot-name", language)},
        "close": {"type": "plain_text", "text": say("close", language)},
        "blocks": list(message.blocks),
    }
