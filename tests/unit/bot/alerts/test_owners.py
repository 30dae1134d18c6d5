"""Whose alert it is: asked of Slack once, kept for a while, never guessed, never waited for long."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.alerts.telling.owners import KNOWN_S, UNKNOWN_S, Owners
from bot.people.identity import Identity
from bot.tasks import Tasks
from tests.unit.bot.directory import Directory, serving

KIM: dict[str, Any] = {"id": "U1", "team_id": "T1", "name": "kim", "profile": {"display_name": "김민준"}}
NOBODY: dict[str, Any] = {"ok": False, "error": "users_not_found"}


@pytest.fixture(params=[None])
async def directory(request: pytest.FixtureRequest) -> AsyncIterator[Directory[Owners]]:
    def ask(client: AsyncWebClient, me: Identity, tasks: Tasks, now: Callable[[], float]) -> Owners:
        return Owners(client, me, tasks, now=now, wait_s=0.2)

    async with serving(Directory[Owners]({"ok": True, "user": KIM}), ask, request.param) as made:
        yield made


async def test_an_address_is_somebodys_id_asked_for_once(directory: Directory[Owners]) -> None:
    assert await directory.by.user_of("Kim@Example.com ") == "U1"
    assert await directory.by.user_of("kim@example.com") == "U1"
    assert directory.asked == ["users.lookupByEmail"]
    directory.now[0] = KNOWN_S + 1
    assert await directory.by.user_of("kim@example.com") == "U1"
    assert len(directory.asked) == 2


async def test_two_who_ask_at_once_ask_slack_once(directory: Directory[Owners]) -> None:
    found = await asyncio.gather(*(directory.by.user_of("kim@example.com") for _ in range(5)))
    assert set(found) == {"U1"}
    assert len(directory.asked) == 1


@pytest.mark.parametrize("email", ["", "kim", "a\n@b", "x" * 400 + "@b"])
async def test_what_is_no_address_is_not_asked_for(directory: Directory[Owners], email: str) -> None:
    assert await directory.by.user_of(email) is None
    assert directory.asked == []


@pytest.mark.parametrize(
    "more", [{"deleted": True}, {"is_bot": True}, {"is_stranger": True}, {"team_id": "T9"}, {"id": ""}]
)
async def test_who_does_not_work_here_owns_nothing(directory: Directory[Owners], more: dict[str, Any]) -> None:
    directory.answer = {"ok": True, "user": {**KIM, **more}}
    assert await directory.by.user_of("kim@example.com") is None


@pytest.mark.parametrize("directory", ["E1"], indirect=True)
async def test_people_of_the_whole_organisation_are_ours(directory: Directory[Owners]) -> None:
    directory.answer = {"ok": True, "user": {**KIM, "team_id": "T9", "enterprise_user": {"enterprise_id": "E1"}}}
    assert await directory.by.user_of("kim@example.com") == "U1"


async def test_nobody_is_not_asked_for_again_soon(directory: Directory[Owners]) -> None:
    directory.answer = NOBODY
    assert await directory.by.user_of("nobody@example.com") is None
    directory.now[0] = UNKNOWN_S + 1
    assert await directory.by.user_of("nobody@example.com") is None
    assert len(directory.asked) == 1


async def test_after_a_fault_of_slack_it_is_asked_again_before_long(directory: Directory[Owners]) -> None:
    directory.answer = {"ok": False, "error": "internal_error"}
    directory.gate.set()
    await directory.by.user_of("kim@example.com")
    await directory.tasks.drain(5.0)
    directory.answer = {"ok": True, "user": KIM}
    assert await directory.by.user_of("kim@example.com") is None
    directory.now[0] = UNKNOWN_S + 1
    assert await directory.by.user_of("kim@example.com") == "U1"


async def test_a_slow_slack_is_not_waited_for_and_known_the_next_time(directory: Directory[Owners]) -> None:
    directory.gate.clear()
    assert await directory.by.name_of("U1") is None
    directory.gate.set()
    await directory.tasks.drain(5.0)
    assert await directory.by.name_of("U1") == "김민준"
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
    directory: Directory[Owners], user: dict[str, Any], name: str | None
) -> None:
    directory.answer = {"ok": True, "user": user}
    assert await directory.by.name_of("U1") == name


async def test_what_is_no_persons_id_has_no_name(directory: Directory[Owners]) -> None:
    assert await directory.by.name_of("C1") is None
    assert await directory.by.name_of("") is None
    assert directory.asked == []
