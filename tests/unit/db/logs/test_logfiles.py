"""The tail of a log: local files, buckets, web servers, and everything that only pretends to be one."""

import asyncio
import os
import socket
import threading
import zlib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from fsspec.implementations.memory import MemoryFileSystem  # type: ignore[import-untyped]  # it has no types

from db.logfiles import LogFiles, Tail
from db.logs.places import LocalPlace
from db.logs.readers import fsspec_files, read_local, socket_to

BIG = b"".join(b"line %06d\n" % n for n in range(30_000))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "artifacts"
    (folder / "exp").mkdir(parents=True)
    (folder / "exp" / "train.log").write_text("epoch 1\nValueError: bad\n")
    return folder


async def test_the_last_lines_of_a_file_are_read(root: Path) -> None:
    path = f"{root}/exp/train.log"
    assert await LogFiles([str(root)]).tail(path) == Tail(path, ("epoch 1", "ValueError: bad"))


async def test_of_a_long_file_the_end_alone_is_read(root: Path) -> None:
    (root / "big.log").write_bytes(BIG)
    tail = await LogFiles([str(root)], max_bytes=100).tail(f"{root}/big.log")
    assert tail.lines == tuple(f"line {n:06d}" for n in range(29_992, 30_000))
    assert tail.is_cut


async def test_without_roots_nothing_is_read(root: Path) -> None:
    assert (await LogFiles([]).tail(f"{root}/exp/train.log")).problem == "not_allowed"


def leave_a_socket(path: Path) -> None:
    """By the shorter of its names: that of a socket has about a hundred characters."""
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(min(os.path.relpath(path), str(path), key=len))


async def test_what_is_no_regular_file_is_not_opened(root: Path) -> None:
    os.mkfifo(root / "pipe.log")
    (root / "folder.log").mkdir()
    leave_a_socket(root / "socket.log")
    for name in ("pipe.log", "folder.log", "socket.log", "exp"):
        assert (await LogFiles([str(root)]).tail(f"{root}/{name}")).problem == "not_allowed", name
    assert (await LogFiles(["/dev"]).tail("/dev/zero")).problem == "not_allowed"


async def test_what_lies_elsewhere_is_not_read(root: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.log").write_text("secret")
    (root / "link.log").symlink_to(tmp_path / "secret.log")
    for path in (f"{tmp_path}/secret.log", f"{root}/../secret.log", f"{root}/link.log", "/etc/passwd", "memory://a"):
        assert await LogFiles([str(root)]).tail(path) == Tail(path, problem="not_allowed")


async def test_what_is_not_there_is_not_found(root: Path) -> None:
    for name in ("exp/gone.log", "gone/train.log", "exp/train.log/x", "loop/x"):
        if name.startswith("loop"):
            (root / "loop").symlink_to("loop")
        tail = await LogFiles([str(root)]).tail(f"{root}/{name}")
        assert tail.problem in ("not_found", "not_allowed"), name
        assert tail.lines == ()


async def test_what_no_text_is_says_so(root: Path) -> None:
    (root / "best.pt").write_bytes(b"PK\x03\x04\0\0" * 50)
    assert (await LogFiles([str(root)]).tail(f"{root}/best.pt")).problem == "not_text"


async def test_a_symlink_put_there_after_the_check_is_not_followed(root: Path, tmp_path: Path) -> None:
    """The check's place is read as it was checked: names, not what somebody made of them since."""
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "train.log").write_text("secret")
    (root / "swapped").symlink_to(tmp_path / "secret")
    (root / "swapped.log").symlink_to(tmp_path / "secret" / "train.log")
    for inner in (("swapped", "train.log"), ("swapped.log",)):
        with pytest.raises(OSError):
            read_local(LocalPlace(root, inner), 100)


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is closed to this user")
async def test_what_is_closed_to_us_is_unreadable(root: Path) -> None:
    (root / "exp" / "train.log").chmod(0)
    assert (await LogFiles([str(root)]).tail(f"{root}/exp/train.log")).problem == "unreadable"


# --- buckets


def bucket(**files: bytes) -> Callable[[str], Any]:
    def opened(_: str) -> Any:
        memory = MemoryFileSystem(skip_instance_cache=True)
        memory.store, memory.pseudo_dirs = {}, [""]
        for name, data in files.items():
            memory.pipe_file(f"/runs/{name}.log", data)
        return memory

    return opened


async def test_the_end_of_an_object_is_read() -> None:
    logs = LogFiles(["s3://runs", "gs://runs"], max_bytes=24, open_files=bucket(big=BIG, small=b"a\nb"))
    assert await logs.tail("s3://runs/small.log") == Tail("s3://runs/small.log", ("a", "b"))
    assert await logs.tail("gs://runs/big.log") == Tail("gs://runs/big.log", ("line 029998", "line 029999")[1:], True)
    assert (await logs.tail("s3://runs/gone.log")).problem == "not_found"


async def test_a_library_that_is_missing_is_named() -> None:
    def missing(scheme: str) -> Any:
        raise ImportError(f"Install {scheme}fs")

    assert (await LogFiles(["s3://runs"], open_files=missing).tail("s3://runs/a.log")).problem == "no_extra"


@pytest.mark.parametrize("error", [PermissionError("AccessDenied"), RuntimeError("no credentials with key AKIA…")])
async def test_whatever_a_bucket_says_no_error_escapes(error: Exception) -> None:
    def refusing(_: str) -> Any:
        raise error

    assert (await LogFiles(["gs://runs"], open_files=refusing).tail("gs://runs/a.log")).problem == "unreadable"


async def test_a_place_that_hangs_is_given_up_and_not_asked_without_end() -> None:
    free = threading.Event()

    def hanging(_: str) -> Any:
        free.wait()
        raise PermissionError

    logs = LogFiles(["s3://runs"], deadline_s=0.05, open_files=hanging)
    tails = await asyncio.gather(*(logs.tail("s3://runs/a.log") for _ in range(12)))
    assert {tail.problem for tail in tails} == {"too_slow"}
    hung = [thread for thread in threading.enumerate() if thread.name == "log"]
    assert 0 < len(hung) <= 8
    free.set()
    for thread in hung:
        await asyncio.to_thread(thread.join)
    slow = LogFiles(["s3://runs"], open_files=hanging)
    assert (await slow.tail("s3://runs/a.log")).problem == "unreadable"


async def test_fsspec_itself_is_asked_for_the_scheme() -> None:
    assert fsspec_files("memory").protocol == "memory"


# --- web servers


@asynccontextmanager
async def served(handler: Callable[[web.Request], Any]) -> AsyncIterator[str]:
    app = web.Application()
    app.router.add_get("/{name:.*}", handler)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


async def one(handler: Callable[[web.Request], Any], *, max_bytes: int = 24, deadline_s: float = 10.0) -> Tail:
    async with served(handler) as base:
        return await LogFiles([f"{base}/runs/"], max_bytes=max_bytes, deadline_s=deadline_s).tail(f"{base}/runs/a.log")


async def test_a_web_server_is_asked_for_the_end_alone(tmp_path: Path) -> None:
    (tmp_path / "a.log").write_bytes(BIG)
    seen: list[web.Request] = []

    async def handler(request: web.Request) -> web.StreamResponse:
        seen.append(request)
        return web.FileResponse(tmp_path / "a.log")

    tail = await one(handler)
    assert tail.lines == ("line 029999",)
    assert tail.is_cut
    assert seen[0].headers["Range"] == "bytes=-24"
    assert not {"Cookie", "Authorization"} & set(seen[0].headers)


async def test_a_server_without_ranges_is_read_to_its_end() -> None:
    async def handler(_: web.Request) -> web.Response:
        return web.Response(body=BIG)

    tail = await one(handler)
    assert tail.lines == ("line 029999",)
    assert tail.is_cut


async def test_a_server_that_never_ends_is_left() -> None:
    async def handler(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        while True:
            await response.write(b"x" * 1_000_000)

    assert (await one(handler)).problem == "unreadable"


async def test_a_silent_server_is_too_slow() -> None:
    async def handler(_: web.Request) -> web.Response:
        await asyncio.Event().wait()
        raise AssertionError("unreachable")

    assert (await one(handler, deadline_s=0.2)).problem == "too_slow"


@pytest.mark.parametrize(
    ("status", "problem"),
    [
        (302, "not_allowed"),
        (307, "not_allowed"),
        (404, "not_found"),
        (410, "not_found"),
        (401, "unreadable"),
        (403, "unreadable"),
        (500, "unreadable"),
        (416, None),
    ],
)
async def test_a_status_tells_why_there_are_no_lines(status: int, problem: str | None) -> None:
    asked: list[str] = []

    async def handler(request: web.Request) -> web.Response:
        asked.append(request.path)
        return web.Response(status=status, headers={"Location": "/elsewhere/secret.log"}, text="Bearer of bad news")

    tail = await one(handler)
    assert (tail.problem, tail.lines) == (problem, ())
    assert asked == ["/runs/a.log"], "no redirect is followed"


async def test_what_a_server_has_packed_is_not_unpacked() -> None:
    async def handler(_: web.Request) -> web.Response:
        return web.Response(body=zlib.compress(b"0" * 60_000_000), headers={"Content-Encoding": "deflate"})

    assert (await one(handler, max_bytes=65_536)).problem == "not_text"


@pytest.mark.parametrize(
    "host", ["169.254.169.254", "fe80::1%2", "::ffff:169.254.169.254", "224.0.0.1", "0.0.0.0", "::"]
)
def test_no_name_leads_to_a_clouds_metadata(host: str) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with pytest.raises(OSError, match="no log is read from there"):
        socket_to((family, socket.SOCK_STREAM, 6, "", (host, 80)))


async def nobody(_: web.Request) -> web.Response:
    return web.Response(status=500)


async def test_nobody_there_is_unreadable() -> None:
    async with served(nobody) as base:
        pass
    assert (await LogFiles([base]).tail(f"{base}/a.log")).problem == "unreadable"
