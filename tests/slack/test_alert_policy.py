"""Two teams, one channel of alerts: what a person is shown by themselves is of runs that they see."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, Final

import pytest

from bot.playground.local_slack import LocalSlack
from bot.playground.watch.faults import Fault
from bot.playground.workspace.records import Channel, Message
from db.store.alerts.records import Alert, Mute, Subscription
from tests.slack.alerting import ALERTS, Desk, alerting, said, whispers
from tests.slack.bot import TestModel
from tests.slack.test_policy import ADDRESSES
from tests.slack.workspace import BOT, KIM, LEE, small_slack

POLICY: Final = """
roles:
  analyst:
    rows:
      users: team = :team
      projects: user_id IN (SELECT id FROM users WHERE team = :team)
everyone: analyst
who: {table: users, email: email, team: team}
"""
OWN: Final = """
rules:
  - name: own
    sql: |
      SELECT p.id, p.name, pr.name AS project, '' AS owner, d.name AS dataset, p.gpu_type AS gpu, p.started_at,
        p.finished_at
      FROM pipelines p JOIN datasets d ON d.id = p.dataset_id JOIN projects pr ON pr.id = d.project_id
      WHERE p.status = 'failed' AND p.finished_at >= :since
      ORDER BY p.finished_at DESC
"""
VISION: Final = 1
"""A pipeline of Kim's team."""
NLP: Final = 4
"""One of Lee's."""
NAMES: Final = {VISION: "yolov8-wafer-exp01", NLP: "kobert-intent-exp07"}
LEES: Final = "D2"


@pytest.fixture
async def slack() -> AsyncIterator[LocalSlack]:
    async with small_slack(has_rates=False).serving() as server:
        server.workspace.channels[LEES] = Channel(LEES, "lee", "im", {LEE, BOT})
        for user, email in ADDRESSES.items():
            server.workspace.users[user] = replace(server.workspace.users[user], email=email)
        yield server


@asynccontextmanager
async def parted(folder: Path, slack: LocalSlack, policy: str = POLICY, **more: Any) -> AsyncIterator[Desk]:
    (folder / "policy.yml").write_text(policy, "utf-8")
    async with alerting(folder, slack, policy=folder / "policy.yml", **more) as desk:
        yield desk


@pytest.fixture
async def desk(tmp_path: Path, slack: LocalSlack) -> AsyncIterator[Desk]:
    async with parted(tmp_path, slack) as opened:
        yield opened


def write(desk: Desk, *pipelines: int) -> None:
    """A run of each pipeline fails."""
    desk.clock.passes(seconds=1)
    with closing(sqlite3.connect(desk.folder / "catalog.db")) as rows, rows:
        for pipeline in pipelines:
            rows.execute(
                "INSERT INTO pipelines (dataset_id, name, status, gpu_type, framework, started_at, finished_at) "
                "SELECT dataset_id, name, 'failed', gpu_type, framework, :at, :at FROM pipelines WHERE id = :id",
                {"at": f"{desk.clock.now:%Y-%m-%d %H:%M:%S}", "id": pipeline},
            )


def _has(desk: Desk, count: int) -> bool:
    return len(roots(desk)) >= count


async def failed(desk: Desk, *pipelines: int) -> list[Alert]:
    """A run of each fails and is told in the channel, in that order."""
    alerts = []
    for pipeline in pipelines:
        known = len(roots(desk)) + 1
        write(desk, pipeline)
        await desk.slack.journal.until(partial(_has, desk, known), "an alert")
        alerts.append(await desk.alert())
    return alerts


async def asked(slack: LocalSlack, text: str, user: str = KIM, channel: str = ALERTS) -> str:
    before = len(whispers(slack, user))
    await slack.person(user).slash(text, channel)
    found: list[str] = await slack.journal.until(lambda: whispers(slack, user)[before:], f"an answer to {text}")
    return found[-1]


def roots(desk: Desk) -> list[Message]:
    return [message for message in desk.roots() if message.get("thread_ts", message["ts"]) == message["ts"]]


def names(text: str) -> set[int]:
    return {pipeline for pipeline, name in NAMES.items() if name in text}


async def home(slack: LocalSlack, user: str, channel: str) -> str:
    slack.workspace.tell("home_opened", channel, user=user, tab="home")
    shown = await slack.journal.until(lambda: slack.workspace.homes.get(user), "a home")
    return said(shown.view)


def directly(slack: LocalSlack, user: str = KIM) -> list[Message]:
    found = slack.messages("D1" if user == KIM else LEES)
    return [message for message in found if message.get("thread_ts", message["ts"]) == message["ts"]]


async def test_each_is_told_of_the_alerts_whose_runs_they_see(desk: Desk) -> None:
    await failed(desk, VISION, NLP)
    for text, channel in (
        ("alerts", ALERTS),
        ("alerts", "C2"),
        ("alerts history", "C2"),
        ("alerts 기록 owner:*", "C1"),
        ("alerts log", ALERTS),
    ):
        told = [names(await asked(desk.slack, text, user, channel)) for user in (KIM, LEE)]
        assert told == [{VISION}, {NLP}], text
    assert [names(said(root)) for root in roots(desk)] == [{VISION}, {NLP}], "a channel is told of both"


async def test_who_is_not_known_is_told_of_none_and_admins_of_all(tmp_path: Path, slack: LocalSlack) -> None:
    slack.workspace.users[KIM] = replace(slack.workspace.users[KIM], email="")
    async with parted(tmp_path, slack, admins=LEE) as desk:
        await failed(desk, VISION, NLP)
        assert names(await asked(slack, "alerts")) == set()
        assert names(await asked(slack, "alerts", LEE)) == {VISION, NLP}


async def test_where_the_runs_cannot_be_read_nothing_is_told(tmp_path: Path, slack: LocalSlack) -> None:
    closed = (
        "roles: {guest: {rows: {projects: 'user_id = -1'}}}\neveryone: guest\n"
        "who: {table: users, email: email, team: team}\n"
    )
    async with parted(tmp_path, slack, closed) as desk:
        await failed(desk, VISION)
        assert names(await asked(slack, "alerts")) == set()


async def test_a_catalogue_that_is_gone_is_said_to_be(desk: Desk) -> None:
    await failed(desk, VISION)
    (desk.folder / "catalog.db").write_bytes(b"x" * 4096)
    assert "카탈로그를 읽을 수 없습니다" in await asked(desk.slack, "alerts")


async def test_a_rule_is_tried_over_what_the_person_sees(desk: Desk) -> None:
    await failed(desk, VISION, NLP)
    await asked(desk.slack, "alerts test failed-pipelines")
    told = await desk.whispered("🧪")
    assert names(told) == {VISION}


async def test_a_home_shows_what_was_given_to_somebody_as_far_as_they_see_it(desk: Desk) -> None:
    alert, other = await failed(desk, VISION, NLP)
    for one, message in zip((alert, other), roots(desk), strict=True):
        await desk.press(message, "assign", selected_user=LEE)
        while (await desk.bot.services.store.alerts.by_id(one.alert_id)) == one:
            await desk.bot.services.store.ping()
    assert names(await home(desk.slack, LEE, LEES)) == {NLP}


async def test_who_has_subscribed_is_told_of_what_they_see(desk: Desk) -> None:
    slack = desk.slack
    for user, channel in ((KIM, "D1"), (LEE, LEES)):
        assert "구독했습니다" in await asked(slack, "subscribe all", user, channel)
    await failed(desk, NLP, VISION)
    await slack.journal.until(lambda: len(directly(slack)) and directly(slack, LEE), "direct messages")
    store = desk.bot.services.store
    while any(one.state in ("pending", "sending") for one in await store.outbox.deliveries(50)):
        await store.ping()
    assert [names(said(one)) for one in directly(slack)] == [{VISION}]
    assert {frozenset(names(said(one))) for one in directly(slack, LEE)} == {frozenset({NLP})}


async def test_a_storm_is_told_to_a_person_by_what_they_see_of_it(desk: Desk) -> None:
    slack, store = desk.slack, desk.bot.services.store
    for user in (KIM, LEE):
        await store.subscriptions.add(Subscription(user, "{}", {}, user, desk.clock.now))
    with closing(sqlite3.connect(desk.folder / "catalog.db")) as rows, rows:
        rows.executemany(
            "INSERT INTO pipelines (dataset_id, name, status, started_at, finished_at) "
            "SELECT dataset_id, name || '-' || :n, 'failed', :at, :at FROM pipelines WHERE id = 1",
            [{"n": n, "at": f"{desk.clock.now:%Y-%m-%d %H:%M:%S}"} for n in range(8)],
        )
    await slack.journal.until(lambda: any("8" in said(one) for one in directly(slack)), "a summary")
    while any(one.state in ("pending", "sending") for one in await store.outbox.deliveries(50)):
        await store.ping()
    assert directly(slack, LEE) == []


async def test_a_letter_waits_for_slack_to_tell_whose_address_it_is(desk: Desk) -> None:
    slack, store = desk.slack, desk.bot.services.store
    await store.subscriptions.add(Subscription(KIM, "{}", {}, KIM, desk.clock.now))
    slack.faults.break_next("users.info", *[Fault(status=500)] * 4)
    await failed(desk, VISION)
    async with asyncio.timeout(30):
        while not any(one.error == "not_sure" for one in await store.outbox.deliveries(20)):
            await store.ping()
    assert directly(slack) == []


async def test_the_runs_beside_an_alert_are_not_shown_to_who_does_not_see_it(desk: Desk) -> None:
    await failed(desk, NLP)
    (message,) = roots(desk)
    for user in (KIM, LEE):
        await desk.press(message, "runs", user)
    modals = desk.slack.workspace.modals
    await desk.slack.journal.until(lambda: modals.get(KIM) and modals.get(LEE), "two windows")
    kims, lees = [said(modals[user][-1].view) for user in (KIM, LEE)]
    assert "보이지 않는 데이터" in kims
    assert "kobert" not in kims
    assert "kobert" in lees


async def test_a_reply_below_an_alert_is_asked_with_what_its_asker_sees_of_it(
    tmp_path: Path, slack: LocalSlack
) -> None:
    model = TestModel(sql="")
    async with parted(tmp_path, slack, model=model) as desk:
        await failed(desk, NLP)
        (message,) = roots(desk)
        while not await desk.bot.services.store.alerts.standing(ALERTS, message["ts"]):
            await desk.bot.services.store.ping()
        for user, text in ((KIM, "왜 실패했어?"), (LEE, "원인이 뭐야?")):
            await slack.person(user).say(text, ALERTS, message["ts"])
            await model.started(text)
    kims, lees = model.prompts
    assert NAMES[NLP] not in str(kims.memory)
    assert NAMES[NLP] in str(lees.memory)


async def test_a_summary_of_all_is_for_admins_to_set_up(tmp_path: Path, slack: LocalSlack) -> None:
    async with parted(tmp_path, slack, admins=LEE) as desk:
        for channel in ("D1", ALERTS):
            assert "관리자만" in await asked(slack, "alerts digest 09:00", KIM, channel)
        assert "09:00" in await asked(slack, "alerts digest 09:00", LEE)
        assert "껐습니다" in await asked(slack, "alerts digest off", KIM, "D1")
        assert "관리자만" in await asked(slack, "subscribe all here", KIM)
        assert set(await desk.bot.services.store.alert_channels.all()) == {KIM, ALERTS}


async def test_somebodys_mutes_are_listed_to_them_alone(desk: Desk) -> None:
    await desk.bot.services.store.mutes.add(Mute("pipeline", NAMES[NLP], None, LEE, desk.clock.now))
    assert [names(await asked(desk.slack, "alerts mutes", user)) for user in (KIM, LEE)] == [set(), {NLP}]


async def test_what_a_rules_own_query_finds_is_shown_to_whom_that_query_shows_it(
    tmp_path: Path, slack: LocalSlack
) -> None:
    (tmp_path / "alerts.yml").write_text(OWN, "utf-8")
    async with parted(tmp_path, slack, alert_rules=tmp_path / "alerts.yml") as desk:
        await failed(desk, VISION, NLP)
        assert [names(await asked(slack, "alerts", user)) for user in (KIM, LEE)] == [{VISION}, {NLP}]
