"""What /mlops alerts shows, within Slack's limits."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, get_args
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.messages.alerts.facts import Facts, Voice
from bot.messages.alerts.listing import delivery_log, health, history, next_runs, open_list, preview
from bot.messages.answer import Message
from db.store.alerts.outbox_records import OutboxHealth
from db.store.alerts.records import AGAIN, Alert, MessageKind, MessageState, Posting
from tests.unit.bot.messages.alerts.samples import (
    ALERT,
    ALERTS,
    EN,
    FACTS,
    FACTS_OF_ANY_KIND,
    KO,
    NOW,
    RECOVERED,
    STUCK,
    VOICES,
    WORDS,
    called,
    problem,
    shown,
)

POSTING = Posting(
    outbox_id="o1", seq=1, dedupe_key="k", kind="root", alert_id="a", storm_id=None, payload={}, channel="C1",
    conversation="C1", depends_on=None, state="sent", attempts=1, created_at=NOW, first_attempt_at=NOW, next_at=NOW,
    lease_owner=None, lease_until=None, ts="1.2", sent_at=NOW, error=None, is_repeat=False, wanted_version=1,
    rendered_version=1, refresh_at=None, sweep_at=None,
)  # fmt: skip
WELL = OutboxHealth(oldest_pending=None, pending=0, unknown=0, dead=0, last_sent={"C1": NOW})


def cells(message: Message) -> list[list[str]]:
    (table,) = [block for block in message.blocks if block["type"] == "table"]
    return [
        [cell.get("text") or cell["elements"][0]["elements"][0]["channel_id"] for cell in row] for row in table["rows"]
    ]


def test_open_alerts_stand_with_whose_they_are_and_their_buttons() -> None:
    taken = replace(ALERT, alert_id="b" * 32, state="acknowledged", acknowledged_by="U2")
    late = replace(ALERT, alert_id="c" * 32, state="snoozed", snoozed_until=NOW, assignee="U1")
    links = {ALERT.alert_id: "https://team.slack.com/archives/C1/p1"}
    message = open_list([ALERT, taken, late], KO, names=FACTS.names, links=links)
    words = shown(message)
    assert "열린 알림 3건" in words
    assert "높음 · 11월 21일(토) 18:03에 실패 (27분 전) · 담당자 김민준" in words
    assert "윤채원 님이 확인함" in words
    assert "맡은 사람: 김민준 · 11월 21일(토) 18:30까지 미룸" in words
    assert called(message) == ["link:https://team.slack.com/archives/C1/p1"]
    rows = [block for block in message.blocks if block["type"] == "actions"]
    assert [row["elements"][0]["action_id"] for row in rows] == [
        "alert_acknowledge",
        "alert_unacknowledge",
        "alert_wake",
    ]
    assert rows[0]["block_id"] == f"alert:list:{ALERT.alert_id}:1"
    assert problem(message) is None


def test_an_open_alert_tells_when_its_run_failed_or_began() -> None:
    twice = replace(ALERT, count=2, details={**ALERT.details, AGAIN: NOW.isoformat()})
    assert "11월 21일(토) 18:03부터 2번 실패 (27분째) · 다시 실행 중" in shown(open_list([twice], KO))
    assert "11월 21일(토) 17:48부터 실행 중 (42분째)" in shown(open_list([STUCK], KO))
    assert "11월 22일(일) 02:48부터 실행 중" in shown(open_list([STUCK], KO, zone=ZoneInfo("UTC")))
    unknown = replace(STUCK, details={})
    assert "11월 21일(토) 18:30에 알림 (1초 전)" in shown(open_list([unknown], KO))


def test_a_link_of_another_kind_is_none() -> None:
    assert called(open_list([ALERT], KO, links={ALERT.alert_id: "http://x"})) == []


def test_without_an_open_alert_it_says_so() -> None:
    assert open_list([], KO).text == "열린 알림이 없습니다. 🎉"


def test_more_than_fit_are_counted() -> None:
    many = [replace(ALERT, alert_id=f"{at:032x}") for at in range(40)]
    message = open_list(many, EN)
    assert "28 more" in shown(message)
    assert problem(message) is None


def test_what_is_muted_is_not_offered_to_be_muted() -> None:
    (row,) = [block for block in open_list([replace(ALERT, is_muted=True)], KO).blocks if block["type"] == "actions"]
    values = [option["value"] for option in row["elements"][-1]["options"]]
    assert not [value for value in values if value.startswith("mute:")]


def test_the_history_is_a_table() -> None:
    message = history([RECOVERED, replace(ALERT, count=3)], KO)
    assert cells(message) == [
        ["시각", "상태", "이름", "프로젝트", "심각도", "걸린 시간"],
        ["11월 21일(토) 18:03", "🟢 복구", "yolov8-wafer-exp04", "defect-detection-v2", "높음", "2시간 10분"],
        ["11월 21일(토) 18:03", "🔴 열림", "yolov8-wafer-exp04 ×3", "defect-detection-v2", "높음", "27분"],
    ]
    assert history([], KO).text == "알림 이력: 아직 없습니다."


@pytest.mark.parametrize(
    ("kind", "resolution", "expected"),
    [
        ("failed", {"run": "exp05"}, "🟢 복구"),
        ("failed", {"by": "U1"}, "🟢 해결로 표시함"),
        ("stuck", {}, "🟢 실행 끝남"),
        ("stuck", {"has_failed": True}, "⚫\ufe0f 실패로 끝남"),
    ],
)
def test_the_history_says_how_it_came_to_an_end(kind: Any, resolution: dict[str, Any], expected: str) -> None:
    over = replace(RECOVERED, kind=kind, resolution=resolution)
    assert cells(history([over], KO))[1][1] == expected


def test_a_project_that_nobody_knows_is_a_dash_in_the_history() -> None:
    assert cells(history([replace(ALERT, project="")], KO))[1][3] == "–"


def test_the_delivery_log_says_what_became_of_each_letter() -> None:
    dead = replace(POSTING, state="dead", error="is_archived", attempts=3, sent_at=None, is_repeat=True)
    digest = replace(POSTING, kind="digest", alert_id=None)
    assert cells(delivery_log([POSTING, dead, digest], KO, {"a": "yolo-7"}))[1:] == [
        ["11월 21일(토) 18:30", "알림: yolo-7", "C1", "보냄", "1", "–"],
        ["11월 21일(토) 18:30", "알림: yolo-7", "C1", "실패 (다시 보냄)", "3", "is_archived"],
        ["11월 21일(토) 18:30", "요약", "C1", "보냄", "1", "–"],
    ]


def test_next_runs_stand_in_order() -> None:
    later = NOW + timedelta(hours=15)
    runs = [("digest:morning", later, "C1"), ("rule:x", NOW, ""), ("upkeep", NOW, ""), ("digest:daily", later, "U1")]
    message = next_runs(runs, KO)
    assert cells(message)[1:] == [
        ["11월 21일(토) 18:30", "규칙 x", "–"],
        ["11월 21일(토) 18:30", "알림 정리", "–"],
        ["11월 22일(일) 09:30", "요약 morning", "C1"],
        ["11월 22일(일) 09:30", "요약 daily", "다이렉트 메시지"],
    ]
    assert called(message) == ["channel:C1"]


def test_health_is_green_where_nothing_stands_still() -> None:
    message = health([], WELL, {"scan:failed-pipelines": NOW}, KO)
    words = shown(message)
    assert "🟢 알림이 잘 돌아가고 있습니다" in words
    assert "규칙 failed-pipelines: 11월 21일(토) 18:30" in words
    assert problem(message) is None


def test_health_says_which_rows_cannot_be_read() -> None:
    words = shown(health([], WELL, {}, KO, skipped={"failed-pipelines": 2, "stuck-pipelines": 0}))
    assert "규칙 failed-pipelines: id나 종료 시각이 너무 길어 읽지 못한 행 2개는 건너뜁니다." in words
    assert "stuck-pipelines" not in words


def test_health_is_red_and_says_what_stands_still() -> None:
    troubles: list[tuple[str, datetime | None, str]] = [
        ("scan:failed-pipelines", NOW - timedelta(minutes=40), ""),
        ("delivery", None, "ratelimited"),
    ]
    waiting = OutboxHealth(NOW - timedelta(hours=2), 3, 1, 2, {}, {"not_in_channel": 2})
    message = health(troubles, waiting, {}, KO)
    words = shown(message)
    assert "🔴 알림에 문제가 있습니다" in words
    assert "규칙 failed-pipelines: 40분째 멈춰 있습니다" in words
    assert "알림 보내기: 시작한 뒤로 한 번도 되지 않았습니다 (ratelimited)" in words
    assert "3건 (가장 오래 기다린 것: 2시간)" in words
    assert "not_in_channel 2" in words


def test_a_test_of_a_rule_shows_what_it_would_send_and_where_and_says_that_it_is_one() -> None:
    message = preview("failed-pipelines", [ALERT] * 12, FACTS, ["C1", "U2"], KO, is_cut=True)
    words = shown(message)
    assert "🧪 규칙 failed-pipelines 시험: 지금 12+건" in words
    assert "기록하거나 보내지 않았습니다" in words
    assert "그 밖에 2건" in words
    assert "파이프라인 실패: yolov8-wafer-exp04" in words
    assert called(message) == ["channel:C1"]
    assert not [block for block in message.blocks if block["type"] == "actions"]
    assert problem(message) is None


def test_a_test_of_a_rule_that_finds_nothing_says_so() -> None:
    assert preview("x", [], Facts(), [], EN).text == "Test of the rule x: there is nothing to tell now."


@pytest.mark.parametrize("kind", get_args(MessageKind))
@pytest.mark.parametrize("state", get_args(MessageState))
def test_each_kind_and_state_of_a_letter_has_a_name(kind: Any, state: Any) -> None:
    assert problem(delivery_log([replace(POSTING, kind=kind, state=state)], EN)) is None


@settings(deadline=None, max_examples=60)
@given(st.lists(ALERTS, min_size=1, max_size=4), FACTS_OF_ANY_KIND, VOICES, WORDS)
def test_whatever_stands_in_the_cells_slack_takes_it_and_nobody_is_called(
    alerts: list[Alert], facts: Facts, voice: Voice, word: str
) -> None:
    many = [replace(alert, alert_id=f"{at:032x}") for at, alert in enumerate(alerts * 20)]
    letters = [replace(POSTING, channel=word or "U1", error=word)] * 50
    made = [
        open_list(many, voice, names={"U1": word}, links={alert.alert_id: word for alert in alerts}),
        history(many, voice),
        delivery_log(letters, voice, {POSTING.alert_id or "": word}),
        next_runs([(word, NOW, word)], voice),
        health([(word, NOW, word)], replace(WELL, held={word: 1}), {word: NOW}, voice),
        preview(word, many, facts, [word], voice),
    ]
    for message in made:
        assert problem(message) is None
        assert [call for call in called(message) if not call.startswith("link:https://airflow.example.com")] == []
