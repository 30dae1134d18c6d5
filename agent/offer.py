"""What an answer offers to ask next: the choices of what was asked back, or questions that lead on."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias

from db.catalog.values import fold

OfferKind: TypeAlias = Literal["asked_back", "next"]

MOST: Final = 5
"""A row of buttons holds so many and stays readable."""

_NUMBER: Final = re.compile(r"#?([1-9])(?:번|번째|\)|\.)?(?: ?(?:거|것|요|이요|으로|걸로))*[.!]?", re.IGNORECASE)
_ORDINALS: Final[Mapping[str, int]] = {
    **dict.fromkeys(("첫번째", "첫번째거", "첫번째것", "처음거", "전자", "thefirst", "thefirstone", "first"), 1),
    **dict.fromkeys(("두번째", "두번째거", "두번째것", "thesecond", "thesecondone", "second"), 2),
    **dict.fromkeys(("세번째", "세번째거", "세번째것", "thethird", "thethirdone", "third"), 3),
    **dict.fromkeys(("네번째", "네번째거", "네번째것", "thefourth", "thefourthone", "fourth"), 4),
    **dict.fromkeys(("마지막", "마지막거", "마지막것", "후자", "thelast", "thelastone", "last"), -1),
}
_TAILS: Final = (
    "요",
    "이요",
    "이에요",
    "예요",
    "입니다",
    "으로",
    "로",
    "으로요",
    "로요",
    "말이야",
    "please",
    "기준",
    "기준으로",
)


@dataclass(frozen=True, slots=True)
class Choice:
    """A whole question, under the short name that it is shown by."""

    label: str
    question: str


@dataclass(frozen=True, slots=True)
class Offer:
    """Up to MOST choices. "asked_back": the question was not answered, each choice is a way it may have been meant."""

    kind: OfferKind
    choices: tuple[Choice, ...]

    @property
    def is_asked_back(self) -> bool:
        return self.kind == "asked_back"


def offered(kind: OfferKind, choices: tuple[Choice, ...]) -> Offer | None:
    """An offer of the first MOST choices; None where there is nothing to choose."""
    return Offer(kind, choices[:MOST]) if choices else None


def chosen(text: str, offer: Offer | None) -> Choice | None:
    """The choice that a reply to what was asked back names: by its label, number or place; None for any other text.

    Questions that only lead on are not chosen so: "두 번째" after them means a row of the answer.
    """
    if offer is None or not offer.is_asked_back:
        return None
    said = text.strip()
    folded = fold(said)
    labels = [choice for choice in offer.choices if folded in _ways_to_say(choice.label)]
    if len(labels) == 1:
        return labels[0]
    number = _NUMBER.fullmatch(said)
    place = int(number[1]) if number else _ORDINALS.get(folded, 0)
    return _at(offer.choices, place)


def _at(choices: tuple[Choice, ...], place: int) -> Choice | None:
    if place < 0:
        return choices[-1]
    return choices[place - 1] if 0 < place <= len(choices) else None


def _ways_to_say(label: str) -> set[str]:
    """The label, or a part of it in brackets or before them, with what people put around it."""
    named = [fold(part) for part in (label, *re.split(r"[()]", label)) if part.strip()]
    return {lead + name + tail for name in named for lead in ("", "by") for tail in ("", *_TAILS)}


def dump_offer(offer: Offer) -> dict[str, Any]:
    """The offer as JSON-able data."""
    return {"kind": offer.kind, "choices": [[choice.label, choice.question] for choice in offer.choices]}


def load_offer(data: object) -> Offer | None:
    """The offer that `dump_offer` wrote; None when the data is of another make."""
    if not isinstance(data, Mapping) or data.get("kind") not in ("asked_back", "next"):
        return None
    choices = data.get("choices")
    pairs = choices if isinstance(choices, list) else []
    read = tuple(Choice(str(pair[0]), str(pair[1])) for pair in pairs if isinstance(pair, list) and len(pair) == 2)
    return offered(data["kind"], read)
