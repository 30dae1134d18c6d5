"""/mlops audit: what was tried, for admins alone."""

from pathlib import Path

import pytest

from bot.playground.local_slack import LocalSlack
from bot.playground.people.person import Person
from bot.playground.rules.blocks import texts
from bot.playground.watch.journal import Delivery
from tests.slack.bot import COUNT, TestModel, running
from tests.slack.workspace import KIM, LEE

DROP = "DROP TABLE users"


def said(delivery: Delivery) -> str:
    assert delivery.ack is not None
    assert delivery.ack["response_type"] == "ephemeral"
    return "\n".join(texts(delivery.ack["blocks"]))


async def ask(slack: LocalSlack, person: Person, text: str) -> str:
    ts = await person.mention(text)
    await slack.journal.until(lambda: slack.messages("C1", ts), "an answer")
    return ts


async def command(slack: LocalSlack, person: Person, text: str) -> str:
    delivery = await person.slash(text)
    await slack.deliveries.settled()
    return said(delivery)


async def test_an_admin_reads_who_tried_what_the_newest_first(
    tmp_path: Path, slack: LocalSlack, kim: Person, lee: Person
) -> None:
    model = TestModel()
    async with running(tmp_path, slack, model, admins=KIM):
        await ask(slack, lee, "파이프라인은 몇 개야?")
        model.sql = DROP
        await ask(slack, lee, "users를 지워 줘")
        everything = await command(slack, kim, "audit")
        refused = await command(slack, kim, "audit refused")
        failed = await command(slack, kim, "audit FAILED 5")
        last = await command(slack, kim, "audit 1")
    assert everything.startswith("최근 질의 ")
    assert everything.index(DROP) < everything.index(COUNT), "the newest first"
    assert "거부: only_select" in refused
    assert COUNT not in refused
    assert failed == "남은 질의 기록이 없습니다."
    assert last.count("SELECT") + last.count("DROP") == 1
    assert all(LEE not in text for text in (refused, last)), "people are named by Slack, not by ids"
    assert len(slack.messages("C1")) == 2, "nothing of it is said in the open"


async def test_the_table_is_in_the_language_that_is_set(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    async with running(tmp_path, slack, admins=KIM, language="en"):
        await ask(slack, kim, "how many pipelines are there?")
        text = await command(slack, kim, "audit refused")
        table = await command(slack, kim, "audit")
    assert text == "There is no such query on record."
    assert "verdict" in table


async def test_others_are_told_whom_to_ask(tmp_path: Path, slack: LocalSlack, lee: Person) -> None:
    async with running(tmp_path, slack, admins=KIM):
        text = await command(slack, lee, "audit")
    assert text == f"질의 기록은 관리자만 볼 수 있습니다. 필요하시면 <@{KIM}>에게 요청해 주세요."


@pytest.mark.parametrize(("word", "part"), [("audit", "설정 ADMINS에"), ("audit the last ones", "Set ADMINS to")])
async def test_without_admins_it_says_how_to_set_them(
    tmp_path: Path, slack: LocalSlack, kim: Person, word: str, part: str
) -> None:
    async with running(tmp_path, slack):
        assert part in await command(slack, kim, word)


@pytest.mark.parametrize("word", ["audit 전부 다", "audit 0", "audit refused -3", "audit 10 refused"])
async def test_what_cannot_be_read_gets_the_way_to_write_it(
    tmp_path: Path, slack: LocalSlack, kim: Person, word: str
) -> None:
    async with running(tmp_path, slack, admins=KIM):
        assert "/mlops audit refused" in await command(slack, kim, word)


async def test_a_withdrawn_question_keeps_its_queries_on_record(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    async with running(tmp_path, slack, admins=KIM):
        ts = await ask(slack, kim, "파이프라인은 몇 개야?")
        await kim.delete(ts)
        await slack.journal.until(lambda: not slack.messages("C1", ts), "the answer is gone")
        assert COUNT in await command(slack, kim, "audit")
