"""Conditions as people write them, and what they hold of."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.alerts.commands.condition_words import LONGEST, MOST, MisreadError, Wanted, wanted
from bot.alerts.commands.time_words import clock, is_for_good, is_off, quiet, span
from bot.alerts.conditions import KEYS, covers, fits, folded, key_of, matches
from db.severity import SEVERITIES
from db.store.alerts.records import Alert, Mute

AT = datetime(2026, 11, 21, tzinfo=UTC)
ABOVE = ("high", "critical")
WAFER = {"project": ("*웨이퍼*",)}


def an_alert(**more: Any) -> Alert:
    details = {"owner": "김민준", "owner_email": "kim@example.com", "team": "비전", "dataset": "wafer-v2"}
    values: dict[str, Any] = {
        "alert_id": "a1", "fingerprint": "f", "episode": 1, "rule": "failed-pipelines", "kind": "failed",
        "severity": "high", "state": "open", "run_id": "7", "name": "yolov8-wafer-exp04", "project": "웨이퍼 결함 탐지",
        "details": details, "count": 1, "first_at": AT, "last_at": AT,
    }  # fmt: skip
    return Alert(**values | more)


@pytest.mark.parametrize(
    ("text", "conditions"),
    [
        ("project:웨이퍼 severity>=high", {**WAFER, "severity": ABOVE}),
        ("프로젝트 : 웨이퍼   심각도 >= 높음", {**WAFER, "severity": ABOVE}),
        ("프로젝트：웨이퍼 심각도＞＝높음", {**WAFER, "severity": ABOVE}),
        ("PROJECT:웨이퍼, SEVERITY=>HIGH", {**WAFER, "severity": ABOVE}),
        ("project 웨이퍼 심각도 높음 이상", {**WAFER, "severity": ABOVE}),
        ("프로젝트:웨이퍼 높음 이상", {**WAFER, "severity": ABOVE}),
        ("severity≥high", {"severity": ABOVE}),
        ("심각도>=높음이상", {"severity": ABOVE}),
        ("high+", {"severity": ABOVE}),
        ("심각도 높음", {"severity": ("high",)}),
        ("severity<high", {"severity": ("low", "medium")}),
        ("severity!=low severity<=critical", {"severity": ("medium", "high", "critical", "low")}),
        ("severity>medium", {"severity": ABOVE}),
        ("심각도 보통 이하", {"severity": ("low", "medium")}),
        ('project:"웨이퍼 결함" team:비전', {"project": ("*웨이퍼 결함*",), "team": ("*비전*",)}),
        ("project:“웨이퍼 결함”", {"project": ("*웨이퍼 결함*",)}),
        ("project:'웨이퍼 결함", {"project": ("*웨이퍼 결함*",)}),
        ("project=웨이퍼", {"project": ("웨이퍼",)}),
        ("pipeline:yolo*", {"pipeline": ("yolo*",)}),
        ("project:a,b project:c", {"project": ("*a*", "*b*", "*c*")}),
        ("dataset:wafer:v2", {"dataset": ("*wafer:v2*",)}),
        ("owner:<@U2|lee>", {"owner": ("*<@U2|lee>*",)}),
        ("owner <@U2>", {"owner": ("*<@U2>*",)}),
        ("kind:실패 rule=failed-pipelines", {"kind": ("failed",), "rule": ("failed-pipelines",)}),
    ],
)
def test_conditions_are_read_however_they_are_written(text: str, conditions: dict[str, tuple[str, ...]]) -> None:
    assert wanted(text) == Wanted(conditions)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("all", Wanted({}, is_all=True)),
        ("전체 여기에", Wanted({}, "here", is_all=True)),
        ("이 채널에 project:웨이퍼", Wanted(WAFER, "here")),
        ("project:웨이퍼 me", Wanted(WAFER, "me")),
        ("", Wanted({})),
    ],
)
def test_where_and_all_are_words_of_their_own(text: str, expected: Wanted) -> None:
    assert wanted(text) == expected


@pytest.mark.parametrize(
    ("text", "code", "word", "near"),
    [
        ("projct:웨이퍼", "unknown-key", "projct", "project"),
        ("심각돠:높음", "unknown-key", "심각돠", "severity"),
        ("weather:sunny", "unknown-key", "weather", ""),
        ("project:", "no-value", "project:", ""),
        ("project", "no-value", "project", ""),
        ("severity >=", "no-value", "severity", ""),
        (">= high", "no-value", ">=", ""),
        ("project: '' ", "no-value", "project", ""),
        ("웨이퍼", "bare", "웨이퍼", ""),
        ("severity:hgih", "unknown-severity", "hgih", "high"),
        ("severity>critical", "no-severity", ">critical", ""),
        ("kind:fialed", "unknown-kind", "fialed", "failed"),
        ("project>=웨이퍼", "operator", "project>=", ""),
        (f"project:{'가' * (LONGEST + 1)}", "too-long", str(LONGEST), ""),
        (" ".join(f"project:p{at}" for at in range(MOST + 1)), "too-many", str(MOST), ""),
    ],
)
def test_what_is_no_condition_says_which_word_it_was(text: str, code: str, word: str, near: str) -> None:
    with pytest.raises(MisreadError) as misread:
        wanted(text)
    assert (misread.value.code, misread.value.word, misread.value.near) == (code, word, near)


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        found = wanted(text)
    except MisreadError:
        return
    assert found.conditions.keys() <= set(KEYS)
    assert all(found.conditions.values())


_names = st.text("abcdefgxyz가나다웨이퍼결함-_.0123456789", min_size=1, max_size=20)


@given(_names, st.sampled_from([":", " : ", "：", ": "]), st.sampled_from(["project", "프로젝트", "Project"]))
def test_a_value_that_was_written_finds_the_project_that_holds_it(name: str, mark: str, key: str) -> None:
    found = wanted(f"{key}{mark}{name}")
    assert matches(found.conditions, an_alert(project=f"ㄱ {name} z"))
    assert not matches(found.conditions, an_alert(project=""))


@given(_names, _names)
def test_blanks_and_quotes_do_not_matter(one: str, other: str) -> None:
    quoted = wanted(f'project : "{one} {other}"')
    assert matches(quoted.conditions, an_alert(project=f"{one}{other}"))
    assert matches(wanted(f"project={one}{other}").conditions, an_alert(project=f"{one} {other}".upper()))


@given(st.permutations(["project:a,b", "severity>=high", "team:비전"]), st.booleans())
def test_the_same_conditions_have_one_key(parts: list[str], is_shouted: bool) -> None:
    text = " ".join(parts)
    key = key_of(wanted("project:b,a severity>=high team:비전").conditions)
    assert key_of(wanted(text.upper() if is_shouted else text).conditions) == key


def test_other_conditions_have_other_keys_and_long_ones_short_keys() -> None:
    long = [
        wanted(" ".join(f"project:{letter * 60}" for letter in letters)).conditions for letters in ("abcde", "abcdf")
    ]
    keys = {key_of(one) for one in ({}, WAFER, {"team": ("*웨이퍼*",)}, *long)}
    assert len(keys) == 5
    assert max(map(len, keys)) <= 255


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("project:웨이퍼", True),
        ("project:웨이퍼결함", True),
        ("project=웨이퍼", False),
        ("project=웨이퍼결함탐지", True),
        ("pipeline:yolo*", True),
        ("pipeline:*exp04", True),
        ("pipeline:y*wafer*04", True),
        ("pipeline:y*04*wafer", False),
        ("owner:김민준", True),
        ("owner=KIM@example.com", True),
        ("owner:이서연", False),
        ("team:비전,음성 dataset:wafer", True),
        ("team:음성", False),
        ("severity>=high", True),
        ("severity<high", False),
        ("kind:failed rule:failed", True),
        ("project:웨이퍼 team:음성", False),
        ("all", True),
    ],
)
def test_all_keys_must_hold_with_one_of_their_values(text: str, *, holds: bool) -> None:
    assert matches(wanted(text).conditions, an_alert()) is holds


def test_a_key_that_nobody_knows_and_a_cell_that_is_empty_hold_of_nothing() -> None:
    assert not matches({"colour": ["*"]}, an_alert())
    assert not matches({"team": ["*"]}, an_alert(details={"team": None}))


@given(_names, _names, _names)
def test_a_star_stands_for_any_text(head: str, middle: str, tail: str) -> None:
    assert fits(f"{head}*{tail}", f"{head}{middle}{tail}")
    assert fits(f"*{middle}*", f"{head}{middle}{tail}")
    assert fits(f"{head}*", f"{head}{middle}")
    assert not fits(f"{head}{middle}", f"{head}{middle}{tail}")


def test_the_ends_of_a_pattern_do_not_overlap() -> None:
    assert not fits("ab*ba", "aba")
    assert fits("ab*ba", "abba")


def test_a_pattern_of_many_stars_is_read_in_no_time() -> None:
    assert not fits("*".join("a" * 40) + "*b", "a" * 5_000)


@pytest.mark.parametrize(
    ("scope", "value", "holds"),
    [
        ("alert", "a1", True),
        ("alert", "a", False),
        ("pipeline", "yolov8*", True),
        ("pipeline", "yolov8", False),
        ("project", "웨이퍼결함탐지", True),
        ("rule", "failed-pipelines", True),
    ],
)
def test_a_mute_covers_what_it_names(scope: Any, value: str, *, holds: bool) -> None:
    assert covers(Mute(scope, value, None, "U1", AT), an_alert()) is holds


def test_severities_are_the_ones_of_the_store() -> None:
    assert wanted("severity>=low").conditions["severity"] == SEVERITIES
    assert folded("ＡbC 가") == "abc가"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2h", timedelta(hours=2)),
        ("1시간 30분", timedelta(minutes=90)),
        ("90 min", timedelta(minutes=90)),
        ("하루", timedelta(days=1)),
        ("3일간", timedelta(days=3)),
        ("2시간 동안", timedelta(hours=2)),
        ("1w", timedelta(weeks=1)),
        ("0h", None),
        ("2h x", None),
        ("500d", None),
        ("soon", None),
        ("", None),
    ],
)
def test_spans_are_read(text: str, expected: timedelta | None) -> None:
    assert span(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("09:00", time(9)),
        ("9", time(9)),
        ("9시 30분", time(9, 30)),
        ("오전 9시", time(9)),
        ("오후 9시", time(21)),
        ("9pm", time(21)),
        ("12am", time(0)),
        ("24:00", time(0)),
        ("13pm", None),
        ("25", None),
        ("9:75", None),
        ("noon", None),
    ],
)
def test_times_of_day_are_read(text: str, expected: time | None) -> None:
    assert clock(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("22:00-08:00", "22:00-08:00"),
        ("22시 ~ 8시", "22:00-08:00"),
        ("오후 10시부터 오전 8시까지", "22:00-08:00"),
        ("22:00-22:00", None),
        ("22:00", None),
        ("a-b", None),
    ],
)
def test_quiet_hours_are_read(text: str, expected: str | None) -> None:
    found = quiet(text)
    assert (None if found is None else str(found)) == expected


@given(st.text(max_size=40))
def test_any_text_is_a_time_or_none(text: str) -> None:
    for read in (span, clock, quiet):
        read(text)


def test_off_and_for_good_have_words() -> None:
    assert [is_off(word) for word in ("off", "끄기", "on")] == [True, True, False]
    assert [is_for_good(word) for word in ("forever", "영구", "1h")] == [True, True, False]
