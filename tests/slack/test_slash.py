"""/mlops: acked at once, answered in the open where the bot may post, else to the asker alone."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from bot.playground.api.responses import USES_AT_MOST
from bot.playground.local_slack import LocalSlack
from bot.playground.people.person import Person
from bot.playground.rules.blocks import texts
from bot.playground.watch.faults import Fault
from tests.slack.bot import Mode, TestModel, lose_store, other_writer, running
from tests.slack.workspace import called, deliver


def said(ack: dict[str, Any] | None) -> str:
    assert ack is not None
    assert ack["response_type"] == "ephemeral"
    return "\n".join(texts(ack["blocks"]))


@pytest.mark.parametrize("mode", ["socket", "http"])
async def test_a_question_becomes_a_root_message_with_the_answer_in_its_thread(
    tmp_path: Path, slack: LocalSlack, kim: Person, mode: Mode
) -> None:
    async with running(tmp_path, slack, mode=mode):
        delivery = await kim.slash("김민준의 프로젝트는?")
        await slack.journal.until(lambda: len(slack.messages("C1")) == 2, "root and answer")
    root, answer = slack.messages("C1")
    assert "질문을 받았습니다" in said(delivery.ack)
    assert called(root) == ["user:U1"], "the asker is named, by Slack's own id"
    assert "김민준의 프로젝트는?" in list(texts(root["blocks"]))
    assert answer["thread_ts"] == root["ts"]


async def test_follow_ups_work_in_the_thread_of_a_slash_question(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    async with running(tmp_path, slack):
        await kim.slash("김민준의 프로젝트는?")
        await slack.journal.until(lambda: len(slack.messages("C1")) == 2)
        root = slack.messages("C1")[0]["ts"]
        await kim.say("그 중에 제일 최근 것은?", thread_ts=root)
        await slack.journal.until(lambda: len(slack.messages("C1", root)) == 2, "a second answer in the thread")


async def test_the_ack_does_not_wait_for_the_model(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    model = TestModel()
    gate = model.hold("느린 질문")
    async with running(tmp_path, slack, model):
        delivery = await kim.slash("느린 질문")
        await slack.deliveries.settled()
        await model.started("느린 질문")
        gate.set()
    assert delivery.acked_at - delivery.at < 1


async def test_where_the_bot_is_no_member_the_answer_goes_to_the_response_url(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    async with running(tmp_path, slack):
        await kim.slash("김민준의 프로젝트는?", "CX")
        await slack.journal.until(lambda: slack.journal.responses)
    (response,) = slack.journal.responses
    assert response["error"] is None
    assert response["response_type"] == "ephemeral"
    assert response["text"].startswith("3건입니다")
    assert slack.messages("CX") == []
    assert not slack.journal.of("assistant.threads.setStatus"), "there is no thread to show a status in"


async def test_trouble_is_told_through_the_response_url_too(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    async with running(tmp_path, slack, TestModel(error=RuntimeError("boom"))):
        await kim.slash("질문 있어요", "CX")
        await slack.journal.until(lambda: slack.journal.responses)
    assert "예상하지 못한 문제" in slack.journal.responses[0]["text"]
    assert "boom" not in str(slack.journal.responses)


async def test_a_dead_response_url_does_not_stop_the_bot(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    model = TestModel()
    gate = model.hold("질문 있어요")
    async with running(tmp_path, slack, model):
        await kim.slash("질문 있어요", "CX")
        await model.started("질문 있어요")
        (url,) = slack.workspace.response_urls.values()
        url.uses = USES_AT_MOST
        gate.set()
        await slack.journal.until(lambda: slack.journal.responses)
        assert [response["error"] for response in slack.journal.responses] == ["used_url"]
        ts = await kim.mention("아직 살아 있어?")
        await slack.journal.until(lambda: slack.messages("C1", ts))


async def test_one_command_delivered_twice_is_asked_once(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    model = TestModel()
    async with running(tmp_path, slack, model):
        delivery = await kim.slash("질문 있어요")
        await deliver(slack, delivery.payload, "slash_commands", retry=1)
        await slack.deliveries.settled()
    assert (len(model.questions), len(slack.messages("C1"))) == (1, 2)


async def test_a_lost_answer_to_the_root_message_posts_no_second_one(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    slack.break_next("chat.postMessage", Fault(status=503, takes_effect=True))
    async with running(tmp_path, slack):
        await kim.slash("질문 있어요")
        await slack.journal.until(lambda: len(slack.messages("C1")) == 2)
    assert slack.journal.of("conversations.history")


async def test_a_lost_answer_is_not_taken_for_the_root_message_above_it(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    slack.break_next("chat.postMessage", Fault(waits_for=_open()), Fault(status=500))
    async with running(tmp_path, slack):
        await kim.slash("질문 있어요")
        await slack.journal.until(lambda: len(slack.messages("C1")) == 2, "root and answer")


@pytest.mark.parametrize("mode", ["socket", "http"])
async def test_the_ack_does_not_wait_for_a_store_that_another_program_has_locked(
    tmp_path: Path, slack: LocalSlack, kim: Person, mode: Mode
) -> None:
    async with running(tmp_path, slack, mode=mode):
        with other_writer(tmp_path):
            delivery = await kim.slash("질문 있어요")
            await slack.deliveries.settled()
        await slack.journal.until(lambda: len(slack.messages("C1")) == 2, "the answer all the same")
    assert delivery.acked_at - delivery.at < 2
    assert "질문을 받았습니다" in said(delivery.ack)


@pytest.mark.parametrize("mode", ["socket", "http"])
async def test_without_a_store_the_asker_is_told_through_the_response_url(
    tmp_path: Path, slack: LocalSlack, kim: Person, mode: Mode
) -> None:
    async with running(tmp_path, slack, mode=mode):
        await lose_store(tmp_path)
        delivery = await kim.slash("질문 있어요")
        await slack.journal.until(lambda: slack.journal.responses)
    assert "질문을 받았습니다" in said(delivery.ack)
    assert "STORE_URL" in slack.journal.responses[0]["text"]
    assert "요청 번호" in slack.journal.responses[0]["text"]
    assert slack.messages("C1") == []


@pytest.mark.parametrize(("text", "words"), [("usage", "STORE_URL"), ("help", "/mlops ask: ")])
async def test_the_other_words_answer_without_a_store_too(
    tmp_path: Path, slack: LocalSlack, kim: Person, text: str, words: str
) -> None:
    async with running(tmp_path, slack, mode="http"):
        await lose_store(tmp_path)
        delivery = await kim.slash(text)
    assert delivery.status == 200
    assert words in said(delivery.ack)


SHOP = """
tables: {}
examples:
  ko: [이번 달 학습 목록]
  en: [Runs of this month]
"""


async def test_help_shows_the_examples_of_this_catalogue_and_of_no_other(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    (tmp_path / "catalog.yml").write_text(SHOP, encoding="utf-8")
    async with running(tmp_path, slack, semantics=tmp_path / "catalog.yml"):
        delivery = await kim.slash("help")
        await kim.mention("")
        await slack.journal.until(lambda: slack.messages("C1"))
        await slack.deliveries.settled()
    assert said(delivery.ack).splitlines()[-2:] == ["물어볼 수 있는 것", "/mlops 이번 달 학습 목록"]
    assert slack.messages("C1")[0]["text"].splitlines()[1:] == ["• 이번 달 학습 목록"]
    assert "김민준" not in said(delivery.ack)


async def test_help_of_a_catalogue_without_examples_names_the_words_alone(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    (tmp_path / "catalog.yml").write_text("tables: {}\n", encoding="utf-8")
    async with running(tmp_path, slack, semantics=tmp_path / "catalog.yml"):
        delivery = await kim.slash("help")
        await slack.deliveries.settled()
    assert "물어볼 수 있는 것" not in said(delivery.ack)


@pytest.mark.parametrize("text", ["help", "", "  HELP "])
async def test_help_lists_every_subcommand_by_itself(tmp_path: Path, slack: LocalSlack, kim: Person, text: str) -> None:
    async with running(tmp_path, slack):
        delivery = await kim.slash(text)
        await slack.deliveries.settled()
    for word in ("ask", "audit", "help", "usage"):
        assert f"/mlops {word}: " in said(delivery.ack)


async def test_help_speaks_english_to_those_who_do(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    async with running(tmp_path, slack, language="en"):
        delivery = await kim.slash("help")
        await slack.deliveries.settled()
    assert "shows this help" in said(delivery.ack)


async def test_a_mistyped_subcommand_gets_a_suggestion(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    async with running(tmp_path, slack):
        korean = await kim.slash("usgae")
        await slack.deliveries.settled()
    assert "/mlops usage" in said(korean.ack)
    assert slack.messages("C1") == []


async def test_a_sentence_that_begins_with_a_subcommand_is_a_question(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    model = TestModel()
    async with running(tmp_path, slack, model):
        await kim.slash("usage of A100 in pipelines?")
        await kim.slash("ask 프로젝트는?")
        await slack.journal.until(lambda: len(slack.messages("C1")) == 4)
    assert sorted(model.questions) == ["usage of A100 in pipelines?", "프로젝트는?"]


async def test_too_long_and_empty_questions_are_told_in_the_ack(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    async with running(tmp_path, slack):
        long = await kim.slash("가" * 4_001)
        empty = await kim.slash("ask")
        await slack.deliveries.settled()
    assert "4,000자" in said(long.ack)
    assert "무엇을 알려" in said(empty.ack)
    assert slack.messages("C1") == []


async def test_without_a_status_a_slash_question_has_no_message_to_react_to(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    slack.break_next("assistant.threads.setStatus", Fault(error="feature_disabled"))
    async with running(tmp_path, slack):
        await kim.slash("질문 있어요")
        await slack.journal.until(lambda: len(slack.messages("C1")) == 2)
    assert not slack.journal.of("reactions.add")


async def test_a_suggestion_speaks_korean_to_those_who_do(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    async with running(tmp_path, slack, language="ko"):
        delivery = await kim.slash("hlep")
        await slack.deliveries.settled()
    assert "혹시 /mlops help?" in said(delivery.ack)


def _open() -> asyncio.Event:
    """An event that is set: nothing is waited for."""
    event = asyncio.Event()
    event.set()
    return event
