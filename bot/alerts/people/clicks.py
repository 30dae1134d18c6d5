"""Clicks on an alert's buttons and forms, read into records: pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, ValidationError

from bot.messages.alerts.mute_form import FOR, SCOPE
from bot.wire import Place

CLICKED: Final = re.compile(
    r"alert_(?:acknowledge|unacknowledge|snooze_hour|snooze_tomorrow|wake|assign|cause|runs|mute|unmute|resolve|reopen|more)"
)
"""The action ids of an alert's buttons."""
_MARK: Final = "alert_"
_MORE: Final = "more"
_KEY: Final = re.compile(r"(?P<storm>storm:)?(?P<of>[\w-]{1,64}):(?P<version>\d{1,9})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Click:
    """What somebody pressed. `of`: the alert's id, or the storm's; "" where the button is none of ours.

    `version`: as they saw it. `thread_ts`: of the thread below the message. `assignee`: whom they chose.
    `is_private`: the button stands in what they alone see.
    """

    action: str
    of: str
    is_storm: bool
    version: int
    user: str
    channel: str
    thread_ts: str | None
    trigger_id: str = ""
    response_url: str | None = None
    assignee: str | None = None
    is_private: bool = False

    @property
    def place(self) -> Place:
        return Place(self.channel, self.thread_ts)


class Spot(BaseModel):
    """What a form is about, as it comes back with what was filled in; an id of "" is no alert's."""

    model_config = ConfigDict(frozen=True)

    of: str
    is_storm: bool = False
    version: int = 0
    channel: str = ""
    thread_ts: str | None = None
    response_url: str | None = None
    is_private: bool = False


@dataclass(frozen=True, slots=True)
class MuteForm:
    """A form that was sent: what is to be muted and for how long, as codes of the form; "" for none of ours.

    `trigger_id`: the same for one sending, however often it is delivered.
    """

    spot: Spot
    user: str
    scope: str
    lasts: str
    trigger_id: str = ""


def read_click(body: Mapping[str, Any]) -> Click:
    """The click in a block_actions payload: of a button, of the menu, or of the list of people."""
    action = body["actions"][0]
    name = str(action["action_id"]).removeprefix(_MARK)
    held = str(action.get("value") or "")
    if name == _MORE:
        name, _, held = str((action.get("selected_option") or {}).get("value") or "").partition(":")
    if "selected_user" in action:
        held = str(action.get("block_id") or "").split(":", 2)[-1]
    of, is_storm, version = _read_key(held)
    container, message = body.get("container") or {}, body.get("message") or {}
    is_private = container.get("is_ephemeral") is True
    return Click(
        name,
        of,
        is_storm,
        version,
        str(body["user"]["id"]),
        str((body.get("channel") or {}).get("id") or container.get("channel_id") or ""),
        message.get("thread_ts") or container.get("thread_ts") or (None if is_private else message.get("ts")),
        str(body.get("trigger_id") or ""),
        body.get("response_url"),
        action.get("selected_user"),
        is_private,
    )


def spot_of(click: Click) -> Spot:
    """What a form needs to know of the click that opens it."""
    return Spot(
        of=click.of,
        is_storm=click.is_storm,
        version=click.version,
        channel=click.channel,
        thread_ts=click.thread_ts,
        response_url=click.response_url,
        is_private=click.is_private,
    )


def read_mute(body: Mapping[str, Any]) -> MuteForm:
    """The form in a view_submission payload; what isn't ours reads as a form on no alert."""
    view = body["view"]
    try:
        spot = Spot.model_validate_json(view.get("private_metadata") or "")
    except ValidationError:
        spot = Spot(of="")
    chosen = (view["state"]["values"].get(name, {}).get(name, {}).get("selected_option") for name in (SCOPE, FOR))
    scope, lasts = (str((option or {}).get("value") or "") for option in chosen)
    return MuteForm(spot, str(body["user"]["id"]), scope, lasts, str(body.get("trigger_id") or ""))


def _read_key(held: str) -> tuple[str, bool, int]:
    found = _KEY.fullmatch(held)
    return ("", False, 0) if found is None else (found["of"], bool(found["storm"]), int(found["version"]))
