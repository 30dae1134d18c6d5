"""The line over an answer's choices."""

import pytest

from agent.offer import Choice, Offer, OfferKind
from bot.messages.choices import lead


@pytest.mark.parametrize(
    ("kind", "count", "korean", "english"),
    [
        ("asked_back", 1, "혹시 이렇게 물어보시려던 건가요?", "Did you mean to ask this?"),
        ("asked_back", 2, "어느 것을 말씀하시나요?", "Which one do you mean?"),
        ("next", 1, "이어서 이렇게 물어보실 수 있어요", "You could ask next"),
    ],
)
def test_of_one_choice_alone_nobody_is_asked_which(kind: OfferKind, count: int, korean: str, english: str) -> None:
    offer = Offer(kind, (Choice("모델", "모델 보여줘"),) * count)
    assert (lead(offer, "ko"), lead(offer, "en")) == (korean, english)
