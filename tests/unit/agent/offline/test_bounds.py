"""Any text is read without an error, in steps that its length bounds."""

import sys
from collections.abc import Callable
from datetime import date
from types import FrameType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agent.offline.words.lexicon import Lexicon
from agent.offline.words.mending.mend import mend
from agent.offline.words.normalise import LONGEST_QUESTION, clean
from benchmarks.slip_cost import read
from tests.unit.agent.offline.talk import Book

TODAY = date(2026, 11, 21)
relaxed = settings(deadline=None, max_examples=80, suppress_health_check=list(HealthCheck))
SCRIPTS = st.one_of(
    st.text("ㄱㄴㄷㅏㅑㅓㅣㅋㅠ가각힣모델 ", max_size=60),
    st.text("\u1100\u1161\u11a8\u1112\u1175 \ud800\udfff\U0001f525\u200d\ufe0f", max_size=60),
    st.text("אבגد عرب\u202e\u200f 123 v2.1", max_size=60),
    st.text(max_size=80),
    st.text(st.characters(codec=None, categories=["Cs", "Lo", "So", "Nd", "Zs"]), max_size=60),
)
LONG = (
    "모" * 10_000,
    "ㄱㅏ" * 5_000,
    "exp01-" * 1_700,
    "abcdefghij" * 1_000,
    "rlaalswns" * 1_100,
    "🔥" * 10_000,
    "\ud800" * 10_000,
    "-_./" * 2_500,
    "모델이 " * 3_000,
    "파이ㅡㅍ라인 " * 1_500,
    "<@U1> " * 2_000,
    "1" * 10_000,
)


@pytest.fixture(scope="module")
def lexicon(sample: Book) -> Lexicon:
    return Lexicon(sample.semantics, sample.values)


@relaxed
@given(SCRIPTS)
def test_any_text_is_read(lexicon: Lexicon, text: str) -> None:
    found = mend(clean(text), lexicon, TODAY)
    assert all(mention.surface for mention in found.mentions)


@relaxed
@given(st.sampled_from([question.thread[-1] for question in read()]), SCRIPTS, st.integers(0, 40))
def test_a_question_with_anything_in_it_is_read(lexicon: Lexicon, question: str, noise: str, place: int) -> None:
    mend(clean(question[:place] + noise + question[place:]), lexicon, TODAY)


@relaxed
@given(SCRIPTS)
def test_what_is_clean_stays_as_it_is(text: str) -> None:
    once = clean(text)
    assert len(once) <= LONGEST_QUESTION
    assert len(clean(once)) <= len(once)


def calls_made(run: Callable[[], object]) -> int:
    """How many Python functions were called: a measure of work that no machine's load changes."""
    count = 0

    def counted(frame: FrameType, event: str, arg: object) -> None:
        nonlocal count
        count += event == "call"

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        run()
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("text", LONG, ids=range(len(LONG)))
def test_a_long_text_costs_no_more_than_its_bound(lexicon: Lexicon, text: str) -> None:
    assert calls_made(lambda: mend(clean(text), lexicon, TODAY)) < 1_500_000


@pytest.mark.parametrize("piece", ["모델이 ", "abc ", "ㅁㄴ ", "rlaalswns ", "exp01-"])
def test_twice_the_text_costs_little_more_than_twice(lexicon: Lexicon, piece: str) -> None:
    size = LONGEST_QUESTION // len(piece) // 4
    one = calls_made(lambda: mend(clean(piece * size), lexicon, TODAY))
    two = calls_made(lambda: mend(clean(piece * size * 2), lexicon, TODAY))
    assert two <= 3 * one + 20_000
