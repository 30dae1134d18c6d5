"""Who may talk to the playground: this machine alone, and no page of another site."""

from typing import Final
from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.typedefs import Handler

_LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})
_HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
        "font-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
    ),
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
    """
    host = _hostname(f"//{request.headers.get('Host', '')}")
    origin = request.headers.get("Origin")
    if host not in _LOOPBACK:
        raise web.HTTPForbidden(text="The playground answers on 127.0.0.1 only, to requests made there.\n")
    if origin is not None and origin != f"http://{request.headers['Host']}":
        raise web.HTTPForbidden(text="Another site's page may not use the playground.\n")
    if request.headers.get("Sec-Fetch-Site") == "cross-site" and request.path != "/":
        raise web.HTTPForbidden(text="Another site's page may not use the playground.\n")
    return await handler(request)


async def add_headers(_: web.Request, response: web.StreamResponse) -> None:
    """For the application's on_response_prepare: what browsers are told to keep to."""
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)


def _hostname(url: str) -> str | None:
    try:
        return urlsplit(url).hostname
    except ValueError:
        return None
