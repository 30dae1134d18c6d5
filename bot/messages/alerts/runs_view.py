"""The window with the runs that belong to an alert's."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from agent.messages import say
from bot.messages.alerts.facts import Voice
from bot.messages.alerts.words import NAME_CHARS, bullets, lasted, line, span, zone_name
from bot.messages.answer import Block
from bot.messages.basics import context, header, plain_text, text_section
from bot.messages.markdown import Element, plain
from bot.messages.text import clip, clip_escaped
from db.catalog.alerts.rules import Statuses
from db.catalog.alerts.runs import Run
from db.catalog.meaning import Language
from db.store.alerts.records import Alert

_TITLE_CHARS: Final = 150
_SENTENCE_CHARS: Final = 600


@dataclass(frozen=True, slots=True)
class RunsOf:
    """The runs of a pipeline, or on a dataset, the newest first; `more`: so many others there are."""

    kind: Literal["pipeline", "dataset"]
    name: str
    runs: Sequence[Run]
    more: int = 0


def runs_view(
    alert: Alert, found: Sequence[RunsOf], statuses: Statuses, voice: Voice, problem: str = ""
) -> dict[str, Any]:
    """The modal; `problem` is a sentence on what could not be had."""
    blocks = [block for one in found for block in _runs(one, alert, statuses, voice)]
    if problem or not blocks:
        said = problem or say("alert-runs-none", voice.language)
        blocks.append(text_section(clip_escaped(said, _SENTENCE_CHARS)))
    else:
        blocks.append(context(clip_escaped(say("alert-zone", voice.language, zone=zone_name(voice)), _TITLE_CHARS)))
    return _view(blocks, voice.language)


def loading(language: Language) -> dict[str, Any]:
    """What stands in the window while the catalogue is asked."""
    return _view([text_section(say("alert-runs-loading", language))], language)


def _view(blocks: list[Block], language: Language) -> dict[str, Any]:
    return {
        "type": "modal",
        "title": plain_text(say("alert-runs-title", language)),
        "close": plain_text(say("close", language)),
        "blocks": blocks,
    }


def _runs(found: RunsOf, alert: Alert, statuses: Statuses, voice: Voice) -> Iterator[Block]:
    if not found.runs:
        return
    title = say(f"alert-runs-{found.kind}", voice.language, name=line(found.name, NAME_CHARS) or "?")
    yield header(clip(title, _TITLE_CHARS))
    yield {"type": "rich_text", "elements": bullets(_line(run, alert, statuses, voice) for run in found.runs)}
    if found.more > 0:
        yield context(say("alert-runs-more", voice.language, count=found.more))


def _mark(status: str, statuses: Statuses) -> str:
    marks = (("🔴", statuses.failed), ("🟢", statuses.done), ("🔵", statuses.running))
    return next((mark for mark, words in marks if status in words), "⚪")


def _line(run: Run, alert: Alert, statuses: Statuses, voice: Voice) -> list[Element]:
    name = line(run.name, NAME_CHARS) or line(run.run_id, NAME_CHARS) or "?"
    told = [line(run.status, NAME_CHARS)]
    if run.started_at is not None or run.finished_at is not None:
        told.append(span(run.started_at, run.finished_at, voice))
    if run.took_s is not None:
        told.append(lasted(run.took_s, voice.language))
    if run.run_id == alert.run_id:
        told.append(say("alert-runs-this", voice.language))
    rest = " · ".join(text for text in told if text)
    return [plain(f"{_mark(run.status, statuses)} "), plain(name, bold=True), plain(f"  {rest}")]
