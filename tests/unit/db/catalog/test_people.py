"""Askers among the rows of the catalogue: by their own address, or by one they say is theirs."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

import pytest

from db.catalog.catalog import Catalog
from db.catalog.finding import claimed, person_at
from db.catalog.people import Person, is_address
from db.catalog.reader import Reader
from db.catalog.semantics_file import SemanticsError

ROWS = """
CREATE TABLE staff (nr INTEGER PRIMARY KEY, name TEXT, mail TEXT, crew TEXT);
INSERT INTO staff VALUES (1, 'Kim', 'Kim@x.org', 'vision'), (2, 'Lee', 'lee@x.org', NULL),
  (3, 'Park', 'two@x.org', 'nlp'), (4, 'Choi', 'two@x.org', 'nlp'), (5, 'Kim', 'other@x.org', 'nlp'),
  (6, NULL, 'nameless@x.org', 'nlp'), (7, 'O''Neil', 'o''neil@x.org', 'nlp');
"""
ASKER = "tables: {staff: {display: [name], asker: {email: mail, team: crew}}}"
KIM = Person(("staff", "name"), "Kim", (("staff", "nr"), 1), (("staff", "crew"), "vision"), is_sole=False)
LEE = Person(("staff", "name"), "Lee", (("staff", "nr"), 2))


@asynccontextmanager
async def catalogue(folder: Path, meaning: str = ASKER) -> AsyncIterator[Catalog]:
    with closing(sqlite3.connect(folder / "c.db")) as connection:
        connection.executescript(ROWS)
    (folder / "catalog.yml").write_text(meaning, "utf-8")
    async with await Catalog.open(f"sqlite:///{folder}/c.db", folder / "catalog.yml") as opened:
        yield opened


async def test_somebody_is_the_one_row_with_their_address(tmp_path: Path) -> None:
    async with catalogue(tmp_path) as catalog:
        assert await person_at("kim@X.org", catalog) == KIM
        assert await person_at("lee@x.org", catalog) == LEE, "a team that is not there is none"
        for nobody in ("two@x.org", "nobody@x.org", "nameless@x.org", "", "kim", "kim@x.org' OR '1' = '1"):
            assert await person_at(nobody, catalog) is None, nobody
        quoted = await person_at("o'neil@x.org", catalog)
        assert quoted is not None
        assert quoted.name == "O'Neil"


async def test_a_claim_finds_whom_the_asker_sees(tmp_path: Path) -> None:
    async with catalogue(tmp_path) as catalog:
        assert await claimed("kim@x.org", catalog) == KIM
        assert await claimed("two@x.org", catalog) is None
        assert await claimed("no address", catalog) is None
        narrow = await catalog.for_reader(Reader(rows=frozenset({("staff", "crew = 'nlp'")})))
        assert await claimed("kim@x.org", narrow) is None


async def test_a_private_address_finds_its_owner_and_proves_no_claim(tmp_path: Path) -> None:
    private = "tables: {staff: {display: [name], asker: {email: mail, team: crew}, columns: {%s}}}"
    async with catalogue(tmp_path, private % "mail: {private: true}") as catalog:
        assert await person_at("kim@x.org", catalog) == KIM
        assert await claimed("kim@x.org", catalog) is None


async def test_what_the_asker_is_not_shown_is_not_told_to_them(tmp_path: Path) -> None:
    private = "tables: {staff: {display: [name], asker: {email: mail, team: crew}, columns: {%s}}}"
    async with catalogue(tmp_path, private % "crew: {private: true}, nr: {private: true}") as catalog:
        assert await person_at("kim@x.org", catalog) == Person(("staff", "name"), "Kim", is_sole=False)


async def test_without_a_name_that_is_shown_nobody_is_found(tmp_path: Path) -> None:
    private = "tables: {staff: {display: [crew], asker: {email: mail}, columns: {crew: {private: true}}}}"
    with pytest.raises(SemanticsError, match="private"):
        async with catalogue(tmp_path, private):
            raise AssertionError("unreached")
    for i, meaning in enumerate(("tables: {staff: {person: true}}", "tables: {staff: {asker: {email: mail}}}")):
        folder = tmp_path / str(i)
        folder.mkdir()
        async with catalogue(folder, meaning) as catalog:
            assert catalog.people is None
            assert await person_at("kim@x.org", catalog) is None
            assert await claimed("kim@x.org", catalog) is None


async def test_a_table_that_is_private_as_a_whole_has_nobody(tmp_path: Path) -> None:
    async with catalogue(
        tmp_path, "tables: {staff: {asker: {email: mail}, display: [name], private: true}}"
    ) as catalog:
        assert await person_at("kim@x.org", catalog) is None


async def test_a_column_that_is_not_there_is_told_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(SemanticsError, match=r"catalog\.yml:1: .*'email'"):
        async with catalogue(tmp_path, "tables: {staff: {display: [name], asker: {email: email}}}"):
            raise AssertionError("unreached")


async def test_a_column_that_goes_while_the_bot_runs_leaves_nobody_and_all_else(tmp_path: Path) -> None:
    async with catalogue(tmp_path) as catalog:
        with closing(sqlite3.connect(tmp_path / "c.db")) as connection:
            connection.execute("ALTER TABLE staff RENAME COLUMN mail TO post")
        await catalog.refresh()
        assert catalog.people is None
        assert catalog.semantics.table("staff").display == ("name",)


@pytest.mark.parametrize(
    "text", ["", "kim", "@x.org", "kim@", "kim@x", "a@b@c.d", "김@x.org", "k im@x.org", "k" * 260 + "@x.org"]
)
def test_what_could_be_somebody_elses_address_is_none(text: str) -> None:
    assert not is_address(text)
