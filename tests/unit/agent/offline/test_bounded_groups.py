"""Groups are narrowed down by what is measured or counted of each, and put in order by it."""

import pytest

from tests.unit.agent.offline.talk import Talk


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("데이터 평균 용량이 50기가 넘는 포맷들?", ["WAV", "COCO", "YOLO"]),
        ("용량 합계가 100기가 이상인 팀", ["NLP팀", "비전팀"]),
        ("포맷별 총 용량, 100기가 넘는 것만", ["WAV", "COCO", "YOLO"]),
        ("프레임워크별 평균 학습시간 10시간 넘는 것만", ["PaddlePaddle", "PyTorch"]),
        ("담당자별 총 용량 100기가 이상만", ["이서연", "박도현", "김민준"]),
        ("평균 f1이 0.9 넘는 팀은?", ["NLP팀"]),
        ("formats with an average size over 50 GB", ["WAV", "COCO", "YOLO"]),
        ("projects with a total size over 100 GB", ["voice-summary", "warehouse-pallet", "defect-detection-v2"]),
        ("프로젝트 유형별 개수, 세 개 이상인 유형만", ["object_detection"]),
        ("팀별 모델 수 보여줘 3개 이상인 팀만", ["비전팀", "NLP팀"]),
        ("팀별 모델 3개 이상인 곳", ["비전팀", "NLP팀"]),
        ("취소랑 실패 합쳐서 두 건 이상 낸 팀은?", ["예측팀"]),
        ("데이터 용량 합계 순으로 팀 줄세워줘", ["NLP팀", "비전팀", "예측팀", "플랫폼팀"]),
        ("모델 수 순으로 팀 줄 세워줘", ["비전팀", "NLP팀", "예측팀"]),
        ("학습 건수 순으로 프레임워크 보여줘", ["PyTorch", "TensorFlow", "PaddlePaddle", "XGBoost"]),
    ],
)
def test_the_groups_stand_in_the_order_of_their_figure(talk: Talk, question: str, names: list[str]) -> None:
    assert [row[0] for row in talk.ask(question).tables[-1].rows] == names


def test_people_are_ranked_by_all_their_hours(talk: Talk) -> None:
    told = talk.ask("총 학습 시간 순으로 사람 순위").tables[-1]
    assert told.columns == ("name", "sum_duration")


def test_a_bound_on_rows_stays_one(talk: Talk) -> None:
    assert talk.ask("용량이 50기가 넘는 데이터셋의 평균 샘플 수").tables[-1].columns == ("avg_num_samples",)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("데이터 평균 용량이 200기가 넘는 포맷", "용량 평균이 200 GB 초과인 포맷은 **1개**입니다: **WAV** 210.5 GB."),
        ("총 용량 100기가 넘는 사람", "용량 합계가 100 GB 초과인 사용자는 **3명**입니다"),
        ("데이터 평균 용량이 500기가 넘는 포맷", "용량 평균이 500 GB 초과인 포맷은 없습니다."),
        ("실패가 두 건 이상인 팀", "실패(failed) 파이프라인이 2개 이상인 팀은 없습니다."),
        ("teams whose average f1 is above 0.9", "**1** team with average F1 over 90%: **NLP팀** 90.37%."),
        ("teams with an average f1 over 0.99", "There are no teams with average F1 over 99%."),
    ],
)
def test_the_bound_is_told(talk: Talk, question: str, said: str) -> None:
    assert said in talk.ask(question).text
