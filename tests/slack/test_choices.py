"""Choices in the whole bot: what was asked back is chosen by a click, and asked as the person who clicked."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from agent.llm.protocol import Completion, OnText, Prompt
from agent.offer import Choice, Offer, OfferKind
from bot.messages.sentences import sentence
from bot.playground.local_slack import LocalSlack
from bot.playground.watch.faults import Fault
from bot.playground.workspace.records import Message
from tests.slack.bot import Mode, TestModel, lose_store, running
from tests.slack.workspace import KIM, LEE, deliver

pytestmark = pytest.mark.unpaced

QUESTION = "그 사람 프로젝트 보여줘"
CHOICES = (Choice("김민준", "김민준 프로젝트 보여줘"), Choice("이서연", "이서연 프로젝트 보여줘"))


class Asking(TestModel):
    """Asks the first question back, and answers all others."""

    kind: OfferKind = "asked_back"
    offered: tuple[Choice, ...] = CHOICES

    async def complete(self, prompt: Prompt, on_text: OnText) -> Completion:
        if prompt.question == QUESTION:
            return Completion("누구를 말씀하시나요?", offer=Offer(self.kind, self.offered))
        return await super().complete(prompt, on_text)


def actions(message: Message) -> dict[str, Any] | None:
    return next((block for block in message["blocks"] if block["type"] == "actions"), None)


def said(message: Message) -> str:
    """All that is shown of a message, in one text."""
    return str(message["blocks"])


async def asked_back(slack: LocalSlack, channel: str = "C1", *, by: str = KIM) -> Message:
    ts = await slack.person(by).mention(QUESTION, channel)
    await slack.journal.until(lambda: slack.messages(channel, ts))
    return slack.messages(channel, ts)[0]


async def click(slack: LocalSlack, answer: Message, place: int, user: str = KIM, channel: str = "C1") -> None:
    block = actions(answer)
    assert block is not None
    button = block["elements"][place]
    action = {"block_id": block["block_id"], **{name: button[name] for name in ("action_id", "type", "value")}}
    await slack.interactions.click(user, action=action, channel=channel, ts=answer["ts"])


def thread(slack: LocalSlack, answer: Message, channel: str = "C1") -> list[Message]:
    return slack.messages(channel, answer["thread_ts"])


def whispers(slack: LocalSlack, user: str) -> list[Message]:
    return [message for (who, _, _), message in slack.workspace.ephemerals.items() if who == user]


def asked(folder: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(folder / "store.db")) as store:
        return store.execute("SELECT user_id, question FROM turns ORDER BY seq").fetchall()


@pytest.mark.parametrize("mode", ["socket", "http"])
async def test_a_click_asks_the_choice_in_the_thread_as_who_clicked(
    tmp_path: Path, slack: LocalSlack, mode: Mode
) -> None:
    async with running(tmp_path, slack, Asking(), mode=mode):
        answer = await asked_back(slack)
        block = actions(answer)
        assert block is not None
        assert [button["text"]["text"] for button in block["elements"]] == ["김민준", "이서연"]
        await click(slack, answer, 1, LEE)
        await slack.journal.until(lambda: len(thread(slack, answer)) == 2)
        await slack.journal.until(lambda: actions(thread(slack, answer)[0]) is None)
    first, second = thread(slack, answer)
    assert "→ 이서연" in said(first)
    assert "누구를 말씀하시나요?" in said(first)
    assert first["blocks"][-1]["type"] == "context_actions"
    assert "이서연 프로젝트 보여줘" in said(second)
    assert asked(tmp_path) == [(KIM, QUESTION), (LEE, "이서연 프로젝트 보여줘")]


async def test_two_clicks_ask_once(tmp_path: Path, slack: LocalSlack) -> None:
    async with running(tmp_path, slack, Asking()):
        answer = await asked_back(slack)
        await asyncio.gather(click(slack, answer, 0), click(slack, answer, 1, LEE), click(slack, answer, 0))
        await slack.journal.until(lambda: len(thread(slack, answer)) == 2)
        await slack.journal.until(lambda: actions(thread(slack, answer)[0]) is None)
    assert len(thread(slack, answer)) == 2
    assert len(asked(tmp_path)) == 2


async def test_a_click_by_somebody_who_may_not_ask_is_refused_and_the_choice_stays(
    tmp_path: Path, slack: LocalSlack
) -> None:
    async with running(tmp_path, slack, Asking(), allowed_users=(KIM,)):
        answer = await asked_back(slack)
        await click(slack, answer, 0, LEE)
        await slack.journal.until(lambda: whispers(slack, LEE))
        assert asked(tmp_path) == [(KIM, QUESTION)]
        await click(slack, answer, 0, KIM)
        await slack.journal.until(lambda: len(thread(slack, answer)) == 2)
    assert asked(tmp_path)[1:] == [(KIM, "김민준 프로젝트 보여줘")]


async def test_a_click_beyond_the_limit_is_refused_and_the_choice_stays_for_others(
    tmp_path: Path, slack: LocalSlack
) -> None:
    async with running(tmp_path, slack, Asking(), questions_per_minute=1):
        answer = await asked_back(slack)
        await click(slack, answer, 0, KIM)
        await slack.journal.until(lambda: whispers(slack, KIM))
        await click(slack, answer, 0, LEE)
        await slack.journal.until(lambda: len(thread(slack, answer)) == 2)
    assert asked(tmp_path) == [(KIM, QUESTION), (LEE, "김민준 프로젝트 보여줘")]


async def test_a_choice_outlives_a_restart(tmp_path: Path, slack: LocalSlack) -> None:
    async with running(tmp_path, slack, Asking()):
        answer = await asked_back(slack)
    async with running(tmp_path, slack, Asking()):
        await click(slack, answer, 0)
        await slack.journal.until(lambda: len(thread(slack, answer)) == 2)
    assert asked(tmp_path)[1:] == [(KIM, "김민준 프로젝트 보여줘")]


async def test_a_choice_of_a_deleted_question_is_gone(tmp_path: Path, slack: LocalSlack) -> None:
    async with running(tmp_path, slack, Asking()) as bot:
        answer = await asked_back(slack)
        turn = await bot.services.store.turns.by_source("T1", "C1", answer["thread_ts"])
        assert turn is not None
        await bot.services.store.turns.forget(turn.turn_id)
        await click(slack, answer, 0)
        await slack.journal.until(lambda: whispers(slack, KIM))
    assert [word["text"] for word in whispers(slack, KIM)] == [sentence("choice_gone", "ko")]
    assert len(asked(tmp_path)) == 1


async def test_a_choice_in_a_thread_that_is_deleted_meanwhile_ends_without_a_stray_message(
    tmp_path: Path, slack: LocalSlack
) -> None:
    model = Asking()
    gate = model.hold("김민준 프로젝트 보여줘")
    async with running(tmp_path, slack, model):
        answer = await asked_back(slack)
        await click(slack, answer, 0)
        await model.started("김민준 프로젝트 보여줘")
        for ts in (answer["ts"], answer["thread_ts"]):
            slack.workspace.channels["C1"].messages.pop(ts, None)
        gate.set()
    assert [m for m in slack.workspace.channels["C1"].messages.values() if m.get("bot_id")] == []


async def test_a_choice_counts_only_where_its_turn_stands(tmp_path: Path, slack: LocalSlack) -> None:
    async with running(tmp_path, slack, Asking()):
        answer = await asked_back(slack)
        await click(slack, answer, 0)
        await slack.journal.until(lambda: len(thread(slack, answer)) == 2)
        [sent] = [delivery for delivery in slack.journal.deliveries if delivery.kind == "interactive"]
        for change in ({"channel": {"id": "C2"}}, {"actions": [{**sent.payload["actions"][0], "value": "nonsense"}]}):
            await deliver(slack, {**sent.payload, **change}, "interactive")
        await slack.journal.until(lambda: len(whispers(slack, KIM)) == 2)
    assert len(asked(tmp_path)) == 2


async def test_without_a_store_the_clicker_is_told(tmp_path: Path, slack: LocalSlack) -> None:
    async with running(tmp_path, slack, Asking()):
        answer = await asked_back(slack)
        await lose_store(tmp_path)
        await click(slack, answer, 0)
        await slack.journal.until(lambda: whispers(slack, KIM))
    assert [word["text"] for word in whispers(slack, KIM)] == [sentence("store_unavailable", "ko")]


async def test_a_click_on_buttons_that_could_not_be_taken_away_is_told_that_one_was_chosen(
    tmp_path: Path, slack: LocalSlack
) -> None:
    slack.break_next("chat.update", Fault(error="edit_window_closed"))
    async with running(tmp_path, slack, Asking()):
        answer = await asked_back(slack)
        await click(slack, answer, 0)
        await slack.journal.until(lambda: len(thread(slack, answer)) == 2)
        await click(slack, answer, 1, LEE)
        await slack.journal.until(lambda: whispers(slack, LEE))
    assert [word["text"] for word in whispers(slack, LEE)] == [sentence("choice_taken", "ko")]
    assert whispers(slack, KIM) == []
    assert len(asked(tmp_path)) == 2


async def test_questions_that_lead_on_are_buttons_too(tmp_path: Path, slack: LocalSlack) -> None:
    model = Asking()
    model.kind = "next"
    long = "아주 긴 질문 " * 20
    model.offered = (Choice("담당자는 누구야?", "담당자는 누구야?"), Choice(long, long))
    async with running(tmp_path, slack, model):
        answer = await asked_back(slack)
        assert "이어서 이렇게 물어보실 수 있어요" in said(answer)
        block = actions(answer)
        assert block is not None
        assert len(block["elements"][1]["text"]["text"]) <= 75
        await click(slack, answer, 1)
        await slack.journal.until(lambda: len(thread(slack, answer)) == 2)
    assert asked(tmp_path)[1] == (KIM, long)


async def test_choices_of_a_private_answer_are_asked_in_private(tmp_path: Path, slack: LocalSlack) -> None:
    """Where the bot may not post, a slash command's answer is for its user alone."""
    async with running(tmp_path, slack, Asking()):
        await slack.person(KIM).slash(QUESTION, "CX")
        await slack.journal.until(lambda: [w for w in whispers(slack, KIM) if actions(w)])
        [answer] = [word for word in whispers(slack, KIM) if actions(word)]
        await click(slack, answer, 0, KIM, "CX")
        await slack.journal.until(lambda: [w for w in whispers(slack, KIM) if "김민준 프로젝트 보여줘" in said(w)])
        await click(slack, answer, 1, KIM, "CX")
        await slack.journal.until(lambda: whispers(slack, KIM)[-1]["text"] == sentence("choice_taken", "ko"))
    assert asked(tmp_path) == [(KIM, QUESTION), (KIM, "김민준 프로젝트 보여줘")]
