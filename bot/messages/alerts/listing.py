"""What /mlops alerts shows: what is open, what was, what was sent, what comes next, how alerting does."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from agent.messages import say
from bot.messages.alerts.buttons import list_buttons
from bot.messages.alerts.card import alert_card, mark_of, shown_name
from bot.messages.alerts.facts import Envelope, Facts, Voice, cell
from bot.messages.alerts.notice import what_of
from bot.messages.alerts.words import (
    FIELD_CHARS,
    bullets,
    fields,
    head,
    line,
    moment,
    name_of,
    over_at,
    paragraph,
    since,
    small,
    zone_name,
)
from bot.messages.answer import Block, Message
from bot.messages.links import is_allowed
from bot.messages.markdown import Element, plain, section
from bot.messages.table import grid, table_block
from bot.messages.text import clip_escaped
from db.catalog.alerts.runs import when
from db.catalog.meaning import Language
from db.catalog.table import Cell, Table
from db.store.alerts.outbox_records import OutboxHealth
from db.store.alerts.records import AGAIN, Alert, Posting

MOST_OPEN: Final = 12
_ROOM: Final = 8_000
_TEXT_CHARS: Final = 2_500
_SHORT: Final = 60
_PREVIEWED: Final = 10
_ROWS: Final = 99


def open_list(
    alerts: Sequence[Alert],
    voice: Voice,
    *,
    names: Mapping[str, str] = {},
    links: Mapping[str, str] = {},
    zone: ZoneInfo | None = None,
) -> Message:
    """What is not resolved, each with its buttons; `links` lead to the messages, by the alert's id.

    `zone`: of the catalogue's times that have none.
    """
    language = voice.language
    if not alerts:
        return _short(say("alerts-none-open", language))
    title = say("alerts-open", language, count=len(alerts))
    blocks: list[Block] = [head("", title)]
    for alert in alerts[:MOST_OPEN]:
        blocks.append(_entry(alert, voice, names, links.get(alert.alert_id, ""), zone))
        blocks.append(list_buttons(alert, language))
    rest = len(alerts) - MOST_OPEN
    more = say("alerts-others", language, count=rest) if rest > 0 else ""
    blocks += small((more, say("alert-zone", language, zone=zone_name(voice))))
    told = ", ".join(f"{mark_of(alert)} {shown_name(alert)}" for alert in alerts[:MOST_OPEN])
    return Message(clip_escaped(f"{title}: {told}", _TEXT_CHARS), tuple(blocks))


def history(alerts: Sequence[Alert], voice: Voice) -> Message:
    """Alerts of all states as a table, the newest first."""
    language = voice.language
    heads = ("alerts-when", "alerts-state", "alerts-name", "alert-project", "alert-severity", "alerts-lasted")
    rows = [
        (
            moment(alert.first_at, voice),
            f"{mark_of(alert)} {_state(alert, language)}",
            shown_name(alert) + (f" ×{alert.count}" if alert.count > 1 else ""),
            line(alert.project, _SHORT) or None,
            say(f"alert-severity-{alert.severity}", language),
            since(alert.first_at, over_at(alert) or voice.now, language),
        )
        for alert in alerts
    ]
    return _table(say("alerts-history", language), heads, rows, voice)


def delivery_log(postings: Sequence[Posting], voice: Voice, names: Mapping[str, str] = {}) -> Message:
    """What was sent where and when, what became of it, and why not; `names` of alerts, by their ids."""
    language = voice.language
    heads = ("alerts-when", "alerts-kind", "alerts-channel", "alerts-outcome", "alerts-tries", "alerts-error")
    rows = [
        (
            moment(one.sent_at or one.created_at, voice),
            _letter(one, names, language),
            one.channel,
            say(f"alerts-sent-{one.state}", language)
            + (f" ({say('alerts-again', language)})" if one.is_repeat else ""),
            one.attempts,
            line(one.error or "", _SHORT) or None,
        )
        for one in postings
    ]
    return _linked(_table(say("alerts-log", language), heads, rows, voice), heads.index("alerts-channel"))


def next_runs(runs: Sequence[tuple[str, datetime, str]], voice: Voice) -> Message:
    """When each job ("rule:x", "digest:x") runs next, the earliest first; each with the place it tells, "" for none."""
    language = voice.language
    heads = ("alerts-when", "alerts-job", "alerts-to")
    ordered = sorted(runs, key=lambda run: run[1])
    rows = [(moment(at, voice), _job(job, language), _told(place, language)) for job, at, place in ordered]
    return _linked(_table(say("alerts-next", language), heads, rows, voice), heads.index("alerts-to"))


def health(
    troubles: Sequence[tuple[str, datetime | None, str]],
    outbox: OutboxHealth,
    beats: Mapping[str, datetime],
    voice: Voice,
    *,
    skipped: Mapping[str, int] = {},
) -> Message:
    """Whether alerting works; `troubles` are (what, since when, error), `beats` when each part last did.

    `skipped`: by rule, rows that could not be read.
    """
    language = voice.language
    title = say("alerts-unwell" if troubles else "alerts-well", language)
    blocks: list[Block] = [head("🔴" if troubles else "🟢", title)]
    lines = [[plain(_trouble(*trouble, voice))] for trouble in troubles]
    unread = {rule: count for rule, count in skipped.items() if count}
    lines += [[plain(_unread(rule, count, language))] for rule, count in sorted(unread.items())]
    if lines:
        blocks.append({"type": "rich_text", "elements": bullets(lines)})
    oldest = outbox.oldest_pending
    waiting = "" if oldest is None else since(oldest, voice.now, language)
    last = max(outbox.last_sent.values(), default=None)
    pairs = (
        ("alerts-pending", say("alerts-pending-since", language, count=outbox.pending, span=waiting or "–")),
        ("alerts-unknown", f"{outbox.unknown:,}"),
        ("alerts-dead", f"{outbox.dead:,}"),
        ("alerts-last-sent", "–" if last is None else moment(last, voice)),
        ("alerts-held", ", ".join(f"{line(code, _SHORT)} {count}" for code, count in outbox.held.items())),
    )
    blocks += fields((say(key, language), value) for key, value in pairs)
    told = [[plain(f"{_job(name, language)}: {moment(at, voice)}")] for name, at in sorted(beats.items())]
    if told:
        label = section([plain(say("alerts-beats", language), bold=True)])
        blocks.append({"type": "rich_text", "elements": [label, *bullets(told[:20])]})
    blocks += small([say("alert-zone", language, zone=zone_name(voice))])
    text = "\n".join([title, *(_trouble(*trouble, voice) for trouble in troubles)])
    return Message(clip_escaped(text, _TEXT_CHARS), tuple(blocks))


def preview(
    rule: str, alerts: Sequence[Alert], facts: Facts, channels: Sequence[str], voice: Voice, *, is_cut: bool = False
) -> Message:
    """What a rule would send now: how many, where, which, and the first one's message; `facts` are of that one.

    `is_cut`: there are more than these.
    """
    language = voice.language
    name = line(rule, 64)
    if not alerts:
        return _short(say("alerts-test-none", language, rule=name))
    count = f"{len(alerts)}+" if is_cut else str(len(alerts))
    title = say("alerts-test", language, rule=name, count=count)
    blocks: list[Block] = [head("🧪", title), paragraph(plain(say("alerts-test-only", language)))]
    places: list[Element] = []
    for channel in channels:
        places += [_channel(channel), plain("  ")]
    if places:
        blocks.append(paragraph(plain(f"{say('alerts-test-where', language)} "), *places[:-1]))
    named = [[plain(shown_name(alert)), *_about(alert)] for alert in alerts[:_PREVIEWED]]
    if len(alerts) > _PREVIEWED:
        named.append([plain(say("alerts-others", language, count=len(alerts) - _PREVIEWED))])
    blocks.append({"type": "rich_text", "elements": bullets(named)})
    shown = alert_card(alerts[0], facts, voice, Envelope("preview"))
    blocks += [{"type": "divider"}, *(block for block in shown.blocks if block["type"] != "actions")]
    return Message(clip_escaped(f"{title}\n{shown.text}", _TEXT_CHARS), tuple(blocks))


def _entry(alert: Alert, voice: Voice, names: Mapping[str, str], link: str, zone: ZoneInfo | None) -> Block:
    language, name = voice.language, shown_name(alert)
    runs: list[Element] = [plain(f"{mark_of(alert)} ")]
    is_ours = link.startswith("https://") and is_allowed(link, (link.split("/")[2].casefold(),))
    runs.append({"type": "link", "url": link, "text": name} if is_ours else plain(name, bold=True))
    runs += _about(alert)
    parts = [
        say(f"alert-severity-{alert.severity}", language),
        *_when(alert, voice, zone),
        *_whose(alert, voice, names),
    ]
    return paragraph(*runs, plain("\n" + " · ".join(parts)))


def _when(alert: Alert, voice: Voice, zone: ZoneInfo | None) -> Iterator[str]:
    """When it failed, and how often since; of what takes too long, since when it runs."""
    language, at = voice.language, alert.first_at
    key = "alerts-failed-at" if alert.count == 1 else "alerts-failed-since"
    if alert.kind == "stuck":
        started = when(alert.details.get("started_at"), zone or voice.zone)
        key, at = ("alerts-running-since", started) if started is not None else ("alerts-told-at", at)
    span = since(at, voice.now, language)
    yield say(key, language, at=moment(at, voice), span=span, count=alert.count)
    if AGAIN in alert.details:
        yield say("alerts-runs-again", language)


def _about(alert: Alert) -> list[Element]:
    told = [line(alert.project, _SHORT), line(cell(alert.details, "dataset"), _SHORT)]
    text = " · ".join(part for part in told if part)
    return [plain(f" · {text}")] if text else []


def _whose(alert: Alert, voice: Voice, names: Mapping[str, str]) -> Iterator[str]:
    language = voice.language
    if alert.assignee:
        yield say("alert-assigned-to", language, who=name_of(alert.assignee, names, language))
    elif alert.acknowledged_by:
        yield say("alerts-acknowledged-by", language, who=name_of(alert.acknowledged_by, names, language))
    elif owner := line(cell(alert.details, "owner"), _SHORT):
        yield f"{say('alert-owner', language)} {owner}"
    if alert.state == "snoozed" and alert.snoozed_until is not None:
        yield say("alerts-snoozed-until", language, until=moment(alert.snoozed_until, voice))


def _state(alert: Alert, language: Language) -> str:
    """How it stands; of what is over, whether it is well, has ended, or somebody has said so."""
    how = alert.resolution or {}
    if alert.state != "resolved":
        return say("alerts-open-state" if alert.state == "open" else f"alerts-{alert.state}", language)
    if how.get("rule_gone"):
        return say("alerts-rule-gone", language)
    ended = "alerts-ended-badly" if how.get("has_failed") else "alerts-ended"
    return say("alerts-closed" if "by" in how else ended if alert.kind == "stuck" else "alerts-resolved", language)


def _letter(one: Posting, names: Mapping[str, str], language: Language) -> str:
    """What was sent, and of which alert."""
    kind = say(f"alerts-letter-{one.kind.replace('_', '-')}", language)
    return ": ".join(part for part in (kind, names.get(one.alert_id or "")) if part)


def _job(name: str, language: Language) -> str:
    kind, _, rest = name.partition(":")
    if kind in ("rule", "scan"):
        return say("alerts-job-rule", language, rule=line(rest, 64) or "?")
    if kind == "digest":
        return say("alerts-job-digest", language, name=line(rest, 64) or "?")
    return what_of(name, language)


def _trouble(what: str, last: datetime | None, error: str, voice: Voice) -> str:
    language = voice.language
    told = _job(what, language)
    key = "alerts-never" if last is None else "alerts-silent"
    span = {} if last is None else {"span": since(last, voice.now, language)}
    said = say(key, language, what=told, **span)
    return f"{said} ({line(error, FIELD_CHARS)})" if error else said


def _unread(rule: str, count: int, language: Language) -> str:
    return say("alerts-unread", language, what=_job(f"rule:{rule}", language), count=count)


def _channel(channel: str) -> Element:
    """A channel as its link; a person as an id, who is not to be called."""
    is_channel = channel[:1] in ("C", "G") and channel.isascii() and channel.isalnum() and channel.isupper()
    return {"type": "channel", "channel_id": channel} if is_channel else plain(line(channel, _SHORT) or "?", code=True)


def _told(place: str, language: Language) -> str | None:
    """A channel, by its id still; of a person just that it is one."""
    is_channel = _channel(place)["type"] == "channel"
    return (place if is_channel else say("alerts-to-person", language)) if place else None


def _table(title: str, heads: Sequence[str], rows: Sequence[Sequence[Cell]], voice: Voice) -> Message:
    language = voice.language
    if not rows:
        return _short(f"{title}: {say('alerts-empty', language)}")
    table = Table(tuple(say(key, language) for key in heads), tuple(tuple(row) for row in rows))
    shown = grid(table, (), language, 0, _ROWS)
    block, count = table_block(shown, language, _ROOM, is_paged=False)
    rest = len(rows) - count
    more = say("alerts-others", language, count=rest) if rest > 0 else ""
    foot = small((more, say("alert-zone", language, zone=zone_name(voice))))
    text = "\n".join([title, *(" · ".join(row) for row in shown.texts[:10])])
    blocks = [head("", title), *([block] if block else []), *foot]
    return Message(clip_escaped(text, _TEXT_CHARS), tuple(blocks))


def _linked(message: Message, at: int) -> Message:
    """With the channels of a table's column as their links."""
    blocks = [
        {
            **block,
            "rows": [block["rows"][0], *([*row[:at], _place(row[at]), *row[at + 1 :]] for row in block["rows"][1:])],
        }
        if block["type"] == "table"
        else block
        for block in message.blocks
    ]
    return Message(message.text, tuple(blocks))


def _place(cell_: Block) -> Block:
    channel = _channel(str(cell_["text"]))
    return paragraph(channel) if channel["type"] == "channel" else cell_


def _short(text: str) -> Message:
    return Message(clip_escaped(text, _TEXT_CHARS), (paragraph(plain(text)),))
