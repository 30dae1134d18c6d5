"""The Home tab in Block Kit: who somebody is, what is theirs, what they asked, how they want their answers."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from agent.glance import Glance
from agent.messages import say
from bot.messages.answer import Block
from bot.messages.basics import header, plain_text
from bot.messages.gate import clean, gated
from bot.messages.markdown import Element, plain, section
from bot.messages.preferences import preference_blocks
from bot.messages.table import grid
from bot.messages.text import clip, clip_escaped
from db.catalog.meaning import Language
from db.store.preferences import Preferences

ASK: Final = re.compile(r"home:ask:\d+")
"""The action ids of the buttons that ask; within the view each is another."""
REFRESH: Final = "home:refresh"
MOST_BLOCKS: Final = 100
"""Source: docs.slack.dev, the Home tab."""

_ROWS: Final = 5
_CELLS: Final = 5
_CELL_CHARS: Final = 80
_LINE_CHARS: Final = 300
_PERSON_CHARS: Final = 600
_QUESTION_CHARS: Final = 1_500
_PANELS: Final = 5


@dataclass(frozen=True, slots=True)
class Page:
    """What the tab shows. `panels` are the looks at what is theirs, `problems` sentences on what could not be had.

    `preferences` are None where nobody knows them; `channel` is the direct conversation in which questions are asked.
    `alerts`: blocks on what is theirs of the alerts.
    """

    channel: str
    person: Sequence[str] = ()
    panels: Sequence[Glance] = ()
    recent: Sequence[str] = ()
    examples: Sequence[str] = ()
    preferences: Preferences | None = None
    problems: Sequence[str] = ()
    alerts: Sequence[Block] = ()


def home_view(page: Page, language: Language) -> dict[str, Any]:
    """The view, within Slack's limits and through the gate."""
    blocks = list(_blocks(page, language))
    asked = 0
    for block in blocks:
        accessory = block.get("accessory", {})
        if accessory.get("action_id") == "home:ask":
            accessory["action_id"] = f"home:ask:{asked}"
            asked += 1
    view = {"type": "home", "private_metadata": page.channel, "blocks": blocks[:MOST_BLOCKS]}
    gated_view: dict[str, Any] = gated(view)
    return gated_view


def read_question(body: Mapping[str, Any]) -> str:
    """The question of a clicked button."""
    return str(body["actions"][0].get("value") or "")


def _blocks(page: Page, language: Language) -> Iterator[Block]:
    refresh = _button(REFRESH, say("home-refresh", language), "refresh")
    who = "\n".join(clip_escaped(clean(line), _PERSON_CHARS) for line in page.person if line.strip())
    yield _text(who or say("home-hello", language), refresh)
    for problem in page.problems:
        yield {"type": "context", "elements": [_mrkdwn(f"⚠️ {clip_escaped(clean(problem), _LINE_CHARS)}")]}
    for panel in page.panels[:_PANELS]:
        yield from _panel(panel, language)
    yield from page.alerts
    if questions := page.recent or page.examples:
        yield header(say("home-recent" if page.recent else "home-examples", language))
        yield from (
            _asked(question, say("home-again" if page.recent else "home-ask", language)) for question in questions
        )
    if page.preferences is not None:
        yield header(say("preferences-title", language))
        yield from preference_blocks(page.preferences, language)
    yield header(say("home-news", language))
    news = [section([plain(line)]) for line in say("home-news-list", language).splitlines()]
    yield _rich({"type": "rich_text_list", "style": "bullet", "elements": news})


def _panel(panel: Glance, language: Language) -> Iterator[Block]:
    yield {"type": "divider"}
    count = len(panel.table.rows)
    title = f"*{clip_escaped(' '.join(clean(panel.question).split()) or '?', _LINE_CHARS)}*"
    if count:
        more = "+" if panel.table.truncated else ""
        title += f"  {say('home-count', language, count=f'{count:,}{more}')}"
    yield _text(title, _button("home:ask", say("home-more", language), panel.question))
    if not count:
        yield {"type": "context", "elements": [_mrkdwn(say("home-none", language))]}
        return
    shown = grid(panel.table, panel.headings, language, 0, _ROWS)
    lines = [_line(texts[:_CELLS]) for texts in shown.texts]
    if count > _ROWS:
        lines.append(section([plain(say("home-others", language, count=count - _ROWS))]))
    yield _rich({"type": "rich_text_list", "style": "bullet", "elements": lines})


def _line(texts: Sequence[str]) -> Element:
    cells = [clip(" ".join(clean(text).split()) or "–", _CELL_CHARS) for text in texts]
    rest = f" · {' · '.join(cells[1:])}" if cells[1:] else ""
    return section([plain(cells[0], bold=True), *([plain(rest)] if rest else [])])


def _asked(question: str, label: str) -> Block:
    shown = clip_escaped(" ".join(clean(question).split()) or "?", _LINE_CHARS)
    return _text(shown, _button("home:ask", label, question))


def _text(mrkdwn: str, accessory: dict[str, Any]) -> Block:
    return {"type": "section", "text": _mrkdwn(mrkdwn), "accessory": accessory}


def _mrkdwn(text: str) -> dict[str, Any]:
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def _button(action_id: str, label: str, value: str) -> dict[str, Any]:
    text = plain_text(label)
    return {"type": "button", "action_id": action_id, "text": text, "value": value[:_QUESTION_CHARS] or "?"}


def _rich(element: Element) -> Block:
    return {"type": "rich_text", "elements": [element]}
