"""What people do wrong is a sentence in their language, and changes nothing."""

import asyncio
from typing import Any

import aiohttp
import pytest

from bot.playground.people.mistakes import Mistaken, sentences
from bot.playground.screen.tricks import Trick
from tests.playground.interactivity.views import used
from tests.playground.page_server.rig import BLOCKS, STATIC, Listener, Site, serving

GO = used(BLOCKS[0]["elements"][0])
GONE = "That message is gone."
STRANGE = "The page has sent something that doesn't fit: "

WRONG: list[tuple[str, dict[str, Any], str]] = [
    ("dance", {}, "The page knows no 'dance'."),
    ("say", {"channel": "C9", "text": "x"}, "You are not in that channel."),
    ("say", {"channel": "G1", "text": "x"}, "You are not in that channel."),
    ("say", {"channel": "C3", "text": "x"}, "That channel is archived."),
    ("say", {"channel": "C1", "text": ""}, "There is nothing to send yet."),
    ("say", {"channel": "C1", "text": " \n\t"}, "There is nothing to send yet."),
    ("say", {"channel": "C1", "text": "x" * 41_000}, "A message has 40,000 characters at most."),
    ("say", {"channel": "C1", "text": "x", "thread_ts": "1.1"}, GONE),
    ("say", {"channel": "C1", "text": "/mlops", "thread_ts": "1.1"}, "/mlops is not supported in threads. Sorry!"),
    ("say", {"channel": "C1", "text": "x", "files": ["F1"]}, "A file is missing; attach it again."),
    ("say", {"channel": "C1", "text": "x", "colour": "red"}, f"{STRANGE}colour."),
    ("say", {"channel": "C1", "text": 7}, f"{STRANGE}text."),
    ("say", {"channel": "C1"}, f"{STRANGE}text."),
    ("say", {"channel": ["C1"], "text": "x"}, f"{STRANGE}channel."),
    ("say", {"channel": "C1", "text": "x", "files": [1]}, f"{STRANGE}files.0."),
    ("say", {"channel": "C1", "text": "x", "broadcast": "yes"}, f"{STRANGE}broadcast."),
    ("edit", {"channel": "C1", "ts": "1.1", "text": "x"}, GONE),
    ("edit", {"channel": "C1", "ts": "1.1", "text": "x" * 41_000}, "A message has 40,000 characters at most."),
    ("delete", {"channel": "C1", "ts": "1.1"}, GONE),
    ("delete", {"channel": "C3", "ts": "1.1"}, "That channel is archived."),
    ("react", {"channel": "C1", "ts": "1.1", "name": "eyes"}, GONE),
    ("react", {"channel": "G1", "ts": "1.1", "name": "eyes"}, "You are not in that channel."),
    ("click", {"action": GO}, "You are not in that channel."),
    ("click", {"action": GO, "channel": "C1", "ts": "1.1"}, GONE),
    ("click", {"action": GO, "channel": "C3", "ts": "1.1"}, "That channel is archived."),
    ("click", {"action": GO, "view_id": "V1"}, "That is no longer open."),
    ("click", {"action": "go", "channel": "C1", "ts": "1.1"}, f"{STRANGE}action."),
    ("submit", {"view_id": "V1", "state": {}}, "That is no longer open."),
    ("close", {"view_id": "V1"}, "That is no longer open."),
    ("options", {"action_id": "a", "block_id": "b", "value": "", "channel": "C1", "ts": "1.1"}, GONE),
    ("shortcut", {"callback_id": "fly"}, "There is no such shortcut."),
    ("shortcut", {"callback_id": "explain", "channel": "C1", "ts": "1.1"}, GONE),
    ("home", {"tab": "attic"}, f"{STRANGE}tab."),
    ("stop", {"channel": "C1", "thread_ts": "1.1"}, GONE),
    ("stop", {"channel": "G1", "thread_ts": "1.1"}, "You are not in that channel."),
    ("dm", {"channel": "C1"}, f"{STRANGE}channel."),
    ("trick", {"name": "juggle"}, "There is no trick called 'juggle'."),
]


@pytest.mark.parametrize(("verb", "body", "said"), WRONG, ids=[f"{n}-{verb}" for n, (verb, _, _) in enumerate(WRONG)])
async def test_a_mistake_is_a_sentence_and_changes_nothing(
    site: Site, verb: str, body: dict[str, Any], said: str
) -> None:
    assert await site.mistake(verb, **body) == said


@pytest.mark.parametrize("user", ["U9", "UBOT", ""])
@pytest.mark.parametrize("verb", ["say", "dm"])
async def test_nobody_speaks_as_the_bot_or_as_somebody_unknown(site: Site, verb: str, user: str) -> None:
    body = {"channel": "C1", "text": "x"} if verb == "say" else {}
    assert await site.mistake(verb, user, **body) == "Choose whom to speak as first."


async def test_somebody_elses_message_stays_as_it_is(site: Site) -> None:
    theirs = (await site.done("say", "U2", channel="C1", text="mine"))["ts"]
    for ts in (theirs, await site.asks()):
        assert await site.mistake("edit", channel="C1", ts=ts, text="x") == "Only your own messages can be changed."
        assert await site.mistake("delete", channel="C1", ts=ts) == "Only your own messages can be changed."


async def test_an_edit_leaves_no_empty_message(site: Site) -> None:
    ts = (await site.done("say", channel="C1", text="mine"))["ts"]
    said = await site.mistake("edit", channel="C1", ts=ts, text=" ")
    assert said == "An empty message cannot be kept; delete it instead."


async def test_a_tombstone_can_be_neither_edited_nor_reacted_to(site: Site) -> None:
    root = (await site.done("say", channel="C1", text="root"))["ts"]
    await site.done("say", channel="C1", text="reply", thread_ts=root)
    await site.done("delete", channel="C1", ts=root)
    assert await site.mistake("delete", channel="C1", ts=root) == GONE
    assert await site.mistake("react", channel="C1", ts=root, name="eyes") == GONE


async def test_there_are_no_threads_in_threads(site: Site) -> None:
    root = (await site.done("say", channel="C1", text="root"))["ts"]
    reply = (await site.done("say", channel="C1", text="reply", thread_ts=root))["ts"]
    assert await site.mistake("say", channel="C1", text="x", thread_ts=reply) == GONE


async def test_an_unknown_command_is_no_message_either(site: Site) -> None:
    said = await site.mistake("say", channel="C1", text="/mlopz usage")
    assert said.startswith("/mlopz is not a valid command.")
    said = await site.mistake("say", channel="C1", text="/mlopz", language="ko")
    assert said.startswith("/mlopz 명령은 없습니다.")


async def test_somebody_elses_file_cannot_be_sent(site: Site) -> None:
    file = await site.upload(user="U2")
    said = await site.mistake("say", channel="C1", text="x", files=[file])
    assert said == "A file is missing; attach it again."


@pytest.mark.parametrize(
    ("name", "said"),
    [("eyes", "You have reacted with that already."), ("no such", "There is no such emoji.")],
)
async def test_an_emoji_that_cannot_be_put_is_a_sentence(site: Site, name: str, said: str) -> None:
    ts = await site.asks()
    await site.done("react", channel="C1", ts=ts, name="eyes")
    assert await site.mistake("react", channel="C1", ts=ts, name=name) == said


async def test_an_emoji_that_isnt_there_cannot_be_taken_away(site: Site) -> None:
    said = await site.mistake("react", channel="C1", ts=await site.asks(), name="eyes", add=False)
    assert said == "You have not reacted with that."


@pytest.mark.parametrize(
    ("action", "ko"),
    [
        (used({"type": "button", "action_id": "gone"}), "이제 쓸 수 없는 항목입니다."),
        ({**GO, "type": "overflow"}, "overflow 항목이 아니라 button 항목입니다."),
        (used(STATIC, selected_option={"value": "z"}), "'pick' 항목에 맞지 않는 값입니다."),
    ],
)
async def test_what_cannot_be_clicked_is_told_in_korean_too(
    site: Site, app: Listener, action: dict[str, Any], ko: str
) -> None:
    ts = await site.asks()
    assert await site.mistake("click", channel="C1", ts=ts, action=action, language="ko-KR,ko;q=0.9") == ko


async def test_options_that_are_known_are_not_asked_for(site: Site, app: Listener) -> None:
    asked = {"channel": "C1", "ts": await site.asks(), "action_id": "pick", "block_id": "acts", "value": ""}
    assert await site.mistake("options", **asked) == "Its options are known."


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b"hello", b"[1]", b'"U1"', b"7", b"null", b"\xff\xfe", b"\xef\xbb\xbf{}", b'{"user": NaN}',
        b'{"user": "\\ud800"}', b"[" * 100_000, b'{"user": ' + b"[" * 500 + b"]" * 500 + b"}", b"9" * 10_000,
    ],
    ids=lambda body: repr(body[:16]),
)  # fmt: skip
async def test_what_is_no_json_object_is_turned_away(site: Site, body: bytes) -> None:
    said = {"ok": False, "error": "The request is no JSON object."}
    assert await site.post("/ui/act/say", body) == (400, said)
    assert (await site.post("/ui/act/say", body, language="ko"))[1]["error"] == "요청이 JSON 객체가 아닙니다."


async def test_an_upload_without_a_person_or_a_file_is_a_sentence_in_their_language(site: Site) -> None:
    async with site.session.post(f"{site.slack.base}/ui/upload", headers={"Accept-Language": "ko"}) as response:
        assert (response.status, (await response.json())["error"]) == (400, "파일과 누구로 말할지를 골라 주세요.")
    form = aiohttp.FormData({"user": "U1"})
    form.add_field("file", b"", filename="empty.txt")
    async with site.session.post(f"{site.slack.base}/ui/upload", data=form) as response:
        assert (await response.json())["error"] == "A file has 1 byte to 50 MB."


async def test_a_trick_that_fails_is_a_sentence() -> None:
    async def fail() -> dict[str, str]:
        raise Mistaken("trick_failed")

    async with serving(tricks=(Trick("fail", {"ko": "", "en": ""}, fail),)) as site:
        assert await site.mistake("trick", name="fail") == sentences()["trick_failed"]["en"]


async def test_two_who_take_the_same_message_away_at_once_are_one_too_many(site: Site) -> None:
    ts = (await site.done("say", channel="C1", text="mine"))["ts"]
    answers = await asyncio.gather(*(site.act("delete", channel="C1", ts=ts) for _ in range(2)))
    assert sorted(answer["ok"] for answer in answers) == [False, True]
