"""The plan of an answer in the making: a card a step, errors and their repair to be seen."""

from functools import reduce

import pytest

from agent.messages import say
from agent.progress import Calling, Outcome, Progress
from bot.live.plan import CARDS, Plan
from db.catalog.meaning import Language

QUERY = "SELECT count(*) FROM pipelines"
THINKS, READS = Progress("thinking", 1), Progress("thinking", 2)


def call(step: int, subject: str = QUERY, tool: str = "execute_sql", place: int = 0) -> Progress:
    return Progress("tool", step, tool, calling=Calling(place, subject))


def ends(step: int, outcome: Outcome, tool: str = "execute_sql", place: int = 0) -> Progress:
    return Progress("tool", step, tool, calling=Calling(place, QUERY, outcome))


def writes(text: str, step: int = 2) -> Progress:
    return Progress("writing", step, text=text)


def after(*progress: Progress, language: Language = "ko") -> Plan:
    return reduce(Plan.after, progress, Plan(language))


def seen(plan: Plan) -> list[tuple[str, str, str]]:
    return [(card.title(plan.language), card.status, card.output) for card in plan.cards]


def test_a_question_is_read_queried_and_written_of() -> None:
    plan = after(THINKS, call(1), ends(1, Outcome(True, 3)), READS, writes("세 건"))
    assert seen(plan) == [
        ("질문 이해", "complete", ""),
        ("SQL 실행", "complete", "3행"),
        ("답변 작성", "in_progress", ""),
    ]
    assert plan.cards[1].details == QUERY
    assert plan.all_text == "세 건"
    assert {card.status for card in plan.done().cards} == {"complete"}


def test_each_step_is_under_way_until_the_next_begins() -> None:
    assert [card[1] for card in seen(after(THINKS))] == ["in_progress"]
    assert [card[1] for card in seen(after(THINKS, call(1)))] == ["complete", "in_progress"]
    assert seen(after(THINKS, call(1), ends(1, Outcome(True, 3)), READS))[-1] == ("결과 확인", "in_progress", "")


def test_an_error_and_its_repair_are_both_to_be_seen() -> None:
    failed = Outcome(False, problem="no such column: x")
    wrong = (THINKS, call(1), ends(1, failed))
    assert seen(after(*wrong))[-1] == ("SQL 실행", "error", "오류: no such column: x")
    mending = after(*wrong, READS, call(2))
    assert seen(mending)[-1] == ("SQL 실행 · 고친 SQL", "in_progress", "")
    mended = after(*wrong, READS, call(2), ends(2, Outcome(True, 1)))
    assert [card for card in seen(mended) if card[0].startswith("SQL")] == [
        ("SQL 실행 · 오류를 고쳐 다시 실행함", "error", "오류: no such column: x"),
        ("SQL 실행 · 고친 SQL", "complete", "1행"),
    ]


def test_an_error_is_not_repaired_by_another_tool() -> None:
    wrong = (THINKS, call(1), ends(1, Outcome(False, problem="p")))
    plan = after(*wrong, READS, call(2, "churn", "find_values"), ends(2, Outcome(True), "find_values"))
    assert [card[0] for card in seen(plan)] == ["질문 이해", "SQL 실행", "결과 확인", "이름 찾기"]
    assert plan.cards[-1].output == ""


def test_calls_side_by_side_have_a_card_each() -> None:
    plan = after(THINKS, call(1), call(1, "b", "describe_tables", 1), ends(1, Outcome(True, 2)))
    assert [card[1] for card in seen(plan)] == ["complete", "complete", "in_progress"]


def test_a_text_before_a_call_is_kept_apart_from_the_answers() -> None:
    plan = after(THINKS, writes("찾아볼게요.", 1), call(1), ends(1, Outcome(True, 2)), READS, writes("두 건"))
    assert plan.all_text == "찾아볼게요.\n\n두 건"
    assert plan.text == "두 건"
    assert [card[0] for card in seen(plan)] == ["질문 이해", "결과 확인", "SQL 실행", "답변 작성"]


def test_an_engine_that_takes_over_begins_anew() -> None:
    plan = after(THINKS, call(1), THINKS, call(1), ends(1, Outcome(True, 1)), READS, writes("한 건"))
    assert seen(plan) == [
        ("질문 이해", "complete", ""),
        ("SQL 실행", "error", "언어 모델이 답하지 못했습니다."),
        ("규칙 기반 엔진으로 다시 찾기", "complete", ""),
        ("SQL 실행", "complete", "1행"),
        ("답변 작성", "in_progress", ""),
    ]
    assert len({card.id for card in plan.cards}) == 5


def test_an_answer_written_at_once_has_its_card() -> None:
    assert [card[0] for card in seen(after(THINKS, writes("네", 1), writes("네.", 1)))] == ["질문 이해", "답변 작성"]
    assert after(writes("네")).cards == (), "nothing is made up of what was not told"


def test_a_tool_that_has_no_words_is_named_as_one() -> None:
    assert seen(after(THINKS, call(1, "x", "dropped_in"), language="en"))[-1][0] == "Use a tool"


def test_signs_that_say_nothing_new_change_nothing() -> None:
    plan = after(THINKS)
    assert plan.after(Progress("tool", 1, "execute_sql")) is plan
    assert plan.after(ends(1, Outcome(True, 1), place=7)) is plan


@pytest.mark.parametrize(("rows", "words"), [(1, "1 row"), (2, "2 rows"), (1_234, "1,234 rows")])
def test_rows_are_counted_in_the_askers_language(rows: int, words: str) -> None:
    plan = after(THINKS, call(1), ends(1, Outcome(True, rows)), language="en")
    assert plan.cards[-1].output == words
    more = after(THINKS, call(1), ends(1, Outcome(True, rows, truncated=True)))
    assert more.cards[-1].output == say("live-rows-more", "ko", rows=rows)


def test_a_plan_has_no_more_cards_than_slack_takes() -> None:
    plan = after(THINKS, *(call(1, place=place) for place in range(90)))
    assert len(plan.cards) == CARDS
