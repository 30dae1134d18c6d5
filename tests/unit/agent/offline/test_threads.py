"""Long threads stay right to their end: scripted ones, and any order of a pool of turns."""

import sqlite3
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agent.memory import Focus, Memory, MemoryBounds, RememberedTurn, remember
from agent.offer import Choice, Offer, chosen, dump_offer, load_offer, offered
from db.catalog.table import Table
from tests.unit.agent.offline.talk import Book, Talk, Told, open_book

THREADS = Path(__file__).parent / "threads"
HOSPITAL = Path(__file__).parents[3] / "evals" / "hospital"


@pytest.fixture(scope="module")
def hospital() -> Book:
    database = sqlite3.connect(":memory:", check_same_thread=False)
    database.executescript((HOSPITAL / "hospital.sql").read_text(encoding="utf-8"))
    return open_book(database, HOSPITAL / "catalog.yml")


def script(name: str) -> list[dict[str, Any]]:
    turns: list[dict[str, Any]] = yaml.safe_load((THREADS / f"{name}.yml").read_text(encoding="utf-8"))
    return turns


def problem(turn: dict[str, Any], told: Told, book: Book) -> str | None:
    """What is wrong with an answer, by the script and the database."""
    if turn.get("says", "") not in told.text:
        return f"{turn['says']!r} is not said: {told.text}"
    if "asked" in turn:
        labels = [choice.label for choice in told.offer.choices] if told.offer and told.choices else []
        is_asked = not told.sql and labels and set(turn["asked"]) <= set(labels)
        return None if is_asked else f"not asked back, but {told.sql}; choices {labels}"
    if turn["sql"] is None:
        return None if not told.sql else f"looked up {told.sql}"
    expected = sorted(str(row[0]) for row in book.database.execute(turn["sql"]))
    found = sorted(map(str, told.column(turn["column"]))) if told.tables else None
    return None if found == expected else f"{found} instead of {expected}: {told.text}"


@pytest.mark.parametrize(("name", "least"), [("mlops", 30), ("mixed", 30), ("hospital", 15)])
def test_a_long_thread_stays_right_to_its_end(request: pytest.FixtureRequest, name: str, least: int) -> None:
    book: Book = request.getfixturevalue("hospital" if name == "hospital" else "sample")
    talk, turns = Talk(book), script(name)
    problems = {turn["q"]: problem(turn, talk.ask(turn["q"]), book) for turn in turns}
    assert len(turns) >= least
    assert {question: one for question, one in problems.items() if one} == {}


def test_a_long_thread_stays_right_when_only_its_last_turns_fit_the_prompt(sample: Book) -> None:
    """Frames of turns that no prompt has room for still count."""
    talk = Talk(sample)
    talk.ask("intent-kobert v3.0 성능")
    for _ in range(12):
        talk.ask("프로젝트 몇 개야?")
    memory = remember(talk.turns, MemoryBounds(tokens=300))
    assert len(memory.older) + len(memory.turns) == 13
    assert memory.older
    talk.memory = memory
    assert talk.ask("아까 그 모델 재현율은?").column("recall") == [0.873]


POOL = [turn["q"] for turn in script("mlops")]
MEANS_NOTHING_ALONE = (
    "그분 이메일은?",
    "its recall",
    "해당 파이프라인 GPU는?",
    "who made that model?",
    "방금 그 사람 프로젝트는?",
    "두 번째 거 담당자는?",
    "the second one",
    "the last one's datasets",
    "둘 비교해줘",
    "아까 그 모델 재현율은?",
    "그건 누가 돌렸어?",
)
relaxed = settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])


@relaxed
@given(st.lists(st.sampled_from(POOL), min_size=1, max_size=8))
def test_any_order_of_turns_is_answered_and_what_has_no_antecedent_asked_back(sample: Book, order: list[str]) -> None:
    talk = Talk(sample)
    for place, question in enumerate(order):
        told = talk.ask(question)
        assert told.text
        assert all(sql.startswith("SELECT") for sql in told.sql)
        if place == 0 and question in MEANS_NOTHING_ALONE:
            assert told.sql == ()


@relaxed
@given(st.lists(st.sampled_from(POOL), max_size=6), st.sampled_from(["열일곱 번째 거 담당자는?", "the 17th one"]))
def test_a_place_beyond_what_was_shown_is_never_answered_with_other_rows(
    sample: Book, order: list[str], last: str
) -> None:
    """After "which took longest?" the 17th one is the 17th of that ranking; else it is nobody."""
    talk = Talk(sample)
    for question in order:
        talk.ask(question)
    told = talk.ask(last)
    ranked = [table for sql, table in zip(told.sql, told.tables, strict=True) if "DENSE_RANK" in sql]
    assert not told.sql or (ranked and not any(table.rows for table in ranked))


# --- what was asked back is answered


def test_what_is_asked_back_is_answered_by_number_name_or_place(sample: Book) -> None:
    for reply in ("2", "2번이요", "solder-convnext-t", "두 번째 거", "the second one", "Solder-ConvNeXt-T요"):
        talk = Talk(sample)
        asked = talk.ask("그 모델 스테이지는?")
        assert asked.choices[1] == "solder-convnext-t 스테이지는?"
        assert talk.ask(reply).column("stage") == ["staging"], reply


def test_a_reply_that_names_no_choice_is_a_question_of_its_own(sample: Book) -> None:
    talk = Talk(sample)
    talk.ask("그 모델 스테이지는?")
    assert talk.ask("intent-kobert 재현율").column("recall") == [0.873]


def test_a_word_that_means_nothing_may_be_left_out_by_choice(sample: Book) -> None:
    talk = Talk(sample)
    [question] = talk.ask("김민준 쿠버네티스 프로젝트").choices
    assert question == "김민준 님의 프로젝트 보여줘"
    assert talk.ask("1").column("id") == [2, 1]


def test_a_possessive_pronoun_is_replaced_by_a_possessive(sample: Book) -> None:
    questions = Talk(sample).ask("What is its stage?").choices
    assert questions[0] == "What is wafer-defect-yolov8m's stage?"


@pytest.mark.parametrize("text", ["4", "0", "모르겠어", "", "네 번째"])
def test_what_is_no_choice_chooses_none(text: str) -> None:
    offer = Offer("asked_back", (Choice("가", "가?"), Choice("나", "나?"), Choice("다", "다?")))
    assert chosen(text, offer) is None
    assert chosen("마지막 거", offer) == Choice("다", "다?")


def test_questions_that_lead_on_are_not_chosen_by_what_is_typed() -> None:
    assert chosen("1", Offer("next", (Choice("가", "가?"),))) is None
    assert chosen("1", None) is None


def test_an_offer_comes_back_as_it_was_kept() -> None:
    offer = Offer("next", (Choice("가", "가?"),))
    assert load_offer(dump_offer(offer)) == offer
    assert offered("next", ()) is None


STRANGE = [None, 3, {}, {"kind": "x"}, {"kind": "next"}, {"kind": "next", "choices": [3, ["a"]]}]


@pytest.mark.parametrize("data", STRANGE)
def test_an_offer_of_another_make_is_none(data: object) -> None:
    assert load_offer(data) is None


# --- from one engine to the other


def model_turn(question: str, *focus: tuple[str, str], sql: str = "SELECT 1") -> RememberedTurn:
    """A turn that the model's agent answered: no frame, but the rows that it spoke of."""
    rows = tuple(Focus("models", (("name", name), ("version", version))) for name, version in focus)
    return RememberedTurn(question, "…", (sql,), Table(("name",), tuple((name,) for name, _ in focus)), rows)


def test_rows_that_another_engine_named_are_told_apart_by_their_whole_names(sample: Book) -> None:
    talk = Talk(sample)
    talk.turns.append(model_turn("좋은 거?", ("wafer-defect-yolov8m", "v2.1"), ("document-paddle-ocr", "v2.0")))
    assert sorted(map(str, talk.ask("그중에서 재현율은?").column("id"))) == ["2", "7"]
    assert talk.ask("두 번째 거 스테이지는?").column("id") == [7]


def test_a_question_that_another_engine_answered_can_be_changed(sample: Book) -> None:
    talk = Talk(sample)
    talk.turns.append(RememberedTurn("A100 파이프라인 몇 개야?", "3개입니다.", ("SELECT COUNT(*) FROM pipelines",)))
    assert "**3개**" in talk.ask("V100은?").text
    talk.turns.append(model_turn("뭐가 제일 좋아?", ("intent-kobert", "v3.0")))
    assert talk.ask("재현율은?").column("recall") == [0.873]


def test_a_question_that_nobody_answered_still_says_who_is_meant(sample: Book) -> None:
    talk = Talk(sample)
    talk.ask("이서연 프로젝트 보여줘")
    talk.turns.append(RememberedTurn("최유진 프로젝트 보여줘", "(no answer: model_unavailable)"))
    assert talk.ask("그 사람 이메일은?").column("email") == ["yujin.choi@example.com"]


def test_an_alert_is_what_its_thread_is_about(sample: Book) -> None:
    focus = (Focus("pipelines", (("name", "lstm-log-exp01"),)), Focus("users", (("name", "정하은"),)))
    alert = RememberedTurn("(an alert, nobody asked)", "name lstm-log-exp01", focus=focus)
    for question, column, value in (
        ("담당자 이메일 알려줘", "email", "haeun.jung@example.com"),
        ("왜 실패했어?", "name", "lstm-log-exp01"),
        ("그분 팀은?", "team", "예측팀"),
        ("GPU는?", "gpu_type", "T4"),
    ):
        assert Talk(sample, turns=[alert]).ask(question).column(column) == [value], question


def test_memory_without_frames_or_focus_is_no_hindrance(sample: Book) -> None:
    talk = Talk(sample, turns=[RememberedTurn("?", "!"), RememberedTurn("안녕", "안녕하세요")])
    assert talk.ask("프로젝트 몇 개야?").tables[0].rows == ((10,),)
    assert Memory().older == ()
