"""Conditions of alerts as people read them, and what they read who wrote none."""

from collections.abc import Mapping, Sequence
from typing import Final

from agent.messages import say
from bot.alerts.commands.condition_words import MisreadError
from bot.alerts.commands.known_names import Unmet
from bot.alerts.conditions import KEYS
from bot.messages.gate import clean
from bot.messages.text import clip
from db.catalog.meaning import Language
from db.severity import SEVERITIES

_VALUE_CHARS: Final = 60
_CHARS: Final = 600


def told(conditions: Mapping[str, Sequence[str]], language: Language) -> str:
    """All that must hold, in words: "프로젝트 *웨이퍼* · 심각도 높음 이상"; unescaped."""
    parts = [_part(key, conditions[key], language) for key in KEYS if conditions.get(key)]
    return clip(" · ".join(parts), _CHARS) or say("alert-condition-all", language)


def misread(error: MisreadError, language: Language, command: str) -> str:
    """What could not be read, and an example of what can."""
    word = clip(" ".join(clean(error.word).split()), _VALUE_CHARS) or "?"
    said = say(f"alert-misread-{error.code}", language, word=word)
    near = say("alert-misread-near", language, word=error.near) if error.near else ""
    example = say("alert-misread-example", language, command=command)
    return "\n".join(part for part in (f"{said} {near}".strip(), example) if part)


def unknown(lacking: Sequence[Unmet], command: str, language: Language) -> str:
    """That nothing is as a subscription asks by now, what may have been meant, and how to subscribe all the same."""
    lines = []
    for one in lacking:
        lines.append(say("alert-subscribe-unknown", language, what=_part(one.key, one.patterns, language)))
        if near := ", ".join(_shown(name) for name in one.near):
            lines.append(say("alert-subscribe-near", language, names=near))
    written = clip(" ".join(clean(command).split()), _CHARS)
    return "\n".join([*lines, say("alert-subscribe-anyway", language, command=written)])


def _part(key: str, values: Sequence[str], language: Language) -> str:
    label = say(f"alert-condition-{key}", language)
    if key == "severity":
        return f"{label} {_severities(values, language)}"
    if key == "kind":
        return f"{label} {', '.join(_kind(value, language) for value in values)}"
    return f"{label} {', '.join(_shown(value) for value in values)}"


def _severities(values: Sequence[str], language: Language) -> str:
    """A bound where they are all from one on, else each by name."""
    known = [one for one in SEVERITIES if one in values]
    if not known:
        return "?"
    first = say(f"alert-severity-{known[0]}", language)
    if len(known) > 1 and list(SEVERITIES[SEVERITIES.index(known[0]) :]) == known:
        return say("alert-condition-at-least", language, severity=first)
    return ", ".join(say(f"alert-severity-{one}", language) for one in known)


def _kind(value: str, language: Language) -> str:
    known = ("failed", "stuck", "found", "reported")
    return say(f"alert-condition-kind-{value}", language) if value in known else _shown(value)


def _shown(value: str) -> str:
    return clip(" ".join(clean(value).split()), _VALUE_CHARS) or "?"
