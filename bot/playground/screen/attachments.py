"""Files that people attach on the page."""

from aiohttp import web

from bot.playground.api.uploads import BYTES_AT_MOST, NAME_AT_MOST, new_file, read_form
from bot.playground.people.mistakes import language_of, sentence
from bot.playground.workspace.state import Workspace


class Attachments:
    """The route of the page's files."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    async def take(self, request: web.Request) -> web.Response:
        """POST /ui/upload: a form with `file` and `user`; a person's file, to be shared by a message."""
        language = language_of(request.headers.get("Accept-Language", ""))
        form = await read_form(request) if request.content_type == "multipart/form-data" else []
        sender = next((data.decode("utf-8", "replace") for field, _, data in form if field == "user"), "")
        user = self._workspace.users.get(sender)
        found = next(((name, data) for field, name, data in form if field == "file" and name), None)
        if user is None or user.is_bot or found is None:
            return web.json_response({"ok": False, "error": sentence("no_file", language)}, status=400)
        name, content = found
        if not content or len(content) > BYTES_AT_MOST or len(name) > NAME_AT_MOST:
            return web.json_response({"ok": False, "error": sentence("file_size", language)}, status=400)
        file = new_file(self._workspace, name, len(content), user.id)
        file.content, file.is_complete = content, True
        return web.json_response({"ok": True, "file_id": file.id})
