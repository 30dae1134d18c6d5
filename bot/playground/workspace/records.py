"""What a workspace is made of: people, channels, files, views."""

from dataclasses import dataclass, field
from datetime import datetime
from secrets import token_urlsafe
from typing import Any, Literal, TypeAlias

from bot.playground.workspace.streaming import Growth

Message: TypeAlias = dict[str, Any]
"""A message in Slack's own JSON shape, as conversations.history returns it."""

Kind: TypeAlias = Literal["channel", "group", "im", "mpim"]


@dataclass(frozen=True, slots=True)
class User:
    """Somebody in the workspace. `color` is what their picture is drawn in (RRGGBB)."""

    id: str
    name: str
    real_name: str
    email: str = ""
    title: str = ""
    color: str = "4a6fa5"
    is_bot: bool = False


@dataclass(slots=True)
class Channel:
    """A conversation. `messages` by ts, in the order they were written, replies among them."""

    id: str
    name: str
    kind: Kind = "channel"
    members: set[str] = field(default_factory=set)
    topic: str = ""
    is_archived: bool = False
    messages: dict[str, Message] = field(default_factory=dict)

    def thread(self, ts: str) -> list[Message]:
        """The root (where it still stands) and its replies, oldest first."""
        return [m for m in self.messages.values() if ts in (m["ts"], m.get("thread_ts"))]


@dataclass(frozen=True, slots=True)
class App:
    """The one app of the workspace, and the secrets it has been given."""

    id: str = "A1"
    user: str = "UBOT"
    bot_id: str = "BBOT"
    bot_token: str = "xoxb-local"
    app_token: str = "xapp-local"
    signing_secret: str = "signing-secret"

    @classmethod
    def with_own_secrets(cls) -> "App":
        """One whose secrets nobody can guess."""
        bot, app, signing = (token_urlsafe(24) for _ in range(3))
        return cls(bot_token=f"xoxb-{bot}", app_token=f"xapp-{app}", signing_secret=signing)


@dataclass(slots=True)
class Trigger:
    """A trigger_id: whose click or command it stands for, for three seconds, once."""

    user: str
    issued_at: datetime
    view_id: str | None = None
    is_used: bool = False


@dataclass(slots=True)
class ResponseUrl:
    """A response_url: five uses in thirty minutes. `message_ts` is the message that was clicked."""

    user: str
    channel: str
    issued_at: datetime
    message_ts: str | None = None
    uses: int = 0


@dataclass(slots=True)
class UploadedFile:
    """A file, from the moment its upload is asked for; `shared_in` once it has been completed."""

    id: str
    name: str
    length: int
    title: str = ""
    mimetype: str = "application/octet-stream"
    alt_txt: str = ""
    content: bytes | None = None
    user: str = ""
    created_at: datetime | None = None
    is_complete: bool = False


@dataclass(slots=True)
class Stream:
    """A message that is being streamed in a thread; `growth` is what it has got so far."""

    channel: str
    ts: str
    thread_ts: str
    started_at: datetime
    is_stopped_by_user: bool = False
    growth: Growth = Growth()


@dataclass(slots=True)
class OpenView:
    """A modal on somebody's screen (`stack` place 0 is the root) or their Home, in Slack's JSON shape."""

    user: str
    view: dict[str, Any]
