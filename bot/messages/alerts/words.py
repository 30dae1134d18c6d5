"""Times, spans, people and texts, as all messages about alerts write them."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from agent.messages import say
from bot.messages.alerts.facts import Voice
from bot.messages.answer import Block
from bot.messages.gate import clean
from bot.messages.markdown import Element, plain, section
from bot.messages.text import clip, clip_escaped
from db.catalog.meaning import Language
from db.store.alerts.records import Alert

HEADER_CHARS: Final = 150
NAME_CHARS: Final = 120
FIELD_CHARS: Final = 300
_LONGEST_S: Final = 3_650 * 86_400


def lasted(seconds: float, language: Language) -> str:
    """The two largest units of a span of time; of less than a minute the seconds, one at least."""
    whole = int(min(max(seconds, 1), _LONGEST_S))
    minutes = whole // 60
    if not minutes:
        return say("alert-seconds", language, count=whole)
    counts = {"days": minutes // 1440, "hours": minutes // 60 % 24, "minutes": minutes % 60}
    parts = [say(f"alert-{unit}", language, count=count) for unit, count in counts.items() if count]
    return " ".join(parts[:2])


def since(start: datetime, end: datetime, language: Language) -> str:
    return lasted((end - start).total_seconds(), language)


def moment(at: datetime, voice: Voice) -> str:
    """The day and the time of day by the channel's clock, the year where it is another one."""
    local = _local(at, voice)
    return say("alert-moment", voice.language, day=_day(local, voice), time=f"{local:%H:%M}")


def span(start: datetime | None, end: datetime | None, voice: Voice) -> str:
    """From when to when; the day once where both are of one day."""
    if start is not None and end is not None and _local(start, voice).date() == _local(end, voice).date():
        return f"{moment(start, voice)} → {_local(end, voice):%H:%M}"
    return " → ".join("?" if at is None else moment(at, voice) for at in (start, end))


def clock(at: datetime, day: datetime, voice: Voice) -> str:
    """The time of day; with the date where that is another than of `day`."""
    is_same = _local(at, voice).date() == _local(day, voice).date()
    return f"{_local(at, voice):%H:%M}" if is_same else moment(at, voice)


def zone_name(voice: Voice) -> str:
    """What people call the zone: KST, UTC; its full name where it has no letters of its own."""
    short = f"{_local(voice.now, voice):%Z}"
    return short if short.isalpha() else voice.zone.key


def calling(ids: Iterable[str]) -> list[Element]:
    """The runs that call people and groups; what is no id is left out."""
    runs: list[Element] = []
    for one in dict.fromkeys(ids):
        if not (one[1:] and one.isascii() and one.isalnum() and one.isupper()):
            continue
        if one[0] in "UW":
            runs += [{"type": "user", "user_id": one}, plain(" ")]
        elif one[0] == "S":
            runs += [{"type": "usergroup", "usergroup_id": one}, plain(" ")]
    return runs[:-1]


def name_of(user: str | None, names: Mapping[str, str], language: Language) -> str:
    """A person by name; nobody is called by it."""
    known = " ".join(clean(names.get(user or "", "")).split())
    return clip(known, NAME_CHARS) if known else say("alert-somebody", language)


def line(text: str, limit: int = FIELD_CHARS) -> str:
    """A foreign text on one line, as it may be shown."""
    return clip(" ".join(clean(text).split()), limit)


def head(mark: str, text: str, block_id: str | None = None) -> Block:
    """A header of a mark and a title, within its limit."""
    shown = {"type": "plain_text", "text": clip_escaped(f"{mark} {text}".strip(), HEADER_CHARS)}
    return {"type": "header", "text": shown, **({"block_id": block_id} if block_id else {})}


def fields(pairs: Iterable[tuple[str, str]]) -> list[Block]:
    """Labels with their values, ten at most, in a section of two columns; none for none."""
    texts = [
        {"type": "mrkdwn", "text": f"*{label}*\n{clip_escaped(value, FIELD_CHARS)}", "verbatim": True}
        for label, value in pairs
        if value
    ]
    return [{"type": "section", "fields": texts[:10]}] if texts else []


def small(texts: Iterable[str]) -> list[Block]:
    """Small lines below everything else; none for none."""
    told = clip_escaped(clean(" · ".join(text for text in texts if text)), 1_200)
    return [{"type": "context", "elements": [{"type": "mrkdwn", "text": told, "verbatim": True}]}] if told else []


def paragraph(*runs: Element) -> Block:
    return {"type": "rich_text", "elements": [section(list(runs))]}


def bullets(lines: Iterable[list[Element]]) -> list[Element]:
    """One list of the lines; none for none."""
    items = [section(runs) for runs in lines if runs]
    return [{"type": "rich_text_list", "style": "bullet", "elements": items}] if items else []


def moment_of(value: Any) -> datetime | None:
    """A time that was written by isoformat(), with a zone; None for anything else."""
    if not isinstance(value, str):
        return None
    try:
        at = datetime.fromisoformat(value)
    except ValueError:
        return None
    return at if at.tzinfo is not None else None


def over_at(alert: Alert) -> datetime | None:
    """When it was over: by the run that tells so, else when that was seen; None while it is not."""
    ended = moment_of((alert.resolution or {}).get("finished_at"))
    if ended is None or alert.resolved_at is None or not alert.first_at <= ended <= alert.resolved_at:
        return alert.resolved_at
    return ended


def _local(at: datetime, voice: Voice) -> datetime:
    try:
        return at.astimezone(voice.zone)
    except OverflowError:
        return at


def _day(local: datetime, voice: Voice) -> str:
    said = say(
        "alert-day",
        voice.language,
        month=say(f"alert-month-{local.month}", voice.language),
        day=str(local.day),
        weekday=say(f"alert-weekday-{local.isoweekday()}", voice.language),
    )
    if local.year == _local(voice.now, voice).year:
        return said
    return say("alert-day-of-year", voice.language, day=said, year=str(local.year))
