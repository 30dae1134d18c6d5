"""Slipped keys in short English words: undone where the sentence tells which word was meant, else left to be asked."""

from datetime import date

import pytest

from agent.offline.words.lexicon import Lexicon
from agent.offline.words.mending.mend import mend
from agent.offline.words.mending.spelling import function_words, ranks
from agent.offline.words.normalise import clean
from tests.unit.agent.offline.talk import Book

TODAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def lexicon(sample: Book) -> Lexicon:
    return Lexicon(sample.semantics, sample.values)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("number of odels per stage", "number of models per stage"),
        ("qho trained document-paddle-ocr?", "who trained document-paddle-ocr?"),
        ("top 3 models byy f1", "top 3 models by f1"),
        ("besst F1 model", "best F1 model"),
        ("compare A100 and H100 rhns by average duration", "compare A100 and H100 runs by average duration"),
        ("what file formats do our datasets cmoe in?", "what file formats do our datasets come in?"),
        ("datasets over 50 GB witth their format", "datasets over 50 GB with their format"),
        ("whst file formats do our datasets come in?", "what file formats do our datasets come in?"),
        ("failed runs bt framework", "failed runs by framework"),
    ],
)
def test_a_slip_in_a_short_english_word_is_undone_and_said(lexicon: Lexicon, typed: str, meant: str) -> None:
    mended = mend(clean(typed), lexicon, TODAY)

    assert mended.text == meant
    assert mended.corrections


@pytest.mark.parametrize(
    "typed",
    [
        "slack models",  # a word of its own, and no slip of lack
        "show me the mse of every model",  # a word of the trade
        "ot the wafer ones",  # not, to, of and out say different things
        "models with 'whl' in the note",  # quoted
        "the RAN models",  # an acronym
        "the rtdetr-plalet-exp01 x/bby",  # pieces of names and paths
    ],
)
def test_what_may_be_meant_as_it_stands_is_left(lexicon: Lexicon, typed: str) -> None:
    words = {word.lower() for one in mend(clean(typed), lexicon, TODAY).corrections for word in (one.typed,)}

    assert not words & {"slack", "mse", "ot", "whl", "ran", "bby"}


def test_no_word_of_the_list_is_taken_for_another(lexicon: Lexicon) -> None:
    for word in ("tale", "slack", "strange", "paste", "reused"):
        taken = mend(clean(f"{word} models"), lexicon, TODAY).corrections
        assert word not in ranks() or not any(one.typed == word for one in taken)


def test_the_commonest_words_are_function_words() -> None:
    assert {word for word, place in ranks().items() if place <= 12} <= function_words()
