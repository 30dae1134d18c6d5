"""What is behind an answer comes by a click: its SQL in a window, the rest of it in the thread."""

import asyncio
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from agent.answer import Ask, ThreadKey
from agent.offline.engine import OfflineModel
from bot.features.evidence import Evidence
from bot.features.presses import Press
from bot.parts import Parts
from bot.playground.local_slack import LocalSlack
from bot.playground.people.person import Person
from bot.playground.rules.blocks import texts
from bot.playground.watch.faults import Fault
from bot.playground.workspace.modals import Modals
from bot.playground.workspace.records import Message
from tests.parts import NOW
from tests.slack.bot import Bot, TestModel, lose_store, running
from tests.slack.test_extending import parts
from tests.slack.workspace import KIM, LEE, deliver

pytestmark = pytest.mark.unpaced

__all__ = ["parts"]

SQL = "SELECT name, map50 FROM models JOIN metrics ON models.id = metrics.model_id ORDER BY map50"
PARAGRAPHS = "\n\n".join(["**4개**입니다.", *(f"{n}번째 " + "가" * 400 for n in range(8))])


async def answered(slack: LocalSlack, kim: Person, text: str = "모델의 mAP는?", channel: str = "C1") -> Message:
    ts = await kim.mention(text, channel)
    await slack.journal.until(lambda: slack.messages(channel, ts))
    await slack.deliveries.settled()
    return slack.messages(channel, ts)[0]


async def press(
    slack: LocalSlack, answer: Message, what: str, user: str = KIM, channel: str = "C1", **more: Any
) -> None:
    buttons = [one for block in answer["blocks"] if block["type"] == "actions" for one in block["elements"]]
    button = next(one for one in buttons if one["action_id"] == f"evidence:{what}")
    action = {"block_id": "x", **{name: button[name] for name in ("action_id", "type", "value")}, **more}
    block = next(b for b in answer["blocks"] if button in b.get("elements", ()))
    action["block_id"] = block["block_id"]
    await slack.interactions.click(user, action=action, channel=channel, ts=answer["ts"])


def window(slack: LocalSlack, user: str = KIM) -> dict[str, Any] | None:
    stack = slack.workspace.modals.get(user)
    return stack[-1].view if stack else None


def told(view: dict[str, Any] | None) -> str:
    return "" if view is None else "\n".join(texts(view["blocks"]))


def whispers(slack: LocalSlack, user: str = KIM) -> list[str]:
    return [message["text"] for (who, _, _), message in slack.workspace.ephemerals.items() if who == user]


def has_been_told(slack: LocalSlack, part: str, times: int) -> bool:
    return sum(part in text for text in whispers(slack)) == times


async def until_told(slack: LocalSlack, part: str, user: str = KIM) -> str:
    await slack.journal.until(lambda: part in told(window(slack, user)), part)
    return told(window(slack, user))


async def wanted(bot: Bot, name: str, value: str) -> None:
    await bot.services.store.preferences.put("T1", KIM, name, value, KIM, bot.services.clock())


async def test_the_window_shows_each_statement_with_its_rows_and_time_and_who_wrote_it(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    async with running(tmp_path, slack, TestModel(sql=SQL)):
        answer = await answered(slack, kim)
        assert SQL not in str(answer["blocks"])
        await press(slack, answer, "sql")
        shown = await until_told(slack, "SELECT")
    assert "ORDER BY\n  map50" in shown
    assert "1. 8행 · " in shown
    assert " ms" in shown
    assert "test-model · 입력 2,000 토큰" in shown or "test-model" in shown
    assert "요청 번호 " in shown


async def test_a_statement_that_failed_is_shown_with_its_error(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    async with running(tmp_path, slack, TestModel(sql="SELECT nam FROM models")):
        answer = await answered(slack, kim)
        await press(slack, answer, "sql")
        shown = await until_told(slack, "실패")
    assert "nam" in shown


async def test_rules_say_that_no_model_was_used(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    async with running(tmp_path, slack, models=lambda known: [OfflineModel(known)]):
        answer = await answered(slack, kim, "which models are in production?")
        await press(slack, answer, "sql", LEE)
        shown = await until_told(slack, "rule engine", LEE)
    assert "4 rows" in shown


async def test_what_is_behind_a_forgotten_turn_is_gone(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    async with running(tmp_path, slack, TestModel(sql=SQL, text=lambda _: PARAGRAPHS)) as bot:
        answer = await answered(slack, kim)
        turn = await bot.services.store.turns.by_source("T1", "C1", answer["thread_ts"])
        assert turn is not None
        await bot.services.store.turns.forget(turn.turn_id)
        await press(slack, answer, "sql")
        await until_told(slack, "기록이 없어")
        for what in ("csv", "details"):
            slack.workspace.ephemerals.clear()
            await press(slack, answer, what)
            await slack.journal.until(lambda: any("기록이 없어" in text for text in whispers(slack)))
        assert len(slack.messages("C1", answer["thread_ts"])) == 1


async def test_a_click_whose_turn_stands_elsewhere_or_nowhere_brings_nothing(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    async with running(tmp_path, slack, TestModel(sql=SQL)):
        answer = await answered(slack, kim)
        await press(slack, answer, "csv")
        await slack.journal.until(lambda: slack.journal.of("files.completeUploadExternal"))
        [sent] = [delivery for delivery in slack.journal.deliveries if delivery.kind == "interactive"]
        nonsense = {"actions": [{**sent.payload["actions"][0], "value": "<!>"}]}
        for change in ({"channel": {"id": "C2"}}, nonsense):
            await deliver(slack, {**sent.payload, **change}, "interactive")
        await slack.journal.until(partial(has_been_told, slack, "기록이 없어", 2))
    assert len(slack.journal.of("files.completeUploadExternal")) == 1


async def test_what_takes_its_time_is_put_into_a_window_that_is_open_by_then(slack: LocalSlack, parts: Parts) -> None:
    thread = ThreadKey("T1", "C1", "1.0")
    ask = Ask("turn1", thread, KIM, "모델의 mAP는?", NOW)
    _ = await parts.services.agent.run_turn(ask)
    trigger = Modals(slack.workspace).trigger(KIM)
    Evidence(parts, ready_s=0).show_sql(Press("turn1", KIM, "C1", "1.0", trigger))
    await parts.tasks.drain(10)
    assert "SELECT" in told(window(slack))
    assert [call.method for call in slack.journal.calls if call.method.startswith("views.")] == [
        "views.open",
        "views.update",
    ]


async def test_a_window_that_does_not_open_is_told_of(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    async with running(tmp_path, slack, TestModel(sql=SQL)):
        answer = await answered(slack, kim)
        slack.break_next("views.open", Fault(error="expired_trigger_id"))
        await press(slack, answer, "sql")
        await slack.journal.until(lambda: any("창을 열지 못했습니다" in text for text in whispers(slack)))


async def test_without_a_store_every_button_says_so(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    async with running(tmp_path, slack, TestModel(sql=SQL, text=lambda _: PARAGRAPHS)):
        answer = await answered(slack, kim)
        await lose_store(tmp_path)
        await press(slack, answer, "sql")
        await until_told(slack, "저장소")
        for what in ("csv", "details"):
            slack.workspace.ephemerals.clear()
            await press(slack, answer, what)
            await slack.journal.until(lambda: any("저장소" in text for text in whispers(slack)))


async def test_the_rest_of_a_long_answer_goes_into_the_thread_once(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    async with running(tmp_path, slack, TestModel(sql=SQL, text=lambda _: PARAGRAPHS)):
        answer = await answered(slack, kim)
        assert "7번째" not in str(answer["blocks"])
        await asyncio.gather(press(slack, answer, "details"), press(slack, answer, "details", LEE))
        await slack.journal.until(lambda: len(slack.messages("C1", answer["thread_ts"])) == 2)
        await slack.journal.until(
            lambda: any("이미 스레드에" in text for user in (KIM, LEE) for text in whispers(slack, user))
        )
        more = slack.messages("C1", answer["thread_ts"])[1]
        await slack.deliveries.settled()
        await kim.delete(answer["thread_ts"])
        await slack.journal.until(
            lambda: not slack.messages("C1", answer["thread_ts"]), "the rest goes with its answer"
        )
    assert "7번째" in str(more["blocks"])
    assert "0번째" not in str(more["blocks"])


async def test_the_rest_that_comes_after_its_question_was_deleted_goes_as_well(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    async with running(tmp_path, slack, TestModel(sql=SQL, text=lambda _: PARAGRAPHS)):
        answer = await answered(slack, kim)
        posted, gate = len(slack.journal.of("chat.postMessage")), asyncio.Event()
        slack.break_next("chat.postMessage", Fault(waits_for=gate))
        await press(slack, answer, "details")
        await slack.journal.until(lambda: len(slack.journal.of("chat.postMessage")) > posted)
        await kim.delete(answer["thread_ts"])
        await slack.journal.until(lambda: not slack.messages("C1"))
        gate.set()
        await slack.journal.until(lambda: len(slack.journal.of("chat.delete")) == 2)
    assert not slack.messages("C1", answer["thread_ts"])


async def test_a_summary_brings_its_text_and_all_rows_on_demand(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    async with running(tmp_path, slack, TestModel(sql=SQL, text=lambda _: "**8개**입니다.\n\n뜻은 이렇습니다.")) as bot:
        await wanted(bot, "length", "summary")
        answer = await answered(slack, kim)
        table = next(block for block in answer["blocks"] if block["type"] == "table")
        assert len(table["rows"]) == 6
        assert "뜻은" not in str(answer["blocks"])
        await press(slack, answer, "details", LEE)
        await slack.journal.until(lambda: len(slack.messages("C1", answer["thread_ts"])) == 3)
        _, text, rows = slack.messages("C1", answer["thread_ts"])
    assert "뜻은" in str(text["blocks"])
    assert len(rows["blocks"][0]["rows"]) == 9
    assert rows["blocks"][0]["rows"][0][0]["text"] == "모델 이름"


async def test_the_rest_that_cannot_be_posted_is_told_of(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    async with running(tmp_path, slack, TestModel(sql=SQL, text=lambda _: PARAGRAPHS)):
        answer = await answered(slack, kim)
        slack.break_next("chat.postMessage", Fault(error="channel_not_found"))
        await press(slack, answer, "details")
        await slack.journal.until(lambda: any("올리지 못했습니다" in text for text in whispers(slack)))


async def test_rows_that_are_gone_are_missed_aloud(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    sql = "SELECT name FROM models ORDER BY id"
    async with running(tmp_path, slack, TestModel(sql=sql, text=lambda _: "여덟입니다.\n\n뜻")) as bot:
        await wanted(bot, "length", "summary")
        answer = await answered(slack, kim)
        await bot.services.catalog.close()
        (tmp_path / "catalog.db").rename(tmp_path / "gone.db")
        await press(slack, answer, "details")
        await slack.journal.until(lambda: any("다시 조회하지 못했습니다" in text for text in whispers(slack)))
        await slack.journal.until(lambda: len(slack.messages("C1", answer["thread_ts"])) == 2)


async def test_an_answer_that_one_person_sees_is_continued_for_them_alone(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    async with running(tmp_path, slack, TestModel(sql=SQL, text=lambda _: PARAGRAPHS)):
        await kim.slash("모델의 mAP는?", "CX")
        await slack.journal.until(lambda: any("4개" in text for text in whispers(slack)))
        ((_, _, ts), answer) = next(
            (key, message) for key, message in slack.workspace.ephemerals.items() if "4개" in message["text"]
        )
        offered = [one["action_id"] for b in answer["blocks"] if b["type"] == "actions" for one in b["elements"]]
        assert offered == ["evidence:sql", "evidence:details"], "a file has no place there"
        for times in (1, 2):
            await press(slack, {**answer, "ts": ts}, "details", channel="CX")
            await slack.journal.until(partial(has_been_told, slack, "7번째", times))
        assert slack.messages("CX") == []


async def test_sql_stands_in_the_message_for_whom_it_is_turned_on(
    tmp_path: Path, slack: LocalSlack, kim: Person, lee: Person
) -> None:
    async with running(tmp_path, slack, TestModel(sql=SQL)):
        for word, told_ in (("sql", "SQL: 끄기"), ("sql on", "SQL: 켜기"), ("sql", "SQL: 켜기")):
            delivery = await kim.slash(word)
            await slack.deliveries.settled()
            assert told_ in str(delivery.ack)
        assert SQL in str((await answered(slack, kim))["blocks"])
        assert SQL not in str((await answered(slack, lee))["blocks"])
        await kim.slash("sql OFF")
        await slack.deliveries.settled()
        assert SQL not in str((await answered(slack, kim))["blocks"])
        await kim.slash("sql은 무엇인가요?")


async def test_the_line_on_cost_is_there_for_whom_it_is_turned_on(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    async with running(tmp_path, slack, TestModel(sql=SQL)) as bot:
        await wanted(bot, "usage", "on")
        answer = await answered(slack, kim)
    assert "토큰 · 비용 미상 · " in str(answer["blocks"][-2])


async def test_a_slack_without_pages_gets_the_table_and_the_buttons(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    async with running(tmp_path, slack, TestModel(sql="SELECT id, name FROM pipelines")):
        slack.break_next("chat.postMessage", Fault(error="invalid_blocks"))
        answer = await answered(slack, kim)
        kinds = [block["type"] for block in answer["blocks"]]
        assert kinds == ["rich_text", "table", "actions", "context", "context_actions"]
        slack.break_next("chat.postMessage", Fault(error="invalid_blocks"), Fault(error="invalid_blocks"))
        plain = await answered(slack, kim, "다시")
    assert plain["blocks"] == [] or [block["type"] for block in plain["blocks"]] == ["rich_text"]
    assert "SELECT id, name" in plain["text"]
