"""An alert's own message: what is wrong, whose it is, how it stands, what to do."""

from collections.abc import Iterator
from typing import Final

from agent.messages import say
from bot.messages.alerts.buttons import alert_buttons
from bot.messages.alerts.facts import Envelope, Facts, Voice, cell
from bot.messages.alerts.log import log_blocks
from bot.messages.alerts.steps import cause_blocks, step_blocks
from bot.messages.alerts.words import (
    FIELD_CHARS,
    HEADER_CHARS,
    NAME_CHARS,
    calling,
    fields,
    head,
    lasted,
    line,
    moment,
    moment_of,
    name_of,
    over_at,
    paragraph,
    since,
    small,
    span,
    zone_name,
)
from bot.messages.answer import Block, Message
from bot.messages.links import URL_CHARS, is_allowed
from bot.messages.markdown import Element, plain
from bot.messages.text import clip, clip_escaped
from db.store.alerts.records import AGAIN, Alert

MARKS: Final = {"open": "🔴", "acknowledged": "🟠", "snoozed": "⚪\ufe0f", "resolved": "🟢"}
MUTED: Final = "🔇"
FAILED: Final = "⚫\ufe0f"
_TEXT_CHARS: Final = 1_500


def alert_card(alert: Alert, facts: Facts, voice: Voice, envelope: Envelope) -> Message:
    """The whole message, as the alert stands now; who is called is called by `envelope` alone."""
    head_block = head(mark_of(alert), title_of(alert, voice))
    standing = standing_lines(alert, facts, voice)
    blocks: list[Block] = [head_block]
    if called := calling(envelope.calls):
        label = say("alert-please" if alert.state == "open" else "alert-called", voice.language)
        blocks.append(paragraph(plain(f"{label} "), *called))
    if envelope.is_escalated and alert.state == "open":
        standing.insert(0, say("alert-escalated-here", voice.language))
    if standing:
        blocks.append(paragraph(plain("\n".join(standing))))
    blocks += fields(_pairs(alert, facts, voice))
    if alert.state == "resolved":
        blocks += cause_blocks(alert, voice.language)
    else:
        blocks += log_blocks(alert, facts, voice.language)
        blocks += step_blocks(alert, facts, voice.language)
    blocks += [*_source(alert, facts, voice), alert_buttons(alert, envelope.outbox_id, voice.language)]
    blocks += small(_foot(alert, voice, envelope))
    return Message(_text(alert, facts, voice), tuple(blocks))


def mark_of(alert: Alert) -> str:
    """The colour of how it stands; a run that took too long and then failed is over, and not well.

    Nor does anybody know of what is closed since its rule is gone.
    """
    how = alert.resolution or {}
    if alert.state == "resolved" and (how.get("has_failed") or how.get("rule_gone")):
        return FAILED
    return MUTED if alert.is_muted and alert.state != "resolved" else MARKS[alert.state]


def title_of(alert: Alert, voice: Voice) -> str:
    """What happened to what: "파이프라인 실패: x"; once it is well, after how long."""
    name = shown_name(alert)
    over = over_at(alert)
    if alert.state != "resolved" or over is None:
        return say(f"alert-title-{alert.kind}", voice.language, name=name)
    how = alert.resolution or {}
    ended = "alert-title-ended-badly" if how.get("has_failed") else "alert-title-ended"
    if how.get("rule_gone"):
        return say("alert-title-rule-gone", voice.language, name=name)
    key = "alert-title-closed" if "by" in how else ended if alert.kind == "stuck" else "alert-title-well"
    return say(key, voice.language, name=name, span=since(alert.first_at, over, voice.language))


def shown_name(alert: Alert) -> str:
    return line(alert.name, NAME_CHARS) or line(alert.run_id, NAME_CHARS) or "?"


def standing_lines(alert: Alert, facts: Facts, voice: Voice) -> list[str]:
    """Who does what about it, until when, and what came of it."""
    return [
        text
        for text in (
            _acknowledged(alert, facts, voice),
            _assigned(alert, facts, voice),
            _snoozed(alert, facts, voice),
            say("alert-is-muted", voice.language) if alert.is_muted and alert.state != "resolved" else "",
            _again(alert, voice),
            _resolved(alert, facts, voice),
        )
        if text
    ]


def _acknowledged(alert: Alert, facts: Facts, voice: Voice) -> str:
    if alert.acknowledged_by is None or alert.acknowledged_at is None:
        return ""
    who, at = name_of(alert.acknowledged_by, facts.names, voice.language), moment(alert.acknowledged_at, voice)
    return say("alert-acknowledged-by", voice.language, who=who, at=at)


def _assigned(alert: Alert, facts: Facts, voice: Voice) -> str:
    if alert.assignee is None:
        return ""
    return say("alert-assigned-to", voice.language, who=name_of(alert.assignee, facts.names, voice.language))


def _snoozed(alert: Alert, facts: Facts, voice: Voice) -> str:
    if alert.state != "snoozed" or alert.snoozed_until is None:
        return ""
    who, until = name_of(alert.snoozed_by, facts.names, voice.language), moment(alert.snoozed_until, voice)
    return say("alert-snoozed-until", voice.language, who=who, until=until)


def _again(alert: Alert, voice: Voice) -> str:
    at = moment_of(alert.details.get(AGAIN))
    return say("alert-again", voice.language, at=moment(at, voice)) if at and alert.state != "resolved" else ""


def _resolved(alert: Alert, facts: Facts, voice: Voice) -> str:
    if alert.state != "resolved" or alert.resolved_at is None:
        return ""
    how = alert.resolution or {}
    if "by" in how:
        who = name_of(str(how["by"]), facts.names, voice.language)
        return say("alert-closed-by", voice.language, who=who, at=moment(alert.resolved_at, voice))
    if how.get("rule_gone"):
        return say("alert-rule-gone", voice.language, rule=line(alert.rule, 64))
    if how.get("is_gone"):
        return say("alert-is-gone", voice.language)
    if how.get("untold"):
        failed, well = moment(alert.first_at, voice), moment(over_at(alert) or alert.resolved_at, voice)
        return say("alert-untold", voice.language, failed=failed, well=well)
    at = moment(moment_of(how.get("finished_at")) or alert.resolved_at, voice)
    run, status = (line(str(how.get(name) or ""), NAME_CHARS) for name in ("name", "status"))
    if alert.kind == "stuck":
        return say("alert-ended-as" if status else "alert-ended-at", voice.language, at=at, status=status)
    return say("alert-well-by" if run else "alert-well-at", voice.language, at=at, run=run)


def _pairs(alert: Alert, facts: Facts, voice: Voice) -> Iterator[tuple[str, str]]:
    """What is told under its own label; what nobody knows is left out."""
    language = voice.language
    for column in ("project", "owner", "dataset", "gpu"):
        yield say(f"alert-{column}", language), line(cell(alert.details, column))
    yield _run(alert, facts, voice)
    yield say("alert-earlier" if alert.kind == "stuck" else "alert-history", language), _history(alert, facts, voice)
    yield say("alert-severity", language), say(f"alert-severity-{alert.severity}", language)
    yield say("alert-last-success", language), _last_success(alert, facts, voice)
    if "model" in alert.details and alert.kind != "stuck":
        yield say("alert-model", language), line(cell(alert.details, "model")) or say("alert-no-model", language)


def _run(alert: Alert, facts: Facts, voice: Voice) -> tuple[str, str]:
    """From when to when it ran, and how long; of one that still runs, how long by now against how long it used to."""
    language = voice.language
    if alert.kind == "stuck" and alert.state != "resolved":
        label = say("alert-running", language)
        return label, _running(facts, voice)
    label = say("alert-ran" if alert.kind != "stuck" else "alert-ran-whole", language)
    start, end = facts.started, facts.ended
    if start is None and end is None:
        raw = [line(cell(alert.details, column), 60) for column in ("started_at", "finished_at")]
        return label, " → ".join(text or "?" for text in raw) if any(raw) else ""
    told = span(start, end, voice)
    if start is not None and end is not None and end >= start:
        told = say("alert-ran-for", language, span=told, ran=since(start, end, language))
    return label, told


def _running(facts: Facts, voice: Voice) -> str:
    """ "평소 2시간, 지금 9시간째"."""
    language = voice.language
    if facts.started is None or facts.started > voice.now:
        return ""
    now = since(facts.started, voice.now, language)
    if facts.usual_s is None:
        return say("alert-slow-unknown", language, now=now, start=moment(facts.started, voice))
    usual = lasted(facts.usual_s, language)
    return say("alert-slow", language, now=now, usual=usual, start=moment(facts.started, voice))


def _history(alert: Alert, facts: Facts, voice: Voice) -> str:
    language = voice.language
    if alert.kind == "stuck":
        told = ", ".join(lasted(seconds, language) for seconds in facts.history[:5])
        return told or say("alert-no-earlier-runs", language)
    parts = [say("alert-in-a-row", language, count=alert.count)] if alert.count > 1 else []
    if facts.nth is not None:
        first = facts.nth <= 1
        parts.append(say("alert-first", language) if first else say("alert-nth", language, count=facts.nth))
    return ", ".join(parts)


def _last_success(alert: Alert, facts: Facts, voice: Voice) -> str:
    """When the same pipeline last went well and how long that took, against this time; another run by its name."""
    language, last = voice.language, facts.last_success
    if last is None or last.at is None:
        return say("alert-never-well", language) if facts.knows_successes and last is None else ""
    told = moment(last.at, voice)
    if last.by != "name":
        told = say(f"alert-success-of-{last.by}", language, at=told, run=line(last.name, NAME_CHARS) or "?")
    if last.took_s is None:
        return told
    took = lasted(last.took_s, language)
    if alert.kind == "stuck" or facts.started is None or facts.ended is None or facts.ended < facts.started:
        return say("alert-took", language, at=told, took=took)
    return say("alert-took-against", language, at=told, took=took, now=since(facts.started, facts.ended, language))


def _source(alert: Alert, facts: Facts, voice: Voice) -> list[Block]:
    """Who reported it, with a link where its host is allowed."""
    source, url = line(cell(alert.details, "source")), line(cell(alert.details, "url"), URL_CHARS)
    if alert.kind != "reported" or not (source or url):
        return []
    runs: list[Element] = [plain(say("alert-reported-by", voice.language, source=source or "?"))]
    if " " not in url and is_allowed(url, facts.link_hosts):
        runs += [plain("  "), {"type": "link", "url": url, "text": clip(url, FIELD_CHARS)}]
    elif url:
        runs += [plain("  "), plain(line(url), code=True)]
    return [paragraph(*runs)]


def _foot(alert: Alert, voice: Voice, envelope: Envelope) -> Iterator[str]:
    language = voice.language
    if envelope.is_repeat:
        yield say("alert-may-repeat", language)
    if envelope.is_continued:
        yield say("alert-goes-on", language)
    if rule := line(alert.rule, 64):
        yield say("alert-rule", language, rule=rule)
    yield say("alert-zone", language, zone=zone_name(voice))


def _text(alert: Alert, facts: Facts, voice: Voice) -> str:
    """All that matters on one line, for notifications and screen readers; nobody is called by it."""
    title = clip_escaped(f"{mark_of(alert)} {title_of(alert, voice)}", HEADER_CHARS)
    told = [f"{label} {value}" for label, value in _pairs(alert, facts, voice) if value]
    parts = [*standing_lines(alert, facts, voice), *told]
    if path := line(cell(alert.details, "log_path")):
        parts.append(f"{say('alert-log', voice.language)} {path}")
    return title + " — " + clip_escaped(line(", ".join(parts), _TEXT_CHARS), _TEXT_CHARS)
