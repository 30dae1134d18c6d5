"""The page's shell by itself: no app is connected, and the workspace is changed from behind."""

import asyncio
import itertools
import re
from collections.abc import AsyncIterator
from typing import Final

import aiohttp
import pytest
from playwright.async_api import Page, Route, expect

from bot.playground.local_slack import LocalSlack
from bot.playground.workspace.team import VISION
from tests.browser.conftest import Open
from tests.browser.test_bot import channel, say

MINJUN: Final = "U0MINJUN"
STATUS_LIFE_MS: Final = 120_000


@pytest.fixture
async def slack() -> AsyncIterator[LocalSlack]:
    async with LocalSlack().serving() as server:
        yield server


@pytest.fixture
async def page(slack: LocalSlack, open_page: Open) -> Page:
    """The page with a channel open."""
    page = await open_page(slack.base)
    await page.get_by_test_id("channel-vision").click()
    return page


async def call(slack: LocalSlack, method: str, **args: object) -> None:
    """A call on the Web API, as the app makes it."""
    headers = {"Authorization": f"Bearer {slack.workspace.app.bot_token}"}
    async with aiohttp.ClientSession(headers=headers) as http, http.post(slack.api_url + method, json=args) as answer:
        told = await answer.json()
    assert told["ok"], told


async def test_a_status_line_goes_when_its_time_is_over(slack: LocalSlack, page: Page) -> None:
    await page.clock.install()
    await page.reload()
    ts = await slack.person(MINJUN).say("질문", VISION)
    await call(slack, "assistant.threads.setStatus", channel_id=VISION, thread_ts=ts, status="생각 중…")
    status = page.get_by_test_id("status").first
    await expect(status).to_contain_text("생각 중…")
    await page.clock.fast_forward(STATUS_LIFE_MS + 5_000)
    await expect(status).to_be_hidden()
    await say(page, "아직 있나요?")
    await expect(channel(page)).to_have_count(2)
    await expect(status).to_be_hidden()


async def test_of_two_loads_the_newest_counts_in_whatever_order_they_land(slack: LocalSlack, page: Page) -> None:
    is_asked, is_free = asyncio.Event(), asyncio.Event()
    loads = itertools.count()

    async def hold_the_first(route: Route) -> None:
        is_first = next(loads) == 0
        answer = await route.fetch()
        if is_first:
            is_asked.set()
            await is_free.wait()
        await route.fulfill(response=answer)

    await page.route("**/ui/state*", hold_the_first)
    me = page.get_by_test_id(f"user-{MINJUN}")
    await me.click()
    await is_asked.wait()
    await slack.person(MINJUN).say("그 사이에 쓴 글", VISION)
    await me.click()
    await expect(channel(page)).to_have_count(1)
    async with page.expect_response("**/ui/state*"):
        is_free.set()
    await say(page, "그 뒤에 쓴 글")
    await expect(channel(page)).to_have_text([re.compile("그 사이에 쓴 글"), re.compile("그 뒤에 쓴 글")])
