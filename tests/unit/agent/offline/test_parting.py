"""Two English words that were typed as one are parted; a word of its own, or a piece of a name, is left."""

from datetime import date

import pytest

from agent.offline.words.lexicon import Lexicon
from agent.offline.words.mending.parting import parted
from agent.offline.words.mending.spelling import function_words, ranks
from tests.unit.agent.offline.talk import Book

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("text", "typed", "two"),
    [
        ("number of models byteam", "byteam", "by team"),
        ("showme the failed runs", "showme", "show me"),
        ("slack models", "slack", None),
        ("models for deck", "deck", None),
        ("runs with zzqqyx", "zzqqyx", None),
    ],
)
def test_words_are_parted_where_both_are_known(sample: Book, text: str, typed: str, two: str | None) -> None:
    lexicon = Lexicon(sample.semantics, sample.values)
    assert parted(text, typed, lexicon, TODAY, function_words(), ranks()) == two
