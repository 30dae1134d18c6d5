"""Texts become trees of nodes, in time that grows with their length alone."""

from typing import Any, Final

import pytest
from playwright.async_api import Page

LENGTH: Final = 200_000
JUNK: Final = (
    *(
        "*",
        "_",
        "~",
        "<",
        ">",
        "`",
        "[",
        "|",
        "#",
        "\n",
        "\t",
        "(",
        ":a",
        "&gt;",
        "```",
        "* ",
        "- ",
        "> ",
        "1. ",
        "*a ",
    ),
    *("a* ", "**a ", "![", "](", "[a](", "`a``b", " \n- ", "  - a\n", "|-\n", "a|b\n-|-\n", "a | b\n", "<a", "http://"),
    *("https://a)", "<!date^", "\\", "***a", "a***", "_*~", "> - "),
)

Node = dict[str, Any]


async def mrkdwn(page: Page, text: str) -> list[Node]:
    nodes: list[Node] = await page.evaluate("(text) => parseMrkdwn(text)", text)
    return nodes


async def line(page: Page, text: str) -> list[Node]:
    [paragraph] = await mrkdwn(page, text)
    children: list[Node] = paragraph["children"]
    return children


async def markdown(page: Page, text: str) -> list[Node]:
    nodes: list[Node] = await page.evaluate("(text) => parseMarkdown(text)", text)
    return nodes


def text(words: str) -> Node:
    return {"type": "text", "text": words}


@pytest.mark.parametrize(
    ("source", "mark"), [("*a b*", "bold"), ("_a b_", "italic"), ("~a b~", "strike"), ("(*a b*)", "bold")]
)
async def test_slacks_marks_style_what_stands_between_them(page: Page, source: str, mark: str) -> None:
    nodes = await line(page, source)
    assert {"type": mark, "children": [text("a b")]} in nodes


@pytest.mark.parametrize(
    "source",
    ["*굵게*입니다", "a_b_c", "2 * 3 * 4", "**a**", "* a*", "*a *", "*a", "`a", "~~a~~", ":없는이름:", "<foo>", "```a"],
)
async def test_marks_that_slack_leaves_alone_stay(page: Page, source: str) -> None:
    assert await line(page, source) == [text(source)]


async def test_a_mark_that_could_not_close_does_not_swallow_the_next(page: Page) -> None:
    assert await line(page, "*굵게*입니다 *bold*") == [
        text("*굵게*입니다 "),
        {"type": "bold", "children": [text("bold")]},
    ]


async def test_mentions_links_and_dates_are_read(page: Page) -> None:
    nodes = await line(page, "<@U1><#C1|방><!here><!subteam^S1|@팀><https://a.b/?x=1&amp;y|글><mailto:a@b.c>:eyes:")
    assert nodes == [
        {"type": "user", "id": "U1", "label": ""},
        {"type": "channel", "id": "C1", "label": "방"},
        {"type": "broadcast", "range": "here"},
        {"type": "usergroup", "id": "S1", "label": "@팀"},
        {"type": "link", "url": "https://a.b/?x=1&y", "children": [text("글")]},
        {"type": "link", "url": "mailto:a@b.c", "children": [text("a@b.c")]},
        {"type": "emoji", "name": "eyes", "text": "👀"},
    ]


async def test_a_bare_address_ends_before_a_particle_and_a_full_stop(page: Page) -> None:
    nodes = await line(page, "https://a.b/c를, https://a.b/(d).")
    assert [node.get("url") for node in nodes] == ["https://a.b/c", None, "https://a.b/(d)", None]
    assert (await page.evaluate("parseMrkdwn('https://a.b', {verbatim: true})"))[0]["children"] == [text("https://a.b")]


async def test_entities_are_decoded_once_and_after_the_marks(page: Page) -> None:
    assert await line(page, "&lt;b&gt; &amp;lt; &lt;@U1&gt;") == [text("<b> &lt; <@U1>")]


async def test_quotes_and_code_are_blocks(page: Page) -> None:
    blocks = await mrkdwn(page, "a\n> b\n&gt; c\nd\n```x\n*y*```\ne\n>>> f\ng")
    assert blocks == [
        {"type": "paragraph", "children": [text("a")]},
        {"type": "quote", "children": [text("b\nc")]},
        {"type": "paragraph", "children": [text("d")]},
        {"type": "pre", "text": "x\n*y*"},
        {"type": "paragraph", "children": [text("e")]},
        {"type": "quote", "children": [text("f\ng")]},
    ]


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "java\tscript:x", "//a.b", "vbscript:x"]
)
async def test_an_address_that_is_not_web_or_mail_is_text(page: Page, address: str) -> None:
    assert await line(page, f"<{address}|눌러>") == [text(f"<{address}|눌러>")]
    [paragraph] = await markdown(page, f"[눌러]({address})")
    assert paragraph["children"] == [text(f"[눌러]({address})")]


async def test_markdown_has_its_blocks(page: Page) -> None:
    blocks = await markdown(page, "# a\n\nb\nc\n\n---\n> d\n\n```py\ne\n```\n|x|y|\n|:-|-:|\n|1|`a|b`|\n")
    assert [block["type"] for block in blocks] == ["heading", "paragraph", "rule", "quote", "pre", "table"]
    assert blocks[1]["children"] == [text("b\nc")]
    assert blocks[4] == {"type": "pre", "text": "e", "language": "py"}
    assert blocks[5]["align"] == ["left", "right"]
    assert blocks[5]["rows"][1] == [[text("1")], [{"type": "code", "text": "a|b"}]]


async def test_lists_nest_by_two_spaces_and_hold_tasks(page: Page) -> None:
    [bullets, numbers] = await markdown(page, "- a\n  - [x] b\n\n  c\n- [ ] d\n3. e\n4. f")
    assert [block["type"] for block in bullets["items"][0]["blocks"]] == ["paragraph", "list", "paragraph"]
    assert bullets["items"][0]["blocks"][1]["items"][0]["isChecked"] is True
    assert bullets["items"][1]["isChecked"] is False
    assert (numbers["isOrdered"], numbers["start"], len(numbers["items"])) == (True, 3, 2)


async def test_markdowns_emphasis_follows_the_flanking_rules(page: Page) -> None:
    [first] = await markdown(page, '**굵게**입니다 **"가"**은 ***둘*** ~~줄~~ a_b_c \\*x\\* `` a`b ``')
    assert first["children"] == [
        {"type": "bold", "children": [text("굵게")]},
        text('입니다 **"가"**은 '),
        {"type": "italic", "children": [{"type": "bold", "children": [text("둘")]}]},
        text(" "),
        {"type": "strike", "children": [text("줄")]},
        text(" a_b_c *x* "),
        {"type": "code", "text": "a`b"},
    ]


async def test_an_image_becomes_a_link_and_html_stays_text(page: Page) -> None:
    [paragraph] = await markdown(page, '![그림](https://a.b/c.png "t") <b onclick=x>&lt;</b>')
    assert paragraph["children"] == [
        {"type": "link", "url": "https://a.b/c.png", "children": [text("그림")]},
        text(" <b onclick=x><</b>"),
    ]


async def test_code_that_is_still_being_written_is_code_already(page: Page) -> None:
    assert await markdown(page, "```sql\nSELECT 1\n") == [{"type": "pre", "text": "SELECT 1", "language": "sql"}]


async def test_junk_takes_time_that_grows_with_its_length_alone(page: Page) -> None:
    slow = await page.evaluate(
        """([junk, length]) => junk.flatMap((part) => {
            const text = part.repeat(Math.floor(length / part.length));
            return [parseMrkdwn, parseMarkdown].flatMap((parse) => {
              const start = performance.now();
              parse(text);
              const took = performance.now() - start;
              return took > 1000 ? [`${parse.name} ${JSON.stringify(part)} ${took}`] : [];
            });
        })""",
        [list(JUNK), LENGTH],
    )
    assert slow == []


async def test_nested_junk_has_a_floor(page: Page) -> None:
    deepest = await page.evaluate(
        """() => {
            const inside = (node) => node.children ?? node.blocks ?? node.items ?? [];
            const depth = (nodes) => nodes.reduce((most, node) => Math.max(most, 1 + depth(inside(node))), 0);
            return Math.max(...["> ", "- ", "*a ", "[", "**a _b "].map((part) => {
              const half = part.repeat(3000);
              return depth(parseMarkdown(half + [...half].reverse().join("")));
            }));
        }"""
    )
    assert deepest < 250
