"""Every question of the documents the product comes from, in Korean and in English."""

import pytest

from tests.unit.agent.offline.talk import Talk

PRODUCTION = ["intent-kobert", "wafer-defect-yolov8m", "document-paddle-ocr", "surface-yolov5l"]


def lead(text: str) -> str:
    return text.splitlines()[0]


@pytest.mark.parametrize("question", ["김민준이 몇 번의 실험을 했어?", "How many experiments did 김민준 run?"])
def test_a_count_comes_with_its_rows(talk: Talk, question: str) -> None:
    told = talk.ask(question)
    assert "**3건**" in lead(told.text) or "김민준 has **3** experiments" in lead(told.text)
    assert told.tables[0].rows == ((3,),)
    assert set(told.column("name")) == {"yolov8-wafer-exp01", "yolov8-wafer-exp02", "convnext-solder-exp01"}
    assert told.steps == 1
    assert "wafer-defect-yolov8m v2.1" in told.text


@pytest.mark.parametrize(
    "question", ["김민준이 사생성한 모델에 대해 알려줘", "Tell me about the models 김민준 created"]
)
def test_a_stray_syllable_does_no_harm(talk: Talk, question: str) -> None:
    told = talk.ask(question)
    assert sorted(told.column("version"), key=str) == ["v1.1", "v2.0", "v2.1"]
    assert "**3" in lead(told.text)
    assert "wafer-defect-yolov8m v2.1" in lead(told.text)


@pytest.mark.parametrize(
    "question",
    ["이서 연이 담당하는 프로젝트는 뭐야?", "What projects is 이서연 in charge of?", "이서욘의 프로젝트 보여줘"],
)
def test_a_misspelt_name_is_found(talk: Talk, question: str) -> None:
    told = talk.ask(question)
    assert set(told.column("name")) == {"voice-summary", "callcenter-intent"}
    assert "이서연 님의 프로젝트는 **2개**" in lead(told.text) or "이서연 has **2** projects" in lead(told.text)


def test_a_correction_is_said(talk: Talk) -> None:
    assert "'이서 연'은 '이서연'으로 읽었습니다." in talk.ask("이서 연이 담당하는 프로젝트는 뭐야?").text
    assert "'이서욘'을 찾을 수 없어 '이서연'으로 조회했습니다." in talk.ask("이서욘의 프로젝트").text
    assert "'옽'은 불필요한 글자로" in talk.ask("옽 오탐이 적은 모델 추천해줘").text


def test_a_recommendation_explains_the_trade_off(talk: Talk) -> None:
    told = talk.ask("옽 오탐이 적은 모델 추천해줘")
    assert told.column("name") == ["document-paddle-ocr", "surface-yolov5l", "intent-kobert", "wafer-defect-yolov8m"]
    assert "document-paddle-ocr v2.0" in lead(told.text)
    for said in ("Precision과 Recall은", "오탐 비용이 큰 현장", "미탐 손실이 큰 현장", "F1 기준", "다음 단계", "45 ms"):
        assert said in told.text


def test_a_recommendation_in_english(talk: Talk) -> None:
    told = talk.ask("Recommend a model with few false positives")
    assert told.column("name")[0] == "document-paddle-ocr"
    for said in ("I recommend **document-paddle-ocr v2.0**", "pull against each other", "judge by F1", "Next steps"):
        assert said in told.text


@pytest.mark.parametrize(
    ("question", "says"),
    [
        (
            "송이레의 프로젝트 보여줘",
            (
                "존재하지 않아",
                "이름이 정확히 같은",
                "포함된",
                "비슷한 이름",
                "사용자 ID",
                "이메일",
                "팀 또는 역할",
                "사용자 목록 보여줘",
            ),
        ),
        (
            "Show the projects of 송이레",
            (
                "no user called",
                "exactly that name",
                "in them",
                "like it",
                "user id",
                "email",
                "team or role",
                "Show all users",
            ),
        ),
    ],
)
def test_a_person_who_is_not_there_is_looked_for_in_three_ways(
    talk: Talk, question: str, says: tuple[str, ...]
) -> None:
    told = talk.ask(question)
    assert "'송이레'" in lead(told.text)
    assert told.steps == 2
    assert any("LIKE" in sql for sql in told.sql)
    for said in says:
        assert said in told.text
    assert "김민준" not in told.text


@pytest.mark.parametrize(
    "question", ["A100 GPU를 사용한 파이프라인은 몇 개야?", "How many pipelines used an A100 GPU?"]
)
def test_a_filtered_count_says_what_all_rows_share(talk: Talk, question: str) -> None:
    told = talk.ask(question)
    assert "**3" in lead(told.text)
    assert "completed" in lead(told.text)
    assert len(told.rows) == 3
    assert "intent-kobert v3.0" in told.text


@pytest.mark.parametrize(
    "question", ["wafer-defect v2.0과 v2.1의 메트릭 비교해줘", "Compare the metrics of wafer-defect v2.0 and v2.1"]
)
def test_two_versions_are_compared(talk: Talk, question: str) -> None:
    told = talk.ask(question)
    assert told.column("version") == ["v2.0", "v2.1"]
    for said in ("95.2%", "78.9%", "84.2%", "94.8%", "A라인", "B라인"):
        assert said in told.text


@pytest.mark.parametrize(
    "question", ["현재 실행 중이거나 실패한 파이프라인 있어?", "Are there any running or failed pipelines?"]
)
def test_a_failure_comes_with_its_log_and_model(talk: Talk, question: str) -> None:
    told = talk.ask(question)
    assert told.column("name") == ["lstm-log-exp01", "yolov8-wafer-exp03"]
    for said in ("lstm-log-exp01/error.log", "epoch_40.pt", "train.log"):
        assert said in told.text
    assert "등록된 모델이 없습니다" in told.text or "registered no model" in told.text
    assert told.steps == 1


@pytest.mark.parametrize(
    "question",
    ["production에 배포된 모델 목록과 성능 보여줘", "Show the models deployed to production and their performance"],
)
def test_production_at_a_glance(talk: Talk, question: str) -> None:
    told = talk.ask(question)
    assert told.column("name") == PRODUCTION
    assert "NULL" in told.text
    assert "F1 88.7%" in told.text


def test_the_session_of_five(talk: Talk) -> None:
    assert talk.ask("김민준의 프로젝트 목록 보여줘").column("name") == [
        "solder-joint-inspection",
        "defect-detection-v2",
    ]
    assert talk.ask("defect-detection-v2 프로젝트의 모델 성능 비교해줘").column("version") == ["v2.0", "v2.1"]
    recommended = talk.ask("오탐이 적은 모델 추천해줘")
    assert recommended.column("name")[0] == "document-paddle-ocr"
    assert "범위: production 전체" in recommended.text
    assert "한글 송장 OCR" in lead(talk.ask("그 모델의 deploy_note 알려줘").text)
    path = talk.ask("해당 모델의 체크포인트 경로는?")
    assert path.column("path") == ["/mnt/artifacts/paddleocr-invoice-exp04/best_accuracy.pdparams"]
    assert "best_accuracy.pdparams" in lead(path.text)


def test_the_session_of_five_in_english(talk: Talk) -> None:
    talk.ask("Show the projects of 김민준")
    talk.ask("Compare the model performance in the defect-detection-v2 project")
    talk.ask("Recommend a model with few false positives")
    assert "한글 송장 OCR" in lead(talk.ask("Show me the deploy_note of that model").text)
    assert len(talk.ask("What is the checkpoint path of that model?").rows) == 1


def test_not_that_version_but_this(talk: Talk) -> None:
    talk.ask("wafer-defect-yolov8m v2.0 deploy_note 알려줘")
    told = talk.ask("아니 v2.0 말고 v2.1")
    assert told.column("version") == ["v2.1"]
    assert "B라인" in lead(told.text)


@pytest.mark.parametrize(
    "question", ["yolov8-wafer-exp01의 체크포인트 경로 알려줘", "Where is the checkpoint of yolov8-wafer-exp01?"]
)
def test_the_path_of_a_checkpoint(talk: Talk, question: str) -> None:
    told = talk.ask(question)
    assert told.column("path") == ["/mnt/artifacts/yolov8-wafer-exp01/weights/best.pt"]
    assert "best.pt" in lead(told.text)


def test_the_text_is_simple_markdown(talk: Talk) -> None:
    for question in (
        "production에 배포된 모델 목록과 성능 보여줘",
        "송이레의 프로젝트 보여줘",
        "실패한 파이프라인 있어?",
    ):
        assert "|" not in talk.ask(question).text
