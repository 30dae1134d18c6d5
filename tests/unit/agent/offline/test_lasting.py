"""How long something has been going on: held against when it began, for what goes on has no end yet."""

import pytest

from agent.offline.words.lasting import begun_before
from tests.unit.agent.offline.talk import Talk


@pytest.mark.parametrize(
    "question",
    [
        "6개월 넘게 running인 파이프라인 있어?",
        "여섯 달 넘게 실행 중인 거 있어?",
        "일주일 넘게 돌고 있는 파이프라인",
        "24시간 넘게 running인 파이프라인",
        "pipelines running for more than 6 months",
        "which runs have been running for more than a year",
        "runs running for over 48 hours",
    ],
)
def test_what_goes_on_is_held_against_its_beginning(talk: Talk, question: str) -> None:
    assert talk.ask(question).column("name") == ["yolov8-wafer-exp03"]


def test_a_state_may_be_that_of_another_kind(talk: Talk) -> None:
    assert talk.ask("1년 넘게 paused인 프로젝트").column("name") == ["voice-summary", "log-anomaly"]
    assert talk.ask("models in staging for over 6 months").column("name") == ["solder-convnext-t"]


@pytest.mark.parametrize(
    ("text", "put"),
    [
        ("하루 넘게 도는 중인 거", "1일 전 이전에 시작한 도는 중인 거"),
        ("3일째 pending인 거", "3일 전 이전에 시작한 pending인 거"),
        ("2주일 이상 대기 중", "2주 넘은 대기 중"),
        ("running for at least two weeks", "running more than two weeks ago"),
        ("queued for over 48 hours", "queued more than 2 days ago"),
    ],
)
def test_a_length_of_time_is_put_as_a_day(text: str, put: str) -> None:
    assert begun_before(text) == put


@pytest.mark.parametrize(
    "text",
    [
        "24시간 넘게 걸린 파이프라인",
        "2시간 이상 걸린 실행 중인 거",
        "5시간 넘게 도는 중",
        "3 넘게 도는 중",
        "running for over 5 hours",
        "runs that took more than 6 hours",
    ],
)
def test_how_long_it_took_stays(text: str) -> None:
    assert begun_before(text) == text
