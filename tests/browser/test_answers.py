"""Answers as people meet them on the page: tables, charts, files, details, Home, and one in the making."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Final, TypeAlias

import pytest_asyncio
from playwright.async_api import FilePayload, Locator, Page, expect

from tests.browser.conftest import Keep, Open, started
from tests.browser.test_bot import ask, channel, say, thread
from tests.llm_server import Hang, Reply, Say, call, in_order, llm_server, sql

Serve: TypeAlias = Callable[..., Awaitable[str]]

TABLE: Final = "김민준의 프로젝트 목록 보여줘"
FAILED: Final = "실패한 파이프라인 보여줘"
ADMIN: Final = "user-U0CHAEWON"
HANGUL: Final = re.compile("[가-힣]+")
CSV_MARK: Final = b"\xef\xbb\xbf"
"""By which Excel knows UTF-8."""


@pytest_asyncio.fixture(loop_scope="session")
async def serve(tmp_path: Path) -> AsyncIterator[Serve]:
    """Starts the bot with a model that gives these replies; returns its link."""
    async with AsyncExitStack() as stack:

        async def serve_(*replies: Reply) -> str:
            model = await stack.enter_async_context(llm_server(in_order(*replies)))
            settings = {"LLM_BASE_URL": model.base_url, "LLM_API_KEY": "k"}
            return await stack.enter_async_context(started(tmp_path, **settings))

        yield serve_


async def at(open_page: Open, link: str, place: str = "channel-vision", *, language: str = "ko-KR") -> Page:
    page = await open_page(link, language=language, height=1100)
    await page.get_by_test_id(place).click()
    return page


async def home(page: Page) -> Locator:
    await page.get_by_test_id("dm-bot").click()
    await page.get_by_test_id("tab-home").click()
    panel = page.get_by_test_id("tab-panel")
    await expect(panel.get_by_test_id("input-preference:usage")).to_be_visible()
    return panel


def press(answer: Locator, what: str) -> Locator:
    return answer.get_by_test_id(f"button-evidence:{what}")


async def test_a_comparison_has_a_chart_a_table_and_its_sql_in_a_window(link: str, open_page: Open, keep: Keep) -> None:
    page = await at(open_page, link)
    answer = await ask(page, "상태별 파이프라인 수를 비교해줘")
    await expect(answer.get_by_test_id("chart")).to_be_visible()
    await expect(answer.get_by_test_id("table")).to_contain_text("파이프라인 수")
    await keep(page, "answer")
    await press(answer, "sql").click()
    window = page.get_by_test_id("modal")
    await expect(window).to_contain_text("SELECT")
    await expect(window).to_contain_text("규칙 엔진이 만든 SQL입니다")
    await keep(page, "sql")


async def test_rows_come_as_files_into_the_thread(link: str, open_page: Open, keep: Keep) -> None:
    page = await at(open_page, link)
    await ask(page, TABLE)
    answer = thread(page).nth(1)
    for kind, count, begins in (("csv", 3, CSV_MARK), ("xlsx", 4, b"PK")):
        await press(answer, kind).click()
        await expect(thread(page)).to_have_count(count)
        async with page.expect_download() as download:
            await thread(page).last.get_by_role("link", name="내려받기").click()
        path = await (await download.value).path()
        assert path.read_bytes().startswith(begins)
    await expect(thread(page).nth(2).get_by_role("table")).to_contain_text("defect-detection-v2")
    await keep(page, "files")


async def test_a_chart_is_a_follow_up(link: str, open_page: Open, keep: Keep) -> None:
    page = await at(open_page, link)
    await ask(page, "프로젝트별 실험 수는?")
    await say(page, "그래프로 보여줘", "thread-composer")
    await expect(thread(page)).to_have_count(4)
    await expect(thread(page).last.get_by_test_id("chart")).to_be_visible()
    await keep(page, "chart-follow-up")


async def test_a_summary_has_the_rest_behind_a_button(link: str, open_page: Open, keep: Keep) -> None:
    page = await at(open_page, link)
    await say(page, "/mlops length summary")
    await expect(channel(page).last).to_contain_text("길이: 요약")
    answer = await ask(page, FAILED)
    await expect(answer).to_contain_text("lstm-log-exp01")
    await expect(answer).not_to_contain_text("다음 단계")
    await press(thread(page).nth(1), "details").click()
    await expect(thread(page)).to_have_count(3)
    await expect(thread(page).last).to_contain_text("다음 단계")
    await keep(page, "details")


async def test_home_knows_who_opens_it_and_what_they_set_and_asked(link: str, open_page: Open, keep: Keep) -> None:
    page = await at(open_page, link)
    answer = await ask(page, "내 프로젝트 보여줘")
    await expect(answer).to_contain_text("defect-detection-v2")
    panel = await home(page)
    await expect(panel).to_contain_text("김민준")
    await expect(panel).to_contain_text("minjun.kim@example.com")
    await expect(panel).to_contain_text("defect-detection-v2")
    await keep(page, "my-home")
    await panel.get_by_test_id("input-preference:usage").select_option(label="켜기")
    await expect(panel.get_by_test_id("input-preference:usage")).to_have_value("on")
    await panel.get_by_role("button", name="다시 묻기").last.scroll_into_view_if_needed()
    await keep(page, "my-settings")
    await panel.get_by_role("button", name="다시 묻기").first.click()
    await page.get_by_test_id("tab-messages").click()
    await channel(page).last.get_by_test_id("reply-link").click()
    await expect(thread(page).last).to_contain_text("규칙 엔진 · 토큰 0")
    await keep(page, "asked-again")


async def test_an_admin_sees_settings_usage_opinions_and_makes_an_example(
    link: str, open_page: Open, keep: Keep
) -> None:
    page = await at(open_page, link)
    await ask(page, TABLE)
    await thread(page).nth(1).get_by_test_id("feedback-positive").click()
    await expect(thread(page)).to_have_count(3)
    await page.get_by_test_id(ADMIN).click()
    await page.get_by_test_id("channel-nlp").click()
    said = {
        "settings": "단계별 설명",
        "usage month by model": "이번 달",
        "feedback": "예시로 쓸 만한 질문",
        "examples": "아직 예시가 없습니다",
    }
    for count, (word, told) in enumerate(said.items(), 1):
        await say(page, f"/mlops {word}")
        await expect(channel(page)).to_have_count(count)
        await expect(channel(page).last).to_contain_text(told)
        await keep(page, f"command-{word.split()[0]}")
    await channel(page).nth(2).get_by_role("button", name="예시로 쓰기").click()
    await expect(channel(page).filter(has_text="예시로 넣었습니다")).to_have_count(1)
    await say(page, "/mlops examples")
    await expect(channel(page).last).to_contain_text("모델이 참고하는 예시 1개")
    await keep(page, "command-examples")


async def test_a_log_beside_a_question_is_taken_and_a_binary_is_refused_by_its_name(
    link: str, open_page: Open, keep: Keep
) -> None:
    page = await at(open_page, link)
    files = {"train.log": b"epoch 3\nCUDA out of memory\n", "weights.bin": b"\x00\x01"}
    await page.locator("input[type=file]").first.set_input_files(
        [FilePayload(name=name, mimeType="application/octet-stream", buffer=data) for name, data in files.items()]
    )
    await expect(page.get_by_test_id("attachment")).to_have_count(2)
    answer = await ask(page, "실패한 파이프라인은 몇 개야?")
    await expect(answer).to_contain_text("‘weights.bin’ 파일은 텍스트")
    await expect(answer).not_to_contain_text("train.log")
    await keep(page, "attached")


async def test_a_message_is_asked_about(link: str, open_page: Open, keep: Keep) -> None:
    page = await at(open_page, link)
    await say(page, "defect-detection-v2가 오늘 느리네요")
    await channel(page).last.hover()
    await page.get_by_test_id("action-more").click()
    await page.get_by_role("menuitem", name="이 메시지에 대해 묻기").click()
    window = page.get_by_test_id("modal")
    await expect(window).to_contain_text("defect-detection-v2가 오늘 느리네요")
    await window.get_by_role("textbox").fill("이 프로젝트 담당자는 누구야?")
    await keep(page, "asking")
    await page.get_by_test_id("modal-submit").click()
    await channel(page).last.get_by_test_id("reply-link").click()
    await expect(thread(page)).to_have_count(3)
    await expect(thread(page).last).to_contain_text("김민준")
    await keep(page, "asked")


async def test_who_asks_in_english_reads_nothing_else(link: str, open_page: Open, keep: Keep) -> None:
    page = await at(open_page, link, language="en-US")
    answer = await ask(page, "number of pipelines by status as a chart")
    await expect(answer.get_by_test_id("chart")).to_be_visible()
    await keep(page, "english")
    assert HANGUL.findall(without_names(await answer.inner_text())) == []
    panel = await home(page)
    await keep(page, "english-home")
    assert HANGUL.findall(without_names(await panel.inner_text())) == []
    await page.get_by_test_id("channel-nlp").click()
    for count, word in enumerate(("settings", "usage", "help"), 1):
        await say(page, f"/mlops {word}")
        await expect(channel(page)).to_have_count(count)
        assert HANGUL.findall(without_names(await channel(page).last.inner_text())) == []
    await keep(page, "english-help")


def without_names(text: str) -> str:
    """The text without what is nobody's sentence: a person, a team, a language by its own name."""
    return re.sub("김민준|비전팀|한국어", "", text)


async def test_an_answer_in_the_making_shows_its_steps_and_is_stopped(
    serve: Serve, open_page: Open, keep: Keep
) -> None:
    link = await serve(sql("SELECT nam FROM projects"), sql("SELECT name FROM projects"), Hang())
    page = await at(open_page, link)
    await say(page, "@MLOps 프로젝트 목록을 알려줘")
    cards = thread(page).last.get_by_test_id("task-card")
    await expect(cards.filter(has_text="오류")).to_have_count(1)
    await expect(cards.filter(has_text="10행")).to_have_attribute("data-status", "complete")
    await expect(cards.last).to_have_attribute("data-status", "in_progress")
    await keep(page, "live")
    await page.get_by_test_id("thread-pane").get_by_test_id("stop").click()
    await expect(thread(page).last).to_contain_text("중지했습니다")
    await keep(page, "stopped")


async def test_an_answer_of_a_model_has_the_chart_that_it_made(serve: Serve, open_page: Open, keep: Keep) -> None:
    counts = "SELECT status, COUNT(*) AS n FROM pipelines GROUP BY status"
    text = "완료된 것이 **가장 많습니다**.\n\n실패한 것은 로그를 보고 다시 돌릴지 정하세요."
    link = await serve(sql(counts), call("make_chart", kind="bar", title="상태별 파이프라인"), Say(text))
    page = await at(open_page, link)
    await say(page, "@MLOps 파이프라인이 얼마나 잘 돌고 있는지 그려줘")
    answer = thread(page).last
    await expect(answer.get_by_test_id("chart")).to_contain_text("상태별 파이프라인")
    await expect(answer).to_contain_text("다시 돌릴지 정하세요")
    await expect(press(answer, "sql")).to_be_visible()
    await keep(page, "model")


async def test_an_answer_fits_a_phone(link: str, open_page: Open, keep: Keep) -> None:
    page = await open_page(link, width=390, height=844)
    await page.get_by_test_id("open-menu").click()
    await page.get_by_test_id("channel-vision").click()
    await say(page, "@MLOps 상태별 파이프라인 수를 비교해줘")
    await channel(page).last.get_by_test_id("reply-link").click()
    await expect(thread(page).last.get_by_test_id("chart")).to_be_visible()
    await keep(page, "phone")
    wide = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    assert await page.evaluate(wide)
