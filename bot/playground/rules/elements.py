"""What people press, pick and fill in, and which block takes which.

Source: docs.slack.dev/reference/block-kit/block-elements, and the checks of slack_sdk.models 3.47.
"""

from collections.abc import Iterator
from typing import Any, Final

from bot.playground.rules.objects import (
    CHECK_OPTION,
    CONFIRM,
    CONVERSATIONS,
    DISPATCH,
    ID,
    IMAGE,
    MENU_OPTION,
    OPTION_GROUP,
    OPTIONS,
    OVERFLOW_OPTION,
    STYLE,
    URL,
    WORKFLOW,
    plain,
)
from bot.playground.rules.rich_text import RICH_TEXT
from bot.playground.rules.shape import (
    Fields,
    Rule,
    boolean,
    choice,
    claim,
    listing,
    only_one_of,
    record,
    string,
    typed,
    whole,
)

_ACTION: Final[Fields] = {"action_id": ID}
_PICK: Final[Fields] = {**_ACTION, "confirm": CONFIRM, "focus_on_load": boolean}
_MENU: Final[Fields] = {**_PICK, "placeholder": plain(150)}
_MANY: Final[Fields] = {"max_selected_items": whole(1)}
_FIELD: Final[Fields] = {**_ACTION, "placeholder": plain(150), "focus_on_load": boolean}
_TYPED: Final[Fields] = {**_FIELD, "dispatch_action_config": DISPATCH}
_NUMBER: Final = string(pattern=r"-?[0-9]+(\.[0-9]+)?")
_USERS: Final = listing(string(), least=0)


def _offered(value: dict[str, Any]) -> Iterator[Any]:
    yield from value.get("options", ())
    for group in value.get("option_groups", ()):
        yield from group["options"]


def _chosen(value: dict[str, Any]) -> Iterator[Any]:
    if "initial_option" in value:
        yield value["initial_option"]
    yield from value.get("initial_options", ())


def _in_order(low: str, high: str) -> Rule:
    return claim(
        lambda value: low not in value or high not in value or float(value[low]) <= float(value[high]),
        f"`{low}` must not be greater than `{high}`",
    )


_OFFERED: Final = claim(
    lambda value: all(option in list(_offered(value)) for option in _chosen(value)),
    "an initial option must be one of the options",
)
_STATIC: Final[Fields] = {
    **_MENU,
    "options": listing(MENU_OPTION, OPTIONS),
    "option_groups": listing(OPTION_GROUP, 100),
}
_CHECKS: Final[Fields] = {**_PICK, "options!": listing(CHECK_OPTION, 10)}
_GIVEN: Final = (only_one_of("options", "option_groups"), _OFFERED)

BUTTON: Final = typed(
    "button",
    {
        **_ACTION,
        "text!": plain(75),
        "value": string(2_000),
        "url": URL,
        "style": STYLE,
        "confirm": CONFIRM,
        "accessibility_label": string(75),
        "agent_prompt": string(4_000),
        "agent_prompt_display": string(),
        "visible_to_user_ids": _USERS,
    },
)
_FEEDBACK_BUTTON: Final = record({"text!": plain(75), "value!": string(2_000), "accessibility_label": string(75)})

BUTTONS: Final[dict[str, Rule]] = {
    "button": BUTTON,
    "workflow_button": typed(
        "workflow_button",
        {**_ACTION, "text!": plain(75), "workflow!": WORKFLOW, "style": STYLE, "accessibility_label": string(75)},
    ),
    "overflow": typed("overflow", {**_ACTION, "options!": listing(OVERFLOW_OPTION, 5), "confirm": CONFIRM}),
}

PICKERS: Final[dict[str, Rule]] = {
    "checkboxes": typed("checkboxes", {**_CHECKS, "initial_options": listing(CHECK_OPTION, 10)}, _OFFERED),
    "radio_buttons": typed("radio_buttons", {**_CHECKS, "initial_option": CHECK_OPTION}, _OFFERED),
    "datepicker": typed(
        "datepicker", {**_MENU, "initial_date": string(pattern=r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")}
    ),
    "timepicker": typed(
        "timepicker", {**_MENU, "initial_time": string(pattern=r"([01]\d|2[0-3]):[0-5]\d"), "timezone": string()}
    ),
}

DATETIME: Final[dict[str, Rule]] = {
    "datetimepicker": typed("datetimepicker", {**_PICK, "initial_date_time": whole(0, 9_999_999_999)}),
}

MENUS: Final[dict[str, Rule]] = {
    "static_select": typed("static_select", {**_STATIC, "initial_option": MENU_OPTION}, *_GIVEN),
    "external_select": typed("external_select", {**_MENU, "initial_option": MENU_OPTION, "min_query_length": whole(0)}),
    "users_select": typed("users_select", {**_MENU, "initial_user": string()}),
    "channels_select": typed(
        "channels_select", {**_MENU, "initial_channel": string(), "response_url_enabled": boolean}
    ),
    "conversations_select": typed(
        "conversations_select",
        {
            **_MENU,
            "initial_conversation": string(),
            "default_to_current_conversation": boolean,
            "response_url_enabled": boolean,
            "filter": CONVERSATIONS,
        },
    ),
}

MULTI_MENUS: Final[dict[str, Rule]] = {
    "multi_static_select": typed(
        "multi_static_select", {**_STATIC, **_MANY, "initial_options": listing(MENU_OPTION, OPTIONS)}, *_GIVEN
    ),
    "multi_external_select": typed(
        "multi_external_select",
        {**_MENU, **_MANY, "initial_options": listing(MENU_OPTION, OPTIONS), "min_query_length": whole(0)},
    ),
    "multi_users_select": typed("multi_users_select", {**_MENU, **_MANY, "initial_users": listing(string())}),
    "multi_channels_select": typed("multi_channels_select", {**_MENU, **_MANY, "initial_channels": listing(string())}),
    "multi_conversations_select": typed(
        "multi_conversations_select",
        {
            **_MENU,
            **_MANY,
            "initial_conversations": listing(string()),
            "default_to_current_conversation": boolean,
            "filter": CONVERSATIONS,
        },
    ),
}

INPUTS: Final[dict[str, Rule]] = {
    "plain_text_input": typed(
        "plain_text_input",
        {
            **_TYPED,
            "initial_value": string(least=0),
            "multiline": boolean,
            "min_length": whole(0, 3_000),
            "max_length": whole(1, 3_000),
        },
        _in_order("min_length", "max_length"),
    ),
    "email_text_input": typed("email_text_input", {**_TYPED, "initial_value": string(least=0)}),
    "url_text_input": typed("url_text_input", {**_TYPED, "initial_value": string(least=0)}),
    "number_input": typed(
        "number_input",
        {
            **_TYPED,
            "is_decimal_allowed!": boolean,
            "initial_value": _NUMBER,
            "min_value": _NUMBER,
            "max_value": _NUMBER,
        },
        _in_order("min_value", "max_value"),
    ),
    "rich_text_input": typed(
        "rich_text_input", {**_TYPED, "initial_value": RICH_TEXT, "min_lines": whole(1), "max_lines": whole(1)}
    ),
    "file_input": typed("file_input", {**_ACTION, "filetypes": listing(string()), "max_files": whole(1, 10)}),
}

CONTEXT_ACTIONS: Final[dict[str, Rule]] = {
    "feedback_buttons": typed(
        "feedback_buttons",
        {**_ACTION, "positive_button!": _FEEDBACK_BUTTON, "negative_button!": _FEEDBACK_BUTTON},
    ),
    "icon_button": typed(
        "icon_button",
        {
            **_ACTION,
            "icon!": choice("trash"),
            "text!": plain(75),
            "value": string(2_000),
            "confirm": CONFIRM,
            "accessibility_label": string(75),
            "visible_to_user_ids": listing(string(), 10, least=0),
        },
    ),
}

# Which block takes which. Multi-selects: the reference puts them into sections and inputs, a validator of a third
# party takes them in actions too. Date-time pickers: "inside the actions block or input block".
IN_ACTIONS: Final = {**BUTTONS, **PICKERS, **DATETIME, **MENUS}
IN_SECTION: Final = {**BUTTONS, **PICKERS, **MENUS, **MULTI_MENUS, "image": IMAGE}
IN_INPUT: Final = {**INPUTS, **PICKERS, **DATETIME, **MENUS, **MULTI_MENUS}
