"""Columns and rows that are some people's alone: to all others it is as if they weren't there."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Final

import pytest

from db.catalog.catalog import Catalog
from db.catalog.errors import QueryError
from tests.unit.db.catalog.shop import KINDS, SECRETS, SEMANTICS, STATEMENTS, Kind, build


class Twins:
    """Two catalogues that differ in nothing that one kind of reader sees."""

    def __init__(self, one: Catalog, other: Catalog) -> None:
        self.one = one
        self.other = other

    async def seen_by(self, kind: Kind) -> "Twins":
        reader = kind.reader(self.one.engine_dialect)
        return Twins(await self.one.for_reader(reader), await self.other.for_reader(reader))

    async def told(self, sql: str) -> tuple[str, str]:
        return await told(self.one, sql), await told(self.other, sql)


async def told(catalog: Catalog, sql: str) -> str:
    try:
        table = await catalog.query(sql)
    except QueryError as error:
        return f"{type(error).__name__}: {error}"
    return repr((table.columns, table.rows, table.truncated))


@pytest.fixture(params=["sqlite"])
async def twins(tmp_path: Path) -> AsyncIterator[Twins]:
    folder: Final = tmp_path
    (folder / "catalog.yml").write_text(SEMANTICS, encoding="utf-8")
    async with AsyncExitStack() as stack:
        one, other = [
            await stack.enter_async_context(
                await Catalog.open(
                    f"sqlite:///{build(folder / f'{is_other}.db', is_other=is_other)}", folder / "catalog.yml"
                )
            )
            for is_other in (False, True)
        ]
        yield Twins(one, other)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
async def test_no_statement_tells_of_what_a_reader_does_not_see(twins: Twins, kind: Kind) -> None:
    seen = await twins.seen_by(kind)
    for sql in STATEMENTS:
        one, other = await seen.told(sql)
        assert one == other, sql
        assert [secret for secret in SECRETS if secret in one and secret not in sql] == [], sql
