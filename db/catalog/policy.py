"""Who sees which columns and rows: a policy's roles, and what follows from them for one asker."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from db.catalog.conditions import NO_ROW, Condition, any_of
from db.catalog.meaning import ColumnRef
from db.catalog.reader import Reader
from db.catalog.table import Cell


@dataclass(frozen=True, slots=True)
class Role:
    """One role: the private columns it opens, and by table the condition on the rows that it shows."""

    name: str
    opens: frozenset[ColumnRef] = frozenset()
    rows: Mapping[str, Condition] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Who:
    """Where an asker's team is looked up. `finds` has the parameter :email."""

    table: str
    team: str
    finds: Condition


@dataclass(frozen=True, slots=True)
class Standing:
    """What the policy takes somebody for, and what they see by it.

    `limited` are the tables of which they see only some rows; `blind` those of them of which they see none because
    their `team` or `email` (`lacking`) is not known.
    """

    reader: Reader
    roles: tuple[str, ...] = ()
    email: str | None = None
    team: Cell = None
    limited: tuple[str, ...] = ()
    blind: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Policy:
    """The rules of a policy file that was held against the catalogue; `tables` are those it knew then.

    `people` are the names of their roles by Slack's user id or by e-mail address in small letters.
    """

    roles: Mapping[str, Role]
    everyone: tuple[str, ...]
    people: Mapping[str, tuple[str, ...]]
    who: Who | None
    tables: frozenset[str]

    @property
    def opens(self) -> frozenset[ColumnRef]:
        """The private columns that some role opens."""
        return _opened(self.roles.values())

    def standing(self, user: str | None, email: str | None, team: Cell) -> Standing:
        """What somebody sees; `team` is None where nobody knows it.

        Roles add up: what one of them opens is open, a row that one of them shows is shown. Whose e-mail address is
        not known might be anybody that the policy names by theirs: they see no row of a table that would be limited,
        and no private column that one of them would not see.
        """
        named = dict.fromkeys(
            role for key in (user, email and email.lower()) for role in self.people.get(key or "", ())
        )
        roles = [self.roles[name] for name in named or self.everyone]
        given: dict[str, Cell] = {"team": team, "email": email}
        limits = _limits(roles)
        rows = {table: _shown(conditions, given) for table, conditions in limits.items()}
        opens = _opened(roles)
        if email is None and not named:
            rows |= dict.fromkeys(self._limited_by_address(), NO_ROW)
            opens = opens.intersection(*(_opened(each) for each in self._by_address()))
        blind = tuple(sorted(table for table, condition in rows.items() if condition == NO_ROW))
        asked = {name for table in blind for condition in limits.get(table, ()) for name in condition.parameters}
        asked |= {"email"} if email is None and blind else set()
        return Standing(
            Reader(
                opens,
                frozenset(rows.items()),
                self.tables if rows else None,
            ),
            tuple(role.name for role in roles),
            email,
            team,
            tuple(sorted(rows)),
            blind,
            tuple(sorted(name for name in asked if given[name] is None)),
        )

    def _limited_by_address(self) -> set[str]:
        return {table for roles in self._by_address() for role in roles for table in role.rows}

    def _by_address(self) -> Iterator[list[Role]]:
        """The roles of each whom the policy names by an e-mail address."""
        return ([self.roles[name] for name in names] for key, names in self.people.items() if "@" in key)


def _opened(roles: Iterable[Role]) -> frozenset[ColumnRef]:
    return frozenset(ref for role in roles for ref in role.opens)


_ALL_ROWS: Final[Mapping[str, tuple[Condition, ...]]] = {}


def _limits(roles: Iterable[Role]) -> Mapping[str, tuple[Condition, ...]]:
    """The conditions of the tables that every role limits; nobody without a role is limited."""
    every = tuple(roles)
    if not every:
        return _ALL_ROWS
    tables = set.intersection(*(set(role.rows) for role in every))
    return {table: tuple(role.rows[table] for role in every) for table in tables}


def _shown(conditions: Iterable[Condition], given: Mapping[str, Cell]) -> str:
    bound = [text for each in conditions if (text := each.bound(given)) != NO_ROW]
    return any_of(tuple(bound)) if bound else NO_ROW
