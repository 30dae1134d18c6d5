"""Files into threads, under the faults of a network and the refusals of Slack."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import RawTestServer

from bot.messages.answer import Message
from bot.playground.local_slack import LocalSlack
from bot.playground.watch.faults import Fault
from bot.playground.workspace.records import UploadedFile
from bot.slack import make_client
from bot.uploads import MAX_BYTES, Uploads
from bot.wire import SlackRefused, SlackUnreachable, Wire
from tests.slack.bot import settings_for
from tests.slack.workspace import left

BYTES = b"name,f1\nexp05,0.91\n"
PLACE, SHARE = "files.getUploadURLExternal", "files.completeUploadExternal"


@pytest.fixture
async def make(slack: LocalSlack) -> AsyncIterator[Callable[..., Uploads]]:
    left(slack, "질문", ts="1.0")
    async with aiohttp.ClientSession() as session:
        client = make_client(settings_for(slack), session, None)
        wire = Wire(client, tries=3, backoff_s=0.001)
        yield lambda proxy=None, deadline_s=5.0: Uploads(wire, client, session, proxy, deadline_s=deadline_s)


@pytest.fixture
def uploads(make: Callable[..., Uploads]) -> Uploads:
    return make()


@asynccontextmanager
async def full_disk() -> AsyncIterator[str]:
    """The address of a server that takes no bytes, whoever sends them."""

    async def refuse(request: web.BaseRequest) -> web.StreamResponse:
        await request.read()
        return web.Response(status=507)

    async with RawTestServer(refuse) as server:
        yield str(server.make_url("/"))


def shared(slack: LocalSlack, file_id: str) -> UploadedFile:
    return slack.workspace.files[file_id]


async def test_a_file_comes_to_its_thread_with_its_words(slack: LocalSlack, uploads: Uploads) -> None:
    file_id = await uploads.put(
        "C1", "1.0", "모델.csv", BYTES, "모델 & 지표", "표: exp05의 F1이 가장 높음", Message("**3건** &lt;!here&gt;")
    )
    (message,) = slack.messages("C1", "1.0")
    assert message["text"] == "**3건** &lt;!here&gt;"
    (file,) = message["files"]
    assert (file["id"], file["name"], file["title"]) == (file_id, "모델.csv", "모델 & 지표")
    assert file["alt_txt"] == "표: exp05의 F1이 가장 높음"
    assert shared(slack, file_id).content == BYTES


async def test_a_file_without_thread_and_words_comes_to_the_channel(slack: LocalSlack, uploads: Uploads) -> None:
    file_id = await uploads.put("C1", None, "chart.png", BYTES, "")
    (message,) = slack.messages("C1")
    assert (message["text"], message.get("thread_ts")) == ("", None)
    assert shared(slack, file_id).title == "chart.png"


@pytest.mark.parametrize("size", [0, MAX_BYTES + 1])
async def test_nothing_and_too_much_are_refused_before_slack_is_asked(
    slack: LocalSlack, uploads: Uploads, size: int
) -> None:
    with pytest.raises(SlackRefused, match="file_upload_size_restricted"):
        await uploads.put("C1", "1.0", "a.csv", bytes(size), "a")
    assert not slack.journal.of(PLACE)


async def test_a_secret_or_a_control_in_names_and_titles_is_not_shown(slack: LocalSlack, uploads: Uploads) -> None:
    secret = "xoxb-" + "1" * 12 + "-" + "2" * 12 + "-" + "a" * 24
    file_id = await uploads.put("C1", "1.0", f"../a\u202eb/{secret}.csv", BYTES, f"t {secret}", f"alt {secret}")
    file = shared(slack, file_id)
    assert secret not in f"{file.name} {file.title} {file.alt_txt}"
    assert file.name.endswith(".csv")
    assert not {"/", "\u202e"} & set(file.name)


@pytest.mark.parametrize(
    ("given", "kept"),
    [("가" * 300 + ".csv", "가" * 99 + "….csv"), ("", "file"), ("x" * 300, "x" * 99 + "…"), (" . ", "file")],
)
async def test_a_name_is_cut_and_keeps_its_ending(slack: LocalSlack, uploads: Uploads, given: str, kept: str) -> None:
    assert shared(slack, await uploads.put("C1", "1.0", given, BYTES, "t")).name == kept


@pytest.mark.parametrize("char", ["a", "가", "🚀"])
async def test_long_words_are_cut_to_what_slack_and_an_address_take(
    slack: LocalSlack, uploads: Uploads, char: str
) -> None:
    file_id = await uploads.put(
        "C1", "1.0", f"{char * 300}.png", BYTES, char * 900, char * 3_000, Message(char * 5_000)
    )
    file, (message,) = shared(slack, file_id), slack.messages("C1", "1.0")
    assert 400 < len(file.alt_txt) <= 1_000
    assert all(text.endswith("…") for text in (file.title, file.alt_txt, message["text"]))


async def test_a_place_that_nobody_heard_of_is_asked_for_again(slack: LocalSlack, uploads: Uploads) -> None:
    slack.break_next(PLACE, Fault(status=503, takes_effect=True))
    file_id = await uploads.put("C1", "1.0", "a.csv", BYTES, "a")
    assert len(slack.journal.of(PLACE)) == 2
    assert shared(slack, file_id).content == BYTES


async def test_bytes_that_do_not_arrive_are_sent_to_a_second_place_and_to_no_third(
    slack: LocalSlack, make: Callable[..., Uploads]
) -> None:
    with pytest.raises(SlackUnreachable, match="Connect"):
        await make(proxy="http://127.0.0.1:9").put("C1", "1.0", "a.csv", BYTES, "a")
    assert len(slack.journal.of(PLACE)) == 2
    assert not slack.messages("C1")


async def test_bytes_that_are_turned_away_are_shared_nowhere(slack: LocalSlack, make: Callable[..., Uploads]) -> None:
    async with full_disk() as proxy:
        with pytest.raises(SlackUnreachable, match="507"):
            await make(proxy=proxy).put("C1", "1.0", "a.csv", BYTES, "a")
    assert not slack.messages("C1")


async def test_a_file_that_was_shared_though_slack_failed_is_shared_once(slack: LocalSlack, uploads: Uploads) -> None:
    slack.break_next(SHARE, Fault(status=500, takes_effect=True))
    file_id = await uploads.put("C1", "1.0", "a.csv", BYTES, "a")
    (message,) = slack.messages("C1", "1.0")
    assert message["files"][0]["id"] == file_id
    assert len(slack.journal.of(SHARE)) == 2


async def test_a_file_that_slack_will_not_share_is_an_error(slack: LocalSlack, uploads: Uploads) -> None:
    slack.break_next(SHARE, Fault(error="file_update_failed"))
    with pytest.raises(SlackRefused, match="file_update_failed"):
        await uploads.put("C1", "1.0", "a.csv", BYTES, "a")


async def test_a_channel_without_the_bot_gets_no_file(uploads: Uploads) -> None:
    with pytest.raises(SlackRefused, match="not_in_channel"):
        await uploads.put("CX", None, "a.csv", BYTES, "a")


async def test_an_upload_ends_with_its_deadline(slack: LocalSlack, make: Callable[..., Uploads]) -> None:
    never = asyncio.Event()
    slack.break_next(SHARE, Fault(waits_for=never))
    with pytest.raises(SlackUnreachable, match=r"more than 0\.2 s"):
        await make(deadline_s=0.2).put("C1", "1.0", "a.csv", BYTES, "a")
    never.set()
