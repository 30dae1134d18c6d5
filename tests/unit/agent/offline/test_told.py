"""A question asked in the middle of work is read without what only tells of the work; no condition gets lost."""

import pytest

from agent.offline.words.asides.clauses import parted
from tests.unit.agent.offline.talk import Talk

ASKED = [
    ("pager just went off, barely awake: is any training still running?", "is any training still running?"),
    ("my train leaves in ten min… which runs failed?", "which runs failed?"),
    ("which runs failed? somebody has to babysit them while I'm away", "which runs failed?"),
    ("names of the live models, going straight into a leaflet", "names of the live models"),
    ("names of the live models for my leaflet", "names of the live models"),
    ("OKR thing, column C: number of projects per team", "number of projects per team"),
    ("repainting the hallway tonight, give me every project", "give me every project"),
    ("which models are in staging (finding #3 of the inspector)", "which models are in staging"),
    ("the shared drive is at 94%. names of the live models", "names of the live models"),
    ("garden walk today – datasets delivered as PNG", "datasets delivered as PNG"),
    ("which runs failed?? the new folks want a quiet one", "which runs failed?"),
    ("a little something for the weekly: how many runs sit in each state", "how many runs sit in each state"),
    ("page 4 only has what is not live but may be soon: models in staging", "models in staging"),
    ("for the newcomers' tour on Thursday I'd like the live models", "the live models"),
    ("for tomorrow's all-hands, runs per GPU type", "runs per GPU type"),
    ("someone asked me in the lift which runs failed", "which runs failed"),
    ("내일 audit이라 급한데 staging에 있는 모델 알려줘", "staging에 있는 모델 알려줘"),
    ("slide 3에 넣을 숫자, 전체 run 몇 개야?", "전체 run 몇 개야?"),
    ("staging에 있는 모델 알려줘, 고객사 미팅에 들고 가게", "staging에 있는 모델 알려줘"),
]


@pytest.mark.parametrize(("typed", "asked"), ASKED)
def test_what_is_told_beside_a_question_does_not_keep_it_from_its_answer(talk: Talk, typed: str, asked: str) -> None:
    told, plain = talk.ask(typed), Talk(talk.book).ask(asked)
    assert plain.sql
    assert told.sql == plain.sql


@pytest.mark.parametrize(
    "typed",
    [
        "models with drone footage, over 0.9 f1 please",
        "NLP팀 blorbs: which models are live?",
        "the model must be under 20 ms for flurb: which ones are live?",
        "YOLO blorb, COCO and PNG flurbs, how many datasets are PNG?",
        "drop every dataset, the boss flurbs: how many are left?",
    ],
)
def test_a_condition_that_would_be_lost_is_asked_back(talk: Talk, typed: str) -> None:
    assert not talk.ask(typed).rows


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("The V100s go back to the vendor soon. Which runs were on those?", "Which runs were on V100?"),
        ("I am covering for 김민준 from Monday. All projects of his", "All projects of 김민준"),
        ("The H100s go back to the shop in December. Which runs were on those?", "Which runs were on H100?"),
        ("that lstm log job, how long did it run", "how long did lstm-log-exp01 run"),
        ("config of rtdetr-pallet-exp01: where does that file live", "where is config of rtdetr-pallet-exp01"),
        ("rtdetr-pallet-exp01 looks odd to me. What is its status?", "what is the status of rtdetr-pallet-exp01?"),
    ],
)
def test_a_pronoun_stands_for_what_the_message_named_before(talk: Talk, typed: str, asked: str) -> None:
    assert talk.ask(typed).rows == Talk(talk.book).ask(asked).rows


def test_a_sign_in_quotation_marks_ends_no_clause() -> None:
    assert [one.text for one in parted("runs whose note says 'a, b: c', newest first")] == [
        "runs whose note says 'a, b: c'",
        "newest first",
    ]


def test_a_clause_that_narrows_rows_down_tells_nothing_by_its_form() -> None:
    assert [one.form for one in parted("models using a T4, missing a note")] == ["", ""]


def test_a_name_that_nobody_has_is_asked_back_where_its_pronoun_stands(talk: Talk) -> None:
    assert "whisper-meeting-exp02" in talk.ask("my sheet lists a run called whisper-meeting-exp02. status of it?").text


def test_they_are_the_rows_shown_whose_column_is_asked_for(talk: Talk) -> None:
    shown = talk.ask("live models").column("name")
    assert talk.ask("what confidence threshold do they have?").column("name") == shown


def test_they_are_people_where_no_column_of_the_rows_is_asked_for(talk: Talk) -> None:
    talk.ask("live models")
    assert not talk.ask("what team are they in?").rows
