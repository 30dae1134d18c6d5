"""What people ask below an alert, answered by the rules: of the sample's runs, and of a hospital's visits."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from db.catalog.sample import SAMPLE_SEMANTICS
from tests.databases import HOSPITAL, HOSPITAL_WORDS, LATELY, fill
from tests.unit.agent.offline.talk import Book, Talk, open_book

WAFER: dict[str, Any] = {
    "id": 15,
    "name": "yolov8-wafer-exp04",
    "project": "defect-detection-v2",
    "owner": "김민준",
    "dataset": "wafer-image-2024q2-aug",
    "gpu": "A100",
    "started_at": "2026-11-21 02:00:00",
    "finished_at": "2026-11-21 05:40:00",
}
NIGHTLY = WAFER | {
    "id": 21,
    "name": "paddleocr-invoice-nightly",
    "project": "invoice-ocr",
    "owner": "최유진",
    "dataset": "invoice-scan-ko",
    "gpu": "V100",
    "started_at": "2026-11-20 01:00:00",
    "finished_at": "2026-11-20 03:30:00",
}
NO_SHOW = {
    "id": 18,
    "name": "18",
    "owner": "홍다인",
    "dataset": "권나은",
    "visited_at": "2026-01-19 10:10:00",
    "status": "no_show",
}


@pytest.fixture(scope="module")
def runs() -> Iterator[Book]:
    with closing(sqlite3.connect(":memory:")) as database:
        fill(database, *LATELY)
        yield open_book(database, SAMPLE_SEMANTICS)


@pytest.fixture(scope="module")
def hospital() -> Iterator[Book]:
    with closing(sqlite3.connect(":memory:")) as database:
        fill(database, *HOSPITAL)
        yield open_book(database, HOSPITAL_WORDS)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("왜?", "/mnt/artifacts/yolov8-wafer-exp04/error.log"),
        ("원인이 뭐야", "3시간 40분 만에 실패"),
        (
            "지난번엔 성공했어?",
            "이름이 같은 것 중에는 해당하는 기록이 없습니다. 같은 데이터셋(wafer-image-2024q2-aug)의 파이프라인을",
        ),
        ("성공한 마지막 실행은?", "가장 최근은 **yolov8-wafer-exp02**"),
        ("모델 나왔어?", "아니요, yolov8-wafer-exp04 파이프라인의 모델은 없습니다."),
        ("누가 돌린 거야?", "**김민준** 님"),
        ("에러 로그 경로 알려줘", "`/mnt/artifacts/yolov8-wafer-exp04/error.log`"),
        ("얼마나 돌았어?", "**3.67시간**"),
        ("이번이 처음이야?", "네, 이름이 같은 기록으로는 이번이 처음입니다."),
        ("파이프라인 언제 시작했어?", "2026년 11월 21일 02:00"),
        ("다시 돌려줘", "아무것도 다시 실행하지 않습니다"),
        ("is this the first time?", "this is the first time"),
        ("any other failures?", "There are **6** failed pipelines other than yolov8-wafer-exp04."),
        ("which dataset was it?", "wafer-image-2024q2-aug"),
        ("could we just try again?", "I only read the records"),
    ],
)
def test_a_question_without_a_subject_is_about_the_run(runs: Book, question: str, said: str) -> None:
    assert said in Talk(runs, alert=WAFER).ask(question).text


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (
            "지난번엔 성공했어?",
            "아니요, 바로 전인 **paddleocr-invoice-nightly**(2026년 11월 19일 01:00)의 상태는 실패(failed)입니다.",
        ),
        ("저번에 실패했었나?", "네, 바로 전인"),
        ("그 전에 성공한 적 있어?", "네, 그 전에 1번 있습니다. 가장 최근은"),
        (
            "언제부터 실패했어?",
            "2026년 11월 18일 01:00부터 3번 연달아 실패(failed)입니다. 그 전(2026년 11월 17일 01:00)",
        ),
        ("몇 번째 실패야?", "이번이 3번째입니다."),
        ("몇 번 실패했어?", "총 **3개**"),
        ("처음 실패한 거야?", "아니요, 이름이 같은 기록이 이전에 2번 더 있습니다."),
        ("영향받는 모델 있어?", "document-paddle-ocr v2.1"),
        (
            "did it work last time?",
            "The one before was **paddleocr-invoice-nightly** (19 November 2026, 01:00), status: failed.",
        ),
        ("since when has it been failing?", "failed 3 times in a row, since 18 November 2026, 01:00. Before that"),
        ("which failure is this?", "This is number 3."),
    ],
)
def test_a_run_that_is_repeated_under_its_name_is_held_against_those(runs: Book, question: str, said: str) -> None:
    assert said in Talk(runs, alert=NIGHTLY).ask(question).text


def test_how_long_it_has_failed_ends_where_it_went_well(runs: Book) -> None:
    first = NIGHTLY | {"id": 18, "started_at": "2026-11-17 01:00:00", "finished_at": "2026-11-17 04:10:00"}
    alone = Talk(runs, alert=WAFER).ask("언제부터 실패했어?").text
    assert "이번 한 번만 실패(failed)입니다." in alone
    assert "그 전에는 이름이 같은 기록이 없습니다." in alone
    assert "완료(completed)가 아닙니다" in Talk(runs, alert=first).ask("언제부터 성공했어?").text


def test_what_was_told_of_one_run_is_gone_on_from(runs: Book) -> None:
    talk = Talk(runs, alert=NIGHTLY)
    talk.ask("지난번엔 성공했어?")
    assert "/20/error.log" in talk.ask("그건 왜 실패했어?").text
    assert "2026년 11월 17일" in talk.ask("그럼 성공한 마지막 실행은?").text
    assert "92.7%" in talk.ask("걔 f1은?").text


def test_what_is_narrowed_down_is_shared_with_the_run(runs: Book) -> None:
    same_gpu = Talk(runs, alert=NIGHTLY | {"id": 17, "name": "patchtst-demand-exp03", "gpu": "T4"})
    assert same_gpu.ask("이 GPU 쓰는 다른 것도 실패했어?").column("name") == ["lstm-log-exp01"]
    bare = {"id": 17, "name": "patchtst-demand-exp03", "started_at": "2026-11-19 10:00:00", "finished_at": None}
    talk = Talk(runs, alert=bare)
    assert set(talk.ask("같은 데이터셋 쓰는 다른 파이프라인은?").column("name")) == {
        "nbeats-demand-exp01",
        "patchtst-demand-exp02",
    }
    assert Talk(runs, alert=bare).ask("이 팀 다른 실패도 있어?").column("name") == ["lstm-log-exp01"]
    assert "같은" in Talk(runs, alert=bare).ask("지난번엔 성공했어?").text


@pytest.mark.parametrize(
    ("cause", "said"),
    [
        ("cuda-oom", "GPU 메모리"),
        ("디스크가 가득 찼습니다 <!channel>", "원인 분석에서는 이렇게 보았습니다: “디스크가 가득 찼습니다"),
    ],
)
def test_a_cause_that_was_found_is_told(runs: Book, cause: str, said: str) -> None:
    assert said in Talk(runs, alert=WAFER | {"cause": cause}).ask("왜 실패했어?").text


@pytest.mark.parametrize("cause", ["unknown", "no-log", "other", "python-error", "never-heard-of"])
def test_a_cause_that_says_nothing_is_not_told(runs: Book, cause: str) -> None:
    text = Talk(runs, alert=WAFER | {"cause": cause}).ask("왜 실패했어?").text
    assert text.startswith("yolov8-wafer-exp04 파이프라인의 정보입니다")


@pytest.mark.parametrize(
    ("question", "shown"),
    [
        ("yolov8-wafer-exp01은 왜 실패했어?", "yolov8-wafer-exp01"),
        ("프로덕션 모델 몇 개야?", "4"),
        ("전체 데이터셋 몇 개야?", "12"),
        ("how many users are there?", "8"),
        ("A100으로 돌린 파이프라인 몇 개야?", "4"),
    ],
)
def test_what_names_something_else_is_about_that(runs: Book, question: str, shown: str) -> None:
    text = Talk(runs, alert=WAFER).ask(question).text
    assert shown in text
    assert text == Talk(runs).ask(question).text


@pytest.mark.parametrize("question", ["지난번엔 성공했어?", "왜?", "몇 번째 실패야?", "다시 돌리면 될까?"])
def test_without_an_alert_nothing_is_read_so(runs: Book, question: str) -> None:
    text = Talk(runs).ask(question).text
    assert "이름이 같은" not in text
    assert "번째입니다" not in text


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("왜?", "환자에게 전화해"),
        ("지난번엔 왔어?", "같은 환자(권나은)의 진료를 기준으로 답합니다. 바로 전은 **17**"),
        ("이 환자 다른 노쇼도 있어?", "아니요"),
        ("다른 노쇼 있어?", "18이 아닌 노쇼는 총 **1건**입니다"),
        ("몇 번째 노쇼야?", "이번이 1번째입니다."),
        ("처방 나왔어?", "아니요, 18 진료의 처방은 없습니다."),
        ("which doctor was it", "**홍다인**"),
        ("has this patient been a no-show before?", "No, there are no"),
    ],
)
def test_another_catalogues_alert_is_asked_the_same_way(hospital: Book, question: str, said: str) -> None:
    assert said in Talk(hospital, alert=NO_SHOW).ask(question).text


def test_a_table_without_a_state_or_a_name_is_told_by_its_rows(hospital: Book) -> None:
    lab = {"id": 11, "name": "CRP", "owner": "차은결", "dataset": "Lucas Meyer", "started_at": "2026-11-11"}
    assert "검체 불량" in Talk(hospital, alert=lab).ask("왜?").text
    assert Talk(hospital, alert=lab).ask("지난번엔 어땠어?").text.startswith("진료가 같은 검사를 기준으로 답합니다.")
    assert Talk(hospital, alert=lab).ask("이번이 처음이야?").text
    assert "**차은결**" in Talk(hospital, alert=lab).ask("어느 의사 담당이야?").text
    assert "2026년 11월 11일" in Talk(hospital, alert=lab).ask("언제 검사했어?").text


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("보통 얼마나 걸려?", "**3.17시간**"),
        ("연속으로 몇 번 실패한 거야?", "3번 연달아"),
        ("has this ever worked?", "Here are **3** pipelines other than"),
        ("이 프로젝트에서 전에도 실패한 적 있어?", "실패(failed) 파이프라인은 총 **2개**"),
        ("이 프로젝트 최근 실패", "실패(failed) 파이프라인은 **3개**"),
        ("전체 로그 몇 개야?", "14"),
        ("로그 크기는?", "0.7"),
        ("데이터셋 포맷이 뭐야?", "PNG"),
        ("오늘 실패한 거 또 있어?", "yolov8-wafer-exp04"),
    ],
)
def test_what_is_usual_and_what_is_counted_is_of_its_like(runs: Book, question: str, said: str) -> None:
    assert said in Talk(runs, alert=NIGHTLY).ask(question).text


def test_what_is_usual_is_of_the_same_data_where_nothing_of_its_name_went_well(runs: Book) -> None:
    text = Talk(runs, alert=WAFER).ask("보통 얼마나 걸려?").text
    assert text.startswith("이름이 같은 것 중에는 해당하는 기록이 없습니다. 같은 데이터셋(wafer-image-2024q2-aug)")
    assert "16.25시간" in text


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("지넌번엔 성공했어?", "바로 전인"),
        ("왜 실페했어?", "/21/error.log"),
        ("몇 번째 실포야?", "이번이 3번째입니다."),
        ("did it work lsat time?", "The one before was"),
        ("체크포인트남아있어?", "아니요"),
        ("이프로젝트다른실패도있어?", "실패(failed) 파이프라인은 총 **2개**"),
    ],
)
def test_a_slip_or_a_lost_space_changes_nothing(runs: Book, question: str, said: str) -> None:
    assert said in Talk(runs, alert=NIGHTLY).ask(question).text


@pytest.mark.parametrize(
    "question",
    [
        "어제 뭐 했어?",
        "왜 이 프로젝트는 담당자가 없어?",
        "오탐이 적은 모델 추천해줘",
        "영향받는 거 있어?",
        "지난번 모델은?",
        "성공한 모델 중 최근 거는?",
        "다른 모델도 있어?",
        "다른 로그도 있어?",
        "이 팀 뭐 하는 팀이야?",
        "이 프로젝트 얼마나 걸렸어?",
        "90점 넘는 거 처음이야?",
        "what is zorgle?",
    ],
)
def test_what_is_not_asked_of_the_run_alone_is_read_as_ever(runs: Book, question: str) -> None:
    text = Talk(runs, alert=WAFER).ask(question).text
    assert text
    assert "이름이 같은" not in text


def test_a_table_without_a_state_or_a_time_has_no_last_time(hospital: Book) -> None:
    ward = {"id": 2, "name": "61병동"}
    assert "30" in Talk(hospital, alert=ward).ask("병상 수는?").text
    for question in ("지난번엔 어땠어?", "몇 번째야?", "언제부터 그랬어?", "처음이야?", "보통 얼마나 걸려?"):
        assert "번째입니다" not in Talk(hospital, alert=ward).ask(question).text


def test_the_run_before_the_run_before_is_found_as_well(runs: Book) -> None:
    talk = Talk(runs, alert=NIGHTLY)
    assert "2026년 11월 19일" in talk.ask("지난번엔 성공했어?").text
    assert "2026년 11월 18일" in talk.ask("그 직전은?").text
    assert "2026년 11월 17일" in talk.ask("그 직전은?").text


def test_a_run_without_a_time_is_held_against_all_others(runs: Book) -> None:
    untimed = {"id": 21, "name": "paddleocr-invoice-nightly", "gpu": "V100", "started_at": None, "finished_at": None}
    assert "2026년 11월 19일" in Talk(runs, alert=untimed).ask("지난번엔 성공했어?").text
    assert "3개" in Talk(runs, alert=untimed).ask("몇 번째 실패야?").text


@pytest.mark.parametrize(
    ("alert", "question", "said"),
    [
        (WAFER, "지난번엔 성공했어?", "상태가 완료(completed)인 것 중 가장 최근은 **yolov8-wafer-exp02**"),
        (NIGHTLY, "지난번엔 성공했어?", "가장 최근은 **paddleocr-invoice-nightly**(2026년 11월 17일 01:00)"),
        (NIGHTLY, "did the last run succeed?", "The latest with status completed is **paddleocr-invoice-nightly**"),
        (NIGHTLY, "did the previous run succeed?", "The latest with status completed is **paddleocr-invoice-nightly**"),
        (NIGHTLY, "지난번에는 왜 실패했어?", "네, 바로 전인 **paddleocr-invoice-nightly**(2026년 11월 19일 01:00)"),
        (NIGHTLY | {"id": 18, "started_at": "2026-11-17 01:00:00"}, "지난번엔 성공했어?", "네, 바로 전인 **paddleocr"),
    ],
)
def test_asked_whether_the_last_run_went_well_the_last_that_did_is_told(
    runs: Book, alert: dict[str, Any], question: str, said: str
) -> None:
    assert said in Talk(runs, alert=alert).ask(question).text


def test_where_none_went_well_or_none_was_before_that_is_said(runs: Book) -> None:
    lstm = {"id": 9, "name": "lstm-log-exp01", "dataset": "syslog-2024h1", "started_at": "2024-09-10 10:00:00"}
    told = Talk(runs, alert=lstm).ask("지난번엔 성공했어?").text
    assert told.startswith("지난번 기록이 없습니다. 이름이 같은 것도, 같은 데이터셋(syslog-2024h1)에서")
    late = NIGHTLY | {"id": 20, "started_at": "2026-11-19 01:00:00"}
    runs.database.execute("UPDATE pipelines SET name = 'paddleocr-before' WHERE id = 18")
    try:
        near = Talk(runs, alert=late).ask("지난번엔 성공했어?").text
    finally:
        runs.database.execute("UPDATE pipelines SET name = 'paddleocr-invoice-nightly' WHERE id = 18")
    assert "같은 데이터셋의 것 중에는 **paddleocr-before**(2026년 11월 17일 01:00)이 가장 최근입니다." in near
    failed = NIGHTLY | {"id": 20, "started_at": "2026-11-19 01:00:00"}
    assert "취소(cancelled)인 기록은 없습니다" in Talk(runs, alert=failed).ask("지난번엔 취소됐어?").text


def test_a_pronoun_goes_back_to_the_alerts_run_from_one_that_nobody_named(runs: Book) -> None:
    talk = Talk(runs, alert=WAFER)
    assert "yolov8-wafer-exp03" in talk.ask("지난번엔 성공했어?").text
    assert "yolov8-wafer-exp04/error.log" in talk.ask("그거 로그 어디 있어?").text
    english = Talk(runs, alert=NIGHTLY)
    english.ask("did it work last time?")
    assert "/21/error.log" in english.ask("where is its log?").text
    named = Talk(runs, alert=WAFER)
    named.ask("yolov8-wafer-exp03 상태는?")
    assert "yolov8-wafer-exp03/train.log" in named.ask("그거 로그 어디 있어?").text


@pytest.mark.parametrize("question", ["로그 어디 있어?", "where is the log?"])
def test_where_a_file_is_is_answered_with_its_path(runs: Book, question: str) -> None:
    first = Talk(runs, alert=WAFER).ask(question).text.splitlines()[0]
    assert "`/mnt/artifacts/yolov8-wafer-exp04/error.log`" in first
    assert not first.startswith(("네", "Yes"))


def test_who_is_sent_to_the_log_has_not_been_told_the_cause(runs: Book) -> None:
    told = Talk(runs, alert=WAFER | {"cause": "cuda-oom"}).ask("왜 실패했어?").text
    assert "위 원인부터 고쳐 보세요." in told
    assert "error.log에서 실패 원인을 확인" not in told
    assert "error.log에서 실패 원인을 확인" in Talk(runs, alert=WAFER).ask("왜 실패했어?").text


def test_whom_to_ask_is_no_slip(runs: Book) -> None:
    told = Talk(runs, alert=WAFER).ask("이거 누구한테 물어봐야 돼?").text
    assert "**김민준** 님" in told
    assert "무어봐" not in told
