"""Each kind of block: what Slack takes, and what it names as wrong."""

from typing import Any

import pytest

from bot.playground.rules.blocks import Problem, refuse_blocks
from bot.playground.rules.kinds import KINDS, Surface
from bot.playground.workspace.refused import refused
from tests.playground.rules.examples import (
    ANYWHERE,
    CARD,
    CONFIRM,
    GROUPS,
    IMAGE,
    MESSAGES,
    MODALS,
    ON_PAGES,
    Json,
    actions,
    button,
    chart,
    field,
    mrkdwn,
    option,
    pie,
    plain,
    raw,
    rich,
    run,
    section,
    table,
    task,
)

SURFACES: tuple[tuple[Surface, list[Json], list[Json]], ...] = (
    ("message", ANYWHERE + ON_PAGES + MESSAGES, MODALS),
    ("modal", ANYWHERE + MODALS, ON_PAGES + MESSAGES),
    ("home", ANYWHERE + ON_PAGES, MESSAGES + MODALS),
)


@pytest.mark.parametrize(("surface", "taken", "others"), SURFACES)
def test_each_surface_takes_its_own_blocks_alone(surface: Surface, taken: list[Json], others: list[Json]) -> None:
    for block in taken:
        assert refuse_blocks([block], surface, limit=50) is None, block
    for block in others:
        problem = refuse_blocks([block], surface, limit=50)
        where = f"unsupported type: {block['type']} [json-pointer:/blocks/0/type]"
        assert problem == Problem("invalid_blocks", where)


@pytest.mark.parametrize("address", ["https://a.b", "HTTP://a.b/?x=1", "mailto:a@b.c", "tel:119"])
def test_running_text_may_lead_where_slacks_own_may(address: str) -> None:
    assert refuse_blocks([rich({"type": "link", "url": address})], "message", limit=50) is None


def test_there_is_an_example_of_every_block() -> None:
    examples = {block["type"] for block in ANYWHERE + ON_PAGES + MESSAGES + MODALS}
    assert examples == {kind for kinds in KINDS.values() for kind in kinds}


def code(*elements: Json) -> Json:
    return {"type": "rich_text", "elements": list(elements)}


def select(**fields: Any) -> Json:
    return section(accessory={"type": "static_select", **fields})


def container(**fields: Any) -> Json:
    return {"type": "container", "title": plain(), "child_blocks": [section()], **fields}


def data_table(*rows: list[Json], **more: Any) -> Json:
    return {"type": "data_table", "caption": "c", "rows": list(rows), **more}


SCRIPT: str = "javascript:alert(1)"

BROKEN: list[tuple[Json, str]] = [
    (actions(button(url=SCRIPT)), "invalid url [json-pointer:/blocks/0/elements/0/url]"),
    (actions(button(url="slack://open")), "invalid url [json-pointer:/blocks/0/elements/0/url]"),
    (actions(button(url="https://")), "invalid url [json-pointer:/blocks/0/elements/0/url]"),
    ({"type": "image", "image_url": SCRIPT, "alt_text": "a"}, "invalid url [json-pointer:/blocks/0/image_url]"),
    (task(sources=[{"type": "url", "url": SCRIPT, "text": "a"}]), "invalid url [json-pointer:/blocks/0/sources/0/url]"),
    (rich({"type": "link", "url": SCRIPT}), "invalid url [json-pointer:/blocks/0/elements/0/elements/0/url]"),
    ({}, "missing required field: type [json-pointer:/blocks/0]"),
    ({"type": 1}, "must provide a string [json-pointer:/blocks/0/type]"),
    ({"type": "sections"}, "unsupported type: sections [json-pointer:/blocks/0/type]"),
    (section("a" * 3_001), "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"),
    (section(""), "must be more than 0 characters [json-pointer:/blocks/0/text/text]"),
    ({"type": "section"}, "must define either `text` or `fields` [json-pointer:/blocks/0]"),
    ({"type": "section", "text": "x"}, "must provide an object [json-pointer:/blocks/0/text]"),
    (section(accessory=None), "must provide an object [json-pointer:/blocks/0/accessory]"),
    (section(color="red"), "invalid additional property: color [json-pointer:/blocks/0]"),
    (section(expand=1), "must provide a boolean [json-pointer:/blocks/0/expand]"),
    (section(block_id="x" * 256), "must be less than 256 characters [json-pointer:/blocks/0/block_id]"),
    ({"type": "section", "fields": [plain()] * 11}, "no more than 10 items allowed [json-pointer:/blocks/0/fields]"),
    (
        {"type": "section", "fields": [mrkdwn("x" * 2_001)]},
        "must be less than 2001 characters [json-pointer:/blocks/0/fields/0/text]",
    ),
    ({"type": "divider", "text": "x"}, "invalid additional property: text [json-pointer:/blocks/0]"),
    (
        {"type": "header", "text": plain("x" * 151)},
        "must be less than 151 characters [json-pointer:/blocks/0/text/text]",
    ),
    ({"type": "header", "text": mrkdwn()}, "unsupported type: mrkdwn [json-pointer:/blocks/0/text/type]"),
    ({"type": "header"}, "missing required field: text [json-pointer:/blocks/0]"),
    ({"type": "context", "elements": []}, "no fewer than 1 items allowed [json-pointer:/blocks/0/elements]"),
    (
        {"type": "context", "elements": [plain()] * 11},
        "no more than 10 items allowed [json-pointer:/blocks/0/elements]",
    ),
    (
        {"type": "context", "elements": [button()]},
        "unsupported type: button [json-pointer:/blocks/0/elements/0/type]",
    ),
    ({"type": "context", "elements": ["x"]}, "must provide an object [json-pointer:/blocks/0/elements/0]"),
    ({**IMAGE, "slack_file": {"id": "F1"}}, "`image_url` and `slack_file` [json-pointer:/blocks/0]"),
    ({"type": "image", "alt_text": "a", "image_url": "x"}, "invalid url [json-pointer:/blocks/0/image_url]"),
    (actions(*[button(str(n)) for n in range(26)]), "no more than 25 items allowed [json-pointer:/blocks/0/elements]"),
    (actions(button(), button()), '`action_id` "go" already exists [json-pointer:/blocks/0/elements/1/action_id]'),
    (
        actions(button(text=plain("x" * 76))),
        "must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]",
    ),
    (actions(button(value="x" * 2_001)), "less than 2001 characters [json-pointer:/blocks/0/elements/0/value]"),
    (actions(button(url="https://" + "x" * 3_000)), "than 3001 characters [json-pointer:/blocks/0/elements/0/url]"),
    (actions(button("x" * 256)), "must be less than 256 characters [json-pointer:/blocks/0/elements/0/action_id]"),
    (actions(button(style="default")), "must be a valid enum value [json-pointer:/blocks/0/elements/0/style]"),
    (
        actions(button(confirm={**CONFIRM, "title": plain("x" * 101)})),
        "must be less than 101 characters [json-pointer:/blocks/0/elements/0/confirm/title/text]",
    ),
    (actions(button(confirm="Sure?")), "must provide an object [json-pointer:/blocks/0/elements/0/confirm]"),
    (actions({"type": "plain_text_input"}), "unsupported type: plain_text_input [json-pointer:/blocks/0/elements/0/"),
    (
        section(accessory={"type": "overflow", "options": [option(str(n)) for n in range(6)]}),
        "no more than 5 items allowed [json-pointer:/blocks/0/accessory/options]",
    ),
    (
        select(options=[option(str(n)) for n in range(101)]),
        "no more than 100 items allowed [json-pointer:/blocks/0/accessory/options]",
    ),
    (select(), "must define exactly one of `options` and `option_groups` [json-pointer:/blocks/0/accessory]"),
    (select(options=[option()], option_groups=GROUPS), "`options` and `option_groups` [json-pointer:/blocks/0/access"),
    (select(options=[option(url="https://x")]), "property: url [json-pointer:/blocks/0/accessory/options/0]"),
    (select(options=[option()], initial_option=option("z")), "an initial option must be one of the options [json-"),
    (select(options=[option("x" * 76)]), "than 76 characters [json-pointer:/blocks/0/accessory/options/0/text/text]"),
    (
        section(accessory={"type": "datepicker", "initial_date": "2026-13-01"}),
        "must match the expected format [json-pointer:/blocks/0/accessory/initial_date]",
    ),
    (
        field({"type": "plain_text_input", "max_length": 3_001}),
        "must be between 1 and 3000 [json-pointer:/blocks/0/element/max_length]",
    ),
    (field({"type": "plain_text_input", "min_length": True}), "an integer [json-pointer:/blocks/0/element/min_length]"),
    (field({"type": "plain_text_input", "min_length": 9, "max_length": 1}), "`min_length` must not be greater than"),
    (
        field({"type": "number_input", "is_decimal_allowed": False, "min_value": "10", "max_value": "9"}),
        "`min_value` must not be greater than `max_value` [json-pointer:/blocks/0/element]",
    ),
    (field({"type": "multi_users_select", "max_selected_items": 0}), "must be at least 1 [json-pointer:/blocks/0/elem"),
    (field({"type": "file_input"}, dispatch_action=True), "a `file_input` cannot dispatch actions [json-pointer:/bloc"),
    (field(button()), "unsupported type: button [json-pointer:/blocks/0/element/type]"),
    ({"type": "input", "label": plain()}, "missing required field: element [json-pointer:/blocks/0]"),
    (code(), "no fewer than 1 items allowed [json-pointer:/blocks/0/elements]"),
    (rich(run("")), "must be more than 0 characters [json-pointer:/blocks/0/elements/0/elements/0/text]"),
    (
        rich({"type": "user", "user_id": "kim"}),
        "expected format [json-pointer:/blocks/0/elements/0/elements/0/user_id]",
    ),
    (rich(run(style={"size": 3})), "property: size [json-pointer:/blocks/0/elements/0/elements/0/style]"),
    (code(run()), "unsupported type: text [json-pointer:/blocks/0/elements/0/type]"),
    (
        code({"type": "rich_text_list", "style": "bullet", "indent": 9, "elements": rich()["elements"]}),
        "must be between 0 and 8 [json-pointer:/blocks/0/elements/0/indent]",
    ),
    (table(*[[raw()]] * 101), "no more than 100 items allowed [json-pointer:/blocks/0/rows]"),
    (table([raw()] * 21), "no more than 20 items allowed [json-pointer:/blocks/0/rows/0]"),
    (table([raw()], [raw()] * 2), "all rows must have the same length [json-pointer:/blocks/0/rows]"),
    (table([raw("")]), "must be more than 0 characters [json-pointer:/blocks/0/rows/0/0/text]"),
    (table([raw("x" * 5_001)] * 2), "no more than 10000 characters in tables allowed [json-pointer:/blocks]"),
    (data_table([raw()]), "no fewer than 2 items allowed [json-pointer:/blocks/0/rows]"),
    (data_table([rich()], [raw()]), "unsupported type: rich_text [json-pointer:/blocks/0/rows/0/0/type]"),
    (data_table(*[[raw()]] * 202), "no more than 201 items allowed [json-pointer:/blocks/0/rows]"),
    (data_table([raw()], [raw("x" * 20_000)]), "no more than 20000 characters in data tables allowed"),
    (data_table([raw()], [raw()], page_size=0), "must be between 1 and 100 [json-pointer:/blocks/0/page_size]"),
    (data_table([raw()], [raw()], row_header_column_index=1), "must be one of the columns [json-pointer:/blocks/0]"),
    (
        data_table([raw()], [{"type": "raw_number", "value": "1", "text": "1"}]),
        "must provide a number [json-pointer:/blocks/0/rows/1/0/value]",
    ),
    (chart("radar"), "unsupported type: radar [json-pointer:/blocks/0/chart/type]"),
    (chart(axis_config={"categories": ["1"]}), "each category [json-pointer:/blocks/0/chart/series/0/data]"),
    (chart(series=chart()["chart"]["series"] * 2), '"loss" already exists [json-pointer:/blocks/0/chart/series/1/name'),
    (chart(series=chart()["chart"]["series"] * 13), "no more than 12 items allowed [json-pointer:/blocks/0/chart/ser"),
    (pie({"label": "x", "value": 0}), "must be greater than 0 [json-pointer:/blocks/0/chart/segments/0/value]"),
    (
        pie({"label": "x", "value": float("nan")}),
        "must provide a number [json-pointer:/blocks/0/chart/segments/0/value",
    ),
    (pie({"label": "x" * 21, "value": 1}), "must be less than 21 characters [json-pointer:/blocks/0/chart/segments/0/"),
    (task(status="pending"), "must be a valid enum value [json-pointer:/blocks/0/status]"),
    (task(title="x" * 257), "must be less than 257 characters [json-pointer:/blocks/0/title]"),
    (
        {"type": "plan", "title": "p", "tasks": [task(), task()]},
        '`task_id` "t1" already exists [json-pointer:/blocks/0',
    ),
    ({"type": "plan", "title": "p", "tasks": ["x"]}, "must provide an object [json-pointer:/blocks/0/tasks/0]"),
    (
        {"type": "plan", "title": "p", "tasks": [task(str(n)) for n in range(51)]},
        "no more than 50 items allowed [json-pointer:/blocks/0/tasks]",
    ),
    (
        {"type": "context_actions", "elements": [button()]},
        "unsupported type: button [json-pointer:/blocks/0/elements/0/type]",
    ),
    ({"type": "card", "subtitle": plain()}, "must define either `hero_image` or `title` or `actions` or `body`"),
    ({**CARD, "body": plain("x" * 201)}, "must be less than 201 characters [json-pointer:/blocks/0/body/text]"),
    ({"type": "carousel", "elements": [CARD] * 11}, "no more than 10 items allowed [json-pointer:/blocks/0/elements]"),
    (container(child_blocks=[section()] * 11), "no more than 10 items allowed [json-pointer:/blocks/0/child_blocks]"),
    (
        container(child_blocks=[{"type": "markdown", "text": "x"}]),
        "unsupported type: markdown [json-pointer:/blocks/0/child_blocks/0/type]",
    ),
    (container(default_collapsed=True), "`default_collapsed` needs `is_collapsible` [json-pointer:/blocks/0]"),
    (container(has_header_divider=True, is_collapsible=True), "`has_header_divider` cannot be set with `is_collapsib"),
    ({"type": "markdown", "text": "x" * 12_001}, "must be less than 12001 characters [json-pointer:/blocks/0/text]"),
    ({"type": "file", "external_id": "x", "source": "local"}, "a valid enum value [json-pointer:/blocks/0/source]"),
]


@pytest.mark.parametrize(("block", "where"), BROKEN)
def test_what_is_wrong_with_a_block_is_named_with_its_place(block: Json, where: str) -> None:
    problem = refuse_blocks([block], "message", limit=50)
    assert problem is not None
    assert problem.code == "invalid_blocks"
    assert where in problem.where


def test_an_alert_over_200_characters_is_refused() -> None:
    problem = refuse_blocks([{"type": "alert", "text": plain("x" * 201)}], "modal", limit=100)
    assert problem == Problem("invalid_blocks", "must be less than 201 characters [json-pointer:/blocks/0/text/text]")


TOGETHER: list[tuple[list[Json], str]] = [
    ([section()] * 51, "no more than 50 items allowed [json-pointer:/blocks]"),
    ([section(block_id="a")] * 2, '`block_id` "a" already exists [json-pointer:/blocks/1/block_id]'),
    (
        [section(block_id="a"), container(child_blocks=[section(block_id="a")])],
        '`block_id` "a" already exists [json-pointer:/blocks/1/child_blocks/0/block_id]',
    ),
    ([table(), table()], "no more than 1 tables allowed [json-pointer:/blocks]"),
    ([table(), container(child_blocks=[table()])], "no more than 1 tables allowed [json-pointer:/blocks]"),
    ([table(), data_table([raw()], [raw()])], "no more than 1 tables allowed [json-pointer:/blocks]"),
    ([pie()] * 3, "no more than 2 data_visualization blocks allowed [json-pointer:/blocks]"),
    (
        [{"type": "markdown", "text": "x" * 6_001}] * 2,
        "no more than 12000 characters of markdown allowed [json-pointer:/blocks]",
    ),
    ([{"type": "markdown", "text": "# x\ny\n\nz\n" * 26}], "no more than 50 items allowed [json-pointer:/blocks]"),
    ([{"type": "markdown", "text": "a\n\n---\n" * 26}], "no more than 50 items allowed [json-pointer:/blocks]"),
]


@pytest.mark.parametrize(("blocks", "where"), TOGETHER)
def test_what_is_wrong_with_blocks_together_is_named(blocks: list[Json], where: str) -> None:
    assert refuse_blocks(blocks, "message", limit=50) == Problem("invalid_blocks", where)


def test_what_is_one_piece_to_slack_is_counted_as_one() -> None:
    fine = [
        [{"type": "markdown", "text": "# x\ny\n\nz\n" * 25}],
        [{"type": "markdown", "text": "```\n" + "# no heading\n" * 60 + "```\n"}],
        [{"type": "markdown", "text": "x", "block_id": "same"}] * 2,
        [section(accessory=button()), section(accessory=button())],
        [pie(), chart()],
    ]
    for blocks in fine:
        assert refuse_blocks(blocks, "message", limit=50) is None


def test_blocks_of_more_than_13200_characters_are_too_long_for_a_message_alone() -> None:
    blocks = [section("x" * 2_640), section("x" * 2_640, accessory=button(text=plain("y")))] + [
        section("x" * 2_640)
    ] * 3
    problem = refuse_blocks(blocks, "message", limit=50)
    assert problem == Problem("msg_blocks_too_long", "must be less than 13201 characters [json-pointer:/blocks]")
    assert refuse_blocks(blocks, "home", limit=100) is None
    assert refuse_blocks([section("x" * 2_640)] * 5, "message", limit=50) is None


@pytest.mark.parametrize("blocks", [{}, "[]", 1, None])
def test_blocks_that_are_no_list_have_their_own_code(blocks: object) -> None:
    problem = refuse_blocks(blocks, "message", limit=50)
    assert problem == Problem("invalid_blocks_format", "must provide an array [json-pointer:/blocks]")


def test_a_problem_is_told_as_slack_tells_it() -> None:
    body = refused(Problem("invalid_blocks", "must provide an array [json-pointer:/blocks]")).body
    assert body["error"] == "invalid_blocks"
    assert body["errors"] == ["must provide an array [json-pointer:/blocks]"]
    assert body["response_metadata"] == {"messages": ["[ERROR] must provide an array [json-pointer:/blocks]"]}
