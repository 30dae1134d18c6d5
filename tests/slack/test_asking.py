"""Questions about a message of others: by a form, answered in its thread, with the message as data."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.messages import say
from bot.attachments import SharedFile
from bot.features.asking import Spot
from bot.messages.asking import FORM, QUESTION
from bot.playground.local_slack import LocalSlack
from bot.playground.people.person import Person
from bot.playground.rules.blocks import texts
from bot.playground.watch.faults import Fault
from bot.playground.workspace.records import Message
from tests.slack.bot import TestModel, running
from tests.slack.test_attachments import LOG, shared
from tests.slack.workspace import KIM, LEE, called, left

SAID = "wafer-defect-yolov8m 학습이 또 죽었네요 <!channel>"


async def opened(slack: LocalSlack, message: Message, user: str = LEE, channel: str = "C1") -> dict[str, Any]:
    await slack.interactions.shortcut(user, FORM, channel=channel, ts=message["ts"])
    stack = await slack.journal.until(lambda: slack.workspace.modals.get(user), "the form")
    view: dict[str, Any] = stack[-1].view
    return view


async def ask(slack: LocalSlack, view: dict[str, Any], text: str, user: str = LEE) -> None:
    values = {"values": {QUESTION: {QUESTION: {"value": text}}}}
    assert await slack.interactions.submit(user, view["id"], values) is None


async def test_a_message_is_asked_about_in_its_thread(tmp_path: Path, slack: LocalSlack) -> None:
    model = TestModel()
    message = left(slack, SAID, files=[shared(slack, "train.log", LOG)])
    async with running(tmp_path, slack, model):
        view = await opened(slack, message)
        assert "또 죽었네요" in "\n".join(texts(view["blocks"]))
        await ask(slack, view, "이 모델 담당자는?")
        await slack.journal.until(lambda: len(slack.messages("C1", message["ts"])) == 2, "question and answer")
    shown, answer = slack.messages("C1", message["ts"])
    assert "이 모델 담당자는?" in list(texts(shown["blocks"]))
    assert called(shown) == [f"user:{LEE}"]
    assert "3건" in answer["text"]
    (prompt,) = model.prompts
    assert prompt.question == "이 모델 담당자는?"
    assert [(one.kind, one.name) for one in prompt.attached] == [("message", f"<@{KIM}>"), ("file", "train.log")]
    assert "wafer-defect-yolov8m" in prompt.attached[0].text


async def test_a_reply_is_asked_about_in_the_thread_it_stands_in(tmp_path: Path, slack: LocalSlack) -> None:
    root = left(slack, "오늘 배포")
    reply = left(slack, SAID, thread_ts=root["ts"])
    async with running(tmp_path, slack):
        await ask(slack, await opened(slack, reply), "이 모델은?")
        await slack.journal.until(lambda: len(slack.messages("C1", root["ts"])) == 2, "question and answer")


async def test_where_the_bot_may_not_post_the_answer_goes_to_the_asker_alone(tmp_path: Path, slack: LocalSlack) -> None:
    message = left(slack, SAID, "CX")
    async with running(tmp_path, slack):
        await ask(slack, await opened(slack, message, channel="CX"), "이 모델은?")
        private = await slack.journal.until(
            lambda: [one for (who, _, _), one in slack.workspace.ephemerals.items() if who == LEE], "a private answer"
        )
    assert any("3건" in one["text"] for one in private)
    assert slack.messages("CX", message["ts"]) == []


async def test_a_form_that_does_not_open_is_told(tmp_path: Path, slack: LocalSlack) -> None:
    message = left(slack, SAID)
    slack.break_next("views.open", Fault(error="internal_error"))
    async with running(tmp_path, slack):
        await slack.interactions.shortcut(LEE, FORM, channel="C1", ts=message["ts"])
        private = await slack.journal.until(lambda: list(slack.workspace.ephemerals.values()), "a word")
    assert private[0]["text"] == say("asking-refused", "ko")


async def test_follow_ups_in_the_thread_go_on_from_the_answer(tmp_path: Path, slack: LocalSlack, lee: Person) -> None:
    model = TestModel()
    message = left(slack, SAID)
    async with running(tmp_path, slack, model):
        await ask(slack, await opened(slack, message), "이 모델은?")
        await slack.journal.until(lambda: len(slack.messages("C1", message["ts"])) == 2, "question and answer")
        await lee.say("그럼 재현율은?", thread_ts=message["ts"])
        await slack.journal.until(lambda: len(slack.messages("C1", message["ts"])) == 3, "a second answer")
    assert [turn.question for turn in model.prompts[-1].memory.turns] == ["이 모델은?"]


@given(
    st.text(max_size=2_000),
    st.lists(st.builds(SharedFile, st.text(max_size=80), st.text(max_size=40), st.integers(0), st.text(max_size=300))),
)
def test_what_a_form_keeps_fits_whatever_the_message_holds(text: str, files: list[SharedFile]) -> None:
    spot = Spot(channel="C1", ts="1.0", text=text, files=tuple(files), response_url="https://hooks.slack.com/x")
    kept = spot.kept()
    assert len(kept) <= 3_000
    assert json.loads(kept)["channel"] == "C1"


@pytest.mark.parametrize("metadata", ["", "{}", "no json", '{"channel": 3}'])
async def test_a_form_of_nobodys_asks_nothing(tmp_path: Path, slack: LocalSlack, metadata: str) -> None:
    model = TestModel()
    message = left(slack, SAID)
    async with running(tmp_path, slack, model):
        view = await opened(slack, message)
        view["private_metadata"] = metadata
        await ask(slack, view, "이 모델은?")
        await slack.deliveries.settled()
    assert model.questions == []
