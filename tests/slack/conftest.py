"""A fresh local Slack, and somebody in it, for each test."""

from collections.abc import AsyncIterator

import pytest

from bot.playground.local_slack import LocalSlack
from bot.playground.people.person import Person
from tests.slack.workspace import KIM, LEE, small_slack


@pytest.fixture
async def slack() -> AsyncIterator[LocalSlack]:
    async with small_slack().serving() as server:
        yield server


@pytest.fixture
def kim(slack: LocalSlack) -> Person:
    return slack.person(KIM)


@pytest.fixture
def lee(slack: LocalSlack) -> Person:
    return slack.person(LEE)
