"""The playground talks to this machine alone, to no page of another site, and tells browsers what to keep to."""

import asyncio
from collections.abc import Mapping

import aiohttp
import pytest

from tests.playground.page_server.rig import Site

PATHS = ("/", "/ui/state", "/ui/feed?user=U1", "/api/auth.test", "/socket", "/control/journal", "/files/F1/a.txt")
UPGRADE = {
    "Upgrade": "websocket",
    "Connection": "Upgrade",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
}


async def status(site: Site, path: str = "/ui/state", **headers: str) -> int:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    async with site.session.get(site.slack.base + path, headers=named) as response:
        return response.status


def port(site: Site) -> int:
    return int(site.slack.base.rpartition(":")[2])


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("host", ["evil.example", "evil.example:8877", "127.0.0.1.evil.example", "10.0.0.7:8877", ""])
async def test_a_foreign_host_is_refused(site: Site, path: str, host: str) -> None:
    assert await status(site, path, Host=host) == 403


@pytest.mark.parametrize(
    "host", ["me@127.0.0.1", "127.0.0.1/evil.example", "127.0.0.1:", "[::1", "[::1]x", "127.0.0.1:8877:1", "localhost."]
)
async def test_a_host_that_only_looks_like_this_machine_is_refused(site: Site, host: str) -> None:
    assert await status(site, Host=host) == 403


async def test_a_request_without_a_host_is_refused(site: Site) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port(site))
    writer.write(b"GET /ui/state HTTP/1.0\r\n\r\n")
    assert b" 403 " in await reader.readline()
    writer.close()


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:9", "localhost:8877", "LOCALHOST", "[::1]:8877", "[::1]"])
async def test_this_machine_may_go_by_any_of_its_names_and_ports(site: Site, host: str) -> None:
    assert await status(site, Host=host) == 200
    assert await status(site, Host=host, Origin=f"http://{host}") == 200


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://localhost:1", "http://127.0.0.1", ""])
async def test_a_foreign_origin_is_refused(site: Site, path: str, origin: str) -> None:
    assert await status(site, path, Origin=origin) == 403


async def test_a_foreign_page_opens_no_websocket(site: Site) -> None:
    for path in ("/ui/feed?user=U1", "/socket?ticket=1"):
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await site.session.ws_connect(site.slack.base + path, origin="https://evil.example")
        assert refused.value.status == 403


async def test_a_foreign_form_changes_nothing(site: Site) -> None:
    headers = {"Origin": "https://evil.example", "Content-Type": "text/plain"}
    body = b'{"user": "U1", "channel": "C1", "text": "x"}'
    async with site.session.post(f"{site.slack.base}/ui/act/say", data=body, headers=headers) as response:
        assert response.status == 403
    assert site.texts == []


@pytest.mark.parametrize("site_of_it", ["cross-site", "same-site"])
async def test_what_another_page_loads_is_refused_and_a_link_to_the_page_is_not(site: Site, site_of_it: str) -> None:
    for path in PATHS[1:]:
        assert await status(site, path, Sec_Fetch_Site=site_of_it) == 403
    assert await status(site, "/", Sec_Fetch_Site=site_of_it) == 200


@pytest.mark.parametrize("site_of_it", ["same-origin", "none"])
async def test_what_the_page_itself_loads_is_given(site: Site, site_of_it: str) -> None:
    assert await status(site, Sec_Fetch_Site=site_of_it) == 200


APPS = ("/api/chat.postMessage?token=xoxb-local&channel=C1&text=x", "/respond/1", "/upload/F1", "/socket?ticket=1")


@pytest.mark.parametrize("path", APPS)
@pytest.mark.parametrize("site_of_it", ["same-origin", "same-site", "cross-site", "none"])
async def test_what_apps_call_takes_nothing_from_a_browser(site: Site, path: str, site_of_it: str) -> None:
    """A page on another port of this machine is of the same site, and its pictures have no Origin."""
    assert await status(site, path, Sec_Fetch_Site=site_of_it) == 403
    assert await status(site, path, Origin=site.slack.base) == 403
    assert site.texts == []


async def headers_of(site: Site, method: str, path: str, **headers: str) -> tuple[int, Mapping[str, str]]:
    async with site.session.request(method, site.slack.base + path, headers=headers) as response:
        return response.status, response.headers


@pytest.mark.parametrize(
    ("method", "path", "code"),
    [
        ("GET", "/", 200),
        ("GET", "/page/app.js", 200),
        ("GET", "/page/none.js", 404),
        ("GET", "/page/../site.py", 404),
        ("GET", "/ui/state", 200),
        ("GET", "/ui/state?user=U9", 404),
        ("GET", "/ui/feed?user=U9", 404),
        ("GET", "/ui/feed?user=U1", 400),
        ("POST", "/ui/act/say", 400),
        ("PUT", "/ui/act/say", 405),
        ("POST", "/api/auth.test", 200),
        ("POST", "/respond/1", 404),
        ("GET", "/files/F1/a.txt", 200),
        ("POST", "/control/fault", 400),
        ("GET", "/nowhere", 404),
    ],
)
async def test_every_answer_carries_the_policy(site: Site, method: str, path: str, code: int) -> None:
    status_, headers = await headers_of(site, method, path)
    assert (status_, headers["X-Content-Type-Options"]) == (code, "nosniff")
    assert headers["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self'; style-src 'self';")
    assert headers["Cache-Control"] == "no-cache"
    assert "Access-Control-Allow-Origin" not in headers


async def test_a_refusal_and_a_websocket_carry_it_too(site: Site) -> None:
    for more, code in (({"Origin": "null"}, 403), (UPGRADE, 101)):
        status_, headers = await headers_of(site, "GET", "/ui/feed?user=U1", **more)
        assert (status_, headers["X-Content-Type-Options"]) == (code, "nosniff")
        assert "default-src 'none'" in headers["Content-Security-Policy"]


async def test_a_file_may_do_nothing_in_the_browser(site: Site) -> None:
    await site.done("say", channel="C1", text="", files=[await site.upload("x.html", b"<script>alert(1)</script>")])
    [file] = (await site.state())["files"]
    _, headers = await headers_of(
        site, "GET", file["url"].removeprefix(site.slack.base), **{"Sec-Fetch-Site": "same-origin"}
    )
    assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert (headers["X-Content-Type-Options"], headers["Cross-Origin-Resource-Policy"]) == ("nosniff", "same-origin")
    assert headers["Content-Disposition"].startswith("attachment;")


@pytest.mark.parametrize("address", ["127.0.0.2", "::1"])
async def test_it_listens_on_one_address_alone(site: Site, address: str) -> None:
    with pytest.raises(OSError):
        async with asyncio.timeout(5):
            await asyncio.open_connection(address, port(site))
