"""Modals and Home tabs: the view around the blocks."""

import pytest

from bot.playground.rules.views import refuse_view
from tests.playground.rules.examples import Json, actions, button, field, home, modal, option, plain, section

TEXT: Json = {"type": "plain_text_input", "action_id": "text"}
FOCUSED: Json = {**TEXT, "focus_on_load": True}
BOTH = {"modal", "home"}

TAKEN: list[Json] = [
    modal(),
    modal(
        field(FOCUSED),
        submit=plain("x" * 24),
        close=plain("x" * 24),
        private_metadata="x" * 3_000,
        callback_id="x" * 255,
        external_id="e",
        clear_on_close=True,
        notify_on_close=True,
    ),
    modal(*[section()] * 100),
    home(private_metadata="", callback_id="home"),
    home(field(TEXT)),
]
REFUSED: list[tuple[object, str]] = [
    ("{}", "must provide an object [json-pointer:/view]"),
    ({"type": "workflow_step"}, "unsupported type: workflow_step [json-pointer:/view/type]"),
    (modal(title=plain("x" * 25)), "must be less than 25 characters [json-pointer:/view/title/text]"),
    (modal(submit=plain("x" * 25)), "must be less than 25 characters [json-pointer:/view/submit/text]"),
    (modal(close=plain("x" * 25)), "must be less than 25 characters [json-pointer:/view/close/text]"),
    ({"type": "modal", "blocks": [section()]}, "missing required field: title [json-pointer:/view]"),
    (modal(private_metadata="x" * 3_001), "must be less than 3001 characters [json-pointer:/view/private_metadata]"),
    (modal(callback_id="x" * 256), "must be less than 256 characters [json-pointer:/view/callback_id]"),
    (modal(state={}), "invalid additional property: state [json-pointer:/view]"),
    (home(title=plain()), "invalid additional property: title [json-pointer:/view]"),
    (modal(*[section()] * 101), "no more than 100 items allowed [json-pointer:/view/blocks]"),
    ({"type": "home", "blocks": []}, "no fewer than 1 items allowed [json-pointer:/view/blocks]"),
    ({"type": "home", "blocks": "[]"}, "must provide an array [json-pointer:/view/blocks]"),
    (
        modal(section(), field(TEXT)),
        "must define `submit` to use an `input` block in modals [json-pointer:/view/blocks/1/input]",
    ),
    (
        modal(field(FOCUSED), field(FOCUSED), submit=plain()),
        "no more than 1 element may have `focus_on_load` [json-pointer:/view]",
    ),
    (home({"type": "markdown", "text": "x"}), "unsupported type: markdown [json-pointer:/view/blocks/0/type]"),
    (home(section("")), "must be more than 0 characters [json-pointer:/view/blocks/0/text/text]"),
    (
        home(section(block_id="a"), section(block_id="a")),
        '`block_id` "a" already exists [json-pointer:/view/blocks/1/block_id]',
    ),
]


@pytest.mark.parametrize("view", TAKEN)
def test_a_view_within_its_limits_is_taken(view: Json) -> None:
    assert refuse_view(view, BOTH) is None


@pytest.mark.parametrize(("view", "where"), REFUSED)
def test_a_view_over_its_limit_is_refused(view: object, where: str) -> None:
    problem = refuse_view(view, BOTH)
    assert problem is not None
    assert (problem.code, problem.where) == ("invalid_arguments", where)


def test_a_method_takes_only_its_own_kind_of_view() -> None:
    problem = refuse_view(modal(), {"home"})
    assert problem is not None
    assert problem.where == "unsupported type: modal [json-pointer:/view/type]"


def test_a_view_over_250_kilobytes_is_too_large() -> None:
    options = [option(str(n), description=plain("가" * 70)) for n in range(100)]
    menu = {"type": "static_select", "options": options}
    assert refuse_view(home(actions(menu, button())), BOTH) is None
    problem = refuse_view(home(*[actions(menu)] * 10), BOTH)
    assert problem is not None
    assert (problem.code, problem.where) == (
        "view_too_large",
        "must be less than 250001 bytes [json-pointer:/view]",
    )
