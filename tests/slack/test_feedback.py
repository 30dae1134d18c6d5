"""Feedback in the whole bot: people click, fill a form in and read what only they see."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Literal

import pytest

from bot.messages.feedback import EXPECTED, REASON, thanks
from bot.messages.sentences import sentence
from bot.playground.local_slack import LocalSlack
from bot.playground.people.mistakes import Unfilled
from bot.playground.watch.faults import DeliveryFault, Fault
from bot.playground.workspace.records import Message
from tests.slack.bot import Mode, lose_store, other_writer, running
from tests.slack.workspace import KIM, LEE, small_slack

Rows = list[tuple[str | None, ...]]


class Clock:
    """Slack's time, which tests move."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 21, 1, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def slack(clock: Clock) -> AsyncIterator[LocalSlack]:
    async with small_slack(clock=clock, has_rates=False).serving() as server:
        yield server


def kept(folder: Path) -> Rows:
    with closing(sqlite3.connect(folder / "store.db")) as owner:
        return owner.execute("SELECT user_id, rating, reason, expected FROM feedback ORDER BY user_id").fetchall()


def whispers(slack: LocalSlack, user: str = KIM) -> list[Message]:
    """What only that person sees."""
    return [message for (who, _, _), message in slack.workspace.ephemerals.items() if who == user]


def modal(slack: LocalSlack, user: str = KIM) -> dict[str, Any] | None:
    stack = slack.workspace.modals.get(user)
    return stack[-1].view if stack else None


async def answered(slack: LocalSlack, question: str = "실험은 몇 개야?", channel: str = "C1") -> Message:
    ts = await slack.person(KIM).mention(question, channel)
    await slack.journal.until(lambda: slack.messages(channel, ts))
    return slack.messages(channel, ts)[0]


async def click(
    slack: LocalSlack,
    answer: Message,
    which: Literal["positive", "negative"],
    user: str = KIM,
    channel: str = "C1",
) -> None:
    block = answer["blocks"][-1]
    (element,) = block["elements"]
    action = {"block_id": block["block_id"], "action_id": element["action_id"], "type": element["type"]}
    action["value"] = element[f"{which}_button"]["value"]
    await slack.interactions.click(user, action=action, channel=channel, ts=answer["ts"])


def filled(code: str | None, expected: str | None = None) -> dict[str, Any]:
    option = None if code is None else {"value": code}
    values = {REASON: {REASON: {"selected_option": option}}, EXPECTED: {EXPECTED: {"value": expected}}}
    return {"values": values}


@pytest.mark.parametrize("mode", ["socket", "http"])
async def test_a_good_answer_is_rated_and_thanked_for_to_one_person_in_the_thread(
    tmp_path: Path, slack: LocalSlack, mode: Mode
) -> None:
    async with running(tmp_path, slack, mode=mode):
        answer = await answered(slack)
        await click(slack, answer, "positive", LEE)
        await slack.journal.until(lambda: whispers(slack, LEE))
    (word,) = whispers(slack, LEE)
    assert (word["text"], word["thread_ts"]) == (thanks("good", "ko"), answer["thread_ts"])
    assert whispers(slack, KIM) == []
    assert kept(tmp_path) == [(LEE, "good", None, None)]


@pytest.mark.parametrize("mode", ["socket", "http"])
async def test_a_bad_answer_is_rated_at_the_click_and_explained_in_the_form(
    tmp_path: Path, slack: LocalSlack, mode: Mode
) -> None:
    async with running(tmp_path, slack, mode=mode):
        await click(slack, await answered(slack), "negative")
        view = await slack.journal.until(lambda: modal(slack))
        with pytest.raises(Unfilled, match=REASON):
            await slack.interactions.submit(KIM, view["id"], filled(None))
        assert await slack.interactions.submit(KIM, view["id"], filled("wrong_numbers", "12건")) is None
        await slack.journal.until(lambda: whispers(slack))
    assert modal(slack) is None
    assert [word["text"] for word in whispers(slack)] == [thanks("bad", "ko")]
    assert kept(tmp_path) == [(KIM, "bad", "wrong_numbers", "12건")]


async def test_a_form_that_is_closed_leaves_the_rating(tmp_path: Path, slack: LocalSlack) -> None:
    async with running(tmp_path, slack):
        await click(slack, await answered(slack), "negative")
        view = await slack.journal.until(lambda: modal(slack))
        await slack.interactions.close(KIM, view["id"])
    assert kept(tmp_path) == [(KIM, "bad", None, None)]
    assert whispers(slack) == []


async def test_everybody_rates_for_themselves_in_the_language_of_the_turn(tmp_path: Path, slack: LocalSlack) -> None:
    async with running(tmp_path, slack):
        answer = await answered(slack, "How many experiments are there?")
        await click(slack, answer, "positive")
        await click(slack, answer, "negative", LEE)
        view = await slack.journal.until(lambda: modal(slack, LEE))
        assert view["title"]["text"] == "Rate the answer"
        await slack.journal.until(lambda: whispers(slack))
    assert whispers(slack)[0]["text"] == thanks("good", "en")
    assert kept(tmp_path) == [(KIM, "good", None, None), (LEE, "bad", None, None)]


async def test_a_changed_mind_and_a_double_click_are_one_rating(tmp_path: Path, slack: LocalSlack) -> None:
    async with running(tmp_path, slack):
        answer = await answered(slack)
        await click(slack, answer, "negative")
        await asyncio.gather(click(slack, answer, "positive"), click(slack, answer, "positive"))
        await slack.journal.until(lambda: whispers(slack))
    assert len(whispers(slack)) == 1
    assert kept(tmp_path) == [(KIM, "good", None, None)]


async def test_a_click_delivered_twice_opens_one_form(tmp_path: Path, slack: LocalSlack) -> None:
    async with running(tmp_path, slack):
        answer = await answered(slack)
        slack.faults.break_next_delivery("interactive", DeliveryFault(duplicates=True))
        await click(slack, answer, "negative")
        await slack.deliveries.settled()
    assert len([call for call in slack.journal.of("views.open") if call.ok]) == 1
    assert whispers(slack) == []
    assert kept(tmp_path) == [(KIM, "bad", None, None)]


@pytest.mark.parametrize("fault", [Fault(error="invalid_arguments"), Fault(drops=True), Fault(status=503)])
async def test_a_rating_outlives_a_form_that_does_not_open(tmp_path: Path, slack: LocalSlack, fault: Fault) -> None:
    async with running(tmp_path, slack):
        answer = await answered(slack)
        slack.break_next("views.open", fault)
        await click(slack, answer, "negative")
        await slack.journal.until(lambda: whispers(slack))
        assert whispers(slack)[0]["text"] == sentence("form_refused", "ko")
        await click(slack, answer, "negative")
        await slack.journal.until(lambda: modal(slack), "the form at the second click")
    assert kept(tmp_path) == [(KIM, "bad", None, None)]


async def test_an_expired_trigger_is_told_and_the_rating_kept(tmp_path: Path, slack: LocalSlack, clock: Clock) -> None:
    gate = asyncio.Event()
    async with running(tmp_path, slack):
        answer = await answered(slack)
        slack.break_next("views.open", Fault(waits_for=gate))
        await click(slack, answer, "negative")
        await slack.journal.until(lambda: slack.journal.of("views.open"))
        clock.now += timedelta(seconds=4)
        gate.set()
        await slack.journal.until(lambda: whispers(slack))
    assert slack.journal.of("views.open")[0].answer["error"] == "expired_trigger_id"
    assert whispers(slack)[0]["text"] == sentence("form_refused", "ko")
    assert kept(tmp_path) == [(KIM, "bad", None, None)]


async def test_without_a_store_people_are_told_and_the_form_keeps_what_was_typed(
    tmp_path: Path, slack: LocalSlack
) -> None:
    async with running(tmp_path, slack):
        answer = await answered(slack)
        await click(slack, answer, "negative")
        view = await slack.journal.until(lambda: modal(slack))
        await lose_store(tmp_path)
        await click(slack, answer, "positive")
        await slack.journal.until(lambda: whispers(slack))
        assert whispers(slack)[0]["text"] == sentence("rating_lost", "ko")
        told = await slack.interactions.submit(KIM, view["id"], filled("slow", "5초"))
        assert told == {REASON: sentence("rating_lost", "ko")}
    assert modal(slack) is not None


async def test_a_locked_store_holds_up_neither_form_nor_ack(tmp_path: Path, slack: LocalSlack) -> None:
    async with running(tmp_path, slack):
        answer = await answered(slack)
        await click(slack, answer, "positive", LEE)
        await slack.journal.until(lambda: whispers(slack, LEE), "the end of all writes before")
        with other_writer(tmp_path):
            await click(slack, answer, "negative")
            view = await slack.journal.until(lambda: modal(slack))
            told = await slack.interactions.submit(KIM, view["id"], filled("slow"))
            assert told == {REASON: sentence("rating_lost", "ko")}
        assert await slack.interactions.submit(KIM, view["id"], filled("slow")) is None
        await slack.journal.until(lambda: whispers(slack))
    assert kept(tmp_path) == [(KIM, "bad", "slow", None), (LEE, "good", None, None)]


async def test_an_answer_whose_question_was_taken_back_is_not_rated(tmp_path: Path, slack: LocalSlack) -> None:
    async with running(tmp_path, slack):
        answer = await answered(slack)
        await click(slack, answer, "negative")
        view = await slack.journal.until(lambda: modal(slack))
        await slack.person(KIM).delete(answer["thread_ts"], "C1")
        await slack.journal.until(lambda: not slack.messages("C1"))
        told = await slack.interactions.submit(KIM, view["id"], filled("slow", "내 질문"))
        assert told == {REASON: sentence("rating_unknown", "ko")}
    assert kept(tmp_path) == [(KIM, "bad", None, None)]


@pytest.mark.parametrize("value", ["nonsense", "good:ko:000000000000", "another channel's"])
async def test_a_made_up_value_rates_nothing(tmp_path: Path, slack: LocalSlack, value: str) -> None:
    async with running(tmp_path, slack):
        answer = await answered(slack)
        if value == "another channel's":
            elsewhere = await answered(slack, channel="C2")
            value = elsewhere["blocks"][-1]["elements"][0]["positive_button"]["value"]
        await click(slack, answer, "positive")
        await slack.journal.until(lambda: whispers(slack))
        real = next(d for d in slack.journal.deliveries if d.kind == "interactive").payload
        forged = {**real, "user": {"id": LEE}, "actions": [{**real["actions"][0], "value": value}]}
        slack.deliveries.send("interactive", forged)
        await slack.journal.until(lambda: whispers(slack, LEE))
    assert whispers(slack, LEE)[0]["text"] == sentence("rating_unknown", "ko")
    assert kept(tmp_path) == [(KIM, "good", None, None)]


async def test_where_the_bot_is_no_member_the_thanks_come_over_the_response_url(
    tmp_path: Path, slack: LocalSlack
) -> None:
    async with running(tmp_path, slack):
        await slack.interactions.slash(KIM, "실험은 몇 개야?", "CX")
        answer = await slack.journal.until(lambda: [m for m in whispers(slack) if len(m["blocks"]) > 1])
        await click(slack, answer[0], "positive", channel="CX")
        await slack.journal.until(lambda: [m for m in whispers(slack) if m["text"] == thanks("good", "ko")])
    assert answer[0] in whispers(slack), "the answer stays where it is"
    assert kept(tmp_path) == [(KIM, "good", None, None)]


async def test_an_answer_that_goes_as_plain_text_has_no_buttons(tmp_path: Path, slack: LocalSlack) -> None:
    slack.break_next("chat.postMessage", Fault(error="invalid_blocks"))
    async with running(tmp_path, slack):
        answer = await answered(slack)
    assert "3건" in answer["text"]
    assert [block for block in answer["blocks"] if block["type"] == "context_actions"] == []


async def test_an_apology_has_no_buttons(tmp_path: Path, slack: LocalSlack) -> None:
    async with running(tmp_path, slack):
        apology = await answered(slack, "가" * 4_100)
    assert [block["type"] for block in apology["blocks"]] == ["section"]
