"""Questions with SQL that people found to answer them."""

from typing import Final

from sqlalchemy import bindparam, delete, insert, select
from sqlalchemy.exc import IntegrityError

from db.store.database import Database
from db.store.records import Example
from db.store.tables import examples

MOST: Final = 1_000
"""So many of the newest are looked through for a question."""

_COLUMNS: Final = (examples.c.turn_id, examples.c.question, examples.c.sql, examples.c.user_id, examples.c.at)
_ALL: Final = select(*_COLUMNS).order_by(examples.c.seq.desc()).limit(MOST)
_ADD: Final = insert(examples)
_DROP: Final = delete(examples).where(examples.c.turn_id == bindparam("turn"))


class ExampleLog:
    """Written by admins, read by the agent. All methods raise StoreUnavailable."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def all(self) -> list[Example]:
        """The newest first."""
        async with self._database.reading() as connection:
            return [Example(*row) for row in await connection.execute(_ALL)]

    async def add(self, example: Example) -> bool:
        """Keeps it; False where its turn is an example already."""
        row = {name: getattr(example, name) for name in ("turn_id", "question", "sql", "user_id", "at")}
        try:
            async with self._database.writing() as connection:
                await connection.execute(_ADD, row)
        except IntegrityError:
            return False
        return True

    async def drop(self, turn_id: str) -> bool:
        """Whether there was one to drop."""
        async with self._database.writing() as connection:
            return (await connection.execute(_DROP, {"turn": turn_id})).rowcount > 0
