"""The audit as a table: who tried which SQL, when and where, and what came of it."""

from collections.abc import Sequence
from typing import Any, Final, Literal
from zoneinfo import ZoneInfo

from agent.messages import say
from bot.messages.answer import Message
from bot.messages.names import named_cell
from bot.messages.notes import note
from bot.messages.text import clip
from db.catalog.meaning import Language
from db.store.records import AuditEntry

# docs.slack.dev, table block: 10,000 characters in a message; what stands beside the SQL takes about 70 a row.
_SQL_CHARS: Final = 5_000
_SQL_CHARS_A_ROW: Final = 300
_HEADS: Final = ("audit-at", "audit-who", "audit-where", "audit-verdict", "audit-rows")
_ALIGN: Final = ("left", "left", "left", "left", "right", "right", "left")


def audit_message(entries: Sequence[AuditEntry], language: Language, timezone: ZoneInfo) -> Message:
    """The entries in their order, each a row; SQL on one line and clipped, people and channels named by Slack."""
    if not entries:
        return note(say("audit-none", language))
    most = min(_SQL_CHARS_A_ROW, _SQL_CHARS // len(entries))
    head = note(say("audit-title", language, count=len(entries)))
    heads = [*(say(key, language) for key in _HEADS), "ms", "SQL"]
    table = {
        "type": "table",
        "column_settings": [{"align": side, "is_wrapped": True} for side in _ALIGN],
        "rows": [[_text(name) for name in heads], *(_row(e, language, timezone, most) for e in entries)],
    }
    return Message(head.text, (*head.blocks, table))


def _row(entry: AuditEntry, language: Language, timezone: ZoneInfo, most: int) -> list[dict[str, Any]]:
    verdict = say(f"audit-{entry.verdict}", language)
    return [
        _text(f"{entry.at.astimezone(timezone):%m-%d %H:%M:%S}"),
        _named(entry.user_id, "user", f" ({', '.join(entry.roles)})" if entry.roles else ""),
        _named(entry.channel, "channel"),
        _text(f"{verdict}: {entry.rule}" if entry.rule else verdict),
        _text(f"{entry.rows:,}"),
        _text(f"{entry.ms:,}"),
        _text(clip(" ".join(entry.sql.split()), most)),
    ]


def _named(found: str, kind: Literal["user", "channel"], more: str = "") -> dict[str, Any]:
    return named_cell(found, kind, more) or _text(found + more)


def _text(text: str) -> dict[str, Any]:
    """Never empty, because Slack refuses an empty cell."""
    return {"type": "raw_text", "text": text if text.strip() else "–"}
