"""What each verb of /ui/act is sent: its body, held to its types."""

from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

MOST_TYPED: Final = 40_000  # docs.slack.dev/reference/methods/chat.postMessage: longer texts are cut off


class Body(BaseModel):
    """Nothing but these fields, each of its own type; `user` is who does it."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    user: str


class Say(Body):
    """`client_msg_id`: the page's own name for the message, the same when it tries again."""

    channel: str
    text: str = Field(max_length=MOST_TYPED)
    thread_ts: str | None = None
    files: list[str] = []
    broadcast: bool = False
    client_msg_id: str | None = Field(default=None, min_length=1, max_length=64)


class Edit(Body):
    channel: str
    ts: str
    text: str = Field(max_length=MOST_TYPED)


class Delete(Body):
    channel: str
    ts: str


class React(Body):
    channel: str
    ts: str
    name: str
    add: bool = True


class Click(Body):
    action: dict[str, Any]
    channel: str | None = None
    ts: str | None = None
    view_id: str | None = None
    state: dict[str, Any] | None = None


class Submit(Body):
    view_id: str
    state: dict[str, Any]


class Close(Body):
    view_id: str
    all: bool = False


class Options(Body):
    action_id: str
    block_id: str
    value: str
    channel: str | None = None
    ts: str | None = None
    view_id: str | None = None


class Shortcut(Body):
    callback_id: str
    channel: str | None = None
    ts: str | None = None


class Home(Body):
    tab: Literal["home", "messages", "about"]


class Stop(Body):
    channel: str
    thread_ts: str


class PlayTrick(Body):
    name: str
