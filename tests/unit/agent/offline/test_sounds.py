"""A Korean spelling of a Latin word is read by its sound; a Korean word is none of them."""

import re

import pytest

from agent.offline.words.lexicon import Lexicon
from agent.offline.words.mending.sounds import Sounds, heard
from tests.unit.agent.offline.talk import Talk


@pytest.fixture
def sounds(talk: Talk) -> Sounds:
    return Sounds(Lexicon(talk.book.semantics, talk.book.values))


@pytest.mark.parametrize(
    ("spelled", "latin"),
    [
        *(("레이턴시", "latency"), ("스레숄드", "threshold"), ("프리시전", "precision"), ("넥스트", "next")),
        *(("체크포인트", "checkpoint"), ("일렉트라", "electra"), ("라이트", "light"), ("컴플리티드", "completed")),
    ],
)
def test_a_korean_spelling_sounds_like_its_latin_word(spelled: str, latin: str) -> None:
    assert re.fullmatch(heard(spelled), latin)


@pytest.mark.parametrize(("spelled", "latin"), [("골드", "card"), ("팰릿", "failed")])
def test_a_word_that_only_resembles_it_does_not(spelled: str, latin: str) -> None:
    assert not re.fullmatch(heard(spelled), latin)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("디플로이", ("디플로이", "deployed")),
        ("디플로이된", ("디플로이", "deployed")),
        ("러닝레이트는", ("러닝레이트", "learning rate")),
        ("버트가", ("버트", "kobert")),
        ("오디오", ("오디오", "audio")),
        ("엑스레이", ("엑스레이", "xray")),
        ("피니시된", ("피니시", "finish")),
    ],
)
def test_a_word_of_the_catalogue_is_heard_in_what_is_typed(sounds: Sounds, typed: str, told: tuple[str, str]) -> None:
    assert sounds.of(typed) == told


@pytest.mark.parametrize(
    "typed", ["기억이", "지워도", "머물러", "떨어져", "바람", "갠지", "으로", "쿠버네티스", "ㅋㅋ"]
)
def test_a_korean_word_is_no_latin_one_by_chance(sounds: Sounds, typed: str) -> None:
    assert sounds.of(typed) is None


def test_what_was_heard_is_told(talk: Talk) -> None:
    told = talk.ask("디플로이된 모델 목록")
    assert "models.stage = 'production'" in told.sql[0]
    assert "'디플로이'는 'deployed'로 읽었습니다" in told.text


def test_what_the_catalogue_lacks_is_lacking_in_korean_letters_too(talk: Talk) -> None:
    assert "'learning rate' 정보가 없습니다" in talk.ask("wafer exp03 러닝레이트 얼마였어?").text
