"""A Slack whose messages land when a test says so, and the clock by which they do."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any, Literal

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
BOT_ID = "BBOT"
Landing = Literal["never", "landed", "landed unheard", "late", "after the lease"]
LANDINGS: dict[Landing, float | None] = {
    "never": None,
    "landed": 0.0,
    "landed unheard": 0.0,
    "late": 20.0,
    "after the lease": 75.0,
}
"""In how many seconds a message stands that was sent; only of what landed at once the sender may hear."""


class Clock:
    """Wall and monotonic; `jump` turns only the wall's."""

    def __init__(self) -> None:
        self.now = NOON
        self.seconds = 0.0

    def __call__(self) -> datetime:
        return self.now

    def monotonic(self) -> float:
        return self.seconds

    def advance(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)
        self.seconds += seconds

    def jump(self, by: timedelta) -> None:
        self.now += by


@dataclass
class Post:
    """What becomes of one chat.postMessage: when it lands (None: never), and what the caller sees."""

    lands_in_s: float | None = 0.0
    error: BaseException | None = None
    takes_s: float = 0.0
    held: asyncio.Event | None = None


def refused(code: str, status: int = 200, headers: dict[str, str] | None = None) -> SlackApiError:
    refusal = answer({"ok": False, "error": code}, status, headers)
    return SlackApiError(code, refusal)  # type: ignore[no-untyped-call]  # the SDK's own


def answer(data: dict[str, Any], status: int = 200, headers: dict[str, str] | None = None) -> AsyncSlackResponse:
    return AsyncSlackResponse(
        client=None, http_verb="POST", api_url="", req_args={}, data=data, headers=headers or {}, status_code=status
    )


@dataclass
class Slack:
    """Messages land by its own clock, and are in the history `lag_s` after that."""

    clock: Clock
    lag_s: float = 0.0
    posts: list[Post] = field(default_factory=list)
    reads: list[BaseException] = field(default_factory=list)
    edits: list[BaseException] = field(default_factory=list)
    deletes: list[BaseException] = field(default_factory=list)
    opens: list[BaseException] = field(default_factory=list)
    reading: str = ""
    messages: list[dict[str, Any]] = field(default_factory=list)
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    page: int = 200
    in_flight: dict[str, int] = field(default_factory=dict)
    most_in_flight: int = 0
    on_post: Callable[[], None] = lambda: None
    came: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def seconds(self) -> float:
        return self.clock.seconds

    def standing(self, outbox_id: str) -> list[dict[str, Any]]:
        return [m for m in self._landed() if m["metadata"]["event_payload"]["o"] == outbox_id]

    def of(self, method: str) -> list[dict[str, Any]]:
        return [args for name, args in self.calls if name == method]

    async def until_posts(self, count: int = 1) -> None:
        """Waits until so many posts have come in, whatever becomes of them."""
        async with asyncio.timeout(10):
            while len(self.of("chat.postMessage")) < count:
                self.came.clear()
                await self.came.wait()

    def _landed(self, lag_s: float = 0.0) -> list[dict[str, Any]]:
        return [m for m in self.messages if m["lands_at"] + lag_s <= self.seconds]

    def land(self, channel: str, at: float, **content: Any) -> dict[str, Any]:
        moment = NOON + timedelta(seconds=at)
        ts = f"{int(moment.timestamp())}.{len(self.messages) + 1:06d}"
        message = {"ts": ts, "channel": channel, "bot_id": BOT_ID, "lands_at": at, **content}
        self.messages.append(message)
        return message

    async def chat_postMessage(self, **args: Any) -> AsyncSlackResponse:  # noqa: N802 - the SDK's name
        post = self.posts.pop(0) if self.posts else Post()
        self.calls.append(("chat.postMessage", args))
        self.came.set()
        channel = args["channel"]
        self.in_flight[channel] = self.in_flight.get(channel, 0) + 1
        self.most_in_flight = max(self.most_in_flight, self.in_flight[channel])
        try:
            landed = None
            root = args.get("thread_ts")
            if root and root not in {m["ts"] for m in self._landed()}:
                raise refused("cannot_reply_to_message")
            if post.lands_in_s is not None:
                content = {name: args[name] for name in ("text", "blocks", "metadata", "thread_ts") if args.get(name)}
                landed = self.land(channel, self.seconds + post.lands_in_s, **content)
            await asyncio.sleep(0)
            self.on_post()
            if post.held is not None:
                await post.held.wait()
            self.clock.advance(post.takes_s)
            if post.error is not None:
                raise post.error
            assert landed is not None
            return answer({"ok": True, "ts": landed["ts"], "channel": channel})
        finally:
            self.in_flight[channel] -= 1

    async def chat_update(self, **args: Any) -> AsyncSlackResponse:
        self.calls.append(("chat.update", args))
        await asyncio.sleep(0)
        if self.edits:
            raise self.edits.pop(0)
        for message in self._landed():
            if (message["channel"], message["ts"]) == (args["channel"], args["ts"]):
                message |= {name: args[name] for name in ("text", "metadata")}
                return answer({"ok": True, "ts": args["ts"]})
        raise refused("message_not_found")

    async def chat_delete(self, channel: str, ts: str) -> AsyncSlackResponse:
        self.calls.append(("chat.delete", {"channel": channel, "ts": ts}))
        await asyncio.sleep(0)
        if self.deletes:
            raise self.deletes.pop(0)
        left = [m for m in self.messages if (m["channel"], m["ts"]) != (channel, ts)]
        if len(left) == len(self.messages):
            raise refused("message_not_found")
        self.messages = left
        return answer({"ok": True})

    async def conversations_open(self, users: str) -> AsyncSlackResponse:
        self.calls.append(("conversations.open", {"users": users}))
        await asyncio.sleep(0)
        if self.opens:
            raise self.opens.pop(0)
        return answer({"ok": True, "channel": {"id": f"D{users}"}})

    async def conversations_history(self, **args: Any) -> AsyncSlackResponse:
        return await self._read("conversations.history", args, None)

    async def conversations_replies(self, ts: str, **args: Any) -> AsyncSlackResponse:
        return await self._read("conversations.replies", args, ts)

    async def _read(self, method: str, args: dict[str, Any], thread_ts: str | None) -> AsyncSlackResponse:
        self.calls.append((method, args | {"ts": thread_ts}))
        await asyncio.sleep(0)
        if self.reads:
            raise self.reads.pop(0)
        if self.reading:
            return self._badly(int(args["cursor"] or 0))
        found = [
            dict(m)
            for m in self._landed(self.lag_s)
            if m["channel"] == args["channel"] and m.get("thread_ts") == thread_ts
            if Decimal(m["ts"]) >= Decimal(args["oldest"])
        ]
        first = int(args["cursor"] or 0)
        rest = len(found) > first + self.page
        more = {"next_cursor": str(first + self.page) if rest else ""}
        page = found[first : first + self.page]
        return answer({"ok": True, "messages": page, "has_more": rest, "response_metadata": more})

    def _badly(self, page: int) -> AsyncSlackResponse:
        """A history that can't be read to its end."""
        if self.reading == "broken":
            raise refused("internal_error", 500)
        cursor = {"loops": "1", "no whole page": "", "too many pages": str(page + 1)}[self.reading]
        more = {"next_cursor": cursor}
        return answer({"ok": True, "messages": [], "has_more": True, "response_metadata": more})
