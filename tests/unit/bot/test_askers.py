"""Whose address it is that asks: asked of Slack once, kept for a while, never guessed, never waited for long."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from agent.errors import AskError
from bot.__main__ import open_services
from bot.people.askers import KNOWN_S, UNKNOWN_S, Askers, Emails
from bot.people.identity import Identity
from bot.people.readers import Asker, Readers
from bot.settings import Settings
from bot.tasks import Tasks
from db.catalog.policy import Policy
from tests.terminal import environ
from tests.unit.bot.directory import Directory, serving

KIM: dict[str, Any] = {"id": "U1", "team_id": "T1", "profile": {"email": "kim@example.com"}}


@asynccontextmanager
async def directory(*, wait_s: float = 5.0, enterprise: str | None = None) -> AsyncIterator[Directory[Emails]]:
    def ask(client: AsyncWebClient, me: Identity, tasks: Tasks, now: Callable[[], float]) -> Emails:
        return Emails(client, me, tasks, now=now, wait_s=wait_s)

    async with serving(Directory[Emails]({"ok": True, "user": KIM}), ask, enterprise) as made:
        yield made


async def test_an_address_is_asked_for_once_until_its_time_is_over() -> None:
    async with directory() as slack:
        found = await asyncio.gather(*(slack.by.of("U1") for _ in range(3)))
        assert (found, len(slack.asked)) == (["kim@example.com"] * 3, 1)
        slack.now[0] = KNOWN_S - 1
        assert await slack.by.of("U1") == "kim@example.com"
        assert len(slack.asked) == 1
        slack.now[0] = KNOWN_S
        slack.answer = {"ok": True, "user": KIM | {"profile": {"email": "new@example.com"}}}
        assert await slack.by.of("U1") == "new@example.com"
        assert len(slack.asked) == 2


async def test_a_failure_is_unknown_and_tried_again_soon() -> None:
    async with directory() as slack:
        slack.answer = {"ok": False, "error": "user_not_found"}
        assert await slack.by.of("U1") is None
        slack.answer = {"ok": True, "user": KIM}
        assert await slack.by.of("U1") is None
        slack.now[0] = UNKNOWN_S
        assert await slack.by.of("U1") == "kim@example.com"


async def test_a_scope_that_is_missing_is_missed_for_a_while() -> None:
    async with directory() as slack:
        slack.answer = {"ok": False, "error": "missing_scope"}
        assert await slack.by.of("U1") is None
        slack.now[0] = KNOWN_S - 1
        assert await slack.by.of("U1") is None
        assert len(slack.asked) == 1


async def test_nobody_waits_for_a_slow_slack_and_what_comes_late_is_kept() -> None:
    async with directory(wait_s=0.01) as slack:
        slack.gate.clear()
        assert await slack.by.of("U1") is None
        assert await slack.by.of("U1") is None
        slack.gate.set()
        await slack.tasks.drain(5)
        assert await slack.by.of("U1") == "kim@example.com"
        assert len(slack.asked) == 1


@pytest.mark.parametrize(
    "user",
    [
        {},
        KIM | {"team_id": "T2"},
        KIM | {"team_id": "T2", "enterprise_user": {"enterprise_id": "E2"}},
        KIM | {"deleted": True},
        KIM | {"is_stranger": True},
        KIM | {"is_email_confirmed": False},
        KIM | {"profile": {}},
        KIM | {"profile": {"email": "kim"}},
        KIM | {"profile": None},
    ],
)
async def test_an_address_that_may_not_be_theirs_is_none(user: dict[str, Any]) -> None:
    async with directory(enterprise="E1") as slack:
        slack.answer = {"ok": True, "user": user}
        assert await slack.by.of("U1") is None


async def test_a_colleague_of_another_workspace_of_the_same_organisation_is_one_of_ours() -> None:
    async with directory(enterprise="E1") as slack:
        slack.answer = {"ok": True, "user": KIM | {"team_id": "T2", "enterprise_user": {"enterprise_id": "E1"}}}
        assert await slack.by.of("U1") == "kim@example.com"


class _Endless(Readers):
    """A catalogue whose views are never made."""

    async def asker(self, user: str | None, email: str | None) -> Asker:
        await asyncio.Event().wait()
        raise AssertionError("unreachable")


async def test_nobody_waits_without_end_for_what_they_see(tmp_path: Path) -> None:
    async with directory() as site, open_services(Settings.from_env(environ(tmp_path))) as opened:
        endless = _Endless(Policy({}, (), {}, None, frozenset()), opened.catalog, lambda _: opened.agent)
        askers = Askers(replace(opened, readers=endless), site.by, view_s=0.01)
        async with asyncio.timeout(5):
            with pytest.raises(AskError, match="turn_deadline"):
                await askers.of("U1")
