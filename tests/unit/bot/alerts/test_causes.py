"""Causes of failures: found once for each alert, over all processes, one analysis for what failed alike."""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from agent.failures.analyst import Analyst
from agent.llm.protocol import Completion, Engine, OnText, Prompt, Tokens
from bot.alerts.causes import ALIKE_WITHIN, LEASE_S, Asked, Causes, facts_of, signature_of
from db.catalog.meaning import Language
from db.logfiles import LogFiles
from db.store.alerts.records import Alert
from db.store.store import Store
from tests.unit.db.store.alerts.samples import begun, found, later, lines, stand, to
from tests.unit.db.store.conftest import copied_url, file_url, server, store, template, url
from tests.unit.db.store.samples import NOON

__all__ = ["copied_url", "file_url", "server", "store", "template", "url"]

OOM = "torch.cuda.OutOfMemoryError: CUDA out of memory. Tried to allocate 2.00 GiB"
ODD = "FrobnicateError: widget 17 is not aligned at 0x7f"


@dataclass
class Model:
    """Names a cause for whatever it is shown; `hold` keeps it waiting."""

    asked: list[Prompt] = field(default_factory=list)
    hold: asyncio.Event | None = None
    began: asyncio.Event = field(default_factory=asyncio.Event)
    name: str = "test-model"
    engine: Engine = "llm"

    async def complete(self, prompt: Prompt, on_text: OnText) -> Completion:
        self.asked.append(prompt)
        self.began.set()
        if self.hold is not None:
            await self.hold.wait()
        answer = {"code": "other", "headline": "정렬이 맞지 않습니다.", "evidence": [ODD], "advice": ["다시 맞추세요."]}
        return Completion(json.dumps(answer), (), Tokens(1_000, 0, 50))


@dataclass
class Clock:
    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Desk:
    """Causes over a real store and real logs."""

    store: Store
    folder: Path
    model: Model = field(default_factory=Model)
    clock: Clock = field(default_factory=Clock)
    is_spent: bool = False

    def causes(self, **more: Any) -> Causes:
        return Causes(
            self.store,
            Analyst((self.model,)),
            LogFiles([str(self.folder)]),
            Asked("T1", "UBOT"),
            self.clock,
            is_spent=self._is_spent,
            told_in=self._told_in,
            **more,
        )

    async def _is_spent(self) -> bool:
        return self.is_spent

    async def _told_in(self, alert: Alert) -> tuple[str, Language]:
        return "C1", "ko"

    async def failed(self, *names: str, text: str = ODD, **more: Any) -> list[Alert]:
        """Alerts that are told, each with a log of its own."""
        failures = []
        for name in names:
            log = self.folder / f"{name}.log"
            log.write_text(f"epoch 1\n{text}\n", "utf-8")
            one = found(name, **more)
            failures.append(replace(one, details={**one.details, "log_path": str(log)}))
        alerts = await begun(self.store.alerts, *failures, route=to("C1"))
        await stand(self.store)
        return alerts

    async def of(self, alert: Alert) -> dict[str, Any]:
        kept = await self.store.alerts.by_id(alert.alert_id)
        assert kept is not None
        return dict(kept.cause or {})

    async def told(self) -> Sequence[str]:
        return [line["line"] for line in await lines(self.store)]


@pytest.fixture
def desk(store: Store, tmp_path: Path) -> Desk:
    folder = tmp_path / "logs"
    folder.mkdir()
    return Desk(store, folder)


async def test_a_cause_is_found_once_and_told_in_the_thread(desk: Desk) -> None:
    (alert,) = await desk.failed("unet")
    causes = desk.causes()
    assert [await causes.look(), await causes.look()] == [1, 0]
    cause = await desk.of(alert)
    assert (cause["headline"], cause["evidence"], cause["engine"]) == ("정렬이 맞지 않습니다.", [ODD], "llm")
    assert await desk.told() == ["cause"]
    assert len(desk.model.asked) == 1


async def test_what_it_cost_is_booked_like_a_turn(desk: Desk) -> None:
    await desk.failed("unet")
    await desk.causes().look()
    until = NOON + timedelta(minutes=1)
    assert (await desk.store.usage.spent(NOON, until)).tokens == 1_050
    assert [one.subject for one in await desk.store.usage.by("user", NOON, until)] == ["UBOT"]
    assert [one.subject for one in await desk.store.usage.by("channel", NOON, until)] == ["C1"]
    assert await desk.store.turns.unfinished() == []


async def test_when_the_budget_is_spent_the_rules_alone_find_it(desk: Desk) -> None:
    (alert,) = await desk.failed("unet", text=OOM)
    desk.is_spent = True
    await desk.causes().look()
    cause = await desk.of(alert)
    assert cause["engine"] == "offline"
    assert desk.model.asked == []
    assert (await desk.store.usage.spent(NOON, later(1))).cost_usd == Decimal(0)


@pytest.mark.parametrize("text", [OOM, ODD])
async def test_many_with_the_same_error_are_one_analysis_that_says_so(desk: Desk, text: str) -> None:
    alerts = await desk.failed(*(f"run{number}" for number in range(8)), text=text)
    assert await desk.causes().look() == 8
    assert len(desk.model.asked) == 1
    first, *others = [await desk.of(alert) for alert in alerts]
    assert "shared" not in first
    assert {tuple(cause["shared"].values()) for cause in others} == {(alerts[0].alert_id, "run0")}
    assert {cause["headline"] for cause in others} == {first["headline"]}
    assert [cause["usages"] for cause in others] == [[]] * 7


async def test_one_that_fails_alike_soon_after_shares_the_cause_and_a_later_one_does_not(desk: Desk) -> None:
    (first,) = await desk.failed("run0")
    await desk.causes().look()
    (soon,) = await desk.failed("run1", minute=5)
    far = 6 + ALIKE_WITHIN.total_seconds() / 60
    (late,) = await desk.failed("run2", minute=far, text=f"{ODD} again")
    await desk.causes().look()
    (later_on,) = await desk.failed("run3", minute=2 * far)
    await desk.causes().look()
    assert (await desk.of(soon))["shared"]["alert_id"] == first.alert_id
    assert ["shared" in await desk.of(one) for one in (late, later_on)] == [False, False]


async def test_other_errors_and_other_projects_have_analyses_of_their_own(desk: Desk) -> None:
    await desk.failed("run0")
    await desk.failed("run1", text="KeyError: 'label'")
    await desk.failed("run2", project="나무")
    await desk.causes().look()
    assert len(desk.model.asked) == 3


async def test_two_bots_analyse_it_once(desk: Desk) -> None:
    (alert,) = await desk.failed("unet")
    desk.model.hold = asyncio.Event()
    first = asyncio.create_task(desk.causes().look())
    await desk.model.began.wait()
    other = desk.causes()
    assert await other.is_under_way(alert)
    assert await other.look() == 0
    assert await other.find(alert) == "under_way"
    desk.model.hold.set()
    assert await first == 1
    assert len(desk.model.asked) == 1
    assert await desk.told() == ["cause"]


async def test_one_that_was_killed_is_begun_anew_and_told_once(desk: Desk) -> None:
    (alert,) = await desk.failed("unet")
    desk.model.hold = asyncio.Event()
    killed = asyncio.create_task(desk.causes().look())
    await desk.model.began.wait()
    killed.cancel()
    with pytest.raises(asyncio.CancelledError):
        await killed
    desk.model.hold = None
    assert await desk.causes().look() == 0, "nobody knows yet that it was killed"
    desk.clock.now = NOON + timedelta(seconds=2 * LEASE_S)
    assert await desk.causes().look() == 1
    assert (await desk.of(alert))["engine"] == "llm"
    assert await desk.told() == ["cause"]


async def test_a_lease_lasts_longer_than_the_work(desk: Desk) -> None:
    (alert,) = await desk.failed("unet")
    desk.clock.now = NOON + timedelta(seconds=LEASE_S - 1)
    assert await desk.causes()._claim(alert)
    for seconds in (2, LEASE_S):
        desk.clock.now = NOON + timedelta(seconds=LEASE_S - 1 + seconds)
        assert not await desk.causes()._claim(alert)


async def test_an_analysis_that_takes_too_long_is_given_up_until_later(desk: Desk) -> None:
    (alert,) = await desk.failed("unet")
    desk.model.hold = asyncio.Event()
    assert await desk.causes(deadline_s=0.01).look() == 0
    assert await desk.of(alert) == {}


async def test_without_a_log_what_is_known_is_told(desk: Desk) -> None:
    (alert,) = await begun(desk.store.alerts, found("unet"))
    await stand(desk.store)
    assert await desk.causes().look() == 1
    assert (await desk.of(alert))["code"] == "no-log"
    assert desk.model.asked == []


async def test_what_is_stuck_is_analysed_where_somebody_asks_alone(desk: Desk) -> None:
    (alert,) = await desk.failed("unet", kind="stuck")
    assert await desk.causes().look() == 0
    assert await desk.causes().find(alert) == "begun"
    kept = await desk.store.alerts.by_id(alert.alert_id)
    assert kept is not None
    assert await desk.causes().find(kept) == "known"


def test_a_signature_does_not_mind_numbers() -> None:
    one, other = signature_of([ODD]), signature_of(["FrobnicateError: widget 99 is not aligned at 0xff00"])
    assert one == other
    assert signature_of([OOM]) == signature_of(["x", OOM.replace("2.00", "31.5")]) != one
    assert signature_of([]) == ""


async def test_facts_are_the_cells_with_the_name_and_the_project(desk: Desk) -> None:
    (alert,) = await desk.failed("unet")
    facts = facts_of(alert)
    assert (facts["name"], facts["project"]) == ("unet", "웨이퍼")
    assert facts["log_path"].endswith("unet.log")
