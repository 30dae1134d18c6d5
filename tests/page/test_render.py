"""Messages are drawn as Slack draws them, and as nothing but text where they are hostile."""

from typing import Any, Final

import pytest
from playwright.async_api import Page, expect

from tests.page import kitchen
from tests.page.kitchen import MESSAGES, Block

HOSTILE: Final = (
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    "</p><iframe src='javascript:alert(1)'></iframe>",
    "<svg/onload=alert(1)>",
    "[눌러](javascript:alert(1))",
    "<javascript:alert(1)|눌러>",
    "&lt;img src=x&gt;",
    "__proto__ constructor",
)
NAMES: Final = "script, iframe, img, object, embed, style, link, base, form, meta, [onclick], [onerror], [onload]"


async def draw(page: Page, message: Block, **more: Any) -> None:
    await page.evaluate("([message, more]) => { draw(message, more) }", [message, more])


async def draw_blocks(page: Page, *blocks: Block, **more: Any) -> None:
    await page.evaluate("([blocks, more]) => { drawBlocks(blocks, more) }", [list(blocks), more])


@pytest.mark.parametrize("lang", ["ko", "en"])
async def test_all_that_slack_can_show_is_drawn(page: Page, lang: str) -> None:
    for message in MESSAGES.values():
        await draw(page, message, lang=lang)
    assert await page.locator(".r-unsupported").count() == 1
    for name, count in {"table": 1, "data-table": 1, "chart": 4, "plan": 1, "task-card": 5, "file": 4}.items():
        assert await page.get_by_test_id(name).count() == count, name


@pytest.mark.parametrize("width", [360, 1280])
async def test_nothing_is_wider_than_the_page(page: Page, width: int) -> None:
    await page.set_viewport_size({"width": width, "height": 800})
    for message in MESSAGES.values():
        await draw(page, message)
    await draw(page, {"text": "x" * 3000 + " <https://example.com/" + "y" * 900 + ">"})
    await draw_blocks(page, {**kitchen.TABLE, "rows": [[{"type": "raw_text", "text": "칸" * 60}] * 12] * 3})
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def places(words: str) -> list[Block]:
    """The words wherever a message can hold any."""
    text = {"type": "raw_text", "text": words}
    said = kitchen.rich(kitchen.section(kitchen.run(words), {"type": "link", "url": words, "text": words}))
    blocks = [
        {"type": "section", "text": kitchen.mrkdwn(words), "fields": [kitchen.plain(words)], "block_id": words},
        {"type": "header", "text": kitchen.plain(words)},
        {"type": "markdown", "text": words},
        said,
        {"type": "table", "rows": [[text], [said]]},
        {"type": "data_table", "caption": words, "rows": [[text], [text]]},
        kitchen.chart(
            "bar",
            series=[{"name": words, "data": [{"label": "1월", "value": 1}]}],
        ),
        {
            "type": "data_visualization",
            "title": words,
            "chart": {"type": "pie", "segments": [{"label": words, "value": 1}]},
        },
        {"type": "image", "image_url": words, "alt_text": words, "title": kitchen.plain(words)},
        {"type": "plan", "title": words, "tasks": [{**kitchen.TASK, "title": words, "output": said}]},
        {"type": "card", "title": kitchen.mrkdwn(words), "icon": {"image_url": words, "alt_text": words}},
        {"type": "video", "title": kitchen.plain(words), "title_url": words},
        {
            "type": "actions",
            "elements": [{"type": "button", "action_id": words, "text": kitchen.plain(words), "url": words}],
        },
        {"type": words},
    ]
    attachment = {"title": words, "title_link": words, "text": words, "color": words, "fields": [{"title": words}]}
    file = {"id": words, "name": words, "title": words, "mimetype": words}
    return [{"blocks": blocks}, {"text": words, "attachments": [attachment], "files": [file]}]


@pytest.mark.parametrize("words", HOSTILE)
async def test_hostile_words_are_words(page: Page, words: str) -> None:
    for message in places(words):
        await draw(page, message)
    made = page.locator("main").locator(NAMES)
    assert [await one.evaluate("node => node.outerHTML") for one in await made.all()] == []
    hrefs = await page.locator("main [href]").evaluate_all("nodes => nodes.map((node) => node.protocol)")
    assert set(hrefs) <= {"http:", "https:", "mailto:"}
    await expect(page.locator("main")).to_contain_text("지원하지 않는 블록")


@pytest.mark.parametrize("junk", ["*", "<", "`", "[", "|", "> ", "- "])
async def test_a_flood_is_drawn_at_once(page: Page, junk: str) -> None:
    took = await page.evaluate(
        """(text) => {
            const start = performance.now();
            draw({ text });
            drawBlocks([{ type: "markdown", text }]);
            return performance.now() - start;
        }""",
        junk * (200_000 // len(junk)),
    )
    assert took < 2000
    assert await page.locator("main").locator("a, strong, em, code, table").count() == 0


@pytest.mark.parametrize(
    "block",
    [
        {"type": "section", "text": None, "fields": [None]},
        {"type": "actions", "elements": [None, {"type": "constructor"}, 3]},
        {"type": "toString"},
        {"type": "table", "rows": [None, 3, [None, {}]]},
        {"type": "data_table", "rows": None},
        {"type": "data_visualization", "chart": {"type": "bar", "series": [None, {"data": [None]}]}},
        {"type": "data_visualization", "chart": {"type": "constructor"}},
        {"type": "rich_text", "elements": [None, {"type": "rich_text_list", "elements": [None], "indent": 1e9}]},
        {"type": "plan", "tasks": [None]},
        {"type": "context", "elements": {"a": 1}},
        None,
        "text",
    ],
)
async def test_an_odd_block_takes_nothing_with_it(page: Page, block: Any) -> None:
    await draw(page, {"blocks": [block, {"type": "section", "text": kitchen.plain("다음")}]})
    await expect(page.locator("main")).to_contain_text("다음")


async def test_containers_have_a_deepest(page: Page) -> None:
    block: Block = {"type": "section", "text": kitchen.plain("바닥")}
    for _ in range(40):
        block = {"type": "container", "title": kitchen.plain("통"), "child_blocks": [block]}
    await draw_blocks(page, block)
    await expect(page.locator("main")).to_contain_text("지원하지 않는 블록")


async def test_links_leave_the_page_without_a_trace(page: Page) -> None:
    await draw(page, {"text": "<https://example.com|밖> <mailto:a@b.c|편지>"})
    for link in await page.locator("main a").all():
        assert await link.get_attribute("target") == "_blank"
        assert await link.get_attribute("rel") == "noopener noreferrer"


async def test_an_image_of_another_host_is_told_instead_of_loaded(page: Page) -> None:
    await draw_blocks(page, kitchen.IMAGE, {**kitchen.IMAGE, "image_url": "/files/F2/p.png", "alt_text": "우리 것"})
    await expect(page.get_by_role("img", name="우리 것")).to_be_visible()
    await expect(page.locator(".r-no-image")).to_contain_text("그래프")
    assert await page.locator("main img").count() == 1


async def test_blocks_stand_in_place_of_the_text(page: Page) -> None:
    await draw(page, {"text": "대신", "blocks": [{"type": "section", "text": kitchen.plain("블록")}]})
    await expect(page.locator("main")).to_have_text("블록")


async def test_a_stream_ends_in_a_caret_and_an_edit_in_a_mark(page: Page) -> None:
    await draw(page, {"streaming": True, "blocks": [{"type": "markdown", "text": "- 하나\n- 둘"}]})
    await draw(page, {"text": "고침", "edited": {"user": "U1"}})
    await draw(page, {"streaming": True, "blocks": [kitchen.PLAN]})
    await expect(page.locator("li").last.locator(".r-caret")).to_be_visible()
    await expect(page.get_by_text("고침 (편집됨)")).to_be_visible()
    await expect(page.locator(".r-body > .r-caret")).to_be_visible()


async def test_a_data_table_sorts_and_turns_its_pages(page: Page) -> None:
    await draw_blocks(page, kitchen.DATA_TABLE)
    first = page.locator("tbody tr th")
    await expect(first).to_have_text(["run-0", "run-1", "run-2"])
    await page.get_by_role("button", name="다음").click()
    await expect(first).to_have_text(["run-3"])
    heading = page.locator("thead th").nth(1)
    for order, names in (
        ("ascending", ["run-2", "run-0", "run-3"]),
        ("descending", ["run-1", "run-3", "run-0"]),
        ("none", ["run-0", "run-1", "run-2"]),
    ):
        await heading.get_by_role("button").click()
        await expect(first).to_have_text(names)
        await expect(heading).to_have_attribute("aria-sort", order)


async def test_a_chart_tells_its_numbers_to_those_who_do_not_see_it(page: Page) -> None:
    await draw_blocks(page, kitchen.chart("bar"), kitchen.PIE)
    image = page.get_by_test_id("chart").first.get_by_role("img")
    assert "wafer 검출: 1월 0.91" in (await image.get_attribute("aria-label") or "")
    await expect(page.get_by_test_id("chart").first.get_by_role("row")).to_have_count(7)
    await expect(image.locator("rect").first.locator("title")).to_have_text("wafer 검출 · 1월: 0.91")
    await expect(page.get_by_test_id("chart").nth(1).locator("path")).to_have_count(3)


@pytest.mark.parametrize("values", [[0, 0], [-3, 5], [1e9, 2e9], [None, 4], [], [1e-7, 2e-7]])
@pytest.mark.parametrize("kind", ["bar", "line", "area"])
async def test_any_numbers_make_a_chart(page: Page, kind: str, values: list[float | None]) -> None:
    data = [{"label": f"{n}월", "value": value} for n, value in enumerate(values, 1)]
    await draw_blocks(page, kitchen.chart(kind, series=[{"name": "a", "data": data}]))
    drawn = await page.locator("main svg.r-chart-svg").evaluate("node => node.outerHTML")
    assert "NaN" not in drawn
    assert "Infinity" not in drawn


async def test_a_chart_names_all_it_compares_within_its_box_and_counts_in_whole_numbers(page: Page) -> None:
    names = [f"document-…-ocr-exp{n:02}" for n in range(20)]
    data = [{"label": name, "value": n % 3} for n, name in enumerate(names)]
    axis = {"categories": names, "x_label": "파이프라인", "y_label": "건수"}
    await page.set_viewport_size({"width": 420, "height": 900})
    await draw_blocks(page, kitchen.chart("bar", series=[{"name": "a", "data": data}], axis_config=axis))
    svg = page.locator("main svg.r-chart-svg")
    labels = svg.locator("text:has(title)")
    await expect(labels).to_have_count(len(names))
    assert await labels.locator("title").all_text_contents() == names
    assert not [text for text in await labels.all_text_contents() if "……" in text]
    assert await svg.locator("g").first.locator("text").all_text_contents() == ["0", "1", "2"]
    box = await svg.bounding_box()
    assert box is not None
    for label in await labels.all():
        place = await label.bounding_box()
        assert place is not None
        assert place["x"] >= box["x"]
        assert place["y"] + place["height"] <= box["y"] + box["height"]


async def test_a_long_cell_has_room_and_a_short_one_stays_on_its_line(page: Page) -> None:
    long, when = "high-recall 세팅. 미탐 민감 현장(B라인)용. 후단 재검 공정이 있어야 함.", "2024-06-15 08:00"
    rows = [[{"type": "raw_text", "text": text} for text in row] for row in (("노트", "시작"), (long, when))]
    settings = [{"is_wrapped": True}, {"is_wrapped": True}]
    await page.set_viewport_size({"width": 360, "height": 900})
    await draw_blocks(page, {"type": "table", "column_settings": settings, "rows": rows})
    note = await page.get_by_role("cell", name=long).bounding_box()
    assert note is not None
    assert note["width"] >= 240
    await draw_blocks(page, {"type": "data_table", "caption": "파이프라인", "rows": [*rows, [{}, rows[1][1]]]})
    start = await page.get_by_test_id("data-table").get_by_role("cell", name=when).last.bounding_box()
    assert start is not None
    assert start["height"] < note["height"]


async def test_tasks_say_how_they_stand(page: Page) -> None:
    await draw_blocks(page, kitchen.PLAN)
    await expect(page.get_by_test_id("plan").get_by_role("img")).to_have_count(4)
    for status in ("완료", "진행 중", "실패", "대기"):
        await expect(page.get_by_role("img", name=status)).to_be_visible()


async def test_files_can_be_had_and_tables_in_them_seen(page: Page) -> None:
    await draw(page, kitchen.FILES)
    sheet = page.get_by_test_id("file").first
    await expect(sheet.locator("tbody td")).to_have_text(["wafer-v2.1", "0.953", 'a "b", <i>c</i>', "0.1"])
    await expect(sheet.get_by_role("link", name="내려받기: result.csv")).to_have_attribute("download", "result.csv")
    await expect(page.get_by_role("img", name="파란 점")).to_be_visible()


async def test_a_channel_that_is_known_can_be_opened(page: Page) -> None:
    await draw(page, {"text": "<#C1> <#C404|남의방>"})
    await page.get_by_role("button", name="#ml-alerts").click()
    assert await page.evaluate("actions") == [{"opened": "C1"}]
    await expect(page.locator("main")).to_contain_text("#남의방")


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ({"text": "<@U1> *굵게* <#C1> <!here> <https://a.b|글> :eyes: &lt;"}, "@김민준 굵게 #ml-alerts @here 글 👀 <"),
        ({"blocks": [{"type": "header", "text": kitchen.plain("머리")}, {"type": "divider"}]}, "머리"),
        ({"blocks": [{"type": "markdown", "text": "# 가\n- 나\n\n**다**"}]}, "가\n나\n다"),
        (
            {"blocks": [{"type": "section", "text": kitchen.mrkdwn("*굵게*")}, {"type": "plan", "title": "계획"}]},
            "굵게\n계획",
        ),
        ({}, ""),
    ],
)
async def test_a_message_can_be_said_in_plain_words(page: Page, message: Block, words: str) -> None:
    assert await page.evaluate("(message) => plain(message)", message) == words
