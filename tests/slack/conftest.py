"""A fresh local Slack, and somebody in it, for each test."""

from collections.abc import AsyncIterator

import pytest

from bot.playground.local_slack import LocalSlack
from bot.playground.people.person import Person
from tests.slack.workspace import KIM, LEE, small_slack


@pytest.fixture
async def slack(request: pytest.FixtureRequest) -> AsyncIterator[LocalSlack]:
    """Paced as Slack is, but where a test, or its file, is marked `unpaced`: then it would be waited for."""
    async with small_slack(has_rates=request.node.get_closest_marker("unpaced") is None).serving() as server:
        yield server


@pytest.fixture
def kim(slack: LocalSlack) -> Person:
    return slack.person(KIM)


@pytest.fixture
def lee(slack: LocalSlack) -> Person:
    return slack.person(LEE)
