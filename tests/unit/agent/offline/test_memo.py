"""What was worked out lately is not worked out again, and memory stays bounded."""

from datetime import date

from agent.offline.talk.frames import Frame, Shown
from agent.offline.talk.readings import readings
from agent.offline.words.lexicon import MOST_CUT, MOST_KEPT, MOST_LASTING, Lexicon
from agent.offline.words.memo import Memo
from agent.offline.words.mentions import cut
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


def test_rows_of_which_other_things_were_told_are_read_anew(sample: Book) -> None:
    lexicon, today = Lexicon(sample.semantics, sample.values), date(2026, 11, 21)
    told = [Frame(None, (Shown("pipelines", (("id", 15),), (("status", state),)),)) for state in ("failed", "running")]
    first, second = (readings("왜?", (frame,), lexicon, today) for frame in told)
    assert told[0] == told[1]
    assert first is not second
    assert readings("왜?", (told[0],), lexicon, today) is first


def test_a_text_is_cut_once_a_day(sample: Book) -> None:
    lexicon, today = Lexicon(sample.semantics, sample.values), date(2026, 11, 21)
    first = cut("오늘 시작한 파이프라인", lexicon, today)
    assert cut("오늘 시작한 파이프라인", lexicon, today) is first
    assert cut("오늘 시작한 파이프라인", lexicon, date(2026, 11, 22)) != first


def test_what_a_lexicon_keeps_is_bounded_however_much_is_asked(sample: Book) -> None:
    lexicon, today = Lexicon(sample.semantics, sample.values), date(2026, 11, 21)
    for number in range(MOST_CUT + 50):
        readings(f"파이프라{number} {number}번", (), lexicon, today)
    assert len(lexicon.cuts) == MOST_CUT
    assert len(lexicon.memo) <= MOST_KEPT
    assert 0 < len(lexicon.lasting) <= MOST_LASTING
