"""What people asked lately: for asking it again, and for the language they speak."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import bindparam, select

from db.store.database import Database
from db.store.tables import turns

_LOOKED_AT: Final = 40
"""So many of somebody's last turns are looked at: the same question may be among them many times."""
_LATEST: Final = (
    select(turns.c.question)
    .where(turns.c.team == bindparam("of_team"), turns.c.user_id == bindparam("of_user"), turns.c.status == "done")
    .order_by(turns.c.seq.desc())
    .limit(_LOOKED_AT)
)


class AskedLog:
    """Reads the turns; what was forgotten, or came to no answer, is not among them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def latest(self, team: str, user: str, most: int) -> Sequence[str]:
        """The person's last different questions, the newest first. Raises StoreUnavailable."""
        async with self._database.reading() as connection:
            found = (await connection.scalars(_LATEST, {"of_team": team, "of_user": user})).all()
        return list(dict.fromkeys(found))[:most]
