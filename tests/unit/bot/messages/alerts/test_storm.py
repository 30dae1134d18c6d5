"""Many alerts as one message: counted, the newest named, green when all are well, listed in pages."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.failures.cause import Cause, dump
from bot.messages.alerts.facts import Envelope, Voice
from bot.messages.alerts.storm import PAGE, state_of, storm_card, storm_page
from db.store.alerts.records import AGAIN, Alert, Storm
from tests.unit.bot.messages.alerts.samples import (
    ALERT,
    ALERTS,
    DETAILS,
    EN,
    FAILED,
    KO,
    NOW,
    ROOT,
    VOICES,
    WORDS,
    called,
    problem,
    shown,
)

STORM = Storm("s1", "C1", "failed-pipelines|defect-detection-v2", FAILED, FAILED + timedelta(seconds=40), None, 3)


def failures(count: int, **given: Any) -> list[Alert]:
    return [
        replace(
            ALERT,
            alert_id=f"{at:032x}",
            name=f"yolov8-wafer-exp{at:02}",
            project="defect-detection-v2" if at % 3 else "invoice-ocr",
            details={**DETAILS, "error": "CUDA out of memory" if at % 2 else None},
            first_at=FAILED + timedelta(seconds=at),
            **given,
        )
        for at in range(count)
    ]


def title(message: Any) -> str:
    return str(message.blocks[0]["text"]["text"])


def test_it_counts_by_state_project_and_error_and_names_the_newest() -> None:
    message = storm_card(STORM, failures(23), KO, ROOT)
    words = shown(message)
    assert title(message) == "🔴 파이프라인 23건 실패"
    assert "열림 23" in words
    assert "defect-detection-v2\n  15건" in words
    assert "invoice-ocr\n  8건" in words
    assert "CUDA out of memory\n  11건" in words
    assert "아직 모름\n  12건" in words
    assert words.index("yolov8-wafer-exp22") < words.index("yolov8-wafer-exp18")
    assert "yolov8-wafer-exp17" not in words
    assert message.text == "🔴 파이프라인 23건 실패 — 열림 23 (defect-detection-v2 15, invoice-ocr 8)"
    assert problem(message) is None


def test_in_english_it_says_the_same() -> None:
    assert title(storm_card(STORM, failures(7), EN, ROOT)) == "🔴 7 pipelines failed"


def test_it_is_amber_while_somebody_has_it_and_green_when_all_are_well() -> None:
    taken = failures(3, state="acknowledged")
    well = failures(4, state="resolved", resolved_at=NOW)
    assert title(storm_card(STORM, [*taken, *well], KO, ROOT)).startswith("🟠 파이프라인 7건 실패")
    assert "확인함 3 · 복구 4" in shown(storm_card(STORM, [*taken, *well], KO, ROOT))
    green = storm_card(STORM, well, KO, ROOT)
    assert title(green) == "🟢 모두 복구됨, 27분 만에: 4건"
    assert not [block for block in green.blocks if block["type"] == "actions"]
    assert title(storm_card(STORM, failures(2, state="resolved"), KO, ROOT)) == "🟢 모두 복구됨: 2건"


@pytest.mark.parametrize(
    ("states", "state"),
    [
        (["resolved", "snoozed", "open"], "open"),
        (["snoozed", "acknowledged"], "acknowledged"),
        (["snoozed", "resolved"], "snoozed"),
        ([], "open"),
    ],
)
def test_it_stands_as_its_most_urgent_alert(states: list[Any], state: str) -> None:
    assert state_of([replace(ALERT, state=one) for one in states]) == state


def test_its_title_says_what_kind_it_is() -> None:
    stuck = failures(2, kind="stuck")
    assert title(storm_card(STORM, stuck, KO, ROOT)) == "🔴 너무 오래 실행 중인 파이프라인 2건"
    assert title(storm_card(STORM, [*stuck, *failures(1)], KO, ROOT)) == "🔴 알림 3건"


def test_causes_are_counted_where_they_are_known() -> None:
    cause = dump(Cause("cuda-oom", "GPU 메모리가 부족했습니다."))
    assert "GPU 메모리가 부족했습니다.\n  4건" in shown(storm_card(STORM, failures(4, cause=cause), KO, ROOT))


def test_what_is_beyond_the_first_groups_is_summed_up() -> None:
    many = [replace(ALERT, alert_id=f"{at:032x}", project=f"project-{at:02}") for at in range(9)]
    assert "그 밖에 3건" in shown(storm_card(STORM, many, KO, ROOT))


def test_a_storm_that_takes_in_no_more_says_from_when_to_when() -> None:
    assert "새로 생기면 여기에 더합니다" in shown(storm_card(STORM, failures(6), KO, ROOT))
    closed = replace(STORM, closed_at=NOW, last_at=NOW)
    words = shown(storm_card(closed, failures(6), KO, ROOT))
    assert "11월 21일(토) 18:03 → 18:30" in words
    assert "더합니다" not in words


def test_its_buttons_are_for_all_of_them() -> None:
    (row,) = [b for b in storm_card(STORM, failures(6), KO, ROOT).blocks if b["type"] == "actions"]
    assert row["block_id"] == "alert:o1:storm:s1:3"
    assert [element["action_id"] for element in row["elements"]] == [
        "alert_acknowledge",
        "alert_snooze_hour",
        "alert_more",
    ]
    assert row["elements"][0]["value"] == "storm:s1:3"


def test_it_calls_whom_its_envelope_says() -> None:
    assert called(storm_card(STORM, failures(6), KO, Envelope("o1", calls=("U1",)))) == ["user:U1"]


def test_a_storm_of_nothing_yet_says_so() -> None:
    message = storm_card(STORM, [], KO, Envelope("o1", is_repeat=True))
    assert "아직 없음" in shown(message)
    assert "이미 올라온 알림일 수 있습니다" in shown(message)
    assert problem(message) is None


def test_the_list_comes_in_pages() -> None:
    members = failures(PAGE + 3)
    first, second = (storm_page(members, page, KO, ROOT) for page in (1, 2))
    assert first is not None
    assert second is not None
    assert "1–20번째 (전체 23건)" in shown(first)
    assert "yolov8-wafer-exp19" in shown(first)
    assert "yolov8-wafer-exp20" not in shown(first)
    assert "21–23번째 (전체 23건)" in shown(second)
    assert "🔴 \nyolov8-wafer-exp21\n · invoice-ocr · wafer-image-2024q2-aug · 18:03 · CUDA" in shown(second)
    assert storm_page(members, 3, KO, ROOT) is None


def test_a_run_that_runs_again_is_marked_in_the_list() -> None:
    page = storm_page([replace(ALERT, details={**ALERT.details, AGAIN: NOW.isoformat()})], 1, KO, ROOT)
    assert page is not None
    assert "다시 실행 중" in shown(page)


def test_a_repeated_page_says_so() -> None:
    page = storm_page(failures(1), 1, KO, Envelope(is_repeat=True))
    assert page is not None
    assert "이미 올라온" in shown(page)


@settings(deadline=None)
@given(st.lists(ALERTS, max_size=25), VOICES, WORDS)
def test_whatever_stands_in_the_cells_slack_takes_it_and_nobody_is_called(
    members: list[Alert], voice: Voice, key: str
) -> None:
    storm = replace(STORM, key=key)
    made = [storm_card(storm, members, voice, ROOT), storm_page(members, 1, voice, ROOT)]
    for message in filter(None, made):
        assert problem(message) is None
        assert called(message) == []
        assert "\n" not in message.text


@settings(deadline=None, max_examples=20)
@given(st.lists(ALERTS, min_size=1, max_size=4), VOICES)
def test_however_many_there_are_slack_takes_it(members: list[Alert], voice: Voice) -> None:
    assert problem(storm_card(STORM, members * 150, voice, ROOT)) is None


def test_what_came_on_another_day_has_its_date_in_the_list() -> None:
    late = replace(failures(1)[0], first_at=FAILED + timedelta(days=1))
    page = storm_page([*failures(1), late], 1, KO, ROOT)
    assert page is not None
    assert "11월 22일(일) 18:03" in shown(page)
