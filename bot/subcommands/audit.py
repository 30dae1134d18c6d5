"""/mlops audit: for admins, who tried which SQL and what came of it."""

import re
from collections.abc import Mapping
from typing import Final

from bot.messages.answer import Message
from bot.messages.audit import audit_message
from bot.messages.notes import note
from bot.messages.refusals import refusal
from bot.messages.sentences import sentence
from bot.parts import Parts
from bot.subcommands import Slash
from db.store.records import Verdict

HELP: Final = "help-audit"
TAKES_TEXT: Final = True
MOST: Final = 50
_USUAL: Final = 10
_ASKED: Final = re.compile(r"(?P<which>refused|failed)?\s*(?P<number>[1-9][0-9]{0,5})?", re.IGNORECASE)
_WHICH: Final[Mapping[str, tuple[Verdict, ...]]] = {
    "": ("ran", "refused", "failed", "timeout"),
    "refused": ("refused",),
    "failed": ("failed", "timeout"),
}


async def run(slash: Slash, parts: Parts) -> Message:
    """The newest first; the words of the command are of no language."""
    settings = parts.services.settings
    asked = _ASKED.fullmatch(slash.text)
    language = slash.language if asked is None else await parts.manners.language(parts.me.team, slash.user)
    if not settings.admins:
        return note(sentence("no_admins", language))
    if slash.user not in settings.admins:
        return refusal("not_admin", language, admins=settings.admins)
    if asked is None:
        return note(sentence("audit_misread", language))
    number = min(int(asked["number"] or _USUAL), MOST)
    verdicts = _WHICH[(asked["which"] or "").lower()]
    entries = await parts.services.store.audit.latest(parts.me.team, verdicts, number)
    return audit_message(entries, language, settings.timezone)
