"""How an answer reads: short, without the rows that stand below it, with questions that lead on."""

import re

import pytest

from tests.unit.agent.offline.talk import Book, Talk, Told

ORDINARY = [
    "김민준이 몇 번의 실험을 했어?",
    "김민준이 사생성한 모델에 대해 알려줘",
    "이서 연이 담당하는 프로젝트는 뭐야?",
    "송이레의 프로젝트 보여줘",
    "A100 GPU를 사용한 파이프라인은 몇 개야?",
    "production에 배포된 모델 목록과 성능 보여줘",
    "파이프라인 전부 보여줘",
    "팀별 인원수 보여줘",
    "How many experiments did 김민준 run?",
    "Show the production models and their performance",
]
LONG = [
    "옽 오탐이 적은 모델 추천해줘",
    "wafer-defect v2.0과 v2.1의 메트릭 비교해줘",
    "현재 실행 중이거나 실패한 파이프라인 있어?",
    "Recommend a model with few false positives",
    "Compare the metrics of wafer-defect v2.0 and v2.1",
]


def lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]


@pytest.mark.parametrize(("question", "most"), [(q, 12) for q in ORDINARY] + [(q, 20) for q in LONG])
def test_an_answer_is_short_enough_to_read(talk: Talk, question: str, most: int) -> None:
    assert len(lines(talk.ask(question).text)) <= most


@pytest.mark.parametrize("question", [*ORDINARY, *LONG])
def test_an_answer_names_no_sql_and_no_tool(talk: Talk, question: str) -> None:
    assert not re.search(r"SELECT|LIKE|find_values|execute_sql|`users`", talk.ask(question).text)


def test_few_rows_are_named_in_the_first_sentence(talk: Talk) -> None:
    assert talk.ask("김민준의 프로젝트 목록 보여줘").text.startswith(
        "김민준 님의 프로젝트는 **2개**입니다: **solder-joint-inspection**, **defect-detection-v2**."
    )
    assert talk.ask("Show the projects of 김민준").text.startswith(
        "김민준 has **2** projects: **solder-joint-inspection**, **defect-detection-v2**."
    )
    assert "convnext-solder-exp01" not in talk.ask("파이프라인 전부 보여줘").text.split("\n\n")[0]


def test_a_text_is_quoted_and_a_path_is_code(talk: Talk) -> None:
    note = talk.ask("intent-kobert의 deploy_note 알려줘").text
    assert "배포 노트는 다음과 같습니다: “상담 의도 분류용." in note
    path = talk.ask("yolov8-wafer-exp01의 체크포인트 경로 알려줘").text
    assert "yolov8-wafer-exp01 파이프라인의 체크포인트 경로는 다음과 같습니다: `/mnt/" in path
    assert (
        "The checkpoint of yolov8-wafer-exp01 is at `/mnt/"
        in talk.ask("Where is the checkpoint of yolov8-wafer-exp01?").text
    )


def test_how_long_it_took_or_has_been_going_on_is_said(talk: Talk) -> None:
    told = talk.ask("현재 실행 중이거나 실패한 파이프라인 있어?").text
    assert "**lstm-log-exp01**: 15분 만에 실패 · 로그 `/mnt/artifacts/lstm-log-exp01/error.log`" in told
    assert "**yolov8-wafer-exp03**: 약 2년 5개월째 실행 중" in told
    english = talk.ask("Are there any running or failed pipelines?").text
    assert "failed after 15 minutes" in english
    assert "running for about 2 years and 5 months" in english


def test_a_comparison_tells_only_what_differs(talk: Talk) -> None:
    told = talk.ask("wafer-defect v2.0과 v2.1의 메트릭 비교해줘").text
    ahead = "**v2.1**은 mAP50 92.3%(2.2%p 차이), F1 89.1%(2.8%p 차이), Recall(재현율) 94.8%(15.9%p 차이)에서 앞섭니다."
    assert told.startswith(f"{ahead} **v2.0**은 Precision(정밀도) 95.2%(11%p 차이)에서 앞섭니다.")
    assert "- Recall(재현율): v2.0 78.9% · v2.1 **94.8%**" in told
    assert "거의 같은 항목: 추론 시간 12.3 ms · 12.5 ms" in told


def test_a_recommendation_tells_winner_and_runner_up(talk: Talk) -> None:
    told = talk.ask("오탐이 적은 모델 추천해줘").text
    assert "- 1순위 **document-paddle-ocr v2.0**: Precision(정밀도) 93.5%" in told
    assert "- 2순위 **surface-yolov5l v3.2**" in told
    assert "3순위" not in told


def test_figures_are_explained_only_where_there_are_some(talk: Talk) -> None:
    assert "지표 읽는 법" in talk.ask("production에 배포된 모델 목록과 성능 보여줘").text
    for question in ("김민준 모델 보여줘", "실패한 파이프라인 있어?", "GPU 정보가 비어 있는 파이프라인"):
        assert "지표" not in talk.ask(question).text


def test_a_near_name_is_offered_and_a_far_one_is_not(talk: Talk) -> None:
    assert "혹시 **yolov8-wafer-exp0" in talk.ask("yolov8-wafer-exp05 파이프라인 상태").text
    assert "혹시" not in talk.ask("송이레의 프로젝트 보여줘").text


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("이서 연 프로젝트", "'이서 연'은 '이서연'으로 읽었습니다."),
        ("A 100 파이프라인 몇 개야?", "'A 100'은 'A100'으로 읽었습니다."),
        ("비전 팀 모델 보여줘", "'비전 팀'은 '비전팀'으로 읽었습니다."),
        ("waferdefectyolov8m v2.1 성능", "'waferdefectyolov8m'은 'wafer-defect-yolov8m'으로 읽었습니다."),
        ("이서 연의 예산은?", "'이서 연'은 '이서연'으로 읽었습니다."),
    ],
)
def test_a_correction_is_always_said(talk: Talk, question: str, says: str) -> None:
    assert says in talk.ask(question).text


def rows_of(book: Book, table: str, column: str) -> list[str]:
    return [str(row[0]) for row in book.database.execute(f"SELECT {column} FROM {table}")]


NAMED = [
    ("users", "name", "{} 알려줘", "Show me {}"),
    ("projects", "name", "{} 프로젝트 알려줘", "Show the project {}"),
    ("datasets", "name", "{} 데이터셋 알려줘", "Show the dataset {}"),
    ("pipelines", "name", "{} 파이프라인 알려줘", "Show the pipeline {}"),
    ("models", "name || ' ' || version", "{} 모델 알려줘", "Show the model {}"),
]


def is_told(told: Told) -> bool:
    """Whether rows with something in them were told, or that there are none of just what was asked for."""
    if told.rows:
        return any(cell is not None for row in told.rows for cell in row)
    return bool(told.sql) and re.search("현재 카탈로그에 존재하지 않습니다|there are no ", told.text) is not None


@pytest.mark.parametrize(("table", "column", "korean", "english"), NAMED)
def test_every_further_question_is_one_the_engine_answers(
    sample: Book, table: str, column: str, korean: str, english: str
) -> None:
    for name in rows_of(sample, table, column):
        for first in (korean.format(name), english.format(name)):
            questions = Talk(sample).ask(first).next
            assert questions, first
            for question in questions:
                talk = Talk(sample)
                talk.ask(first)
                assert is_told(talk.ask(question)), f"{first} -> {question}"


@pytest.mark.parametrize("question", [*ORDINARY, *LONG])
def test_further_questions_lead_on(talk: Talk, question: str) -> None:
    first = talk.ask(question)
    for more in first.next:
        told = Talk(talk.book, turns=list(talk.turns)).ask(more)
        assert is_told(told), more
        assert told.rows != first.rows, more


def test_what_was_just_answered_is_not_offered_again(talk: Talk) -> None:
    assert not any("체크포인트" in q for q in talk.ask("intent-kobert 체크포인트 경로 알려줘").next)
    assert not any("담당자" in q for q in talk.ask("김민준의 프로젝트 목록 보여줘").next)
    failed = talk.ask("실패한 파이프라인 있어?").next
    assert failed == [
        "lstm-log-exp01의 로그 경로 알려줘",
        "TensorFlow로 완료된 파이프라인 중 가장 최근 것은?",
        "lstm-log-exp01 담당자는 누구야?",
    ]


@pytest.mark.parametrize(
    ("question", "outcome"),
    [
        ("koelectra vs kobert on f1 — who wins?", "**intent-koelectra v3.1** is ahead in F1 (90.3%, by 1.6 points)."),
        ("kobert랑 koelectra 추론 속도 비교", "**intent-kobert v3.0**은 추론 시간 15.2 ms(2.4 ms 차이)에서 앞섭니다."),
        ("프로덕션 모델 비교해줘", "프로덕션(production) 모델 4개 가운데 **surface-yolov5l v3.2**는 mAP50 95.6%"),
        (
            "compare the production models",
            "Of the 4 production models, **surface-yolov5l v3.2** is ahead in mAP50 (95.6%",
        ),
    ],
)
def test_a_comparison_begins_with_its_outcome(talk: Talk, question: str, outcome: str) -> None:
    assert talk.ask(question).text.startswith(outcome)


def test_models_are_counted_as_models_by_team_and_as_versions_by_name(talk: Talk) -> None:
    assert talk.ask("팀별 모델 수").text.startswith("팀별 모델 수입니다")
    assert "버전 수" in talk.ask("모델 이름별로 몇 개씩 있어?").text
