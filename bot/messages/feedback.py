"""Feedback in Block Kit: the buttons under an answer, the form behind the bad one, a word of thanks."""

import re
from collections.abc import Mapping
from typing import Any, Final, get_args

from db.catalog.meaning import Language
from db.store.records import Rating

ACTION: Final = "feedback"
FORM: Final = "feedback"
REASON: Final = "reason"
EXPECTED: Final = "expected"
EXPECTED_CHARS: Final = 2_000

REASONS: Final[Mapping[str, Mapping[Language, str]]] = {
    "wrong_numbers": {"ko": "숫자가 틀림", "en": "The numbers are wrong"},
    "misunderstood": {"ko": "질문을 잘못 이해함", "en": "It misunderstood the question"},
    "odd_sql": {"ko": "SQL이 이상함", "en": "The SQL is odd"},
    "thin": {"ko": "설명이 부족함", "en": "It explains too little"},
    "slow": {"ko": "느림", "en": "It was slow"},
    "other": {"ko": "기타", "en": "Something else"},
}
"""What the form offers, by the code that the store keeps."""

_BUTTONS: Final[Mapping[Language, Mapping[Rating, tuple[str, str]]]] = {
    "ko": {
        "good": ("도움이 됐어요", "이 답변이 도움이 됐다고 평가하기"),
        "bad": ("아쉬워요", "이 답변이 아쉽다고 평가하고 이유 적기"),
    },
    "en": {
        "good": ("Good answer", "Rate this answer as good"),
        "bad": ("Needs work", "Rate this answer as needing work, with a reason"),
    },
}
_FORM: Final[Mapping[Language, Mapping[str, str]]] = {
    "ko": {
        "title": "답변 평가",
        "submit": "보내기",
        "close": "닫기",
        "reason": "무엇이 아쉬웠나요?",
        "expected": "어떤 답을 기대하셨나요?",
    },
    "en": {
        "title": "Rate the answer",
        "submit": "Send",
        "close": "Close",
        "reason": "What is wrong with it?",
        "expected": "What did you expect?",
    },
}
_THANKS: Final[Mapping[Language, Mapping[Rating, str]]] = {
    "ko": {"good": "평가해 주셔서 고맙습니다.", "bad": "의견을 남겨 주셔서 고맙습니다. 답변을 고치는 데 쓰겠습니다."},
    "en": {"good": "Thanks for the rating.", "bad": "Thanks, this helps to mend the answers."},
}
_VALUE: Final = re.compile(
    rf"({'|'.join(get_args(Rating))}):({'|'.join(get_args(Language))}):([\w-]{{1,64}})", re.ASCII
)


def buttons(turn_id: str, language: Language) -> dict[str, Any]:
    """The two buttons under an answer. Their values outlive a restart: they hold all that a click needs."""
    element: dict[str, Any] = {"type": "feedback_buttons", "action_id": ACTION}
    for name, rating in zip(("positive_button", "negative_button"), get_args(Rating), strict=True):
        text, label = _BUTTONS[language][rating]
        value = f"{rating}:{language}:{turn_id}"
        element[name] = {"text": _plain(text), "accessibility_label": label, "value": value}
    return {"type": "context_actions", "elements": [element]}


def read_value(value: str) -> tuple[Rating, Language, str]:
    """Rating, language and turn id of a clicked button; a value that isn't ours reads as one of no turn: ""."""
    match = _VALUE.fullmatch(value)
    rating: Any = match[1] if match else "good"
    language: Any = match[2] if match else "ko"
    return rating, language, match[3] if match else ""


def form(language: Language, metadata: str) -> dict[str, Any]:
    """The modal that asks for a reason; `metadata` comes back with what was filled in."""
    words = _FORM[language]
    options = [{"text": _plain(texts[language]), "value": code} for code, texts in REASONS.items()]
    reason = {"type": "radio_buttons", "action_id": REASON, "options": options}
    expected = {"type": "plain_text_input", "action_id": EXPECTED, "multiline": True, "max_length": EXPECTED_CHARS}
    return {
        "type": "modal",
        "callback_id": FORM,
        "private_metadata": metadata,
        **{name: _plain(words[name]) for name in ("title", "submit", "close")},
        "blocks": [
            {"type": "input", "block_id": REASON, "label": _plain(words["reason"]), "element": reason},
            {
                "type": "input",
                "block_id": EXPECTED,
                "label": _plain(words["expected"]),
                "element": expected,
                "optional": True,
            },
        ],
    }


def thanks(rating: Rating, language: Language) -> str:
    return _THANKS[language][rating]


def _plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}
