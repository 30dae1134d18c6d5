"""What was worked out lately is not worked out again, and memory stays bounded."""

from datetime import date

from agent.offline.talk.readings import readings
from agent.offline.words.lexicon import Lexicon
from agent.offline.words.memo import Memo
from tests.unit.agent.offline.talk import Book


def test_a_result_is_made_once() -> None:
    memo, made = Memo(2), iter(range(9))
    assert [memo.once(key, lambda: next(made)) for key in ("a", "b", "a", "b")] == [0, 1, 0, 1]


def test_the_oldest_result_goes_when_there_are_too_many() -> None:
    memo, made = Memo(2), iter(range(9))
    assert [memo.once(key, lambda: next(made)) for key in ("a", "b", "c", "b", "a")] == [0, 1, 2, 1, 3]
    assert len(memo) == 2


def test_a_question_is_read_once_a_day_and_catalogue(sample: Book) -> None:
    lexicon, today = Lexicon(sample.semantics, sample.values), date(2026, 11, 21)
    first = readings("오늘 시작한 파이프라인", (), lexicon, today)
    assert readings("오늘 시작한 파이프라인", (), lexicon, today) is first
    assert readings("오늘 시작한 파이프라인", (), lexicon, date(2026, 11, 22)) != first
    assert readings("오늘 시작한 파이프라인", (), Lexicon(sample.semantics, sample.values), today) == first
