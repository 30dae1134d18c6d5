"""What people may fill in and click, by kind of element."""

from typing import Any

import pytest

from bot.playground.people.mistakes import Mistaken
from bot.playground.people.states import action_of, empty_inputs, state_of
from tests.playground.interactivity.views import actions, button, field, filled, option, plain, text_input, used

AB = [option("a"), option("b")]
RICH = {"type": "rich_text", "elements": []}


def element(kind: str, **more: Any) -> dict[str, Any]:
    return {"type": kind, "action_id": "a", **more}


@pytest.mark.parametrize(
    ("given", "name", "value"),
    [
        (text_input(), "value", "words"),
        (element("number_input", is_decimal_allowed=False), "value", "3"),
        (element("rich_text_input"), "rich_text_value", RICH),
        (element("static_select", options=AB), "selected_option", AB[1]),
        (element("static_select", option_groups=[{"label": plain("G"), "options": AB}]), "selected_option", AB[0]),
        (element("external_select"), "selected_option", option("z")),
        (element("radio_buttons", options=AB), "selected_option", AB[0]),
        (element("checkboxes", options=AB), "selected_options", AB),
        (element("multi_external_select"), "selected_options", [option("z")]),
        (element("users_select"), "selected_user", "U1"),
        (element("multi_channels_select"), "selected_channels", ["C1"]),
        (element("datepicker"), "selected_date", "2026-11-21"),
        (element("datetimepicker"), "selected_date_time", 1_795_000_000),
        (element("file_input"), "files", [{"id": "F1"}]),
    ],
)
def test_an_input_holds_what_fits_it(given: dict[str, Any], name: str, value: Any) -> None:
    blocks = [field(given)]
    state = state_of(blocks, filled(**{name: value}))
    assert state == {"values": {"b": {"a": {"type": given["type"], name: value}}}}
    assert empty_inputs(blocks, state) == ()
    nothing: dict[str, Any] = {name: None}
    empty = state_of(blocks, filled(**nothing))
    assert empty_inputs(blocks, empty) == ("b",)
    assert empty_inputs([{**blocks[0], "optional": True}], empty) == ()


@pytest.mark.parametrize(
    ("given", "name", "value"),
    [
        (text_input(), "value", 3),
        (element("rich_text_input"), "rich_text_value", "words"),
        (element("static_select", options=AB), "selected_option", option("z")),
        (element("static_select", options=AB), "selected_option", "a"),
        (element("external_select"), "selected_option", {"value": 1}),
        (element("checkboxes", options=AB), "selected_options", AB[0]),
        (element("checkboxes", options=AB), "selected_options", ["a"]),
        (element("datetimepicker"), "selected_date_time", True),
    ],
)
def test_an_input_takes_nothing_else(given: dict[str, Any], name: str, value: Any) -> None:
    with pytest.raises(Mistaken, match="'a' takes no such thing"):
        state_of([field(given)], filled(**{name: value}))


@pytest.mark.parametrize("given", ["words", [], {"values": []}, {"values": {"b": 1}}, {"values": {"b": {"a": "x"}}}])
def test_what_is_no_state_is_refused(given: Any) -> None:
    with pytest.raises(Mistaken, match="cannot be read"):
        state_of([field(text_input())], given)


def test_an_input_begins_with_what_its_author_wrote() -> None:
    blocks = [field(text_input(initial_value="first")), actions(element("static_select", options=AB))]
    held = state_of(blocks, None)["values"]
    assert held["b"]["a"]["value"] == "first"
    assert held["acts"]["a"]["selected_option"] is None


@pytest.mark.parametrize(
    ("given", "more", "told"),
    [
        (button(style="danger"), {"value": "forged"}, {"value": "v", "text": plain("Go"), "style": "danger"}),
        (element("overflow", options=AB), {"selected_option": AB[1]}, {"selected_option": AB[1]}),
        (element("static_select", options=AB), {"selected_option": AB[1]}, {"selected_option": AB[1]}),
        (text_input(), {"value": "words"}, {"value": "words"}),
    ],
)
def test_a_click_says_what_was_used(given: dict[str, Any], more: dict[str, Any], told: dict[str, Any]) -> None:
    where = {"type": given["type"], "action_id": given["action_id"], "block_id": "acts"}
    assert action_of([actions(given)], used(given, **more)) == {**where, **told}


def test_feedback_says_which_thumb() -> None:
    good, bad = ({"text": plain(word), "value": word} for word in ("good", "bad"))
    given = element("feedback_buttons", positive_button=good, negative_button=bad)
    blocks = [{"type": "context_actions", "block_id": "acts", "elements": [given]}]
    assert action_of(blocks, used(given, value="bad"))["text"] == plain("bad")
    with pytest.raises(Mistaken):
        action_of(blocks, used(given, value="so so"))


@pytest.mark.parametrize(
    "wrong", [{"action_id": "other"}, {"block_id": "other"}, {"block_id": None}, {"type": "overflow"}]
)
def test_what_is_not_there_cannot_be_clicked(wrong: dict[str, Any]) -> None:
    with pytest.raises(Mistaken):
        action_of([actions(button())], used(button()) | wrong)


def test_blocks_without_an_id_neither_hold_nor_take_anything() -> None:
    nameless = {"type": "actions", "elements": [button(), text_input()]}
    assert state_of([nameless], None) == {"values": {}}
    with pytest.raises(Mistaken):
        action_of([nameless], {"type": "button", "action_id": "go"})
