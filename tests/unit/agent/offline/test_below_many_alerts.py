"""What people ask below many alerts that one message told, answered by the rules."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from db.catalog.sample import SAMPLE_SEMANTICS
from tests.databases import LATELY, fill
from tests.unit.agent.offline.talk import Book, Talk, open_book

_FAILED = """
SELECT pipelines.id, pipelines.name, projects.name AS project, users.name AS owner, datasets.name AS dataset,
       pipelines.gpu_type AS gpu, pipelines.started_at, pipelines.finished_at
FROM pipelines JOIN datasets ON datasets.id = pipelines.dataset_id JOIN projects ON projects.id = datasets.project_id
JOIN users ON users.id = projects.user_id WHERE pipelines.status = 'failed' ORDER BY pipelines.id
"""
IDS = [9, 15, 16, 17, 19, 20, 21]


@pytest.fixture(scope="module")
def runs() -> Iterator[Book]:
    with closing(sqlite3.connect(":memory:")) as database:
        fill(database, *LATELY)
        yield open_book(database, SAMPLE_SEMANTICS)


@pytest.fixture
def talk(runs: Book) -> Talk:
    found = runs.database.execute(_FAILED)
    names = [column[0] for column in found.description]
    return Talk(runs, storm=[dict(zip(names, row, strict=True)) | {"kind": "failed"} for row in found])


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("몇 개야?", "총 **7개**입니다"),
        ("누구누구 거야?", "앞서 보여드린 7개 파이프라인의 사용자는 **5명**입니다"),
        ("who owns these?", "**5** users"),
        ("어떤 프로젝트들이야?", "프로젝트는 **5개**입니다"),
        ("에러 로그 경로 줘", "로그는 **6개**입니다"),
        (
            "체크포인트 남은 거 있어?",
            "체크포인트는 총 **1개**입니다: `/mnt/artifacts/yolov8-wafer-exp04/weights/epoch_12.pt`",
        ),
        ("모델 나온 거 있어?", "앞서 보여드린 7개 파이프라인의 모델은 현재 카탈로그에 존재하지 않습니다"),
        ("GPU별로 나눠줘", "**V100** 3개, **T4** 2개, **A100** 1개, **H100** 1개"),
        ("이 중에 A100 쓴 거", "**yolov8-wafer-exp04**"),
        ("왜 실패했어?", "**kobert-intent-exp08**: 45분 만에 실패"),
        ("why did they fail?", "**kobert-intent-exp08**: failed after 45 minutes"),
        ("다시 돌려줘", "아무것도 다시 실행하지 않습니다"),
    ],
)
def test_a_question_without_a_subject_is_about_all_of_them(talk: Talk, question: str, said: str) -> None:
    assert said in talk.ask(question).text


@pytest.mark.parametrize("question", ["지난번엔 성공했어?", "did it work last time?", "언제부터 실패했어?"])
def test_what_each_has_of_its_own_is_asked_back_by_name(talk: Talk, question: str) -> None:
    told = talk.ask(question)
    assert told.sql == ()
    assert len(told.choices) == 5
    assert any("paddleocr-invoice-nightly" in choice for choice in told.choices)


def test_the_one_that_is_named_is_meant_alone(talk: Talk) -> None:
    assert "3번 연달아 실패(failed)입니다" in talk.ask("paddleocr-invoice-nightly 언제부터 실패했어?").text
    assert talk.ask("lstm-log-exp01 왜 실패했어?").column("id") == [9]


def test_a_name_of_something_else_is_no_run_of_them(talk: Talk) -> None:
    assert "**77.2 GB**" in talk.ask("wafer-image-2024q2-aug 몇 GB야?").text


def test_all_are_meant_again_after_one_was_asked_for_in_groups(talk: Talk) -> None:
    talk.ask("GPU별로 나눠줘")
    assert "**1개**" in talk.ask("체크포인트 남은 거 있어?").text


def test_the_whole_catalogue_is_asked_for_by_a_word(talk: Talk) -> None:
    assert talk.ask("전체 파이프라인 몇 개야?").text.startswith("파이프라인은 총 **21개**입니다")
