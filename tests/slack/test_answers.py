"""A question becomes one answer, in the right place."""

from pathlib import Path

import pytest

from tests.slack.bot import Mode, running
from tests.slack.local_slack import LocalSlack
from tests.slack.people import Person


@pytest.mark.parametrize("mode", ["socket", "http"])
async def test_a_mention_is_answered_once_in_its_thread(
    tmp_path: Path, slack: LocalSlack, kim: Person, mode: Mode
) -> None:
    async with running(tmp_path, slack, mode=mode):
        ts = await kim.mention("김민준이 몇 번의 실험을 했어?")
        await slack.journal.until(lambda: slack.messages("C1", ts), "an answer")
    (reply,) = slack.messages()
    assert reply["thread_ts"] == ts
    assert reply["text"].startswith("3건입니다: 김민준이 몇 번의 실험을 했어?")
    assert reply["calls"] == []
