"""One connection for strangers' statements: each in a transaction that reads only and leaves nothing behind."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Final, TypeAlias, TypeVar

import psycopg
from psycopg import generators, pq, sql, waiting
from psycopg.abc import PQGen

from db.catalog.dialect import Dialect
from db.catalog.errors import CatalogUnavailable, EngineError, QueryTimeout, Replaced
from db.catalog.limits import QueryLimits
from db.catalog.postgres import reflection
from db.catalog.postgres.address import Address
from db.catalog.postgres.cells import Reader, reader, wrapped
from db.catalog.postgres.connecting import Connection, connect, read, unavailable
from db.catalog.postgres.said import Said, sorted_out
from db.catalog.postgres.statement import sendable
from db.catalog.rows import Fetched, take
from db.catalog.schema import Window, Windows
from db.catalog.table import Cell

Plan: TypeAlias = tuple[object, ...]
"""Which database it is, and what its tables, columns, keys and privileges come to."""

_T = TypeVar("_T")

GRACE_S: Final = 0.5
"""The server stops a late statement itself; after this long the connection is given up instead."""
_LOCK_MS: Final = 500
_IDLE_MS: Final = 5_000
_WORK_MEM: Final = "8MB"
_LOOK_S: Final = 1.0
_CANCEL_S: Final = 2.0
_HELD_AT_MOST: Final = 4
"""Times the byte limit: a number may be longer as text than it counts."""
_DRAINED_AT_MOST: Final = 1_000_000
"""Bytes past that which are read and thrown away; with still more to come the session ends unfit."""
_END: Final = b"ROLLBACK; RESET ALL; SELECT pg_catalog.pg_advisory_unlock_all()"
_ROW: Final = pq.ExecStatus.SINGLE_TUPLE
_NAMELESS: Final = b""


class Lost(CatalogUnavailable):
    """For the runner: the connection was gone before the statement began, so that another can take it."""

    def __init__(self) -> None:
        super().__init__("The catalogue's database does not answer; ask again in a moment.")


class Refused(Exception):
    """For this module: what the server said of a statement."""

    def __init__(self, said: Said) -> None:
        super().__init__(said.text)
        self.said = said


@dataclass(frozen=True, slots=True)
class Job:
    """What sessions are for: what the `windows` show of `schema`, in the database whose `plan` was read, if any."""

    address: Address
    schema: str
    windows: Windows
    limits: QueryLimits
    dialect: Dialect
    plan: Plan | None = None


async def read_plan(connection: Connection, schema: str) -> Plan:
    """Raises psycopg.Error."""
    (identity,) = await read(connection, reflection.IDENTITY)
    (plan,) = await read(connection, reflection.PLAN, {"schema": schema})
    try:
        (system,) = await read(connection, reflection.SYSTEM)
    except psycopg.errors.InsufficientPrivilege:
        system = (None,)
    return (*system, *identity, *plan)


class Session:
    """Open it and `ask`; then `begin` and `ask` in turn; `drop` it in the end, and where it is not fit any more."""

    def __init__(self, connection: Connection, job: Job, windows: Windows) -> None:
        """For `open` only."""
        self._connection = connection
        self._pg = connection.pgconn
        self._job = job
        self._windows = windows
        self._begin = _beginning(job)
        self.is_fit = True

    @classmethod
    async def open(cls, job: Job) -> "Session":
        """Begun. Raises CatalogUnavailable, and Replaced where the database is not the one whose plan was read."""
        connection = await connect(job.address)
        try:
            plan = await read_plan(connection, job.schema)
            if job.plan not in (None, plan):
                raise Replaced
            columns = await read(connection, reflection.COLUMNS, {"schema": job.schema})
            session = cls(connection, job, _windows(job.windows, [(row[0], row[2]) for row in columns]))
            await session.begin()
        except BaseException as error:
            await connection.close()
            if isinstance(error, psycopg.Error):
                raise unavailable(job.address, error) from error
            raise
        return session

    async def begin(self) -> None:
        """Opens the transaction that the next statement runs in. Raises Lost."""
        self.is_fit = False
        try:
            async with asyncio.timeout(self._wall_s):
                await self._do(_simple(self._pg, self._begin))
        except (psycopg.Error, Refused, TimeoutError) as error:
            raise Lost from error

    async def ask(self, statement: str) -> Fetched:
        """The capped result, the transaction ended.

        Raises EngineError for what the server said, QueryTimeout, QueryFailed. Fit again unless the
        connection broke, or the server did not answer in time.
        """
        limits = self._job.limits
        try:
            async with asyncio.timeout(self._wall_s):
                try:
                    text = sendable(statement, self._windows, self._job.dialect)
                    return await self._do(_asked(self._pg, text, limits))
                except Refused as error:
                    raise (late(limits) if error.said.is_late else sorted_out(error.said, text.decode())) from None
                finally:
                    await self._end()
        except TimeoutError:
            raise late(limits) from None
        except psycopg.Error as error:
            told = self._job.address.without_secrets(str(error))
            raise EngineError("unavailable", f"the connection to the database broke: {told}"[:200]) from None

    async def drop(self) -> None:
        """Stops what the server still does for this session and closes it."""
        with suppress(psycopg.Error, OSError):
            await self._connection.cancel_safe(timeout=_CANCEL_S)
        await self._connection.close()

    @property
    def _wall_s(self) -> float:
        return self._job.limits.deadline_s + GRACE_S

    async def _end(self) -> None:
        """Also after an error; where it fails, the session stays unfit."""
        if self._pg.transaction_status not in (pq.TransactionStatus.INTRANS, pq.TransactionStatus.INERROR):
            return
        with suppress(psycopg.Error, Refused):
            await self._do(_simple(self._pg, _END))
            self.is_fit = self._pg.transaction_status == pq.TransactionStatus.IDLE

    async def _do(self, steps: PQGen[_T]) -> _T:
        return await waiting.wait_async(steps, self._pg.socket, interval=_LOOK_S)


def late(limits: QueryLimits) -> QueryTimeout:
    return QueryTimeout(
        f"The query ran longer than {limits.deadline_s:g} s and was stopped. "
        "Filter earlier, join on keys, or give a recursive query an end."
    )


def _windows(windows: Windows, there: list[tuple[str, str]]) -> Windows:
    """Those that leave out a column or row of what is there; one without columns for a table that has none."""
    found: dict[str, list[str]] = {}
    for table, column in there:
        found.setdefault(table, []).append(column)
    needed = {}
    for table, columns in found.items():
        window = windows.get(table, Window())
        own = tuple(each for each in columns if each in window.columns)
        if window.rows or len(own) < len(columns):
            needed[table] = Window(own, window.rows)
    return needed


def _beginning(job: Job) -> bytes:
    """Begins a transaction and its limits; after its first query the mode can't be changed any more."""
    settings = {
        "statement_timeout": f"{int(job.limits.deadline_s * 1000)}",
        "lock_timeout": f"{_LOCK_MS}",
        "idle_in_transaction_session_timeout": f"{int((job.limits.deadline_s + GRACE_S) * 1000) + _IDLE_MS}",
        "jit": "off",
        "work_mem": f"'{_WORK_MEM}'",
        "max_parallel_workers_per_gather": "0",
        "search_path": f"{sql.Identifier(job.schema).as_string()}, pg_temp",
        "timezone": "'UTC'",
        "datestyle": "'ISO, YMD'",
        "intervalstyle": "'postgres'",
        "extra_float_digits": "1",
        "standard_conforming_strings": "on",
        "default_transaction_read_only": "on",
    }
    local = "; ".join(f"SET LOCAL {name} = {value}" for name, value in settings.items())
    return f"BEGIN ISOLATION LEVEL READ COMMITTED READ ONLY; {local}; SELECT 1".encode()


def _simple(pg: pq.abc.PGconn, command: bytes) -> PQGen[None]:
    """Several statements of our own in one trip."""
    pg.send_query(command)
    for result in (yield from generators.execute(pg)):
        _check(result)


def _asked(pg: pq.abc.PGconn, statement: bytes, limits: QueryLimits) -> PQGen[Fetched]:
    """Prepares the statement alone, so that it is one; then runs it inside of ours."""
    names, kinds = yield from _described(pg, statement)
    # Wide rows are cut narrower, so that one row is no bomb.
    chars = min(limits.cell_chars, max(limits.bytes // len(kinds), 1))
    ours = wrapped(statement.decode(), kinds, chars + 1, limits.rows + 1)
    pg.send_query_params(ours.encode(), None)
    pg.set_single_row_mode()
    yield from generators.send(pg)
    raw, has_more = yield from _received(pg, limits)
    readers = [reader(kind) for kind in kinds]
    cells = ([_cell(*each) for each in zip(readers, row, strict=True)] for row in raw)
    rows, was_cut = take(cells, replace(limits, cell_chars=chars))
    return Fetched(names, rows, was_cut or has_more)


def _described(pg: pq.abc.PGconn, statement: bytes) -> PQGen[tuple[tuple[str, ...], list[int]]]:
    """The names and types of the result's columns, before it runs, in one trip."""
    pg.enter_pipeline_mode()
    pg.send_prepare(_NAMELESS, statement)
    pg.send_describe_prepared(_NAMELESS)
    pg.pipeline_sync()
    yield from generators.send(pg)
    answers = []
    for _ in range(3):
        answers += yield from generators.fetch_many(pg)
    pg.exit_pipeline_mode()
    for answer in answers:
        _check(answer)
    described = answers[1]
    if described.nparams:
        raise Refused(Said("42P02", "the statement has parameters, for which there are no values"))
    if not described.nfields:
        raise Refused(Said("42601", "the statement gives no result set"))
    fields = range(described.nfields)
    names = tuple((described.fname(each) or b"").decode("utf-8", "replace") for each in fields)
    return names, [described.ftype(each) for each in fields]


def _received(pg: pq.abc.PGconn, limits: QueryLimits) -> PQGen[tuple[list[list[bytes | None]], bool]]:
    """The rows as they come, as far as they are to be held, and whether there were more."""
    rows: list[list[bytes | None]] = []
    size = 0
    held = limits.bytes * _HELD_AT_MOST
    has_more = False
    while (result := (yield from generators.fetch(pg))) is not None:
        _check(result)
        if result.status != _ROW:
            continue
        row = [result.get_value(0, each) for each in range(result.nfields)]
        if size <= held:
            rows.append(row)
        has_more = size > held
        size += sum(map(len, filter(None, row)))
        if size > held + _DRAINED_AT_MOST:
            return rows, True
    return rows, has_more


def _cell(read: Reader, value: bytes | None) -> Cell:
    return None if value is None else read(value.decode("utf-8", "replace"))


def _check(result: pq.abc.PGresult) -> None:
    if result.status != pq.ExecStatus.FATAL_ERROR:
        return
    told = {name: result.error_field(field) or b"" for name, field in _FIELDS.items()}
    texts = {name: value.decode("utf-8", "replace") for name, value in told.items()}
    message = texts["text"] or result.get_error_message()
    raise Refused(
        Said(texts["sqlstate"] or "08006", message, texts["hint"], int(texts["position"] or 0), texts["function"])
    )


_FIELDS: Final = {
    "sqlstate": pq.DiagnosticField.SQLSTATE,
    "text": pq.DiagnosticField.MESSAGE_PRIMARY,
    "hint": pq.DiagnosticField.MESSAGE_HINT,
    "position": pq.DiagnosticField.STATEMENT_POSITION,
    "function": pq.DiagnosticField.SOURCE_FUNCTION,
}
