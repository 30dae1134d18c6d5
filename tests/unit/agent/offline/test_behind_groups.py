"""Groups are told as what was counted, each by what people call it, and lead on to their rows."""

import pytest

from tests.unit.agent.offline.talk import Talk

LEADING = [
    ("팀별 프로덕션 모델 수", "NLP팀 사용자의 프로덕션(production) 모델 보여줘", 2),
    ("아키텍처별 모델 수", "아키텍처가 YOLOv8m인 모델 보여줘", 2),
    ("제일 많이 쓰인 GPU는?", "GPU가 H100인 파이프라인 보여줘", 4),
    ("pipelines per team that failed", "Show failed pipelines of 예측팀 users", 1),
]


@pytest.mark.parametrize(("question", "line", "count"), LEADING)
def test_a_group_leads_on_to_the_rows_it_was_made_of(talk: Talk, question: str, line: str, count: int) -> None:
    assert talk.ask(question).next[0] == line
    assert len(talk.ask(line).rows) == count


@pytest.mark.parametrize("question", ["월별 프로젝트 수", "모델 평균 추론 시간"])
def test_what_has_no_such_rows_leads_on_in_general(talk: Talk, question: str) -> None:
    assert talk.ask(question).next


def test_groups_without_any_do_not_lead_on_to_nothing(talk: Talk) -> None:
    told = talk.ask("프로덕션 모델 하나도 없는 팀")
    assert not any("예측팀" in line for line in told.next)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("프로덕션 모델 하나도 없는 팀", "프로덕션(production) 모델이 없는 팀은"),
        ("팀별 프로덕션 모델 수", "팀별 프로덕션(production) 모델 수입니다"),
        ("teams without production models", "teams without any production models"),
        ("프레임워크별 실패한 파이프라인 수", "프레임워크별 실패(failed) 파이프라인 수입니다"),
    ],
)
def test_what_was_asked_of_the_counted_rows_is_said(talk: Talk, question: str, said: str) -> None:
    assert said in talk.ask(question).text


def test_a_group_is_called_what_people_call_it(talk: Talk) -> None:
    assert "**완료(completed)** 10개" in talk.ask("상태별 파이프라인 수").text
    assert "**2023-" not in talk.ask("연도별 프로젝트 수").text
