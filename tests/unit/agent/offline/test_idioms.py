"""English as it is typed: put plainly, sorted by name, names with a slipped key."""

import pytest

from agent.offline.words.idioms.plain import FOLDER, ORDER, plain
from agent.offline.words.kept import kept
from tests.unit.agent.offline.talk import Talk

PLAIN = [
    ("when'd it wrap up?", "when did it finished?"),
    ("break down pipelines by status", "number of pipelines per status"),
    ("models with f1 of 0.9 or better", "models with f1 at least 0.9"),
    ("runs from June '24", "runs from June 2024"),
    ("who doesn't own any project?", "who has no project?"),
    ("datasets nobody has ever trained on", "datasets never trained on"),
    ("projects with 'side by side' in the name", "projects with 'side by side' in the name"),
    ("모델 몇 개야", "모델 몇 개야"),
]


@pytest.mark.parametrize(("typed", "meant"), PLAIN)
def test_idioms_are_put_plainly_outside_quotation_marks(typed: str, meant: str) -> None:
    assert plain(typed) == meant


def test_each_group_of_idioms_is_applied_once() -> None:
    applied = [group for stage in kept(ORDER).values() for group in stage]
    files = (file for file in FOLDER.glob("*.yml") if file != ORDER)
    assert sorted(applied) == sorted(f"{file.stem}.{group}" for file in files for group in kept(file))


@pytest.mark.parametrize("question", ["models sorted by f1", "모델 f1 기준으로 정렬해줘"])
def test_a_named_measure_sorts_its_best_first(talk: Talk, question: str) -> None:
    scores = talk.ask(question).column("f1_score")
    assert scores == sorted(scores, key=float, reverse=True)  # type: ignore[arg-type] # a column of numbers


def test_the_first_so_many_by_a_length_of_time_are_the_longest(talk: Talk) -> None:
    assert talk.ask("training duration top 3").column("name")[0] == "paddleocr-invoice-exp04"


def test_a_slip_in_a_hyphenated_name_is_undone_and_said(talk: Talk) -> None:
    told = talk.ask("who owns sovler-joint-inspection")
    assert told.column("name") == ["김민준"]
    assert "sovler-joint-inspection" in told.text


def test_what_nobody_has_is_asked_back_with_no_guess(talk: Talk) -> None:
    assert "slack" in talk.ask("what's 박도현's slack handle").text


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("which model raises the most false alarms?", ["wafer-defect-yolov8m"]),
        ("what's the least accurate production model?", ["intent-kobert"]),
        ("who's the owner of the fastest model we have in prod?", ["surface-yolov5l"]),
    ],
)
def test_a_need_is_turned_by_least_and_picks_out_one(talk: Talk, question: str, names: list[str]) -> None:
    assert talk.ask(question).column("name") == names


def test_months_from_and_to_are_both_whole(talk: Talk) -> None:
    assert len(talk.ask("models registered between May and July 2024").column("name")) == 4
    assert len(talk.ask("runs from June 2024 onwards").column("name")) == 10
    assert len(talk.ask("runs from June 2024").column("name")) == 3


@pytest.mark.parametrize("question", ["what's wafer-defect-yolov8m's deploy note?", "what's the owner's role?"])
def test_an_apostrophe_is_no_quotation_mark(talk: Talk, question: str) -> None:
    told = talk.ask(question)
    assert told.sql
    assert "LIKE" not in " ".join(told.sql)
