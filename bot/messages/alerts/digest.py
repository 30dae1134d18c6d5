"""A summary of the day: what failed and recovered, what runs long, what was finished, what the bot cost; a chart."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from agent.chart import Chart, ChartError, Series
from agent.messages import say
from bot.messages.alerts.card import MARKS
from bot.messages.alerts.facts import Voice
from bot.messages.alerts.report import Failure, LongRun, NewModel, Report, load
from bot.messages.alerts.words import (
    NAME_CHARS,
    bullets,
    fields,
    head,
    lasted,
    line,
    moment,
    paragraph,
    small,
    span,
    zone_name,
)
from bot.messages.answer import Block, Message
from bot.messages.chart import chart_block
from bot.messages.markdown import Element, plain, section
from bot.messages.text import clip_escaped
from db.catalog.meaning import Language

_LISTED: Final = 10
_PROJECTS: Final = 12
_TEXT_CHARS: Final = 3_000
_SHORT: Final = 80


def digest_message(
    payload: Mapping[str, Any], voice: Voice, outbox_id: str = "", *, is_repeat: bool = False
) -> Message | None:
    """The summary that a letter's payload holds; None for a payload of another make."""
    report = load(payload)
    if report is None:
        return None
    language = voice.language
    title = _title(report, voice)
    period = _period(report, voice)
    blocks: list[Block] = [head("☀️", title), paragraph(plain(period))]
    if report.is_quiet:
        blocks.append(paragraph(plain(say("digest-quiet", language))))
    blocks += fields(_figures(report, language))
    lists = list(_lists(report, language))
    for label, lines in lists:
        blocks.append(_listed(label, lines))
    if table := _projects(report, language):
        blocks.append(table)
    chart = chart_of(report, language)
    if chart is not None and (drawn := chart_block(chart)) is not None:
        blocks.append({**drawn, "block_id": chart_id(outbox_id)})
    blocks += small(_foot(report, voice, is_repeat=is_repeat))
    return Message(_text(title, period, report, lists, language), tuple(blocks))


def chart_id(outbox_id: str) -> str:
    """The id of the block by which it is told whether Slack has drawn the chart."""
    return f"chart:{outbox_id}"


def chart_of(report: Report, language: Language) -> Chart | None:
    """Failures and completions of each day; None where there were none."""
    if not any(day.failed or day.done for day in report.days):
        return None
    series = (
        Series(say("digest-done", language), tuple(float(day.done) for day in report.days)),
        Series(say("digest-failed", language), tuple(float(day.failed) for day in report.days)),
    )
    title = say("digest-chart", language, count=len(report.days))
    days = tuple(f"{day.day[5:7]}-{day.day[8:10]}" for day in report.days)
    try:
        return Chart("grouped_bar", title, days, series, y_label=say("digest-runs", language))
    except ChartError:
        return None


def _title(report: Report, voice: Voice) -> str:
    day = moment(report.until, voice).rsplit(" ", 1)[0].rstrip(",")
    project = line(report.project, _SHORT)
    if project:
        return say("digest-title-project", voice.language, day=day, project=project)
    return say("digest-title", voice.language, day=day)


def _period(report: Report, voice: Voice) -> str:
    return say("digest-period", voice.language, span=span(report.since, report.until, voice))


def _figures(report: Report, language: Language) -> Iterator[tuple[str, str]]:
    def count(number: int, *, is_least: bool = False) -> str:
        return say("digest-at-least" if is_least else "digest-count", language, count=number)

    if not report.is_quiet:
        yield say("digest-opened", language), count(report.opened)
        yield say("digest-resolved", language), count(report.resolved)
        yield say("digest-still-open", language), count(report.still_open)
    if "runs" not in report.unknown:
        yield say("digest-done", language), count(report.done, is_least=report.is_cut)
    if "models" not in report.unknown:
        yield say("digest-models", language), count(len(report.models))
    yield say("digest-cost", language), _cost(report, language)


def _cost(report: Report, language: Language) -> str:
    cost = report.cost
    if not cost.answers and not cost.tokens:
        return say("digest-no-cost", language)
    dollars = "" if cost.usd is None else f"${cost.usd:,.4f}".rstrip("0").rstrip(".")
    key = "digest-cost-priced" if dollars else "digest-cost-tokens"
    return say(key, language, answers=cost.answers, tokens=cost.tokens, **({"usd": dollars} if dollars else {}))


def _lists(report: Report, language: Language) -> Iterator[tuple[str, list[str]]]:
    """Each list that is not empty under its label; what is beyond the first ones is counted."""
    more = len(report.failures) + report.others - _LISTED
    made = (
        ("digest-failures", [_failure(one, language) for one in report.failures], more),
        ("digest-long-runs", [_long_run(one, language) for one in report.long_runs], len(report.long_runs) - _LISTED),
        ("digest-new-models", [_model(one) for one in report.models], len(report.models) - _LISTED),
    )
    for key, lines, rest in made:
        if lines:
            beyond = [say("digest-others", language, count=rest)] if rest > 0 else []
            yield say(key, language), [*lines[:_LISTED], *beyond]


def _failure(one: Failure, language: Language) -> str:
    took = lasted(one.span_s, language)
    how = say("digest-resolved-after" if one.state == "resolved" else f"digest-{one.state}", language, span=took)
    return " · ".join(
        part for part in (f"{MARKS[one.state]} {_name(one.name)}", line(one.project, _SHORT), how) if part
    )


def _long_run(one: LongRun, language: Language) -> str:
    how = ""
    if one.now_s is not None:
        now = lasted(one.now_s, language)
        known = {} if one.usual_s is None else {"usual": lasted(one.usual_s, language)}
        how = say("digest-long-usual" if known else "digest-long", language, now=now, **known)
    return " · ".join(part for part in (_name(one.name), line(one.project, _SHORT), how) if part)


def _model(one: NewModel) -> str:
    named = " ".join(part for part in (_name(one.name), line(one.version, _SHORT)) if part)
    return " · ".join(part for part in (named, line(one.project, _SHORT)) if part)


def _name(name: str) -> str:
    return line(name, NAME_CHARS) or "?"


def _listed(label: str, lines: Sequence[str]) -> Block:
    runs: list[list[Element]] = [[plain(text)] for text in lines]
    return {"type": "rich_text", "elements": [section([plain(label, bold=True)]), *bullets(runs)]}


def _projects(report: Report, language: Language) -> Block | None:
    """How the runs of each project ended; nothing for a single project."""
    if len(report.projects) < 2:
        return None
    heads = [say(key, language) for key in ("digest-project", "digest-failed", "digest-done")]
    rows = [[_name(one.name), f"{one.failed:,}", f"{one.done:,}"] for one in report.projects[:_PROJECTS]]
    if rest := report.projects[_PROJECTS:]:
        sums = (sum(one.failed for one in rest), sum(one.done for one in rest))
        rows.append([say("digest-others", language, count=len(rest)), *(f"{number:,}" for number in sums)])
    settings = [{"align": side} for side in ("left", "right", "right")]
    cells = [[{"type": "raw_text", "text": text} for text in row] for row in (heads, *rows)]
    return {"type": "table", "column_settings": settings, "rows": cells}


def _foot(report: Report, voice: Voice, *, is_repeat: bool) -> Iterator[str]:
    language = voice.language
    if is_repeat:
        yield say("alert-may-repeat", language)
    if report.is_delayed:
        yield say("digest-delayed", language, at=moment(report.until, voice))
    for what in report.unknown:
        yield say(f"digest-unknown-{what}", language)
    yield say("alert-zone", language, zone=zone_name(voice))


def _text(title: str, period: str, report: Report, lists: Sequence[tuple[str, list[str]]], language: Language) -> str:
    """The whole summary without blocks."""
    figures = ", ".join(f"{label} {value}" for label, value in _figures(report, language))
    quiet = [say("digest-quiet", language)] if report.is_quiet else []
    listed = [f"{label}: {', '.join(lines)}" for label, lines in lists]
    return clip_escaped("\n".join([f"☀️ {title} — {figures}", *quiet, period, *listed]), _TEXT_CHARS)
