"""Finds somebody among the rows of the catalogue by their e-mail address."""

from sqlglot import exp

from db.catalog.catalog import Catalog
from db.catalog.errors import QueryError
from db.catalog.people import People, Person, is_address
from db.catalog.table import Cell


async def person_at(email: str, catalog: Catalog) -> Person | None:
    """The one row that has the address, private or not; None where there is none, or more than one.

    For an address that is known to be the asker's. Of the row's columns those are told that the reader of the
    catalogue is shown. Raises CatalogUnavailable.
    """
    people = catalog.people
    shown = None if people is None else catalog.schema.table(people.table)
    if people is None or shown is None or shown.column(people.name) is None or not is_address(email):
        return None
    columns = [name for name in dict.fromkeys((people.key, people.name, people.team)) if name]
    found = {name: await _cells(people, name, email, catalog) for name in columns}
    name = found[people.name][0] if len(found[people.key]) == len(found[people.name]) == 1 else None
    if not isinstance(name, str) or not name.strip():
        return None
    told = {
        column: ((people.table, column), cells[0])
        for column, cells in found.items()
        if len(cells) == 1 and cells[0] is not None and shown.column(column) is not None
    }
    key, team = told.get(people.key), told.get(people.team)
    return Person((people.table, people.name), name, key, team, is_sole=await _is_sole(people, name, catalog))


async def claimed(email: str, catalog: Catalog) -> Person | None:
    """Who has the address that somebody says is theirs, as far as they see that row and its address themselves.

    Raises CatalogUnavailable.
    """
    people = catalog.people
    if people is None or not is_address(email):
        return None
    sees = exp.select(exp.Literal.number(1)).from_(_quoted(people.table)).where(_is_theirs(people, email)).limit(2)
    try:
        rows = (await catalog.query(sees.sql(catalog.dialect))).rows
    except QueryError:  # the address is private, or the table is
        return None
    return await person_at(email, catalog) if len(rows) == 1 else None


async def _cells(people: People, column: str, email: str, catalog: Catalog) -> tuple[Cell, ...]:
    rows = _is_theirs(people, email).sql(catalog.dialect)
    return tuple(await catalog.look_up(people.table, column, rows, 2))


async def _is_sole(people: People, name: str, catalog: Catalog) -> bool:
    rows = exp.column(_quoted(people.name)).eq(exp.Literal.string(name)).sql(catalog.dialect)
    return len(await catalog.look_up(people.table, people.key, rows, 2)) == 1


def _is_theirs(people: People, email: str) -> exp.Expr:
    return exp.Lower(this=exp.column(_quoted(people.email))).eq(exp.Literal.string(email.lower()))


def _quoted(name: str) -> exp.Identifier:
    return exp.to_identifier(name, quoted=True)
