"""The bot as people run it, from its settings to the thread."""

import asyncio
from pathlib import Path

from bot.playground.local_slack import LocalSlack
from bot.playground.people.person import Person
from tests.llm_server import Say, in_order, llm_server, sql
from tests.slack.bot import TestModel, running
from tests.slack.process import process
from tests.slack.workspace import KIM, LEE, deliver, peoples, small_slack

ASKED = "김민준이 몇 번의 실험을 했어?"


async def test_without_a_key_the_seeds_question_is_answered_with_its_sql(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    async with process(tmp_path, slack):
        ts = await kim.mention(ASKED)
        await slack.journal.until(lambda: slack.messages("C1", ts))
    (reply,) = slack.messages("C1")
    assert "3건" in reply["text"]
    assert "evidence:sql" in str(reply["blocks"])


async def test_with_a_model_the_question_goes_there_and_back(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    script = in_order(sql("SELECT COUNT(*) AS n FROM users"), Say("**사용자**는 모두 이만큼입니다."))
    async with llm_server(script) as llm, process(tmp_path, slack, llm.base_url):
        ts = await kim.mention("사용자가 몇 명이야?")
        await slack.journal.until(lambda: slack.messages("C1", ts))
    (reply,) = slack.messages("C1")
    assert reply["text"].startswith("사용자는 모두 이만큼입니다.")
    assert len(llm.requests) == 2


async def test_many_questions_at_once_each_sent_twice_are_answered_once_each(tmp_path: Path) -> None:
    count = 60
    slack = small_slack(has_rates=False)  # with them the last answer would come after 50 s
    async with slack.serving(), running(tmp_path, slack, TestModel(), drain_s=20):
        people = (slack.person(KIM), slack.person(LEE))
        asked = await asyncio.gather(*(people[number % 2].mention(f"질문 {number}") for number in range(count)))
        again = [delivery.payload for delivery in peoples(slack)]
        await asyncio.gather(*(deliver(slack, payload, retry=1) for payload in again))
        await slack.journal.until(lambda: len(slack.messages("C1")) >= count)
        await slack.deliveries.settled()
    assert sorted(reply["thread_ts"] for reply in slack.messages("C1")) == sorted(asked)
