"""Follow-ups that give the last answer another shape: ranked, grouped, measured, widened, bounded, added to."""

import pytest

from tests.unit.agent.offline.talk import Talk

ALL_TEAMS = ["NLP팀", "비전팀", "예측팀", "플랫폼팀"]
THREADS = [
    # another order, another place in it
    (["샘플 제일 많은 데이터셋", "제일 적은 건?"], "name", ["meeting-audio-ko"]),
    (["biggest dataset?", "smallest?"], "name", ["churn-2022"]),
    (["데이터셋 몇 개?", "which is the oldest?"], "name", ["churn-2022"]),
    (["list nlp team's models", "which of those is newer?"], "name", ["intent-koelectra"]),
    (["스테이징 모델 뭐 있지", "둘 중 파라미터 큰 거"], "name", ["intent-koelectra"]),
    (["latest pipeline run?", "and the one before that?"], "name", ["koelectra-intent-exp01"]),
    (["제일 먼저 시작한 프로젝트", "그다음은?"], "name", ["surface-inspection"]),
    (["T4로 돌린 학습들", "첫 번째 거", "그다음은?"], "name", ["patchtst-demand-exp02"]),
    (["가장 오래 돌아간 파이프라인?", "제일 짧았던 건?"], "name", ["lstm-log-exp01"]),
    (["프레임워크별 파이프라인 수", "그중 제일 적은 건?"], "framework", ["PaddlePaddle", "XGBoost"]),
    (["f1 top 3", "bottom 1은?"], "name", ["wafer-defect-yolov8m"]),
    (["top 3 models by precision", "make it 1"], "version", ["v2.0"]),
    (["파라미터 제일 큰 모델", "거꾸로"], "name", ["demand-patchtst"]),
    (["모델별 추론 시간", "빠른 순으로", "1개만"], "name", ["demand-patchtst"]),
    (["용량 제일 큰 데이터셋 뭐야", "샘플 수로 하면?"], "name", ["syslog-2024h1"]),
    (["재현율 0.9 이상인 모델 보여줘", "정밀도로 하면?", "몇 개야?"], "id", [1, 4, 5, 7, 8]),
    (["production 모델 몇 개", "latest로"], "name", ["intent-kobert"]),
    # groups, measures, counts
    (["count pipelines by status", "by framework instead"], "pipelines_count", [9, 3, 1, 1]),
    (["프로젝트 보여줘", "사람별로"], "projects_count", [2, 2, 2, 1, 1, 1, 1]),
    (["아티팩트 종류별 개수", "용량 합계도"], "type", ["checkpoint", "config", "log"]),
    (["팀별 프로젝트 수 알려줘", "데이터셋은?"], "datasets_count", [4, 5, 2, 1]),
    (["프로덕션 모델 f1 보여줘", "평균은?"], "avg_f1_score", [0.90825]),
    (["list projects created in 2024", "how many is that?"], "id", [1, 2, 6, 7]),
    (["yolo 포맷 데이터셋 몇 개?", "coco는?", "둘 합치면?"], "id", [1, 2, 5, 10]),
    (["활성 프로젝트 목록", "데이터셋 수도 붙여줘"], "datasets_count", [2, 2, 1, 1, 1, 1]),
    (["how many models does 최유진 have", "and projects?"], "name", ["invoice-ocr"]),
    (["2026년에 생성된 데이터셋", "프로젝트는?"], "name", ["warehouse-pallet"]),
    # let go of, added, left out, bounded
    (["비전팀 프로젝트 중 진행중인 거", "상태 상관없이 전부", "몇 개야?"], "id", [1, 2, 5, 9]),
    (["김민준 프로젝트 보여줘", "그중에 분류인 것만", "전체로 다시"], "id", [1, 2]),
    (["용량 큰 데이터셋 순으로 두 개", "나머지는?", "몇 개야?"], "id", [1, 2, 3, 4, 5, 6, 7, 8, 9, 12]),
    (["김민준 프로젝트 보여줘", "두 번째 거", "나머지는?"], "id", [2]),
    (["실패한 파이프라인 보여줘", "나머지는?", "몇 개야?"], "id", [1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14]),
    (["A100 파이프라인", "V100도 같이"], "gpu_type", ["A100"] * 3 + ["V100"] * 3),
    (["이번 달 시작한 학습", "지난달 거도 같이 보여줘"], "id", [10, 11]),
    (["nlp팀이 하는 프로젝트", "callcenter-intent 빼면?"], "id", [4, 6]),
    (["체크포인트 파일 다 보여줘", "100메가 넘는 건 빼고"], "id", [1, 4, 12, 14, 16, 26]),
    (["datasets over 50 gb", "and under 100?"], "id", [2, 7]),
    (["datasets over 50 gb", "under 50 instead", "몇 개야?"], "id", [1, 3, 4, 5, 6, 8, 9, 12]),
    (["models registered in 2024", "and 2025?"], "id", [3, 6]),
    (["wafer-defect-yolov8m v2.0 map50 몇이야", "앗 2.1이요"], "version", ["v2.1"]),
    (["윤채원 이메일", "팀장님은?"], "email", ["seungwoo.han@example.com"]),
    (["예측팀 프로젝트", "담당자 이메일도 넣어줘"], "email", ["haeun.jung@example.com", "jiho.kang@example.com"]),
    (["팀별 인원", "역할별로 바꿔줘"], "users_count", [4, 2, 1, 1]),
    (["fastest model?", "what about among all stages?", "1개만"], "name", ["demand-patchtst"]),
    # the row in focus
    (["yolov8-wafer-exp03 지금 어때", "로그 어디서 봐?"], "id", [19]),
    (["yolov5-surface-exp12 누가 돌렸지", "그 사람 팀에 또 누구 있어?"], "name", ["김민준"]),
    (["한승우 프로젝트 있어?", "그럼 그 팀에 다른 사람은 있어?"], "name", ["윤채원"]),
    (["nbeats-demand-exp01 상태", "같은 데이터로 돌린 다른 건?"], "name", ["patchtst-demand-exp02"]),
    (["show me invoice-scan-ko", "이거랑 같은 format 다른 거"], "name", ["solder-xray-set"]),
    (["surface-yolov5l recall 얼마", "이거보다 낮은 모델들", "몇 개야?"], "id", [1, 2, 3, 4, 7, 8]),
    (["koelectra-intent-exp01 언제 시작했어", "그럼 몇 시간 걸린 거야"], "duration", [8.75]),
    (["which projects are paused?", "tell me more about the first"], "name", ["voice-summary"]),
    (["which team has the most projects?", "list them"], "id", [1, 2, 5, 9]),
]  # fmt: skip


@pytest.mark.parametrize(("thread", "column", "values"), THREADS)
def test_what_was_shown_takes_the_shape_that_is_asked(
    talk: Talk, thread: list[str], column: str, values: list[object]
) -> None:
    told = talk.through(thread)
    assert sorted(map(str, told.column(column))) == sorted(map(str, values))


@pytest.mark.parametrize(
    ("thread", "said"),
    [
        (["kobert-intent-exp07 알려줘", "왜 실패했어?"], "실패(failed)가 아니라 **완료(completed)**"),
        (["yolov8-wafer-exp03 status?", "why did it fail?"], "is **running**, not failed"),
        (["paddleocr-invoice-exp04 얼마나 걸렸어", "이거 이틀 넘은 거야?"], "아니요, "),
        (["how big is invoice-scan-ko?", "is that over 100 gb?"], "No, the size of invoice-scan-ko is **61 GB**"),
        (["where was demand-patchtst trained, which gpu", "is it in production?"], "**development**"),
    ],
)
def test_what_does_not_hold_of_a_row_is_answered_by_what_does(talk: Talk, thread: list[str], said: str) -> None:
    assert said in talk.through(thread).text


@pytest.mark.parametrize(
    "thread",
    [
        ["callcenter-intent dataset 뭐 있어", "latest version은?"],
        ["A100 쓴 pipeline count", "같은 조건으로 2024 6월만"],
        ["프로젝트 보여줘", "같은 데이터셋 쓴 다른 런은 끝났어?"],
        ["가장 큰 데이터셋은?", "the one before that?"],
        ["프로젝트 보여줘", "나머지는?"],
        ["예측팀 프로젝트", "김민준도 넣어줘"],
    ],
)
def test_what_the_last_answer_has_no_place_for_is_not_looked_up(talk: Talk, thread: list[str]) -> None:
    assert talk.through(thread).sql == ()


def test_another_matter_is_not_bound_to_the_row_in_focus(talk: Talk) -> None:
    talk.ask("김민준 프로젝트 보여줘")
    assert "**12개**" in talk.ask("근데 데이터셋은 총 몇 개야?").text


def test_mere_thanks_are_thanks(talk: Talk) -> None:
    assert talk.ask("thanks!").sql == ()
    assert "welcome" in talk.ask("thanks!").text.lower()
