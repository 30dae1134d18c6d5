"""Whatever is sent, the answer is Slack's JSON and never a server error."""

import asyncio
import json
from typing import Any, Final
from urllib.parse import urlencode

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.playground.workspace.platform import Platform
from tests.playground.webapi.server import Api, serving

JSON: Final = {"Content-Type": "application/json"}
FORM: Final = {"Content-Type": "application/x-www-form-urlencoded"}
METHODS: Final = Platform.load().methods
BLOCK_WORDS: Final = ("section", "mrkdwn", "text", "rich_text", "table", "elements", "fields", "rows", "button", "C1")
WORDS: Final = st.sampled_from((*BLOCK_WORDS, "U1", "1.1", "", "true", "[]", "{}", "<!here>")) | st.text(max_size=12)
VALUES: Final = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | WORDS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(WORDS, inner, max_size=3)
        | st.fixed_dictionaries({"type": WORDS, "text": inner, "elements": inner})
    ),
    max_leaves=12,
)


KNOWN: Final = {"channel": "C1", "channel_id": "C1", "user": "U1", "user_id": "U1", "users": "U1", "name": "eyes"}
TS: Final = ("ts", "timestamp", "message_ts", "thread_ts")
OBJECTS: Final = st.dictionaries(WORDS, VALUES, max_size=3)
TEXT: Final = st.fixed_dictionaries({"type": st.sampled_from(("mrkdwn", "plain_text")), "text": WORDS})
ELEMENTS: Final = st.lists(TEXT | VALUES, max_size=3)
BLOCKS: Final = st.lists(
    st.fixed_dictionaries({"type": WORDS}, optional={"text": TEXT | VALUES, "elements": ELEMENTS, "fields": ELEMENTS})
    | VALUES,
    max_size=3,
)
BY_TYPE: Final[dict[str, st.SearchStrategy[Any]]] = {
    "string": WORDS,
    "boolean": st.booleans(),
    "number": st.integers(-2, 1_200),
    "array": BLOCKS | st.lists(WORDS, max_size=3),
    "blocks": BLOCKS,
    "object": OBJECTS | st.fixed_dictionaries({"event_type": WORDS, "event_payload": OBJECTS}),
    "view": OBJECTS | st.fixed_dictionaries({"type": WORDS, "title": TEXT, "blocks": BLOCKS}),
}


@st.composite
def calls(draw: st.DrawFn, values: st.SearchStrategy[Any] | None = None) -> tuple[str, dict[str, Any]]:
    """A method with the arguments it has to have, and some of the others; of the table's types, or all `values`."""
    spec = METHODS[draw(st.sampled_from(sorted(METHODS)))]
    others = draw(st.sets(st.sampled_from([*spec.types, *spec.required] or ["token"]), max_size=4))
    names = sorted(spec.required | others)
    fitting = {name: _fitting(name, spec.types.get(name, "string")) for name in names}
    return spec.name, {name: draw(fitting[name] if values is None else values) for name in names}


def _fitting(name: str, kind: str) -> st.SearchStrategy[Any]:
    """TS stands for the ts of a message that is there."""
    if name in TS:
        return st.just("TS") | WORDS
    return st.just(KNOWN[name]) if name in KNOWN else BY_TYPE[kind]


async def _all_answered(sent: list[tuple[str, dict[str, Any]]]) -> None:
    async with serving() as api:
        posted = (await api.call("chat.postMessage", channel="C1", text="x"))["ts"]
        for method, args in sent:
            real = {name: posted for name in TS if args.get(name) == "TS"}
            await _answered(api, method, args | real)


async def _answered(api: Api, method: str, args: dict[str, Any]) -> None:
    token = api.workspace.app.app_token if METHODS[method].token == "app" else api.workspace.app.bot_token
    form = urlencode({n: value if isinstance(value, str) else json.dumps(value) for n, value in args.items()})
    for seen in (
        await api.send(method, token=token, data=json.dumps(args), headers=JSON),
        await api.send(method, token=token, data=form, headers=FORM),
        await api.send(f"{method}?{form}", token=token, verb="GET"),
    ):
        assert seen.status == 200, (method, args, seen.text)
        assert isinstance(seen.json["ok"], bool)


@given(st.lists(calls() | calls(VALUES), min_size=1, max_size=5))
@settings(max_examples=60, deadline=None)
def test_any_arguments_get_an_answer(sent: list[tuple[str, dict[str, Any]]]) -> None:
    asyncio.run(_all_answered(sent))


@given(
    body=st.binary(max_size=80),
    kind=st.sampled_from(
        ("application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=b", "text/plain", "")
    ),
    query=st.text(alphabet='ab=&%+[]{}"C1\x00é', max_size=20),
)
@settings(max_examples=100, deadline=None)
def test_any_bytes_get_an_answer(body: bytes, kind: str, query: str) -> None:
    async def send() -> None:
        async with serving() as api:
            headers = {"Content-Type": kind}
            seen = await api.send(f"chat.postMessage?{query}", data=body, headers=headers)
            assert seen.status == 200
            assert isinstance(seen.json["ok"], bool)

    asyncio.run(send())
