"""The form that asks what of an alert is to be muted, and for how long."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

from agent.messages import say
from bot.messages.basics import plain_text
from bot.messages.gate import clean
from bot.messages.text import clip
from db.catalog.meaning import Language

FORM: Final = "alert_mute"
SCOPE: Final = "scope"
FOR: Final = "for"

SPANS: Final[dict[str, timedelta | None]] = {"hour": timedelta(hours=1), "day": timedelta(days=1), "good": None}
"""How long it holds, by the code of the choice; None: for good."""
SCOPES: Final = ("alert", "pipeline", "project")
_NAME_CHARS: Final = 50
_OPTION_CHARS: Final = 75


def mute_form(names: Sequence[tuple[str, str]], language: Language, metadata: str) -> dict[str, Any]:
    """The modal; `names` are the scopes that can be chosen, each with what it is called."""
    scopes = [_option(code, say(f"alert-mute-{code}", language, name=_shown(name))) for code, name in names]
    spans = [_option(code, say(f"alert-mute-for-{code}", language)) for code in SPANS]
    return {
        "type": "modal",
        "callback_id": FORM,
        "private_metadata": metadata,
        "title": plain_text(say("alert-mute-title", language)),
        "submit": plain_text(say("alert-mute-submit", language)),
        "close": plain_text(say("close", language)),
        "blocks": [
            _input(SCOPE, say("alert-mute-what", language), scopes),
            _input(FOR, say("alert-mute-how-long", language), spans),
        ],
    }


def _input(name: str, label: str, options: list[dict[str, Any]]) -> dict[str, Any]:
    element = {"type": "radio_buttons", "action_id": name, "options": options, "initial_option": options[0]}
    return {"type": "input", "block_id": name, "label": plain_text(label), "element": element}


def _option(code: str, text: str) -> dict[str, Any]:
    return {"text": plain_text(clip(text, _OPTION_CHARS)), "value": code}


def _shown(name: str) -> str:
    return clip(" ".join(clean(name).split()) or "?", _NAME_CHARS)
