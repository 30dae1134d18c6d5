"""reactions.*: emoji on messages."""

from typing import Any

import pytest

from bot.playground.workspace.reacting import set_reaction
from tests.playground.webapi.server import APP, Api


def react(api: Api, message: dict[str, Any], name: str, user: str, *, is_added: bool = True) -> None:
    set_reaction(api.workspace, api.workspace.channels["C1"], message, name, user, is_added=is_added)


async def test_reactions_are_counted_by_name(api: Api) -> None:
    message = api.say()
    args = {"channel": "C1", "timestamp": message["ts"], "name": "eyes"}
    react(api, message, "eyes", "U1")
    assert await api.call("reactions.add", **args) == {"ok": True}
    react(api, message, "thumbsup::skin-tone-3", "U1")
    assert message["reactions"] == [
        {"name": "eyes", "users": ["U1", APP.user], "count": 2},
        {"name": "thumbsup::skin-tone-3", "users": ["U1"], "count": 1},
    ]
    assert await api.error("reactions.add", **args) == "already_reacted"


async def test_a_reaction_is_taken_back_by_who_gave_it(api: Api) -> None:
    message = api.say()
    args = {"channel": "C1", "timestamp": message["ts"], "name": "eyes"}
    react(api, message, "eyes", "U1")
    assert await api.error("reactions.remove", **args) == "no_reaction"
    await api.call("reactions.add", **args)
    assert await api.call("reactions.remove", **args) == {"ok": True}
    assert message["reactions"] == [{"name": "eyes", "users": ["U1"], "count": 1}]
    react(api, message, "eyes", "U1", is_added=False)
    assert "reactions" not in message
    (*_, last) = api.changes
    assert (last.kind, last.data["name"], last.data["user"], last.data["is_added"]) == ("reacted", "eyes", "U1", False)


@pytest.mark.parametrize(
    ("args", "code"),
    [
        ({"name": ":eyes:"}, "invalid_name"),
        ({"name": ""}, "invalid_name"),
        ({"name": "👀"}, "invalid_name"),
        ({"timestamp": "1.1"}, "message_not_found"),
        ({"timestamp": "now"}, "bad_timestamp"),
        ({"timestamp": ""}, "no_item_specified"),
        ({"channel": "C2"}, "not_in_channel"),
        ({"channel": "C3"}, "is_archived"),
    ],
    ids=str,
)
async def test_a_reaction_slack_would_not_take_is_refused(api: Api, args: dict[str, Any], code: str) -> None:
    whole = {"channel": "C1", "timestamp": api.say()["ts"], "name": "eyes", **args}
    assert await api.error("reactions.add", **whole) == code


async def test_a_removal_names_its_message(api: Api) -> None:
    assert await api.error("reactions.remove", name="eyes") == "no_item_specified"


async def test_there_is_an_end_to_emoji(api: Api) -> None:
    message = api.say()
    args = {"channel": "C1", "timestamp": message["ts"]}
    for number in range(23):
        await api.call("reactions.add", **args, name=f"e{number}")
    assert await api.error("reactions.add", **args, name="more") == "too_many_reactions"
    for number in range(23, 50):
        react(api, message, f"e{number}", f"U{number}")
    assert await api.error("reactions.add", **args, name="more") == "too_many_emoji"
