"""Words that were not understood, and what admins decided that they mean."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final, Literal, TypeAlias

from sqlalchemy import Row, bindparam, delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from db.store.database import Database
from db.store.records import Decision, Unplaced, UnplacedWord
from db.store.tables import synonyms, turns, unplaced

Decided: TypeAlias = Literal["saved", "unchanged", "taken"]

USERS_NAMED: Final = 5
_OF_TURN: Final = turns.c.turn_id == bindparam("of")
_NOTE: Final = insert(unplaced).values(
    team=select(turns.c.team).where(_OF_TURN).scalar_subquery(),
    user_id=select(turns.c.user_id).where(_OF_TURN).scalar_subquery(),
    question=select(turns.c.question).where(_OF_TURN).scalar_subquery(),
)
_FORGET: Final = delete(unplaced).where(unplaced.c.turn_id == bindparam("id"))
_NEWEST: Final = select(func.max(synonyms.c.seq)).group_by(synonyms.c.word)
_STANDING: Final = (
    select(synonyms)
    .where(synonyms.c.seq.in_(_NEWEST), synonyms.c.verdict.in_(bindparam("verdicts", expanding=True)))
    .order_by(synonyms.c.seq)
)
_OF_WORD: Final = select(synonyms).where(synonyms.c.word == bindparam("of")).order_by(synonyms.c.seq.desc()).limit(1)
_HISTORY: Final = select(synonyms).order_by(synonyms.c.seq.desc()).limit(bindparam("most"))
_DECIDE: Final = insert(synonyms)
_MEANING: Final = ("table", "column", "value")


async def note(connection: AsyncConnection, turn_id: str, words: Sequence[Unplaced], at: datetime) -> None:
    """Writes the words down within the transaction that ends their turn."""
    once = {one.word: one for one in words}.values()
    rows = [
        {"of": turn_id, "turn_id": turn_id, "word": w.word, "surface": w.surface, "nearest": list(w.nearest), "at": at}
        for w in once
    ]
    if rows:
        await connection.execute(_NOTE, rows)


async def forget(connection: AsyncConnection, turn_id: str) -> None:
    """Takes back the words of a turn that is forgotten."""
    await connection.execute(_FORGET, {"id": turn_id})


class SynonymLog:
    """What a word means is its newest decision. All methods raise StoreUnavailable."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def confirmed(self) -> tuple[Decision, ...]:
        """What holds now, in the order in which it was confirmed."""
        return await self._standing("confirmed")

    async def dropped(self) -> tuple[Decision, ...]:
        """The words that mean nothing, in the order in which that was said."""
        return await self._standing("dropped")

    async def history(self, limit: int) -> tuple[Decision, ...]:
        """The last decisions, the newest first."""
        async with self._database.reading() as connection:
            return tuple(map(_decision, await connection.execute(_HISTORY, {"most": limit})))

    async def decide(self, decision: Decision) -> Decided:
        """Writes a decision down; "unchanged" where it holds already, or there is nothing to undo.

        A word has one meaning: "taken", and nothing written, where another one is confirmed.
        """
        async with self._database.writing("synonyms") as connection:
            found = (await connection.execute(_OF_WORD, {"of": decision.word})).one_or_none()
            earlier = _decision(found) if found is not None else None
            outcome = _outcome(decision, earlier)
            if outcome == "saved":
                await connection.execute(_DECIDE, _row(decision, earlier))
        return outcome

    async def unplaced(self, team: str | None, limit: int) -> tuple[UnplacedWord, ...]:
        """The words nothing is decided of, the most frequent first; of all teams with None."""
        async with self._database.reading() as connection:
            wanted = {"verdicts": ["confirmed", "dropped"]}
            decided = {row.word for row in await connection.execute(_STANDING, wanted)}
            of_team = () if team is None else (unplaced.c.team == team,)
            counted = (
                select(unplaced.c.word, func.count().label("times"), func.max(unplaced.c.seq).label("last"))
                .where(unplaced.c.word.not_in(decided), *of_team)
                .group_by(unplaced.c.word)
                .order_by(func.count().desc(), func.max(unplaced.c.seq).desc())
                .limit(limit)
            )
            groups = (await connection.execute(counted)).all()
            return tuple([await _word(connection, group, of_team) for group in groups])

    async def prune(self, before: datetime) -> int:
        """Drops the words of questions from before that time; says how many."""
        async with self._database.writing() as connection:
            return (await connection.execute(delete(unplaced).where(unplaced.c.at < before))).rowcount

    async def _standing(self, verdict: str) -> tuple[Decision, ...]:
        async with self._database.reading() as connection:
            return tuple(map(_decision, await connection.execute(_STANDING, {"verdicts": [verdict]})))


async def _word(connection: AsyncConnection, group: Row[Any], of_team: tuple[Any, ...]) -> UnplacedWord:
    last = (await connection.execute(select(unplaced).where(unplaced.c.seq == group.last))).one()
    users = (
        select(unplaced.c.user_id)
        .where(unplaced.c.word == group.word, *of_team)
        .group_by(unplaced.c.user_id)
        .order_by(func.max(unplaced.c.seq).desc())
        .limit(USERS_NAMED)
    )
    names = tuple((await connection.scalars(users)).all())
    return UnplacedWord(group.word, last.surface, group.times, names, last.question, tuple(last.nearest), last.at)


def _outcome(decision: Decision, earlier: Decision | None) -> Decided:
    standing = earlier.verdict if earlier else "undone"
    if decision.verdict != standing:
        return "saved"
    if earlier is None or decision.verdict != "confirmed":
        return "unchanged"
    is_same = all(getattr(decision, name) == getattr(earlier, name) for name in _MEANING)
    return "unchanged" if is_same else "taken"


def _row(decision: Decision, earlier: Decision | None) -> dict[str, Any]:
    """The row; one that undoes a meaning names it."""
    meant = earlier if decision.verdict == "undone" and earlier else decision
    return {
        "word": decision.word,
        "surface": meant.surface,
        "verdict": decision.verdict,
        "table_name": meant.table,
        "column_name": meant.column,
        "value": meant.value,
        "team": decision.team,
        "user_id": decision.user_id,
        "at": decision.at,
    }


def _decision(row: Row[Any]) -> Decision:
    place = (row.table_name, row.column_name, row.value)
    return Decision(row.word, row.surface, row.verdict, row.team, row.user_id, row.at, *place)
