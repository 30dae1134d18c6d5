"""A deed that is asked for with one slipped key is still no question."""

import pytest

from agent.offline.words.mending.guard import asks_to_write


@pytest.mark.parametrize(
    "text", ["오래된 데이터셋은 삭지해 주실 수 있을까요?", "프로덕션으로 승격시켲줘", "재시적해줘"]
)
def test_a_deed_with_a_slipped_key_is_a_deed(text: str) -> None:
    assert asks_to_write(text)


@pytest.mark.parametrize("text", ["목록 정리해줘", "팀별로 비교해 주세요", "조회해줘", "추천해 주실래요"])
def test_what_a_question_asks_for_is_no_deed(text: str) -> None:
    assert not asks_to_write(text)


@pytest.mark.parametrize("text", ["kick off rtdetr-pallet-exp02 now", "launch the pallet run", "turn off exp03"])
def test_a_wish_to_start_or_stop_is_a_deed(text: str) -> None:
    assert asks_to_write(text)


@pytest.mark.parametrize("text", ["launch date of invoice-ocr", "launched runs", "최유진 꺼"])
def test_what_was_started_is_asked(text: str) -> None:
    assert not asks_to_write(text)
