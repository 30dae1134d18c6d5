"""Clicks as they are read, and what who clicks reads: harmless whatever stands in the catalogue."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from slack_sdk.web.async_client import AsyncWebClient

from bot.alerts.commands.condition_words import MisreadError
from bot.alerts.commands.verbs import TAKES, Asked, Lasting, asked, lasting
from bot.alerts.people.clicks import CLICKED, Click, read_click, read_mute, spot_of
from bot.alerts.people.members import KNOWN_S, Members
from bot.alerts.people.permits import Permits
from bot.messages.alerts.conditions import misread, told
from bot.messages.alerts.facts import Voice
from bot.messages.alerts.mute_form import SCOPE, mute_form
from bot.messages.alerts.pressed import barred, done, over, taken, with_link
from bot.messages.alerts.runs_view import RunsOf, loading, runs_view
from bot.messages.alerts.subscribed import Dropped, mute_list, read_dropped, subscription_list
from bot.messages.answer import Message
from bot.messages.gate import gated
from bot.people.identity import Identity
from bot.playground.local_slack import LocalSlack
from bot.playground.rules.blocks import refuse_message, texts
from bot.playground.rules.text import calls
from bot.playground.rules.views import refuse_view
from db.catalog.alerts.rules import AlertRules, Rule, Statuses
from db.catalog.alerts.runs import Run
from db.catalog.meaning import Language
from db.store.alerts.records import Alert, Mute, Subscription
from tests.slack.workspace import APP, KIM, LEE, small_slack
from tests.unit.bot.alerts.test_conditions import AT, an_alert

ACTIONS = ("acknowledge", "unacknowledge", "snooze", "wake", "assign", "mute", "unmute", "resolve", "reopen")
LANGUAGES: tuple[Language, ...] = ("ko", "en")
foreign = st.text(max_size=400) | st.sampled_from(
    [
        "<!channel>",
        "<@U2|x> & co",
        "a" * 5_000,
        "🙈" * 90,
        "\u202e<!here>\u0007",
        "https://evil.example/x",
        "\ud83d",
        " ",
    ]
)


def voice(language: Language = "ko") -> Voice:
    return Voice(language, ZoneInfo("Asia/Seoul"), AT)


def is_taken(message: Message) -> bool:
    return refuse_message({"text": message.text, "blocks": gated(list(message.blocks))}) is None


# --- clicks


def body(**action: Any) -> dict[str, Any]:
    return {
        "user": {"id": "U1"},
        "actions": [action],
        "channel": {"id": "C1"},
        "message": {"ts": "5.0"},
        "container": {"channel_id": "C1"},
        "trigger_id": "t",
        "response_url": "https://r",
    }


def test_a_button_the_menu_and_the_list_of_people_are_read() -> None:
    button = read_click(body(action_id="alert_acknowledge", value="abc:3"))
    assert (button.action, button.of, button.is_storm, button.version) == ("acknowledge", "abc", False, 3)
    assert (button.place.channel, button.place.thread_ts, button.is_private) == ("C1", "5.0", False)
    option = {"selected_option": {"value": "snooze_tomorrow:storm:xyz:7"}}
    menu = read_click(body(action_id="alert_more", **option))
    assert (menu.action, menu.of, menu.is_storm, menu.version) == ("snooze_tomorrow", "xyz", True, 7)
    chosen = read_click(body(action_id="alert_assign", block_id="alert:o1:abc:3", selected_user="U2"))
    assert (chosen.of, chosen.version, chosen.assignee) == ("abc", 3, "U2")
    storms = read_click(body(action_id="alert_assign", block_id="alert:o1:storm:s1:9", selected_user="U2"))
    assert (storms.of, storms.is_storm, storms.version) == ("s1", True, 9)


def test_what_one_person_sees_is_private_and_has_no_thread() -> None:
    private = body(action_id="alert_wake", value="abc:3")
    private["container"] = {"channel_id": "C1", "is_ephemeral": True}
    click = read_click(private)
    assert (click.is_private, click.thread_ts) == (True, None)


@given(foreign, st.sampled_from(["value", "selected_option", "block_id"]))
def test_a_forged_click_is_one_on_no_alert(text: str, where: str) -> None:
    forged: dict[str, Any] = {"value": {"value": text}, "block_id": {"block_id": text, "selected_user": "U2"}}
    forged["selected_option"] = {"selected_option": {"value": text}}
    click = read_click(body(action_id="alert_more", **forged[where]))
    assert not click.of or (click.of.isascii() and len(click.of) <= 64)


def test_only_our_buttons_are_taken() -> None:
    for name in ("acknowledge", "snooze_hour", "assign", "cause", "runs", "mute", "more"):
        assert CLICKED.fullmatch(f"alert_{name}")
    assert not CLICKED.fullmatch("alert_drop:1")


def test_a_form_comes_back_with_the_click_it_was_opened_by() -> None:
    click = Click("mute", "abc", True, 4, "U1", "C1", "5.0", "t", "https://r", is_private=True)
    state = {SCOPE: {SCOPE: {"selected_option": {"value": "project"}}}, "for": {"for": {"selected_option": None}}}
    sent = {
        "user": {"id": "U1"},
        "view": {"private_metadata": spot_of(click).model_dump_json(), "state": {"values": state}},
    }
    form = read_mute(sent)
    assert (form.spot, form.scope, form.lasts) == (spot_of(click), "project", "")
    sent["view"] = {"private_metadata": "{}", "state": {"values": {}}}
    assert (read_mute(sent).spot.of, read_mute(sent).scope) == ("", "")


# --- words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", Asked("open")),
        ("history 20 project:a", Asked("history", "20 project:a")),
        ("기록", Asked("history")),
        ("음소거 pipeline:a 2h", Asked("mute", "pipeline:a 2h")),
        ("음소거 해제 pipeline:a", Asked("unmute", "pipeline:a")),
        ("mute off", Asked("unmute")),
        ("TEST failed-pipelines", Asked("test", "failed-pipelines")),
        ("요약 오전 9시", Asked("digest", "오전 9시")),
        ("도움말", Asked("help")),
        ("help mute", Asked("help", "mute")),
        ("histroy", Asked("help")),
    ],
)
def test_a_word_behind_alerts_is_read(text: str, expected: Asked) -> None:
    assert asked(text) == expected
    assert not text or TAKES.fullmatch(text)


def test_a_question_is_no_word_of_ours() -> None:
    for text in ("말고 실패한 파이프라인 보여줘", "있어?", "있나요？"):
        assert not TAKES.fullmatch(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("pipeline:a 2h", Lasting("pipeline:a", timedelta(hours=2))),
        ("2시간 동안 pipeline:a", Lasting("pipeline:a", timedelta(hours=2))),
        ("pipeline:a for 1 day", Lasting("pipeline:a", timedelta(days=1))),
        ("pipeline:a 1시간 30분", Lasting("pipeline:a", timedelta(minutes=90))),
        ("project:b forever", Lasting("project:b", None, is_for_good=True)),
        ("project:b", Lasting("project:b")),
    ],
)
def test_how_long_is_taken_out_of_a_text(text: str, expected: Lasting) -> None:
    assert lasting(text) == expected


# --- what is read


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_press_has_its_sentences(language: Language) -> None:
    for action in ACTIONS:
        assert "U9" in taken(action, "U9", AT, voice(language)).text
        assert "U9" in taken(action, "U9", None, voice(language)).text
        assert taken(action, None, AT, voice(language)).text
        assert done(action, voice(language)).text
    assert over("resolved", voice(language)).text != over("open", voice(language)).text
    linked = with_link("x", "https://a.example/b", "open")
    assert calls("", gated(list(linked.blocks))) == ["link:https://a.example/b"]
    assert with_link("x <y>", None, "open").text == "x &lt;y&gt;"
    assert "<!subteam^S1>" in barred(("S1", "U2"), ("U3",), voice(language)).text


@given(foreign, foreign, st.sampled_from(LANGUAGES))
def test_a_form_takes_any_names(name: str, project: str, language: Language) -> None:
    scopes = [("alert", name), ("pipeline", name), ("project", project)]
    view = gated(mute_form(scopes, language, "{}"))
    assert refuse_view(view, {"modal"}) is None
    assert calls("", view["blocks"]) == []


@given(st.lists(st.tuples(foreign, foreign), max_size=3), foreign, st.sampled_from(LANGUAGES))
def test_a_window_takes_any_runs(cells: list[tuple[str, str]], name: str, language: Language) -> None:
    runs = [Run(str(at), one, status, AT, AT + timedelta(hours=at), {}) for at, (one, status) in enumerate(cells)]
    runs.append(Run("7", name, "failed", None, None, {}))
    found = [RunsOf("pipeline", name, runs, 3), RunsOf("dataset", name, [])]
    view = gated(runs_view(an_alert(), found, Statuses(), voice(language)))
    assert refuse_view(view, {"modal"}) is None
    assert calls("", view["blocks"]) == []


def test_a_window_without_runs_says_so_or_why() -> None:
    assert "관련된 실행이 없습니다" in "".join(texts(runs_view(an_alert(), (), Statuses(), voice())["blocks"]))
    assert "왜냐하면" in "".join(texts(runs_view(an_alert(), (), Statuses(), voice(), "왜냐하면")["blocks"]))
    assert refuse_view(loading("en"), {"modal"}) is None


@settings(deadline=None)
@given(foreign, st.sampled_from(["U1", "W0", "local", "<!channel>"]), st.sampled_from(LANGUAGES))
def test_lists_take_any_words(value: str, user: str, language: Language) -> None:
    conditions = {"project": [value], "severity": ["high", "critical"], "kind": ["stuck", value]}
    subscriptions = [Subscription("U1", value[:200], conditions, user, AT)] * 22
    message = subscription_list(subscriptions, subscriptions[:1], voice(language))
    assert is_taken(message)
    mutes = [Mute("project", value, AT, user, AT), Mute("pipeline", value, None, user, AT)] * 11
    assert is_taken(mute_list(mutes, voice(language)))
    assert is_taken(mute_list([], voice(language)))
    said = calls(message.text, gated(list(message.blocks)))
    assert all(one.startswith("<@") for one in said), "who has set it is named to one person"


def test_a_button_of_a_list_holds_what_it_ends() -> None:
    message = mute_list([Mute("project", "웨이퍼", None, "U1", AT)], voice())
    value = message.blocks[1]["accessory"]["value"]
    assert read_dropped({"actions": [{"value": value}]}) == Dropped(of="project", key="웨이퍼")
    assert read_dropped({"actions": [{"value": "x"}]}) is None
    assert read_dropped({"actions": [{}]}) is None


@pytest.mark.parametrize(
    ("conditions", "expected"),
    [
        ({}, "모든 알림"),
        ({"severity": ("high", "critical"), "project": ("*웨이퍼*",)}, "프로젝트 *웨이퍼* · 심각도 높음 이상"),
        ({"severity": ("low", "critical")}, "심각도 낮음, 매우 높음"),
        ({"severity": ("odd",)}, "심각도 ?"),
        ({"kind": ("stuck", "odd"), "rule": ("r",)}, "규칙 r · 종류 지연, odd"),
    ],
)
def test_conditions_are_told_in_words(conditions: dict[str, tuple[str, ...]], expected: str) -> None:
    assert told(conditions, "ko") == expected


def test_what_is_misread_is_said_with_an_example_and_what_was_meant() -> None:
    said = misread(MisreadError("unknown-key", "projct", "project"), "en", "/mlops subscribe")
    assert "projct" in said
    assert "Did you mean project?" in said
    assert "/mlops subscribe project:" in said


# --- who may


async def nobody(_: object, __: object = None) -> None:
    return None


async def never(_: str, __: str) -> bool:
    return False


async def test_whoever_may_press_is_let_and_others_are_told_who_may() -> None:
    rules = AlertRules(rules=(Rule(name="failed-pipelines", sql="SELECT 1", may_press=("U5", "S1")),))

    async def owner(_: Alert) -> str | None:
        return "U6"

    async def grouped(group: str, user: str) -> bool:
        return (group, user) == ("S1", "U7")

    permits = Permits(rules, ("U8",), owner, grouped)
    for user in ("U5", "U6", "U7", "U8", "U9"):
        assert await permits.barred(an_alert(assignee="U9"), user) == ()
    assert await permits.barred(an_alert(), "U9") == ("U5", "S1")
    assert await permits.barred(an_alert(rule="another"), "U9") == ()
    assert [await permits.is_lead(an_alert(), user) for user in ("U6", "U8", "U9")] == [True, True, False]
    assert await Permits(rules, (), nobody, never).is_lead(an_alert(), "U9"), "nobody is an admin"


async def test_slack_is_asked_once_in_a_while_who_is_in_a_group() -> None:
    now = [0.0]
    async with small_slack(has_rates=False).serving() as slack:
        members = members_of(slack, now)
        slack.workspace.groups["S1"] = (KIM,)
        assert [await members.in_group("S1", user) for user in (KIM, LEE)] == [True, False]
        slack.workspace.groups["S1"] = (LEE,)
        assert await members.in_group("S1", KIM)
        now[0] += KNOWN_S
        assert [await members.in_group("S1", user) for user in (KIM, LEE)] == [False, True]
        assert not await members.in_group("S404", KIM)


def members_of(slack: LocalSlack, now: list[float]) -> Members:
    client = AsyncWebClient(token=APP.bot_token, base_url=slack.api_url)
    return Members(client, Identity("TLOCAL", APP.user), now=lambda: now[0])
