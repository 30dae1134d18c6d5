"""Arguments: every way they come in, and what is said of wrong ones."""

import json
from typing import Any

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.playground.api.arguments import check_args
from bot.playground.workspace.platform import Platform
from bot.playground.workspace.refused import Refused
from tests.playground.webapi.server import APP, Api

METHODS = Platform.load().methods
SECTION = [{"type": "section", "block_id": "b", "text": {"type": "mrkdwn", "text": "hi"}}]


async def body(api: Api, method: str, **more: Any) -> dict[str, Any]:
    return (await api.send(method, **more)).json


async def test_query_form_and_json_say_the_same(api: Api) -> None:
    args = {"channel": "C1", "text": "hi"}
    form = aiohttp.FormData(args)
    parts = aiohttp.FormData(args, default_to_multipart=True)
    for more in ({"params": args}, {"data": form}, {"data": parts}, {"json": args}, {"verb": "GET", "params": args}):
        assert (await body(api, "chat.postMessage", **more))["ok"]
    assert [call.args for call in api.journal.calls] == [args] * 5


async def test_a_bodys_arguments_win_over_the_querys(api: Api) -> None:
    await body(api, "chat.postMessage", params={"channel": "C1", "text": "query"}, json={"text": "body"})
    assert api.texts() == ["body"]


async def test_texts_are_read_by_the_tables_types(api: Api) -> None:
    form = {
        "channel": "C1",
        "blocks": json.dumps(SECTION),
        "unfurl_links": "false",
        "mrkdwn": "1",
        "metadata": '{"event_type":"t","event_payload":{}}',
    }
    assert (await body(api, "chat.postMessage", data=form))["ok"]
    assert api.journal.calls[-1].args == {
        "channel": "C1",
        "blocks": SECTION,
        "unfurl_links": False,
        "mrkdwn": True,
        "metadata": {"event_type": "t", "event_payload": {}},
    }
    await body(api, "conversations.history", verb="GET", params={"channel": "C1", "limit": "5"})
    assert api.journal.calls[-1].args["limit"] == 5


def test_an_array_may_be_words_with_commas_between_them() -> None:
    args = {"channel": "C1", "ts": "1.1", "file_ids": "F1, F2", "attachments": '[{"text":"x"}]'}
    found = check_args(METHODS["chat.update"], args)
    assert found["file_ids"] == ["F1", "F2"]
    assert found["attachments"] == [{"text": "x"}]


def test_null_is_no_argument() -> None:
    assert check_args(METHODS["chat.postMessage"], {"channel": "C1", "text": None, "nothing": None}) == {
        "channel": "C1"
    }


def test_the_token_is_no_argument_of_the_method() -> None:
    assert check_args(METHODS["auth.test"], {"token": "xoxb-1"}) == {}


def test_each_wrong_argument_is_named() -> None:
    args = {"text": 5, "unfurl_links": "perhaps", "attachments": '{"a":1}', "metadata": [], "blocks": {}, "colour": "r"}
    with pytest.raises(Refused) as refused:
        check_args(METHODS["chat.postMessage"], args)
    assert refused.value.body == {
        "ok": False,
        "error": "invalid_arguments",
        "response_metadata": {
            "messages": [
                "[ERROR] missing required field: channel",
                "[ERROR] unknown argument: colour",
                "[ERROR] must be an array [json-pointer:/attachments]",
                "[ERROR] must be an array [json-pointer:/blocks]",
                "[ERROR] must be an object [json-pointer:/metadata]",
                "[ERROR] must be a string [json-pointer:/text]",
                "[ERROR] must be a boolean [json-pointer:/unfurl_links]",
            ]
        },
    }


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("blocks", "no json", "invalid_blocks_format"),
        ("blocks", {"type": "divider"}, "invalid_blocks_format"),
        ("metadata", "no json", "invalid_metadata_format"),
        ("text", 1, "invalid_arguments"),
    ],
)
def test_blocks_and_metadata_have_codes_of_their_own(name: str, value: object, code: str) -> None:
    with pytest.raises(Refused, match=code):
        check_args(METHODS["chat.postMessage"], {"channel": "C1", name: value})


@pytest.mark.parametrize("limit", ["many", "1.5", "-1", "²", "9" * 40, True, 1.5])
def test_a_number_is_an_integer(limit: object) -> None:
    with pytest.raises(Refused, match="invalid_arguments"):
        check_args(METHODS["conversations.members"], {"channel": "C1", "limit": limit})


@pytest.mark.parametrize("view", ["[]", "{", [1]])
def test_a_view_is_an_object(view: object) -> None:
    with pytest.raises(Refused, match="invalid_arguments"):
        check_args(METHODS["views.open"], {"view": view})


JSON = {"Content-Type": "application/json; charset=utf-8"}
DEEP = '{"blocks":' + "[" * 80 + "]" * 80 + "}"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"{", "invalid_json"),
        (b"\xff", "invalid_json"),
        (b'{"text":"\\ud800"}', "invalid_json"),
        (b'{"text":1e999}', "invalid_json"),
        (b'{"text":NaN}', "invalid_json"),
        (b"9" * 5_000, "invalid_json"),
        (DEEP.encode(), "invalid_json"),
        (b"[" * 100_000, "invalid_json"),
        (b"[]", "json_not_object"),
        (b'"text"', "json_not_object"),
        (b"null", "json_not_object"),
    ],
    ids=lambda value: str(value)[:30],
)
async def test_json_that_is_no_object_is_refused(api: Api, content: bytes, code: str) -> None:
    answer = await body(api, "chat.postMessage", data=content, headers=JSON)
    assert answer["error"] == code
    assert (api.journal.calls[-1].args, api.journal.calls[-1].answer) == ({}, answer)


@pytest.mark.parametrize(
    ("kind", "content", "code"),
    [
        ("application/json; charset=ebcdic", b"{}", "invalid_charset"),
        ("application/x-www-form-urlencoded; charset=utf-7", b"a=b", "invalid_charset"),
        ("application/xml", b"<a/>", "invalid_post_type"),
        ("application/x-www-form-urlencoded", b"\xff=1", "invalid_form_data"),
        ("multipart/form-data", b"--x", "invalid_form_data"),
        ("multipart/form-data; boundary=x", b"no part at all", "invalid_form_data"),
        ("application/json; charset=ISO-8859-1", b'{"channel":"C1","text":"\xe9"}', None),
    ],
)
async def test_a_body_nobody_can_read_is_refused(api: Api, kind: str, content: bytes, code: str | None) -> None:
    answer = await body(api, "chat.postMessage", data=content, headers={"Content-Type": kind})
    assert answer.get("error") == code


async def test_a_body_without_its_kind_is_refused(api: Api) -> None:
    skip = {"skip_auto_headers": ["Content-Type"]}
    assert (await body(api, "auth.test", data=b"a=b", **skip))["error"] == "missing_post_type"


async def test_a_file_is_no_text(api: Api) -> None:
    form = aiohttp.FormData({"channel": "C1"})
    form.add_field("text", b"content", filename="a.txt")
    assert (await body(api, "chat.postMessage", data=form))["error"] == "invalid_arguments"


async def test_with_json_the_token_is_taken_from_the_header_alone(api: Api) -> None:
    token = {"token": APP.bot_token}
    assert (await body(api, "auth.test", token=None, json=token))["error"] == "not_authed"
    assert (await body(api, "auth.test", token=None, data=token))["ok"]
    assert (await body(api, "auth.test", token=None, verb="GET", params=token))["ok"]
    assert [call.args for call in api.journal.calls] == [{}, {}, {}]


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)


@given(method=st.sampled_from(sorted(METHODS)), data=st.data())
def test_arguments_fit_the_table_or_are_refused(method: str, data: st.DataObject) -> None:
    spec = METHODS[method]
    names = st.sampled_from([*spec.types, "else"])
    try:
        found = check_args(spec, data.draw(st.dictionaries(names, JSON_VALUES)))
    except Refused as refused:
        messages = refused.more["response_metadata"]["messages"]
    else:
        messages = []
        assert spec.required <= found.keys() <= spec.types.keys()
    assert all(message.startswith("[ERROR] ") for message in messages)
