"""The lines of an alert's thread: who did what, and nobody is called but by the envelope."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.failures.cause import NO_LOG, Cause, dump
from bot.messages.alerts.facts import Envelope, Facts, Voice
from bot.messages.alerts.timeline import timeline_line
from bot.messages.answer import Message
from db.store.alerts.records import Alert
from tests.unit.bot.messages.alerts.samples import (
    ALERT,
    ALERTS,
    EN,
    FACTS,
    FACTS_OF_ANY_KIND,
    HOSTILE,
    KO,
    NOW,
    RECOVERED,
    ROOT,
    STUCK,
    VOICES,
    called,
    problem,
    shown,
)

TOMORROW = "2026-11-22T00:00:00+00:00"


def said(payload: dict[str, Any], alert: Alert = ALERT, voice: Voice = KO, envelope: Envelope = ROOT) -> Message:
    message = timeline_line(payload, alert, FACTS, voice, envelope)
    assert message is not None
    assert problem(message) is None
    return message


@pytest.mark.parametrize(
    ("payload", "text"),
    [
        ({"line": "opened"}, "알림이 열렸습니다."),
        ({"line": "acknowledge", "by": "U2"}, "윤채원 님이 확인했습니다."),
        ({"line": "acknowledged", "by": "U2"}, "윤채원 님이 확인했습니다."),
        ({"line": "acknowledge", "by": "U9"}, "누군가 님이 확인했습니다."),
        ({"line": "unacknowledge", "by": "U2"}, "윤채원 님이 확인을 취소했습니다."),
        ({"line": "snooze", "by": "U2", "until": TOMORROW}, "윤채원 님이 11월 22일(일) 09:00까지 미뤘습니다."),
        ({"line": "snooze", "by": "U2", "until": None}, "윤채원 님이 나중으로 미뤘습니다."),
        ({"line": "snooze_over"}, "미뤄 둔 시간이 지났습니다. 아직 복구되지 않았습니다."),
        ({"line": "wake", "by": "U2"}, "윤채원 님이 미루기를 취소했습니다."),
        ({"line": "assign", "by": "U2", "assignee": "U1"}, "윤채원 님이 김민준 님에게 맡겼습니다."),
        ({"line": "assign", "by": "U1", "assignee": "U1"}, "김민준 님이 맡았습니다."),
        ({"line": "mute", "by": "U2"}, "윤채원 님이 음소거했습니다."),
        ({"line": "mute", "by": "U2", "until": TOMORROW}, "윤채원 님이 11월 22일(일) 09:00까지 음소거했습니다."),
        ({"line": "unmute", "by": "U2"}, "윤채원 님이 음소거를 해제했습니다."),
        ({"line": "unmuted"}, "음소거 기간이 끝났습니다."),
        ({"line": "resolve", "by": "U2"}, "윤채원 님이 해결로 표시했습니다."),
        ({"line": "resolved"}, "복구되었습니다."),
        ({"line": "resolved", "by": "U2"}, "윤채원 님이 해결로 표시했습니다."),
        (
            {"line": "fed", "count": 3, "run": "yolov8-wafer-exp06"},
            "다시 실패했습니다. 연달아 3번째입니다. (yolov8-wafer-exp06)",
        ),
        ({"line": "again"}, "실패한 실행이 다시 실행 중입니다."),
        ({"line": "fed"}, "다시 실패했습니다. 연달아 1번째입니다. (yolov8-wafer-exp04)"),
        ({"line": "reminder"}, "27분째 아무도 확인하지 않았습니다. 이 알림은 더 반복하지 않습니다."),
        ({"line": "escalated"}, "27분 동안 확인한 사람이 없어 다음 담당자에게도 알렸습니다."),
    ],
)
def test_each_line_says_what_happened(payload: dict[str, Any], text: str) -> None:
    assert shown(said(payload)) == text
    assert said(payload).text == text


def test_an_alert_whose_rule_is_gone_is_closed_with_a_word() -> None:
    gone = replace(RECOVERED, resolution={"rule_gone": True})
    assert shown(said({"line": "resolved"}, gone)).startswith("이 알림의 규칙이 alerts.yml에 더는 없어서 닫았습니다.")


def test_a_recovery_says_after_how_long_and_by_which_run() -> None:
    line = {"line": "resolved"}
    assert said(line, RECOVERED).text == "2시간 10분 만에 복구되었습니다. yolov8-wafer-exp05 실행이 성공했습니다."
    assert said(line, replace(RECOVERED, resolution=None)).text == "2시간 10분 만에 복구되었습니다."
    assert said(line, RECOVERED, EN).text == "Recovered after 2 h 10 min: the run yolov8-wafer-exp05 has succeeded."
    ended = replace(STUCK, state="resolved", resolved_at=NOW + timedelta(hours=1))
    assert said(line, ended).text == "실행이 끝났습니다. 알림이 열린 지 1시간 만입니다."


def test_a_reminder_says_when_the_next_one_comes() -> None:
    waiting = replace(ALERT, remind_at=NOW + timedelta(hours=1))
    assert said({"line": "reminder"}, waiting).text == (
        "27분째 아무도 확인하지 않았습니다. 그대로면 11월 21일(토) 19:30에 다시 알려 드립니다."
    )


def test_a_line_calls_whom_its_envelope_says() -> None:
    message = said({"line": "assign", "by": "U2", "assignee": "U1"}, envelope=Envelope(calls=("U1",), is_repeat=True))
    assert called(message) == ["user:U1"]
    assert "이미 올라온" in shown(message)


@pytest.mark.parametrize("payload", [{}, {"line": "dance"}, {"line": None}, {"line": "cause"}])
def test_what_nobody_knows_is_not_said(payload: dict[str, Any]) -> None:
    assert timeline_line(payload, ALERT, FACTS, KO, ROOT) is None


def told(cause: Cause, **more: Any) -> Message:
    return said({"line": "cause"}, replace(ALERT, cause={**dump(cause), **more}))


def test_a_cause_is_a_headline_its_lines_and_what_to_try() -> None:
    message = told(
        Cause("cuda-oom", "GPU 메모리가 부족했습니다.", ("RuntimeError: CUDA out of memory",), ("배치를 줄이세요.",))
    )
    (rich, small) = message.blocks
    assert [part["type"] for part in rich["elements"]] == [
        "rich_text_section",
        "rich_text_preformatted",
        "rich_text_section",
        "rich_text_list",
    ]
    assert "알려진 오류 패턴으로 찾은 결과입니다." in small["elements"][0]["text"]
    assert message.text == "원인 분석: GPU 메모리가 부족했습니다."


def test_a_cause_says_who_found_it() -> None:
    assert "AI가 로그의" in shown(told(Cause("other", "x", engine="llm")))
    assert "로그를 읽지 못해" in shown(told(Cause(NO_LOG, "x")))
    shared = {"alert_id": "b" * 32, "name": "yolov8-wafer-exp02"}
    assert "yolov8-wafer-exp02에서 난 같은 오류를" in shown(told(Cause("nan", "x"), shared=shared))
    assert "같은 오류를" not in shown(told(Cause("nan", "x"), shared=True))


PAYLOADS = st.fixed_dictionaries(
    {"line": st.sampled_from(["fed", "acknowledge", "snooze", "assign", "mute", "resolved", "reminder", "cause", "x"])},
    optional=dict.fromkeys(["by", "until", "assignee", "count", "run"], HOSTILE),
)


@settings(deadline=None)
@given(PAYLOADS, ALERTS, FACTS_OF_ANY_KIND, VOICES)
def test_whatever_stands_in_the_cells_slack_takes_it_and_nobody_is_called(
    payload: dict[str, Any], alert: Alert, facts: Facts, voice: Voice
) -> None:
    message = timeline_line(payload, alert, facts, voice, ROOT)
    assert message is None or (problem(message) is None and called(message) == [])
