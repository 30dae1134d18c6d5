"""A word that stops is one that stands alone; a title is a question in short."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.live.sessions import TITLE_CHARS, title_of
from bot.live.words import is_stop


@pytest.mark.parametrize("text", ["그만", "중지!", " stop ", "STOP.", "멈춰줘", "그만~", "Cancel"])
def test_a_word_alone_stops(text: str) -> None:
    assert is_stop(text)


@pytest.mark.parametrize("text", ["", "중지된 파이프라인은?", "stop codons", "그만둔 사람", "왜 중지됐어?"])
def test_the_same_word_in_a_question_does_not(text: str) -> None:
    assert not is_stop(text)


def test_a_title_is_cut_at_a_word() -> None:
    assert title_of("  실험이\n몇 건이야? ") == "실험이 몇 건이야?"
    begins = "운영 중인 모델 가운데 정확도가 가장 높은 모델과 그 학습 데이터셋의 소유자를 함께 알려 주고 지난달"
    title = title_of(f"{begins} 모델과 비교해 줘")
    assert title == f"{begins}…"
    assert len(title) <= TITLE_CHARS
    assert title_of("가" * 100) == "가" * (TITLE_CHARS - 1) + "…"


@settings(deadline=None)
@given(st.text())
def test_whatever_is_asked_its_title_fits(text: str) -> None:
    assert len(title_of(text)) <= TITLE_CHARS
