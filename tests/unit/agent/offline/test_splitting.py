"""A message is cut where a clause of it ends, by a sign or by a verb, and never inside quotation marks."""

import pytest

from agent.offline.words.asides.splitting import by_signs, by_verbs


def test_a_korean_verb_ends_a_clause_without_a_sign() -> None:
    assert by_verbs("실패한 학습 있나요 보고서에 써야 해서 급해요") == [
        "실패한 학습 있나요",
        "보고서에 써야 해서 급해요",
    ]


def test_a_reason_leads_on_to_the_next_clause_whichever_way_it_is_cut() -> None:
    message = "신입이라 멤버 전부 좀"
    assert by_verbs(message) == ["신입이라", "멤버 전부 좀"]
    assert [piece.text for piece in by_signs(message)] == ["신입이라", "멤버 전부 좀"]


@pytest.mark.parametrize(
    "quoted", ['"급해요. 확인"', "“급해요. 확인”", "'급해요. 확인'", "‘급해요. 확인’", "`급해요. 확인`"]
)
def test_no_clause_ends_inside_quotation_marks(quoted: str) -> None:
    message = f"메모에 {quoted} 적힌 모델"
    assert by_verbs(message) == [message]
    assert [piece.text for piece in by_signs(message)] == [message]


def test_the_signs_of_nothing_go_to_the_piece_before() -> None:
    (first, last) = by_signs("which runs failed?! ... (now)")[:2]
    assert (first.text, first.kind) == ("which runs failed", "end")
    assert last.text == "now"
