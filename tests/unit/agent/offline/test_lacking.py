"""So many rows below, exactly; and what rows lack: columns together, rows of another table."""

import pytest

from tests.unit.agent.offline.talk import Talk

COUNTED = [
    ("프로젝트가 딱 하나뿐인 사람", {"최유진", "정하은", "강지호", "윤채원"}),
    ("프로젝트가 하나밖에 없는 사람", {"최유진", "정하은", "강지호", "윤채원"}),
    ("people with just one project", {"최유진", "정하은", "강지호", "윤채원"}),
    ("데이터셋이 정확히 두 개 달린 프로젝트", {"callcenter-intent", "defect-detection-v2"}),
    ("projects with exactly two datasets", {"callcenter-intent", "defect-detection-v2"}),
    ("체크포인트 두 개짜리 파이프라인", {"yolov8-wafer-exp02"}),
    ("두 번 이상 학습에 쓰인 데이터셋", {"pallet-cam-raw", "store-sales-daily", "wafer-image-2024q2-aug"}),
]


@pytest.mark.parametrize(("question", "names"), COUNTED)
def test_so_many_rows_below_are_counted(talk: Talk, question: str, names: set[str]) -> None:
    assert set(talk.ask(question).column("name")) == names


def test_the_values_of_a_category_are_counted_by_too(talk: Talk) -> None:
    told = talk.ask("파이프라인 3개 이상인 팀")
    assert told.column("team") == ["비전팀", "NLP팀", "예측팀"]
    assert "팀은 **3개**입니다" in told.text
    assert "team has more than 5 pipelines" in talk.ask("teams with more than 5 pipelines").text


def test_a_number_of_what_is_asked_for_is_how_many_to_show(talk: Talk) -> None:
    assert len(talk.ask("프로젝트 두 개 보여줘").rows) == 2


def test_columns_are_lacked_together(talk: Talk) -> None:
    assert talk.ask("f1도 map도 없는 모델").column("name") == ["demand-patchtst"]


def test_rows_of_another_table_are_lacked_though_the_verb_is_a_date_here(talk: Talk) -> None:
    assert talk.ask("데이터는 있는데 학습은 안 돌린 프로젝트").column("name") == ["voice-summary"]
    assert talk.ask("시작 안 한 파이프라인").column("name") == ["rtdetr-pallet-exp02"]
