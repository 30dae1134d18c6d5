"""The audit as a table: who tried which SQL, when and where, and what came of it."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final
from zoneinfo import ZoneInfo

from bot.messages.answer import Message
from bot.messages.notes import note
from bot.messages.text import clip
from db.catalog.meaning import Language
from db.store.records import AuditEntry, Verdict

# docs.slack.dev, table block: 10,000 characters in a message; what stands beside the SQL takes about 70 a row.
_SQL_CHARS: Final = 5_000
_SQL_CHARS_A_ROW: Final = 300
_USER: Final = re.compile(r"[UW][A-Z0-9]+")
_CHANNEL: Final = re.compile(r"[CG][A-Z0-9]+")
_HEADS: Final[Mapping[Language, Sequence[str]]] = {
    "ko": ("시각", "누가", "어디서", "결과", "행", "ms", "SQL"),
    "en": ("at", "who", "where", "verdict", "rows", "ms", "SQL"),
}
_VERDICTS: Final[Mapping[Language, Mapping[Verdict, str]]] = {
    "ko": {"ran": "실행", "refused": "거부", "failed": "실패", "timeout": "시간 초과"},
    "en": {"ran": "ran", "refused": "refused", "failed": "failed", "timeout": "timed out"},
}
_ALIGN: Final = ("left", "left", "left", "left", "right", "right", "left")


def audit_message(entries: Sequence[AuditEntry], language: Language, timezone: ZoneInfo) -> Message:
    """The entries in their order, each a row; SQL on one line and clipped, people and channels named by Slack."""
    if not entries:
        return note("남은 질의 기록이 없습니다." if language == "ko" else "There is no such query on record.")
    most = min(_SQL_CHARS_A_ROW, _SQL_CHARS // len(entries))
    title = f"최근 질의 {len(entries)}건" if language == "ko" else f"The last {len(entries)} queries"
    head = note(title)
    table = {
        "type": "table",
        "column_settings": [{"align": side, "is_wrapped": True} for side in _ALIGN],
        "rows": [[_text(name) for name in _HEADS[language]], *(_row(e, language, timezone, most) for e in entries)],
    }
    return Message(head.text, (*head.blocks, table))


def _row(entry: AuditEntry, language: Language, timezone: ZoneInfo, most: int) -> list[dict[str, Any]]:
    verdict = _VERDICTS[language][entry.verdict]
    return [
        _text(f"{entry.at.astimezone(timezone):%m-%d %H:%M:%S}"),
        _named(entry.user_id, "user", _USER, f" ({', '.join(entry.roles)})" if entry.roles else ""),
        _named(entry.channel, "channel", _CHANNEL),
        _text(f"{verdict}: {entry.rule}" if entry.rule else verdict),
        _text(f"{entry.rows:,}"),
        _text(f"{entry.ms:,}"),
        _text(clip(" ".join(entry.sql.split()), most)),
    ]


def _named(found: str, kind: str, pattern: re.Pattern[str], more: str = "") -> dict[str, Any]:
    """An id of Slack's as Slack shows it, with `more` behind; in a message that one person sees it calls nobody."""
    if not pattern.fullmatch(found):
        return _text(found + more)
    elements = [{"type": kind, f"{kind}_id": found}, *([{"type": "text", "text": more}] if more else [])]
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": elements}]}


def _text(text: str) -> dict[str, Any]:
    """Never empty, because Slack refuses an empty cell."""
    return {"type": "raw_text", "text": text if text.strip() else "–"}
