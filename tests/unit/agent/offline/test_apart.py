"""By how much two rows or groups differ is told where it is asked."""

import pytest

from tests.unit.agent.offline.talk import Talk


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("intent-utterances-v5에서 v6 오면서 샘플 몇 개 늘었어?", "샘플 수 차이는 **58,100개**입니다."),
        ("intent-utterances-v6가 v5보다 샘플이 몇 개 더 많아?", "샘플 수 차이는 **58,100개**입니다."),
        ("meeting-audio-ko랑 pallet-cam-raw 용량 차이 얼마나 나?", "용량 차이는 **89.7 GB**입니다."),
        ("intent-koelectra가 intent-kobert보다 f1 얼마나 높아?", "F1 차이는 **1.6%p**입니다."),
        ("비전팀이랑 NLP팀 모델 수 차이", "모델 수 차이는 **2개**입니다."),
        ("비전팀이랑 NLP팀 평균 f1 차이", "F1 차이는 **1.3%p**입니다."),
        (
            "how many more samples does intent-utterances-v6 have than intent-utterances-v5",
            "The difference in samples is **58,100**.",
        ),
        ("difference in model count between 비전팀 and NLP팀", "The difference in the number of models is **2**."),
    ],
)
def test_the_difference_is_told(talk: Talk, question: str, said: str) -> None:
    assert said in talk.ask(question).text


@pytest.mark.parametrize(
    "question",
    [
        "intent-kobert랑 intent-koelectra 비교해줘",
        "intent-kobert랑 intent-koelectra 차이점",
        "wafer-defect-yolov8m이랑 surface-yolov5l f1 차이 얼마나 나",
        "비전팀 모델 수 차이",
    ],
)
def test_where_there_are_not_two_figures_there_is_no_difference(talk: Talk, question: str) -> None:
    assert "difference" not in {name for table in talk.ask(question).tables for name in table.columns}
