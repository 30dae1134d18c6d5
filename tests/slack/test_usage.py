"""What answers took: told by period and by whom, sent as a file, and warned of before the budget ends."""

from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from agent.messages import say
from bot.playground.local_slack import LocalSlack
from bot.playground.people.person import Person
from bot.playground.rules.blocks import texts
from bot.playground.watch.faults import Fault
from bot.playground.watch.journal import Delivery
from bot.playground.workspace.records import Message
from db.store.preferences import Preferences
from db.store.records import StoredTurn, UsageEntry
from db.store.store import Store
from tests.parts import NOW
from tests.slack.bot import lose_store, running
from tests.slack.workspace import KIM, LEE


def said(delivery: Delivery) -> str:
    assert delivery.ack is not None
    assert delivery.ack["response_type"] == "ephemeral"
    return "\n".join(texts(delivery.ack["blocks"]))


def kinds(delivery: Delivery) -> list[str]:
    assert delivery.ack is not None
    return [block["type"] for block in delivery.ack["blocks"]]


async def spend(
    store: Store,
    user: str,
    at: datetime,
    tokens: int = 1_234,
    cost: str | None = None,
    channel: str = "C1",
    model: str = "solar-pro3",
) -> None:
    name = f"t{user}{at:%d%H%M}{tokens}"
    turn = StoredTurn(name, "T1", channel, "1.0", user, "몇 개야?", NOW, finished_at=at, engine="llm")
    entry = UsageEntry(model, 1, tokens - 234, 0, 234, None if cost is None else Decimal(cost))
    await store.turns.start(turn)
    await store.turns.finish(turn, [entry])


async def ask(slack: LocalSlack, person: Person, text: str) -> Delivery:
    delivery = await person.slash(text)
    await slack.deliveries.settled()
    return delivery


async def test_usage_shows_tokens_and_cost_of_today_and_this_month_per_user(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    async with running(tmp_path, slack) as bot:
        store = bot.services.store
        await spend(store, "U1", NOW, cost="0.5")
        await spend(store, "U1", NOW - timedelta(days=3), cost="0.25")
        await spend(store, "<!here>", NOW - timedelta(days=3))
        delivery = await ask(slack, kim, "usage")
    today, month, ways = said(delivery).split("\n\n")
    assert "질문 1건 · 1,234 토큰 · $0.5000" in today
    assert "<@U1>" in today
    assert "질문 3건 · 3,702 토큰 · $0.7500 (가격 미상 1건)" in month
    assert "&lt;!here&gt;: 질문 1건 · 1,234 토큰 (가격 미상 1건)" in month
    assert "/mlops usage" in ways


async def test_usage_of_a_new_bot_says_that_nothing_was_spent(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    async with running(tmp_path, slack, language="en"):
        summary = await ask(slack, kim, "usage")
        week = await ask(slack, kim, "usage week")
    assert said(summary).startswith("*Today*\nnothing spent\n\n*This month*\nnothing spent")
    assert said(week) == "*This week*\nnothing spent"


async def test_many_users_are_summed_up_in_the_last_line(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    async with running(tmp_path, slack) as bot:
        for number in range(25):
            await spend(bot.services.store, f"U{number:03}", NOW, tokens=300 + number)
        summary = await ask(slack, kim, "usage")
        report = await ask(slack, kim, "usage today by user")
    assert "그 밖의 5명: 질문 5건 · 1,510 토큰" in said(summary)
    assert "그 밖의 5명" not in said(report)
    assert "1,510" in said(report)


@pytest.mark.parametrize(
    ("word", "subjects"),
    [("by channel", ["C1", "C2"]), ("today by model", ["solar-pro3"]), ("week BY user", ["U1", "U2"])],
)
async def test_a_period_is_told_by_user_channel_or_model(
    tmp_path: Path, slack: LocalSlack, kim: Person, word: str, subjects: list[str]
) -> None:
    async with running(tmp_path, slack) as bot:
        await spend(bot.services.store, "U1", NOW, cost="0.5")
        await spend(bot.services.store, "U2", NOW, channel="C2")
        delivery = await ask(slack, kim, f"usage {word}")
    assert delivery.ack is not None
    table = next(block for block in delivery.ack["blocks"] if block["type"] == "table")
    assert [subject for subject in subjects if subject in str(table["rows"])] == subjects
    assert "답변: 언어 모델 2건, 규칙 0건" in said(delivery)


async def test_answers_by_rules_are_named_as_such(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    async with running(tmp_path, slack) as bot:
        await spend(bot.services.store, "U1", NOW, model="offline")
        assert "규칙(모델 없이)" in said(await ask(slack, kim, "usage today by model"))


async def test_the_days_of_a_month_are_drawn_and_a_single_day_is_not(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    async with running(tmp_path, slack) as bot:
        await spend(bot.services.store, "U1", NOW, cost="0.5")
        month = await ask(slack, kim, "usage month")
        today = await ask(slack, kim, "usage today")
        await spend(bot.services.store, "U1", NOW - timedelta(days=40))
    assert "data_visualization" in kinds(month)
    assert "data_visualization" not in kinds(today)


async def test_what_cannot_be_read_is_a_question_and_a_broken_store_is_told(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    async with running(tmp_path, slack):
        await kim.slash("usage by gpu")
        await slack.journal.until(lambda: slack.messages("C1"), "the question")
        await lose_store(tmp_path)
        assert "STORE_URL" in said(await ask(slack, kim, "usage week"))


async def test_the_file_goes_to_the_one_who_asked(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    async with running(tmp_path, slack) as bot:
        await spend(bot.services.store, "U1", NOW, cost="0.5")
        delivery = await ask(slack, kim, "usage month csv")
        shared = await slack.journal.until(lambda: slack.messages("D1"), "the file")
    assert say("usage-csv-coming", "ko") in said(delivery)
    (file,) = shared[0]["files"]
    assert file["name"] == "usage-2026-11-01-month.csv"
    assert slack.messages("C1") == []


async def test_a_file_that_cannot_be_sent_is_told_in_private(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    slack.break_next("conversations.open", Fault(error="missing_scope"))
    async with running(tmp_path, slack):
        await kim.slash("usage csv")
        words = await slack.journal.until(lambda: whispers(slack), "a word to one person")
    assert say("usage-csv-failed", "ko") in [word["text"] for word in words]


def whispers(slack: LocalSlack) -> list[Message]:
    return [message for message in slack.workspace.ephemerals.values() if "CSV를 보내지" in message["text"]]


async def test_the_line_under_answers_is_turned_on_by_each_and_for_a_channel_by_admins(
    tmp_path: Path, slack: LocalSlack, kim: Person, lee: Person
) -> None:
    async with running(tmp_path, slack, admins=KIM) as bot:
        preferences = bot.services.store.preferences
        assert say("usage-line-on", "ko") in said(await ask(slack, lee, "usage on"))
        assert await preferences.of("T1", LEE) == Preferences(usage="on")
        assert say("usage-here-admins", "ko") in said(await ask(slack, lee, "usage on here"))
        assert await preferences.of("T1", "U9", "C1") == Preferences()
        assert say("usage-line-on-here", "ko") in said(await ask(slack, kim, "usage on here"))
        assert await preferences.of("T1", "U9", "C1") == Preferences(usage="on")
        await ask(slack, kim, "usage off here")
        await ask(slack, lee, "usage OFF")
        assert await preferences.of("T1", LEE, "C1") == Preferences()


async def test_admins_are_told_once_a_day_when_the_budget_is_nearly_spent(
    tmp_path: Path, slack: LocalSlack, kim: Person, lee: Person
) -> None:
    settings: dict[str, Any] = {"admins": KIM, "usd_per_day": "1", "tokens_per_day": "1000000"}
    for _ in range(2):  # a restart forgets that it was told, the store does not
        async with running(tmp_path, slack, **settings) as bot:
            await spend(bot.services.store, "U1", NOW + timedelta(seconds=len(slack.messages("D1"))), cost="0.85")
            for question in ("실험은 몇 개야?", "프로젝트는 몇 개야?"):
                await lee.mention(question)
                await slack.deliveries.settled()
    (told,) = slack.messages("D1")
    assert "85%" in told["text"]
    assert "$0.85" in told["text"]


async def test_nobody_is_told_of_a_budget_that_is_far_from_spent(
    tmp_path: Path, slack: LocalSlack, lee: Person
) -> None:
    async with running(tmp_path, slack, admins=KIM, usd_per_day="1") as bot:
        await spend(bot.services.store, "U1", NOW, cost="0.5")
        await lee.mention("실험은 몇 개야?")
        await slack.deliveries.settled()
    assert slack.messages("D1") == []
