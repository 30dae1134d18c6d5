"""Words to admins about the alerts themselves: letters that nobody gets, a job that stands still."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from agent.messages import say
from bot.messages.alerts.facts import Voice
from bot.messages.alerts.words import FIELD_CHARS, line, moment, moment_of, paragraph, since
from bot.messages.answer import Message
from bot.messages.markdown import Element, inline, plain
from bot.messages.notes import note
from bot.messages.text import clip_escaped
from db.catalog.meaning import Language

_CHANNEL_ERRORS: Final = {
    "is_archived": "archived",
    "channel_is_archived": "archived",
    "not_in_channel": "not-in-channel",
    "channel_not_found": "not-found",
    "missing_scope": "missing-scope",
    "user_not_found": "no-person",
    "account_inactive": "revoked",
    "token_revoked": "revoked",
    "token_expired": "revoked",
    "invalid_auth": "revoked",
}
"""What Slack says of a channel, or of us, in our words; all else is told by its code."""


_CHARS: Final = 2_900
_PARTS: Final = ("scan", "delivery", "digest", "upkeep", "causes", "store")
"""What can stand still."""
_HERE: Final = "\ue000"
"""Stands in a sentence where the channel is put."""


def notice(payload: Mapping[str, Any], voice: Voice) -> Message | None:
    """The notice that a payload asks for; None for one that nobody knows.

    {"notice": "dead", "channel", "error", "count", "about"} · {"notice": "standstill" | "recovered", "what", "since",
    "error"} · {"notice": "text", "text"}
    """
    make = _NOTICES.get(str(payload.get("notice") or ""))
    text = "" if make is None else make(payload, voice)
    if not text:
        return None
    channel = _text(payload, "channel") or "?"
    before, _, after = text.partition(_HERE)
    if _HERE not in text:
        return note(text)
    whole = clip_escaped(f"{before}{channel}{after}", _CHARS)
    return Message(whole, (paragraph(*inline(before), _place(channel), *inline(after)),))


def _dead(payload: Mapping[str, Any], voice: Voice) -> str:
    """Which letters did not arrive where, why, and what an admin can do."""
    language = voice.language
    count = payload.get("count")
    told = say(
        "notice-dead",
        language,
        count=count if isinstance(count, int) else 1,
        channel=_HERE,
        why=_why(_text(payload, "error"), language),
    )
    about = _text(payload, "about")
    retry = say("notice-retry", language)
    return "\n".join([told, *([say("notice-about", language, about=about)] if about else []), retry])


def _place(channel: str) -> Element:
    """A channel as its link, which calls nobody; anything else as text."""
    is_channel = channel[0] in "CG" and channel.isascii() and channel.isalnum() and channel.isupper()
    return {"type": "channel", "channel_id": channel} if is_channel else plain(channel, code=True)


def _why(error: str, language: Language) -> str:
    known = _CHANNEL_ERRORS.get(error)
    return say(f"notice-why-{known}", language) if known else say("notice-why-other", language, code=error or "?")


def _standstill(payload: Mapping[str, Any], voice: Voice) -> str:
    language = voice.language
    what, last = what_of(_text(payload, "what"), language), moment_of(payload.get("since"))
    if last is None:
        told = say("notice-standstill-ever", language, what=what)
    else:
        span = since(last, voice.now, language)
        told = say("notice-standstill", language, what=what, span=span, at=moment(last, voice))
    error = _text(payload, "error")
    lines = [told, *([say("notice-error", language, error=error)] if error else []), say("notice-health", language)]
    return "\n".join(lines)


def _recovered(payload: Mapping[str, Any], voice: Voice) -> str:
    language = voice.language
    what, last = what_of(_text(payload, "what"), language), moment_of(payload.get("since"))
    if last is None:
        return say("notice-recovered", language, what=what)
    return say("notice-recovered-after", language, what=what, span=since(last, voice.now, language))


def what_of(what: str, language: Language) -> str:
    """A part of alerting in words: "scan:failed-pipelines" is the rule's search, "delivery" the sending."""
    kind, _, name = line(what).partition(":")
    if kind not in _PARTS:
        return line(what) or "?"
    said = say(f"notice-what-{kind}", language)
    return f"{said} ({name})" if name else said


def _text(payload: Mapping[str, Any], name: str) -> str:
    value = payload.get(name)
    return "" if value is None else line(str(value), FIELD_CHARS)


_NOTICES: Final[Mapping[str, Callable[[Mapping[str, Any], Voice], str]]] = {
    "dead": _dead,
    "standstill": _standstill,
    "recovered": _recovered,
    "text": lambda payload, _voice: _text(payload, "text"),
}
"""How each notice is written."""
