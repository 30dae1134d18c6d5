"""The store as a whole: opening, surviving, refusing."""

import asyncio
import os
import signal
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, inspect
from sqlalchemy.engine.interfaces import ReflectedIndex

from db.store import upgrade
from db.store.errors import StoreUnavailable
from db.store.remedies import of_sqlite
from db.store.store import Store
from db.store.tables import metadata
from tests.unit.db.store.owner import owner_runs, path_of
from tests.unit.db.store.samples import NOON, PRICED, a_turn, answered

CRASH = """
import asyncio, sys
from db.store.store import Store
from tests.unit.db.store.samples import a_turn

async def main():
    store = await Store.open(sys.argv[1])
    await store.turns.start(a_turn("cut off"))
    print("started", flush=True)
    await asyncio.Event().wait()

asyncio.run(main())
"""


async def test_a_store_is_made_with_its_folder_and_opened_again(new_url: str) -> None:
    async with await Store.open(new_url) as store:
        await store.ping()
        await store.turns.start(a_turn("t1"))
    async with await Store.open(new_url) as store:
        assert [turn.turn_id for turn in await store.turns.unfinished()] == ["t1"]


async def test_a_turn_cut_off_by_kill_9_is_found_unfinished(url: str) -> None:
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", CRASH, url, stdout=asyncio.subprocess.PIPE)
    assert process.stdout is not None
    assert await process.stdout.readline() == b"started\n"
    process.send_signal(signal.SIGKILL)
    await process.communicate()
    async with await Store.open(url) as store:
        assert [turn.turn_id for turn in await store.turns.unfinished()] == ["cut off"]


async def test_answer_and_cost_are_saved_together_or_not_at_all(store: Store, url: str) -> None:
    await store.turns.start(a_turn("t1"))
    owner_runs(url, "DROP TABLE usage")
    with pytest.raises(StoreUnavailable):
        await store.turns.finish(answered("t1"), [PRICED])
    assert [turn.turn_id for turn in await store.turns.unfinished()] == ["t1"]


async def test_many_writers_and_readers_side_by_side_lose_nothing(url: str) -> None:
    async with await Store.open(url) as one, await Store.open(url) as other:

        async def whole_turn(store: Store, turn_id: str) -> None:
            await store.turns.start(a_turn(turn_id, thread_ts=turn_id))
            assert await store.turns.engaged("T1", "C1", turn_id)
            await store.turns.finish(answered(turn_id), [PRICED])
            assert len(await store.turns.history("T1", "C1", turn_id, 5)) == 1

        await asyncio.gather(
            *(whole_turn(one, f"a{n}") for n in range(30)), *(whole_turn(other, f"b{n}") for n in range(30))
        )
        assert await one.turns.unfinished() == []


async def test_a_cancelled_write_does_not_hold_up_the_next_one(store: Store) -> None:
    for number in range(30):
        writing = asyncio.create_task(store.turns.start(a_turn(f"t{number}")))
        for _ in range(number % 6):
            await asyncio.sleep(0)
        writing.cancel()
        await asyncio.wait([writing])
        async with asyncio.timeout(5):
            assert await store.claims.first([f"after {number}"], NOON) is True


async def test_two_processes_may_open_a_new_store_at_once(new_url: str) -> None:
    stores = await asyncio.gather(*(Store.open(new_url) for _ in range(4)))
    for store in stores:
        await store.ping()
        await store.close()


async def test_opening_an_up_to_date_store_does_not_load_alembic(store: Store, url: str) -> None:
    code = (
        "import asyncio, sys; from db.store.store import Store\n"
        "async def main():\n    async with await Store.open(sys.argv[1]): print('alembic' in sys.modules)\n"
        "asyncio.run(main())"
    )
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", code, url, stdout=asyncio.subprocess.PIPE)
    assert (await process.communicate())[0] == b"False\n"


def tables_of(url: str) -> list[str]:
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    try:
        return inspect(engine).get_table_names()
    finally:
        engine.dispose()


def layout(engine: Engine) -> dict[str, object]:
    tables = inspect(engine)
    return {
        name: (
            [str(column) for column in tables.get_columns(name)],
            [{**index, "dialect_options": str(_spelt(index))} for index in tables.get_indexes(name)],
            tables.get_pk_constraint(name)["constrained_columns"],
            tables.get_foreign_keys(name),
        )
        for name in metadata.tables
    }


def _spelt(index: ReflectedIndex) -> dict[str, str]:
    """The condition of a partial index is an object of its own each time."""
    return {name: str(value) for name, value in index.get("dialect_options", {}).items()}


async def test_migrations_make_exactly_the_tables_that_the_code_uses(store: Store, url: str) -> None:
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    migrated = layout(engine)
    metadata.drop_all(engine)
    metadata.create_all(engine)
    assert layout(engine) == migrated
    engine.dispose()


def test_the_code_knows_its_newest_migration() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(upgrade.__file__).parent / "migrations"))
    assert ScriptDirectory.from_config(config).get_current_head() == upgrade.HEAD


async def test_a_store_of_a_newer_bot_is_not_touched(store: Store, url: str) -> None:
    owner_runs(url, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreUnavailable, match="newer version of the bot"):
        await Store.open(url)


async def test_somebody_elses_database_is_not_touched(new_url: str) -> None:
    path_of(new_url).parent.mkdir(parents=True, exist_ok=True)
    owner_runs(new_url, "CREATE TABLE theirs (a int)")
    with pytest.raises(StoreUnavailable, match="something else"):
        await Store.open(new_url)
    assert tables_of(new_url) == ["theirs"]


async def test_a_file_that_is_no_database_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "store.db").write_text("this is no database" * 100)
    with pytest.raises(StoreUnavailable, match="is not a database; move the file away"):
        await Store.open(f"sqlite:///{tmp_path}/store.db")


async def test_a_damaged_store_says_what_to_do(file_url: str) -> None:
    async with await Store.open(file_url) as store:
        await store.turns.start(a_turn("t1"))
    with open(path_of(file_url), "r+b") as file:  # noqa: ASYNC230 - a test
        file.seek(4096)
        file.write(b"\xff" * 200_000)
    with pytest.raises(StoreUnavailable, match="restore it from a backup"):
        await Store.open(file_url)


async def test_a_folder_that_cannot_be_made_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreUnavailable, match="check STORE_URL"):
        await Store.open(f"sqlite:///{tmp_path}/file/store.db")


async def test_a_path_that_is_a_folder_cannot_be_opened(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match="cannot be opened"):
        await Store.open(f"sqlite:///{tmp_path}")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
async def test_a_read_only_folder_says_what_to_do(file_url: str) -> None:
    async with await Store.open(file_url):
        pass
    folder = path_of(file_url).parent
    os.chmod(path_of(file_url), 0o444)
    os.chmod(folder, 0o555)
    try:
        with pytest.raises(StoreUnavailable, match="cannot be"):
            await Store.open(file_url)
    finally:
        os.chmod(folder, 0o755)


def test_a_full_disk_says_what_to_do(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "full.db")) as full:
        full.execute("PRAGMA max_page_count = 2")
        with pytest.raises(sqlite3.OperationalError) as error:
            full.executescript("CREATE TABLE a (x); CREATE TABLE b (x)")
    assert "make room and ask again" in of_sqlite(error.value)


def test_an_unknown_error_is_told_in_the_engines_words() -> None:
    assert of_sqlite(sqlite3.OperationalError("odd")) == "failed (odd)"


@pytest.mark.parametrize("url", ["", "store.db", "sqlite://", "sqlite:///:memory:", "mysql+x://h/d"])
async def test_a_url_that_is_not_supported_is_refused_with_the_forms_that_are(url: str) -> None:
    with pytest.raises(
        StoreUnavailable, match=r"STORE_URL must name a file: sqlite:///folder/store\.db.*postgresql://"
    ):
        await Store.open(url)


def test_a_locked_store_says_what_to_do(tmp_path: Path) -> None:
    with (
        closing(sqlite3.connect(tmp_path / "s.db", isolation_level=None)) as owner,
        closing(sqlite3.connect(tmp_path / "s.db", timeout=0)) as other,
    ):
        owner.execute("BEGIN EXCLUSIVE")
        with pytest.raises(sqlite3.OperationalError) as error:
            other.execute("CREATE TABLE a (x)")
        owner.execute("ROLLBACK")
    assert "stop that program" in of_sqlite(error.value)
