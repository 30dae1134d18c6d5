"""The lines of an alert's thread: what happened to it, and who did it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from agent.messages import say
from bot.messages.alerts.card import shown_name
from bot.messages.alerts.cause import cause_message
from bot.messages.alerts.facts import Envelope, Facts, Voice
from bot.messages.alerts.words import (
    NAME_CHARS,
    calling,
    lasted,
    line,
    moment,
    moment_of,
    name_of,
    over_at,
    paragraph,
    since,
    small,
)
from bot.messages.answer import Message
from bot.messages.markdown import Element, plain
from bot.messages.text import clip_escaped
from db.store.alerts.records import Alert

_NAMES: Final = {
    "acknowledged": "acknowledge",
    "unacknowledged": "unacknowledge",
    "snoozed": "snooze",
    "woken": "wake",
    "assigned": "assign",
    "muted": "mute",
    "unmuted": "unmute",
}
"""What is done, by what it is called once it is done."""
_TEXT_CHARS: Final = 600


@dataclass(frozen=True, slots=True)
class _Line:
    """What a line is made of."""

    payload: Mapping[str, Any]
    alert: Alert
    facts: Facts
    voice: Voice

    def worded(self, key: str, **values: str | int) -> str:
        return say(f"alert-line-{key}", self.voice.language, **values)

    @property
    def who(self) -> str:
        by = self.payload.get("by")
        return name_of(by if isinstance(by, str) else None, self.facts.names, self.voice.language)

    def of(self, name: str) -> str:
        return line(str(self.payload.get(name) or ""), NAME_CHARS)


def timeline_line(
    payload: Mapping[str, Any], alert: Alert, facts: Facts, voice: Voice, envelope: Envelope
) -> Message | None:
    """The line that a reply's payload asks for; None where there is nothing to say any more."""
    kind = str(payload.get("line") or "")
    if kind == "cause":
        return cause_message(alert, voice.language)
    make = _LINES.get(_NAMES.get(kind, kind))
    if make is None:
        return None
    text = make(_Line(payload, alert, facts, voice))
    runs: list[Element] = [plain(text)]
    if called := calling(envelope.calls):
        runs += [plain("  "), *called]
    repeat = small([say("alert-may-repeat", voice.language)]) if envelope.is_repeat else []
    return Message(clip_escaped(line(text, _TEXT_CHARS), _TEXT_CHARS), (paragraph(*runs), *repeat))


def _snooze(told: _Line) -> str:
    until = moment_of(told.payload.get("until")) or told.alert.snoozed_until
    if until is None:
        return told.worded("snooze", who=told.who)
    return told.worded("snooze-until", who=told.who, until=moment(until, told.voice))


def _assign(told: _Line) -> str:
    assignee = told.payload.get("assignee")
    new = name_of(assignee if isinstance(assignee, str) else None, told.facts.names, told.voice.language)
    by = told.payload.get("by")
    return told.worded("take", who=told.who) if by and by == assignee else told.worded("assign", who=told.who, new=new)


def _mute(told: _Line) -> str:
    until = moment_of(told.payload.get("until"))
    if until is None:
        return told.worded("mute", who=told.who)
    return told.worded("mute-until", who=told.who, until=moment(until, told.voice))


def _resolved(told: _Line) -> str:
    alert, voice = told.alert, told.voice
    if told.payload.get("by"):
        return told.worded("resolve", who=told.who)
    if (alert.resolution or {}).get("rule_gone"):
        return told.worded("rule-gone")
    over = over_at(alert)
    if over is None:
        return told.worded("resolved")
    span = since(alert.first_at, over, voice.language)
    run = line(str((alert.resolution or {}).get("name") or ""), NAME_CHARS)
    if alert.kind == "stuck":
        return told.worded("ended", span=span)
    return told.worded("resolved-by-run", span=span, run=run) if run else told.worded("resolved-after", span=span)


def _fed(told: _Line) -> str:
    """The how manieth failure in a row: the line's own count, which the alert's may be past already."""
    own = told.payload.get("count")
    count = own if isinstance(own, int) else told.alert.count
    return told.worded("fed", count=count, run=told.of("run") or shown_name(told.alert))


def _reminder(told: _Line) -> str:
    """That nobody has taken it yet, for how long, and when it is said again."""
    alert, voice = told.alert, told.voice
    waiting = lasted((voice.now - alert.first_at).total_seconds(), voice.language)
    if alert.remind_at is None or alert.remind_at <= voice.now:
        return told.worded("reminder-last", span=waiting)
    return told.worded("reminder", span=waiting, next=moment(alert.remind_at, voice))


def _escalated(told: _Line) -> str:
    return told.worded(
        "escalated", span=lasted((told.voice.now - told.alert.first_at).total_seconds(), told.voice.language)
    )


_LINES: Final[Mapping[str, Callable[[_Line], str]]] = {
    "opened": lambda told: told.worded("opened"),
    "fed": _fed,
    "acknowledge": lambda told: told.worded("acknowledge", who=told.who),
    "unacknowledge": lambda told: told.worded("unacknowledge", who=told.who),
    "snooze": _snooze,
    "snooze_over": lambda told: told.worded("snooze-over"),
    "wake": lambda told: told.worded("wake", who=told.who),
    "assign": _assign,
    "mute": _mute,
    "unmute": lambda told: told.worded("unmute", who=told.who) if told.payload.get("by") else told.worded("mute-over"),
    "resolve": lambda told: told.worded("resolve", who=told.who),
    "resolved": _resolved,
    "reopen": lambda told: told.worded("reopen", who=told.who),
    "again": lambda told: told.worded("again"),
    "reminder": _reminder,
    "escalated": _escalated,
}
"""How each line is written."""
