"""Subscriptions and mutes as lists, each with the button that ends it."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, ValidationError

from agent.messages import say
from bot.messages.alerts.conditions import told
from bot.messages.alerts.facts import Voice
from bot.messages.alerts.words import moment
from bot.messages.answer import Block, Message
from bot.messages.basics import context, header, plain_text, text_section
from bot.messages.gate import clean
from bot.messages.names import name
from bot.messages.text import clip, clip_escaped, escape
from db.store.alerts.records import Mute, Subscription

DROP: Final = re.compile(r"alert_drop:\d+")
LIFT: Final = re.compile(r"alert_lift:\d+")
LIST: Final = "alert_drop"
HOME: Final = "home_drop"
HOME_DROP: Final = re.compile(rf"{HOME}:\d+")
"""The same button in somebody's Home, which is then shown anew."""
_CHARS: Final = 300
_SHOWN: Final = 20
_VALUE_CHARS: Final = 2_000
_NAME_CHARS: Final = 200


class Dropped(BaseModel):
    """What a button of a list ends: a subscription, or a mute."""

    model_config = ConfigDict(frozen=True)

    of: str
    key: str


def read_dropped(body: Mapping[str, Any]) -> Dropped | None:
    """What the clicked button is to end; None where it is none of ours."""
    try:
        return Dropped.model_validate_json(str(body["actions"][0].get("value") or ""))
    except ValidationError:
        return None


def subscription_list(mine: Sequence[Subscription], here: Sequence[Subscription], voice: Voice) -> Message:
    """Those of the person, and those of the channel where they ask; how to get one where there is none."""
    blocks = [*subscription_blocks(mine, "mine", voice), *subscription_blocks(here, "here", voice, len(mine))]
    if not blocks:
        blocks = [text_section(escape(say("alert-subscriptions-none", voice.language)))]
    blocks.append(context(escape(say("alert-subscriptions-how", voice.language))))
    return Message(say("alert-subscriptions-text", voice.language, count=len(mine) + len(here)), tuple(blocks))


def subscription_blocks(
    found: Sequence[Subscription], whose: str, voice: Voice, first: int = 0, button: str = LIST
) -> list[Block]:
    """A heading and a line each; none for none. `whose`: "mine" or "here". `first`: the number of the first button."""
    if not found:
        return []
    blocks = [header(say(f"alert-subscriptions-{whose}", voice.language))]
    for at, one in enumerate(found[:_SHOWN], first):
        what = clip_escaped(told(one.conditions, voice.language), _CHARS)
        by = say("alert-set-by", voice.language, who=name(one.set_by), at=escape(moment(one.set_at, voice)))
        label = say("alert-drop", voice.language)
        blocks.append(_line(f"{what}\n{by}", f"{button}:{at}", label, Dropped(of=one.target, key=one.key)))
    return [*blocks, *_more(len(found), voice)]


def mute_list(found: Sequence[Mute], voice: Voice, names: Mapping[str, str] = {}) -> Message:
    """What is muted now, until when and by whom; `names` of alerts, by their ids."""
    head = say("alert-mutes-title", voice.language, count=len(found))
    blocks: list[Block] = [header(head)] if found else [text_section(say("alert-mutes-none", voice.language))]
    for at, one in enumerate(found[:_SHOWN]):
        what = clip_escaped(mute_text(one, voice, names), _CHARS)
        by = say("alert-set-by", voice.language, who=name(one.set_by), at=escape(moment(one.set_at, voice)))
        label = say("alert-lift", voice.language)
        blocks.append(_line(f"{what}\n{by}", f"alert_lift:{at}", label, Dropped(of=one.scope, key=one.value)))
    return Message(head, (*blocks, *_more(len(found), voice)))


def mute_text(mute: Mute, voice: Voice, names: Mapping[str, str] = {}) -> str:
    """What is muted, and until when; unescaped. `names` of alerts, by their ids."""
    shown = names.get(mute.value, mute.value) if mute.scope == "alert" else mute.value
    value = clip(" ".join(clean(shown).split()), _NAME_CHARS) or "?"
    what = say(f"alert-muted-{mute.scope}", voice.language, name=value)
    if mute.until is None:
        return say("alert-muted-is-good", voice.language, what=what)
    return say("alert-muted-is-until", voice.language, what=what, until=moment(mute.until, voice))


def _line(text: str, action_id: str, label: str, dropped: Dropped) -> Block:
    block = text_section(text)
    value = json.dumps({"of": dropped.of, "key": dropped.key})
    if len(value) > _VALUE_CHARS:
        return block
    button = {"type": "button", "action_id": action_id, "text": plain_text(label), "value": value}
    return {**block, "accessory": button}


def _more(count: int, voice: Voice) -> list[Block]:
    return [context(say("alert-runs-more", voice.language, count=count - _SHOWN))] if count > _SHOWN else []
