"""Slack's clicks on feedback read into records: pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, ValidationError

from bot.features.presses import channel_of
from bot.messages.feedback import EXPECTED, EXPECTED_CHARS, MARKS, REASON, REASONS, UNDERSTANDING, read_value
from db.catalog.meaning import Language
from db.store.records import Rating


class Spot(BaseModel):
    """The answer that was clicked, and where its reader can be spoken to. A turn id of "" is no turn's."""

    model_config = ConfigDict(frozen=True)

    turn_id: str
    language: Language
    channel: str
    thread_ts: str | None = None
    response_url: str | None = None


@dataclass(frozen=True, slots=True)
class Click:
    """A click on a feedback button; `trigger_id` opens one modal within three seconds."""

    spot: Spot
    user: str
    rating: Rating
    trigger_id: str


@dataclass(frozen=True, slots=True)
class Reason:
    """A form that was sent: the reason's code, what was expected, in the person's own words, and a mark of 1 to 5."""

    spot: Spot
    user: str
    code: str
    expected: str | None
    understanding: int | None = None


_NOWHERE: Final = Spot(turn_id="", language="ko", channel="")


def read_click(body: Mapping[str, Any]) -> Click:
    """The click in a block_actions payload."""
    rating, language, turn_id = read_value(str(body["actions"][0].get("value")))
    container = body.get("container", {})
    spot = Spot(
        turn_id=turn_id,
        language=language,
        channel=channel_of(body),
        thread_ts=body.get("message", {}).get("thread_ts") or container.get("thread_ts"),
        response_url=body.get("response_url"),
    )
    return Click(spot, str(body["user"]["id"]), rating, str(body["trigger_id"]))


def read_form(body: Mapping[str, Any]) -> Reason:
    """The form in a view_submission payload; what isn't ours reads as a form on no turn."""
    view = body["view"]
    try:
        spot = Spot.model_validate_json(view.get("private_metadata") or "")
    except ValidationError:
        spot = _NOWHERE
    filled = view["state"]["values"]
    code = str((filled[REASON][REASON].get("selected_option") or {}).get("value"))
    expected = str(filled[EXPECTED][EXPECTED].get("value") or "").strip()[:EXPECTED_CHARS]
    option = (filled.get(UNDERSTANDING) or {}).get(UNDERSTANDING, {}).get("selected_option") or {}
    marks = {str(mark): mark for mark in MARKS}
    understanding = marks.get(str(option.get("value")))
    return Reason(spot, str(body["user"]["id"]), code if code in REASONS else "other", expected or None, understanding)
