"""Slash commands, and what an app's ack of one does."""

from typing import Any

import pytest

from bot.playground.people.mistakes import Mistaken, both
from tests.playground.interactivity.world import World, ground, serving


async def test_a_command_says_who_typed_what_where(world: World) -> None:
    delivery = await world.interactions.slash("U1", "usage", "C1")
    sent = delivery.payload
    assert delivery.kind == "slash_commands"
    assert (sent["command"], sent["text"]) == ("/mlops", "usage")
    assert (sent["user_id"], sent["user_name"], sent["team_id"], sent["api_app_id"]) == ("U1", "kim", "T1", "A1")
    assert (sent["channel_id"], sent["channel_name"]) == ("C1", "general")
    assert sent["response_url"].startswith(f"{world.workspace.base}/respond/")
    assert sent["trigger_id"] in world.workspace.triggers
    assert delivery.status == 200
    assert (await world.interactions.slash("U1", "", "D1")).payload["channel_name"] == "directmessage"


async def test_a_command_keeps_a_trigger_that_it_is_given(world: World) -> None:
    delivery = await world.interactions.slash("U1", "usage", "C1", trigger_id="again")
    assert delivery.payload["trigger_id"] == "again"


async def test_names_are_escaped_as_the_manifest_wants(world: World) -> None:
    delivery = await world.interactions.slash("U1", "what did @이서연 say in #general about a < b?", "C1")
    assert delivery.payload["text"] == "what did <@U2|lee> say in <#C1|general> about a &lt; b?"


async def test_names_stay_plain_without_should_escape() -> None:
    async with serving(ground(slash_commands=[{"command": "/ask", "description": "a"}])) as world:
        delivery = await world.interactions.slash("U1", "what did @이서연 say?", "C1")
        with pytest.raises(Mistaken, match="/mlops is not a valid command"):
            await world.interactions.slash("U1", "help", "C1", command="/mlops")
    assert (delivery.payload["command"], delivery.payload["text"]) == ("/ask", "what did @이서연 say?")


@pytest.mark.parametrize(("user", "channel"), [("U2", "C2"), ("U1", "CX")])
async def test_a_command_needs_somebody_in_the_channel(world: World, user: str, channel: str) -> None:
    with pytest.raises(Mistaken, match="not in that channel"):
        await world.interactions.slash(user, "help", channel)
    assert not world.sent


@pytest.mark.parametrize("ack", [{"text": "working"}, {"text": "working", "response_type": "ephemeral"}])
async def test_an_ack_is_shown_to_who_typed_it_alone(world: World, ack: dict[str, Any]) -> None:
    world.answers.append(ack)
    await world.interactions.slash("U1", "help", "C1")
    await world.interactions.settled()
    [shown] = world.told("ephemeral")
    assert shown["user"] == "U1"
    assert (shown["message"]["text"], shown["message"]["bot_id"]) == ("working", "BBOT")
    assert world.workspace.ephemerals["U1", "C1", shown["message"]["ts"]] == shown["message"]
    assert not world.workspace.channels["C1"].messages


async def test_an_ack_in_the_channel_is_a_message_for_all_even_where_the_app_is_no_member(world: World) -> None:
    world.answers.append({"text": "here", "response_type": "in_channel"})
    await world.interactions.slash("U1", "help", "C2")
    await world.interactions.settled()
    [message] = world.workspace.channels["C2"].messages.values()
    assert (message["text"], message["user"]) == ("here", "UBOT")


async def test_an_empty_ack_says_nothing(world: World) -> None:
    await world.interactions.slash("U1", "help", "C1")
    await world.interactions.settled()
    assert not world.changes


@pytest.mark.parametrize(
    ("answer", "error"),
    [(500, "dispatch_failed"), ({"text": "a", "blocks": [{"type": "poem"}]}, "invalid_blocks")],
)
async def test_a_failed_command_is_told_to_who_typed_it(world: World, answer: Any, error: str) -> None:
    world.answers.append(answer)
    await world.interactions.slash("U1", "help", "C1")
    await world.interactions.settled()
    assert world.told("notice") == [{"user": "U1", "text": both("command_failed", command="/mlops", problem=error)}]


async def test_a_late_ack_is_none() -> None:
    async with serving(ack_s=0.05) as world:
        world.answers.append(None)
        await world.interactions.slash("U1", "help", "C1")
        await world.interactions.settled()
        assert world.notices() == [both("command_failed", command="/mlops", problem="operation_timeout")]


async def test_without_a_connection_a_command_cannot_be_dispatched() -> None:
    async with serving(ack_s=0.05) as world:
        world.deliveries.request_url = None
        await world.interactions.slash("U1", "help", "C1")
        await world.interactions.settled()
        assert world.notices() == [both("command_failed", command="/mlops", problem="dispatch_failed")]


async def test_closing_ends_what_waits_for_an_answer() -> None:
    async with serving() as world:
        world.deliveries.request_url = None
        await world.interactions.slash("U1", "help", "C1")
        await world.interactions.close_all()
        await world.interactions.settled()
        assert not world.notices()


async def test_a_command_waits_for_its_own_answer_not_for_that_of_others(world: World) -> None:
    world.answers.append(None)
    held = world.deliveries.send("events_api", {"type": "event_callback"})
    await world.deliveries.tried(await world.interactions.slash("U1", "usage", "C1"))
    assert held.attempts == 1
    assert not held.is_settled


async def test_a_defect_in_what_follows_an_answer_is_logged(world: World, caplog: pytest.LogCaptureFixture) -> None:
    world.answers.append({"text": "a", "response_type": "in_channel"})
    del world.workspace.channels["C1"].messages  # nothing can be posted there any more
    await world.interactions.slash("U1", "usage", "C1")
    await world.interactions.settled()
    assert caplog.messages == ["the answer to a command broke off"]
