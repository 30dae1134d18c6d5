"""No JSON that a page could send is more than a mistake: the server says so and goes on."""

import asyncio
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.playground.delivery.deliveries import Timings
from bot.playground.screen.bodies import MOST_TYPED
from tests.playground.page_server.rig import Site, serving

VERBS = (
    "say", "edit", "delete", "react", "click", "submit", "close", "options", "shortcut", "home", "stop", "dm", "trick",
    "dance",
)  # fmt: skip
NAMES = (
    "user", "channel", "ts", "text", "thread_ts", "files", "broadcast", "name", "add", "action", "view_id", "state",
    "all", "action_id", "block_id", "value", "callback_id", "tab", "values", "type", "selected_option",
)  # fmt: skip
KNOWN = (
    "U1", "U2", "C1", "C2", "D1", "@here", "V1", "go", "find", "pick", "acts", "button", "eyes", "ask", "explain",
    "home", "wink", "/mlops x", "/", "TS", "VIEW", "HOME", "\ud800", "\x00", "", "a",
)  # fmt: skip
LEAVES = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.sampled_from(KNOWN), st.text(max_size=20))
JSON = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=4)
)
BODIES = st.dictionaries(st.sampled_from(NAMES), JSON, max_size=7).map(lambda body: {"user": "U1", **body})
PROPERTY = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def named(value: Any, names: dict[str, str]) -> Any:
    """With the ids of this workspace in place of their names."""
    if isinstance(value, dict):
        return {key: named(part, names) for key, part in value.items()}
    if isinstance(value, list):
        return [named(part, names) for part in value]
    return names.get(value, value) if isinstance(value, str) else value


async def post_all(bodies: list[tuple[str, Any]]) -> None:
    async with serving(timings=Timings(ack_s=0.01, retry_after_s=())) as site, site.feed() as line:
        home = await site.call("views.publish", user_id="U1", view={"type": "home", "blocks": [{"type": "divider"}]})
        names = {"TS": await site.asks(), "VIEW": await site.has_form(), "HOME": home["view"]["id"]}
        for verb, body in bodies:
            status, answer = await site.post(f"/ui/act/{verb}", named(body, names))
            assert status in (200, 400), answer
            assert answer["ok"] or answer["error"]
        site.workspace.tell("notice", user="U1", text="the end")
        assert (await line.until("notice", text="the end"))[-1]["user"] == "U1"
        assert (await site.state())["me"] == "U1"
        async with site.session.get(f"{site.slack.base}/control/journal") as response:
            assert response.status == 200


@PROPERTY
@given(st.lists(st.tuples(st.sampled_from(VERBS), BODIES | JSON), min_size=1, max_size=6))
def test_any_json_to_any_verb_is_answered(bodies: list[tuple[str, Any]]) -> None:
    asyncio.run(post_all(bodies))


async def test_a_text_at_the_limit_is_taken_even_where_each_letter_is_escaped(site: Site) -> None:
    await site.done("say", channel="C1", text="<" * MOST_TYPED)
    assert site.texts == ["&lt;" * MOST_TYPED]


@pytest.mark.parametrize(
    "body",
    [b"--x\r\nrubbish", b"--x\r\nrubbish\r\n\r\n", b"--x\r\n\r\nno end", b"--", b"--x\r\na:\xff\r\n\r\n"],
)
async def test_a_form_that_is_none_is_no_fault_of_the_servers(site: Site, body: bytes) -> None:
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    for path, code in (("/ui/upload", 400), ("/api/auth.test", 200)):
        async with site.session.post(site.slack.base + path, data=body, headers=headers) as response:
            assert (response.status, (await response.json())["ok"]) == (code, False)


async def test_a_flood_of_people_is_taken_one_after_the_other(site: Site) -> None:
    async def say(number: int) -> None:
        await site.done("say", channel="C1", text=str(number))

    await asyncio.gather(*map(say, range(100)))
    assert sorted(map(int, site.texts)) == [*range(100)]
