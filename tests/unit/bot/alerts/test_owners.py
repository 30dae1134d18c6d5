"""Whose alert it is: asked of Slack once, kept for a while, never guessed, never waited for long."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from pydantic import SecretStr

from bot.alerts.telling.owners import KNOWN_S, UNKNOWN_S, Owners
from bot.people.identity import Identity
from bot.settings import Settings
from bot.slack import make_client
from bot.tasks import Tasks

KIM: dict[str, Any] = {"id": "U1", "team_id": "T1", "name": "kim", "profile": {"display_name": "김민준"}}
NOBODY: dict[str, Any] = {"ok": False, "error": "users_not_found"}


@dataclass
class Directory:
    """A Slack that tells who somebody is; `gate` holds the answers back until it is set."""

    owners: Owners
    tasks: Tasks
    now: list[float]
    answer: dict[str, Any] = field(default_factory=lambda: {"ok": True, "user": KIM})
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    asked: list[str] = field(default_factory=list)


@pytest.fixture(params=[None])
async def directory(request: pytest.FixtureRequest) -> AsyncIterator[Directory]:
    async def tell(asked: web.Request) -> web.Response:
        made.asked.append(asked.match_info["method"])
        await made.gate.wait()
        return web.json_response(made.answer)

    site = web.Application()
    site.router.add_route("*", "/api/{method}", tell)
    runner = web.AppRunner(site, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/api/"
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=5)) as session:
        client = make_client(Settings(slack_bot_token=SecretStr("xoxb-t"), slack_api_url=url), session, None)
        tasks, now = Tasks(), [0.0]
        me = Identity("T1", "UBOT", enterprise=request.param)
        made = Directory(Owners(client, me, tasks, now=lambda: now[0], wait_s=0.2), tasks, now)
        made.gate.set()
        try:
            yield made
        finally:
            made.gate.set()
            await tasks.drain(1.0)
            await runner.cleanup()


async def test_an_address_is_somebodys_id_asked_for_once(directory: Directory) -> None:
    assert await directory.owners.user_of("Kim@Example.com ") == "U1"
    assert await directory.owners.user_of("kim@example.com") == "U1"
    assert directory.asked == ["users.lookupByEmail"]
    directory.now[0] = KNOWN_S + 1
    assert await directory.owners.user_of("kim@example.com") == "U1"
    assert len(directory.asked) == 2


async def test_two_who_ask_at_once_ask_slack_once(directory: Directory) -> None:
    found = await asyncio.gather(*(directory.owners.user_of("kim@example.com") for _ in range(5)))
    assert set(found) == {"U1"}
    assert len(directory.asked) == 1


@pytest.mark.parametrize("email", ["", "kim", "a\n@b", "x" * 400 + "@b"])
async def test_what_is_no_address_is_not_asked_for(directory: Directory, email: str) -> None:
    assert await directory.owners.user_of(email) is None
    assert directory.asked == []


@pytest.mark.parametrize(
    "more", [{"deleted": True}, {"is_bot": True}, {"is_stranger": True}, {"team_id": "T9"}, {"id": ""}]
)
async def test_who_does_not_work_here_owns_nothing(directory: Directory, more: dict[str, Any]) -> None:
    directory.answer = {"ok": True, "user": {**KIM, **more}}
    assert await directory.owners.user_of("kim@example.com") is None


@pytest.mark.parametrize("directory", ["E1"], indirect=True)
async def test_people_of_the_whole_organisation_are_ours(directory: Directory) -> None:
    directory.answer = {"ok": True, "user": {**KIM, "team_id": "T9", "enterprise_user": {"enterprise_id": "E1"}}}
    assert await directory.owners.user_of("kim@example.com") == "U1"


async def test_nobody_is_not_asked_for_again_soon(directory: Directory) -> None:
    directory.answer = NOBODY
    assert await directory.owners.user_of("nobody@example.com") is None
    directory.now[0] = UNKNOWN_S + 1
    assert await directory.owners.user_of("nobody@example.com") is None
    assert len(directory.asked) == 1


async def test_after_a_fault_of_slack_it_is_asked_again_before_long(directory: Directory) -> None:
    directory.answer = {"ok": False, "error": "internal_error"}
    directory.gate.set()
    await directory.owners.user_of("kim@example.com")
    await directory.tasks.drain(5.0)
    directory.answer = {"ok": True, "user": KIM}
    assert await directory.owners.user_of("kim@example.com") is None
    directory.now[0] = UNKNOWN_S + 1
    assert await directory.owners.user_of("kim@example.com") == "U1"


async def test_a_slow_slack_is_not_waited_for_and_known_the_next_time(directory: Directory) -> None:
    directory.gate.clear()
    assert await directory.owners.name_of("U1") is None
    directory.gate.set()
    await directory.tasks.drain(5.0)
    assert await directory.owners.name_of("U1") == "김민준"
    assert directory.asked == ["users.info"]


@pytest.mark.parametrize(
    ("user", "name"),
    [
        ({"name": "kim", "profile": {"display_name": "minjun", "real_name": "김민준"}}, "김민준"),
        ({"name": "kim", "profile": {"display_name": "minjun", "real_name": ""}}, "minjun"),
        ({"name": "kim", "real_name": "김 민준"}, "김 민준"),
        ({"name": "kim"}, "kim"),
        ({}, None),
    ],
)
async def test_people_are_called_as_slack_calls_them(
    directory: Directory, user: dict[str, Any], name: str | None
) -> None:
    directory.answer = {"ok": True, "user": user}
    assert await directory.owners.name_of("U1") == name


async def test_what_is_no_persons_id_has_no_name(directory: Directory) -> None:
    assert await directory.owners.name_of("C1") is None
    assert await directory.owners.name_of("") is None
    assert directory.asked == []
