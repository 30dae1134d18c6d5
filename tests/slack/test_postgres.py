"""The whole bot over a catalogue in Postgres, answered by the rules alone."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import pytest

from agent.llm.protocol import Model
from agent.offline import OfflineModel
from agent.vocabulary import Vocabulary
from bot.playground.local_slack import LocalSlack
from bot.playground.people.person import Person
from bot.playground.rules.blocks import texts
from db.catalog.sample import SAMPLE_RULES, SAMPLE_SEMANTICS
from tests.parts import frozen_clock
from tests.postgres import PASSWORD, READER, Server, give_reader, installations, sample_in, server
from tests.slack.alerting import alerting
from tests.slack.bot import running
from tests.slack.process import process
from tests.slack.workspace import KIM, small_slack

__all__ = ["server"]

NAME: Final = "bots"
NEW: Final = """
INSERT INTO catalogue.pipelines (id, dataset_id, name, status, gpu_type, started_at, finished_at)
VALUES (99, 1, 'unet-wafer-exp77', 'failed', 'A100', '2026-11-21 08:00', '2026-11-21 09:30')
"""


def rules(known: Vocabulary) -> Sequence[Model]:
    return [OfflineModel(known)]


@pytest.fixture
async def slack() -> AsyncIterator[LocalSlack]:
    async with small_slack(clock=frozen_clock, has_rates=False).serving() as served:
        yield served


@pytest.fixture
def url(server: Server) -> Iterator[str]:
    with server.database(NAME, sample_in("catalogue")):
        asyncio.run(give_reader(server, NAME, "catalogue"))
        yield server.url(NAME, READER, schema="catalogue")


async def asked(slack: LocalSlack, person: Person, text: str, thread: str | None = None) -> str:
    before = len(slack.messages("C1"))
    await person.mention(text, thread_ts=thread)
    await slack.journal.until(lambda: len(slack.messages("C1")) > before, "an answer")
    await slack.deliveries.settled()
    last = slack.messages("C1")[-1]
    return "\n".join([last["text"], *texts(last["blocks"])])


async def until_told(slack: LocalSlack, person: Person, text: str, is_so: Callable[[str], bool]) -> None:
    """Asks until the server's counters show what was written: a second, or ten where its session goes on."""
    async with asyncio.timeout(20):
        while not is_so(await asked(slack, person, text)):
            pass


async def test_a_question_and_what_follows_from_it(tmp_path: Path, slack: LocalSlack, kim: Person, url: str) -> None:
    async with running(tmp_path, slack, models=rules, catalog_url=url, admins=KIM) as bot:
        longest = await asked(slack, kim, "가장 오래 걸린 파이프라인은?")
        root = slack.messages("C1")[-1]["thread_ts"]
        owner = await asked(slack, kim, "그거 누가 돌렸어?", root)
        (entry, *_) = await bot.services.store.audit.latest("T1", ("ran",), 5)
        audit = await kim.slash("audit")
        await slack.deliveries.settled()
    assert "paddleocr-invoice-exp04" in longest
    assert "42.5시간" in longest
    assert "최유진" in owner
    assert entry.sql.startswith("SELECT users.id, users.name")
    told = "\n".join(texts((audit.ack or {})["blocks"]))
    assert entry.sql[:40] in told
    assert "ROUND(CAST(EXTRACT(EPOCH FROM" in told


async def test_a_pipeline_that_fails_is_told(
    tmp_path: Path, slack: LocalSlack, kim: Person, url: str, server: Server
) -> None:
    told_of: dict[str, Any] = {"alert_rules": SAMPLE_RULES, "models": rules, "catalog_url": url}
    async with alerting(tmp_path, slack, **told_of) as desk:
        assert slack.messages("C1") == [], "what failed before the first start is not told"
        with server.owner(NAME) as owner:
            owner.execute(NEW.encode())
        (told,) = await slack.journal.until(desk.roots, "an alert")
    assert "unet-wafer-exp77" in "\n".join(texts(told["blocks"]))


async def test_new_names_and_columns_are_found_by_the_questions_after_them(
    tmp_path: Path, slack: LocalSlack, kim: Person, url: str, server: Server
) -> None:
    status, regions = "unet-wafer-exp77 상태 알려줘", "파이프라인 region 종류 알려줘"
    async with running(tmp_path, slack, models=rules, catalog_url=url):
        assert "찾을 수 없" in await asked(slack, kim, status)
        assert "찾을 수 없" in await asked(slack, kim, regions)
        with server.owner(NAME) as owner:
            owner.execute(b"ALTER TABLE catalogue.pipelines ADD COLUMN region text DEFAULT 'seoul'")
            owner.execute(NEW.encode())
            owner.execute(f"GRANT SELECT (region) ON catalogue.pipelines TO {READER}".encode())
        await until_told(slack, kim, status, lambda said: "찾을 수 없" not in said and "failed" in said)
        await until_told(slack, kim, regions, lambda said: "찾을 수 없" not in said and "seoul" in said)


async def test_a_role_that_can_do_more_than_read_is_told_in_the_log(
    tmp_path: Path, slack: LocalSlack, kim: Person, url: str, server: Server
) -> None:
    urls = {"safe": url, "strong": server.url(NAME, schema="catalogue")}
    for name, given in urls.items():
        more = {"CATALOG_URL": given, "CATALOG_SEMANTICS": str(SAMPLE_SEMANTICS)}
        async with process(tmp_path, slack, more=more, log=tmp_path / name):
            assert "paddleocr-invoice-exp04" in await asked(slack, kim, "가장 오래 걸린 파이프라인은?")
    safe, strong = [(tmp_path / name).read_text(encoding="utf-8") for name in urls]
    assert "the catalogue's role" not in safe
    assert "can do more than read it; see mlops-bot doctor" in strong
    assert "SUPERUSER" in strong
    assert PASSWORD not in safe + strong


async def test_a_server_that_went_away_is_told_and_asked_again_when_it_is_back(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    own = Server.start(installations()[0])
    try:
        with own.database(NAME, sample_in("catalogue")):
            await give_reader(own, NAME, "catalogue")
            url = own.url(NAME, READER, schema="catalogue")
            async with running(tmp_path, slack, models=rules, catalog_url=url) as bot:
                before = await asked(slack, kim, "GPU별 파이프라인 수")
                await asyncio.to_thread(own.down)
                without = await asked(slack, kim, "GPU별 파이프라인 수")
                await asyncio.to_thread(own.up)
                after = await asked(slack, kim, "GPU별 파이프라인 수")
                assert await bot.services.store.turns.unfinished() == []
    finally:
        own.remove()
    assert "카탈로그" in without
    assert PASSWORD not in without
    assert "H100" in before
    assert after.splitlines()[0] == before.splitlines()[0]
