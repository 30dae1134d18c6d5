"""What crosses the border to the workers keeps its value; what an honest worker never sends is turned away."""

import json
import math
import sqlite3
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.catalog.limits import QueryLimits
from db.catalog.rows import Fetched, take
from db.catalog.sqlite.wire import READY, Job, NotAnAnswer, failure, most_bytes, read_ready, read_result, result

LIMITS = QueryLimits()
NESTED = b"[" * 100_000

cells = st.one_of(
    st.none(),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(allow_nan=False),
    st.text(st.characters(codec="utf-8"), max_size=80),
    st.binary(max_size=20),
)
tables = st.integers(1, 5).flatmap(lambda width: st.lists(st.lists(cells, min_size=width, max_size=width), max_size=12))
limits = st.builds(QueryLimits, rows=st.integers(1, 8), bytes=st.integers(1, 300), cell_chars=st.integers(1, 40))


def engine_error(sql: str) -> sqlite3.Error:
    with closing(sqlite3.connect(":memory:")) as connection, pytest.raises(sqlite3.Error) as caught:
        connection.execute(sql)
    return caught.value


@given(tables, limits)
def test_what_a_worker_took_arrives_as_it_was(table: list[list[object]], limits: QueryLimits) -> None:
    rows, truncated = take(table, limits)
    sent = Fetched(tuple("abcde"[: len(table[0])] if table else "a"), rows, truncated)
    arrived = read_result(result(sent, limits), limits)
    assert arrived == sent
    assert [list(map(type, row)) for row in arrived.rows] == [list(map(type, row)) for row in sent.rows]


def test_numbers_keep_their_edges() -> None:
    row = (2**63 - 1, -(2**63), -0.0, math.inf, 1e-320, 0.1, "\0\u2028😀")
    arrived = read_result(result(Fetched(tuple("abcdefg"), (row,), False), LIMITS), LIMITS)
    assert repr(arrived.rows) == repr((row,))


@pytest.mark.parametrize(
    "sql", ["SELECT nothing", "SELECT * FROM nowhere", "SELECT 1 +", "SELECT abs(-9223372036854775808)"]
)
def test_an_error_of_the_engine_arrives_with_class_code_name_and_text(sql: str) -> None:
    error = engine_error(sql)
    with pytest.raises(sqlite3.Error) as caught:
        read_result(failure(error), LIMITS)
    arrived = caught.value
    assert (type(arrived), str(arrived)) == (type(error), str(error))
    assert (arrived.sqlite_errorcode, arrived.sqlite_errorname) == (error.sqlite_errorcode, error.sqlite_errorname)


def test_errors_without_a_code_arrive_without_one() -> None:
    with pytest.raises(sqlite3.Warning, match="one statement"):
        read_result(failure(sqlite3.Warning("one statement at a time")), LIMITS)
    with pytest.raises(sqlite3.ProgrammingError) as caught:
        read_result(failure(sqlite3.ProgrammingError("no result set")), LIMITS)
    assert not hasattr(caught.value, "sqlite_errorcode")
    with pytest.raises(MemoryError):
        read_result(failure(MemoryError()), LIMITS)


def test_a_job_arrives_whole_also_with_a_name_that_is_no_text() -> None:
    job = Job("/data/\udcff 한글.db", {"users": ("id",), 'odd "name': ()}, QueryLimits(rows=3, deadline_s=0.5))
    assert Job.from_bytes(job.to_bytes()) == job


def test_names_that_burst_the_frame_are_an_error_of_the_engine() -> None:
    body = result(Fetched(("n" * (most_bytes(LIMITS) + 1),), (), False), LIMITS)
    with pytest.raises(sqlite3.DataError, match="too big"):
        read_result(body, LIMITS)


def answer(columns: object = ("a",), rows: object = ((1,),), truncated: object = False) -> bytes:
    return json.dumps([columns, rows, truncated]).encode()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff\xfe",
        b"null",
        b"[]",
        b"[1, 2",
        b'"ready"',
        NESTED,
        b'[["a"], [[' + b"9" * 5_000 + b"]], false]",
        answer(columns="a"),
        answer(columns=[]),
        answer(columns=[1]),
        answer(columns=["\ud800"], rows=[]),
        answer(rows={}),
        answer(rows=["a"]),
        answer(rows=[[1, 2]]),
        answer(rows=[[]]),
        answer(rows=[[True]]),
        answer(rows=[[2**63]]),
        answer(rows=[[-(2**63) - 1]]),
        answer(rows=[[["a"]]]),
        answer(rows=[[{}]]),
        answer(rows=[["\ud800"]]),
        answer(truncated=0),
        answer(rows=[[1]] * 201),
        answer(rows=[["x" * 4_001]]),
        answer(rows=[["x" * 4_000]] * 60),
        b"{}",
        b'{"kind": "SystemExit", "message": "x"}',
        b'{"kind": ["Error"], "message": "x"}',
        b'{"kind": "Error", "message": null}',
        b'{"kind": "Error", "message": "\\ud800"}',
        answer(columns=["a", "b"], rows=[["x" * 4_000, 1]] * 55),
        answer(rows=[["x" * 4_000]] * 51),
    ],
    ids=lambda body: str(body[:30]),
)
def test_what_no_honest_worker_sends_is_no_answer(body: bytes) -> None:
    with pytest.raises(NotAnAnswer):
        read_result(body, LIMITS)


def test_a_made_up_code_is_left_out_and_a_long_text_is_cut() -> None:
    body = json.dumps({"kind": "OperationalError", "code": "5", "name": 5, "message": "x" * 5_000}).encode()
    with pytest.raises(sqlite3.OperationalError) as caught:
        read_result(body, LIMITS)
    assert not hasattr(caught.value, "sqlite_errorcode")
    assert len(str(caught.value)) == 1_000


@given(st.binary(max_size=200))
def test_no_bytes_do_anything_but_be_refused(body: bytes) -> None:
    with pytest.raises((NotAnAnswer, sqlite3.Error, sqlite3.Warning, MemoryError)):
        read_result(body, LIMITS)


def test_only_a_greeting_is_one() -> None:
    read_ready(READY)
    with pytest.raises(NotAnAnswer):
        read_ready(b"[]")
    with pytest.raises(NotAnAnswer):
        read_ready(b"hello")
    with pytest.raises(sqlite3.OperationalError):
        read_ready(failure(sqlite3.OperationalError("unable to open database file")))
