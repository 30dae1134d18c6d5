"""Many alerts of one group told as one message that grows, with the list of them for its thread."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Final

from agent.messages import say
from bot.messages.alerts.buttons import storm_buttons
from bot.messages.alerts.card import MARKS, mark_of, shown_name
from bot.messages.alerts.facts import Envelope, Voice, cell
from bot.messages.alerts.steps import cause_of
from bot.messages.alerts.words import (
    FIELD_CHARS,
    NAME_CHARS,
    bullets,
    calling,
    clock,
    head,
    line,
    moment,
    over_at,
    paragraph,
    since,
    small,
    span,
    zone_name,
)
from bot.messages.answer import Block, Message
from bot.messages.markdown import Element, plain, section
from bot.messages.text import clip_escaped
from db.catalog.meaning import Language
from db.store.alerts.records import AGAIN, Alert, AlertState, Storm

PAGE: Final = 20
"""So many alerts stand in one message of the thread."""
_GROUPS: Final = 6
_ERRORS: Final = 4
_NEWEST: Final = 5
_SHORT: Final = 80
_URGENT_FIRST: Final[tuple[AlertState, ...]] = ("open", "acknowledged", "snoozed", "resolved")


def storm_card(storm: Storm, members: Sequence[Alert], voice: Voice, envelope: Envelope) -> Message:
    """The summary: how many by state, project and error, the newest names; green when all are well."""
    language = voice.language
    state = state_of(members)
    title = _title(members, state, voice)
    counts = _states(members, language)
    blocks: list[Block] = [head(MARKS[state], title)]
    if called := calling(envelope.calls):
        label = say("alert-please" if state == "open" else "alert-called", language)
        blocks.append(paragraph(plain(f"{label} "), *called))
    blocks.append(paragraph(plain(counts, bold=True), plain(f"\n{_when(storm, state, voice)}")))
    if projects := _projects(members):
        blocks.append(_counted(say("storm-by-project", language), projects, _GROUPS, language))
    if errors := _errors(members, language):
        blocks.append(_counted(say("storm-by-error", language), errors, _ERRORS, language))
    if state != "resolved":
        blocks.append(_newest(members, language))
    row = storm_buttons(storm.storm_id, storm.version, state, envelope.outbox_id, language)
    blocks += [row] if row is not None else []
    repeat = say("alert-may-repeat", language) if envelope.is_repeat else ""
    listed = say("storm-list-below", language) if members else ""
    blocks += small((repeat, listed, say("alert-zone", language, zone=zone_name(voice))))
    named = ", ".join(f"{name} {count}" for name, count in projects[:_GROUPS])
    text = f"{MARKS[state]} {title} — {counts}" + (f" ({named})" if named else "")
    return Message(clip_escaped(line(text, 1_000), 1_000), tuple(blocks))


def storm_page(members: Sequence[Alert], page: int, voice: Voice, envelope: Envelope) -> Message | None:
    """A page (from 1 on) of the list, for the thread; None where there is none. `members` are all of them."""
    first = (page - 1) * PAGE
    shown = members[first : first + PAGE]
    if not shown:
        return None
    language = voice.language
    title = say("storm-page", language, first=first + 1, last=first + len(shown), total=len(members))
    day = members[0].first_at
    listed = bullets(list(_listed(alert, day, voice)) for alert in shown)
    block: Block = {"type": "rich_text", "elements": [section([plain(title, bold=True)]), *listed]}
    repeat = small([say("alert-may-repeat", language)]) if envelope.is_repeat else []
    names = ", ".join(map(shown_name, shown))
    return Message(clip_escaped(line(f"{title}: {names}", 2_000), 2_000), (block, *repeat))


def state_of(members: Iterable[Alert]) -> AlertState:
    """How a storm stands as a whole: as the most urgent of its alerts."""
    states = {alert.state for alert in members}
    for state in _URGENT_FIRST:
        if state in states:
            return state
    return "open"


def _title(members: Sequence[Alert], state: AlertState, voice: Voice) -> str:
    kinds = {alert.kind for alert in members}
    what = "failed" if kinds <= {"failed", "reported"} else "stuck" if kinds == {"stuck"} else "mixed"
    language, count = voice.language, len(members)
    if state != "resolved":
        return say(f"storm-title-{what}", language, count=count)
    ended = [over for alert in members if (over := over_at(alert)) is not None]
    if not ended:
        return say("storm-title-well", language, count=count)
    span = since(min(alert.first_at for alert in members), max(ended), language)
    return say("storm-title-well-after", language, count=count, span=span)


def _states(members: Sequence[Alert], language: Language) -> str:
    """ "열림 18 · 확인함 3 · 복구 2"; one part for each state there is."""
    counts = Counter(alert.state for alert in members)
    parts = [say(f"storm-{state}", language, count=counts[state]) for state in _URGENT_FIRST if counts[state]]
    return " · ".join(parts) or say("storm-none", language)


def _when(storm: Storm, state: AlertState, voice: Voice) -> str:
    """From when to when they came, and whether more are taken in."""
    key = "storm-grows" if storm.closed_at is None and state != "resolved" else "storm-closed"
    first, whole = moment(storm.opened_at, voice), span(storm.opened_at, storm.last_at, voice)
    return say(key, voice.language, span=first if first == moment(storm.last_at, voice) else whole)


def _projects(members: Iterable[Alert]) -> list[tuple[str, int]]:
    counts = Counter(line(alert.project, _SHORT) for alert in members)
    return [(name or "?", count) for name, count in counts.most_common()]


def _errors(members: Sequence[Alert], language: Language) -> list[tuple[str, int]]:
    """What went wrong how often: causes, else what the catalogue says of the error; nothing where nobody knows."""
    counts = Counter(error for alert in members if (error := error_of(alert)))
    unknown = len(members) - counts.total()
    return [*counts.most_common(), *([(say("storm-unknown", language), unknown)] if unknown else [])] if counts else []


def error_of(alert: Alert) -> str:
    """What went wrong in a line; "" unknown."""
    cause = cause_of(alert)
    if cause is not None and cause.is_known:
        return line(cause.headline, _SHORT)
    return line(cell(alert.details, "error"), _SHORT)


def _counted(title: str, counts: Sequence[tuple[str, int]], most: int, language: Language) -> Block:
    lines: list[list[Element]] = [
        [plain(name), plain(f"  {say('storm-count', language, count=count)}")] for name, count in counts[:most]
    ]
    if rest := sum(count for _, count in counts[most:]):
        lines.append([plain(say("storm-others", language, count=rest))])
    return {"type": "rich_text", "elements": [section([plain(title, bold=True)]), *bullets(lines)]}


def _newest(members: Sequence[Alert], language: Language) -> Block:
    newest = sorted(members, key=lambda alert: alert.first_at, reverse=True)[:_NEWEST]
    title = section([plain(say("storm-newest", language), bold=True)])
    lines: list[list[Element]] = []
    for alert in newest:
        dataset = line(cell(alert.details, "dataset"), _SHORT)
        lines.append([plain(shown_name(alert)), *([plain(f" · {dataset}")] if dataset else [])])
    return {"type": "rich_text", "elements": [title, *bullets(lines)]}


def _listed(alert: Alert, day: datetime, voice: Voice) -> Iterator[Element]:
    """One alert of the list; of another day than `day` with its date."""
    yield plain(f"{mark_of(alert)} ")
    yield plain(line(shown_name(alert), NAME_CHARS), bold=True)
    more = (
        line(alert.project, _SHORT),
        line(cell(alert.details, "dataset"), _SHORT),
        clock(alert.first_at, day, voice),
        error_of(alert),
        say("alerts-runs-again", voice.language) if AGAIN in alert.details and alert.state != "resolved" else "",
    )
    if told := " · ".join(part for part in more if part):
        yield plain(f" · {line(told, FIELD_CHARS)}")
