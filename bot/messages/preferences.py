"""How somebody wants their answers, in Block Kit: a select for each thing, which acts at once."""

import re
from collections.abc import Mapping
from typing import Any, Final

from agent.messages import say
from bot.messages.answer import Block, Message
from bot.messages.basics import plain_text
from db.catalog.meaning import Language
from db.store.preferences import CHOICES, Preferences

ACTION: Final = re.compile(r"preference:\w+")


def preferences_message(preferences: Preferences, language: Language) -> Message:
    """All there is to set, with what holds now."""
    title = say("preferences-title", language)
    head: Block = {"type": "header", "text": plain_text(title)}
    told = "\n".join(f"{said_name(name, language)}: {said_now(name, preferences, language)}" for name in CHOICES)
    return Message(f"{title}\n{told}", (head, *preference_blocks(preferences, language)))


def preference_blocks(preferences: Preferences, language: Language) -> tuple[Block, ...]:
    """A line and a select for each preference; none has text of anybody's."""
    return tuple(_block(name, str(getattr(preferences, name)), language) for name in CHOICES)


def read_choice(body: Mapping[str, Any]) -> tuple[str, str]:
    """Name and value of what was chosen in a block_actions payload."""
    action = body["actions"][0]
    chosen = action.get("selected_option") or {}
    return str(action.get("action_id")).partition(":")[2], str(chosen.get("value"))


def said_name(name: str, language: Language) -> str:
    return say(f"preference-{name}", language)


def said_value(name: str, value: str, language: Language) -> str:
    return say(f"preference-{name}-{value}", language)


def said_now(name: str, preferences: Preferences, language: Language) -> str:
    """The value that holds, in words."""
    return said_value(name, str(getattr(preferences, name)), language)


def _block(name: str, value: str, language: Language) -> Block:
    options = [{"text": plain_text(said_value(name, each, language)), "value": each} for each in CHOICES[name]]
    text = f"*{said_name(name, language)}*\n{say(f'preference-{name}-for', language)}"
    return {
        "type": "section",
        "text": {"type": "mrkdwn", "text": text, "verbatim": True},
        "accessory": {
            "type": "static_select",
            "action_id": f"preference:{name}",
            "options": options,
            "initial_option": next(each for each in options if each["value"] == value),
        },
    }
