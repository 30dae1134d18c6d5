"""Files beside a question: those that are text are read, of each other one it is said why not."""

import asyncio
import logging
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

import aiohttp

from agent.attached import Attached
from agent.messages import say
from bot.messages.gate import visible
from db.catalog.meaning import Language
from db.redact import redacted

log = logging.getLogger(__name__)

MAX_BYTES: Final = 2 * 1024 * 1024
"""A larger file is not read: of a log that long the part that matters is better pasted."""
MAX_FILES: Final = 5
_DEADLINE_S: Final = 10.0
_NAME_CHARS: Final = 80
_SLACKS_HOST: Final = "files.slack.com"
_TEXT_TYPES: Final = ("text/", "application/json", "application/x-ndjson", "application/xml", "application/yaml")
_TEXT_NAME: Final = re.compile(
    r"\.(?:txt|log|out|err|csv|tsv|json|jsonl|ya?ml|toml|ini|cfg|conf|md|py|sh|sql|xml)$", re.IGNORECASE
)


class _Unread(Exception):
    """Why a file is not read: the key of its sentence."""


@dataclass(frozen=True, slots=True)
class SharedFile:
    """A file of a message, as Slack tells of it; `url` is "" where it gives none."""

    name: str
    mimetype: str
    size: int
    url: str


@dataclass(frozen=True, slots=True)
class Beside:
    """The texts that were read, and a sentence for each file that was not."""

    attached: tuple[Attached, ...] = ()
    notices: tuple[str, ...] = ()


def files_of(message: Mapping[str, Any]) -> tuple[SharedFile, ...]:
    """The files of a message, in its order."""
    found = message.get("files")
    return tuple(_file(one) for one in found if isinstance(one, Mapping)) if isinstance(found, list) else ()


def _file(found: Mapping[str, Any]) -> SharedFile:
    size = found.get("size")
    return SharedFile(
        name=visible(str(found.get("name") or found.get("title") or "file"))[:_NAME_CHARS],
        mimetype=str(found.get("mimetype") or "").lower(),
        size=size if isinstance(size, int) else 0,
        url=str(found.get("url_private_download") or found.get("url_private") or ""),
    )


class Attachments:
    """Reads files with the bot's token, from Slack's own host alone: `api_url` names it where it is another one."""

    def __init__(
        self, session: aiohttp.ClientSession, token: str, api_url: str, proxy: str | None = None,
        *, deadline_s: float = _DEADLINE_S,
    ) -> None:  # fmt: skip
        self._session = session
        self._token = token
        api = urlsplit(api_url)
        is_slack = api.hostname is not None and (api.hostname == "slack.com" or api.hostname.endswith(".slack.com"))
        self._origin = ("https", _SLACKS_HOST) if is_slack else (api.scheme, api.netloc)
        self._proxy = proxy
        self._deadline_s = deadline_s

    async def read(self, files: Sequence[SharedFile], language: Language) -> Beside:
        """All at once, within one deadline each. Never raises."""
        results = await asyncio.gather(*(self._try(file, language) for file in files[:MAX_FILES]))
        notices = [one for one in results if isinstance(one, str)]
        if len(files) > MAX_FILES:
            notices.append(say("attached-too-many", language, most=MAX_FILES))
        return Beside(tuple(one for one in results if isinstance(one, Attached)), tuple(notices))

    async def _try(self, file: SharedFile, language: Language) -> Attached | str:
        try:
            async with asyncio.timeout(self._deadline_s):
                return await self._read(file)
        except _Unread as unread:
            return say(f"attached-{unread}", language, name=file.name)
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            log.warning("a file is not read: %s", type(error).__name__)
            return say("attached-unreachable", language, name=file.name)

    async def _read(self, file: SharedFile) -> Attached:
        """Raises _Unread."""
        if not file.mimetype.startswith(_TEXT_TYPES) and not _TEXT_NAME.search(file.name):
            raise _Unread("no-text")
        if file.size > MAX_BYTES:
            raise _Unread("too-large")
        address = urlsplit(file.url)
        if (address.scheme, address.netloc) != self._origin:
            raise _Unread("elsewhere")
        data = await self._bytes(file.url)
        return Attached(file.name, redacted(visible(_text(data))))

    async def _bytes(self, url: str) -> bytes:
        headers = {"Authorization": f"Bearer {self._token}"}
        async with self._session.get(url, headers=headers, proxy=self._proxy, allow_redirects=False) as response:
            if response.status != 200:
                log.warning("a file is not given: %s", response.status)
                raise _Unread("not-given")
            data = bytearray()
            async for chunk in response.content.iter_chunked(65_536):
                data += chunk
                if len(data) > MAX_BYTES:
                    raise _Unread("too-large")
            if response.content_type == "text/html" and not url.lower().endswith((".html", ".htm")):
                log.warning("slack shows a page in the place of a file: is the scope files:read granted?")
                raise _Unread("not-given")
        return bytes(data)


def _text(data: bytes) -> str:
    """As people write texts here. Raises _Unread for what is none."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decoded(data, "utf-16")
    if b"\x00" in data:
        raise _Unread("no-text")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _decoded(data, "cp949")  # as Korean spreadsheets save it


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise _Unread("no-text") from None
