"""What can be said of a failure whose log could not be read: why not, what to set, what the run's length tells."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from agent.failures.cause import NO_LOG, Cause
from agent.failures.diagnosis import is_calling
from agent.messages import say
from agent.moments import lasted, parsed
from db.catalog.meaning import Language
from db.logfiles import Tail

_EARLY: Final = 0.1
"""A run that ends before this part of what such runs take failed of what comes first."""
_LATE: Final = 1.5
_AT_ONCE: Final = timedelta(minutes=5)
_PATH_CHARS: Final = 200
_SINCE: Final = datetime(2000, 1, 1)
_LONGEST: Final = timedelta(days=36_500)


def without_log(facts: Mapping[str, Any], tail: Tail | None, language: Language) -> Cause:
    """NO_LOG, with what is known all the same."""
    why = "unknown-path" if tail is None else (tail.problem or "empty").replace("_", "-")
    headline = " ".join((say(f"unread-{why}", language), *_length(facts, language)))
    advice = (say(f"unread-{why}-try", language), *_hints(facts, language), *_place(facts, tail, language))
    return Cause(NO_LOG, headline, advice=advice, problem=None if tail is None else tail.problem)


def _length(facts: Mapping[str, Any], language: Language) -> Iterator[str]:
    took = _took(facts)
    if took is None:
        return
    usual = _usual(facts)
    if usual is None:
        yield say("unread-ran", language, ran=_told(took, language))
    else:
        yield say("unread-ran-usual", language, ran=_told(took, language), usual=_told(usual, language))


def _hints(facts: Mapping[str, Any], language: Language) -> Iterator[str]:
    took, usual = _took(facts), _usual(facts)
    if took is None:
        return
    if took <= _AT_ONCE or (usual is not None and took < usual * _EARLY):
        yield say("unread-early", language)
    elif usual is not None and took > usual * _LATE:
        yield say("unread-late", language)


def _place(facts: Mapping[str, Any], tail: Tail | None, language: Language) -> Iterator[str]:
    """Where the log lies, for somebody who can open it."""
    path = tail.path if tail is not None else str(facts.get("log_path") or "")
    shown = "".join(char for char in path if char.isprintable()).strip()
    if shown and not is_calling(shown):
        cut = shown if len(shown) <= _PATH_CHARS else f"{shown[: _PATH_CHARS - 1]}…"
        yield say("unread-place", language, path=cut)


def _took(facts: Mapping[str, Any]) -> timedelta | None:
    started, finished = parsed(facts.get("started_at")), parsed(facts.get("finished_at"))
    if started is None or finished is None or finished < started:
        return None
    return finished - started


def _usual(facts: Mapping[str, Any]) -> timedelta | None:
    usual = facts.get("usual_s")
    if isinstance(usual, int | float) and 0 < usual < _LONGEST.total_seconds():
        return timedelta(seconds=usual)
    return None


def _told(span: timedelta, language: Language) -> str:
    return lasted(_SINCE, _SINCE + span, language)
