"""Whatever an app or a page sends: it is taken, or refused with a word; nothing breaks."""

import json
from contextlib import suppress
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.playground.people.mistakes import Mistaken
from bot.playground.people.states import HELD, action_of, state_of
from bot.playground.workspace.modals import Modals
from bot.playground.workspace.refused import Refused
from tests.playground.interactivity.views import actions, button, field, modal, text_input
from tests.playground.interactivity.world import ground

WORDS = st.sampled_from(
    [
        *("type", "blocks", "text", "value", "options", "element", "elements", "action_id", "block_id", "title", "id"),
        *("modal", "home", "plain_text", "mrkdwn", "section", "input", "markdown_text", "task_update", "plan_update"),
        *("status", "values", "selected_option", "selected_options", "acts", "a", "b", "go", "external_id", "tasks"),
    ]
)
ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5) | WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=5),
    max_leaves=20,
)
CHUNKS = st.lists(
    ANY
    | st.fixed_dictionaries(
        {"type": st.sampled_from(["markdown_text", "task_update", "plan_update", "blocks"])},
        optional={
            "text": ANY,
            "id": WORDS,
            "title": WORDS,
            "status": st.sampled_from(["pending", "complete"]),
            "details": ANY,
            "sources": ANY,
            "blocks": ANY,
        },
    ),
    max_size=4,
)
VIEWS = ANY | st.builds(lambda given: {**modal(), **given}, st.dictionaries(WORDS, ANY, max_size=3))
ELEMENTS = [{"type": kind, "action_id": "a", "options": []} for kind in HELD]


@given(CHUNKS | ANY, st.sampled_from(["timeline", "plan"]))
def test_any_chunks_are_taken_or_refused(chunks: Any, mode: str) -> None:
    slack = ground()
    place = {"channel": "D1", "thread_ts": slack.say(channel="D1"), "task_display_mode": mode}
    with suppress(Refused):
        ts = slack.call("chat.startStream", **place, chunks=chunks)["ts"]
        slack.call("chat.appendStream", channel="D1", ts=ts, chunks=chunks)
        json.dumps(slack.call("chat.stopStream", channel="D1", ts=ts, chunks=chunks))


@given(VIEWS, ANY)
def test_any_view_is_taken_or_refused(view: Any, trigger_id: Any) -> None:
    slack = ground()
    for method, more in (("open", {}), ("update", {"external_id": trigger_id}), ("publish", {"user_id": "U1"})):
        with suppress(Refused):
            slack.call(f"views.{method}", view=view, trigger_id=Modals(slack.workspace).trigger("U1"), **more)
    with suppress(Refused):
        slack.call("views.open", view=modal(), trigger_id=trigger_id)


@given(ANY | st.fixed_dictionaries({"values": st.dictionaries(WORDS, st.dictionaries(WORDS, ANY, max_size=3))}))
def test_any_state_is_taken_or_refused(state: Any) -> None:
    for element in ELEMENTS:
        with suppress(Mistaken):
            json.dumps(state_of([field(element)], state))


@given(st.dictionaries(WORDS, ANY, max_size=5))
def test_any_click_is_taken_or_refused(action: dict[str, Any]) -> None:
    for element in (button("a"), text_input(), *ELEMENTS):
        with suppress(Mistaken):
            json.dumps(action_of([actions(element)], {"block_id": "acts", "action_id": "a", **action}))
