"""One bot process a store."""

import asyncio
import signal
import sys
from pathlib import Path

import pytest

from db.store.errors import StoreUnavailable
from db.store.store import Store
from tests.unit.db.store.samples import a_turn

TAKEN = "another bot process uses this store; stop it first, or give this one its own STORE_URL"
HOLD = """
import asyncio, sys
from db.store.store import Store

async def main():
    async with await Store.open(sys.argv[1]) as store, store.serving():
        print("alone", flush=True)
        await asyncio.Event().wait()

asyncio.run(main())
"""


async def test_a_second_bot_is_told_to_give_way_while_other_uses_go_on(file_url: str) -> None:
    async with await Store.open(file_url) as one, await Store.open(file_url) as other, one.serving():
        with pytest.raises(StoreUnavailable) as refused:
            async with other.serving():
                raise AssertionError("unreachable")
        assert str(refused.value) == TAKEN
        assert await other.turns.start(a_turn("t1")) is True
        assert [turn.turn_id for turn in await one.turns.unfinished()] == ["t1"]


async def test_the_store_is_free_again_when_the_bot_has_ended(file_url: str) -> None:
    async with await Store.open(file_url) as one, await Store.open(file_url) as other:
        async with one.serving():
            pass
        async with other.serving():
            pass


async def test_a_killed_bot_does_not_keep_the_store(file_url: str) -> None:
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", HOLD, file_url, stdout=asyncio.subprocess.PIPE)
    assert process.stdout is not None
    assert await process.stdout.readline() == b"alone\n"
    async with await Store.open(file_url) as store:
        with pytest.raises(StoreUnavailable, match="another bot process"):
            async with store.serving():
                raise AssertionError("unreachable")
        process.send_signal(signal.SIGKILL)
        await process.communicate()
        async with store.serving():
            pass


async def test_of_many_that_start_in_the_same_instant_exactly_one_is_alone(file_url: str) -> None:
    tried: asyncio.Queue[bool] = asyncio.Queue()
    done = asyncio.Event()

    async def be_alone() -> None:
        async with await Store.open(file_url) as store:
            try:
                async with store.serving():
                    tried.put_nowait(True)
                    await done.wait()
            except StoreUnavailable:
                tried.put_nowait(False)

    async with asyncio.timeout(20), asyncio.TaskGroup() as bots:
        for _ in range(4):
            bots.create_task(be_alone())
        assert sorted([await tried.get() for _ in range(4)]) == [False, False, False, True]
        done.set()


def put_in_the_way(path: Path, kind: str) -> None:
    if kind == "folder":
        path.mkdir()
    else:
        path.write_text("this is no database" * 100)


@pytest.mark.parametrize("kind", ["folder", "file"])
async def test_a_lock_that_cannot_be_had_says_what_to_do(file_url: str, kind: str) -> None:
    async with await Store.open(file_url) as store:
        put_in_the_way(Path(file_url.removeprefix("sqlite:///") + ".bot"), kind)
        with pytest.raises(StoreUnavailable, match=r"The store store\.db\.bot (cannot be opened|is not a database)"):
            async with store.serving():
                raise AssertionError("unreachable")


async def test_whoever_serves_a_file_takes_the_turns_of_all_others_for_cut_off(file_url: str) -> None:
    async with await Store.open(file_url) as one, await Store.open(file_url) as other, other.serving():
        await one.turns.start(a_turn("t1"))
        await other.turns.start(a_turn("t2"))
        assert [turn.turn_id for turn in await other.turns.cut_off("T1")] == ["t1"]
        assert await other.turns.cut_off("T2") == []
        assert not other.is_shared
