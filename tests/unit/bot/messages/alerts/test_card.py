"""An alert's own message: all that matters, in each state, and nobody is called by what stands in a cell."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings

from agent.failures.cause import Cause, dump
from bot.messages.alerts.card import alert_card
from bot.messages.alerts.facts import Envelope, Facts, Success, Voice
from bot.messages.alerts.log import CHARS, LINES, last_lines
from bot.messages.answer import Message
from db.logfiles import Tail
from db.store.alerts.records import AGAIN, Alert
from tests.unit.bot.messages.alerts.samples import (
    ALERT,
    ALERTS,
    DETAILS,
    EN,
    FACTS,
    FACTS_OF_ANY_KIND,
    KO,
    NOW,
    RECOVERED,
    ROOT,
    STARTED,
    STUCK,
    STUCK_FACTS,
    VOICES,
    called,
    problem,
    shown,
)


def fields(message: Message) -> dict[str, str]:
    texts = [field["text"] for block in message.blocks for field in block.get("fields", ())]
    parts = (text.removeprefix("*").partition("*\n") for text in texts)
    return {label: value for label, _, value in parts}


def title(message: Message) -> str:
    return str(message.blocks[0]["text"]["text"])


def card(alert: Alert = ALERT, facts: Facts = FACTS, voice: Voice = KO, envelope: Envelope = ROOT) -> Message:
    return alert_card(alert, facts, voice, envelope)


def actions(message: Message) -> list[str]:
    (row,) = [block for block in message.blocks if block["type"] == "actions"]
    found: list[str] = []
    for element in row["elements"]:
        options = element.get("options")
        found += [option["value"].partition(":")[0] for option in options] if options else [element["action_id"]]
    return found


def test_an_open_alert_says_all_that_matters() -> None:
    message = card()
    assert title(message) == "🔴 파이프라인 실패: yolov8-wafer-exp04"
    assert fields(message) == {
        "프로젝트": "defect-detection-v2",
        "담당자": "김민준",
        "데이터셋": "wafer-image-2024q2-aug",
        "GPU": "A100",
        "시작 → 실패": "11월 21일(토) 17:48 → 18:03 (15분)",
        "이력": "최근 30일 안에 3번째 실패",
        "심각도": "높음",
        "마지막 성공": "11월 14일(토) 10:00 (2시간 3분 걸림, 이번에는 15분 만에 실패)",
        "등록된 모델": "없음",
    }
    words = shown(message)
    assert "RuntimeError: CUDA out of memory. Tried to allocate 2.40 GiB <gpu 0>" in words
    assert DETAILS["log_path"] in words
    assert "왜 실패했어?" in words
    assert problem(message) is None


def test_in_english_it_says_the_same() -> None:
    message = card(voice=EN)
    assert title(message) == "🔴 Pipeline failed: yolov8-wafer-exp04"
    assert fields(message)["Started → failed"] == "Sat 21 Nov, 17:48 → 18:03 (15 min)"
    assert fields(message)["Last success"] == "Sat 14 Nov, 10:00 (took 2 h 3 min; this time it failed after 15 min)"


def test_the_notification_is_one_line_with_all_that_matters() -> None:
    text = card().text
    assert "\n" not in text
    for part in ("파이프라인 실패: yolov8-wafer-exp04", "defect-detection-v2", "김민준", "A100", "3번째", "train.log"):
        assert part in text


def test_the_zone_is_named_once() -> None:
    assert shown(card()).count("KST") == 1
    kathmandu = replace(KO, zone=ZoneInfo("Asia/Kathmandu"))
    assert "Asia/Kathmandu" in shown(card(voice=kathmandu))


def test_only_the_envelope_calls_anybody_and_each_once() -> None:
    message = card(envelope=Envelope("o1", calls=("U1", "S2", "U1", "<!channel>", "")))
    assert called(message) == ["user:U1", "usergroup:S2"]
    assert called(card()) == []


def test_an_acknowledged_alert_is_amber_and_says_who_has_it() -> None:
    taken = replace(ALERT, state="acknowledged", acknowledged_by="U2", acknowledged_at=NOW, assignee="U1", version=2)
    message = card(taken)
    assert title(message) == "🟠 파이프라인 실패: yolov8-wafer-exp04"
    assert "윤채원 님이 확인했습니다 (11월 21일(토) 18:30)." in shown(message)
    assert "맡은 사람: 김민준" in shown(message)
    assert "alert_unacknowledge" in actions(message)
    assert called(message) == []


def test_a_run_that_runs_again_says_so_until_it_is_over() -> None:
    again = replace(ALERT, details={**DETAILS, AGAIN: "2026-11-21T09:20:00+00:00"})
    assert "실패한 뒤 다시 실행 중입니다 (11월 21일(토) 18:20부터)." in shown(card(again))
    assert "다시 실행 중" not in shown(card(replace(RECOVERED, details=again.details)))


def test_an_alert_whose_rule_is_gone_says_that_nothing_watches_it() -> None:
    gone = replace(RECOVERED, resolution={"rule_gone": True})
    assert title(card(gone)) == "⚫\ufe0f 규칙이 없어져 닫음: yolov8-wafer-exp04"
    assert "규칙 failed-pipelines: alerts.yml에 더는 없습니다." in shown(card(gone))


def test_somebody_whose_name_nobody_knows_is_called_by_nothing() -> None:
    taken = replace(ALERT, state="acknowledged", acknowledged_by="U7", acknowledged_at=NOW)
    message = card(taken)
    assert "누군가 님이 확인했습니다" in shown(message)
    assert called(message) == []


def test_a_snoozed_alert_is_grey_and_says_until_when() -> None:
    snoozed = replace(ALERT, state="snoozed", snoozed_by="U2", snoozed_until=NOW + timedelta(hours=1))
    message = card(snoozed)
    assert title(message).startswith("⚪")
    assert "윤채원 님이 11월 21일(토) 19:30까지 미뤘습니다." in shown(message)
    assert actions(message)[0] == "alert_wake"


def test_a_recovered_alert_is_green_and_says_after_how_long() -> None:
    message = card(RECOVERED)
    assert title(message) == "🟢 복구됨, 2시간 10분 만에: yolov8-wafer-exp04"
    assert "yolov8-wafer-exp05 실행이 성공했습니다 (11월 21일(토) 20:13)." in shown(message)
    assert "다음 단계" not in shown(message)
    assert "Traceback" not in shown(message)
    assert actions(message) == ["alert_runs", "alert_cause"]


def test_what_somebody_has_marked_as_resolved_says_who() -> None:
    message = card(replace(RECOVERED, resolution={"by": "U1"}))
    assert title(message).startswith("🟢 해결로 표시됨, 2시간 10분 만에")
    assert "김민준 님이 해결로 표시했습니다" in shown(message)


def test_an_alert_that_is_well_without_a_run_says_since_when() -> None:
    assert "11월 21일(토) 20:13에 다시 정상이 되었습니다." in shown(card(replace(RECOVERED, resolution=None)))


def test_what_is_well_within_a_minute_says_the_seconds() -> None:
    at_once = replace(RECOVERED, resolved_at=RECOVERED.first_at + timedelta(seconds=40))
    assert title(card(at_once)) == "🟢 복구됨, 40초 만에: yolov8-wafer-exp04"
    assert title(card(replace(at_once, resolved_at=RECOVERED.first_at), voice=EN)).startswith("🟢 Recovered after 1 s")


def test_a_muted_alert_says_so_until_it_is_well() -> None:
    message = card(replace(ALERT, is_muted=True))
    assert title(message).startswith("🔇")
    assert "음소거 중입니다" in shown(message)
    assert "alert_unmute" in actions(message)
    assert "mute" not in actions(message)
    assert title(card(replace(RECOVERED, is_muted=True))).startswith("🟢")


def test_a_run_that_takes_too_long_is_told_against_its_history() -> None:
    message = card(STUCK, STUCK_FACTS)
    assert title(message) == "🔴 너무 오래 실행 중: yolov8-wafer-exp03"
    assert fields(message)["실행 시간"] == "평소 2시간, 지금 9시간째 (11월 21일(토) 09:30 시작)"
    assert fields(message)["지난 실행"] == "1시간 58분, 2시간 5분, 2시간 1분"
    assert fields(message)["마지막 성공"] == "11월 14일(토) 10:00 (2시간 3분 걸림)"
    assert "등록된 모델" not in fields(message)
    assert "로그가 계속 쌓이는지" in shown(message)


def test_without_a_history_it_says_how_long_by_now() -> None:
    message = card(STUCK, replace(STUCK_FACTS, usual_s=None, history=()))
    assert fields(message)["실행 시간"] == "지금 9시간째 (11월 21일(토) 09:30 시작)"
    assert fields(message)["지난 실행"] == "비교할 지난 실행이 없습니다"


def test_a_long_run_that_has_ended_says_so() -> None:
    ended = replace(STUCK, state="resolved", resolved_at=NOW + timedelta(hours=3), resolution={"finished_at": None})
    message = card(ended, replace(STUCK_FACTS, ended=NOW + timedelta(hours=3)))
    assert title(message) == "🟢 실행 끝남, 알림 3시간 뒤: yolov8-wafer-exp03"
    assert fields(message)["시작 → 종료"] == "11월 21일(토) 09:30 → 21:30 (12시간)"
    assert "11월 21일(토) 21:30에 실행이 끝났습니다." in shown(message)


def test_a_long_run_says_how_it_ended_or_that_it_is_gone() -> None:
    how = {"status": "failed", "finished_at": None, "has_failed": True}
    ended = replace(STUCK, state="resolved", resolved_at=NOW + timedelta(hours=1), resolution=how)
    message = card(ended, STUCK_FACTS)
    assert title(message) == "⚫\ufe0f 실행이 실패로 끝남, 알림 1시간 뒤: yolov8-wafer-exp03"
    assert "실행이 끝났습니다. 상태: failed" in shown(message)
    gone = replace(ended, resolution={"is_gone": True})
    assert "이 실행은 카탈로그에 더 이상 없습니다." in shown(card(gone, STUCK_FACTS))


@pytest.mark.parametrize(
    ("count", "nth", "said"),
    [
        (1, 1, "최근 30일 안에 첫 실패"),
        (1, 2, "최근 30일 안에 2번째 실패"),
        (3, 5, "연달아 3번, 최근 30일 안에 5번째 실패"),
        (2, None, "연달아 2번"),
    ],
)
def test_it_says_which_failure_it_is(count: int, nth: int | None, said: str) -> None:
    message = card(replace(ALERT, count=count), replace(FACTS, nth=nth))
    assert fields(message)["이력"] == said


def test_what_never_went_well_says_so_and_what_nobody_knows_is_left_out() -> None:
    other = replace(FACTS, last_success=Success("unet-exp01", STARTED, None, "dataset"))
    assert fields(card(facts=other))["마지막 성공"] == "11월 21일(토) 17:48, 같은 데이터셋의 unet-exp01"
    never = replace(FACTS, last_success=None)
    assert fields(card(facts=never))["마지막 성공"] == "성공한 기록이 없습니다"
    assert "마지막 성공" not in fields(card(facts=replace(never, knows_successes=False)))
    assert list(fields(card(replace(ALERT, details={}), Facts()))) == ["심각도"]


def test_a_model_that_was_registered_is_named() -> None:
    assert fields(card(replace(ALERT, details={**DETAILS, "model": "wafer-v2.1"})))["등록된 모델"] == "wafer-v2.1"


def test_a_day_of_another_year_has_its_year() -> None:
    old = replace(FACTS, started=datetime(2024, 9, 10, 10, tzinfo=UTC), ended=datetime(2024, 9, 11, 0, tzinfo=UTC))
    assert fields(card(facts=old))["시작 → 실패"] == "2024년 9월 10일(화) 19:00 → 2024년 9월 11일(수) 09:00 (14시간)"


def test_times_that_cannot_be_read_stand_as_they_are() -> None:
    assert fields(card(facts=Facts()))["시작 → 실패"] == "2026-11-21 17:48:00 → 2026-11-21 18:03:00"
    half = replace(FACTS, started=None)
    assert fields(card(facts=half))["시작 → 실패"] == "? → 11월 21일(토) 18:03"


@pytest.mark.parametrize("code", ["not_allowed", "not_found", "no_extra", "too_slow", "unreadable", "not_text"])
def test_where_a_log_cannot_be_read_its_path_stands_with_the_reason(code: Any) -> None:
    words = shown(card(facts=replace(FACTS, tail=Tail(DETAILS["log_path"], problem=code))))
    assert DETAILS["log_path"] in words
    assert "로그를 열어" in words


def test_without_a_log_it_says_so() -> None:
    words = shown(card(replace(ALERT, details={**DETAILS, "log_path": None}), replace(FACTS, tail=None)))
    assert "로그 경로가 등록되어 있지 않습니다" in words


def test_a_known_cause_stands_in_the_card_with_its_advice_and_is_not_asked_for() -> None:
    cause = Cause("cuda-oom", "GPU 메모리가 부족했습니다.", (), ("배치 크기를 줄이세요.", "A100 80GB로 옮기세요."))
    message = card(replace(ALERT, cause=dump(cause)))
    words = shown(message)
    assert "GPU 메모리가 부족했습니다." in words
    assert "배치 크기를 줄이세요." in words
    assert "지난 실패" not in words
    assert "alert_cause" not in actions(message)
    well = card(replace(RECOVERED, cause=dump(cause)))
    assert "GPU 메모리가 부족했습니다." in shown(well), "what it was is told when it is over, too"
    assert "배치 크기를" not in shown(well)


def test_a_cause_that_is_unknown_leaves_the_steps_as_they_are() -> None:
    words = shown(card(replace(ALERT, cause=dump(Cause("unknown", "모르겠습니다.")))))
    assert "모르겠습니다." not in words
    assert "위 로그에서 가장 먼저" in words
    assert "위 로그에서 가장 먼저" in shown(card(replace(ALERT, cause={"code": 3})))


def test_what_a_hook_reports_has_its_source_and_a_link_only_to_an_allowed_host() -> None:
    details = {**DETAILS, "source": "airflow", "url": "https://airflow.example.com/dags/x/runs/1"}
    reported = replace(ALERT, kind="reported", details=details)
    message = card(reported, replace(FACTS, link_hosts=("airflow.example.com",)))
    assert "airflow에서 보고했습니다." in shown(message)
    assert called(message) == ["link:https://airflow.example.com/dags/x/runs/1"]
    odd = replace(reported, details={**details, "url": "https://airflow.example.com/a b \x1b"})
    assert called(card(odd, replace(FACTS, link_hosts=("airflow.example.com",)))) == []
    nothing = replace(reported, details={**details, "source": None, "url": "\x1b"})
    assert problem(card(nothing)) is None
    foreign = card(reported)
    assert "https://airflow.example.com/dags/x/runs/1" in shown(foreign)
    assert called(foreign) == []


def test_what_a_rule_of_its_own_finds_says_which_rule() -> None:
    message = card(replace(ALERT, kind="found", rule="gpu-idle"))
    assert title(message).startswith("🔴 확인 필요")
    assert "규칙 gpu-idle에서 찾은 내용입니다." in shown(message)


def test_a_repeat_and_a_message_that_goes_on_say_so() -> None:
    assert "이미 올라온 알림일 수 있습니다" in shown(card(envelope=Envelope("o1", is_repeat=True)))
    assert "여기서 이어집니다" in shown(card(envelope=Envelope("o1", is_continued=True)))


def test_an_escalated_alert_says_why_it_is_there_until_somebody_has_it() -> None:
    here = Envelope("o1", is_escalated=True)
    assert "아무도 확인하지 않아 여기에도 알립니다." in shown(card(envelope=here))
    taken = replace(ALERT, state="acknowledged", acknowledged_by="U2", acknowledged_at=NOW)
    assert "여기에도" not in shown(card(taken, envelope=here))


def test_buttons_carry_the_alert_and_its_version() -> None:
    (row,) = [block for block in card(replace(ALERT, version=7, assignee="U1")).blocks if block["type"] == "actions"]
    key = f"{ALERT.alert_id}:7"
    assert row["block_id"] == f"alert:o1:{key}"
    assert {element["value"] for element in row["elements"] if element["type"] == "button"} == {key}
    (pick,) = [element for element in row["elements"] if element["type"] == "users_select"]
    assert pick["initial_user"] == "U1"
    (menu,) = [element for element in row["elements"] if element["type"] == "overflow"]
    assert menu["options"][0]["value"] == f"snooze_tomorrow:{key}"


def test_a_tail_is_the_last_lines_that_say_something_within_its_bounds() -> None:
    lines = ("alpha", "", "  \t", *(f"line {at}" for at in range(30)))
    assert last_lines(lines).splitlines() == [f"line {at}" for at in range(20, 30)]
    long = last_lines(["x" * 500] * 9)
    assert len(long) <= CHARS
    assert long.count("\n") < LINES
    assert last_lines(["y" * 5_000]).endswith("…")
    assert last_lines(["", " "]) == ""


def test_a_secret_in_a_log_is_not_told() -> None:
    secret = "AKIA" + "IOSFODNN7EXAMPLE"
    message = card(facts=replace(FACTS, tail=Tail("x", (f"key {secret}",))))
    assert secret not in shown(message)


@settings(deadline=None)
@given(ALERTS, FACTS_OF_ANY_KIND, VOICES)
def test_whatever_stands_in_the_cells_slack_takes_it_and_nobody_is_called(
    alert: Alert, facts: Facts, voice: Voice
) -> None:
    message = alert_card(alert, facts, voice, Envelope("o" * 32, is_repeat=True))
    assert problem(message) is None
    assert [call for call in called(message) if not call.startswith("link:https://airflow.example.com")] == []
    assert len(title(message)) <= 150
    assert "\n" not in message.text
    assert 0 < len(message.text) <= 3_000
    message.text.encode()
