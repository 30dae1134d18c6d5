"""What Linux tells of processes, for tests that watch them."""

import asyncio
import os
from collections.abc import Callable
from pathlib import Path

WAIT_S = 20.0


def children_of(parent: int) -> set[int]:
    """The processes that run (or are not reaped) and were started by `parent`."""
    found = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, ppid = stat.read_text().rpartition(")")[2].split()[:2]
        except OSError:
            continue
        if int(ppid) == parent and state != "Z":
            found.add(int(stat.parent.name))
    return found


def cpu_ticks(pid: int) -> int:
    return sum(map(int, Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]))


def peak_mb(pid: int) -> float:
    """The most memory the process ever held."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))


async def until(claim: Callable[[], bool]) -> None:
    async with asyncio.timeout(WAIT_S):
        while not claim():  # noqa: ASYNC110 - the kernel has no event for it
            await asyncio.sleep(0)


async def gone(pid: int) -> None:
    """Waits for the end of any process, also of one that is not ours to reap."""
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return
    ended, loop = asyncio.Event(), asyncio.get_running_loop()
    loop.add_reader(handle, ended.set)
    try:
        async with asyncio.timeout(WAIT_S):
            await ended.wait()
    finally:
        loop.remove_reader(handle)
        os.close(handle)


def bounds_of(pid: int) -> dict[str, str]:
    """The kernel's limits on a process, by the names it gives them; the soft ones."""
    lines = Path(f"/proc/{pid}/limits").read_text().splitlines()
    return {line[:26].strip(): line[26:47].strip() for line in lines}
