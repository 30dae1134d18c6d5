"""Who may talk to the playground: this machine alone, no page of another site, and to Slack's API no page at all."""

import re
from typing import Final

from aiohttp import web
from aiohttp.typedefs import Handler

_LOOPBACK: Final = re.compile(r"(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?", re.IGNORECASE | re.ASCII)
_OWN: Final = ("same-origin", "none")
_OF_THE_APP: Final = ("/api/", "/respond/", "/upload/", "/socket")
_OF_BROWSERS: Final = frozenset({"origin", "sec-fetch-site"})
_HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
        "font-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cache-Control": "no-cache",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


@web.middleware
async def refuse_strangers(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Lets through what names this machine as its host and comes from no other site's page.

    A name of somebody else's that resolves to 127.0.0.1 (DNS rebinding) has a foreign Host;
    a form or a script of another page has a foreign Origin, or says so in Sec-Fetch-Site.
    What the app calls takes nothing from a browser: an app's libraries send neither header,
    and the picture of a page on another port of this machine sends no Origin.
    """
    host = request.headers.get("Host", "")
    if _LOOPBACK.fullmatch(host) is None:
        raise web.HTTPForbidden(text="The playground answers on 127.0.0.1 only, to requests made there.\n")
    if request.path.startswith(_OF_THE_APP) and _OF_BROWSERS & {name.lower() for name in request.headers}:
        raise web.HTTPForbidden(text="This is for apps, and a browser has called it.\n")
    is_own = request.headers.get("Sec-Fetch-Site", "none") in _OWN or request.path == "/"  # to which links may lead
    if not is_own or request.headers.get("Origin", f"http://{host}") != f"http://{host}":
        raise web.HTTPForbidden(text="Another site's page may not use the playground.\n")
    return await handler(request)


@web.middleware
async def forgive_leavers(request: web.Request, handler: Handler) -> web.StreamResponse:
    """A client that goes away before it has said everything, or says it in no encoding, is no error of the server's."""
    try:
        return await handler(request)
    except (ConnectionError, web.RequestPayloadError):
        return web.Response(status=400, text="The request has not come as a whole.\n")


async def add_headers(_: web.Request, response: web.StreamResponse) -> None:
    """For the application's on_response_prepare: what browsers are told to keep to."""
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
