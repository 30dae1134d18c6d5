"""The chunks of a stream."""

import pytest

from bot.playground.rules.blocks import Problem
from bot.playground.rules.chunks import refuse_chunks
from tests.playground.rules.examples import Json, section

TEXT: Json = {"type": "markdown_text", "text": "x"}
TASK: Json = {"type": "task_update", "id": "t1", "title": "SQL", "status": "pending"}
SOURCE: Json = {"type": "url", "url": "https://example.com", "text": "docs"}


def test_each_kind_of_chunk_is_taken() -> None:
    done = {**TASK, "status": "complete", "details": "x", "output": "x" * 256, "sources": [SOURCE]}
    plan = {"type": "plan_update", "title": "Plan"}
    assert refuse_chunks([TEXT, TASK, done, plan, {"type": "blocks", "blocks": [section()]}]) is None


REFUSED: list[tuple[object, str, str]] = [
    ({}, "invalid_chunks", "must provide an array [json-pointer:/chunks]"),
    ([], "invalid_chunks", "no fewer than 1 items allowed [json-pointer:/chunks]"),
    ([{"type": "text"}], "invalid_chunks", "unsupported type: text [json-pointer:/chunks/0/type]"),
    ([{**TEXT, "text": ""}], "invalid_chunks", "must be more than 0 characters [json-pointer:/chunks/0/text]"),
    (
        [{**TASK, "title": "x" * 257}],
        "invalid_chunks",
        "must be less than 257 characters [json-pointer:/chunks/0/title]",
    ),
    ([{**TASK, "status": "done"}], "invalid_chunks", "must be a valid enum value [json-pointer:/chunks/0/status]"),
    ([{"type": "task_update", "id": "1"}], "invalid_chunks", "missing required field: title [json-pointer:/chunks/0]"),
    ([{**TASK, "task_id": "1"}], "invalid_chunks", "invalid additional property: task_id [json-pointer:/chunks/0]"),
    ([{**TEXT, "text": "x" * 6_001}] * 2, "msg_too_long", "must be less than 12001 characters [json-pointer:/chunks]"),
    ([{"type": "blocks", "blocks": {}}], "invalid_chunks", "must provide an array [json-pointer:/chunks/0/blocks]"),
    (
        [TEXT, {"type": "blocks", "blocks": [section("")]}],
        "invalid_blocks",
        "must be more than 0 characters [json-pointer:/chunks/1/blocks/0/text/text]",
    ),
]


@pytest.mark.parametrize(("chunks", "code", "where"), REFUSED)
def test_what_is_wrong_with_a_chunk_is_named_with_its_place(chunks: object, code: str, where: str) -> None:
    assert refuse_chunks(chunks) == Problem(code, where)
