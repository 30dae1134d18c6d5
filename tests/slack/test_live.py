"""An answer in the making: its steps and its text are shown in one message, and the finished answer takes its place."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

from agent.llm.protocol import Completion, OnText, Prompt
from bot.live.live import Beat
from bot.playground.local_slack import LocalSlack
from bot.playground.people.person import Person
from bot.playground.rules.blocks import texts
from bot.playground.workspace.records import Message
from tests.scripted import runs, says
from tests.slack.bot import COUNT, TestModel, running

AT_ONCE = Beat(quiet_s=0, stream_s=0, edit_s=0)
TEXT = "실험은 **모두 3건**입니다.\n\n가장 최근 것은 실패했습니다."


class Slow(TestModel):
    """Asks for each of its statements, and then writes its text: word by word, as far as it is let."""

    def __init__(self, *statements: str, text: str = TEXT) -> None:
        super().__init__(text=lambda _: text)
        self.statements = statements or (COUNT,)
        self.may_query = asyncio.Event()
        self.may_write = asyncio.Event()
        self.may_end = asyncio.Event()

    def let_all(self) -> None:
        for gate in (self.may_query, self.may_write, self.may_end):
            gate.set()

    async def complete(self, prompt: Prompt, on_text: OnText) -> Completion:
        done = len(prompt.steps)
        if done == 0:
            async with self.began:
                self.questions.append(prompt.question)
                self.began.notify_all()
        if done < len(self.statements):
            await self.may_query.wait()
            return runs(self.statements[done])
        await self.may_write.wait()
        text = self.text(prompt)
        half = len(text) // 2
        on_text(text[:half])
        await asyncio.sleep(0)
        on_text(text[half:])
        await self.may_end.wait()
        return says(text)


def shown(message: Message) -> str:
    return "".join(texts(message["blocks"])) + message["text"]


def cards(message: Message) -> dict[str, dict[str, Any]]:
    """The plan's tasks by what they do."""
    plans = [block for block in message["blocks"] if block["type"] == "plan"]
    return {task["title"]: task for plan in plans for task in plan["tasks"]}


def of(slack: LocalSlack, ts: str, channel: str = "C1") -> Message:
    """The one message of the bot's in the thread."""
    (message,) = slack.messages(channel, ts)
    return message


def is_finished(slack: LocalSlack, ts: str, channel: str = "C1") -> Callable[[], bool]:
    def look() -> bool:
        found = slack.messages(channel, ts)
        return bool(found) and any(
            str(block.get("block_id", "")).startswith("turn:") and not str(block["block_id"]).endswith(":live")
            for message in found
            for block in message["blocks"]
        )

    return look


async def test_steps_and_text_are_streamed_and_the_finished_answer_takes_their_place(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    model = Slow()
    async with running(tmp_path, slack, model, beat=AT_ONCE) as bot:
        ts = await kim.mention("실험이 몇 건이야?")
        await slack.journal.until(lambda: slack.messages("C1", ts), "a stream")
        streamed = of(slack, ts)
        turn = await bot.services.store.turns.by_source("T1", "C1", ts)
        assert turn is not None
        assert turn.reply_ts == (streamed["ts"],), "its place is known before it is finished"
        assert cards(streamed)["질문 이해"]["status"] == "in_progress"
        model.may_query.set()
        await slack.journal.until(lambda: cards(of(slack, ts)).get("SQL 실행", {}).get("status") == "complete", "rows")
        assert "1행" in shown(of(slack, ts))
        model.may_write.set()
        await slack.journal.until(lambda: "모두 3건" in of(slack, ts)["text"], "text")
        assert cards(of(slack, ts))["답변 작성"]["status"] == "in_progress"
        model.may_end.set()
        await slack.journal.until(is_finished(slack, ts), "the answer")
    reply = of(slack, ts)
    assert reply["ts"] == streamed["ts"]
    assert cards(reply) == {}
    assert reply["streaming"] is False
    assert "가장 최근 것은 실패했습니다." in shown(reply)
    assert all(call.ok for call in slack.journal.calls), "nothing was refused"
