"""Who is told of an alert, when, and whom it calls."""

from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.alerts.routing import Router, conditions_of
from db.catalog.alerts.rules import AlertRules, Where
from db.catalog.alerts.spans import QuietHours
from db.store.alerts.records import Alert, AlertChannel, Destination, Mute, Subscription

NIGHT = datetime(2026, 11, 21, 15, tzinfo=UTC)  # midnight in Seoul
MORNING = datetime(2026, 11, 21, 23, tzinfo=UTC)  # eight in Seoul
SEOUL = ZoneInfo("Asia/Seoul")


def rules(more: Mapping[str, Any] | None = None, **head: Any) -> AlertRules:
    rule = {"name": "failed", "find": "failed"} | dict(more or {})
    return AlertRules.model_validate({"runs": "SELECT 1", "rules": [rule], **head})


def router(of: AlertRules, **more: Any) -> Router:
    return Router(of, **{"default_channel": "C1", "zone": SEOUL, "now": NIGHT, **more})


def alert(**more: Any) -> Alert:
    given: dict[str, Any] = {
        "alert_id": "a1",
        "fingerprint": "f",
        "episode": 1,
        "rule": "failed",
        "kind": "failed",
        "severity": "high",
        "state": "open",
        "run_id": "9",
        "name": "yolov8-wafer-exp04",
        "project": "웨이퍼 검사",
        "details": {"owner": "김민준", "team": "비전팀", "dataset": "wafer-q2"},
        "count": 1,
        "first_at": NIGHT,
        "last_at": NIGHT,
    }
    return Alert(**given | more)


def told(of: Router, one: Alert | None = None) -> dict[str, Destination]:
    return {destination.channel: destination for destination in of.route(one or alert()).destinations}


def test_without_more_the_default_channel_is_told_and_the_owner_called() -> None:
    assert told(router(rules())) == {
        "C1": Destination("C1", ("owner",), None, "failed", storm_after=5, storm_within_s=60.0)
    }


def test_a_rules_channel_goes_before_the_default_one() -> None:
    assert set(told(router(rules({"channel": "C7"})))) == {"C7"}


def test_without_any_channel_nobody_is_told() -> None:
    assert told(router(rules(), default_channel=None)) == {}


def test_each_route_that_holds_is_taken() -> None:
    routes = [
        {"project": "웨이퍼*", "channel": "C2", "mention": "S1"},
        {"team": "NLP*", "channel": "C3"},
        {"severity": "critical", "person": "U8"},
        {"owner": "김민준", "person": "U9"},
    ]
    found = told(router(rules({"routes": routes})))
    assert {channel: one.mention for channel, one in found.items()} == {"C1": ("owner",), "C2": ("S1",), "U9": ()}
    assert set(told(router(rules({"routes": routes})), alert(severity="critical"))) == {"C1", "C2", "U8", "U9"}


def test_a_channel_with_two_ways_is_told_once_and_calls_both() -> None:
    found = told(router(rules({"routes": [{"channel": "C1", "mention": ["U5", "owner"]}]})))
    assert found["C1"].mention == ("owner", "U5")


def test_who_has_subscribed_is_told_without_calling_anybody() -> None:
    subscriptions = [
        Subscription("U3", "k", {"project": ["*웨이퍼*"], "severity": ["high", "critical"]}, "U3", NIGHT),
        Subscription("C4", "k", {"project": ["nlp"]}, "U3", NIGHT),
    ]
    found = told(router(rules({"mention": "none"}), subscriptions=subscriptions))
    assert {channel: one.mention for channel, one in found.items()} == {"C1": (), "U3": ()}


def test_what_is_muted_is_recorded_and_said_so() -> None:
    mutes = [Mute("project", "웨이퍼*", None, "U1", NIGHT)]
    assert router(rules(), mutes=mutes).route(alert()).is_muted
    assert not router(rules(), mutes=mutes).route(alert(project="nlp")).is_muted


def test_quiet_hours_hold_what_is_not_urgent_until_they_end() -> None:
    quiet = rules({"quiet": "22:00-08:00"})
    assert told(router(quiet))["C1"].not_before == MORNING
    assert told(router(quiet), alert(severity="critical"))["C1"].not_before is None
    assert told(router(quiet, now=MORNING))["C1"].not_before is None


def test_what_people_have_set_goes_before_the_file_and_that_before_the_rule() -> None:
    of = rules({"quiet": "22:00-08:00"}, channels={"C1": {"quiet": "23:00-01:00", "timezone": "Asia/Seoul"}})
    assert told(router(of))["C1"].not_before == NIGHT + timedelta(hours=1)
    own = {"C1": AlertChannel("C1", quiet="00:00-02:00")}
    assert told(router(of, channels=own))["C1"].not_before == NIGHT + timedelta(hours=2)
    off = {"C1": AlertChannel("C1", quiet="off")}
    assert told(router(of, channels=off))["C1"].not_before is None


def test_quiet_hours_go_by_the_clock_of_their_channel() -> None:
    of = rules({"quiet": "22:00-08:00"}, channels={"C1": {"timezone": "Europe/London"}})
    assert told(router(of))["C1"].not_before is None, "it is three in the afternoon in London"
    own = {"C1": AlertChannel("C1", timezone="America/New_York")}
    found = router(of, channels=own)
    assert found.zone_of("C1") == ZoneInfo("America/New_York")
    assert found.zone_of("C2") == SEOUL
    assert QuietHours(time(22), time(8)).until(NIGHT, found.zone_of("C1")) is None


def test_alerts_alike_in_the_columns_of_a_storm_share_its_key() -> None:
    of = router(rules({"storm": {"by": ["team"], "more_than": 3, "within": "2m"}}))
    found = told(of)["C1"]
    assert (found.storm_key, found.storm_after, found.storm_within_s) == ("failed|비전팀", 3, 120.0)
    assert len(told(of, alert(details={"team": "가" * 500}))["C1"].storm_key) == 255


def test_reminders_and_escalation_are_due_from_now_on() -> None:
    of = rules({"remind": {"after": "10m"}, "escalate": {"after": "1h", "mention": ["U9", "none"]}})
    routed = router(of).route(alert())
    assert (routed.remind_at, routed.escalate_at) == (NIGHT + timedelta(minutes=10), NIGHT + timedelta(hours=1))
    assert router(of).escalated(alert()) == (Destination("C1", ("U9",)),)
    none = router(rules({"remind": None})).route(alert())
    assert (none.remind_at, none.escalate_at) == (None, None)
    assert router(rules({"remind": {"times": 0}})).route(alert()).remind_at is None
    assert router(rules()).escalated(alert()) == ()
    assert router(of, default_channel=None).escalated(alert()) == ()


def test_an_alert_of_a_rule_that_is_no_more_goes_to_the_default_channel() -> None:
    assert set(told(router(rules()), alert(rule="gone"))) == {"C1"}
    assert router(rules()).escalated(alert(rule="gone")) == ()


def test_a_severity_means_that_or_more() -> None:
    assert conditions_of(Where(severity="high", project="a")) == {"project": ["a"], "severity": ["high", "critical"]}
