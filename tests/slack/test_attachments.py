"""Files beside a question: text is read and shown to the model as data, of the rest it is said why not."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from bot.attachments import MAX_BYTES, MAX_FILES
from bot.playground.api.uploads import file_json, new_file
from bot.playground.local_slack import LocalSlack
from bot.playground.people.person import Person
from bot.playground.rules.blocks import texts
from tests.slack.bot import TestModel, running
from tests.slack.workspace import BOT, KIM, deliver

LOG = b"epoch 3\nRuntimeError: CUDA out of memory\n"
QUESTION = "왜 실패했어?"


def shared(slack: LocalSlack, name: str, content: bytes, **more: Any) -> dict[str, Any]:
    """A file that Kim has uploaded, as a message has it."""
    file = new_file(slack.workspace, name, len(content), KIM)
    file.content = content
    return {**file_json(file, slack.base), **more}


async def ask(slack: LocalSlack, person: Person, files: list[dict[str, Any]], text: str = QUESTION) -> str:
    """The whole text of the answer to a direct message with files."""
    ts = await person.say(text, "D1", files=files, subtype="file_share")
    await slack.journal.until(lambda: slack.messages("D1", ts), "an answer")
    return "\n".join(texts(slack.messages("D1", ts)[0]["blocks"]))


async def test_a_log_is_read_and_put_before_the_question(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    model = TestModel()
    async with running(tmp_path, slack, model):
        await ask(slack, kim, [shared(slack, "train.log", LOG), shared(slack, "한글.csv", "이름,값\n".encode("cp949"))])
    (prompt,) = model.prompts[:1]
    assert [(one.name, one.text) for one in prompt.attached] == [("train.log", LOG.decode()), ("한글.csv", "이름,값\n")]
    assert prompt.question == QUESTION


async def test_a_file_without_a_word_asks_what_is_in_it(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    model = TestModel()
    async with running(tmp_path, slack, model):
        await ask(slack, kim, [shared(slack, "train.log", LOG)], "")
    assert model.questions == ["첨부한 파일에서 알아야 할 것을 알려 줘"]


async def test_what_is_no_text_or_too_large_or_elsewhere_is_refused_with_its_name(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    model = TestModel()
    files = [
        shared(slack, "picture.png", b"\x89PNG"),
        shared(slack, "weights.log", b"a\x00b"),
        shared(slack, "huge.log", b"x", size=MAX_BYTES + 1),
        shared(slack, "liar.log", b"x" * (MAX_BYTES + 1), size=1),
        shared(slack, "other.log", LOG, url_private_download="https://files.example.com/other.log"),
    ]
    async with running(tmp_path, slack, model):
        text = await ask(slack, kim, files)
    assert model.prompts[0].attached == ()
    for name, why in (
        ("picture.png", "텍스트(로그"),
        ("weights.log", "텍스트(로그"),
        ("huge.log", "2MB"),
        ("liar.log", "2MB"),
        ("other.log", "Slack에 올린 파일이 아니어서"),
    ):
        assert why in text[text.index(name) :][:60], name


async def test_a_file_that_slack_does_not_give_is_told(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    missing = shared(slack, "gone.log", LOG)
    slack.workspace.files[missing["id"]].content = None
    unreachable = shared(slack, "far.log", LOG, url_private_download=f"{slack.base}/files/none/far.log")
    async with running(tmp_path, slack):
        text = await ask(slack, kim, [missing, unreachable])
    assert "‘gone.log’" in text
    assert "files:read" in text


async def test_more_files_than_are_read_at_once_are_told(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    model = TestModel()
    files = [shared(slack, f"{number}.log", LOG) for number in range(MAX_FILES + 1)]
    async with running(tmp_path, slack, model):
        text = await ask(slack, kim, files)
    assert len(model.prompts[0].attached) == MAX_FILES
    assert f"{MAX_FILES}개까지만" in text


@pytest.mark.parametrize("first", ["message", "app_mention"])
async def test_a_mention_with_a_file_is_answered_once_with_it_whichever_event_comes_first(
    tmp_path: Path, slack: LocalSlack, first: str
) -> None:
    model = TestModel()
    ts = slack.workspace.new_ts()
    text = f"<@{BOT}> {QUESTION}"
    message = {"type": "message", "user": KIM, "text": text, "ts": ts, "event_ts": ts}
    slack.workspace.channels["C1"].messages[ts] = dict(message)
    files = [shared(slack, "train.log", LOG)]
    events: dict[str, dict[str, Any]] = {
        "message": {**message, "subtype": "file_share", "files": files, "channel": "C1", "channel_type": "channel"},
        "app_mention": {**message, "type": "app_mention", "channel": "C1"},
    }
    async with running(tmp_path, slack, model):
        for kind in (first, *(other for other in events if other != first)):
            await deliver(slack, _callback(events[kind]))
        await slack.journal.until(lambda: slack.messages("C1", ts), "an answer")
        await slack.deliveries.settled()
    assert len(slack.messages("C1", ts)) == 1
    assert [one.name for one in model.prompts[-1].attached] == ["train.log"]


def _callback(event: dict[str, Any]) -> dict[str, Any]:
    body = {"type": "event_callback", "team_id": "T1", "api_app_id": "A1", "event": event}
    return {**body, "event_id": f"Ev{event['type']}{event['ts']}", "event_time": 1}


async def test_a_token_in_a_file_goes_no_further(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    model = TestModel()
    token = "xoxb-" + "1234567890-" * 2 + "abcdefghijklmnop"
    async with running(tmp_path, slack, model):
        await ask(slack, kim, [shared(slack, "env.txt", f"TOKEN={token}".encode())])
    assert token not in model.prompts[0].attached[0].text


async def test_a_file_that_never_comes_holds_nobody_up_for_long() -> None:
    from aiohttp import ClientSession, web

    from bot.attachments import Attachments, SharedFile

    release = asyncio.Event()

    async def stall(_: web.Request) -> web.Response:
        await release.wait()
        return web.Response()

    app = web.Application()
    app.router.add_get("/a.log", stall)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    base = f"http://127.0.0.1:{runner.addresses[0][1]}"
    async with ClientSession() as session:
        reader = Attachments(session, "xoxb-1", f"{base}/api/", deadline_s=0.05)
        beside = await reader.read([SharedFile("a.log", "text/plain", 1, f"{base}/a.log")], "en")
    release.set()
    await runner.cleanup()
    assert beside.attached == ()
    assert "could not be downloaded" in beside.notices[0]
