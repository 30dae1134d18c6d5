"""A failed pipeline as one message: what failed, whose it is, when it ran, what to ask next."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from bot.messages.answer import Block, Message
from bot.messages.gate import clean
from bot.messages.markdown import plain, section
from bot.messages.text import clip, clip_escaped
from db.catalog.meaning import Language

HEADER_CHARS: Final = 150
FIELD_CHARS: Final = 300
_NAME_CHARS: Final = 120


@dataclass(frozen=True, slots=True)
class _Words:
    """What is said in one language; `units` are days, hours and minutes."""

    failed: str
    labels: Mapping[str, str]
    ran: str
    units: tuple[str, str, str]
    at_once: str
    next_step: str
    question: str


_WORDS: Final[Mapping[Language, _Words]] = {
    "ko": _Words(
        "파이프라인 실패",
        {"project": "프로젝트", "owner": "담당자", "dataset": "데이터셋", "gpu": "GPU"},
        "시작 → 종료",
        ("{}일", "{}시간", "{}분"),
        "1분 미만",
        "다음 단계: 이 스레드에서 물어보세요. ",
        "@mlops {} 왜 실패했어?",
    ),
    "en": _Words(
        "Pipeline failed",
        {"project": "Project", "owner": "Owner", "dataset": "Dataset", "gpu": "GPU"},
        "Started → finished",
        ("{} d", "{} h", "{} min"),
        "under a minute",
        "Next step: ask in this thread. ",
        "@mlops show the failed pipeline {}",
    ),
}


def alert_block_id(fingerprint: str) -> str:
    """The id of the block by which an alert's message is found again."""
    return f"alert:{fingerprint}"


def alert_message(fingerprint: str, details: Mapping[str, Any], language: Language) -> Message:
    """The message of one failure; `details` are the columns of a rule (db.catalog.alert_rules), empty where unknown."""
    words = _WORDS[language]
    name = clip(_text(details, "name") or _text(details, "id") or "?", _NAME_CHARS)
    head = clip_escaped(f"🔴 {words.failed}: {name}", HEADER_CHARS)
    blocks: list[Block] = [
        {"type": "header", "block_id": alert_block_id(fingerprint), "text": {"type": "plain_text", "text": head}}
    ]
    if fields := list(_fields(details, words)):
        texts = [{"type": "mrkdwn", "text": text, "verbatim": True} for text in fields]
        blocks.append({"type": "section", "fields": texts})
    ask = [plain(words.next_step), plain(words.question.format(name), code=True)]
    blocks.append({"type": "rich_text", "elements": [section(ask)]})
    told = ((label, _text(details, column)) for column, label in words.labels.items())
    about = ", ".join(f"{label} {value}" for label, value in told if value)
    return Message(head + (f" ({clip_escaped(about, FIELD_CHARS)})" if about else ""), tuple(blocks))


def _text(details: Mapping[str, Any], column: str) -> str:
    """A cell on one line, "" where there is none."""
    value = details.get(column)
    return "" if value is None else " ".join(clean(str(value)).split())


def _fields(details: Mapping[str, Any], words: _Words) -> Iterator[str]:
    for column, label in words.labels.items():
        if value := _text(details, column):
            yield f"*{label}*\n{clip_escaped(value, FIELD_CHARS)}"
    if run := _run(_text(details, "started_at"), _text(details, "finished_at"), words):
        yield f"*{words.ran}*\n{clip_escaped(run, FIELD_CHARS)}"


def _run(started: str, finished: str, words: _Words) -> str:
    """ "2026-11-21 06:12 → 10:15 (4시간 3분)"; cells that are no times as they are."""
    if not started and not finished:
        return ""
    start, end = _moment(started), _moment(finished)
    if start is None or end is None or (start.tzinfo is None) != (end.tzinfo is None):
        return f"{started or '?'} → {finished or '?'}"
    shown = f"{end:%H:%M}" if start.date() == end.date() and start.tzinfo == end.tzinfo else f"{end:%Y-%m-%d %H:%M}"
    return f"{start:%Y-%m-%d %H:%M} → {shown}" + (f" ({_duration(end - start, words)})" if end >= start else "")


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _duration(ran: timedelta, words: _Words) -> str:
    """The two largest units of it."""
    minutes = int(ran.total_seconds()) // 60
    counts = (minutes // 1440, minutes // 60 % 24, minutes % 60)
    parts = [unit.format(count) for count, unit in zip(counts, words.units, strict=True) if count]
    return " ".join(parts[:2]) or words.at_once
