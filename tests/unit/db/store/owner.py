"""What the owner of a store's database does to it, beside the bot."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg

from db.store.engines import is_postgres


def path_of(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///"))


def owner_runs(url: str, script: str) -> None:
    if is_postgres(url):
        with psycopg.connect(url, autocommit=True) as owner:
            owner.execute(script.encode())
        return
    with closing(sqlite3.connect(path_of(url))) as file:
        file.executescript(script)


def owner_reads(url: str, query: str) -> list[tuple[Any, ...]]:
    if is_postgres(url):
        with psycopg.connect(url, autocommit=True) as owner:
            return owner.execute(query.encode()).fetchall()
    with closing(sqlite3.connect(path_of(url))) as file:
        return file.execute(query).fetchall()
