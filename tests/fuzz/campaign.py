"""Many statements against the guard and the engine: what is claimed of each, and of what they leave behind."""

import asyncio
import sqlite3
import time
from collections import Counter
from dataclasses import dataclass, field
from random import Random
from typing import Final

from db.catalog.engine import Runner
from db.catalog.errors import CatalogError
from tests.fuzz.arena import Arena, Outcome
from tests.fuzz.grammar import Vocabulary
from tests.fuzz.mutations import disguised, spoiled

BATCH: Final = 1_000
GUARD_MS: Final = 100
_TRIES: Final = 5
_PLAIN: Final = "SELECT " + ", ".join(["1"] * 1_499)
"""As many tokens as the guard takes: what a slow machine needs for it, any statement may take."""
_PLAIN_MS: Final = 40


@dataclass(slots=True)
class Tally:
    """What came of the statements; `findings` are claims that did not hold."""

    statements: int = 0
    ran: int = 0
    failed: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    attacks: Counter[int] = field(default_factory=Counter)
    pooled: int = 0
    slowest_ms: float = 0.0
    findings: list[str] = field(default_factory=list)

    def line(self) -> str:
        rules = ", ".join(f"{rule} {count:,}" for rule, count in self.refused.most_common())
        return (
            f"{self.statements:,} statements: {self.ran:,} let through and run, {self.failed:,} let through and failed "
            f"in the engine, {self.refused.total():,} refused ({rules}); {self.pooled:,} of them also in the pool; "
            f"the guard took {self.slowest_ms:.0f} ms at most; {len(self.findings)} claims broken"
        )


class Campaign:
    """Writes statements and holds the claims against them."""

    def __init__(self, arena: Arena, dice: Random, words: Vocabulary) -> None:
        self._arena = arena
        self._dice = dice
        self._words = words
        self.tally = Tally()
        self.last: list[str] = []

    def batch(self, statements: int = BATCH) -> None:
        """So many statements, and then a look at what they left behind."""
        self.last = [self._one() for _ in range(statements)]
        self.look("a batch")

    def look(self, after: str) -> None:
        """Whether anything is no longer as it was."""
        for change in self._arena.changes():
            self._find(f"after {after}: {change}", "")

    def _one(self) -> str:
        self.tally.statements += 1
        share = self._dice.random()
        if share < 0.45:
            return self.allowed()
        return self.refused() if share < 0.75 else self.anything()

    def allowed(self) -> str:
        """The guard takes it, and the engine does not deny it."""
        sql = self._words.allowed(self._dice)
        sql = disguised(sql, self._dice, self._words.name) if self._dice.random() < 0.5 else sql
        verdict, _ = self._through(sql)
        if verdict.rule:
            self._find(f"refused by {verdict.rule} ({verdict.text})", sql)
        return sql

    def refused(self) -> str:
        """The guard refuses it."""
        kind, sql = self._words.refused(self._dice)
        sql = disguised(sql, self._dice, self._words.name) if self._dice.random() < 0.5 else sql
        self.tally.attacks[kind] += 1
        verdict, _ = self._through(sql)
        if not verdict.rule:
            self._find(f"an attack of class {kind} was let through", sql)
        return sql

    def anything(self) -> str:
        """Whatever it is, both layers agree."""
        first, second = (self._words.allowed(self._dice), self._words.refused(self._dice)[1])
        if self._dice.random() < 0.5:
            first, second = second, first
        sql = spoiled(first, second, self._dice, self._words.name)
        self._through(sql)
        return sql

    def _through(self, sql: str) -> tuple[Outcome, Outcome]:
        """Each layer by itself: neither leaks, and the engine denies nothing that the guard lets through."""
        verdict, took = self._timed(sql)
        if took > GUARD_MS and took > self._most(sql):
            self._find(f"the guard took {took:.0f} ms", sql)
        outcome = self._arena.tried(sql, has_passed=not verdict.rule)
        for each in (verdict, outcome):
            if self._arena.leaks(each):
                self._find("the canary came back", sql)
        if verdict.rule:
            self.tally.refused[verdict.rule] += 1
        elif outcome.ran:
            self.tally.ran += 1
        else:
            self.tally.failed += 1
            if outcome.denied and not self._arena.excuses(sql):
                self._find(f"let through by the guard, denied by the engine ({outcome.text})", sql)
        return verdict, outcome

    def _timed(self, sql: str) -> tuple[Outcome, float]:
        start = time.thread_time()
        verdict = self._arena.judged(sql)
        took = (time.thread_time() - start) * 1000
        if took > GUARD_MS:
            took = min(took, *(self._again(sql) for _ in range(_TRIES)))
        self.tally.slowest_ms = max(self.tally.slowest_ms, took)
        return verdict, took

    def _again(self, sql: str) -> float:
        start = time.thread_time()
        self._arena.judged(sql)
        return (time.thread_time() - start) * 1000

    def _most(self, sql: str) -> float:
        """What the limit comes to on this machine at this moment."""
        return GUARD_MS * max(1.0, min(self._again(_PLAIN) for _ in range(_TRIES)) / _PLAIN_MS)

    def _find(self, what: str, sql: str) -> None:
        self.tally.findings.append(f"{what}: {sql!r}")


async def through_the_pool(campaign: Campaign, arena: Arena, statements: list[str]) -> None:
    """The statements as the catalogue runs them, without the guard before: no leak, no harm, and the pool lives on."""
    pool = arena.pool()
    tally = campaign.tally
    try:
        for sql in statements:
            tally.pooled += 1
            if arena.leaks(await _fetched(pool, sql)):
                tally.findings.append(f"the canary came back from the pool: {sql!r}")
        if not (await _fetched(pool, "SELECT 1")).ran:
            tally.findings.append("the pool no longer answers")
    finally:
        await pool.close()


async def _fetched(pool: Runner, sql: str) -> Outcome:
    try:
        return Outcome(repr(await pool.fetch(sql)), ran=True)
    except (sqlite3.Error, sqlite3.Warning, CatalogError) as error:
        return Outcome(str(error))


def pooled(campaign: Campaign, arena: Arena, most: int) -> None:
    """A sample of the last batch through the pool; what is no text never gets that far."""
    texts = [sql for sql in campaign.last if arena.judged(sql).rule != "text"]
    asyncio.run(through_the_pool(campaign, arena, texts[:most]))
    campaign.look("the pool")
