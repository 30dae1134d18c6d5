"""The alerting job on the sample catalogue and a real store, through a door that the test holds."""

import asyncio
import logging
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import pytest

from bot.jobs.failed_pipelines import FailedPipelines
from bot.messages.answer import Message
from bot.wire import SlackError, SlackRefused, SlackUnreachable
from db.catalog.alert_rules import Rule, load_rules
from db.catalog.catalog import Catalog
from db.catalog.limits import QueryLimits
from db.catalog.sample import SAMPLE_RULES, build_sample
from db.catalog.sample.play import fail_a_pipeline
from db.store.store import Store
from tests.parts import NOW, frozen_clock

COLUMNS = "id, name, '' AS project, '' AS owner, '' AS dataset, '' AS gpu, started_at, finished_at"


@dataclass
class Door:
    """Slack as the job sees it; `errors` are what the next posts raise."""

    errors: list[BaseException] = field(default_factory=list)
    posted: list[str] = field(default_factory=list)
    asked: list[tuple[str, str, datetime | None]] = field(default_factory=list)

    async def announce(self, channel: str, message: Message, mark: str, tried_at: datetime | None) -> str:
        self.asked.append((channel, mark, tried_at))
        if self.errors:
            raise self.errors.pop(0)
        self.posted.append(message.blocks[0]["text"]["text"])
        return f"{len(self.posted)}.0"


@dataclass
class Watch:
    """The job with all it stands on."""

    job: FailedPipelines
    door: Door
    path: Path
    store: Store

    async def tick(self) -> None:
        await self.job.tick()

    def fail(self) -> str:
        return f"🔴 파이프라인 실패: {fail_a_pipeline(self.path, NOW)}"

    def with_sql(self, sql: str) -> FailedPipelines:
        return FailedPipelines(
            (Rule(name="own", sql=sql),),
            "C1",
            "en",
            self.job.catalog,
            self.job.alerts,
            self.door.announce,
            frozen_clock,
        )


@pytest.fixture
async def watch(tmp_path: Path) -> AsyncIterator[Watch]:
    path = tmp_path / "catalog.db"
    build_sample(path)
    async with (
        await Catalog.open(f"sqlite:///{path}", limits=QueryLimits(rows=3)) as catalog,
        await Store.open(f"sqlite:///{tmp_path}/store.db") as store,
    ):
        door = Door()
        rules = load_rules(SAMPLE_RULES)
        job = FailedPipelines(rules, "C1", "ko", catalog, store.alerts, door.announce, frozen_clock)
        yield Watch(job, door, path, store)


async def test_what_had_failed_before_the_first_tick_is_not_told(watch: Watch) -> None:
    await watch.tick()
    await watch.tick()
    assert watch.door.asked == []


async def test_each_failure_is_told_once_the_earlier_one_first(watch: Watch) -> None:
    await watch.tick()
    heads = [watch.fail(), watch.fail()]
    for _ in range(3):
        await watch.tick()
    assert watch.door.posted == heads
    assert [channel for channel, _, _ in watch.door.asked] == ["C1", "C1"]
    assert await watch.store.alerts.pending() == []


async def test_a_pipeline_that_fails_again_is_told_again(watch: Watch) -> None:
    await watch.tick()
    head = watch.fail()
    await watch.tick()
    with closing(sqlite3.connect(watch.path)) as connection:
        connection.execute("UPDATE pipelines SET finished_at = '2026-11-22 09:00:00' WHERE id = 15")
        connection.commit()
    await watch.tick()
    assert watch.door.posted == [head, head]
    assert len({mark for _, mark, _ in watch.door.asked}) == 2


async def test_a_post_that_nobody_knows_of_is_asked_for_again_with_the_time_of_its_first_try(watch: Watch) -> None:
    await watch.tick()
    watch.fail()
    watch.door.errors.append(SlackUnreachable("chat.postMessage: 503"))
    await watch.tick()
    assert watch.door.posted == []
    await watch.tick()
    (_, mark, first), (_, again, second) = watch.door.asked
    assert mark == again
    assert (first, second) == (None, NOW)
    assert len(watch.door.posted) == 1


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (SlackRefused("chat.postMessage", "not_in_channel"), "invite the bot to the channel"),
        (SlackRefused("chat.postMessage", "channel_not_found"), "check ALERT_CHANNEL"),
        (SlackRefused("chat.postMessage", "team_access_not_granted"), "what it means: docs.slack.dev"),
        (SlackUnreachable("chat.postMessage: 500"), "the next tick goes on"),
    ],
)
async def test_where_nothing_can_be_posted_it_is_said_once_a_tick_and_all_stays_pending(
    watch: Watch, caplog: pytest.LogCaptureFixture, error: SlackError, said: str
) -> None:
    await watch.tick()
    heads = [watch.fail(), watch.fail()]
    watch.door.errors.append(error)
    await watch.tick()
    assert len(watch.door.asked) == 1
    (logged,) = [record.message for record in caplog.records if record.levelno >= logging.ERROR]
    assert said in logged
    await watch.tick()
    assert watch.door.posted == heads


async def test_a_message_that_slack_does_not_take_does_not_hold_up_the_others(watch: Watch) -> None:
    await watch.tick()
    heads = [watch.fail(), watch.fail()]
    watch.door.errors.append(SlackRefused("chat.postMessage", "invalid_blocks"))
    await watch.tick()
    assert watch.door.posted == heads[1:]
    await watch.tick()
    assert len(watch.door.asked) == 2, "it is given up"


@pytest.mark.parametrize(("unsure", "tried_before"), [(False, None), (True, NOW)])
async def test_a_refused_post_is_looked_for_only_where_an_earlier_try_may_stand(
    watch: Watch, unsure: bool, tried_before: datetime | None
) -> None:
    await watch.tick()
    watch.fail()
    watch.door.errors.append(SlackRefused("chat.postMessage", "not_in_channel", unsure=unsure))
    await watch.tick()
    await watch.tick()
    assert [tried for _, _, tried in watch.door.asked] == [None, tried_before]


async def test_an_end_between_record_and_post_loses_nothing(watch: Watch) -> None:
    await watch.tick()
    head = watch.fail()
    watch.door.errors.append(asyncio.CancelledError())
    with pytest.raises(asyncio.CancelledError):
        await watch.job.tick()
    await watch.tick()
    assert watch.door.posted == [head]
    assert [tried for _, _, tried in watch.door.asked] == [None, NOW]


async def test_a_catalogue_that_is_gone_does_not_hold_up_what_is_pending(
    watch: Watch, caplog: pytest.LogCaptureFixture
) -> None:
    await watch.tick()
    watch.fail()
    watch.door.errors.append(SlackUnreachable("x"))
    await watch.tick()
    watch.path.unlink()
    await watch.tick()
    assert len(watch.door.posted) == 1
    assert "no rule finds anything" in caplog.text


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("DELETE FROM pipelines", "finds nothing"),
        ("SELECT id, name FROM pipelines", "no column project, owner, dataset, gpu, started_at, finished_at"),
    ],
)
async def test_a_rule_that_cannot_run_is_told_to_the_operator(
    watch: Watch, caplog: pytest.LogCaptureFixture, sql: str, said: str
) -> None:
    await watch.with_sql(sql).tick()
    assert said in caplog.text
    assert watch.door.asked == []


async def test_of_a_long_result_only_what_is_new_is_told(watch: Watch, caplog: pytest.LogCaptureFixture) -> None:
    """Three rows are read here. What slides into them when a newer row goes away is old, and not told."""
    job = watch.with_sql(f"SELECT {COLUMNS} FROM pipelines ORDER BY finished_at DESC NULLS LAST")
    await job.tick()
    assert "only the first 3 rows are read" in caplog.text
    with closing(sqlite3.connect(watch.path)) as connection:
        connection.execute("UPDATE pipelines SET finished_at = NULL WHERE finished_at > '2026-11-03'")
        connection.commit()
    await job.tick()
    assert watch.door.asked == []
    name = fail_a_pipeline(watch.path, NOW)
    await job.tick()
    assert watch.door.posted == [f"🔴 Pipeline failed: {name}"]
