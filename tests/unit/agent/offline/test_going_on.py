"""How a talk goes on: what only leads to the next question, times, places in a list, another row, what is left out."""

import pytest

from tests.unit.agent.offline.talk import Talk

TRIO = ["pallet-cam-raw", "meeting-audio-ko", "wafer-image-2024q2-aug"]
THREADS = [
    # what only leads to the question
    (["하은님 프로젝트 상태 어떻게 돼 있나요", "아 멈춰있구나.. 언제 시작했던 건데요?"], "name", ["log-anomaly"]),
    (["status of voice-summary", "ah, it's paused. when was it created?"], "created_at", ["2025-05-07"]),
    (["A100 파이프라인 보여줘", "생각보다 많네. 그중 제일 최근 건?"], "name", ["kobert-intent-exp07"]),
    (["H100 학습 몇 개지", "다른 얘긴데 MLOps 엔지니어가 누구였죠"], "name", ["윤채원"]),
    (["프로덕션 모델 목록", "결국 몇 개인 셈이죠?"], "id", [2, 4, 5, 7]),
    # fewer, and by something else
    (["V100에서 학습한 거 보여주세요", "2024년 걸로 좁혀주시고요"], "id", [5, 7]),
    (["show me the V100 runs", "narrow that to 2024"], "id", [5, 7]),
    (["list every dataset", "drop anything under 20 gigs", "png only"], "id", [7]),
    (["GPU별 파이프라인 수", "프레임워크로 나눠줘"], "framework", ["PyTorch", "TensorFlow", "PaddlePaddle", "XGBoost"]),
    (["아티팩트 종류별 건수", "평균 크기는 종류별로?"], "type", ["checkpoint", "config", "log"]),
    (["프로덕션 모델별 재현율", "재현율만 평균 내면?"], "avg_recall", [0.9225]),
    (["T4로 돌린 거 보여줘", "다 합해서 몇 시간 돌린 거야"], "sum_duration", [3.0]),
    (["T4로 돌린 거 보여줘", "총 학습 시간은?"], "sum_duration", [3.0]),
    (["checkpoints over 100 MB", "what do they add up to?"], "sum_size_mb", [1344.4]),
    # the best and the worst
    (["프로덕션 모델 f1 보여줘", "젤 떨어지는 애가 누구"], "name", ["intent-kobert"]),
    (["모델 재현율 보여줘", "그중 제일 나쁜 건?"], "recall", [0.789]),
    (["모델들 재현율 순위 좀", "정밀도 기준이면 상위 3개가 뭐지"], "id", [1, 7, 8]),
    (["models ranked by f1", "flip it, worst first, just the bottom three"], "id", [1, 3, 4]),
    (["오탐 적은 모델 하나 추천해줘", "미탐 기준이면 뭐가 나아"], "id", [5]),
    # times
    (["2024년에 등록된 모델이 몇 개지", "하반기는?"], "id", [4]),
    (["models registered in 2024", "and Q2?"], "id", [1, 2, 5, 7]),
    (["which datasets were added in the past 90 days", "same window, but projects"], "id", [9]),
    (["작년에 만들어진 프로젝트 뭐 있어", "같은 기간 데이터셋은?"], "id", [6, 11]),
    (["V100으로 돌린 거", "2024년 거 빼고"], "id", [3]),
    (["which runs used a V100", "not the 2024 ones though"], "id", [3]),
    (["강지호님 프로젝트", "언제 만든 거죠?"], "created_at", ["2025-06-30"]),
    (["koelectra 학습 gpu", "끝난 건 언제야"], "finished_at", ["2026-10-20 17:45:00"]),
    # places in a list
    (["three largest datasets by size", "format of the last two?"], "format", ["COCO", "YOLO"]),
    (["용량 큰 데이터셋 5개", "앞의 두 개 포맷은?"], "format", ["COCO", "WAV"]),
    (["용량 큰 데이터셋 5개", "첫 번째랑 세 번째 담당자"], "name", ["김민준", "이서연"]),
    (["최근에 등록된 모델 네 개", "마지막 두 개만"], "id", [3, 6]),
    (["top 3 datasets by size", "which projects are they from?"], "id", [1, 4, 9]),
    (["f1 높은 모델 3개", "그 모델들 담당자 알려줘"], "name", ["박도현", "이서연", "최유진"]),
    # another row, and one beside it
    (["surface-yolov5l mAP50 몇이야", "wafer 모델은?"], "map50", [0.901, 0.923]),
    (["recall of intent-kobert", "sorry I meant the OCR one"], "recall", [0.908]),
    (["recall of wafer-defect-yolov8m v2.1", "sorry, I meant v2.0"], "recall", [0.789]),
    (["웨이퍼 모델 v2.0 정밀도", "재현율은 v2.1이랑 비교하면요?"], "recall", [0.789, 0.948]),
    (["recall of intent-kobert", "how does that compare to intent-koelectra?"], "recall", [0.873, 0.895]),
    (["kobert f1 얼마야", "koelectra랑 비교하면 어때"], "f1_score", [0.887, 0.903]),
    (["best model for callcenter-intent?", "compare it with intent-kobert v3.0"], "recall", [0.895, 0.873]),
    (["best model for callcenter-intent?", "그거 intent-kobert v3.0이랑 비교해줘"], "recall", [0.895, 0.873]),
    (["best model for callcenter-intent?", "compare it with intent-kobert v3.0", "which is faster?"], "version",
     ["v3.0"]),
    (["wafer-defect에 추천할 모델은?", "그럼 v2.0이랑 비교해줘"], "recall", [0.948, 0.789]),
    (["wafer-defect에 추천할 모델은?", "그럼 v2.0이랑 비교해줘", "어느 게 더 빨라?"], "version", ["v2.0"]),
    (["wafer-defect에 추천할 모델은?", "v2.0만"], "version", ["v2.0"]),
    (["yolov8-wafer-exp03 데이터셋 뭐야", "같은 데이터로 돌린 다른 학습도 있어?"], "id", [2]),
    # what the notes say, what rows lack or made
    (["배포노트에 재학습 얘기 있는 모델이 뭐였지", "섀도라고 적힌 건?"], "id", [8]),
    (["show deploy notes for all the models", "just the ones mentioning X-ray please"], "id", [3]),
    (["모델까지 등록된 파이프라인 뭐 있어", "반대로 모델 안 나온 건"], "id", [8, 9, 12, 13, 14]),
    (["which pipelines produced a model", "and the ones without a model?"], "id", [8, 9, 12, 13, 14]),
    (["H100 학습 보여줘", "모델 없는 건 뭐야"], "id", [8, 12]),
    (["프로덕션 모델 보여줘", "mAP 값 없는 건 어떤 거야"], "id", [4, 7]),
    # groups counted and bounded, rows held against one told, what else the same person made
    (["average model size by stage", "count instead of average"], "models_count", [4, 2, 2, 1]),
    (["담당자별 프로젝트 수", "두 개 이상인 사람만"], "name", ["김민준", "박도현", "이서연"]),
    (["meeting-audio-ko 용량 얼마야", "pallet-cam-raw보다 얼마나 더 커?"], "size_gb", [210.5, 120.8]),
    (["size of steel-surface-10k?", "is the solder xray set smaller?"], "size_gb", [22.4, 14.6]),
    (["재현율 제일 높은 모델 뭐야", "그거 만든 사람이 다른 모델도 만들었어?"], "name", ["pallet-rtdetr-l"]),
    (["PyTorch 학습 목록 줘", "A100 말고 나머지 GPU만"], "id", [3, 5, 8, 10, 11, 12]),
    (["이서연님 데이터셋", "제일 예전에 만든 건?"], "name", ["intent-utterances-v5"]),
    (["최유진님 이메일", "which projects does 정하은 have, and is that project still active?"], "id", []),
]  # fmt: skip


@pytest.mark.parametrize(("thread", "column", "values"), THREADS)
def test_a_talk_goes_on_from_what_was_told(talk: Talk, thread: list[str], column: str, values: list[object]) -> None:
    told = talk.through(thread)
    assert sorted(map(str, told.column(column))) == sorted(map(str, values))


@pytest.mark.parametrize(
    ("thread", "said"),
    [
        (["비전팀 모델 뭐 있어", "그럼 인프라팀은"], "인프라팀 사용자의 모델은 현재 카탈로그에 존재하지 않습니다"),
        (["email of 최유진", "and 김하늘's?"], "no user called **'김하늘'**"),
        (["V100으로 돌린 거", "2024년 거 빼고"], "시작 시각이 2024년이 아닌 파이프라인"),
        (["which runs used a V100", "not the 2024 ones"], "not started in 2024"),
        (["모델 배포 노트 보여줘", "엑스레이 언급된 것만"], "배포 노트에 엑스레이가 든 모델은"),
        (["오탐 적은 모델 하나 추천해줘", "속도 기준으로는?"], "**surface-yolov5l v3.2**를 추천합니다"),
        (["koelectra 학습 언제 시작했어", "끝난 건 언제고 총 몇 시간이야"], "**8.75시간**"),
    ],
)
def test_what_a_follow_up_finds_is_told(talk: Talk, thread: list[str], said: str) -> None:
    assert said in talk.through(thread).text


@pytest.mark.parametrize(
    ("thread", "column", "values"),
    [
        (["A100 파이프라인 보여줘", "실패한 것도 있네. 로그는?"], "path", ["/mnt/artifacts/lstm-log-exp01/error.log"]),
        (["2024년에 등록된 모델", "2025년 하반기는?"], "id", [6]),
        (["2024년에 등록된 모델", "올해 하반기는?"], "id", [8, 9]),
        (["production models", "the last 3 models registered"], "id", [6, 8, 9]),
        (["모델 배포 노트 보여줘", "스테이징인 것만"], "id", [3, 8]),
        (["비전팀 모델 뭐 있어", "비젼팀 사람 누구야"], "name", ["김민준", "박도현"]),
        (["surface-yolov5l mAP50 몇이야", "프로덕션 모델은 몇 개야?"], "id", [2, 4, 5, 7]),
        (["강지호님 프로젝트", "제일 최근에 만든 데이터셋은 언제 거야?"], "name", ["pallet-cam-raw"]),
        (["스테이지별 모델 수", "파라미터 50M 이상인 모델만"], "id", [4, 8]),
        (["meeting-audio-ko 용량 얼마야", "pallet-cam-raw 용량은?"], "size_gb", [120.8]),
    ],
)  # fmt: skip
def test_what_only_looks_like_a_follow_up_is_read_by_itself(
    talk: Talk, thread: list[str], column: str, values: list[object]
) -> None:
    assert sorted(map(str, talk.through(thread).column(column))) == sorted(map(str, values))


def test_a_pronoun_of_what_was_not_understood_is_asked_back(talk: Talk) -> None:
    talk.ask("우와와 대박")
    assert talk.ask("그거 로그 어디 있어").sql == ()


@pytest.mark.parametrize(
    ("question", "ids"),
    [
        ("V100으로 돌린 학습 중에 2024년 거 빼고 보여줘", [3]),
        ("datasets not created in 2024", [5, 6, 9, 10, 11, 12]),
        ("모델까지 등록된 파이프라인 뭐 있어", [1, 2, 3, 4, 5, 6, 7, 10, 11]),
        ("지난달 말고 이번달에 등록된 모델", [9]),
        ("취소된 학습 얼마나 돌다 멈췄어", [14]),
        ("need a production model that hardly ever misses a defect", [2, 4, 5, 7]),
    ],
)
def test_times_left_out_and_what_came_of_rows_narrow_down(talk: Talk, question: str, ids: list[int]) -> None:
    assert sorted(map(str, talk.ask(question).column("id"))) == sorted(map(str, ids))


@pytest.mark.parametrize("question", ["어느팀이 사람 제일 많아", "우리팀은?", "같은 팀 사람은?"])
def test_a_word_that_points_to_a_team_is_no_team_nobody_has(talk: Talk, question: str) -> None:
    assert "존재하지 않" not in talk.ask(question).text


@pytest.mark.parametrize(
    "thread",
    [
        ["best model for callcenter-intent?", "compare it with kobert v3.0"],
        ["best model for callcenter-intent?", "compare it with intent-koelectra v3.1"],
        ["wafer-defect에 추천할 모델은?", "v2.1이랑 비교해줘"],
    ],
)
def test_what_names_no_other_row_to_compare_with_is_asked_back(talk: Talk, thread: list[str]) -> None:
    told = talk.through(thread)
    assert told.sql == ()
    assert "여쭙니다" in told.text or "rather ask" in told.text
