"""Who spent the most time: the sum over the rows below, only of those that have what the time is said to be of."""

import pytest

from tests.unit.agent.offline.talk import Talk


@pytest.mark.parametrize(
    ("question", "first", "value"),
    [
        ("어떤 팀이 GPU 시간을 제일 많이 썼어?", "비전팀", 81.25),
        ("which team used the most GPU hours", "비전팀", 81.25),
        ("GPU 시간 제일 많이 쓴 사람", "박도현", 45.83),
        ("A100 시간 제일 많이 쓴 팀", "비전팀", 28.75),
        ("which project used the most GPU hours?", "invoice-ocr", 42.5),
        ("who used the least training time?", "정하은", 0.25),
        ("어떤 GPU가 시간을 제일 많이 썼어?", "V100", 61.5),
        ("작년에 GPU 시간 가장 많이 쓴 팀", "비전팀", 6.67),
    ],
)
def test_most_time_is_a_sum(talk: Talk, question: str, first: str, value: float) -> None:
    told = talk.ask(question)
    assert told.rows[0][0] == first
    assert round(float(str(told.rows[0][1])), 2) == value


@pytest.mark.parametrize(
    ("question", "hours"),
    [("total gpu hours", "141.83"), ("GPU 사용 시간 합계", "141.83"), ("total training time", "142.25")],
)
def test_gpu_hours_are_of_runs_on_a_gpu(talk: Talk, question: str, hours: str) -> None:
    assert hours in talk.ask(question).text


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("파이프라인 제일 많이 돌린 팀", "비전팀"),
        ("제일 오래 걸린 파이프라인", "paddleocr-invoice-exp04"),
        ("모델 제일 많이 만든 사람", "김민준"),
    ],
)
def test_most_rows_and_the_longest_row_are_no_sums(talk: Talk, question: str, name: str) -> None:
    told = talk.ask(question)
    assert name in told.text
    assert "SUM(" not in told.sql[-1]
