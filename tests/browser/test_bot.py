"""The bot in a browser, as somebody meets it who has just run `make run`."""

import time

from playwright.async_api import Locator, Page, expect

from tests.browser.conftest import Keep, Open


async def say(page: Page, text: str, box: str = "composer") -> None:
    await page.get_by_test_id(box).fill(text)
    await page.get_by_test_id(box).press("Enter")


def channel(page: Page) -> Locator:
    """The messages of the channel that is open."""
    return page.get_by_test_id("messages").get_by_test_id("message")


def thread(page: Page) -> Locator:
    return page.get_by_test_id("thread-pane").get_by_test_id("message")


async def ask(page: Page, question: str) -> Locator:
    """Mentions the bot in the channel that is open; its thread opens beside it, and the answer comes there."""
    await say(page, f"@MLOps {question}")
    await expect(thread(page)).to_have_count(2)
    return thread(page).last


async def test_a_mention_is_answered_in_its_thread_and_followed_up_twice(
    link: str, open_page: Open, keep: Keep
) -> None:
    page = await open_page(link)
    await page.get_by_test_id("channel-vision").click()
    began = time.monotonic()
    answer = await ask(page, "김민준의 프로젝트 목록 보여줘")
    took_s = time.monotonic() - began
    await expect(answer).to_contain_text("defect-detection-v2")
    await expect(answer.get_by_test_id("table")).to_be_visible()
    await keep(page, "mention")
    await say(page, "그 중에 제일 성능 좋은 모델은?", "thread-composer")
    await expect(thread(page)).to_have_count(4)
    await say(page, "그 모델의 deploy_note 알려줘", "thread-composer")
    await expect(thread(page)).to_have_count(6)
    await expect(thread(page).last).to_contain_text("배포 노트")
    await expect(thread(page).last).to_contain_text("high-recall 세팅. 미탐 민감 현장(B라인)용.")
    await keep(page, "follow-up")
    print(f"a mention was answered on the page after {took_s:.2f} s")  # noqa: T201 - a figure to look at, not a gate


async def test_the_greetings_prompts_ask(link: str, open_page: Open, keep: Keep) -> None:
    page = await open_page(link)
    await page.get_by_test_id("dm-bot").click()
    prompts = page.get_by_test_id("suggested-prompt")
    await expect(prompts).to_have_count(4)
    await keep(page, "greeting")
    await prompts.first.click()
    await expect(thread(page)).to_have_count(2)


async def test_the_slash_command_helps(link: str, open_page: Open, keep: Keep) -> None:
    page = await open_page(link)
    await page.get_by_test_id("channel-nlp").click()
    await say(page, "/mlops help")
    await expect(channel(page).last).to_contain_text("/mlops usage")
    await keep(page, "help")


async def test_a_thumb_up_is_thanked_and_a_thumb_down_asks_why(link: str, open_page: Open, keep: Keep) -> None:
    page = await open_page(link)
    await page.get_by_test_id("channel-vision").click()
    await ask(page, "김민준이 몇 번의 실험을 했어?")
    answer = thread(page).nth(1)
    await answer.get_by_test_id("feedback-positive").click()
    await expect(thread(page)).to_have_count(3)
    await keep(page, "thumb-up")
    await answer.get_by_test_id("feedback-negative").click()
    await expect(page.get_by_test_id("modal")).to_be_visible()
    await keep(page, "modal")
    await page.get_by_test_id("modal").get_by_label("질문을 잘못 이해함").check()
    await page.get_by_test_id("modal").get_by_role("textbox").fill("프로젝트별로 나누어 주세요")
    await page.get_by_test_id("modal-submit").click()
    await expect(page.get_by_test_id("modal")).to_have_count(0)


async def test_a_pipeline_that_fails_is_announced(link: str, open_page: Open, keep: Keep) -> None:
    page = await open_page(link)
    await page.get_by_test_id("channel-ml-alerts").click()
    await page.get_by_test_id("trick-fail-pipeline").click()
    await expect(channel(page).last).to_contain_text("실패")
    await keep(page, "alert")
