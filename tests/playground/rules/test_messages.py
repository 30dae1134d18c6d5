"""A message as a whole: its texts, its parts, and what would reach somebody."""

from typing import Any

import pytest

from bot.playground.rules.blocks import refuse_message, texts
from bot.playground.rules.text import calls, escape
from tests.playground.rules.examples import (
    Json,
    actions,
    button,
    chart,
    mrkdwn,
    plain,
    rich,
    run,
    section,
    task,
)

REFUSED: list[tuple[Json, str, str]] = [
    ({}, "no_text", "/text"),
    ({"text": " \n", "blocks": []}, "no_text", "/text"),
    ({"text": "x" * 40_001}, "msg_too_long", "/text"),
    ({"markdown_text": "x" * 12_001}, "msg_too_long", "/markdown_text"),
    ({"markdown_text": "x", "text": "x"}, "markdown_text_conflict", "/markdown_text"),
    ({"markdown_text": "x", "blocks": [section()]}, "markdown_text_conflict", "/markdown_text"),
    ({"text": 5}, "invalid_arguments", "/text"),
    ({"text": "x", "attachments": ["x"]}, "invalid_arguments", "/attachments/0"),
    ({"text": "x", "attachments": [{}] * 101}, "too_many_attachments", "/attachments"),
    (
        {"attachments": [{"text": "x"}, {"blocks": [section("")]}]},
        "invalid_attachments",
        "/attachments/1/blocks/0/text/text",
    ),
    ({"attachments": [{"text": 5}]}, "invalid_attachments", "/attachments/0/text"),
    ({"attachments": [{"color": {"a": 1}}]}, "invalid_attachments", "/attachments/0/color"),
    ({"attachments": [{"title_link": "javascript:alert(1)"}]}, "invalid_attachments", "/attachments/0/title_link"),
    ({"attachments": [{"image_url": 7}]}, "invalid_attachments", "/attachments/0/image_url"),
    ({"attachments": [{"fields": "x"}]}, "invalid_attachments", "/attachments/0/fields"),
    ({"attachments": [{"fields": [{"title": 1}]}]}, "invalid_attachments", "/attachments/0/fields/0/title"),
    ({"attachments": [{"ts": "now"}]}, "invalid_attachments", "/attachments/0/ts"),
    ({"attachments": [{"ts": True}]}, "invalid_attachments", "/attachments/0/ts"),
    ({"text": "x", "metadata": {"event_type": "a"}}, "invalid_metadata_format", "/metadata"),
    (
        {"text": "x", "metadata": {"event_type": 1, "event_payload": {}}},
        "invalid_metadata_format",
        "/metadata/event_type",
    ),
    ({"text": "x", "blocks": "[{]"}, "invalid_blocks_format", "/blocks"),
    ({"text": "x", "blocks": [section("")]}, "invalid_blocks", "/blocks/0/text/text"),
    ({"text": "x", "blocks": [section("")], "attachments": [{}]}, "invalid_blocks", "/blocks/0/text/text"),
]


@pytest.mark.parametrize(("args", "code", "where"), REFUSED)
def test_a_message_that_slack_would_not_post_is_refused(args: Json, code: str, where: str) -> None:
    problem = refuse_message(args)
    assert problem is not None
    assert (problem.code, problem.where.partition(" [json-pointer:")[2]) == (code, where + "]")


@pytest.mark.parametrize(
    "args",
    [
        {"text": "x" * 40_000, "channel": "C1", "unfurl_links": False, "blocks": None},
        {"markdown_text": "**x**", "text": ""},
        {"blocks": [section()]},
        {"attachments": [{"text": "x", "color": "#ff0000"}, {"blocks": [section()]}]},
        {"attachments": [{"fields": [{"title": "a", "value": "b", "short": True}], "ts": "1.5", "service_name": "x"}]},
        {"attachments": [{"title": "a", "title_link": "mailto:a@b.c", "ts": 1, "actions": [{"type": "button"}]}]},
        {"text": "x", "metadata": {"event_type": "a", "event_payload": {}}},
    ],
)
def test_a_message_with_any_content_is_taken(args: Json) -> None:
    assert refuse_message(args) is None


def test_what_people_type_is_escaped_as_slack_does() -> None:
    assert escape("<!channel> & a > b") == "&lt;!channel&gt; &amp; a &gt; b"


def test_every_text_that_people_see_is_found_in_the_order_of_reading() -> None:
    blocks = [section("one", accessory=button(text=plain("two"))), rich(run("three")), task(title="four"), chart()]
    assert list(texts(blocks))[:5] == ["one", "two", "three", "four", "Loss"]
    assert "loss" in list(texts(blocks))
    assert list(texts({"text": "five", "reactions": [{"name": "eyes"}], "blocks": [section("six")]})) == ["five", "six"]


CALLING: list[tuple[str, list[Json], list[str]]] = [
    (
        "<@U1> <#C1|x> <!here> <!everyone> <!subteam^S1|@a>",
        [],
        ["<@U1>", "<#C1|x>", "<!here>", "<!everyone>", "<!subteam^S1|@a>"],
    ),
    ("<https://a.b|c> <mailto:a@b.c> a < b > c &lt;!channel&gt;", [], ["<https://a.b|c>", "<mailto:a@b.c>"]),
    ("", [section("<!channel>")], ["<!channel>"]),
    ("", [{"type": "context", "elements": [mrkdwn("<@U1>"), plain("<@U2>")]}], ["<@U1>"]),
    ("", [{"type": "header", "text": plain("<!channel>")}, section("https://shown.as/it-is")], []),
    ("", [actions(button(confirm={"text": mrkdwn("<@U1>")}))], ["<@U1>"]),
    (
        "",
        [{"type": "markdown", "text": "[a](b/c) ![i](https://a.b/i.png) <https://d.e> https://f.g <@U1> (h)"}],
        ["](b/c)", "](https://a.b/i.png)", "<https://d.e>", "https://f.g", "<@U1>"],
    ),
    (
        "",
        [
            rich(
                run("<@U9>"),
                {"type": "user", "user_id": "U1"},
                {"type": "usergroup", "usergroup_id": "S1"},
                {"type": "channel", "channel_id": "C1"},
                {"type": "broadcast", "range": "here"},
                {"type": "link", "url": "https://a.b"},
                {"type": "emoji", "name": "tada"},
            )
        ],
        ["user:U1", "usergroup:S1", "channel:C1", "broadcast:here", "link:https://a.b"],
    ),
]


@pytest.mark.parametrize(("text", "blocks", "found"), CALLING)
def test_whatever_would_reach_somebody_or_lead_somewhere_is_found(
    text: str, blocks: list[dict[str, Any]], found: list[str]
) -> None:
    assert calls(text, blocks) == found
