"""A model that answers in its own time, and what people see of it meanwhile."""

import asyncio
from collections.abc import Callable
from typing import Any

from agent.llm.protocol import Completion, OnText, Prompt
from bot.live.live import Beat
from bot.playground.local_slack import LocalSlack
from bot.playground.rules.blocks import texts
from bot.playground.workspace.records import Message
from tests.scripted import runs, says
from tests.slack.bot import COUNT, TestModel

AT_ONCE = Beat(quiet_s=0, stream_s=0, edit_s=0)
TEXT = "실험은 **모두 3건**입니다.\n\n가장 최근 것은 실패했습니다."
LAST_WORDS = "가장 최근 것은 실패했습니다."


class Slow(TestModel):
    """Asks for each of its statements, then writes its text in two halves, as far as it is let."""

    def __init__(self, *statements: str, text: str = TEXT) -> None:
        super().__init__(text=lambda _: text)
        self.statements = statements or (COUNT,)
        self.may_query = asyncio.Event()
        self.may_write = asyncio.Event()
        self.may_end = asyncio.Event()
        self.cancelled = 0

    def let_all(self) -> None:
        for gate in (self.may_query, self.may_write, self.may_end):
            gate.set()

    async def complete(self, prompt: Prompt, on_text: OnText) -> Completion:
        try:
            return await self._complete(prompt, on_text)
        except asyncio.CancelledError:
            self.cancelled += 1
            raise

    async def _complete(self, prompt: Prompt, on_text: OnText) -> Completion:
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
        await self.may_end.wait()
        on_text(text[half:])
        return says(text)


def shown(message: Message) -> str:
    """All its words."""
    return "".join("".join(texts(block)) for block in message["blocks"]) + str(message["text"])


def cards(message: Message) -> dict[str, dict[str, Any]]:
    """The plan's tasks by their titles."""
    plans = [block for block in message["blocks"] if block["type"] == "plan"]
    return {task["title"]: task for plan in plans for task in plan["tasks"]}


def only(slack: LocalSlack, ts: str, channel: str = "C1") -> Message:
    """The one message of the bot's in the thread."""
    (message,) = slack.messages(channel, ts)
    return message


def is_finished(slack: LocalSlack, ts: str, channel: str = "C1") -> Callable[[], bool]:
    """Whether the bot has said its last word there: its block's id is the turn's."""

    def look() -> bool:
        ids = (str(b.get("block_id")) for m in slack.messages(channel, ts) for b in m["blocks"])
        return any(one.startswith("turn:") and not one.endswith(":live") for one in ids)

    return look


def refused(slack: LocalSlack) -> list[tuple[str, str]]:
    """What Slack has refused so far."""
    return [(call.method, call.answer["error"]) for call in slack.journal.calls if call.answer and not call.ok]
