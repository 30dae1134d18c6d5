"""Who may call: tokens, scopes, methods."""

from typing import Any

import pytest

from bot.playground.api.methods import Answer, Args
from bot.playground.workspace.state import Workspace
from tests.playground.webapi.server import APP, Api, platform, serving


async def test_a_method_nobody_has_is_unknown(api: Api) -> None:
    assert await api.call("chat.scream") == {"ok": False, "error": "unknown_method", "req_method": "chat.scream"}


async def test_a_method_of_the_table_without_its_function_is_unknown() -> None:
    async with serving(methods={}) as api:
        assert await api.error("auth.test") == "unknown_method"


@pytest.mark.parametrize("verb", ["PUT", "DELETE", "OPTIONS"])
async def test_only_get_and_post_are_spoken(api: Api, verb: str) -> None:
    assert (await api.send("auth.test", verb=verb)).status == 405


@pytest.mark.parametrize(
    ("method", "token", "code"),
    [
        ("auth.test", None, "not_authed"),
        ("auth.test", "", "not_authed"),
        ("auth.test", "xoxb-other", "invalid_auth"),
        ("auth.test", APP.app_token, "not_allowed_token_type"),
        ("apps.connections.open", APP.bot_token, "not_allowed_token_type"),
        ("apps.connections.open", "xapp-other", "invalid_auth"),
    ],
)
async def test_a_wrong_token_is_refused(api: Api, method: str, token: str | None, code: str) -> None:
    seen = await api.send(method, token=token)
    assert seen.json == {"ok": False, "error": code}
    assert "X-OAuth-Scopes" not in seen.headers


async def test_a_header_that_bears_no_token_is_none(api: Api) -> None:
    assert (await api.send("auth.test", token=None, headers={"Authorization": "Basic eA=="})).json["error"] == (
        "not_authed"
    )


async def test_an_answer_names_the_tokens_scopes() -> None:
    async with serving(platform("chat:write", "im:history")) as api:
        assert (await api.send("auth.test")).headers["X-OAuth-Scopes"] == "chat:write,im:history"
        refused = await api.send("reactions.add", params={"channel": "C1", "name": "x", "timestamp": "1.1"})
        assert refused.headers["X-OAuth-Scopes"] == "chat:write,im:history"
        assert refused.json == {
            "ok": False,
            "error": "missing_scope",
            "needed": "reactions:write",
            "provided": "chat:write,im:history",
        }


@pytest.mark.parametrize(
    ("method", "args", "needed"),
    [
        ("conversations.history", {"channel": "C1"}, None),
        ("conversations.history", {"channel": "D1"}, "im:history"),
        ("conversations.history", {"channel": "G1"}, "groups:history"),
        ("conversations.info", {"channel": "C0"}, None),
        ("conversations.list", {}, None),
        ("conversations.list", {"types": "public_channel,im"}, "im:read"),
        ("conversations.open", {"users": "U1"}, "im:write"),
        ("conversations.open", {"users": "U1,U2"}, "mpim:write"),
        ("conversations.open", {}, "channels:manage,groups:write,im:write,mpim:write"),
        ("users.lookupByEmail", {"email": "a@b"}, "users:read.email"),
        ("chat.postMessage", {"channel": "C1", "text": "x", "icon_emoji": ":x:"}, "chat:write.customize"),
        ("conversations.history", {}, None),
    ],
)
async def test_the_scope_goes_by_the_kind_of_conversation(
    method: str, args: dict[str, Any], needed: str | None
) -> None:
    async with serving(platform("channels:history", "channels:read", "chat:write")) as api:
        assert (await api.call(method, **args)).get("needed") == needed


async def test_scopes_are_looked_at_before_arguments() -> None:
    async with serving(platform()) as api:
        assert await api.error("chat.postMessage", nothing=1) == "missing_scope"


async def test_a_message_that_calls_people_is_noted(api: Api) -> None:
    posted = await api.call("chat.postMessage", channel="C1", text="<!here> <@U1>")
    await api.call("chat.postMessage", channel="C1", text="a &lt;!here&gt;")
    api.say("<!channel>")
    await api.call("chat.update", channel="C1", ts=posted["ts"], text="<#C2>")
    assert [(entry.ts, entry.calls) for entry in api.journal.broadcasts] == [
        (posted["ts"], ("<!here>", "<@U1>")),
        (posted["ts"], ("<#C2>",)),
    ]


async def test_a_methods_answer_is_in_the_journal() -> None:
    def shout(workspace: Workspace, args: Args) -> Answer:
        return {"team": workspace.name}

    async with serving(methods={"auth.test": shout}) as api:
        answer = await api.call("auth.test")
        (call,) = await api.journal.until(lambda: api.journal.of("auth.test"))
    assert answer == {"ok": True, "team": "Local"} == call.answer
    assert call.ok
    assert "127.0.0.1" in call.peer
