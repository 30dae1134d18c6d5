"""Words to be taught, in Block Kit: what was not understood, what was learnt, and the buttons that decide."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict

from agent.messages import say
from bot.messages.answer import Block, Message
from bot.messages.basics import header, plain_text, text_section
from bot.messages.names import name
from bot.messages.notes import note
from bot.messages.text import clip, clip_escaped, escape
from db.catalog.learned import Target, fits, from_json
from db.catalog.meaning import Language, SemanticLayer, TableMeaning
from db.store.records import Decision, UnplacedWord

CONFIRM: Final = "synonym:confirm"
DROP: Final = "synonym:drop"
UNDO: Final = "synonym:undo"
PICK: Final = "synonym:pick"
FORM: Final = "synonym"
MEANING: Final = "meaning"
BOUND: Final = "bound"

_NEAREST: Final = 3
_QUESTION_CHARS: Final = 150
_SHOWN_CHARS: Final = 300
_BUTTON_CHARS: Final = 75
_PRESS_CHARS: Final = 2_000
_VALUE_CHARS: Final = 150
_OPTIONS: Final = 100
_BOUND_CHARS: Final = 40


class Press(BaseModel):
    """What a button of ours holds: the word, and the meaning that it offers, if any."""

    model_config = ConfigDict(frozen=True)

    word: str
    target: tuple[str, str, str] | None = None


@dataclass(frozen=True, slots=True)
class Wordbook:
    """What there is to decide, and what was decided."""

    unplaced: Sequence[UnplacedWord]
    learned: Sequence[Decision]
    dropped: Sequence[Decision]


def meaning(target: Target, layer: SemanticLayer, language: Language) -> str:
    """A target as people call it; by its names where the layer does not have it (any longer)."""
    try:
        table = layer.table(target.table)
        if not target.column:
            return f"{table.label.of(language)} ({table.name})"
        column = table.column(target.column)
    except KeyError:
        return str(target)
    place = f"{table.label.of(language)} · {column.label.of(language)}"
    if not target.value:
        return place
    if column.role == "measure":
        return f"{place} {target.value}"
    label = column.value_label(target.value, language)
    return f"{place} = {label}" if label == target.value else f"{place} = {label} ({target.value})"


def shown(text: str) -> str:
    """A word or a meaning, escaped, in the room that several of them have in one message."""
    return clip_escaped(text, _SHOWN_CHARS)


def listing(book: Wordbook, layer: SemanticLayer, language: Language, timezone: ZoneInfo) -> Message:
    """The words with the buttons that decide on them; a sentence where there is none of either kind."""
    if not (book.unplaced or book.learned or book.dropped):
        return note(say("synonyms-none", language))
    head = say("synonyms-unplaced", language)
    blocks = [header(head)] if book.unplaced else []
    for word in book.unplaced:
        blocks += _unplaced(word, layer, language)
    if book.learned:
        blocks.append(header(say("synonyms-learned", language)))
        blocks += [_decided(one, layer, language, timezone) for one in book.learned]
    if book.dropped:
        blocks.append(header(say("synonyms-meaningless", language)))
        blocks += [_decided(one, layer, language, timezone) for one in book.dropped]
    return Message(f"{head}: {len(book.unplaced)}", tuple(blocks))


def decided(text: str, word: str, language: Language, *, offers_undo: bool) -> Message:
    """What came of a click, escaped mrkdwn, with the button that takes it back."""
    block = text_section(text)
    if offers_undo:
        block["accessory"] = _undo(word, language)
    return Message(text, (block,))


def picker(
    word: str, offers: Sequence[tuple[TableMeaning, Sequence[Target]]], layer: SemanticLayer, language: Language,
    metadata: str,
) -> dict[str, Any]:  # fmt: skip
    """The modal that offers all a word may mean, by table; `metadata` comes back with the choice."""
    groups = [_group(table, targets, layer, language) for table, targets in offers[:_OPTIONS]]
    label = say("synonyms-pick-label", language, word=clip(word, 60))
    element = {
        "type": "static_select",
        "action_id": MEANING,
        "option_groups": [one for one in groups if one["options"]],
    }
    return {
        "type": "modal",
        "callback_id": FORM,
        "private_metadata": metadata,
        "title": plain_text(say("synonyms-form", language)),
        "submit": plain_text(say("synonyms-confirm", language)),
        "close": plain_text(say("close", language)),
        "blocks": [
            {"type": "input", "block_id": MEANING, "label": plain_text(label), "element": element},
            _bound(language),
        ],
    }


def _bound(language: Language) -> Block:
    """Where the bound on a measure is written; left empty, the measure itself is meant."""
    example = plain_text(say("synonyms-bound-example", language))
    element = {"type": "plain_text_input", "action_id": BOUND, "max_length": _BOUND_CHARS, "placeholder": example}
    label = plain_text(say("synonyms-bound", language))
    return {"type": "input", "block_id": BOUND, "optional": True, "label": label, "element": element}


def read_option(value: str) -> Target | None:
    """The target of a chosen option; None for one that isn't ours."""
    parts = value.split("\n")
    return Target(*parts) if len(parts) == 3 else None


def _unplaced(word: UnplacedWord, layer: SemanticLayer, language: Language) -> list[Block]:
    users = ", ".join(map(name, word.users))
    times = say("synonyms-times", language, count=word.times)
    question = escape(clip(" ".join(word.question.split()), _QUESTION_CHARS))
    near = [target for one in word.nearest if fits(layer, target := from_json(one))]
    presses = [(target, Press(word=word.surface, target=_parts(target))) for target in near]
    held = [(target, press) for target, press in presses if len(press.model_dump_json()) <= _PRESS_CHARS]
    buttons = [
        _button(f"{CONFIRM}:{at}", meaning(target, layer, language), press)
        for at, (target, press) in enumerate(held[:_NEAREST])
    ]
    buttons.append(_button(PICK, say("synonyms-other", language), Press(word=word.surface)))
    buttons.append(_button(DROP, say("synonyms-drop", language), Press(word=word.surface)))
    return [
        text_section(f"*'{shown(word.surface)}'* · {times} · {users}\n“{question}”"),
        {"type": "actions", "block_id": f"synonym:{word.surface}", "elements": buttons},
    ]


def _decided(one: Decision, layer: SemanticLayer, language: Language, timezone: ZoneInfo) -> Block:
    target = Target(one.table, one.column, one.value)
    meant = f" → {shown(meaning(target, layer, language))}" if one.table else ""
    date = f"{one.at.astimezone(timezone):%Y-%m-%d}"
    by = say("synonyms-decided-by", language, name=name(one.user_id), date=date)
    block = text_section(f"*'{shown(one.surface)}'*{meant}{_unused(one, target, layer, language)}\n{by}")
    return {**block, "block_id": f"learned:{one.surface}", "accessory": _undo(one.surface, language)}


def _unused(one: Decision, target: Target, layer: SemanticLayer, language: Language) -> str:
    if one.verdict != "confirmed" or fits(layer, target):
        return ""
    return f" {say('synonyms-unused', language)}"


def _group(table: TableMeaning, targets: Sequence[Target], layer: SemanticLayer, language: Language) -> dict[str, Any]:
    options = [
        {"text": plain_text(clip(meaning(target, layer, language), _BUTTON_CHARS)), "value": value}
        for target in targets
        if len(value := "\n".join(_parts(target))) <= _VALUE_CHARS
    ]
    return {"label": plain_text(clip(table.label.of(language), _BUTTON_CHARS)), "options": options[:_OPTIONS]}


def _undo(word: str, language: Language) -> dict[str, Any]:
    return _button(UNDO, say("synonyms-undo", language), Press(word=word))


def _parts(target: Target) -> tuple[str, str, str]:
    return target.table, target.column, target.value


def _button(action_id: str, text: str, press: Press) -> dict[str, Any]:
    label = plain_text(clip(text, _BUTTON_CHARS))
    return {"type": "button", "action_id": action_id, "text": label, "value": press.model_dump_json()}
