"""Whatever is sent is judged, and nothing makes the rules fail."""

import copy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from slack_sdk.models.blocks import (
    ActionsBlock,
    ButtonElement,
    ConfirmObject,
    ContextActionsBlock,
    FeedbackButtonObject,
    FeedbackButtonsElement,
    HeaderBlock,
    IconButtonElement,
    InputBlock,
    Option,
    PlainTextInputElement,
    SectionBlock,
    StaticSelectElement,
)
from slack_sdk.models.messages.chunk import MarkdownTextChunk, PlanUpdateChunk, TaskUpdateChunk
from slack_sdk.models.views import View

from bot.playground.rules.blocks import refuse_blocks, refuse_message, texts
from bot.playground.rules.chunks import refuse_chunks
from bot.playground.rules.kinds import KINDS
from bot.playground.rules.text import calls
from bot.playground.rules.views import refuse_view
from tests.playground.rules.examples import ANYWHERE, MESSAGES, MODALS, ON_PAGES, home, modal

BLOCKS = ANYWHERE + ON_PAGES + MESSAGES + MODALS
VIEWS = [modal(*ANYWHERE[:30]), home(*ON_PAGES)]

LEAF = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(st.characters(), max_size=5), st.just(10**400)
)
JSON: st.SearchStrategy[Any] = st.recursive(
    LEAF, lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3))
)


@st.composite
def almost(draw: st.DrawFn, values: list[Any]) -> Any:
    """A valid value with one part of it replaced by any JSON, left out, or joined by a field nobody knows."""
    whole = copy.deepcopy(draw(st.sampled_from(values)))
    at = whole
    while True:
        keys = list(at) if isinstance(at, dict) else list(range(len(at)))
        key = draw(st.sampled_from(keys))
        if not (isinstance(at[key], dict | list) and at[key] and draw(st.integers(0, 3))):
            break
        at = at[key]
    what = draw(st.sampled_from(["replace", "drop", "add"]))
    if what == "replace":
        at[key] = draw(JSON)
    elif what == "drop":
        del at[key]
    elif isinstance(at, dict):
        at[draw(st.text(max_size=5))] = draw(JSON)
    return whole


def judge(value: Any) -> None:
    for surface in KINDS:
        refuse_blocks(value, surface, limit=50)
        refuse_blocks([value], surface, limit=50)
    for name in ("text", "blocks", "markdown_text", "attachments"):
        refuse_message({name: value})
    refuse_message({"attachments": [{"blocks": value}]})
    refuse_view(value, {"modal", "home"})
    refuse_chunks(value)
    refuse_chunks([value, {"type": "blocks", "blocks": value}])
    calls("", [value])
    list(texts(value))


@settings(max_examples=100, deadline=None)
@given(JSON)
def test_no_json_makes_the_rules_fail(value: Any) -> None:
    judge(value)


@settings(max_examples=300, deadline=None)
@given(almost(BLOCKS))
def test_no_broken_block_makes_the_rules_fail(block: Any) -> None:
    judge(block)


@settings(max_examples=100, deadline=None)
@given(almost(VIEWS))
def test_no_broken_view_makes_the_rules_fail(view: Any) -> None:
    judge(view)


@pytest.mark.parametrize("opening", [list, dict])
def test_no_depth_makes_the_rules_fail(opening: type) -> None:
    deep: Any = "x"
    for _ in range(100_000):
        deep = [deep] if opening is list else {"elements": deep, "type": "rich_text"}
    judge(deep)
    judge({"type": deep})


def test_what_slacks_own_builders_make_is_taken() -> None:
    confirm = ConfirmObject(title="Sure?", text="It *stays* gone.")
    options = [Option(value="a", label="A"), Option(value="b", label="B")]
    feedback = FeedbackButtonsElement(
        action_id="rate",
        positive_button=FeedbackButtonObject(text="Good", value="t1"),
        negative_button=FeedbackButtonObject(text="Bad", value="t1"),
    )
    blocks = [
        HeaderBlock(text="Title"),
        SectionBlock(text="*x*", fields=["a", "b"], accessory=StaticSelectElement(action_id="s", options=options)),
        ActionsBlock(elements=[ButtonElement(action_id="b", text="Go", value="v", style="danger", confirm=confirm)]),
        ContextActionsBlock(elements=[feedback, IconButtonElement(action_id="i", icon="trash", text="Delete")]),
    ]
    assert refuse_blocks([block.to_dict() for block in blocks], "message", limit=50) is None
    asked = InputBlock(label="Why?", element=PlainTextInputElement(action_id="why", multiline=True))
    view = View(type="modal", title="Why", submit="Send", blocks=[asked], callback_id="why")
    assert refuse_view(view.to_dict(), {"modal"}) is None
    task = TaskUpdateChunk(id="1", title="SQL", status="in_progress")
    chunks = [MarkdownTextChunk(text="x"), task, PlanUpdateChunk(title="Plan")]
    assert refuse_chunks([chunk.to_dict() for chunk in chunks]) is None
