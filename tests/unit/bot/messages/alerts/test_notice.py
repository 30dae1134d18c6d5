"""Words to admins about the alerts themselves."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messages.alerts.facts import Voice
from bot.messages.alerts.notice import notice
from tests.unit.bot.messages.alerts.samples import EN, HOSTILE, KO, NOW, VOICES, called, problem


def told(voice: Voice = KO, /, **payload: Any) -> str:
    message = notice(payload, voice)
    assert message is not None
    assert problem(message) is None
    return message.text


@pytest.mark.parametrize(
    ("error", "why"),
    [
        ("is_archived", "보관된 채널입니다."),
        ("not_in_channel", "/invite @mlops"),
        ("channel_not_found", "채널을 찾을 수 없습니다."),
        ("missing_scope", "앱 권한이 모자랍니다."),
        ("user_not_found", "그 사람이 이 워크스페이스에 없습니다."),
        ("token_revoked", "SLACK_BOT_TOKEN"),
        ("invalid_blocks", "Slack의 오류 코드: invalid_blocks"),
        (None, "오류 코드: ?"),
    ],
)
def test_a_dead_letter_is_told_with_what_to_do(error: str | None, why: str) -> None:
    words = told(notice="dead", channel="C9", error=error, count=3, about="yolov8-wafer-exp04")
    assert "알림 3건을 C9에 보내지 못했습니다." in words
    assert why in words
    assert "보내지 못한 것: yolov8-wafer-exp04" in words
    assert "/mlops alerts retry" in words


def test_the_channel_of_a_dead_letter_is_its_link_and_commands_are_code() -> None:
    message = notice({"notice": "dead", "channel": "C9", "error": "not_in_channel"}, KO)
    assert message is not None
    assert called(message) == ["channel:C9"]
    assert {"type": "text", "text": "/invite @mlops", "style": {"code": True}} in message.blocks[0]["elements"][0][
        "elements"
    ]


def test_a_dead_letter_of_which_little_is_known_is_told_as_well() -> None:
    assert "An alert could not be sent to ?." in told(EN, notice="dead")


def test_a_standstill_says_what_since_when_and_where_to_look() -> None:
    since = (NOW - timedelta(minutes=45)).isoformat()
    words = told(notice="standstill", what="scan:failed-pipelines", since=since, error="no such table: runs")
    assert (
        "실패 찾기 (failed-pipelines) 작업이 45분째 멈춰 있습니다. 마지막으로 된 때는 11월 21일(토) 17:45입니다."
        in words
    )
    assert "마지막 오류: no such table: runs" in words
    assert "/mlops alerts health" in words


def test_what_never_worked_says_so() -> None:
    assert "알림 보내기 작업이 시작한 뒤로 한 번도" in told(notice="standstill", what="delivery", since=None)
    assert "something has not worked once" in told(EN, notice="standstill", what="something")


def test_a_recovery_says_after_how_long() -> None:
    since = (NOW - timedelta(hours=2)).isoformat()
    assert "알림 보내기 작업이 2시간 만에 다시 됩니다." in told(notice="recovered", what="delivery", since=since)
    assert "✅ ? works again." in told(EN, notice="recovered")


def test_a_text_is_told_as_it_is() -> None:
    assert told(notice="text", text="예산의 80%를 썼습니다.") == "예산의 80%를 썼습니다."


@pytest.mark.parametrize("payload", [{}, {"notice": "else"}, {"notice": "text", "text": None}])
def test_what_nobody_knows_is_not_said(payload: dict[str, Any]) -> None:
    assert notice(payload, KO) is None


@given(
    st.fixed_dictionaries(
        {"notice": st.sampled_from(["dead", "standstill", "recovered", "text"])},
        optional=dict.fromkeys(["channel", "error", "count", "about", "what", "since", "text"], HOSTILE),
    ),
    VOICES,
)
def test_whatever_it_is_about_slack_takes_it_and_nobody_is_called(payload: dict[str, Any], voice: Voice) -> None:
    message = notice(payload, voice)
    assert message is None or problem(message) is None
    assert message is None or [call for call in called(message) if not call.startswith("channel:C")] == []
