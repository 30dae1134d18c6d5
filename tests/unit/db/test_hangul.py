"""Hangul: one form, keystrokes, particles."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.hangul import chosung, compose, is_hangul, josa, keys, norm, strip_josa

SYLLABLES = [chr(code) for code in range(0xAC00, 0xD7A4)]
korean = st.text(st.sampled_from(SYLLABLES))


def test_every_syllable_comes_back_from_its_keys() -> None:
    assert [compose(keys(syllable)) for syllable in SYLLABLES] == SYLLABLES


def test_every_syllable_has_keys_of_its_own() -> None:
    assert len({keys(syllable) for syllable in SYLLABLES}) == 11_172


@given(korean)
def test_text_comes_back_from_its_keys(text: str) -> None:
    assert compose(keys(text)) == text


@given(korean)
def test_decomposed_text_is_the_same_text(text: str) -> None:
    assert norm(unicodedata.normalize("NFD", text)) == text


@given(st.text())
def test_norm_is_settled_after_once(text: str) -> None:
    once = norm(text)
    assert norm(once) == once


@given(st.text(), st.sampled_from(["은/는", "으로/로"]))
def test_any_word_takes_one_of_the_two_particles(word: str, pair: str) -> None:
    assert josa(word, pair) in {word + form for form in pair.split("/")}


@given(st.text(min_size=1))
def test_a_stem_is_never_empty_and_the_word_comes_first(word: str) -> None:
    stems = strip_josa(word)
    assert stems[0] == word
    assert all(stems)


@given(st.text())
def test_keys_and_compose_take_anything(text: str) -> None:
    keys(text)
    compose(text)
    chosung(text)


def test_the_wrong_keyboard_mode_gives_the_same_keys() -> None:
    assert keys("김민준") == "rlaalswns"
    assert keys("ㅈㅁㄹㄷㄱ") == "wafer"
    assert compose("rlaalswns") == "김민준"
    assert compose("rk1 hk") == "가1 ㅘ"


def test_wide_letters_and_invisible_characters_are_folded() -> None:
    assert norm("Ａ１００") == "A100"
    assert norm("김\u200b민준\ufeff") == "김민준"
    assert norm("a\u00a0b\u3000c") == "a b c"
    assert norm("ﾡￂ") == "ㄱㅏ"


def test_lone_jamo_are_not_glued() -> None:
    assert norm("나ㄳ") == "나ㄳ"
    assert norm("ㄱㅏ") == "ㄱㅏ"
    assert norm("\u1100") == "ㄱ"
    assert norm("\u11a8") == "ㄱ"


def test_initial_consonants() -> None:
    assert chosung("김민준 v2") == "ㄱㅁㅈ v2"
    assert is_hangul("가")
    assert is_hangul("ㄱ")
    assert not is_hangul("a")


@pytest.mark.parametrize(
    ("word", "pair", "expected"),
    [
        ("김민준", "은/는", "김민준은"),
        ("민지", "은/는", "민지는"),
        ("서울", "으로/로", "서울로"),
        ("부산", "으로/로", "부산으로"),
        ("A100", "을/를", "A100을"),
        ("T4", "을/를", "T4를"),
        ("v2.1", "과/와", "v2.1과"),
        ("exp07", "으로/로", "exp07로"),
        ("wafer-defect-yolov8m", "은/는", "wafer-defect-yolov8m은"),
        ("production", "이/가", "production이"),
        ("staging", "은/는", "staging은"),
        ("intent-kobert", "은/는", "intent-kobert는"),
        ("GPU", "은/는", "GPU는"),
        ("OCR", "은/는", "OCR은"),
        ("error.log", "은/는", "error.log는"),
        ("95.2%", "이/가", "95.2%가"),
        ("**3건**", "이/가", "**3건**이"),
        ("이서연(NLP팀 소속)", "은/는", "이서연(NLP팀 소속)은"),
        ("recall", "을/를", "recall을"),
        ("🔥", "은/는", "🔥는"),
        ("", "은/는", "는"),
    ],
)
def test_the_particle_follows_the_sound(word: str, pair: str, expected: str) -> None:
    assert josa(word, pair) == expected


def test_particles_are_taken_off_one_by_one() -> None:
    assert strip_josa("이서연씨의") == ("이서연씨의", "이서연씨", "이서연")
    assert "프로젝트" in strip_josa("프로젝트에서는")
    assert strip_josa("가") == ("가",)
