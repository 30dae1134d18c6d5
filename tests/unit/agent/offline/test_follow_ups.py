"""Questions that lean on the ones before them."""

import pytest

from agent.memory import Focus, RememberedTurn
from tests.unit.agent.offline.talk import Talk

TRAIN_LOG = "/mnt/artifacts/yolov8-wafer-exp03/train.log"
OWNERS = ["강지호", "김민준", "김민준", "박도현", "이서연", "최유진"]
STAGES = ["archived", "development", "production", "staging"]
THREADS = [
    (["voice-summary 담당자가 누구야?", "그 사람 이메일은?"], "email", ["seoyeon.lee@example.com"]),
    (["최유진 프로젝트 뭐야?", "걔가 만든 모델은?"], "name", ["document-paddle-ocr"]),
    (["파라미터 많은 순으로 모델 5개", "세 번째 모델은 누가 만들었어?"], "name", ["박도현"]),
    (["invoice-scan-ko는 어느 프로젝트 거야?", "그 프로젝트 상태는?"], "status", ["active"]),
    (["Which production model has the best recall?", "What is its threshold?"], "confidence_threshold", [0.3]),
    (["정하은 어느 팀이야", "그 팀 모델 있어?"], "name", ["demand-patchtst"]),
    (["intent-koelectra 스테이지 알려줘", "얘는 무슨 GPU로 학습했대?"], "gpu_type", ["H100"]),
    (["용량 큰 데이터셋 보여줘", "두 개만"], "name", ["meeting-audio-ko", "pallet-cam-raw"]),
    (["김민준 파이프라인 보여줘", "실행 중인 것만"], "name", ["yolov8-wafer-exp03"]),
    (["비전팀 사람 이름 알려줘", "이메일도 같이"], "email", ["minjun.kim@example.com", "dohyun.park@example.com"]),
    (["wafer-defect-yolov8m v2.0 추론 속도", "v2.1은?"], "inference_ms", [12.5]),
    (["wafer-defect v2.0 말고 v2.1의 recall은?"], "recall", [0.948]),
    (["wafer-defect v2.0의 체크포인트 크기는?", "아니 wafer-defect v2.0 말고 v2.1"], "size_mb", [104.2, 52.3]),
    (["이서연 모델 보여줘", "아 이서연 말고 박도현"], "name", ["pallet-rtdetr-l", "surface-yolov5l"]),
    (["A100 파이프라인 알려줘", "미안, A100이 아니라 V100이요"], "gpu_type", ["V100"] * 3),
    (["9번 파이프라인 지워줘", "그럼 그 파이프라인 상태나 알려줘"], "status", ["failed"]),
    (["김민준 프로젝트 보여줘", "이서연은?", "그중에 진행 중인 것만"], "name", ["callcenter-intent"]),
    (["production 모델 목록", "그중에서 제일 빠른 거", "그 모델 누가 만들었어?"], "name", ["박도현"]),
    (["실패한 파이프라인 있어?", "담당자는 누구야?", "그 사람 이메일"], "email", ["haeun.jung@example.com"]),
    (["Show me failed pipelines", "스테이징 모델 알려줘"], "name", ["intent-koelectra", "solder-convnext-t"]),
    (["오탐 적은 모델 추천해줘", "마지막 모델의 스테이지", "그 모델 버전"], "version", ["v2.1"]),
    (["failed pipelines", "production models and their performance"], "stage", ["production"] * 4),
    (["failed pipelines", "Where is the checkpoint of yolov8-wafer-exp01?"], "id", [1]),
    (["김민준 프로젝트 보여줘", "전자의 데이터셋은?"], "name", ["solder-xray-set"]),
    (["파이프라인 중 V100 쓴 것 보여줘", "두 개만"], "name", ["convnext-solder-exp01", "paddleocr-invoice-exp04"]),
    (["intent-kobert 스테이지", "그 스테이지 모델"], "stage", ["production"] * 4),
    (["김민준이 몇 번의 실험을 했어?", "그거 상태는?"], "status", ["completed"] * 3),
    (["정하은 프로젝트 상태", "오탐 적은 모델은?"], "stage", ["production"] * 4),
    (["박도현 평균 데이터셋 용량", "그건 몇 개야?"], "name", ["steel-surface-10k", "pallet-cam-raw"]),
    (["intent-kobert v3.0 성능", "그 모델 상태", "아니 wafer-defect-yolov8m"], "version", ["v2.0", "v2.1"]),
    (["intent-kobert 성능", "재현율은?"], "recall", [0.873]),
    (["YOLO 포맷 데이터셋 보여줘", "몇 개야?"], "id", [1, 2]),
    (["이서연 데이터셋 뭐뭐 있어", "박도현은?", "몇 개인지만"], "id", [5, 10]),
    (["김민준 데이터셋 보여줘", "다 합쳐서 몇 기가야?"], "sum_size_gb", [130.3]),
    (["김민준 모델 보여줘", "평균 F1은?"], "avg_f1_score", [0.876]),
    (["김민준 데이터셋 보여줘", "형식별로는?"], "datasets_count", [1, 2]),
    (["프로젝트 보여줘", "박도현 프로젝트 보여줘", "스테이지별로는?"], "stage", STAGES),
    (["파이프라인 몇 개 돌렸어?", "팀별로는?"], "team", ["NLP팀", "비전팀", "예측팀", "플랫폼팀"]),
    (["진행 중인 프로젝트 보여줘", "담당자도 같이"], "users_name", OWNERS),
    (["박도현 데이터셋 몇 개야", "아니 데이터셋 말고 파이프라인"], "id", [5, 11, 12]),
    (["지난달 등록된 모델", "지난달 말고 이번달"], "name", ["pallet-rtdetr-l"]),
    (["convnext-solder-exp01 얼마나 걸렸어?", "담당자 연락처 좀요"], "email", ["minjun.kim@example.com"]),
    (["이서연 모델 보여줘", "그건 됐고, 실행 중인 학습 전부 보여줘"], "name", ["yolov8-wafer-exp03"]),
    (["intent-kobert 배포 노트 보여줘", "근데 비전팀은 누구누구 있지?"], "name", ["김민준", "박도현"]),
    (["파이프라인 제일 많이 돌린 팀?", "그 팀에 누가 있어?"], "name", ["김민준", "박도현"]),
    (["프로젝트 몇 개야?", "진행 중인 건?", "그중에 박도현 거", "마지막 거 데이터셋은?"], "name", ["pallet-cam-raw"]),
    (["김민준의 모델", "그중에 staging인 것만", "그 프로젝트 상태는?"], "name", ["solder-joint-inspection"]),
    (["Show running pipelines", "the owner's email", "where is its log?"], "path", [TRAIN_LOG]),
    (["intent-kobert v3.0 재현율", "wafer-defect-yolov8m v2.1 재현율", "compare them"], "id", [2, 4]),
    (["그 모델의 스테이지는 intent-kobert 말고", "intent-kobert 스테이지"], "stage", ["production"]),
]  # fmt: skip


@pytest.mark.parametrize(("thread", "column", "values"), THREADS)
def test_a_thread_keeps_its_subject(talk: Talk, thread: list[str], column: str, values: list[object]) -> None:
    told = talk.through(thread)
    assert sorted(map(str, told.column(column))) == sorted(map(str, values))


def test_a_count_is_asked_again_for_another_value(talk: Talk) -> None:
    talk.ask("프로덕션 모델 몇 개 있어")
    assert "**2개**" in talk.ask("스테이징은요?").text


@pytest.mark.parametrize("question", ["그 모델 알려줘", "그 사람 이메일은?", "What is its stage?"])
def test_a_pronoun_without_antecedent_is_asked_about(talk: Talk, question: str) -> None:
    told = talk.ask(question)
    assert told.sql == ()
    assert "어느" in told.text or "which" in told.text


def test_a_turn_of_another_engine_is_known_by_its_focus(talk: Talk) -> None:
    focus = Focus("models", (("name", "intent-kobert"), ("version", "v3.0")))
    talk.turns.append(RememberedTurn("코버트 어때?", "좋습니다", focus=(focus,)))
    assert talk.ask("그 모델 스테이지는?").column("stage") == ["production"]


@pytest.mark.parametrize("frame", [{}, {"query": {"head": "nowhere"}}, {"query": None, "rows": 3}, {"query": None}])
def test_a_frame_of_another_make_is_left_alone(talk: Talk, frame: dict[str, object]) -> None:
    talk.turns.append(RememberedTurn("?", "!", frame=frame))
    assert talk.ask("프로젝트 개수 알려줘").tables[0].rows == ((10,),)
    assert "앞선 대화" in talk.ask("그 아티팩트 알려줘").text


@pytest.mark.parametrize(
    "thread",
    [
        ["실패한 파이프라인 보여줘", "두 번째 거 담당자는?"],
        ["production 모델 목록", "두 번째 데이터셋은?"],
        ["프로젝트 몇 개야?", "그 팀 이름은?"],
        ["프로젝트 개수만", "둘 비교해줘"],
        ["두 번째 거 담당자는?"],
        ["열일곱 번째 데이터셋"],
    ],
)
def test_what_stands_for_nothing_is_asked_back(talk: Talk, thread: list[str]) -> None:
    told = talk.through(thread)
    assert told.sql == ()
    assert "앞선 대화" in told.text


@pytest.mark.parametrize(
    ("thread", "rows"),
    [
        (["파이프라인 몇 개야?", "담당자 전부 보여줘"], 8),
        (["실패한 파이프라인 보여줘", "왜 모델 목록이 없어?"], 9),
    ],
)
def test_a_question_of_its_own_takes_nothing_from_before(talk: Talk, thread: list[str], rows: int) -> None:
    talk.ask(thread[0])
    assert len(talk.ask(thread[1]).rows) == rows


@pytest.mark.parametrize(
    "thread", [["프로젝트 보여줘", "몇 개야?"], ["모델 보여줘", "평균은?"], ["김민준 프로젝트 보여줘", "음"]]
)
def test_what_says_nothing_is_not_guessed_at(talk: Talk, thread: list[str]) -> None:
    talk.ask(thread[0])
    assert talk.ask(thread[1]).sql == ()


def test_the_owner_of_a_person_is_not_added_to_them(talk: Talk) -> None:
    talk.ask("김민준 이메일")
    assert talk.ask("담당자도 같이").column("name") == ["김민준"]
