"""The page draws what Slack can show, with an app that uses all of it."""

from collections.abc import AsyncIterator

import pytest_asyncio
from playwright.async_api import Locator, Page, expect

from bot.playground.local_slack import LocalSlack
from tests.browser.conftest import Keep, Open
from tests.browser.showcase import platform, showing
from tests.browser.test_bot import channel, say, thread


@pytest_asyncio.fixture(loop_scope="session")
async def slack() -> AsyncIterator[LocalSlack]:
    async with LocalSlack(platform=platform()).serving() as server, showing(server):
        yield server


async def show(page: Page, wish: str) -> Locator:
    await page.get_by_test_id("channel-vision").click()
    await say(page, f"@MLOps {wish}")
    await expect(thread(page)).to_have_count(2)
    return thread(page).last


async def test_a_chart_is_drawn_and_told(slack: LocalSlack, open_page: Open, keep: Keep) -> None:
    page = await open_page(slack.base)
    chart = (await show(page, "chart")).get_by_test_id("chart")
    await expect(chart).to_be_visible()
    await expect(chart).to_contain_text("wafer-v2.1")
    await keep(page, "chart")


async def test_cells_are_shown_as_they_are(slack: LocalSlack, open_page: Open, keep: Keep) -> None:
    page = await open_page(slack.base)
    table = (await show(page, "table")).get_by_test_id("table")
    await expect(table).to_contain_text("<img src=x onerror=alert(1)>")
    assert await table.locator("img, b").count() == 0
    await keep(page, "table")


async def test_a_form_is_refused_mended_and_sent(slack: LocalSlack, open_page: Open, keep: Keep) -> None:
    page = await open_page(slack.base)
    await (await show(page, "form")).get_by_test_id("button-open_form").click()
    modal = page.get_by_test_id("modal")
    await modal.get_by_test_id("input-choice").select_option(label="느림")
    await modal.get_by_test_id("input-text").fill("네")
    await page.get_by_test_id("modal-submit").click()
    await expect(modal).to_contain_text("세 글자 이상 적어 주세요.")
    await keep(page, "form")
    await modal.get_by_test_id("input-text").fill("삼 초나 걸렸어요")
    await page.get_by_test_id("modal-submit").click()
    await expect(modal).to_have_count(0)
    await page.get_by_test_id("dm-bot").click()
    await expect(channel(page).last).to_contain_text("slow: 삼 초나 걸렸어요")


async def test_a_stream_ends_as_a_plan_a_text_and_a_chart(slack: LocalSlack, open_page: Open, keep: Keep) -> None:
    page = await open_page(slack.base)
    answer = await show(page, "stream")
    await expect(answer.get_by_test_id("plan")).to_contain_text("SQL을 실행합니다")
    await expect(answer).to_contain_text("3건")
    await expect(answer.get_by_test_id("chart")).to_be_visible()
    await keep(page, "stream")


async def test_a_file_can_be_had(slack: LocalSlack, open_page: Open, keep: Keep) -> None:
    page = await open_page(slack.base)
    file = (await show(page, "file")).get_by_test_id("file")
    await expect(file).to_contain_text("결과")
    await keep(page, "file")


async def test_an_ephemeral_message_is_seen_by_one_person(slack: LocalSlack, open_page: Open, keep: Keep) -> None:
    page = await open_page(slack.base)
    other = await open_page(f"{slack.base}/?user=U0SEOYEON")
    for opened in (page, other):
        await opened.get_by_test_id("channel-vision").click()
    await say(page, "@MLOps ephemeral")
    await expect(channel(page).last).to_contain_text("이것은 나만 봅니다.")
    await keep(page, "ephemeral")
    await expect(channel(other).last).to_contain_text("ephemeral")


async def test_home_is_published_when_it_is_opened(slack: LocalSlack, open_page: Open, keep: Keep) -> None:
    page = await open_page(slack.base)
    await page.get_by_test_id("dm-bot").click()
    await page.get_by_test_id("tab-home").click()
    await expect(page.get_by_text("내 프로젝트")).to_be_visible()
    await expect(page.get_by_test_id("chart")).to_be_visible()
    await keep(page, "home")
