"""A fresh local Slack, and somebody in it, for each test."""

from collections.abc import AsyncIterator

import pytest

from tests.slack.local_slack import LocalSlack
from tests.slack.people import Person


@pytest.fixture
async def slack() -> AsyncIterator[LocalSlack]:
    async with LocalSlack().serving() as server:
        yield server


@pytest.fixture
def kim(slack: LocalSlack) -> Person:
    return Person(slack, "U1")


@pytest.fixture
def lee(slack: LocalSlack) -> Person:
    return Person(slack, "U2")
