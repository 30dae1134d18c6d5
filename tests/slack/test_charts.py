"""Charts in threads: Slack's own block where it fits, else a picture; asked for, chosen by the rules, or by a click."""

import asyncio
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from agent.llm.protocol import Model
from agent.offline.engine import OfflineModel
from agent.vocabulary import Vocabulary
from bot.playground.local_slack import LocalSlack
from bot.playground.people.person import Person
from bot.playground.watch.faults import Fault
from bot.playground.workspace.records import Message
from tests.scripted import ScriptedModel, calls, runs, says
from tests.slack.bot import TestModel, lose_store, running
from tests.slack.test_policy import POLICY, SEMANTICS
from tests.slack.workspace import BOT, KIM, LEE

pytestmark = pytest.mark.unpaced

PNG = b"\x89PNG\r\n"
PLANE = "compare precision and recall of the models"


def rules(vocabulary: Vocabulary) -> Sequence[Model]:
    return [OfflineModel(vocabulary)]


serving = partial(running, models=rules)


async def answered(slack: LocalSlack, kim: Person, text: str, thread_ts: str | None = None) -> Message:
    """The answer's message; with the thread's ts, its newest."""
    seen = len(slack.messages("C1"))
    ts = await kim.mention(text, thread_ts=thread_ts)
    await slack.journal.until(lambda: len(slack.messages("C1")) > seen)
    await slack.deliveries.settled()
    return slack.messages("C1", thread_ts or ts)[-1]


def charts(message: Message) -> list[dict[str, Any]]:
    return [block for block in message["blocks"] if block["type"] == "data_visualization"]


def pictures(slack: LocalSlack) -> list[Message]:
    return [message for message in slack.messages("C1") if message.get("files")]


async def until_drawn(slack: LocalSlack, count: int = 1) -> Message:
    await slack.journal.until(lambda: len(pictures(slack)) == count)
    return pictures(slack)[-1]


async def press(slack: LocalSlack, answer: Message, user: str = KIM) -> None:
    block, button = next(
        (block, one)
        for block in answer["blocks"]
        if block["type"] == "actions"
        for one in block["elements"]
        if one["action_id"] == "evidence:chart"
    )
    action = {**{name: button[name] for name in ("action_id", "type", "value")}, "block_id": block["block_id"]}
    await slack.interactions.click(user, action=action, channel="C1", ts=answer["ts"])


def whispers(slack: LocalSlack, user: str = KIM) -> list[str]:
    return [message["text"] for (who, _, _), message in slack.workspace.ephemerals.items() if who == user]


async def until_whispered(slack: LocalSlack, part: str, user: str = KIM) -> None:
    await slack.journal.until(lambda: any(part in text for text in whispers(slack, user)), part)


async def test_counts_by_group_come_as_slacks_own_chart(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    async with serving(tmp_path, slack):
        answer = await answered(slack, kim, "팀별 파이프라인 수")
    (chart,) = charts(answer)
    assert chart["title"] == "팀별 파이프라인 수"
    (series,) = chart["chart"]["series"]
    assert [(one["label"], one["value"]) for one in series["data"]] == [
        ("비전팀", 7), ("NLP팀", 3), ("예측팀", 3), ("플랫폼팀", 1)
    ]  # fmt: skip
    assert not pictures(slack)


async def test_what_slack_cannot_draw_follows_as_a_picture_with_its_words(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    async with serving(tmp_path, slack) as bot:
        answer = await answered(slack, kim, PLANE)
        picture = await until_drawn(slack)
        ts = answer["thread_ts"]
        await slack.deliveries.settled()
        turn = await bot.services.store.turns.by_source("T1", "C1", ts)
    assert not charts(answer)
    (file,) = picture["files"]
    assert picture["thread_ts"] == ts
    assert file["title"] == "Precision and recall by model"
    assert file["alt_txt"].startswith("Precision–recall plane: Precision and recall by model. The best F1 is that of ")
    content = slack.workspace.files[file["id"]].content
    assert content is not None
    assert content.startswith(PNG)
    assert len(content) <= 200_000
    assert turn is not None
    assert turn.frame is not None
    assert turn.frame["chart"]["kind"] == "precision_recall"


async def test_the_picture_goes_with_the_question(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    async with serving(tmp_path, slack) as bot:
        answer = await answered(slack, kim, PLANE)
        picture = await until_drawn(slack)
        source = answer["thread_ts"]

        async def is_kept() -> bool:
            turn = await bot.services.store.turns.by_source("T1", "C1", source)
            return turn is not None and picture["ts"] in turn.reply_ts

        while not await is_kept():
            await slack.deliveries.settled()
        await kim.delete(source)
        await slack.journal.until(lambda: not slack.messages("C1"))


async def test_an_edited_question_takes_the_picture_of_the_old_one_away(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    async with serving(tmp_path, slack) as bot:
        answer = await answered(slack, kim, PLANE)
        picture = await until_drawn(slack)
        source = answer["thread_ts"]
        while picture["ts"] not in getattr(
            await bot.services.store.turns.by_source("T1", "C1", source), "reply_ts", ()
        ):
            await slack.deliveries.settled()
        await kim.edit(source, f"<@{BOT}> 팀별 파이프라인 수")
        await slack.journal.until(lambda: len(slack.messages("C1")) == 1 and charts(slack.messages("C1")[0]))
    assert not pictures(slack)


async def test_a_slack_without_charts_gets_pictures_and_is_not_tried_again(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    async with serving(tmp_path, slack):
        slack.break_next("chat.postMessage", Fault(error="invalid_blocks"))
        first = await answered(slack, kim, "팀별 파이프라인 수")
        await until_drawn(slack)
        tried = len(slack.journal.of("chat.postMessage"))
        second = await answered(slack, kim, "스테이지별 모델 수")
        await until_drawn(slack, 2)
        assert len(slack.journal.of("chat.postMessage")) == tried + 1
    assert tried == 2
    assert not charts(first) + charts(second)
    assert [message["files"][0]["title"] for message in pictures(slack)] == ["팀별 파이프라인 수", "스테이지별 모델 수"]


async def test_show_it_as_a_chart_draws_what_was_answered(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    async with serving(tmp_path, slack):
        first = await answered(slack, kim, "데이터셋 보여줘")
        assert not charts(first)
        second = await answered(slack, kim, "그래프로 보여줘", first["thread_ts"])
    assert len(charts(second)) == 1
    assert "막대그래프로 그렸습니다" in second["text"]


async def test_where_there_is_nothing_to_draw_it_is_said_why(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    async with serving(tmp_path, slack):
        answer = await answered(slack, kim, "차트로 보여줘")
    assert "아직 그래프로 그릴 결과가 없습니다" in answer["text"]


async def test_the_model_draws_with_its_tool(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    model = ScriptedModel(
        runs("SELECT stage, COUNT(*) AS models FROM models GROUP BY stage"),
        calls(("make_chart", {"kind": "bar", "title": "스테이지별 모델"})),
        says("**4개** 스테이지입니다."),
    )
    async with running(tmp_path, slack, models=lambda _: [model]):
        answer = await answered(slack, kim, "스테이지별 모델 수를 그래프로")
    assert charts(answer)[0]["title"] == "스테이지별 모델"
    assert "A bar chart of 4 values is shown with your answer." in model.observed[-1]


async def test_a_click_brings_the_chart_once(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    async with serving(tmp_path, slack) as bot:
        answer = await answered(slack, kim, "데이터셋 보여줘")
        turn = await bot.services.store.turns.by_source("T1", "C1", answer["thread_ts"])
        await press(slack, answer)
        while turn is not None and not await bot.services.store.claims.is_taken(f"chart:{turn.turn_id}"):
            await slack.deliveries.settled()
        await press(slack, answer, LEE)
        await until_whispered(slack, "이미 스레드에", LEE)
        drawn = slack.messages("C1", answer["thread_ts"])[1]
    assert charts(drawn)[0]["chart"]["series"][0]["name"]
    assert drawn["text"].startswith("막대그래프: 데이터셋별 ")
    assert len(slack.messages("C1")) == 2


async def test_a_click_on_an_old_slack_brings_a_picture(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    async with serving(tmp_path, slack):
        answer = await answered(slack, kim, "데이터셋 보여줘")
        slack.break_next("chat.postMessage", Fault(error="invalid_blocks"))
        await press(slack, answer)
        await until_drawn(slack)


async def test_a_chart_that_slack_does_not_take_is_said_to_who_clicked_and_may_be_asked_for_again(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    async with serving(tmp_path, slack):
        answer = await answered(slack, kim, "데이터셋 보여줘")
        slack.break_next("chat.postMessage", Fault(error="msg_blocks_too_long"))
        await press(slack, answer)
        await until_whispered(slack, "올리지 못했습니다")
        await press(slack, answer)
        await slack.journal.until(lambda: len(slack.messages("C1")) == 2)


async def test_rows_that_are_gone_are_not_drawn_and_who_clicked_is_told(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    async with serving(tmp_path, slack):
        answer = await answered(slack, kim, "데이터셋 보여줘")
        with closing(sqlite3.connect(tmp_path / "catalog.db")) as catalogue:
            catalogue.executescript("PRAGMA foreign_keys = OFF; ALTER TABLE datasets RENAME TO gone")
        await press(slack, answer)
        await until_whispered(slack, "다시 조회하지 못해")
    assert len(slack.messages("C1")) == 1


async def test_a_second_click_while_the_chart_is_being_made_is_told_so(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    async with serving(tmp_path, slack):
        answer = await answered(slack, kim, "데이터셋 보여줘")
        gate = asyncio.Event()
        slack.break_next("chat.postMessage", Fault(waits_for=gate))
        await press(slack, answer)
        await slack.journal.until(lambda: len(slack.journal.of("chat.postMessage")) == 2)
        await press(slack, answer, LEE)
        await until_whispered(slack, "그리고 있습니다", LEE)
        gate.set()
        await slack.journal.until(lambda: len(slack.messages("C1")) == 2)


async def test_a_picture_that_comes_after_its_question_was_deleted_goes_as_well(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    async with serving(tmp_path, slack):
        gate = asyncio.Event()
        slack.break_next("files.completeUploadExternal", Fault(waits_for=gate))
        answer = await answered(slack, kim, PLANE)
        source = answer["thread_ts"]
        await slack.journal.until(lambda: bool(slack.journal.of("files.completeUploadExternal")))
        await kim.delete(source)
        await slack.journal.until(lambda: not slack.messages("C1"))
        gate.set()
        await slack.journal.until(lambda: len(slack.journal.of("chat.delete")) == 2)
    assert not slack.messages("C1")


async def test_where_a_picture_stands_need_not_be_known(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    async with serving(tmp_path, slack):
        slack.break_next("conversations.replies", Fault(error="fatal_error"), *[Fault(error="missing_scope")] * 3)
        await answered(slack, kim, PLANE)
        await until_drawn(slack)


async def test_a_chart_shows_what_who_clicked_may_see(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    """Kim leads and sees the private column; Lee, whose address is unknown, does not."""
    (tmp_path / "semantics.yml").write_text(SEMANTICS, "utf-8")
    (tmp_path / "policy.yml").write_text(POLICY % KIM, "utf-8")
    semantics = tmp_path / "semantics.yml"
    sql = "SELECT models.name, confidence_threshold FROM models JOIN metrics ON metrics.model_id = models.id"
    policed: dict[str, Any] = {"semantics": semantics, "agents_semantics": semantics}
    async with running(tmp_path, slack, TestModel(sql=sql), policy=tmp_path / "policy.yml", **policed):
        answer = await answered(slack, kim, "문턱은?")
        await press(slack, answer, LEE)
        await until_whispered(slack, "다시 조회하지 못해", LEE)
        assert len(slack.messages("C1")) == 1
        await press(slack, answer, KIM)
        await slack.journal.until(lambda: len(slack.messages("C1")) == 2)
    assert charts(slack.messages("C1")[1])


async def test_a_click_while_nobody_can_tell_what_may_be_seen_is_answered(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    async with serving(tmp_path, slack):
        answer = await answered(slack, kim, "데이터셋 보여줘")
        (tmp_path / "catalog.db").unlink()
        await press(slack, answer)
        await slack.journal.until(lambda: bool(whispers(slack)))
    assert len(slack.messages("C1")) == 1


async def test_a_click_without_a_store_is_answered(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    async with serving(tmp_path, slack):
        answer = await answered(slack, kim, "데이터셋 보여줘")
        await lose_store(tmp_path)
        await press(slack, answer)
        await slack.journal.until(lambda: bool(whispers(slack)))


async def test_a_picture_that_cannot_be_sent_leaves_the_answer_as_it_is(
    tmp_path: Path, slack: LocalSlack, kim: Person, caplog: pytest.LogCaptureFixture
) -> None:
    async with serving(tmp_path, slack):
        slack.break_next("files.getUploadURLExternal", Fault(error="missing_scope"))
        answer = await answered(slack, kim, PLANE)
        await slack.journal.until(lambda: bool(slack.journal.of("files.getUploadURLExternal")))
    assert answer["text"]
    assert not pictures(slack)
    assert "its chart is not shown: files.getUploadURLExternal: missing_scope" in caplog.text


async def test_what_only_one_person_sees_has_slacks_chart_and_no_files(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    async with serving(tmp_path, slack):
        await kim.slash("팀별 파이프라인 수", "CX")
        await slack.journal.until(lambda: bool(slack.journal.responses))
        await kim.slash(PLANE, "CX")
        await slack.journal.until(lambda: len(slack.journal.responses) >= 2)
        await slack.deliveries.settled()
    first, second = (response for response in slack.journal.responses if response.get("blocks"))
    assert charts(first)
    assert not charts(second)
    assert not slack.journal.of("files.getUploadURLExternal")
