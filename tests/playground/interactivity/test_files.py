"""Files: from the app by slack_sdk, from the page by a form, and back."""

from typing import Any
from urllib.parse import quote

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.api.uploads import BYTES_AT_MOST, new_file
from tests.playground.interactivity.world import Ground, World

GET = "files.getUploadURLExternal"
COMPLETE = "files.completeUploadExternal"
BY_THE_PAGE = {"Sec-Fetch-Site": "same-origin"}


def uploaded(slack: Ground, name: str = "a.csv", content: bytes = b"a,b") -> str:
    file_id = str(slack.call(GET, length=len(content), filename=name)["file_id"])
    slack.workspace.files[file_id].content = content
    return file_id


async def send(world: World, file_id: str, data: Any) -> tuple[int, str]:
    async with world.session.post(f"{world.workspace.base}/upload/{file_id}", data=data) as response:
        return response.status, await response.text()


async def from_page(world: World, form: aiohttp.FormData | bytes) -> dict[str, Any]:
    async with world.session.post(f"{world.workspace.base}/ui/upload", data=form) as response:
        answer: dict[str, Any] = await response.json()
        return answer


def form(user: str = "U1", content: bytes = b"a,b", name: str = "지표.csv") -> aiohttp.FormData:
    made = aiohttp.FormData(quote_fields=False)
    made.add_field("file", content, filename=name)
    made.add_field("user", user)
    return made


async def test_slack_sdk_uploads_and_shares(world: World) -> None:
    client = AsyncWebClient(token="xoxb-local", base_url=f"{world.workspace.base}/api/", session=world.session)
    answer = await client.files_upload_v2(
        filename="지표 표.csv", content="a,b\n1,2\n", title="Metrics", alt_txt="A table", channel="C1",
        initial_comment="Here it is", thread_ts=(root := world.say()),
    )  # fmt: skip
    [_, message] = world.workspace.channels["C1"].messages.values()
    assert (message["text"], message["thread_ts"], message["bot_id"]) == ("Here it is", root, "BBOT")
    [file] = message["files"]
    assert file == answer["file"]
    assert (file["name"], file["title"], file["alt_txt"]) == ("지표 표.csv", "Metrics", "A table")
    assert (file["mimetype"], file["filetype"], file["size"], file["user"]) == ("text/csv", "csv", 8, "UBOT")
    async with world.session.get(file["url"], headers=BY_THE_PAGE) as response:
        assert await response.read() == b"a,b\n1,2\n"


async def test_one_message_in_each_channel_holds_all_files(world: World) -> None:
    client = AsyncWebClient(token="xoxb-local", base_url=f"{world.workspace.base}/api/", session=world.session)
    uploads = [{"filename": f"{n}.txt", "content": "a"} for n in range(2)]
    await client.files_upload_v2(file_uploads=uploads, channels=["C1", "D1"])
    for channel in ("C1", "D1"):
        [message] = world.workspace.channels[channel].messages.values()
        assert [file["name"] for file in message["files"]] == ["0.txt", "1.txt"]


@pytest.mark.parametrize(
    ("args", "error"),
    [
        ({"length": 0}, "invalid_arguments"),
        ({"filename": ""}, "invalid_arguments"),
        ({"length": BYTES_AT_MOST + 1}, "file_upload_size_restricted"),
        ({"alt_txt": "a" * 1_001}, "alt_txt_too_large"),
    ],
)
def test_an_upload_has_limits(slack: Ground, args: dict[str, Any], error: str) -> None:
    assert slack.refusal(GET, **{"length": 1, "filename": "a.txt", **args}) == error
    assert not slack.workspace.files


@pytest.mark.parametrize(
    ("args", "error"),
    [
        ({"files": []}, "invalid_arguments"),
        ({"files": "F1"}, "invalid_arguments"),
        ({"files": ["F1"]}, "file_not_found"),
        ({"files": [{"id": "F1"}]}, "file_not_found"),
        ({"files": [{"id": 1}]}, "file_not_found"),
        ({"channel_id": "CX"}, "channel_not_found"),
        ({"channels": "C1,C2"}, "not_in_channel"),
        ({"channels": ",".join(f"C{n}" for n in range(101))}, "channels_limit_exceeded"),
        ({"thread_ts": "1.1"}, "cannot_reply_to_message"),
        ({"initial_comment": "a" * 40_001}, "msg_too_long"),
        ({"blocks": [{"type": "poem"}]}, "invalid_blocks"),
    ],
)
def test_a_wrong_completion_shares_nothing(slack: Ground, args: dict[str, Any], error: str) -> None:
    file_id = uploaded(slack)
    assert slack.refusal(COMPLETE, **{"files": [{"id": file_id}], "channel_id": "C1", **args}) == error
    assert not slack.workspace.channels["C1"].messages
    slack.call(COMPLETE, files=[{"id": file_id}])
    assert slack.refusal(COMPLETE, files=[{"id": file_id}]) == "file_update_failed"


def test_a_file_must_have_come_and_be_the_apps_own(slack: Ground) -> None:
    announced = slack.call(GET, length=3, filename="a.txt")["file_id"]
    assert slack.refusal(COMPLETE, files=[{"id": announced}]) == "file_not_found"
    theirs = new_file(slack.workspace, "a.txt", 1, "U1")
    theirs.content = b"a"
    assert slack.refusal(COMPLETE, files=[{"id": theirs.id}]) == "file_not_found"


def test_a_file_is_shared_with_blocks_or_words(slack: Ground) -> None:
    blocks = [{"type": "divider"}]
    slack.call(COMPLETE, files=[{"id": uploaded(slack)}], channel_id="C1", blocks=blocks)
    slack.call(COMPLETE, files=[{"id": uploaded(slack)}], channel_id="C1", blocks=blocks, initial_comment="a")
    with_blocks, with_words = slack.workspace.channels["C1"].messages.values()
    assert (with_blocks["blocks"][0]["type"], with_words["blocks"]) == ("divider", [])
    assert with_words["files"][0]["title"] == "a.csv"


@pytest.mark.parametrize("as_form", [False, True])
async def test_the_bytes_must_be_as_many_as_announced(world: World, as_form: bool) -> None:
    def data(content: bytes) -> Any:
        return form(content=content) if as_form else content

    file_id = world.call(GET, length=3, filename="a.csv")["file_id"]
    assert (await send(world, file_id, data(b"a,b,c")))[0] == 400
    assert world.workspace.files[file_id].content is None
    assert await send(world, file_id, data(b"a,b")) == (200, "OK - 3")
    assert (await send(world, file_id, data(b"x,y")))[0] == 404
    assert world.workspace.files[file_id].content == b"a,b"
    assert (await send(world, "F9", data(b"a,b")))[0] == 404


async def test_a_form_without_a_file_is_no_upload(world: World) -> None:
    file_id = world.call(GET, length=3, filename="a.csv")["file_id"]
    empty = aiohttp.MultipartWriter("form-data")
    empty.append("a,b").set_content_disposition("form-data", name="file")
    nested = aiohttp.MultipartWriter("mixed")
    nested.append("a,b")
    empty.append(nested).set_content_disposition("form-data", name="more")
    assert (await send(world, file_id, empty))[0] == 400
    broken = {"Content-Type": "multipart/form-data; boundary=x"}
    url = f"{world.workspace.base}/upload/{file_id}"
    async with world.session.post(url, data=b"no form", headers=broken) as response:
        assert response.status == 400


@pytest.mark.parametrize(
    ("name", "mimetype", "shown"),
    [
        ("a.png", "image/png", "inline"),
        ("a.WEBP", "image/webp", "inline"),
        ("a.svg", "image/svg+xml", "attachment"),
        ("a.html", "text/html", "attachment"),
        ("a.md", "text/markdown", "attachment"),
        ('"; x=\r\ny.zzz', "application/octet-stream", "attachment"),
        ("../a/b", "application/octet-stream", "attachment"),
        ("..", "application/octet-stream", "attachment"),
    ],
)
async def test_only_pictures_are_shown_in_the_browser(world: World, name: str, mimetype: str, shown: str) -> None:
    shared = world.call(COMPLETE, files=[{"id": uploaded(world, name)}])["files"][0]
    async with world.session.get(shared["url"], headers=BY_THE_PAGE) as response:
        assert await response.read() == b"a,b"
        assert response.headers["Content-Type"] == mimetype
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Content-Disposition"] == f"{shown}; filename*=UTF-8''{quote(name, safe='')}"
    assert shared["mimetype"] == mimetype


@pytest.mark.parametrize(
    ("headers", "scopes", "is_given"),
    [
        (BY_THE_PAGE, [], True),
        ({"Authorization": "Bearer xoxb-local"}, ["files:read"], True),
        ({"Authorization": "Bearer xoxb-local"}, ["files:write"], False),
        ({"Authorization": "Bearer xoxb-other"}, ["files:read"], False),
        ({"Sec-Fetch-Site": "none"}, ["files:read"], False),
        ({}, ["files:read"], False),
    ],
)
async def test_a_files_bytes_are_for_the_page_and_for_an_app_that_may_read_them(
    world: World, headers: dict[str, str], scopes: list[str], is_given: bool
) -> None:
    shared = world.call(COMPLETE, files=[{"id": uploaded(world)}])["files"][0]
    world.grant(*scopes)
    async with world.session.get(shared["url_private"], headers=headers) as response:
        content = await response.read()
        assert (response.status, response.content_type) == (200, "text/csv" if is_given else "text/html")
    assert (content == b"a,b") is is_given


async def test_a_file_that_never_came_is_not_given(world: World) -> None:
    file_id = world.call(GET, length=3, filename="a.csv")["file_id"]
    for name in (file_id, "F9"):
        address = f"{world.workspace.base}/files/{name}/a.csv"
        async with world.session.get(address, headers=BY_THE_PAGE) as response:
            assert response.status == 404


async def test_a_person_sends_a_file_from_the_page(world: World) -> None:
    answer = await from_page(world, form())
    file = world.workspace.files[answer["file_id"]]
    assert (file.name, file.content, file.user, file.mimetype) == ("지표.csv", b"a,b", "U1", "text/csv")
    assert answer["ok"]


@pytest.mark.parametrize(
    "sent", [form(user="UX"), form(user="UBOT"), form(content=b""), form(name="a" * 256), b"words"]
)
async def test_the_page_sends_a_file_of_somebody(world: World, sent: aiohttp.FormData | bytes) -> None:
    answer = await from_page(world, sent)
    assert not answer["ok"]
    assert answer["error"]
    assert not world.workspace.files
