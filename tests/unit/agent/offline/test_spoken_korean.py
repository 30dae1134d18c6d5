"""Korean as it is typed in a hurry: initials, both ends of a ranking, bounds in other words."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from db.catalog.sample import SAMPLE_SEMANTICS, build_sample
from tests.unit.agent.offline.talk import Book, Talk, open_book


def _names(book: Book, *thread: str) -> list[str]:
    talk = Talk(book)
    told = [talk.ask(text) for text in thread][-1]
    return sorted(str(row[1]) for table in told.tables for row in table.rows if len(row) > 1)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("ㄱㅁㅈ 프로젝트 뭐 있어", "김민준"),
        ("ㅇㅅㅇ님 무슨 팀이야", "이서연"),
        ("ㅂㅈㅌ 프로젝트 ㄱㄱ", "비전팀"),
        ("ㅊㄴㅍ 데이터셋", "CSV"),
    ],
)
def test_initials_find_the_only_name_that_has_them(sample: Book, typed: str, name: str) -> None:
    answer = Talk(sample).ask(typed)
    assert f"'{name}'" in answer.sql[-1]
    assert typed.split(" ")[0].removesuffix("님") in answer.text


@pytest.mark.parametrize("typed", ["ㅁㅈ 프로젝트 보여줘", "ㄱㄱㄷ 프로젝트", "ㅈㅍㅋ 모델"])
def test_initials_of_no_name_are_asked_back_and_read_as_no_other_word(sample: Book, typed: str) -> None:
    answer = Talk(sample).ask(typed)
    assert not any(table.rows for table in answer.tables)
    assert f"'{typed.split(' ')[0]}'이" in answer.text


def test_initials_that_two_share_are_asked_back_with_both_names(tmp_path: Path) -> None:
    build_sample(tmp_path / "catalog.db")
    with closing(sqlite3.connect(tmp_path / "catalog.db")) as database:
        database.execute("INSERT INTO users VALUES (99, '강미주', 'mj@example.com', '비전팀', 'ML Engineer')")
        answer = Talk(open_book(database, SAMPLE_SEMANTICS)).ask("ㄱㅁㅈ 프로젝트")
    assert not answer.tables
    assert answer.choices == ["김민준 프로젝트", "강미주 프로젝트"]


def test_cheering_on_in_consonants_is_no_name(sample: Book) -> None:
    assert len(_names(sample, "프로젝트 목록 ㄱㄱㄱ")) == 10
    assert "12,840" in Talk(sample).ask("wafer-image-2024q1 샘플수 몇 개인지ㄱㄱ").text


@pytest.mark.parametrize(
    "asked",
    [
        "샘플 수 제일 많은 데이터랑 제일 적은 데이터",
        "샘플 수가 가장 많은 데이터셋이랑 적은 거",
        "샘플수제일많은데이터랑제일적은데이터",
    ],
)
def test_the_other_end_of_a_ranking_is_ranked_by_the_same_measure(sample: Book, asked: str) -> None:
    assert sorted(set(_names(sample, asked))) == ["meeting-audio-ko", "syslog-2024h1"]


def test_a_second_ranking_of_other_rows_keeps_to_itself(sample: Book) -> None:
    text = Talk(sample).ask("샘플 수가 가장 많은 데이터셋이랑 가장 가벼운 모델").text
    assert "demand-patchtst" in text or "document-paddle-ocr" in text


@pytest.mark.parametrize(
    ("asked", "sql"),
    [
        ("파라미터 50M 밑인데 아직 개발 단계인 모델", 'parameters_m" < 50'),
        ("f1이 0.9를 웃도는 모델", 'f1_score" > 0.9'),
        ("용량 10기가 채 안 되는 데이터셋", 'size_gb" < 10'),
        ("용량 10기가 안 넘는 데이터셋", 'size_gb" <= 10'),
    ],
)
def test_a_bound_is_read_however_it_is_said(sample: Book, asked: str, sql: str) -> None:
    assert sql.replace('"', "") in Talk(sample).ask(asked).sql[-1].replace('"', "")


def test_not_done_is_said_of_what_stands_behind_it(sample: Book) -> None:
    assert _names(sample, "T4 썼는데 완료 못 한 파이프라인") == ["lstm-log-exp01", "nbeats-demand-exp01"]
    assert _names(sample, "아직 평가 안 된 모델") == ["pallet-rtdetr-l"]


@pytest.mark.parametrize(
    ("thread", "names"),
    [
        (("가장 큰 데이터셋이 뭐지", "아니 제일 작은 거 물어본 건데"), ["churn-2022"]),
        (
            ("팀장님 보고용입니다. 현재 스테이징에 있는 모델 명단 부탁드립니다",),
            ["intent-koelectra", "solder-convnext-t"],
        ),
        (("wafer-defect-yolov8m v2.0 f1 얼마야", "아 v2.0 아니거 v2.1"), ["wafer-defect-yolov8m"]),
    ],
)
def test_what_only_leads_up_to_a_question_narrows_nothing_down(
    sample: Book, thread: tuple[str, ...], names: list[object]
) -> None:
    assert _names(sample, *thread) == names


@pytest.mark.parametrize("asked", ["intent-kobert는 mAP50이 왜 비어 있어?", "demand-patchtst는 f1이 왜 없어?"])
def test_why_a_value_is_missing_is_told(sample: Book, asked: str) -> None:
    text = Talk(sample).ask(asked).text
    assert "값이 없습니다(NULL)" in text
    assert not text.startswith("네")


def test_why_rows_lack_a_value_is_told_of_those_rows(sample: Book) -> None:
    answer = Talk(sample).ask("f1 없는 모델은 왜 없는 거야")
    assert "demand-patchtst" in answer.text


@pytest.mark.parametrize(
    ("thread", "sql"),
    [
        (("V100으로 열두 시간 넘게 돌린 게 몇 번이지",), "> 12"),
        (("map50 0.9 이상 0.95 미만 모델",), "map50 < 0.95"),
        (("f1 0.9 이상 모델", "아니 0.92로"), "f1_score >= 0.92"),
        (("f1 0.5 이상이고 2024년에 등록된 모델", "2025"), "2025-01-01"),
    ],
)
def test_numbers_are_taken_as_they_are_said(sample: Book, thread: tuple[str, ...], sql: str) -> None:
    talk = Talk(sample)
    told = [talk.ask(text) for text in thread][-1]
    assert any(sql in one.replace('"', "") for one in told.sql)


def test_a_category_none_of_whose_rows_is_in_a_state(sample: Book) -> None:
    rows = Talk(sample).ask("취소된 학습이 하나도 없는 gpu 종류").tables[-1].rows
    assert {row[0] for row in rows} - {None} == {"A100", "H100", "V100"}


def test_rows_without_a_word_that_nobody_knows_are_asked_back(sample: Book) -> None:
    assert not any(table.rows for table in Talk(sample).ask("꾸러기 없는 모델").tables)


def test_a_state_to_be_set_is_a_request_to_write(sample: Book) -> None:
    assert not Talk(sample).ask("surface-yolov5l 아카이브로 내려줘").sql
