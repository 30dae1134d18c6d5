"""Blocks and elements that Slack takes, one or more of each type."""

from typing import Any, Final

Json = dict[str, Any]


def plain(text: str = "Text") -> Json:
    return {"type": "plain_text", "text": text, "emoji": True}


def mrkdwn(text: str = "*Text*") -> Json:
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def option(value: str = "a", **more: Any) -> Json:
    return {"text": plain(value), "value": value, **more}


def rich(*runs: Json) -> Json:
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": list(runs) or [run()]}]}


def run(text: str = "text", **more: Any) -> Json:
    return {"type": "text", "text": text, **more}


def button(action_id: str = "go", **more: Any) -> Json:
    return {"type": "button", "action_id": action_id, "text": plain("Go"), **more}


def section(text: str = "text", **more: Any) -> Json:
    return {"type": "section", "text": mrkdwn(text), **more}


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def field(element: Json, **more: Any) -> Json:
    return {"type": "input", "label": plain("Label"), "element": element, **more}


def raw(text: str = "cell") -> Json:
    return {"type": "raw_text", "text": text}


def table(*rows: list[Json]) -> Json:
    return {"type": "table", "rows": list(rows) or [[raw()]]}


def task(task_id: str = "t1", status: str = "complete", **more: Any) -> Json:
    return {"type": "task_card", "task_id": task_id, "title": "Looked it up", "status": status, **more}


def chart(kind: str = "line", **more: Any) -> Json:
    series = [{"name": "loss", "data": [{"label": "1", "value": 0.5}, {"label": "2", "value": -1}]}]
    axis = {"categories": ["1", "2"], "x_label": "epoch", "y_label": ""}
    shape = {"type": kind, "series": series, "axis_config": axis, **more}
    return {"type": "data_visualization", "title": "Loss", "chart": shape}


def pie(*segments: Json) -> Json:
    given = list(segments) or [{"label": "done", "value": 3}]
    return {"type": "data_visualization", "title": "Runs", "chart": {"type": "pie", "segments": given}}


CONFIRM: Final = {"title": plain(), "text": mrkdwn(), "confirm": plain("Yes"), "deny": plain("No"), "style": "danger"}
IMAGE: Final = {"type": "image", "image_url": "https://example.com/a.png", "alt_text": "a"}
GROUPS: Final = [{"label": plain("Group"), "options": [option()]}]
FILTER: Final = {"include": ["public"], "exclude_bot_users": True}
DISPATCH: Final = {"trigger_actions_on": ["on_enter_pressed"]}
PICK: Final = {"confirm": CONFIRM, "focus_on_load": False}
MENU: Final = {**PICK, "placeholder": plain("Pick")}

PICKERS: Final[dict[str, Json]] = {
    "checkboxes": {**PICK, "options": [option(), option("b")], "initial_options": [option()]},
    "radio_buttons": {**PICK, "options": [option(description=mrkdwn())]},
    "datepicker": {**MENU, "initial_date": "2026-11-21"},
    "timepicker": {**MENU, "initial_time": "23:59", "timezone": "Asia/Seoul"},
    "static_select": {**MENU, "options": [option(), option("b")], "initial_option": option("b")},
    "external_select": {**MENU, "min_query_length": 0, "initial_option": option()},
    "users_select": {**MENU, "initial_user": "U1"},
    "channels_select": {**MENU, "initial_channel": "C1"},
    "conversations_select": {**MENU, "filter": FILTER, "default_to_current_conversation": True},
}
MULTI: Final[dict[str, Json]] = {
    "multi_static_select": {**MENU, "option_groups": GROUPS, "initial_options": [option()], "max_selected_items": 2},
    "multi_external_select": {**MENU, "initial_options": [option()]},
    "multi_users_select": {**MENU, "initial_users": ["U1"]},
    "multi_channels_select": {**MENU, "initial_channels": ["C1"]},
    "multi_conversations_select": {**MENU, "initial_conversations": ["C1"], "filter": FILTER},
}
FIELDS: Final[dict[str, Json]] = {
    "datetimepicker": {**PICK, "initial_date_time": 1_700_000_000},
    "plain_text_input": {"multiline": True, "min_length": 1, "max_length": 9, "dispatch_action_config": DISPATCH},
    "email_text_input": {"initial_value": "a@b.c", "placeholder": plain()},
    "url_text_input": {"initial_value": ""},
    "number_input": {"is_decimal_allowed": True, "min_value": "-1.5", "max_value": "10", "initial_value": "3"},
    "rich_text_input": {"initial_value": rich()},
    "file_input": {"filetypes": ["csv"], "max_files": 10},
}
OVERFLOW: Final = {"options": [option(url="https://example.com")], "confirm": CONFIRM}
WORKFLOW: Final = {
    "text": plain(),
    "workflow": {"trigger": {"url": "https://slack.com/shortcuts/x", "customizable_input_parameters": []}},
}


def named(elements: dict[str, Json]) -> list[Json]:
    return [{"type": kind, "action_id": kind, **fields} for kind, fields in elements.items()]


RUNS: Final[list[Json]] = [
    run("bold", style={"bold": True, "code": False}),
    {"type": "link", "url": "https://example.com", "text": "here"},
    {"type": "user", "user_id": "U1"},
    {"type": "usergroup", "usergroup_id": "S1"},
    {"type": "channel", "channel_id": "C1"},
    {"type": "team", "team_id": "T1"},
    {"type": "broadcast", "range": "here"},
    {"type": "emoji", "name": "tada", "skin_tone": 2, "unicode": "1f389"},
    {"type": "color", "value": "#ff0000"},
    {"type": "date", "timestamp": 1, "format": "{date}", "fallback": "then"},
]
RICH: Final[Json] = {
    "type": "rich_text",
    "block_id": "rich",
    "elements": [
        {"type": "rich_text_section", "elements": RUNS},
        {"type": "rich_text_list", "style": "ordered", "indent": 8, "offset": 1, "elements": rich()["elements"]},
        {"type": "rich_text_preformatted", "elements": [run("SELECT 1")], "border": 1, "language": "sql"},
        {"type": "rich_text_quote", "elements": [run()], "border": 0},
    ],
}
CARD: Final[Json] = {
    "type": "card",
    "hero_image": IMAGE,
    "icon": IMAGE,
    "title": plain(),
    "subtitle": mrkdwn(),
    "body": mrkdwn(),
    "actions": [button()],
}

ANYWHERE: Final[list[Json]] = [
    section(),
    section("가" * 3_000, expand=True),
    {"type": "section", "fields": [plain(), mrkdwn("x" * 2_000)]},
    *(section(accessory=element) for element in named({**PICKERS, **MULTI, "overflow": OVERFLOW})),
    section(accessory=IMAGE),
    section(accessory={"type": "workflow_button", **WORKFLOW}),
    {"type": "header", "text": plain("x" * 150), "level": 2},
    {"type": "divider", "block_id": "line"},
    {"type": "context", "elements": [IMAGE, plain(), mrkdwn()]},
    {"type": "image", "slack_file": {"id": "F1"}, "alt_text": "a", "title": plain()},
    {"type": "image", "image_url": "https://example.com/a.png", "alt_text": "a"},
    actions(*named(PICKERS), button(value="x" * 2_000, url="https://example.com", style="primary", confirm=CONFIRM)),
    actions(*named({"overflow": OVERFLOW, "datetimepicker": FIELDS["datetimepicker"]})),
    *(field(element, hint=plain(), optional=True) for element in named({**FIELDS, **PICKERS, **MULTI})),
    field({"type": "plain_text_input"}, dispatch_action=True),
    {
        "type": "video",
        "alt_text": "a",
        "title": plain(),
        "video_url": "https://example.com/embed",
        "thumbnail_url": "https://example.com/a.png",
        "author_name": "x" * 49,
    },
    RICH,
    CARD,
    {"type": "card", "body": plain()},
]
ON_PAGES: Final[list[Json]] = [
    {"type": "carousel", "elements": [CARD] * 10},
    {"type": "container", "title": plain(), "child_blocks": [section(), table()], "width": "wide"},
    {
        "type": "container",
        "rich_text_title": rich(),
        "child_blocks": [RICH],
        "is_collapsible": True,
        "default_collapsed": True,
    },
    table([raw(), rich(), {"type": "raw_number", "value": 1.5, "text": "1.5"}]) | {"column_settings": [None, {}]},
    table(*[[raw("x")] * 20] * 100),
    {
        "type": "data_table",
        "caption": "Runs",
        "rows": [[raw("name"), raw("n")], [rich(), {"type": "raw_number", "value": 1, "text": "1"}]],
        "page_size": 100,
        "row_header_column_index": 1,
    },
    *(chart(kind) for kind in ("line", "bar", "area")),
    pie(),
]
MESSAGES: Final[list[Json]] = [
    {"type": "markdown", "text": "x" * 12_000},
    task(details=rich(), output=rich(), sources=[{"type": "url", "url": "https://example.com", "text": "docs"}]),
    {"type": "plan", "title": "Plan", "tasks": [task("a", "pending"), {"task_id": "b", "title": "typeless"}]},
    {"type": "plan", "title": "Plan"},
    {"type": "file", "external_id": "x", "source": "remote"},
    {
        "type": "context_actions",
        "elements": [
            {
                "type": "feedback_buttons",
                "action_id": "rate",
                "positive_button": {"text": plain("Good"), "value": "t1"},
                "negative_button": {"text": plain("Bad"), "value": "t1", "accessibility_label": "Bad answer"},
            },
            {
                "type": "icon_button",
                "icon": "trash",
                "text": plain(),
                "visible_to_user_ids": ["U1"],
                "confirm": CONFIRM,
            },
        ],
    },
]
MODALS: Final[list[Json]] = [{"type": "alert", "text": mrkdwn("x" * 200), "level": "warning"}]


def modal(*blocks: Json, **more: Any) -> Json:
    return {"type": "modal", "title": plain("Title"), "blocks": list(blocks) or [section()], **more}


def home(*blocks: Json, **more: Any) -> Json:
    return {"type": "home", "blocks": list(blocks) or [section()], **more}
