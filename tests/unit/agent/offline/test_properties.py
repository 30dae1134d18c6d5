"""Whatever is typed: an answer, and only SELECTs."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.agent.offline.talk import Book, Talk
from tests.unit.agent.offline.test_questions import ONE_COLUMN

WORDS = sorted({word for question, _, _ in ONE_COLUMN for word in question.split()})
relaxed = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


@relaxed
@given(st.text(max_size=60))
def test_any_text_is_answered(sample: Book, text: str) -> None:
    assert Talk(sample).ask(text).text


@relaxed
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=7), st.lists(st.sampled_from(WORDS), max_size=5))
def test_any_words_in_any_order_are_answered(sample: Book, first: list[str], second: list[str]) -> None:
    talk = Talk(sample)
    for words in (first, second):
        told = talk.ask(" ".join(words))
        assert told.text
        assert all(sql.startswith("SELECT") for sql in told.sql)


@relaxed
@given(st.data())
def test_a_question_with_a_lost_or_doubled_character_is_answered(sample: Book, data: st.DataObject) -> None:
    question = data.draw(st.sampled_from([question for question, _, _ in ONE_COLUMN]))
    place = data.draw(st.integers(0, len(question) - 1))
    again = data.draw(st.integers(0, 2))
    assert Talk(sample).ask(question[:place] + question[place] * again + question[place + 1 :]).text
