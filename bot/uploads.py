"""Files put into Slack's threads: a place asked for, the bytes sent there, the file shared."""

import asyncio
import logging
from typing import Any, Final
from urllib.parse import quote

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.messages.answer import Message
from bot.messages.gate import clean
from bot.messages.text import clip
from bot.wire import Place, SlackError, SlackRefused, SlackUnreachable, Wire

log = logging.getLogger(__name__)

MAX_BYTES: Final = 50 * 1024 * 1024
"""More than this is not sent: Slack takes more in some plans, nobody reads it in a thread."""
# docs.slack.dev, files.getUploadURLExternal: an alt text has 1,000 characters, a name as many as file systems allow.
_ALT_CHARS: Final = 1_000
_NAME_CHARS: Final = 100
_TITLE_CHARS: Final = 150
# The SDK writes them into the address, where each syllable takes nine characters: servers read 8,000 of a line.
_ALT_QUOTED: Final = 5_000
_COMMENT_QUOTED: Final = 4_000
_DEADLINE_S: Final = 60.0
_SENDING_S: Final = 40.0
_TRIES: Final = 2
_THREAD_SEEN: Final = 999
# What Slack says of a file that has been shared already.
_SHARED: Final = "file_update_failed"


class Uploads:
    """Uploads, each with one deadline over all its calls. `proxy` is for the address Slack hands out."""

    def __init__(
        self,
        wire: Wire,
        client: AsyncWebClient,
        session: aiohttp.ClientSession,
        proxy: str | None = None,
        *,
        deadline_s: float = _DEADLINE_S,
    ) -> None:
        self._wire = wire
        self._client = client
        self._session = session
        self._proxy = proxy
        self._deadline_s = deadline_s

    async def put(
        self,
        channel: str,
        thread_ts: str | None,
        filename: str,
        data: bytes,
        title: str,
        alt_text: str | None = None,
        comment: Message | None = None,
    ) -> str:
        """Shares `data` as a file in a channel, or in a thread of it, and returns the file's id.

        `alt_text` tells what an image shows to who cannot see it; of `comment`
        the text stands above the file. Raises SlackError: SlackRefused with
        `file_upload_size_restricted` for more than MAX_BYTES or none, and what
        Slack itself refuses; SlackUnreachable when the deadline is over.
        """
        if not 0 < len(data) <= MAX_BYTES:
            raise SlackRefused("files.getUploadURLExternal", "file_upload_size_restricted")
        try:
            async with asyncio.timeout(self._deadline_s):
                file_id = await self._sent(_name(filename), data, _alt(alt_text or ""))
                await self._share(channel, thread_ts, file_id, clip(clean(title), _TITLE_CHARS), comment)
        except TimeoutError:
            raise SlackUnreachable(f"an upload took more than {self._deadline_s:g} s") from None
        return file_id

    async def give(self, user: str, filename: str, data: bytes, title: str) -> str:
        """Shares `data` with one person, as a direct message, and returns the file's id. Raises SlackError as `put`."""
        opened = await self._wire.repeat("conversations.open", lambda: self._client.conversations_open(users=user))
        return await self.put(str(opened["channel"]["id"]), None, filename, data, title)

    async def message_of(self, file_id: str, place: Place) -> str | None:
        """The ts of the message in a thread that shows a file; None where Slack does not tell it. Never raises."""
        thread_ts = place.thread_ts
        if thread_ts is None:
            return None
        try:
            found = await self._wire.repeat(
                "conversations.replies",
                lambda: self._client.conversations_replies(channel=place.channel, ts=thread_ts, limit=_THREAD_SEEN),
            )
        except SlackError as error:
            log.warning("nobody can tell where a file is shown: %s", error)
            return None
        showing = (one for one in found.get("messages") or () if file_id in _files(one))
        return next((str(one["ts"]) for one in showing), None)

    async def _sent(self, name: str, data: bytes, alt_text: str) -> str:
        """The id of a file whose bytes Slack has. A place takes bytes once, so that each try asks for a new one."""
        problem: SlackError = SlackUnreachable("nothing was tried")
        for _ in range(_TRIES):
            place = await self._wire.repeat(
                "files.getUploadURLExternal",
                lambda: self._client.files_getUploadURLExternal(
                    filename=name, length=len(data), alt_txt=alt_text or None
                ),
            )
            try:
                await self._send(str(place["upload_url"]), data)
                return str(place["file_id"])
            except SlackError as error:
                log.warning("a file's bytes did not arrive: %s", error)
                problem = error
        raise problem

    async def _send(self, url: str, data: bytes) -> None:
        timeout = aiohttp.ClientTimeout(total=_SENDING_S)
        try:
            async with self._session.post(
                url, data=data, timeout=timeout, proxy=self._proxy, allow_redirects=False
            ) as response:
                status = response.status
        except (aiohttp.ClientError, TimeoutError) as error:
            raise SlackUnreachable(f"upload: {type(error).__name__}") from error
        if status != 200:
            raise SlackUnreachable(f"upload: {status}")

    async def _share(
        self, channel: str, thread_ts: str | None, file_id: str, title: str, comment: Message | None
    ) -> None:
        tries = 0

        async def complete() -> AsyncSlackResponse:
            nonlocal tries
            tries += 1
            return await self._client.files_completeUploadExternal(
                files=[{"id": file_id, "title": title or None}],
                channel_id=channel,
                thread_ts=thread_ts,
                initial_comment=None if comment is None else _fitting(comment.text, _COMMENT_QUOTED),
            )

        try:
            await self._wire.repeat("files.completeUploadExternal", complete)
        except SlackRefused as refused:
            if refused.code != _SHARED or tries == 1:
                raise


def _files(message: dict[str, Any]) -> list[str]:
    return [str(file.get("id")) for file in message.get("files") or ()]


def _alt(text: str) -> str:
    return _fitting(clip(clean(text), _ALT_CHARS), _ALT_QUOTED)


def _fitting(text: str, most: int) -> str:
    """`text`, cut until it takes no more than `most` characters in an address."""
    while (length := len(quote(text))) > most:
        text = clip(text, len(text) - max((length - most) // 12, 2))
    return text


def _name(filename: str) -> str:
    """A name of one part, whatever is in it; its ending stays when it is cut."""
    name = "".join("_" if char in '/\\:*?"<>|\n\t' else char for char in clean(filename)).strip(" .")
    stem, dot, ending = (name or "file").rpartition(".")
    return f"{clip(stem, _NAME_CHARS)}{dot}{ending}" if dot and len(ending) < 10 else clip(name or "file", _NAME_CHARS)
