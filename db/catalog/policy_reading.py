"""Reads a policy file and holds it against the catalogue, so that nothing in it can go wrong later in silence."""

import re
from pathlib import Path
from typing import Final

from sqlglot import exp

from db.catalog.catalog import Catalog
from db.catalog.conditions import Condition, ConditionError
from db.catalog.errors import QueryError
from db.catalog.meaning import ColumnRef
from db.catalog.policy import Policy, Role, Who
from db.catalog.policy_file import PolicyError, PolicyFile, WhoPart
from db.catalog.reader import Reader
from db.catalog.schema import TableSchema
from db.catalog.source_file import Loc, SourceFile, SourceFileError

_USER: Final = re.compile(r"[UW][A-Z0-9]+")
_ADDRESS: Final = re.compile(r"[^@\s]+@[^@\s]+")


async def load_policy(path: Path, catalog: Catalog) -> Policy:
    """The policy of a file, each name and condition in it tried on the catalogue.

    Raises PolicyError with the line of the first thing that is wrong, and CatalogUnavailable.
    """
    source = SourceFile(path, "POLICY", PolicyError)
    file = source.parse(PolicyFile)
    if wrong := _misnamed(file):
        raise source.error(*wrong)
    whole = await catalog.for_reader(Reader(frozenset(catalog.private)))
    return await _Reading(source, file, catalog, whole).policy()


def _misnamed(file: PolicyFile) -> tuple[Loc, str] | None:
    """The first place that names no role, or nobody."""
    given = [(("everyone",), file.everyone), *((("people", key), roles) for key, roles in file.people.items())]
    for loc, roles in given:
        for name in roles:
            if name not in file.roles:
                return loc, f"there is no role '{name}'; add it under roles, or check its spelling"
    for key in file.people:
        if not _USER.fullmatch(key) and not _ADDRESS.fullmatch(key):
            return ("people", key), f"'{key}' is neither a user's id in Slack (U…) nor an e-mail address; change it"
    addresses = [key.lower() for key in file.people]
    twice = next((key for key in file.people if addresses.count(key.lower()) > 1), None)
    return (("people", twice), f"'{twice}' stands there twice; put its roles together") if twice else None


def _is_meant(ref: ColumnRef, table: str, column: str) -> bool:
    return ref[0].casefold() == table.casefold() and column.casefold() in ("", ref[1].casefold())


class _Reading:
    """One file over one catalogue; `whole` is that with everything open."""

    def __init__(self, source: SourceFile, file: PolicyFile, catalog: Catalog, whole: Catalog) -> None:
        self._source = source
        self._file = file
        self._private = catalog.private
        self._whole = whole
        self._dialect = whole.engine_dialect

    async def policy(self) -> Policy:
        file = self._file
        who = None if file.who is None else self._who(file.who)
        roles = {name: await self._role(name) for name in file.roles}
        people = {key if "@" not in key else key.lower(): roles for key, roles in file.people.items()}
        return Policy(roles, file.everyone, people, who, frozenset(table.name for table in self._whole.schema.tables))

    async def _role(self, name: str) -> Role:
        part = self._file.roles[name]
        at = ("roles", name)
        opens = [ref for i, text in enumerate(part.opens) for ref in self._opened(text, (*at, "opens", i))]
        rows: dict[str, Condition] = {}
        for written, text in part.rows.items():
            loc = (*at, "rows", written)
            table, condition = await self._condition(written, text, loc)
            if table in rows:
                raise self._wrong(loc, f"'{written}' stands there twice; put its conditions together")
            rows[table] = condition
        return Role(name, frozenset(opens), rows)

    def _opened(self, text: str, loc: Loc) -> list[ColumnRef]:
        written, _, column = text.partition(".")
        if any(_is_meant(ref, written, column) for ref in self._whole.private):
            raise self._wrong(loc, f"the bot's role in the database may not read '{text}'; grant it SELECT there")
        table = self._table(written, loc)
        if column and table.column(column) is None:
            raise self._wrong(loc, f"there is no column '{column}' in table '{table.name}'; check its spelling")
        found = [ref for ref in self._private if _is_meant(ref, table.name, column)]
        if not found:
            raise self._wrong(loc, f"'{text}' is open to everybody: catalog.yml does not call it private; remove it")
        return found

    async def _condition(self, written: str, text: str, loc: Loc) -> tuple[str, Condition]:
        table = self._table(written, loc)
        try:
            condition = Condition(text, self._dialect)
        except ConditionError as error:
            raise self._wrong(loc, f"the condition {error}") from None
        if "team" in condition.parameters and self._file.who is None:
            raise self._wrong(loc, "the condition needs :team; add 'who', which says where teams stand")
        name = exp.to_identifier(table.name, quoted=True).sql(self._dialect.name)
        try:
            await self._whole.query(f"SELECT 1 FROM {name} WHERE ({condition.tried()}) LIMIT 0")
        except QueryError as error:
            raise self._wrong(loc, f"the condition does not run: {error}") from None
        return table.name, condition

    def _who(self, part: WhoPart) -> Who:
        table = self._table(part.table, ("who", "table"))
        found = {}
        for key, column in (("email", part.email), ("team", part.team)):
            known = table.column(column)
            if known is None:
                message = f"there is no column '{column}' in table '{table.name}'; check its spelling"
                raise self._wrong(("who", key), message)
            found[key] = known.name
        email = exp.Lower(this=exp.column(exp.to_identifier(found["email"], quoted=True)))
        finds = email.eq(exp.Lower(this=exp.Placeholder(this="email")))
        return Who(table.name, found["team"], Condition(finds.sql(self._dialect.name), self._dialect))

    def _table(self, name: str, loc: Loc) -> TableSchema:
        table = self._whole.schema.table(name)
        if table is None:
            raise self._wrong(loc, f"there is no table '{name}' in the catalogue; check its spelling")
        return table

    def _wrong(self, loc: Loc, message: str) -> SourceFileError:
        return self._source.error(loc, message)
