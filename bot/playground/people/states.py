"""What somebody has chosen or typed, held against the blocks it was offered in."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from bot.playground.people.mistakes import Mistaken
from bot.playground.workspace.ids import interactive

_TEXT: Final = ("value", "initial_value")
_OPTION: Final = ("selected_option", "initial_option")
_OPTIONS: Final = ("selected_options", "initial_options")

HELD: Final[Mapping[str, tuple[str, str]]] = {
    "plain_text_input": _TEXT,
    "email_text_input": _TEXT,
    "url_text_input": _TEXT,
    "number_input": _TEXT,
    "rich_text_input": ("rich_text_value", "initial_value"),
    "static_select": _OPTION,
    "external_select": _OPTION,
    "radio_buttons": _OPTION,
    "multi_static_select": _OPTIONS,
    "multi_external_select": _OPTIONS,
    "checkboxes": _OPTIONS,
    "users_select": ("selected_user", "initial_user"),
    "channels_select": ("selected_channel", "initial_channel"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "multi_users_select": ("selected_users", "initial_users"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "file_input": ("files", ""),
}
"""Elements that hold something: where it stands in a view's state, and where what it begins with stands."""

_LISTS: Final = frozenset(name for name, _ in HELD.values() if name.endswith("s"))
_OWN: Final = ("text", "value", "style")


def state_of(blocks: Sequence[Mapping[str, Any]], given: Any) -> dict[str, Any]:
    """The state of a view or message: of each element what was given, or what it begins with.

    Raises Mistaken for what isn't a state or doesn't fit its element.
    """
    values = {} if given is None else _object(_object(given).get("values", {}))
    state: dict[str, dict[str, Any]] = {}
    for block_id, element in _holders(blocks):
        held = _object(_object(values.get(block_id, {})).get(element["action_id"], {}))
        state.setdefault(block_id, {})[element["action_id"]] = _held(element, held)
    return {"values": state}


def empty_inputs(blocks: Sequence[Mapping[str, Any]], state: Mapping[str, Any]) -> tuple[str, ...]:
    """What is said of each required input that holds nothing, by block_id."""
    required = [str(block["block_id"]) for block in blocks if block["type"] == "input" and not block.get("optional")]
    held = state["values"]
    return tuple(block_id for block_id in required if not any(map(_holds, held.get(block_id, {}).values())))


def action_of(blocks: Sequence[Mapping[str, Any]], given: Mapping[str, Any]) -> dict[str, Any]:
    """A click as the app is told of it. Raises Mistaken where there is no such thing to click."""
    block_id, element = element_at(blocks, given.get("block_id"), given.get("action_id"))
    kind = element["type"]
    if given.get("type", kind) != kind:
        raise Mistaken("other_element", kind=kind, other=str(given["type"]))
    action = {"type": kind, "action_id": element["action_id"], "block_id": block_id}
    if kind == "feedback_buttons":
        return {**action, **_feedback(element, given)}
    if kind == "overflow":
        return {**action, "selected_option": _option(element, given.get("selected_option"))}
    if kind in HELD:
        return {**action, **_held(element, given)}
    return {**action, **{name: element[name] for name in _OWN if name in element}}


def element_at(blocks: Sequence[Mapping[str, Any]], block_id: Any, action_id: Any) -> tuple[str, dict[str, Any]]:
    """The element of that name, with its block's id. Raises Mistaken."""
    for block in blocks:
        for element in interactive(dict(block)) if block_id and block.get("block_id") == block_id else ():
            if element["action_id"] == action_id:
                return str(block_id), element
    raise Mistaken("element_gone")


def _holders(blocks: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, dict[str, Any]]]:
    for block in blocks:
        for element in interactive(dict(block)):
            if element["type"] in HELD and "block_id" in block:
                yield str(block["block_id"]), element


def _held(element: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    name, initial = HELD[element["type"]]
    value = given[name] if name in given else element.get(initial)
    return {"type": element["type"], name: _fitting(element, name, value)}


def _fitting(element: Mapping[str, Any], name: str, value: Any) -> Any:
    if name in _LISTS:
        value = [] if value is None else value
        if not isinstance(value, list):
            raise _misfit(element)
        return [_option(element, item) for item in value] if name == "selected_options" else value
    if value is None:
        return None
    if name == "selected_option":
        return _option(element, value)
    right: type = {"selected_date_time": int, "rich_text_value": dict}.get(name, str)
    if type(value) is not right:
        raise _misfit(element)
    return value


def _option(element: Mapping[str, Any], chosen: Any) -> dict[str, Any]:
    """The option as the element has it; one from outside is taken as it is."""
    value = chosen.get("value") if isinstance(chosen, dict) else None
    if not isinstance(chosen, dict) or not isinstance(value, str):
        raise _misfit(element)
    if "external" in element["type"]:
        return chosen
    groups = [element, *element.get("option_groups", ())]
    for option in (option for group in groups for option in group.get("options", ())):
        if option["value"] == value:
            return dict(option)
    raise _misfit(element)


def _feedback(element: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    for button in (element["positive_button"], element["negative_button"]):
        if button["value"] == given.get("value"):
            return {"text": button["text"], "value": button["value"]}
    raise _misfit(element)


def _holds(held: Mapping[str, Any]) -> bool:
    return any(value not in (None, "", []) for name, value in held.items() if name != "type")


def _object(value: Any) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise Mistaken("unreadable_state")
    return value


def _misfit(element: Mapping[str, Any]) -> Mistaken:
    return Mistaken("misfit", action=str(element["action_id"]))
