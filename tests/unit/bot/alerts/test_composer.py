"""A letter becomes a message of its alert as it then is: whose it is, its history, its log."""

import shutil
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from agent.failures.cause import Cause, dump
from bot.messages.answer import Message
from bot.playground.watch.faults import Fault
from db.catalog.sample.play import fail_a_pipeline, logs_of, recover_pipeline, storm
from db.store.alerts.records import Alert, Destination, Press
from tests.unit.bot.alerts.desk import NOON, TOLD, Desk, open_desk, posting
from tests.unit.bot.messages.alerts.samples import called, problem, shown


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with open_desk(tmp_path) as made:
        yield made


async def one(desk: Desk) -> Alert:
    fail_a_pipeline(desk.path, NOON)
    (alert,) = await desk.failed(Destination("C1", ("owner",)))
    return alert


def root(alert: Alert, **given: Any) -> Any:
    return posting(alert_id=alert.alert_id, **{"payload": {"mention": ["owner", "S1"]}, **given})


def fields(message: Message) -> dict[str, str]:
    texts = [field["text"] for block in message.blocks for field in block.get("fields", ())]
    parts = (text.removeprefix("*").partition("*\n") for text in texts)
    return {label: value for label, _, value in parts}


def log_of(message: Message) -> str:
    parts = [part for block in message.blocks for part in block.get("elements", ())]
    shown_logs = [part["elements"][0]["text"] for part in parts if part.get("type") == "rich_text_preformatted"]
    return "".join(shown_logs)


async def test_the_card_has_what_the_catalogue_and_the_log_tell(desk: Desk) -> None:
    alert = await one(desk)
    letter = root(alert)
    message = await desk.told(letter)
    assert message.blocks[0]["text"]["text"] == f"🔴 파이프라인 실패: {alert.name}"
    assert message.blocks[0]["block_id"] == f"alert:{letter.outbox_id}"
    known = fields(message)
    assert known["프로젝트"] == alert.project
    assert known["이력"] == "최근 30일 안에 첫 실패"
    assert "11월 21일(토)" in known["시작 → 실패"]
    assert known["등록된 모델"] == "없음"
    assert len(log_of(message).splitlines()) > 2
    assert problem(message) is None


async def test_who_was_called_stands_in_the_edits_too(desk: Desk) -> None:
    alert = await one(desk)
    owner = await desk.owners.user_of(str(alert.details["owner_email"]))
    assert owner is not None
    assert called(await desk.told(root(alert))) == [f"user:{owner}", "usergroup:S1"]
    edit = await desk.told(root(alert, ts="1.2"))
    assert called(edit) == [f"user:{owner}", "usergroup:S1"], "an edit calls nobody in Slack"
    assert "확인 부탁드립니다:" in shown(edit)
    await desk.store.alerts.press(Press(alert.alert_id, "acknowledge", 1, "U2", desk.now))
    taken = await desk.told(root(alert, ts="1.2"))
    assert called(taken) == [f"user:{owner}", "usergroup:S1"]
    assert "부른 사람:" in shown(taken)
    assert "확인 부탁드립니다:" not in shown(taken)


async def test_what_goes_on_elsewhere_calls_nobody(desk: Desk) -> None:
    alert = await one(desk)
    for ts in (None, "1.2"):
        assert called(await desk.told(root(alert, ts=ts, payload={"mention": ["owner"], "continued": True}))) == []
    assert called(await desk.told(root(alert, payload={}))) == []


async def test_an_owner_whom_slack_does_not_know_is_named_and_not_called(tmp_path: Path) -> None:
    async with open_desk(tmp_path, emails=()) as desk:
        alert = await one(desk)
        message = await desk.told(root(alert, payload={"mention": ["owner"]}))
        assert called(message) == []
        assert fields(message)["담당자"] == alert.details["owner"]


async def test_a_run_that_worked_before_is_told_with_how_long_it_took(desk: Desk) -> None:
    alert = await one(desk)
    recover_pipeline(desk.path, NOON + timedelta(hours=1))
    await desk.catalog.refresh()
    before = fields(await desk.told(root(alert)))["마지막 성공"]
    assert "걸림, 이번에는" in before, "the success after the failure is not its last success"
    assert "11월 21일" not in before


async def test_each_further_failure_counts(desk: Desk) -> None:
    alert = await one(desk)
    with closing(sqlite3.connect(desk.path)) as rows, rows:
        rows.execute(
            "INSERT INTO pipelines SELECT id + 1000, dataset_id, name, status, gpu_type, framework, "
            "'2026-11-10 01:00:00', '2026-11-10 02:00:00' FROM pipelines WHERE name = ?",
            (alert.name,),
        )
    await desk.catalog.refresh()
    assert fields(await desk.told(root(alert)))["이력"] == "최근 30일 안에 2번째 실패"


async def test_what_surrounds_an_alert_is_looked_up_once(desk: Desk) -> None:
    alert = await one(desk)
    composer = desk.composer()
    first = await composer.compose(root(alert))
    shutil.rmtree(logs_of(desk.path))
    again = await composer.compose(root(alert, ts="1.2"))
    assert first is not None
    assert again is not None
    assert log_of(again) == log_of(first) != ""
    anew = await desk.told(root(alert))
    assert log_of(anew) == ""
    assert "이 위치에 파일이 없습니다." in shown(anew)


async def test_a_catalogue_that_does_not_answer_leaves_the_history_out(desk: Desk) -> None:
    alert = await one(desk)
    message = await desk.told(root(alert), backdrop=desk.backdrop(deadline_s=0.0))
    assert "마지막 성공" not in fields(message)
    assert problem(message) is None


@pytest.mark.parametrize("runs", [None, "SELECT id FROM nowhere", "SELECT id, name FROM pipelines"])
async def test_rules_that_lead_to_no_runs_leave_the_history_out(desk: Desk, runs: str | None) -> None:
    alert = await one(desk)
    desk.rules = desk.rules.model_copy(update={"runs": runs})
    message = await desk.told(root(alert))
    assert "마지막 성공" not in fields(message)
    assert fields(message)["이력"] == "최근 30일 안에 첫 실패"


async def test_people_are_named_as_slack_calls_them(desk: Desk) -> None:
    alert = await one(desk)
    await desk.store.alerts.press(Press(alert.alert_id, "acknowledge", 1, "U2", desk.now))
    message = await desk.told(root(alert, ts="1.2"))
    assert message.blocks[0]["text"]["text"].startswith("🟠")
    assert "이서연 님이 확인했습니다" in shown(message)
    assert "user:U2" not in called(message)


async def test_a_recovered_alert_is_green_and_reads_no_log(desk: Desk) -> None:
    alert = await one(desk)
    well = {"run_id": "99", "name": alert.name, "finished_at": "2026-11-21T05:10:00+00:00"}
    await desk.store.alerts.resolve(alert.alert_id, datetime(2026, 11, 21, 5, 10, tzinfo=UTC), well)
    message = await desk.told(root(alert, ts="1.2"))
    assert message.blocks[0]["text"]["text"].startswith("🟢 복구됨, 2시간 10분 만에")


async def test_a_failure_that_was_well_before_anybody_was_told_is_one_green_message_that_calls_nobody(
    desk: Desk,
) -> None:
    alert = await one(desk)
    seen = TOLD + timedelta(hours=8)
    well = {"run_id": "99", "name": alert.name, "finished_at": (alert.first_at + timedelta(minutes=30)).isoformat()}
    await desk.store.alerts.resolve_all({alert.alert_id: well}, seen)
    (letter,) = await desk.store.outbox.roots(alert.alert_id)
    assert (letter.state, letter.wanted_version) == ("pending", 2)
    message = await desk.told(letter)
    assert message.blocks[0]["text"]["text"] == f"🟢 복구됨, 30분 만에: {alert.name}"
    assert "11월 21일(토) 12:00에 실패했고 11월 21일(토) 12:30에 복구되었습니다." in shown(message)
    assert called(message) == called(await desk.told(replace(letter, ts="1.2"))) == []


async def test_a_channel_is_spoken_to_in_its_language_and_by_its_clock(desk: Desk) -> None:
    alert = await one(desk)
    await desk.store.alert_channels.set("C1", "U1", desk.now, timezone="America/New_York")
    assert "EST 기준" in shown(await desk.told(root(alert)))
    channels = {"C2": {"language": "en", "timezone": "UTC"}}
    desk.rules = desk.rules.model_validate({**desk.rules.model_dump(), "channels": channels})
    assert "Times in UTC" in shown(await desk.told(root(alert, channel="C2")))


async def test_lines_of_the_thread_name_who_did_it_and_call_who_is_given_it(desk: Desk) -> None:
    alert = await one(desk)

    def reply(**payload: Any) -> Any:
        return posting("reply", alert_id=alert.alert_id, payload=payload)

    taken = await desk.told(reply(line="acknowledge", by="U2"))
    assert (taken.text, called(taken)) == ("이서연 님이 확인했습니다.", [])
    given = await desk.told(reply(line="assign", by="U2", assignee="U1"))
    assert (given.text, called(given)) == ("이서연 님이 김민준 님에게 맡겼습니다.", ["user:U1"])
    own = await desk.told(reply(line="assign", by="U1", assignee="U1"))
    assert (own.text, called(own)) == ("김민준 님이 맡았습니다.", [])
    assert await desk.composer().compose(reply(line="dance")) is None


async def test_a_reminder_calls_the_owner_or_who_has_been_given_it(desk: Desk) -> None:
    alert = await one(desk)
    reminder = posting("reply", alert_id=alert.alert_id, payload={"line": "reminder", "count": 1})
    owner = await desk.owners.user_of(str(alert.details["owner_email"]))
    assert called(await desk.told(reminder)) == [f"user:{owner}"]
    await desk.store.alerts.press(Press(alert.alert_id, "assign", 1, "U2", desk.now, assignee="U1"))
    assert called(await desk.told(reminder)) == ["user:U1"]


async def test_a_cause_is_told_in_the_thread(desk: Desk) -> None:
    alert = await one(desk)
    await desk.store.alerts.keep_cause(alert.alert_id, dump(Cause("nan", "손실이 NaN이 되었습니다.")), desk.now)
    message = await desk.told(posting("reply", alert_id=alert.alert_id, payload={"line": "cause"}))
    assert "손실이 NaN이 되었습니다." in shown(message)
    assert "손실이 NaN이 되었습니다." in shown(await desk.told(root(alert, ts="1.2")))


async def stormy(desk: Desk) -> str:
    storm(desk.path, NOON, 23)
    away = Destination("C1", ("owner",), storm_key="x", storm_after=0)
    await desk.failed(away)
    (letter,) = [one for one in await desk.store.outbox.deliveries(limit=50) if one.kind == "storm"]
    assert letter.storm_id is not None
    return letter.storm_id


async def test_a_storm_is_one_message_with_its_list_in_pages(desk: Desk) -> None:
    storm_id = await stormy(desk)
    message = await desk.told(posting("storm", storm_id=storm_id, payload={"mention": ["owner"]}))
    assert message.blocks[0]["text"]["text"] == "🔴 파이프라인 23건 실패"
    assert len(called(message)) == 1, "one project has one owner"
    pages = [posting("storm_list", storm_id=storm_id, payload={"page": page}) for page in (1, 2)]
    assert "1–20번째 (전체 23건)" in shown(await desk.told(pages[0]))
    assert "21–23번째 (전체 23건)" in shown(await desk.told(pages[1]))
    beyond = posting("storm_list", storm_id=storm_id, payload={"page": 3})
    assert await desk.composer().compose(beyond) is None
    assert await desk.composer().compose(replace(beyond, payload={"page": "x"})) is None


async def test_lines_of_a_storms_thread(desk: Desk) -> None:
    storm_id = await stormy(desk)
    reply = posting("reply", storm_id=storm_id, payload={"line": "acknowledge", "by": "U2"})
    assert (await desk.told(reply)).text == "이서연 님이 확인했습니다."
    reminder = posting("reply", storm_id=storm_id, payload={"line": "reminder"})
    assert len(called(await desk.told(reminder))) == 1


async def test_what_is_no_more_is_not_told(desk: Desk) -> None:
    composer = desk.composer()
    for letter in (
        posting(alert_id="gone"),
        posting("reply", alert_id="gone", payload={"line": "resolved"}),
        posting("storm", storm_id="gone"),
        posting("digest", payload={}),
        posting("notice", payload={}),
    ):
        assert await composer.compose(letter) is None


async def test_a_notice_is_told(desk: Desk) -> None:
    assert (await desk.told(posting("notice", payload={"notice": "text", "text": "안녕하세요"}))).text == "안녕하세요"


async def test_slack_that_does_not_answer_costs_the_names_alone(desk: Desk) -> None:
    alert = await one(desk)
    await desk.store.alerts.press(Press(alert.alert_id, "acknowledge", 1, "U2", desk.now))
    desk.api.faults.break_next("users.info", *[Fault(status=503)] * 9)
    assert "누군가 님이 확인했습니다" in shown(await desk.told(root(alert, ts="1.2")))
