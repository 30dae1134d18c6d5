"""Every route of the playground on one aiohttp site: Slack's API, the page, /control."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.playground.api.responses import Responses
from bot.playground.api.uploads import Uploads
from bot.playground.api.webapi import WebApi
from bot.playground.control import Away, Control
from bot.playground.delivery.sockets import Sockets
from bot.playground.guard import add_headers, forgive_leavers, refuse_strangers
from bot.playground.people.mistakes import Mistaken, language_of
from bot.playground.screen.acts import Hands, act
from bot.playground.screen.attachments import Attachments
from bot.playground.screen.feed import Feed
from bot.playground.screen.sight import state
from bot.playground.workspace.foreign import load_json, written

PAGE: Final = Path(__file__).parent / "page"
MOST_SENT: Final = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Rooms:
    """What the routes lead to."""

    webapi: WebApi
    sockets: Sockets
    responses: Responses
    uploads: Uploads
    attachments: Attachments
    feed: Feed
    control: Control
    away: Away
    hands: Hands


def build_site(rooms: Rooms) -> web.Application:
    """The application, for a server on loopback."""
    page = _Page(rooms)
    middlewares = [refuse_strangers, forgive_leavers, _away(rooms.away)]
    site = web.Application(middlewares=middlewares, client_max_size=MOST_SENT)
    site.on_response_prepare.append(add_headers)
    site.router.add_route("*", "/api/{method}", rooms.webapi.handle)
    site.add_routes(
        [
            web.get("/socket", rooms.sockets.handle),
            web.post("/respond/{id}", rooms.responses.handle),
            web.post("/upload/{id}", rooms.uploads.take),
            web.get("/files/{id}/{name}", rooms.uploads.give),
            web.get("/ui/feed", rooms.feed.handle),
            web.get("/ui/state", page.state),
            web.post("/ui/act/{verb}", page.act),
            web.post("/ui/upload", rooms.attachments.take),
            web.get("/", page.index),
            web.get("/page/{name:.+}", page.file),
            *rooms.control.routes(),
        ]
    )
    return site


class _Page:
    """The page and what it asks for."""

    def __init__(self, rooms: Rooms) -> None:
        self._hands = rooms.hands
        self._sockets = rooms.sockets
        self._files = {path.relative_to(PAGE).as_posix(): path for path in PAGE.rglob("*") if path.is_file()}

    async def index(self, _: web.Request) -> web.StreamResponse:
        return web.FileResponse(PAGE / "index.html")

    async def file(self, request: web.Request) -> web.StreamResponse:
        """One of the page's own files, and nothing else of the disk whatever the name says."""
        path = self._files.get(request.match_info["name"])
        return web.Response(status=404) if path is None else web.FileResponse(path)

    async def state(self, request: web.Request) -> web.Response:
        workspace = self._hands.workspace
        user = workspace.users.get(request.query.get("user") or next(iter(workspace.users)))
        if user is None or user.is_bot:
            return _refusal(request, Mistaken("unknown_person"), 404)
        tricks = [{"name": trick.name, "label": dict(trick.label)} for trick in self._hands.tricks.values()]
        seen = {**state(workspace, user.id, len(self._sockets.connections)), "tricks": tricks}
        return web.json_response(seen, dumps=written)

    async def act(self, request: web.Request) -> web.Response:
        language = language_of(request.headers.get("Accept-Language", ""))
        try:
            sent = load_json(await request.read())
        except ValueError:
            sent = None
        if not isinstance(sent, dict):
            return _refusal(request, Mistaken("not_json"), 400)
        try:
            done = await act(request.match_info["verb"], sent, self._hands, language)
        except Mistaken as mistaken:
            return _refusal(request, mistaken)
        return web.json_response({"ok": True, **done})


def _refusal(request: web.Request, mistaken: Mistaken, status: int = 200) -> web.Response:
    language = language_of(request.headers.get("Accept-Language", ""))
    return web.json_response({"ok": False, "error": mistaken.say(language)}, status=status)


def _away(away: Away) -> Any:
    @web.middleware
    async def answer_for_slack(request: web.Request, handler: Handler) -> web.StreamResponse:
        if away.is_so and request.path.startswith(("/api/", "/socket", "/respond/", "/upload/")):
            return web.Response(text="<html>Slack is away</html>", status=503, content_type="text/html")
        return await handler(request)

    return answer_for_slack
