"""Thumbs by emoji, what admins see of people's opinions, and the examples they keep of them."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from agent.messages import say
from bot.messages.feedback import EXPECTED, MARKS, REASON, UNDERSTANDING
from bot.messages.opinions import ADD, DROP
from bot.playground.local_slack import LocalSlack
from bot.playground.people.person import Person
from bot.playground.rules.blocks import texts
from bot.playground.workspace.records import Message
from tests.slack.bot import lose_store, running
from tests.slack.workspace import KIM, LEE

QUESTION = "실험은 몇 개야?"


def kept(folder: Path, columns: str = "user_id, rating, source") -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(folder / "store.db")) as owner:
        return owner.execute(f"SELECT {columns} FROM feedback ORDER BY user_id").fetchall()


def whispers(slack: LocalSlack, user: str = KIM) -> list[Message]:
    return [message for (who, _, _), message in slack.workspace.ephemerals.items() if who == user]


async def answered(folder: Path, slack: LocalSlack, person: Person) -> Message:
    """An answer of a bot that has stopped since: nothing of it is under way any more."""
    async with running(folder, slack):
        ts = await person.mention(QUESTION)
        await slack.journal.until(lambda: slack.messages("C1", ts), "an answer")
    return slack.messages("C1", ts)[0]


async def command(slack: LocalSlack, person: Person, text: str) -> Message:
    before = len(whispers(slack, person.user))
    await person.slash(text)
    await slack.journal.until(lambda: len(whispers(slack, person.user)) > before, "an answer to one person")
    return whispers(slack, person.user)[-1]


def said(message: Message) -> str:
    return "\n".join(texts(message["blocks"]))


def button(message: Message, action_id: str) -> dict[str, Any]:
    """The first button of that action, as a click holds it."""
    for block in message["blocks"]:
        elements = block.get("elements", []) if block["type"] == "actions" else [block.get("accessory")]
        for element in filter(None, elements):
            if element["action_id"] == action_id:
                return {"block_id": block["block_id"], **element}
    raise AssertionError(f"no button {action_id}")


async def press(slack: LocalSlack, message: Message, action_id: str, user: str = KIM) -> Message:
    before = len(whispers(slack, user))
    found = button(message, action_id)
    action = {"block_id": found["block_id"], "action_id": action_id, "type": "button", "value": found["value"]}
    await slack.interactions.click(user, action=action, channel="C1", ts=message["ts"])
    await slack.journal.until(lambda: len(whispers(slack, user)) > before, "a word to one person")
    return whispers(slack, user)[-1]


@pytest.mark.parametrize(("emoji", "rating"), [("+1", "good"), ("thumbsup::skin-tone-3", "good"), ("-1", "bad")])
async def test_a_thumb_by_emoji_is_a_rating_and_goes_with_the_emoji(
    tmp_path: Path, slack: LocalSlack, kim: Person, lee: Person, emoji: str, rating: str
) -> None:
    answer = await answered(tmp_path, slack, kim)
    async with running(tmp_path, slack):
        await lee.react(answer["ts"], emoji)
        await slack.deliveries.settled()
        assert kept(tmp_path) == [(LEE, rating, "reaction")]
        await lee.unreact(answer["ts"], emoji)
        await slack.deliveries.settled()
        assert kept(tmp_path) == []


async def test_a_thumb_down_by_emoji_is_asked_for_its_reason_in_private(
    tmp_path: Path, slack: LocalSlack, kim: Person, lee: Person
) -> None:
    answer = await answered(tmp_path, slack, kim)
    async with running(tmp_path, slack):
        await lee.react(answer["ts"], "-1")
        await slack.journal.until(lambda: whispers(slack, LEE), "a question to one person")
        (word,) = whispers(slack, LEE)
        assert word["text"] == say("feedback-reacted", "ko")
        assert word["thread_ts"] == answer["thread_ts"]
        found = button(word, "feedback")
        action = {"block_id": found["block_id"], "action_id": "feedback", "type": "button", "value": found["value"]}
        await slack.interactions.click(LEE, action=action, channel="C1", ts=word["ts"])
        view = (await slack.journal.until(lambda: slack.workspace.modals.get(LEE), "the form"))[-1].view
        filled = {
            REASON: {REASON: {"selected_option": {"value": "thin"}}},
            EXPECTED: {EXPECTED: {"value": None}},
            UNDERSTANDING: {UNDERSTANDING: {"selected_option": {"value": str(MARKS[1])}}},
        }
        assert await slack.interactions.submit(LEE, view["id"], {"values": filled}) is None
        await slack.journal.until(lambda: len(whispers(slack, LEE)) > 1, "thanks")
    assert kept(tmp_path, "rating, reason, understanding") == [("bad", "thin", 2)]
    assert whispers(slack, KIM) == []


async def test_other_emoji_and_thumbs_on_other_messages_are_no_ratings(
    tmp_path: Path, slack: LocalSlack, kim: Person, lee: Person
) -> None:
    answer = await answered(tmp_path, slack, kim)
    async with running(tmp_path, slack):
        await lee.react(answer["ts"], "tada")
        await lee.react(answer["thread_ts"], "+1")
        await lee.react(answer["ts"], "+1")
        await slack.deliveries.settled()
    assert kept(tmp_path) == [(LEE, "good", "reaction")]


async def test_a_thumb_without_a_store_is_logged_and_nothing_is_said(
    tmp_path: Path, slack: LocalSlack, kim: Person, caplog: pytest.LogCaptureFixture
) -> None:
    answer = await answered(tmp_path, slack, kim)
    async with running(tmp_path, slack):
        await lose_store(tmp_path)
        await kim.react(answer["ts"], "-1")
        await slack.deliveries.settled()
    assert "a reaction on" in caplog.text
    assert whispers(slack) == []


async def test_an_admin_sees_what_people_think_by_topic_and_the_worst(
    tmp_path: Path, slack: LocalSlack, kim: Person, lee: Person
) -> None:
    answer = await answered(tmp_path, slack, kim)
    async with running(tmp_path, slack, admins=KIM):
        await lee.react(answer["ts"], "-1")
        await slack.deliveries.settled()
        text = said(await command(slack, kim, "feedback 7"))
    assert "최근 7일 평가" in text
    assert "👍 0 · 👎 1" in text
    assert f"“{QUESTION}”" in text


async def test_a_good_question_is_kept_as_an_example_shown_and_dropped(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    answer = await answered(tmp_path, slack, kim)
    async with running(tmp_path, slack, admins=KIM) as bot:
        examples = bot.services.store.examples
        await kim.react(answer["ts"], "+1")
        await slack.deliveries.settled()
        opinions = await command(slack, kim, "feedback")
        added = await press(slack, opinions, ADD)
        assert QUESTION in said(added)
        (example,) = await examples.all()
        assert (example.question, example.user_id) == (QUESTION, KIM)
        assert "이미 예시" in said(await press(slack, opinions, ADD))
        assert ADD not in str((await command(slack, kim, "feedback"))["blocks"])
        listed = await command(slack, kim, "examples")
        assert example.sql.split()[0] in said(listed)
        dropped = await press(slack, listed, DROP)
        assert await examples.all() == []
        assert "이미 없는" in said(await press(slack, listed, DROP))
        await press(slack, dropped, ADD)
        assert [one.question for one in await examples.all()] == [QUESTION]


async def test_who_is_no_admin_or_no_longer_one_sees_and_changes_nothing(
    tmp_path: Path, slack: LocalSlack, kim: Person, lee: Person
) -> None:
    answer = await answered(tmp_path, slack, kim)
    async with running(tmp_path, slack, admins=KIM):
        await kim.react(answer["ts"], "+1")
        await slack.deliveries.settled()
        opinions = await command(slack, kim, "feedback")
        for word in ("feedback", "examples"):
            assert f"<@{KIM}>" in said(await command(slack, lee, word))
    async with running(tmp_path, slack, admins=LEE) as bot:
        assert f"<@{LEE}>" in said(await press(slack, opinions, ADD))
        assert await bot.services.store.examples.all() == []


async def test_an_example_without_a_store_is_not_kept_and_said_so(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    answer = await answered(tmp_path, slack, kim)
    async with running(tmp_path, slack, admins=KIM):
        await kim.react(answer["ts"], "+1")
        await slack.deliveries.settled()
        opinions = await command(slack, kim, "feedback")
        await lose_store(tmp_path)
        assert "STORE_URL" in said(await press(slack, opinions, ADD))


async def test_without_opinions_and_examples_it_says_how_there_come_to_be_some(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    async with running(tmp_path, slack, admins=KIM):
        assert "최근 30일" in said(await command(slack, kim, "feedback"))
        assert "/mlops feedback" in said(await command(slack, kim, "examples"))
    async with running(tmp_path, slack):
        assert "ADMINS" in said(await command(slack, kim, "feedback"))


async def test_a_question_that_was_deleted_is_no_example(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    answer = await answered(tmp_path, slack, kim)
    async with running(tmp_path, slack, admins=KIM) as bot:
        await kim.react(answer["ts"], "+1")
        await slack.deliveries.settled()
        opinions = await command(slack, kim, "feedback")
        await kim.delete(answer["thread_ts"])
        await slack.journal.until(lambda: not slack.messages("C1", answer["thread_ts"]), "the answer is gone")
        assert say("example-unfit", "ko") in said(await press(slack, opinions, ADD))
        assert await bot.services.store.examples.all() == []
