"""A failed pipeline as one message: what failed, whose it is, when it ran, what to ask next."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from agent.messages import say
from bot.messages.answer import Block, Message
from bot.messages.gate import clean
from bot.messages.markdown import plain, section
from bot.messages.text import clip, clip_escaped
from db.catalog.meaning import Language

HEADER_CHARS: Final = 150
FIELD_CHARS: Final = 300
_NAME_CHARS: Final = 120


_TOLD: Final = ("project", "owner", "dataset", "gpu")
"""The columns that are told under their own labels."""


def alert_block_id(fingerprint: str) -> str:
    """The id of the block by which an alert's message is found again."""
    return f"alert:{fingerprint}"


def alert_message(fingerprint: str, details: Mapping[str, Any], language: Language) -> Message:
    """The message of one failure; `details` are the columns of a rule (db.catalog.alert_rules), empty where unknown."""
    name = clip(_text(details, "name") or _text(details, "id") or "?", _NAME_CHARS)
    head = clip_escaped(say("alert-title", language, name=name), HEADER_CHARS)
    blocks: list[Block] = [
        {"type": "header", "block_id": alert_block_id(fingerprint), "text": {"type": "plain_text", "text": head}}
    ]
    if fields := list(_fields(details, language)):
        texts = [{"type": "mrkdwn", "text": text, "verbatim": True} for text in fields]
        blocks.append({"type": "section", "fields": texts})
    question = say("alert-question", language, name=name)
    ask = [plain(f"{say('alert-next-step', language)} "), plain(question, code=True)]
    blocks.append({"type": "rich_text", "elements": [section(ask)]})
    told = ((say(f"alert-{column}", language), _text(details, column)) for column in _TOLD)
    about = ", ".join(f"{label} {value}" for label, value in told if value)
    return Message(head + (f" ({clip_escaped(about, FIELD_CHARS)})" if about else ""), tuple(blocks))


def _text(details: Mapping[str, Any], column: str) -> str:
    """A cell on one line, "" where there is none."""
    value = details.get(column)
    return "" if value is None else " ".join(clean(str(value)).split())


def _fields(details: Mapping[str, Any], language: Language) -> Iterator[str]:
    for column in _TOLD:
        if value := _text(details, column):
            yield f"*{say(f'alert-{column}', language)}*\n{clip_escaped(value, FIELD_CHARS)}"
    if run := _run(_text(details, "started_at"), _text(details, "finished_at"), language):
        yield f"*{say('alert-ran', language)}*\n{clip_escaped(run, FIELD_CHARS)}"


def _run(started: str, finished: str, language: Language) -> str:
    """ "2026-11-21 06:12 → 10:15 (4시간 3분)"; cells that are no times as they are."""
    if not started and not finished:
        return ""
    start, end = _moment(started), _moment(finished)
    if start is None or end is None or (start.tzinfo is None) != (end.tzinfo is None):
        return f"{started or '?'} → {finished or '?'}"
    shown = f"{end:%H:%M}" if start.date() == end.date() and start.tzinfo == end.tzinfo else f"{end:%Y-%m-%d %H:%M}"
    return f"{start:%Y-%m-%d %H:%M} → {shown}" + (f" ({_duration(end - start, language)})" if end >= start else "")


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _duration(ran: timedelta, language: Language) -> str:
    """The two largest units of it."""
    minutes = int(ran.total_seconds()) // 60
    counts = {"days": minutes // 1440, "hours": minutes // 60 % 24, "minutes": minutes % 60}
    parts = [say(f"alert-{unit}", language, count=count) for unit, count in counts.items() if count]
    return " ".join(parts[:2]) or say("alert-at-once", language)
