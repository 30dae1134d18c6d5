"""The page's shell by itself: no app is connected, and the workspace is changed from behind."""

import asyncio
import itertools
import re
from typing import Final

import aiohttp
import pytest
from playwright.async_api import FilePayload, Page, Route, expect

from bot.playground.local_slack import LocalSlack
from bot.playground.workspace.team import VISION
from tests.browser.conftest import Open
from tests.browser.test_bot import channel, say

MINJUN: Final = "U0MINJUN"
STATUS_LIFE_MS: Final = 120_000
NOTE: Final = FilePayload(name="note.txt", mimeType="text/plain", buffer=b"a note")
COUNT_THE_LIVING: Final = """() => {
  globalThis.living = new Set();
  const { setInterval, clearInterval, ResizeObserver } = globalThis;
  globalThis.setInterval = (...args) => {
    const id = setInterval(...args);
    living.add(id);
    return id;
  };
  globalThis.clearInterval = (id) => (living.delete(id), clearInterval(id));
  globalThis.ResizeObserver = class extends ResizeObserver {
    observe(node) { living.add(this); super.observe(node); }
    disconnect() { living.delete(this); super.disconnect(); }
  };
}"""


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


async def attach(page: Page) -> None:
    await page.locator(".channel input[type=file]").set_input_files(NOTE)
    await expect(page.get_by_test_id("attachment")).not_to_contain_class("loading")


async def test_another_language_leaves_what_was_written_and_attached(page: Page) -> None:
    await attach(page)
    await page.get_by_test_id("composer").fill("쓰던 글")
    await page.get_by_test_id("lang-switch").click()
    await expect(page.get_by_test_id("lang-switch")).to_have_text("한국어")
    await expect(page.get_by_test_id("composer")).to_have_value("쓰던 글")
    await expect(page.get_by_test_id("attachment")).to_have_text("note.txt")
    await page.get_by_test_id("composer").press("Enter")
    await expect(channel(page).get_by_test_id("file")).to_contain_text("note")


async def test_another_language_leaves_nothing_running_behind(page: Page) -> None:
    await page.add_init_script(f"({COUNT_THE_LIVING})()")
    await page.reload()
    await expect(page.get_by_test_id("composer")).to_be_visible()
    before = await page.evaluate("living.size")
    assert before > 0
    await page.get_by_test_id("lang-switch").click()
    await expect(page.get_by_test_id("lang-switch")).to_have_text("한국어")
    assert await page.evaluate("living.size") == before


async def refused(slack: LocalSlack, page: Page, text: str) -> None:
    """Writes what the server doesn't take, and goes to another channel and back."""
    slack.workspace.channels[VISION].is_archived = True
    await say(page, text)
    await expect(page.get_by_test_id("retry")).to_be_visible()
    await page.get_by_test_id("channel-nlp").click()
    await expect(page.get_by_test_id("retry")).to_have_count(0)
    await page.get_by_test_id("channel-vision").click()
    slack.workspace.channels[VISION].is_archived = False


async def test_a_refused_letter_waits_with_its_files_until_it_is_sent(slack: LocalSlack, page: Page) -> None:
    await attach(page)
    await refused(slack, page, "다시 보낼 글")
    await expect(page.get_by_test_id("composer")).to_have_value("")
    await page.get_by_test_id("lang-switch").click()
    await page.get_by_test_id("retry").click()
    await expect(channel(page)).to_contain_text("다시 보낼 글")
    await expect(channel(page).get_by_test_id("file")).to_contain_text("note")
    await expect(page.get_by_test_id("retry")).to_have_count(0)


async def test_a_refused_letter_can_be_written_anew_or_discarded(slack: LocalSlack, page: Page) -> None:
    await attach(page)
    await refused(slack, page, "고칠 글")
    await page.get_by_test_id("put-back").click()
    await expect(page.get_by_test_id("composer")).to_have_value("고칠 글")
    await expect(page.get_by_test_id("attachment")).to_have_count(1)
    await refused(slack, page, "버릴 글")
    await page.reload()
    await expect(page.get_by_test_id("composer")).to_have_value("버릴 글")
    await refused(slack, page, "버릴 글")
    await page.get_by_test_id("discard").click()
    await expect(page.get_by_test_id("retry")).to_have_count(0)
    await page.reload()
    await expect(page.get_by_test_id("composer")).to_have_value("")


async def test_a_file_that_is_refused_is_told_in_the_pages_language(slack: LocalSlack, open_page: Open) -> None:
    page = await open_page(slack.base, language="en-US")
    await page.get_by_test_id("channel-vision").click()
    async with page.expect_request("**/ui/upload") as asked:
        await attach(page)
    assert (await (await asked.value).all_headers())["accept-language"] == "en"


COMPOSING: Final = ({"isComposing": True}, {"keyCode": 229})
PRESS_ENTER: Final = """(node, more) =>
  node.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true, ...more }))"""


@pytest.mark.parametrize("more", COMPOSING, ids=["composing", "229"])
async def test_an_enter_that_ends_a_syllable_sends_nothing(page: Page, more: dict[str, object]) -> None:
    await say(page, "첫 글")
    await expect(channel(page)).to_have_count(1)
    await page.get_by_test_id("composer").fill("쓰는 중")
    await page.get_by_test_id("composer").evaluate(PRESS_ENTER, more)
    await expect(page.get_by_test_id("composer")).to_have_value("쓰는 중")
    await channel(page).first.hover()
    await page.get_by_test_id("action-edit").click()
    await page.get_by_test_id("edit-box").fill("고치는 중")
    await page.get_by_test_id("edit-box").evaluate(PRESS_ENTER, more)
    await expect(page.get_by_test_id("edit-box")).to_have_value("고치는 중")
    await page.get_by_test_id("composer").press("Enter")
    await expect(channel(page)).to_have_count(2)


async def test_the_tabs_name_the_panel_they_open(page: Page) -> None:
    await page.get_by_test_id("dm-bot").click()
    for tab in ("messages", "home", "about"):
        await page.get_by_test_id(f"tab-{tab}").click()
        panel = await page.get_by_test_id(f"tab-{tab}").get_attribute("aria-controls")
        await expect(page.locator(f"#{panel}")).to_have_role("tabpanel")
        await expect(page.locator(f"#{panel}")).to_have_attribute("aria-labelledby", f"tab-{tab}")
    await page.get_by_test_id("channel-vision").click()
    await expect(page.locator("#tab-panel-messages")).not_to_have_role("tabpanel")


async def test_a_status_is_said_aloud_once(slack: LocalSlack, page: Page) -> None:
    ts = await slack.person(MINJUN).say("질문", VISION)
    words = {"status": "생각 중…", "loading_messages": ["찾는 중…"]}
    await call(slack, "assistant.threads.setStatus", channel_id=VISION, thread_ts=ts, **words)
    told = page.locator(".channel").get_by_role("status").filter(has_text="생각 중…")
    await expect(told).to_have_count(1)
    await expect(page.get_by_test_id("status").first).to_contain_text("찾는 중…")
    await expect(told).to_have_count(1)
    await call(slack, "assistant.threads.setStatus", channel_id=VISION, thread_ts=ts, status="")
    await expect(told).to_have_count(0)


@pytest.mark.parametrize(("language", "words"), [("ko-KR", "답이 없습니다."), ("en-US", "No answer.")])
async def test_a_notice_is_in_the_pages_language(slack: LocalSlack, open_page: Open, language: str, words: str) -> None:
    page = await open_page(slack.base, language=language)
    await page.get_by_test_id("channel-vision").click()
    both = {"ko": "답이 없습니다.", "en": "No answer."}
    slack.workspace.tell("notice", VISION, user=MINJUN, text=both)
    await expect(channel(page)).to_contain_text(words)
    slack.workspace.tell("notice", VISION, user=MINJUN, text="as it is")
    await expect(channel(page).last).to_contain_text("as it is")


async def test_a_letter_whose_answer_was_lost_is_there_once_after_a_retry(slack: LocalSlack, page: Page) -> None:
    async def lose(route: Route) -> None:
        await route.fetch()
        await route.fulfill(status=200, body="")

    await page.route("**/ui/act/say", lose, times=1)
    await say(page, "한 번만")
    await expect(channel(page)).to_have_count(1)
    await page.get_by_test_id("retry").click()
    await expect(page.get_by_test_id("retry")).to_have_count(0)
    await expect(channel(page)).to_have_count(1)


async def test_one_member_is_one_member(slack: LocalSlack, open_page: Open) -> None:
    slack.workspace.channels[VISION].members = {MINJUN}
    page = await open_page(slack.base, language="en-US")
    await page.get_by_test_id("channel-vision").click()
    await expect(page.locator(".channel .topic")).to_contain_text("1 member")
    await expect(page.locator(".channel .topic")).not_to_contain_text("members")


async def test_a_letter_does_not_go_without_a_file_that_was_not_uploaded(page: Page) -> None:
    is_free = asyncio.Event()

    async def refuse(route: Route) -> None:
        await is_free.wait()
        await route.fulfill(status=200, json={"ok": False, "error": "Too big."})

    await page.route("**/ui/upload", refuse)
    await page.locator(".channel input[type=file]").set_input_files(NOTE)
    await say(page, "붙임 파일을 보세요")
    is_free.set()
    await expect(page.get_by_test_id("retry")).to_be_visible()
    await page.get_by_test_id("put-back").click()
    await expect(page.get_by_test_id("attachment")).to_have_count(0)
    await page.get_by_test_id("composer").press("Enter")
    await expect(channel(page)).to_contain_text("붙임 파일을 보세요")
