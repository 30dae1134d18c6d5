"""Feedback in Block Kit: the buttons under an answer, the form behind the bad one, a word of thanks."""

import re
from typing import Any, Final, get_args

from agent.messages import say
from bot.messages.basics import plain_text
from db.catalog.meaning import Language
from db.store.records import Rating

ACTION: Final = "feedback"
FORM: Final = "feedback"
REASON: Final = "reason"
EXPECTED: Final = "expected"
EXPECTED_CHARS: Final = 2_000
UNDERSTANDING: Final = "understanding"
MARKS: Final = (1, 2, 3, 4, 5)

REASONS: Final = ("wrong_numbers", "misunderstood", "odd_sql", "thin", "slow", "other")
"""The codes that the store keeps, in the form's order; each has its words under feedback-reason-…."""

_VALUE: Final = re.compile(
    rf"({'|'.join(get_args(Rating))}):({'|'.join(get_args(Language))}):([\w-]{{1,64}})", re.ASCII
)


def buttons(turn_id: str, language: Language) -> dict[str, Any]:
    """The two buttons under an answer. Their values outlive a restart: they hold all that a click needs."""
    element: dict[str, Any] = {"type": "feedback_buttons", "action_id": ACTION}
    for name, rating in zip(("positive_button", "negative_button"), get_args(Rating), strict=True):
        text, label = say(f"feedback-{rating}", language), say(f"feedback-{rating}-label", language)
        value = f"{rating}:{language}:{turn_id}"
        element[name] = {"text": plain_text(text), "accessibility_label": label, "value": value}
    return {"type": "context_actions", "elements": [element]}


def read_value(value: str) -> tuple[Rating, Language, str]:
    """Rating, language and turn id of a clicked button; a value that isn't ours reads as one of no turn: ""."""
    match = _VALUE.fullmatch(value)
    rating: Any = match[1] if match else "good"
    language: Any = match[2] if match else "ko"
    return rating, language, match[3] if match else ""


def form(language: Language, metadata: str) -> dict[str, Any]:
    """The modal that asks for a reason; `metadata` comes back with what was filled in."""
    options = [
        {"text": plain_text(say(f"feedback-reason-{code.replace('_', '-')}", language)), "value": code}
        for code in REASONS
    ]
    reason = {"type": "radio_buttons", "action_id": REASON, "options": options}
    marks = [{"text": plain_text(str(mark)), "value": str(mark)} for mark in MARKS]
    understanding = {"type": "radio_buttons", "action_id": UNDERSTANDING, "options": marks}
    expected = {"type": "plain_text_input", "action_id": EXPECTED, "multiline": True, "max_length": EXPECTED_CHARS}
    return {
        "type": "modal",
        "callback_id": FORM,
        "private_metadata": metadata,
        "title": plain_text(say("feedback-form", language)),
        "submit": plain_text(say("feedback-send", language)),
        "close": plain_text(say("close", language)),
        "blocks": [
            {
                "type": "input",
                "block_id": REASON,
                "label": plain_text(say("feedback-why", language)),
                "element": reason,
            },
            {
                "type": "input",
                "block_id": EXPECTED,
                "label": plain_text(say("feedback-expected", language)),
                "element": expected,
                "optional": True,
            },
            {
                "type": "input",
                "block_id": UNDERSTANDING,
                "label": plain_text(say("feedback-understanding", language)),
                "hint": plain_text(say("feedback-understanding-hint", language)),
                "element": understanding,
                "optional": True,
            },
        ],
    }


def thanks(rating: Rating, language: Language) -> str:
    return say(f"feedback-thanks-{rating}", language)
