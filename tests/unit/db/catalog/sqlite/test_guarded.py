"""Hardened connections: what holds when the check in front of them is not there."""

import hashlib
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.catalog.errors import CatalogUnavailable
from db.catalog.limits import QueryLimits
from db.catalog.sample import build_sample
from db.catalog.schema import Columns
from db.catalog.sqlite.deadline import Deadline
from db.catalog.sqlite.engine import database_path
from db.catalog.sqlite.guarded import GuardedConnection, connect_guarded
from tests.unit.db.catalog.statements import COLUMNS, HOSTILE, LEGITIMATE


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A catalogue with one table that is not on the list."""
    folder = tmp_path_factory.mktemp("guarded")
    build_sample(folder / "catalog.db")
    with closing(sqlite3.connect(folder / "catalog.db")) as owner:
        owner.execute("CREATE TABLE private (word TEXT)")
        owner.execute("INSERT INTO private VALUES ('canary')")
        owner.execute("CREATE VIEW window_on_private AS SELECT word FROM private")
        owner.commit()
    return folder


@pytest.fixture(scope="module")
def connection(folder: Path) -> Iterator[GuardedConnection]:
    with closing(guarded(folder)) as opened:
        yield opened


def guarded(folder: Path, columns: Columns = COLUMNS) -> GuardedConnection:
    opened = connect_guarded(folder / "catalog.db", columns, QueryLimits(), Deadline())
    assert isinstance(opened, GuardedConnection)
    return opened


def everything_in(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


def outcome(connection: GuardedConnection, sql: str) -> str:
    """All that a statement brings back, as text."""
    try:
        return repr(connection.execute(sql).fetchall())
    except (sqlite3.Error, sqlite3.Warning, ValueError) as error:
        return str(error)


def test_no_hostile_statement_changes_a_byte_or_leaves_a_file(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, connection: GuardedConnection
) -> None:
    monkeypatch.chdir(tmp_path)
    before = everything_in(folder)
    for sql in HOSTILE:
        outcome(connection, sql)
    assert everything_in(folder) == before
    assert list(tmp_path.iterdir()) == []
    assert (
        outcome(connection, "SELECT count(*) FROM users")
        == "[Fetched(columns=('count(*)',), rows=((8,),), truncated=False)]"
    )


@pytest.mark.parametrize("sql", LEGITIMATE)
def test_the_engine_runs_every_legitimate_statement(connection: GuardedConnection, sql: str) -> None:
    (fetched,) = connection.execute(sql).fetchall()
    assert fetched.columns


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT word FROM private",
        "SELECT * FROM main.private",
        "SELECT count(*) FROM private",
        "SELECT count(*) FROM window_on_private",
        "SELECT * FROM window_on_private",
        "SELECT 'canary' IN private",
        "SELECT (SELECT max(word) FROM [private])",
        "WITH private AS (SELECT 1) SELECT count(*) FROM private",
        "WITH sqlite_master AS (SELECT 1) SELECT count(*) FROM sqlite_master",
        "SELECT sql FROM sqlite_master",
        "SELECT count(*) FROM sqlite_master",
        "SELECT count(*) FROM dbstat",
        "SELECT * FROM pragma_table_list",
        "SELECT name FROM users UNION SELECT word FROM private",
        "SELECT printf('%d', 1)",
        "SELECT load_extension('x')",
        "PRAGMA query_only = OFF",
        "ATTACH ':memory:' AS m",
        "BEGIN",
    ],
)
def test_the_engine_denies_what_is_not_on_its_lists(connection: GuardedConnection, sql: str) -> None:
    with pytest.raises(sqlite3.DatabaseError, match=r"not authorized|prohibited|constructor failed"):
        connection.execute(sql)


WORDS = (
    "SELECT * FROM private , users word ( ) WITH AS 1 , main . count(*) IN WHERE UNION ALL window_on_private ' [ ] ;"
)
tokens = st.sampled_from(WORDS.split())


@given(st.lists(tokens, max_size=14))
def test_no_arrangement_of_words_brings_the_canary_back(connection: GuardedConnection, words: list[str]) -> None:
    assert "canary" not in outcome(connection, " ".join(["SELECT", *words]))


@pytest.mark.parametrize("sql", ["SELECT 1 FROM MAIN.users", "SELECT count(*) FROM [Main].USERS"])
def test_a_table_of_which_no_column_is_read_is_known_in_every_case(connection: GuardedConnection, sql: str) -> None:
    assert connection.execute(sql).fetchall()


def test_a_statement_without_a_result_set_is_an_error(connection: GuardedConnection) -> None:
    with pytest.raises(sqlite3.ProgrammingError, match="no result set"):
        connection.execute("-- nothing").fetchall()


def test_bytes_that_are_no_utf8_cost_a_sign_and_not_the_answer(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "catalog.db")) as owner:
        owner.execute("CREATE TABLE users AS SELECT CAST(x'61ff62' AS TEXT) AS name, x'0102' AS photo")
        owner.commit()
    with closing(guarded(tmp_path, {"users": ("name", "photo")})) as connection:
        (fetched,) = connection.execute("SELECT * FROM users").fetchall()
    assert fetched.rows == (("a\ufffdb", "<blob 2 bytes>"),)


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("sqlite:///data/catalog.db", "data/catalog.db"),
        ("sqlite:////srv/catalog.db", "/srv/catalog.db"),
        ("sqlite:///./a b/#1?.db", "a b/#1?.db"),
    ],
)
def test_a_sqlite_url_names_a_file(url: str, path: str) -> None:
    assert database_path(url) == Path(path)


@pytest.mark.parametrize(
    "url",
    ["", "catalog.db", "sqlite://", "sqlite:///", "sqlite:///:memory:", "sqlite://host/x.db", "postgresql://h/db"],
)
def test_any_other_url_is_refused_with_the_forms_that_work(url: str) -> None:
    with pytest.raises(CatalogUnavailable, match=r"sqlite:///folder/file\.db"):
        database_path(url)


def test_a_file_with_odd_characters_in_its_name_opens(tmp_path: Path) -> None:
    odd = tmp_path / "a b%20#?한글"
    odd.mkdir()
    build_sample(odd / "catalog.db")
    with closing(guarded(odd)) as connection:
        assert connection.execute("SELECT 1 FROM users").fetchall()


def test_a_file_that_is_no_database_is_not_opened(tmp_path: Path) -> None:
    (tmp_path / "catalog.db").write_text("this is no database" * 100)
    with pytest.raises(sqlite3.DatabaseError, match="not a database"):
        guarded(tmp_path)


def test_a_wide_table_does_not_stop_the_catalogue(tmp_path: Path) -> None:
    columns = tuple(f"a_rather_long_name_of_a_column_{n}" for n in range(1000))
    with closing(sqlite3.connect(tmp_path / "catalog.db")) as owner:
        owner.execute(f"CREATE TABLE users ({', '.join(columns)})")
    for shown in (columns, columns[1:]):
        with closing(guarded(tmp_path, {"users": shown})) as connection:
            assert connection.execute(f"SELECT {columns[7]} FROM users").fetchall()


@pytest.mark.skipif(sys.version_info < (3, 12), reason="Python 3.11 has no getconfig")
def test_the_engine_is_configured_for_strangers(connection: GuardedConnection) -> None:
    if sys.version_info >= (3, 12):
        assert connection.getconfig(sqlite3.SQLITE_DBCONFIG_DEFENSIVE)
        assert not connection.getconfig(sqlite3.SQLITE_DBCONFIG_DQS_DML)
        assert not connection.getconfig(sqlite3.SQLITE_DBCONFIG_DQS_DDL)
        assert not connection.getconfig(sqlite3.SQLITE_DBCONFIG_ENABLE_FTS3_TOKENIZER)
        assert not connection.getconfig(sqlite3.SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION)
        assert not connection.getconfig(sqlite3.SQLITE_DBCONFIG_ENABLE_TRIGGER)
        assert not connection.getconfig(sqlite3.SQLITE_DBCONFIG_TRUSTED_SCHEMA)
