"""Files: their bytes in and out, and how they are shown."""

import mimetypes
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote

from aiohttp import BodyPartReader, web
from aiohttp.http_exceptions import HttpProcessingError

from bot.playground.workspace.foreign import clean
from bot.playground.workspace.records import UploadedFile
from bot.playground.workspace.state import Workspace

BYTES_AT_MOST: Final = 50 * 1024 * 1024
NAME_AT_MOST: Final = 255

INLINE: Final = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
"""What a browser may show by itself; everything else is handed over as a download."""

_MORE_TYPES: Final[Mapping[str, str]] = {".webp": "image/webp", ".md": "text/markdown", ".csv": "text/csv"}
_SIGN_IN: Final = "<!DOCTYPE html><title>Sign in</title><p>This file is for those who may read it.</p>\n"
_UNKNOWN: Final = "application/octet-stream"


def new_file(workspace: Workspace, name: str, length: int, user: str, *, alt_txt: str = "") -> UploadedFile:
    """A file whose bytes are still to come."""
    name = clean(name)
    file_id = f"F{workspace.number():010d}"
    file = UploadedFile(file_id, name, length, name, _type(name), alt_txt, user=user, created_at=workspace.clock())
    workspace.files[file_id] = file
    return file


def file_json(file: UploadedFile, base: str) -> dict[str, Any]:
    """A file as messages have it; `url` is what the page loads."""
    url = f"{base}/files/{file.id}/{_segment(file.name)}"
    created = 0 if file.created_at is None else int(file.created_at.timestamp())
    return {
        "id": file.id,
        "created": created,
        "timestamp": created,
        "name": file.name,
        "title": file.title,
        "mimetype": file.mimetype,
        "filetype": file.name.rpartition(".")[2].lower() if "." in file.name else "binary",
        "user": file.user,
        "mode": "hosted",
        "is_external": False,
        "size": file.length,
        "alt_txt": file.alt_txt,
        "url": url,
        "url_private": url,
        "url_private_download": url,
    }


class Uploads:
    """The routes of files: what the app sends, and what it and the page load."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    async def take(self, request: web.Request) -> web.Response:
        """POST /upload/{id}: the bytes, as the body or in a form; as many as were announced."""
        file = self._workspace.files.get(request.match_info["id"])
        if file is None or file.content is not None:
            return web.Response(status=404, text="no upload is expected here\n")
        if request.content_type == "multipart/form-data":
            form = await read_form(request)
            content = next((data for _, name, data in form if name is not None), None)
        else:
            content = await request.read()
        if content is None or len(content) != file.length:
            return web.Response(status=400, text=f"{file.length} bytes were announced\n")
        file.content = content
        return web.Response(text=f"OK - {file.length}")

    async def give(self, request: web.Request) -> web.Response:
        """GET /files/{id}/{name}: the bytes, for the page and for an app that may read files; a web page for others.

        So a missing scope looks like a file that begins with HTML, as in Slack.
        """
        if not self._may_read(request):
            return web.Response(text=_SIGN_IN, content_type="text/html")
        file = self._workspace.files.get(request.match_info["id"])
        if file is None or file.content is None:
            return web.Response(status=404, text="there is no such file\n")
        shown = "inline" if file.mimetype in INLINE else "attachment"
        headers = {
            "Content-Type": file.mimetype,
            "Content-Disposition": f"{shown}; filename*=UTF-8''{quote(file.name, safe='', errors='replace')}",
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "default-src 'none'; sandbox",
        }
        return web.Response(body=file.content, headers=headers)

    def _may_read(self, request: web.Request) -> bool:
        if request.headers.get("Sec-Fetch-Site") == "same-origin":
            return True
        is_the_apps = request.headers.get("Authorization") == f"Bearer {self._workspace.app.bot_token}"
        return is_the_apps and "files:read" in self._workspace.platform.scopes


async def read_form(request: web.Request) -> list[tuple[str | None, str | None, bytes]]:
    """A form's fields, file names and contents; empty where it isn't one."""
    parts: list[tuple[str | None, str | None, bytes]] = []
    try:
        async for part in await request.multipart():
            if isinstance(part, BodyPartReader):
                parts.append((part.name, part.filename, bytes(await part.read(decode=True))))
    except (ValueError, AssertionError, RuntimeError, HttpProcessingError):  # aiohttp's words for an ill form
        return []
    return parts


def _type(name: str) -> str:
    ending = name[name.rfind(".") :].lower() if "." in name else ""
    return _MORE_TYPES.get(ending) or mimetypes.types_map.get(ending, _UNKNOWN)


def _segment(name: str) -> str:
    """A name as a part of a path; the file is found by its id alone."""
    if not name.strip("."):
        return "file"
    return quote(name.replace("/", "_"), safe="", errors="replace")
