"""Many people at once: every question is answered once, and the page goes on working meanwhile."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

import aiohttp
from playwright.async_api import expect

from tests.browser.conftest import Keep, Open
from tests.browser.test_bot import channel, say

PEOPLE: Final = ("U0MINJUN", "U0SEOYEON", "U0CHAEWON")
CHANNELS: Final = ("C0ALERTS", "C0VISION", "C0NLP")
COUNT: Final = 200
ENOUGH_S: Final = 90


class Crowd:
    """People who ask by mention and in DMs, through the page's own door, and see what is answered."""

    def __init__(self, http: aiohttp.ClientSession, link: str) -> None:
        self._http = http
        self._link = link
        self.asked: set[str] = set()
        self.answers: dict[str, str] = {}  # its question's ts by an answer's

    async def ask(self, number: int) -> None:
        user = PEOPLE[number % 3]
        place, text = CHANNELS[number % 3], "@MLOps 김민준이 몇 번의 실험을 했어?"
        if number % 2:
            place, text = f"D0{user[2:]}", "A100 GPU를 사용한 파이프라인은 몇 개야?"
        body = {"user": user, "channel": place, "text": text}
        async with self._http.post(f"{self._link}ui/act/say", json=body) as response:
            done = await response.json()
        assert done["ok"], done
        self.asked.add(done["ts"])

    async def watch(self, user: str, is_ready: asyncio.Event) -> None:
        """Reads one person's feed until every question has an answer."""
        async with self._http.ws_connect(f"{self._link}ui/feed", params={"user": user}) as feed:
            async for told in feed:
                is_ready.set()
                self._see(told.json())
                if len(self.answers) >= COUNT:
                    return

    def _see(self, change: dict[str, Any]) -> None:
        message = change.get("message", {})
        if change["kind"] == "posted" and message.get("bot_id") and "thread_ts" in message:
            self.answers[message["ts"]] = message["thread_ts"]


async def settled(crowd: Crowd, feeds: Sequence[asyncio.Task[None]]) -> None:
    """Waits for the last answer; whoever's feed has nothing more to tell is let go."""
    async with asyncio.timeout(ENOUGH_S):
        await asyncio.wait(feeds, return_when=asyncio.FIRST_COMPLETED)
    for feed in feeds:
        feed.cancel()
    await asyncio.gather(*feeds, return_exceptions=True)


async def test_two_hundred_questions_at_once_are_answered_once_each(link: str, open_page: Open, keep: Keep) -> None:
    page = await open_page(link)
    await page.get_by_test_id("channel-vision").click()
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as http:
        crowd = Crowd(http, link)
        ready = [asyncio.Event() for _ in PEOPLE]
        feeds = [asyncio.create_task(crowd.watch(user, event)) for user, event in zip(PEOPLE, ready, strict=True)]
        await asyncio.gather(*(event.wait() for event in ready))
        await asyncio.gather(*(crowd.ask(number) for number in range(COUNT)))
        await say(page, "이 와중에도 쓸 수 있네요")
        await expect(channel(page).filter(has_text="이 와중에도 쓸 수 있네요")).to_have_count(1)
        await settled(crowd, feeds)
        async with http.get(f"{link}control/journal") as response:
            calls = (await response.json())["calls"]
    begun = [call for call in calls if call["method"] in ("chat.postMessage", "chat.startStream")]
    assert sum(call["answer"]["ok"] for call in begun) == COUNT
    assert Counter(crowd.answers.values()) == dict.fromkeys(crowd.asked, 1)
    await keep(page, "crowd")
