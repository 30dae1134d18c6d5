"""Whatever comes from outside, the state, feeds and journal of all others go on, and nothing is the server's error."""

import asyncio
import json
import logging
from typing import Any

import pytest

from bot.playground.workspace.asides import response_url
from bot.playground.workspace.foreign import clean, load_json, written
from tests.playground.page_server.rig import APP, Site

FORM = {"Content-Type": "multipart/form-data; boundary=b"}
NO_UTF8 = "a\ud800"
ODD = "Content-Transfer-Encoding: zz\r\n"


async def goes_on(site: Site) -> None:
    """Everybody still sees everything, in JSON that a strict reader takes."""
    for path in ("/ui/state?user=U1", "/ui/state?user=U2", "/control/journal"):
        async with site.session.get(site.slack.base + path) as response:
            assert response.status == 200
            json.dumps(await response.json(), ensure_ascii=False, allow_nan=False).encode()


def form_of(*parts: tuple[str, bytes], more: str = "") -> bytes:
    written_parts = (b"--b\r\nContent-Disposition: form-data; " + head.encode("latin-1") + b"\r\n" + more.encode()
                     + b"\r\n" + body + b"\r\n" for head, body in parts)  # fmt: skip
    return b"".join(written_parts) + b"--b--\r\n"


async def post(site: Site, path: str, data: bytes, **headers: str) -> tuple[int, str]:
    sent = {"Content-Type": "application/json", **{name.replace("_", "-"): value for name, value in headers.items()}}
    async with site.session.post(site.slack.base + path, data=data, headers=sent) as response:
        return response.status, await response.text()


@pytest.mark.parametrize(
    "sent", ['"\\ud800"', '{"\\udc00": 1}', "NaN", "[1e999]", "[" * 65 + "]" * 65, "[" * 20_000, b"\xff"]
)
def test_json_that_could_not_be_sent_on_is_refused(sent: str | bytes) -> None:
    with pytest.raises(ValueError):
        load_json(sent)


def test_anything_at_all_is_written_as_json() -> None:
    endless: list[Any] = []
    endless.append(endless)
    strange = {
        "set": {1},
        "bytes": b"a",
        "nan": float("nan"),
        "half": 0.5,
        3: None,
        "endless": endless,
        "text": NO_UTF8,
    }
    told = json.loads(written(strange))
    assert (told["set"], told["bytes"], told["nan"], told["half"], told["3"]) == ([1], "b'a'", "nan", 0.5, None)
    assert json.loads(written({"a": [1, "b"]})) == {"a": [1, "b"]}
    assert clean(NO_UTF8) == "a?"


async def test_a_file_whose_name_is_no_text_gets_one(site: Site) -> None:
    sent = form_of(('name="user"', b"U1"), ('name="file"; filename="\xff\xfe.txt"', b"abc"))
    status, answer = await post(site, "/ui/upload", sent, Content_Type=FORM["Content-Type"])
    assert status == 200
    await site.done("say", channel="C1", text="", files=[json.loads(answer)["file_id"]])
    [file] = (await site.state("U2"))["files"]
    assert (file["name"], file["title"]) == ("??.txt", "??.txt")
    await goes_on(site)


@pytest.mark.parametrize(
    "body", [b'{"text": "a\\ud800"}', b'{"text": "a", "metadata": ' + b"[" * 600 + b"]" * 600 + b"}"]
)
async def test_a_response_that_cannot_be_sent_on_is_refused(site: Site, body: bytes) -> None:
    async with site.feed("U2") as line:
        path = response_url(site.workspace, "U1", "C1").removeprefix(site.slack.base)
        assert await post(site, path, body) == (400, "invalid_payload")
        await site.done("say", "U2", channel="C1", text="hello")
        assert (await line.next())["message"]["text"] == "hello"
    await goes_on(site)


async def test_an_ack_that_cannot_be_sent_on_is_none(site: Site) -> None:
    link = (await site.call("apps.connections.open", APP.app_token))["url"]
    async with site.session.ws_connect(link) as socket:
        await socket.receive_json()
        delivery = await site.slack.person("U1").slash("x")
        for text in (NO_UTF8, "good"):
            await socket.send_json({"envelope_id": delivery.envelope_id, "payload": {"text": text}})
        await site.slack.interactions.settled()
    assert delivery.ack == {"text": "good"}
    await goes_on(site)


async def test_a_change_that_is_no_json_is_logged_and_cuts_the_line(
    site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    async with site.feed() as line:
        site.workspace.tell("notice", user="U1", text=float("nan"))
        async with asyncio.timeout(10):
            assert not (await line.socket.receive()).data
    assert [record.message for record in caplog.records] == ["a change of kind notice is no JSON"]
    async with site.feed() as line:
        site.workspace.tell("notice", user="U1", text="again")
        assert (await line.next())["text"] == "again"


async def test_an_act_in_no_charset_or_nested_deeply_is_a_mistake(site: Site) -> None:
    assert (await post(site, "/ui/act/say", b"{}", Content_Type="application/json; charset=nope"))[0] == 200
    assert (await post(site, "/ui/act/say", b"[" * 20_000))[0] == 400


@pytest.mark.parametrize("path", ["/ui/upload", "/upload/F1", "/api/chat.postMessage"])
async def test_a_part_in_an_unknown_encoding_is_no_form(site: Site, path: str) -> None:
    if path.startswith("/upload"):
        path = (await site.call("files.getUploadURLExternal", length=3, filename="a"))["upload_url"].removeprefix(
            site.slack.base
        )
    sent = form_of(('name="file"; filename="a"', b"abc"), more=ODD)
    status, _ = await post(site, path, sent, Content_Type=FORM["Content-Type"])
    assert status == (200 if path.startswith("/api") else 400)


async def test_a_file_is_no_argument(site: Site) -> None:
    sent = form_of(('name="channel"; filename="x"', b"C1"), ('name="text"', b"a"))
    bearer = f"Bearer {APP.bot_token}"
    _, answer = await post(site, "/api/chat.postMessage", sent, Content_Type=FORM["Content-Type"], Authorization=bearer)
    assert json.loads(answer)["error"] == "invalid_arguments"
    await goes_on(site)


@pytest.mark.parametrize("name", ["a" * 5_000, "render", "%00", "..%2fsite.py", "%2e%2e/site.py"])
async def test_only_files_of_the_page_are_given(site: Site, name: str) -> None:
    async with site.session.get(f"{site.slack.base}/page/{name}") as response:
        assert response.status == 404


@pytest.mark.parametrize("path", ["/ui/act/say", "/api/auth.test", "/respond/1", "/control/fault"])
async def test_a_client_that_goes_away_is_no_error(site: Site, path: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
    port = int(site.slack.base.rpartition(":")[2])
    _, writer = await asyncio.open_connection("127.0.0.1", port)
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{{"
    writer.write(head.encode())
    await writer.drain()
    writer.transport.abort()
    await goes_on(site)
    assert caplog.records == []


async def test_a_body_in_no_encoding_is_no_error(site: Site) -> None:
    assert (await post(site, "/ui/act/say", b"words", Content_Encoding="gzip"))[0] == 400
