"""How people want their answers: one value a person, or channel, and name."""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Final, Literal, TypeAlias, get_args

from sqlalchemy import bindparam, delete, insert, select

from db.store.database import Database
from db.store.tables import preferences

Language: TypeAlias = Literal["auto", "ko", "en"]
Length: TypeAlias = Literal["whole", "summary"]
Switch: TypeAlias = Literal["off", "on"]


@dataclass(frozen=True, slots=True)
class Preferences:
    """What holds for one person in one channel; the defaults where nobody has said anything.

    `language`: "auto" is the question's own. `length`: a summary has the rest behind a button. `steps`: the way to the
    answer is told step by step. `sql`: in the message instead of behind a button. `usage`: a line with engine, model,
    tokens, cost and seconds; it is on where the person or the channel has it on.
    """

    language: Language = "auto"
    length: Length = "whole"
    steps: Switch = "off"
    sql: Switch = "off"
    usage: Switch = "off"


CHOICES: Final = {
    one.name: tuple(map(str, get_args(kind)))
    for one, kind in zip(fields(Preferences), (Language, Length, Switch, Switch, Switch), strict=True)
}
"""The values that each preference may have, the default first."""

OF_CHANNELS: Final = frozenset({"usage"})
"""What may be set for a channel, too."""

_KEY: Final = (
    preferences.c.team == bindparam("of_team"),
    preferences.c.subject == bindparam("of_subject"),
    preferences.c.name == bindparam("of_name"),
)
_ALL: Final = select(preferences.c.subject, preferences.c.name, preferences.c.value).where(
    preferences.c.team == bindparam("of_team"), preferences.c.subject.in_(bindparam("of_subjects", expanding=True))
)
_DROP: Final = delete(preferences).where(*_KEY)
_ADD: Final = insert(preferences)


class PreferenceLog:
    """Written by the people themselves, read with each answer."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, team: str, user: str, channel: str | None = None) -> Preferences:
        """The person's, with what the channel has turned on. Raises StoreUnavailable."""
        subjects = [user, *((channel,) if channel else ())]
        async with self._database.reading() as connection:
            rows = (await connection.execute(_ALL, {"of_team": team, "of_subjects": subjects})).all()
        found: dict[str, Any] = {name: value for subject, name, value in rows if subject == user}
        for subject, name, value in rows:
            if subject == channel and name in OF_CHANNELS and value == "on":
                found[name] = value
        return _read(found)

    async def put(self, team: str, subject: str, name: str, value: str, by: str, at: datetime) -> None:
        """Keeps one value in the place of an earlier one. Raises ValueError for what is no choice, StoreUnavailable."""
        if value not in CHOICES.get(name, ()):
            raise ValueError(f"{name} is one of {CHOICES.get(name, ())}, not {value!r}")
        key = {"of_team": team, "of_subject": subject, "of_name": name}
        row = {"team": team, "subject": subject, "name": name, "value": value, "set_by": by, "set_at": at}
        async with self._database.writing("preferences") as connection:
            await connection.execute(_DROP, key)
            await connection.execute(_ADD, row)


def _read(found: dict[str, Any]) -> Preferences:
    """What a newer or an older bot has written and this one does not know is left at its default."""
    return Preferences(**{name: value for name, value in found.items() if value in CHOICES.get(name, ())})
