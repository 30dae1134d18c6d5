"""The page's own files under the page's own policy, and a page of the browser that looks at them."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Final

import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, Page

from bot.playground.guard import add_headers

HERE: Final = Path(__file__).parent
PAGE: Final = HERE.parents[1] / "bot" / "playground" / "page"
HTML: Final = """<!doctype html><html lang="ko"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">
<link rel="stylesheet" href="/page/base.css"><link rel="stylesheet" href="/page/render.css">
<link rel="stylesheet" href="/tests/drawing.css"><script type="module" src="/tests/drawing.js"></script>
</head><body><main></main></body></html>"""
CSV: Final = 'model,recall\nwafer-v2.1,0.953\n"a ""b"", <i>c</i>",0.1\n'
PNG: Final = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763686058fe1f0004a302406d8cfed80000000049454e44ae426082"
)


async def _index(_: web.Request) -> web.Response:
    return web.Response(text=HTML, content_type="text/html")


async def _file(request: web.Request) -> web.Response:
    if request.match_info["name"].endswith(".png"):
        return web.Response(body=PNG, content_type="image/png")
    return web.Response(text=CSV, content_type="text/csv")


@pytest_asyncio.fixture(scope="package", loop_scope="session")
async def server() -> AsyncIterator[TestServer]:
    app = web.Application()
    app.on_response_prepare.append(add_headers)
    app.router.add_get("/", _index)
    app.router.add_get("/files/{id}/{name}", _file)
    app.router.add_static("/page", PAGE)
    app.router.add_static("/tests", HERE)
    running = TestServer(app)
    async with running:
        yield running


@pytest_asyncio.fixture(loop_scope="session")
async def page(server: TestServer, browser: Browser) -> AsyncIterator[Page]:
    """A page with `draw` and `drawBlocks`; whatever it complains of fails the test at its end."""
    complaints: list[str] = []
    page = await browser.new_page(reduced_motion="reduce", viewport={"width": 1280, "height": 900})
    page.set_default_timeout(15_000)
    page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    await page.goto(str(server.make_url("/")))
    await page.locator("body[data-ready]").wait_for()
    yield page
    await page.close()
    assert complaints == []
