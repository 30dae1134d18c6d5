"""What a turn tried to run, for the audit: kept as it happens, so that it is there however the turn ends."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from agent.answer import Query
from agent.llm.protocol import Engine
from db.catalog.catalog import Catalog
from db.catalog.errors import QueryError, QueryRefused, QueryTimeout
from db.catalog.table import Table
from db.store.records import Verdict


@dataclass(frozen=True, slots=True)
class Tried:
    """One statement that an engine tried, at `at`: how it went, which rule refused it, how many rows it gave."""

    at: datetime
    engine: Engine
    sql: str
    verdict: Verdict
    rule: str | None
    rows: int
    ms: int


class Trail:
    """Collects the statements of one turn, those of an engine that gave up among them."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._tried: list[Tried] = []

    @property
    def tried(self) -> tuple[Tried, ...]:
        return tuple(self._tried)

    def witness(self, engine: Engine) -> "Witness":
        return Witness(self._tried, self._clock, engine)


class Witness:
    """Runs statements for one engine and writes down what came of each, also of one that was cut off."""

    def __init__(self, tried: list[Tried], clock: Callable[[], datetime], engine: Engine) -> None:
        self._tried = tried
        self._clock = clock
        self.engine = engine

    async def query(self, catalog: Catalog, sql: str) -> Table:
        """Raises whatever `Catalog.query` raises."""
        at, started = self._clock(), time.perf_counter()
        rows = 0
        verdict: Verdict = "failed"
        rule: str | None = "cut_off"
        try:
            table = await catalog.query(sql)
            verdict, rule, rows = "ran", None, len(table.rows)
            return table
        except QueryError as error:
            verdict, rule = judged(error)
            raise
        finally:
            ms = round((time.perf_counter() - started) * 1000)
            self._tried.append(Tried(at, self.engine, sql, verdict, rule, rows, ms))


def timed(queries: Sequence[Query], tried: Sequence[Tried]) -> tuple[Query, ...]:
    """The queries with how long each took; of a statement that was tried again, the last time."""
    ms = {one.sql: one.ms for one in tried}
    return tuple(replace(query, ms=ms.get(query.sql)) for query in queries)


def judged(error: QueryError) -> tuple[Verdict, str | None]:
    """What the audit says of a statement that brought no rows, and the rule that refused it."""
    if isinstance(error, QueryRefused):
        return "refused", error.rule
    return ("timeout" if isinstance(error, QueryTimeout) else "failed"), None
