"""Nothing that comes late takes the focus, the caret or the words from a person who has begun to act."""

import asyncio
from typing import Final

from playwright.async_api import Locator, Page, Route, WebSocketRoute, expect

from bot.playground.local_slack import LocalSlack
from bot.playground.screen.tricks import Trick
from bot.playground.workspace.team import VISION
from tests.browser.conftest import Open
from tests.browser.test_bot import channel, say, thread
from tests.browser.test_shell import MINJUN, call

OTHER: Final = "U0SEOYEON"
EDIT_AND_WRITE_AT_ONCE: Final = """async (button) => {
  button.click();
  const area = document.activeElement;
  const entered = [area.dataset.testid, area.selectionStart];
  area.setSelectionRange(0, 1);
  const frame = () => new Promise(requestAnimationFrame);
  await frame();
  await frame();
  return [...entered, area.selectionStart, area.selectionEnd];
}"""
TELL_THE_VIEW_ANEW: Final = """async () => {
  const { ViewBlocks } = await import("/page/view_blocks.js");
  const maps = { users: new Map(), channels: new Map(), files: new Map() };
  const blocks = new ViewBlocks({ context: () => ({ ...maps, lang: "ko", surface: "modal" }) }, "modal");
  const field = {
    type: "input",
    block_id: "b",
    label: { type: "plain_text", text: "b" },
    element: { type: "plain_text_input", action_id: "a" },
  };
  document.body.append(blocks.element);
  blocks.update({ id: "V1", blocks: [field] });
  blocks.element.querySelector("input").focus();
  blocks.update({ id: "V1", blocks: [{ type: "divider" }, field, { type: "divider" }] });
  return [document.activeElement.tagName, blocks.element.children.length];
}"""
CHOOSE_TWICE: Final = """async () => {
  const { renderBlocks, readState } = await import("/page/render/message.js");
  const ends = new Map();
  const onUpload = (file) => new Promise((end) => ends.set(file.name, () => end({ id: file.name, name: file.name })));
  const maps = { users: new Map(), channels: new Map(), files: new Map() };
  const element = { type: "file_input", action_id: "a" };
  const block = { type: "input", block_id: "b", label: { type: "plain_text", text: "b" }, element };
  const root = renderBlocks([block], { ...maps, lang: "ko", surface: "modal", onUpload });
  const input = root.querySelector("input");
  for (const name of ["first", "second"]) {
    const chosen = new DataTransfer();
    chosen.items.add(new File(["x"], name));
    input.files = chosen.files;
    input.dispatchEvent(new Event("change"));
  }
  for (const name of ["second", "first"]) ends.get(name)();
  await new Promise((done) => setTimeout(done));
  return readState(root).values.b.a.files.map((file) => file.id);
}"""


class Held:
    """Answers of one address, held back until they are let go; but for the first `passing`."""

    def __init__(self, passing: int = 0) -> None:
        self._passing = passing
        self._is_asked = asyncio.Event()
        self._is_free = asyncio.Event()

    async def __call__(self, route: Route) -> None:
        if self._passing > 0:
            self._passing -= 1
            return await route.continue_()
        self._is_asked.set()
        await self._is_free.wait()
        return await route.continue_()

    async def asked(self) -> None:
        await self._is_asked.wait()

    def let_go(self) -> None:
        self._is_free.set()


async def edit(page: Page) -> Locator:
    """Opens the first message of the channel for a change."""
    await channel(page).first.hover()
    await page.get_by_test_id("action-edit").click()
    return page.get_by_test_id("edit-box")


async def test_who_edits_writes_at_once(page: Page) -> None:
    await say(page, "첫 글")
    await channel(page).first.hover()
    button = page.get_by_test_id("action-edit")
    assert await button.evaluate(EDIT_AND_WRITE_AT_ONCE) == ["edit-box", 3, 0, 1]


async def test_an_edit_outlives_a_change_of_its_message_and_a_line_that_comes_back(
    slack: LocalSlack, open_page: Open
) -> None:
    page = await open_page("about:blank")
    lines: list[WebSocketRoute] = []

    def keep(line: WebSocketRoute) -> None:
        line.connect_to_server()
        lines.append(line)

    await page.route_web_socket("**/ui/feed*", keep)
    await page.goto(slack.base)
    await page.get_by_test_id("channel-vision").click()
    await say(page, "첫 글")
    await expect(channel(page)).to_have_count(1)
    box = await edit(page)
    await box.fill("고치는 중")
    await box.press("Home")
    ts = await channel(page).first.get_attribute("data-ts") or ""
    await slack.person(MINJUN).edit(ts, "다른 창에서 고친 글", VISION)
    await slack.person(OTHER).say("다른 글", VISION)
    await expect(channel(page)).to_have_count(2)
    async with page.expect_response("**/ui/state*"):
        await lines[0].close()
    await slack.person(OTHER).say("그 뒤의 글", VISION)
    await expect(channel(page)).to_have_count(3)
    await page.keyboard.type("더 ")
    await expect(box).to_have_value("더 고치는 중")
    await box.press("Escape")
    await expect(box).to_have_count(0)
    await expect(channel(page).first).to_be_focused()
    await expect(channel(page).first).to_contain_text("다른 창에서 고친 글")


async def test_an_edit_in_another_language_is_the_same_edit(page: Page) -> None:
    await say(page, "첫 글")
    box = await edit(page)
    await box.fill("고치는 중")
    await page.get_by_test_id("lang-switch").click()
    await expect(page.get_by_role("button", name="Cancel")).to_be_visible()
    await expect(box).to_have_value("고치는 중")


async def test_an_edit_that_is_taken_late_leaves_the_focus_and_the_next_edit(page: Page) -> None:
    held = Held()
    await page.route("**/ui/act/edit", held)
    await say(page, "첫 글")
    await say(page, "둘째 글")
    await expect(channel(page)).to_have_count(2)
    box = await edit(page)
    await box.fill("고친 글")
    await box.press("Enter")
    await held.asked()
    await page.get_by_test_id("composer").press("ArrowUp")
    await expect(box).to_have_value("둘째 글")
    held.let_go()
    await expect(channel(page).first).to_contain_text("고친 글")
    await expect(box).to_have_value("둘째 글")
    await expect(box).to_be_focused()


async def test_a_trick_that_ends_late_leaves_the_focus(open_page: Open) -> None:
    is_asked, is_free = asyncio.Event(), asyncio.Event()

    async def play() -> dict[str, str]:
        is_asked.set()
        await is_free.wait()
        return {"ko": "다 되었습니다.", "en": "Done."}

    tricks = [Trick("slow", {"ko": "느린 일", "en": "slow work"}, play)]
    async with LocalSlack(tricks=tricks).serving() as slack:
        page = await open_page(slack.base)
        await page.get_by_test_id("trick-slow").click()
        await is_asked.wait()
        await page.get_by_test_id("composer").focus()
        is_free.set()
        await expect(page.get_by_test_id("toast")).to_contain_text("다 되었습니다.")
        await expect(page.get_by_test_id("composer")).to_be_focused()


async def test_nobody_writes_in_the_name_of_who_has_just_left(page: Page) -> None:
    held = Held()
    await page.route("**/ui/state*", held)
    await page.get_by_test_id(f"user-{OTHER}").click()
    await held.asked()
    await expect(page.get_by_test_id("composer")).to_be_disabled()
    held.let_go()
    await say(page, "내가 쓴 글")
    await expect(channel(page)).to_contain_text("이서연")


async def test_nobody_writes_before_the_page_is_loaded(slack: LocalSlack, page: Page) -> None:
    held = Held(passing=1)  # who speaks
    await page.route("**/ui/state*", held)
    await page.reload()
    await held.asked()
    await expect(page.get_by_test_id("composer")).to_be_hidden()
    held.let_go()
    await say(page, "첫 글")
    await expect(channel(page)).to_have_count(1)


async def test_an_answer_opens_no_thread_over_one_that_somebody_is_in(slack: LocalSlack, page: Page) -> None:
    await say(page, "첫 글")
    await say(page, "질문")
    await expect(channel(page)).to_have_count(2)
    ts = await channel(page).last.get_attribute("data-ts")
    await channel(page).first.hover()
    await page.get_by_test_id("action-reply").click()
    await expect(page.get_by_test_id("thread-composer")).to_be_focused()
    await call(slack, "chat.postMessage", channel=VISION, thread_ts=ts, text="답")
    await expect(channel(page).last.get_by_test_id("reply-link")).to_be_visible()
    await expect(thread(page)).to_have_count(1)
    await expect(thread(page)).to_contain_text("첫 글")


async def test_a_view_told_anew_leaves_the_focus(page: Page) -> None:
    assert await page.evaluate(TELL_THE_VIEW_ANEW) == ["INPUT", 3]


async def test_of_files_chosen_twice_the_last_count(page: Page) -> None:
    assert await page.evaluate(CHOOSE_TWICE) == ["second"]
