"""English words that carry a Korean sentence are read; English that means something else stays."""

import pytest

from agent.offline.words.normalise import clean
from tests.unit.agent.offline.talk import Talk


@pytest.mark.parametrize(
    ("question", "held"),
    [
        ("koelectra 체크포인트 path 좀 드랍해주세요", "SELECT artifacts.id, artifacts.path"),
        ("카탈로그에 있는 dataset들, format 뭐뭐 쓰고 있지? distinct로", "DISTINCT datasets.format"),
        ("unique한 framework 몇 개야", "DISTINCT pipelines.framework"),
        ("레이턴시 15ms 오버하는 model 다 뽑아줘", "metrics.inference_ms > 15"),
        ("레이턴시 15ms under되는 model", "metrics.inference_ms < 15"),
        ("사이즈 기준으로 제일 fat한 dataset 하나만", "ORDER BY datasets.size_gb DESC"),
        ("team별 headcount breakdown", "GROUP BY users.team"),
        ("stage별 avg latency 좀 summarize해봐", "GROUP BY models.stage"),
        ("kobert exp07 트레이닝 몇 시간 run했어", "AS duration"),
        ("path에 epoch 들어간 artifact 좀 search", "LIKE '%epoch%'"),
        ("H100 쓰는 run들 show", "pipelines.gpu_type = 'H100'"),
        ("데이터셋 용량 평균내면 얼마야", "AVG(datasets.size_gb)"),
        ("파이프라인 중에 제일 slow한 거", "duration"),
        ("체크포인트 제일 헤비한 거 top3", "ORDER BY artifacts.size_mb DESC"),
        ("로그 중 제일 가벼운 거", "ORDER BY artifacts.size_mb"),
        ("V100으로 돈 학습", "pipelines.gpu_type = 'V100'"),
        ("deploy된 것 중 precision 제일 낮은 거", "models.stage = 'production'"),
        ("sample 수 기준으로 제일 tiny한 데이터셋", "ORDER BY datasets.num_samples"),
        ("제일 많이 데이터셋 가진 사람이 누구야", "COUNT(DISTINCT datasets.id)"),
        ("what's 최유진's role, ML eng or DS?", "users.role"),
        ("스테이징에 올라간 model들 각각 어느 project 소속이야?", "projects.name AS projects_name"),
        ("A100 파이프라인들 각각 담당자 누구야?", "users.name AS users_name"),
    ],
)
def test_an_english_word_that_carries_the_sentence_is_read(talk: Talk, question: str, held: str) -> None:
    assert held in talk.ask(question).sql[0]


@pytest.mark.parametrize("question", ["체크포인트 다 드랍해줘", "intent-kobert 드롭해주세요"])
def test_what_is_to_be_dropped_is_still_no_question(talk: Talk, question: str) -> None:
    assert not talk.ask(question).sql


@pytest.mark.parametrize(
    "text",
    [
        "team별 count 보여줘",
        "파이프라인 목록",
        "wafer search 프로젝트 뭐야",
        "path 알려줘",
        "over 15 모델",
        "평균 내용",
    ],
)
def test_what_only_looks_like_it_stays(text: str) -> None:
    assert clean(text) == text


def test_the_same_of_another_stands_in_its_place(talk: Talk) -> None:
    talk.ask("비전팀 active project 뭐 있어")
    assert "users.team = 'NLP팀'" in talk.ask("NLP팀 쪽도 same으로").sql[0]
    assert "users.team = '예측팀'" in talk.ask("예측팀도 똑같이 보여줘").sql[0]


def test_two_asks_may_be_joined_as_nouns_are(talk: Talk) -> None:
    told = talk.ask("demand-forecast 담당자 누군지랑, 거기서 돌린 학습들 상태도 같이 알려줘")
    assert "pipelines.status" in told.sql[-1]
    assert "FROM users" in told.sql[0]


def test_a_need_of_models_is_none_of_their_files(talk: Talk) -> None:
    assert "artifacts" not in talk.ask("오탐 적은 모델 추천해줘").sql[0]
    assert "models.parameters_m" in talk.ask("제일 무거운 모델").sql[0]
