"""Signed HTTP requests to the app's request URL, and what its answers mean."""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

import aiohttp
from slack_sdk.signature import SignatureVerifier

from bot.playground.watch.journal import Delivery
from bot.playground.workspace.foreign import load_json

_FORM: Final = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Reply:
    """What came of one request. `ack` is None where it failed, `reason` says how in Slack's words.

    `status` is 0 where there was no answer; `is_last`: the app wants it no more.
    """

    status: int = 0
    ack: dict[str, Any] | None = None
    reason: str = ""
    is_last: bool = False


class Requests:
    """Posts deliveries, signed with the app's secret. An answer later than `timeout_s` is none."""

    def __init__(self, secret: str, timeout_s: float) -> None:
        self._sign = SignatureVerifier(secret).generate_signature
        self._timeout = aiohttp.ClientTimeout(total=timeout_s)
        self._session: aiohttp.ClientSession | None = None

    async def post(self, url: str, delivery: Delivery, retry: int, reason: str) -> Reply:
        """Sends it once. `retry` counts what was sent before, `reason` is what became of the last one."""
        body, content = _body(delivery)
        headers = {"Content-Type": content, **self._signed(body)}
        if retry:
            headers |= {"X-Slack-Retry-Num": str(retry), "X-Slack-Retry-Reason": reason}
        try:
            async with self._open().post(url, data=body, headers=headers, allow_redirects=False) as response:
                return _reply(response.status, response.headers, await response.read())
        except TimeoutError:
            return Reply(reason="http_timeout")
        except aiohttp.ClientConnectionError:
            return Reply(reason="connection_failed")
        except aiohttp.ClientError:
            return Reply(reason="unknown_error")

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=self._timeout, connector=aiohttp.TCPConnector(limit=0))
        return self._session

    def _signed(self, body: str) -> dict[str, str]:
        # The machine's own time, not the workspace's: Bolt compares it with that and refuses what is five minutes old.
        stamp = str(int(time.time()))
        return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": self._sign(timestamp=stamp, body=body) or ""}


def _body(delivery: Delivery) -> tuple[str, str]:
    if delivery.kind == "slash_commands":
        return urlencode(delivery.payload), _FORM
    if delivery.kind == "interactive":
        return urlencode({"payload": json.dumps(delivery.payload)}), _FORM
    return json.dumps(delivery.payload), "application/json"


def _reply(status: int, headers: Mapping[str, str], content: bytes) -> Reply:
    if not 200 <= status < 300:
        return Reply(status, reason="http_error", is_last=headers.get("X-Slack-No-Retry") == "1")
    return Reply(status, _ack(content.decode("utf-8", "replace").strip()))


def _ack(text: str) -> dict[str, Any]:
    """The body of an ack: an object as it is, any other text as {"text": …}, nothing as {}."""
    try:
        said = load_json(text)
    except ValueError:
        said = None
    if isinstance(said, dict):
        return said
    return {"text": text} if text else {}
