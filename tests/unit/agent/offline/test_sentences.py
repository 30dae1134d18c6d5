"""The sentences themselves, in both languages, and how times are said."""

from datetime import datetime

import pytest

from agent.moments import lasted, moment, whole
from db.catalog.meaning import Language
from tests.unit.agent.offline.talk import Book, Talk

SENTENCES = [
    ("is the OCR model slower than kobert?", "Here are **2** ocr or KoBERT models, longest inference time first"),
    ("projects created in 2024", "There are **4** projects created in 2024: **solder-joint-inspection**"),
    ("which datasets were created in November 2026?", "there are no datasets created in November 2026"),
    ("pipelines started on 2024-06-03", "There is **1** pipeline started on 3 June 2024"),
    ("datasets created since 2026", "There are **2** datasets created since 1 January 2026"),
    ("models with parameters between 20 and 30", "with parameters from 20M to 30M"),
    ("who trained the longest pipeline?", "has the longest duration (42.5 hours). The user is **최유진**."),
    ("what is the mAP of document-paddle-ocr?", "document-paddle-ocr v2.0 has no mAP50 (NULL).\n\nMAP50 exists only"),
    ("compare the completed pipelines", "Comparison of **10** completed pipelines."),
    ("are there projects without a dataset?", "No, there are no projects without a dataset."),
    ("are 박도현 and 김민준 in the same team?", "Yes, the same team (김민준: **비전팀**, 박도현: **비전팀**)."),
    ("show the performance of pallet-rtdetr-l", "- pallet-rtdetr-l v1.0: no metrics recorded yet."),
    ("status of pipeline yolov8-wafer-exp05", "Did you mean **yolov8-wafer-exp01** or"),
    ("models with more than one version", "has more than 1 version: **wafer-defect-yolov8m** 2."),
    (
        "What GPU types did 김민준 use?",
        "김민준's pipelines have **3** different values of GPU: `A100`, `H100`, `V100`.",
    ),
    ("Recommend a ㅁ model with few false positives", "I left out ‘ㅁ’ as stray characters."),
    ("number of projects per user", "by user (**8** in all). The most: **김민준** 2, **박도현** 2, **이서연** 2."),
    (
        "이번 주에 시작한 파이프라인 있어?",
        "시작 시각이 2026년 11월 16일부터 2026년 11월 22일까지인 파이프라인은 없습니다.",
    ),
    ("pipelines started this week", "there are no pipelines started from 16 November 2026 to 22 November 2026"),
    ("GPU별 파이프라인 수", "**V100** 3개, **없음(NULL)** 1개."),
    ("월별 파이프라인 수", "(모두 **11개** 항목). 가장 많은 것은 **2024-06** 3개입니다."),
    ("latest model of each project", "The latest model (registered) for each project"),
    ("What frameworks are there?", "Pipelines have **4** different values of framework"),
    ("What percentage of pipelines failed?", "1 of 14 pipelines is a failed pipeline: **7.1%**."),
    ("What percentage of pipelines are completed?", "10 of 14 pipelines are completed pipelines: **71.4%**."),
    ("dataset sizes per project", "The total size, average size and number of datasets by project"),
    ("latest project", "Among projects, **warehouse-pallet** is the latest (created 1 September 2026)."),
    ("smallest dataset", "**churn-2022** has the smallest size (0.3 GB)."),
    ("worst recall model", "**wafer-defect-yolov8m v2.0** has the lowest recall (78.9%)."),
    ("pipelines with at most 2 artifacts", "**11** pipelines have at most 2 artifacts."),
    ("평균 학습 시간과 추론 시간", "학습 시간·추론 시간 평균은 **11.85시간 · 15.84 ms**입니다."),
    ("models with over 0.9 recall", "There are **3** models with recall over 90%"),
    ("9월에 프로젝트를 만든 사람", "생성일이 2026년 9월인 프로젝트의 사용자는 **박도현** 님입니다"),
    ("2024년에 학습한 모델", "시작 시각이 2024년인 파이프라인의 모델은 **5개**입니다"),
    ("show three datasets", "Here are **3** of the datasets"),
    ("데이터셋 3개만 보여줘", "데이터셋 가운데 **3개**입니다"),
    ("버전이 여러 개인 모델", "버전이 1개 초과인 모델은 **1개**입니다: **wafer-defect-yolov8m** 2개."),
    ("체크포인트가 2개 이상인 파이프라인", "체크포인트가 2개 이상인 파이프라인은 **1개**입니다"),
    ("실험을 제일 많이 한 사람", "실험 수가 가장 많은 사용자는 **김민준**입니다 (3건)."),
    ("작년에 생성된 프로젝트", "생성일이 2025년인 프로젝트는 **2개**"),
    ("pallet-rtdetr-l 성능 알려줘", "pallet-rtdetr-l v1.0: 아직 등록된 메트릭이 없습니다."),
    (
        "callcenter-intent 데이터셋들은 기가당 샘플이 얼마나 돼?",
        "용량당 샘플 수입니다: **intent-utterances-v5** 202,666.67, **intent-utterances-v6**",
    ),
    ("voice-summary 담당자는 누구야?", "**이서연** 님입니다"),
]


@pytest.mark.parametrize(("question", "says"), SENTENCES)
def test_a_sentence_reads_well(talk: Talk, question: str, says: str) -> None:
    assert says in talk.ask(question).text


def test_the_rows_behind_a_number_are_offered(talk: Talk) -> None:
    assert talk.ask("프로덕션 모델들 평균 F1 알려줘").next == ["프로덕션(production) 모델 보여줘"]


def test_no_group_is_called_the_most_where_many_have_as_many(talk: Talk) -> None:
    assert "가장 많은 것은" not in talk.ask("데이터셋 포맷별 개수").text
    assert "The most" not in talk.ask("number of datasets per format").text


def test_rows_that_were_just_said_to_be_missing_are_not_offered(talk: Talk) -> None:
    assert "voice-summary 프로젝트의 파이프라인은 몇 개야?" not in talk.ask("파이프라인이 하나도 없는 프로젝트").next


@pytest.mark.parametrize(
    ("start", "end", "korean", "english"),
    [
        ("2024-09-10 10:00", "2024-09-10 10:15", "15분", "15 minutes"),
        ("2024-09-10 10:00", "2024-09-10 10:00", "1분 미만", "less than a minute"),
        ("2024-06-03 09:00", "2024-06-03 21:30", "12시간 30분", "12 hours and 30 minutes"),
        ("2024-06-03", "2024-06-13", "10일", "10 days"),
        ("2024-06-15 08:00", "2026-11-21 12:00", "약 2년 5개월", "about 2 years and 5 months"),
        ("2026-06-22", "2026-11-21", "약 4개월", "about 4 months"),
        ("2024-06-15", "2024-06-14", "", ""),
    ],
)
def test_how_long_it_lasted_is_said_in_two_units(start: str, end: str, korean: str, english: str) -> None:
    times = datetime.fromisoformat(start), datetime.fromisoformat(end)
    assert lasted(*times, "ko") == korean
    assert lasted(*times, "en") == english


@pytest.mark.parametrize(
    ("value", "language", "said"),
    [
        ("2024-06-03", "ko", "2024년 6월 3일"),
        ("2024-06-03 09:00:00", "ko", "2024년 6월 3일 09:00"),
        ("2024-06-03T09:00:00", "en", "3 June 2024, 09:00"),
        ("soon", "en", "soon"),
    ],
)
def test_a_time_is_said_as_people_do(value: str, language: Language, said: str) -> None:
    assert moment(value, language) == said


@pytest.mark.parametrize(
    ("low", "high", "korean", "english"),
    [
        ("2024-01-01", "2025-01-01", "2024년", "2024"),
        ("2024-12-01", "2025-01-01", "2024년 12월", "December 2024"),
        ("2024-06-03", "2024-06-04", "2024년 6월 3일", "3 June 2024"),
        ("2024-04-01", "2024-07-01", "", ""),
        ("2024-04-01", None, "", ""),
    ],
)
def test_a_whole_year_month_or_day_is_called_so(low: str, high: str | None, korean: str, english: str) -> None:
    assert whole(low, high, "ko") == korean
    assert whole(low, high, "en") == english


def test_the_shop_has_its_own_words(shop: Book) -> None:
    told = Talk(shop).ask("반품된 주문 있어?").text
    assert "네, 있습니다. 반품은 총 **1건**입니다" in told
    assert "**2**: 7일 만에 반품 · green-tea-500" in told
