"""Columns that nobody is shown: a statement's outcome is the same whatever stands in them."""

import re
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.catalog.catalog import Catalog
from db.catalog.errors import CatalogError, CatalogUnavailable, QueryError, QueryRefused
from db.catalog.guard import Guard
from db.catalog.limits import QueryLimits
from db.catalog.privacy import private_columns, public, readable
from db.catalog.schema import Columns, ColumnSchema, ForeignKey, Schema, TableSchema
from db.catalog.semantics import fit_layer, load_layer
from db.catalog.semantics_file import CatalogFile, SemanticsError
from db.catalog.sqlite.deadline import Deadline
from db.catalog.sqlite.engine import SqliteEngine
from db.catalog.sqlite.functions import SQLITE
from db.catalog.sqlite.guarded import connect_guarded, denied_tables
from tests.unit.db.catalog.private import CANARY, NAMES, PRIVATE, SEMANTICS, SPELLINGS, build

SHOWN: Final[Columns] = {
    "teams": ("id", "name"),
    "users": ("id", "name", "level", "team_id"),
    "vault": (),
    "badges": ("holder", "user_id"),
    "contacts": ("id", "user_id", "ssn"),
    "payroll": (),
    "roster": ("name", "level"),
}
SCHEMA: Final = Schema(
    tuple(TableSchema(name, tuple(map(ColumnSchema, columns))) for name, columns in SHOWN.items() if columns)
)
_ATTACHED: Final = re.compile(r"\bc[0-9a-f]{32}\b")


class Twins:
    """Two connections to catalogues that differ in what is private alone."""

    def __init__(self, folder: Path, *, has_authorizer: bool) -> None:
        paths = build(folder / "one.db", CANARY, 815), build(folder / "other.db", "zzz", 99)
        self._connections = tuple(connect_guarded(path, SHOWN, QueryLimits(), Deadline()) for path in paths)
        if not has_authorizer:
            for connection in self._connections:
                connection.set_authorizer(None)

    def close(self) -> None:
        for connection in self._connections:
            connection.close()

    def outcomes(self, sql: str) -> tuple[str, str]:
        one, other = (_outcome(connection, sql) for connection in self._connections)
        return one, other


def _outcome(connection: sqlite3.Connection, sql: str) -> str:
    try:
        return repr(connection.execute(sql).fetchall())
    except (sqlite3.Error, sqlite3.Warning, ValueError) as error:
        return _ATTACHED.sub("main", str(error))


@pytest.fixture(scope="module")
def twins(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Twins]:
    with closing(Twins(tmp_path_factory.mktemp("twins"), has_authorizer=True)) as opened:
        yield opened


@pytest.fixture(scope="module")
def unauthorized(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Twins]:
    with closing(Twins(tmp_path_factory.mktemp("unauthorized"), has_authorizer=False)) as opened:
        yield opened


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return write(tmp_path / "catalog.yml", SEMANTICS)


@pytest.fixture
async def catalog(tmp_path: Path, file: Path) -> AsyncIterator[Catalog]:
    async with await Catalog.open(f"sqlite:///{build(tmp_path / 'one.db', CANARY, 815)}", file) as opened:
        yield opened


@pytest.fixture
async def other(tmp_path: Path, file: Path) -> AsyncIterator[Catalog]:
    async with await Catalog.open(f"sqlite:///{build(tmp_path / 'other.db', 'zzz', 99)}", file) as opened:
        yield opened


@pytest.mark.parametrize("sql", SPELLINGS)
def test_without_the_guard_no_spelling_tells_what_is_private(twins: Twins, sql: str) -> None:
    one, other = twins.outcomes(sql)
    assert one == other


@pytest.mark.parametrize("sql", SPELLINGS)
def test_without_the_authorizer_no_spelling_tells_what_is_private(unauthorized: Twins, sql: str) -> None:
    try:
        Guard(SCHEMA, SQLITE, is_partial=True).check(sql)
    except QueryRefused:
        return
    one, other = unauthorized.outcomes(sql)
    assert one == other


async def test_no_spelling_tells_what_is_private_nor_its_name(catalog: Catalog, other: Catalog) -> None:
    assert len(SPELLINGS) > 120
    for sql in SPELLINGS:
        said = await told(catalog, sql)
        assert said == await told(other, sql), sql
        assert [name for name in NAMES if name in said and name not in sql and "contacts" not in said] == [], sql


async def told(catalog: Catalog, sql: str) -> str:
    try:
        table = await catalog.query(sql)
    except QueryError as error:
        return str(error)
    return repr((table.columns, table.rows))


EXPRESSIONS = ("*", "u.*", "ssn", "u.ssn", "salary", "name", "max(ssn)", "count(*)", "rowid", "code", "word", "a")
SOURCES = (
    *("users u", "main.users u", '"users" u', "users", "(SELECT * FROM users) u", "badges u", "vault u", "payroll u"),
    *("users u, contacts", "x u", "temp.users u", "(SELECT ssn AS a FROM users) u"),
)
JOINS = (
    *("", f"NATURAL JOIN (SELECT '{CANARY}' AS ssn)", f"JOIN (SELECT '{CANARY}' AS ssn) USING (ssn)"),
    *("NATURAL JOIN users", "NATURAL LEFT JOIN badges", "JOIN users w USING (ssn, salary)", "CROSS JOIN vault"),
    *("LEFT JOIN users w ON w.ssn > 'c'", "NATURAL JOIN (SELECT 815 AS code)"),
)
ENDS = (
    *("", "WHERE ssn > 'c'", "WHERE EXISTS (SELECT 1 FROM users WHERE salary > 100)", "ORDER BY ssn", "ORDER BY 5"),
    *("GROUP BY ssn", "UNION SELECT ssn FROM users", "LIMIT (SELECT max(code) - 813 FROM badges)", "ORDER BY rowid"),
)
STARTS = (
    "",
    "WITH x AS (SELECT * FROM users) ",
    "WITH users AS (SELECT 1 AS ssn) ",
    "WITH x(a) AS (SELECT ssn FROM u) ",
)


@settings(deadline=None)
@given(*map(st.sampled_from, (STARTS, EXPRESSIONS, SOURCES, JOINS, ENDS)))
def test_no_combination_tells_what_is_private(
    twins: Twins, start: str, what: str, source: str, join: str, end: str
) -> None:
    one, other = twins.outcomes(f"{start}SELECT {what} FROM {source} {join} {end}")
    assert one == other


WORDS = f"SELECT * FROM users , ssn ( ) WITH AS 1 main . vault count(*) IN NATURAL JOIN UNION u ' [ ] ; {CANARY} USING"


@settings(deadline=None)
@given(st.lists(st.sampled_from(WORDS.split()), max_size=14))
def test_no_arrangement_of_words_tells_what_is_private(twins: Twins, words: list[str]) -> None:
    one, other = twins.outcomes(" ".join(["SELECT", *words]))
    assert one == other


async def test_a_star_brings_the_public_columns(catalog: Catalog) -> None:
    table = await catalog.query(
        "SELECT u.*, t.name AS team FROM users u JOIN teams t ON t.id = u.team_id WHERE u.id = 1"
    )
    assert table.columns == ("id", "name", "level", "team_id", "team")
    assert table.rows == ((1, "김민준", "senior", 1, "비전팀"),)
    assert (await catalog.query("SELECT count(*) FROM users")).rows == ((3,),)
    assert (await catalog.query("SELECT ssn FROM contacts ORDER BY id")).rows == (("public",), ("known",))


async def test_a_name_with_a_schema_is_told_to_go_without(catalog: Catalog) -> None:
    with pytest.raises(QueryRefused, match="write users without main") as refused:
        await catalog.query("SELECT name FROM main.users")
    assert refused.value.rule == "schema"
    with pytest.raises(QueryRefused, match="rowid is not one of them"):
        await catalog.query("SELECT rowid FROM users")


async def test_what_is_made_of_the_schema_has_nothing_private(catalog: Catalog) -> None:
    assert set(catalog.private) == set(PRIVATE)
    assert readable(catalog.schema, catalog.schema) == {name: own for name, own in SHOWN.items() if own}
    assert all(catalog.schema.table(key.parent_table) for key in catalog.schema.foreign_keys)
    seen = repr((catalog.schema, catalog.semantics))
    assert [name for name in (*NAMES, "secret number", "strongroom", CANARY) if f"'{name}'" in seen] == ["ssn"]
    assert "senior" in seen
    assert [match.text for match in catalog.values.nearest(CANARY)] == []
    assert not {("users", "ssn"), ("vault", "word")} & set(catalog.values.columns())


async def test_a_column_that_becomes_private_is_so_for_workers_that_run_already(tmp_path: Path, file: Path) -> None:
    path = build(tmp_path / "one.db", CANARY, 815)
    write(file, "tables: {users: {label: {ko: 사람, en: person}}}")
    async with await Catalog.open(f"sqlite:///{path}", file) as catalog:
        assert (await catalog.query("SELECT max(ssn) FROM main.users")).rows == ((f"{CANARY}-2",),)
        write(file, SEMANTICS)
        with closing(sqlite3.connect(path)) as owner, owner:
            owner.execute("UPDATE users SET level = 'x' WHERE id = 3")
        await catalog.refresh()
        await catalog.settled()
        with pytest.raises(QueryError, match="no such column: ssn"):
            await catalog.query("SELECT max(ssn) FROM users")


async def test_a_private_column_under_another_name_stays_private(tmp_path: Path, file: Path) -> None:
    path = build(tmp_path / "one.db", CANARY, 815)
    async with await Catalog.open(f"sqlite:///{path}", file) as catalog:
        with closing(sqlite3.connect(path)) as owner, owner:
            owner.execute("ALTER TABLE users RENAME COLUMN salary TO pay")
            owner.execute("ALTER TABLE vault RENAME TO safe")
        await catalog.refresh()
        assert {("users", "pay"), ("safe", "word"), ("users", "ssn")} <= set(catalog.private)
        with pytest.raises(CatalogError, match="no such column: pay"):
            await catalog.query("SELECT max(pay) FROM users")
        assert (await catalog.query("SELECT max(level) FROM users")).rows == (("senior",),)


def test_a_table_without_private_columns_is_as_it_ever_was(tmp_path: Path) -> None:
    path = build(tmp_path / "one.db", CANARY, 815)
    with closing(connect_guarded(path, {"teams": ("id", "name")}, QueryLimits(), Deadline())) as connection:
        assert _outcome(connection, "SELECT name, rowid FROM main.teams LIMIT 1").count("비전팀") == 1
        assert "prohibited" in _outcome(connection, "SELECT name FROM users")


def test_columns_that_differ_by_a_letter_outside_ascii_are_two(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "odd.db")) as owner, owner:
        owner.execute('CREATE TABLE "od""d" (É TEXT, é TEXT)')
        owner.execute('INSERT INTO "od""d" VALUES (?, ?)', (CANARY, "public"))
    with closing(connect_guarded(tmp_path / "odd.db", {'od"d': ("é",)}, QueryLimits(), Deadline())) as connection:
        assert "public" in _outcome(connection, 'SELECT * FROM "od""d"')
        assert CANARY not in _outcome(connection, 'SELECT * FROM "od""d"')
        assert "no such column" in _outcome(connection, 'SELECT É FROM "od""d"')


async def test_a_damaged_file_is_unavailable_when_its_views_are_tried(tmp_path: Path) -> None:
    path = build(tmp_path / "one.db", CANARY, 815)
    reflection = await SqliteEngine.open(path)
    path.write_bytes(b"x" * 4096)
    with pytest.raises(CatalogUnavailable, match="cannot be read"):
        await reflection.denied(SHOWN)
    await reflection.close()


def test_a_view_on_something_that_is_gone_is_no_private_one(tmp_path: Path) -> None:
    path = build(tmp_path / "one.db", CANARY, 815)
    with closing(sqlite3.connect(path)) as owner, owner:
        owner.execute("CREATE VIEW broken AS SELECT * FROM contacts")
        owner.execute("DROP TABLE contacts")
    columns = {**SHOWN, "broken": ("id",), "payroll": ("name", "ssn")}
    with closing(connect_guarded(path, columns, QueryLimits(), Deadline())) as connection:
        assert "no such table" in _outcome(connection, "SELECT * FROM broken")
    assert denied_tables(path, columns) == {"payroll"}


def test_a_file_whose_columns_cannot_be_told_is_not_opened(tmp_path: Path) -> None:
    path = build(tmp_path / "one.db", CANARY, 815)
    with closing(sqlite3.connect(path, isolation_level=None)) as owner:
        owner.execute("BEGIN EXCLUSIVE")
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            connect_guarded(path, SHOWN, QueryLimits(), Deadline())


USERS: Final = TableSchema(
    "users", (ColumnSchema("id", primary_key=True), ColumnSchema("ssn"), ColumnSchema("tail", generated=True))
)
NOTES: Final = TableSchema("notes", (ColumnSchema("user_ssn"), ColumnSchema("body")))
PAIR: Final = Schema((USERS, NOTES), (ForeignKey("notes", "user_ssn", "users", "SSN"),))


def closed(tables: dict[str, object]) -> set[tuple[str, str]]:
    return set(private_columns(CatalogFile.model_validate({"tables": tables}), PAIR))


def test_what_the_file_says_decides_and_in_doubt_a_column_is_private() -> None:
    assert closed({}) == set()
    assert closed({"users": {"columns": {"ssn": {"private": False}}}}) == set()
    assert closed({"users": {"columns": {"ssn": {"private": True}}}}) == {("users", "ssn"), ("users", "tail")}
    assert closed({"USERS": {"columns": {"SSN": {"private": True}}}}) == {("users", "ssn"), ("users", "tail")}
    opened = {"ssn": {"private": True}, "tail": {"private": False}}
    assert closed({"users": {"columns": opened}}) == {("users", "ssn")}
    assert closed({"notes": {"private": True}}) == {("notes", "user_ssn"), ("notes", "body")}
    gone = {"pin": {"private": True}, "id": {}}
    assert closed({"users": {"columns": gone}}) == {("users", "ssn"), ("users", "tail")}
    assert closed({"users": {}, "secrets": {"private": True}}) == {("notes", "user_ssn"), ("notes", "body")}


def test_a_key_over_a_private_column_is_none_of_the_schema() -> None:
    shown = public(PAIR, [("users", "ssn")])
    assert shown.foreign_keys == ()
    assert readable(PAIR, shown) == {"users": ("id", "tail"), "notes": ("user_ssn", "body")}
    assert public(PAIR, [("notes", "body"), ("notes", "user_ssn")]).foreign_keys == ()
    assert public(PAIR, ()) is PAIR


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("tables:\n  users:\n    show: [ssn]\n    columns: {ssn: {private: true}}", 3, "column 'ssn' of table 'users'"),
        ("tables:\n  users:\n    columns:\n      id: {instead: ssn}\n      ssn: {private: true}", 4, "column 'ssn'"),
        (
            "tables: {notes: {private: true}}\nforeign_keys:\n  - {child: notes.body, parent: users.id}",
            3,
            "column 'body' of table 'notes'",
        ),
        ("tables:\n  notes: {private: true}\n  users:\n    part_of: notes", 4, "table 'notes'"),
    ],
)
def test_a_file_that_builds_on_what_it_closes_is_named_with_its_line(
    tmp_path: Path, text: str, line: int, says: str
) -> None:
    path = write(tmp_path / "catalog.yml", text)
    with pytest.raises(SemanticsError) as caught:
        load_layer(path, PAIR)
    assert str(caught.value).startswith(f"{path}:{line}: {says}")
    assert "is private; remove it here" in str(caught.value)


def test_a_closed_entry_may_say_whatever_it_says(tmp_path: Path) -> None:
    path = tmp_path / "catalog.yml"
    text = "tables: {users: {columns: {ssn: {private: true, instead: id}}}, notes: {private: true, show: [body]}}"
    path.write_text(text, encoding="utf-8")
    fitted = fit_layer(path, PAIR)
    assert [table.name for table in fitted.layer.tables] == ["users"]
    assert fitted.problem == ""
