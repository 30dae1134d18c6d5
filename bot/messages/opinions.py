"""What people think of the answers, for admins: by topic, the worst, and what can serve as an example."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from zoneinfo import ZoneInfo

from agent.messages import say
from bot.messages.answer import Block, Message
from bot.messages.basics import context, header, plain_text
from bot.messages.feedback import ACTION
from bot.messages.markdown import plain, preformatted, section
from bot.messages.names import name
from bot.messages.notes import note
from bot.messages.text import clip, clip_escaped, escape
from db.catalog.meaning import Language, SemanticLayer
from db.store.records import Example, Rated

ADD: Final = "example:add"
DROP: Final = "example:drop"
SHOWN: Final = 5
EXAMPLES_SHOWN: Final = 15
_TOPICS: Final = 10
_QUESTION_CHARS: Final = 200
_SQL_CHARS: Final = 400
_EXPECTED_CHARS: Final = 200
_SMALL_CHARS: Final = 1_500


@dataclass(frozen=True, slots=True)
class Opinions:
    """The rated answers of the last days, the worst first, and the turns that are examples already."""

    days: int
    rated: Sequence[Rated]
    examples: frozenset[str]


def overview(opinions: Opinions, layer: SemanticLayer, language: Language) -> Message:
    """Sums, a table by topic, the worst questions with what was said of them, and the good ones with a button each."""
    rated = opinions.rated
    if not rated:
        return note(say("opinions-none", language, days=opinions.days))
    head = say("opinions-head", language, days=opinions.days)
    blocks: list[Block] = [header(head), context(_sums(rated, language)), _topics(rated, layer, language)]
    if worst := [one for one in rated if one.bad > 0][:SHOWN]:
        blocks.append(header(say("opinions-worst", language)))
        for one in worst:
            blocks += _worst(one, language)
    if good := [one for one in rated if _is_good(one) and one.turn_id not in opinions.examples][:SHOWN]:
        blocks += [header(say("opinions-good", language)), context(say("opinions-good-hint", language))]
        for one in good:
            blocks += [_pair(one.question, one.sql), _button_row(ADD, "example-add", one.turn_id, language)]
    return Message(f"{head}: {_sums(rated, language)}", tuple(blocks))


def listing(examples: Sequence[Example], language: Language, timezone: ZoneInfo, *, are_used: bool) -> Message:
    """The examples, the newest first, with a button each that drops it."""
    if not examples:
        return note(say("examples-none", language))
    head = say("examples-head", language, count=len(examples))
    blocks: list[Block] = [header(head)]
    if not are_used:
        blocks.append(context(say("examples-unused", language)))
    for one in examples[:EXAMPLES_SHOWN]:
        date = f"{one.at.astimezone(timezone):%Y-%m-%d}"
        blocks += [
            _pair(one.question, one.sql),
            context(say("examples-by", language, name=name(one.user_id), date=date)),
            _button_row(DROP, "example-drop", one.turn_id, language),
        ]
    if (rest := len(examples) - EXAMPLES_SHOWN) > 0:
        blocks.append(context(say("examples-more", language, count=rest)))
    return Message(head, tuple(blocks))


def told(key: str, question: str, undo: tuple[str, str] | None, language: Language) -> Message:
    """What came of a click; `undo` is the action and the turn that take it back."""
    text = escape(say(key, language, question=_one_line(question)))
    block: Block = {"type": "section", "text": {"type": "mrkdwn", "text": text, "verbatim": True}}
    if undo is not None:
        action, turn_id = undo
        block["accessory"] = _button(action, "example-undo", turn_id, language)
    return Message(text, (block,))


def ask_why(turn_id: str, language: Language) -> Message:
    """To somebody who gave a thumb down by emoji: a button that opens the form."""
    text = say("feedback-reacted", language)
    button = {
        "type": "button",
        "action_id": ACTION,
        "text": plain_text(say("feedback-tell", language)),
        "value": f"bad:{language}:{turn_id}",
    }
    section = {"type": "section", "text": {"type": "mrkdwn", "text": text, "verbatim": True}}
    return Message(text, ({**section, "accessory": button},))


def _is_good(one: Rated) -> bool:
    """An answer by SQL that nobody found bad. What an engine of rules answers needs no example."""
    return one.good > 0 and one.bad == 0 and bool(one.sql) and bool(one.question.strip())


def _sums(rated: Sequence[Rated], language: Language) -> str:
    said = [say("opinions-sum", language, good=sum(r.good for r in rated), bad=sum(r.bad for r in rated))]
    if marks := [one.understanding for one in rated if one.understanding is not None]:
        said.append(say("opinions-understood", language, mean=f"{sum(marks) / len(marks):.1f}"))
    return " · ".join(said)


def _topics(rated: Sequence[Rated], layer: SemanticLayer, language: Language) -> Block:
    good: Counter[str] = Counter()
    bad: Counter[str] = Counter()
    for one in rated:
        topic = _topic(one, layer, language)
        good[topic] += one.good
        bad[topic] += one.bad
    order = sorted(good | bad, key=lambda topic: (-bad[topic], -good[topic], topic))
    rows = [(say("opinions-topic", language), "👍", "👎"), *((t, f"{good[t]}", f"{bad[t]}") for t in order[:_TOPICS])]
    return {
        "type": "table",
        "column_settings": [{"align": side} for side in ("left", "right", "right")],
        "rows": [[{"type": "raw_text", "text": text} for text in row] for row in rows],
    }


def _topic(one: Rated, layer: SemanticLayer, language: Language) -> str:
    """What the answer's rows were of, by the first table that the catalogue still has."""
    known = {table.name: table for table in layer.tables}
    found = next((known[table] for table in one.tables if table in known), None)
    return found.label.of(language) if found is not None else say("opinions-topic-none", language)


def _worst(one: Rated, language: Language) -> list[Block]:
    said = [f"👎 {one.bad} · 👍 {one.good}"]
    if one.reasons:
        codes = dict.fromkeys(one.reasons)
        words = ", ".join(say(f"feedback-reason-{code.replace('_', '-')}", language) for code in codes)
        said.append(say("opinions-reasons", language, reasons=words))
    said += [say("opinions-expected", language, text=clip(_one_line(e), _EXPECTED_CHARS)) for e in one.expected[:2]]
    said.append(" · ".join(part for part in (one.engine, one.prompt_version) if part))
    small = clip_escaped("\n".join(filter(None, said)), _SMALL_CHARS)
    return [_pair(one.question, one.sql or say("opinions-no-sql", language)), context(small)]


def _pair(question: str, sql: str) -> Block:
    asked = section([plain(f"“{_one_line(question)}”")])
    return {"type": "rich_text", "elements": [asked, preformatted(clip(sql.strip(), _SQL_CHARS))]}


def _one_line(text: str) -> str:
    return clip(" ".join(text.split()) or "?", _QUESTION_CHARS)


def _button_row(action: str, key: str, turn_id: str, language: Language) -> Block:
    return {"type": "actions", "elements": [_button(action, key, turn_id, language)]}


def _button(action: str, key: str, turn_id: str, language: Language) -> dict[str, Any]:
    text = plain_text(say(key, language))
    return {"type": "button", "action_id": action, "text": text, "value": turn_id}
