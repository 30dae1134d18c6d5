"""A failed pipeline in the playground, from the click that breaks it to its recovery, as somebody sees it."""

import re

from playwright.async_api import Page, expect

from tests.browser.conftest import Keep, Open
from tests.browser.test_bot import channel, say, thread


async def alerts_of(link: str, open_page: Open) -> Page:
    page = await open_page(link, height=1200)
    await page.get_by_test_id("channel-ml-alerts").click()
    return page


async def test_a_failure_is_told_acknowledged_and_turns_green(link: str, open_page: Open, keep: Keep) -> None:
    page = await alerts_of(link, open_page)
    await page.get_by_test_id("trick-fail-pipeline").click()
    alert = channel(page).last
    await expect(alert).to_contain_text("🔴 파이프라인 실패")
    await expect(alert).to_contain_text("다음 단계")
    await alert.get_by_role("button", name="확인", exact=True).click()
    await expect(alert).to_contain_text("🟠")
    await expect(alert).to_contain_text(re.compile("님이 확인했습니다"))
    await keep(page, "alert-acknowledged")
    await page.get_by_test_id("trick-recover-pipeline").click()
    await expect(alert).to_contain_text("🟢 복구됨")
    await expect(alert.get_by_role("button", name="확인", exact=True)).to_have_count(0)
    await expect(channel(page)).to_have_count(1)
    await keep(page, "alert-recovered")


async def test_the_thread_tells_the_cause_and_answers(link: str, open_page: Open, keep: Keep) -> None:
    page = await alerts_of(link, open_page)
    await page.get_by_test_id("trick-fail-pipeline").click()
    alert = channel(page).last
    await alert.get_by_role("button", name=re.compile("답글 1개")).click()
    await expect(thread(page).nth(1)).to_contain_text("이렇게 해 보세요")
    await say(page, "지난번엔 성공했어?", "thread-composer")
    await expect(thread(page).last).to_contain_text(re.compile("성공|완료"))
    await keep(page, "alert-thread")


async def test_many_at_once_become_one_summary(link: str, open_page: Open, keep: Keep) -> None:
    page = await alerts_of(link, open_page)
    await page.get_by_test_id("trick-storm-pipeline").click()
    await expect(channel(page).last).to_contain_text(re.compile(r"파이프라인 \d건 실패"))
    await keep(page, "alert-storm")
