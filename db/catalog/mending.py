"""What the engine's error means and how the statement can be mended."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from db.catalog.dialect import Dialect
from db.catalog.errors import CatalogError, CatalogUnavailable, EngineError, QueryFailed, QueryRefused
from db.catalog.names import is_plain, listed, nearest
from db.catalog.schema import Schema, TableSchema
from db.catalog.scope import ctes_in_sight
from db.catalog.values import ValueIndex

_PATHS: Final = 2
_SHOWN_CHARS: Final = 80


@dataclass(frozen=True, slots=True)
class _Source:
    """What FROM or JOIN (`clause`) names: a table of the catalogue, else a CTE or an inner query."""

    alias: str
    columns: tuple[str, ...]
    table: TableSchema | None
    clause: str

    def has(self, column: str) -> bool:
        return column.lower() in map(str.lower, self.columns)

    @property
    def title(self) -> str:
        is_renamed = self.table is not None and self.table.name.lower() != self.alias.lower()
        return f"{self.table.name} (alias {self.alias})" if self.table and is_renamed else self.alias

    @property
    def sentence(self) -> str:
        return f"{self.title} has: {listed(self.columns)}."


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a column is written: what its own SELECT names, what the SELECTs around it name, and its text literals."""

    own: tuple[_Source, ...] = ()
    around: tuple[_Source, ...] = ()
    literals: tuple[str, ...] = ()

    @property
    def seen(self) -> tuple[_Source, ...]:
        return (*self.own, *self.around)

    def owners(self, column: str, qualifier: str = "") -> list[_Source]:
        return [each for each in self.seen if each.has(column) and qualifier.lower() in ("", each.alias.lower())]


def mended(error: EngineError, sql: str, schema: Schema, values: ValueIndex, dialect: Dialect) -> CatalogError:
    """The engine's error in the catalogue's words; what to raise instead of it."""
    if error.kind == "unavailable":
        return CatalogUnavailable(f"The catalogue cannot be read just now ({error}).")
    if error.kind == "denied":
        hint = f" {error.hint}" if error.hint else ""
        return QueryRefused(
            "The catalogue may only be read, and of it only the columns of its tables: "
            f"{listed(t.name for t in schema.tables)}.{hint}"
        )
    if error.kind == "several":
        return QueryRefused("Only one statement can run at a time.")
    if error.kind == "no_column":
        return QueryFailed(" ".join(dict.fromkeys(_no_column(error.name, sql, schema, values, dialect))))
    if error.kind == "ambiguous":
        return QueryFailed(_ambiguous(error.name, sql, schema, dialect))
    if error.kind == "too_big":
        return QueryFailed(f"{error}: a value is longer than this catalogue reads; leave that column out.")
    return QueryFailed(f"{error}.")


def _no_column(written: str, sql: str, schema: Schema, values: ValueIndex, dialect: Dialect) -> Iterator[str]:
    yield f"no such column: {written}."
    path, _, column = written.rpartition(".")
    qualifier = path.rpartition(".")[2]
    places = _places(sql, column, qualifier, schema, dialect)
    place = next((each for each in places if not each.owners(column, qualifier)), places[0])
    here = [each for each in place.seen if qualifier.lower() in ("", each.alias.lower())]
    if qualifier and not here:
        yield from _not_in_from(qualifier, column, place, schema)
        return
    yield from (each.sentence for each in here if each.columns)
    if near := _nearest(column, here, place):
        yield f"Nearest: {listed(near)}."
    stands = list(_standing(here, place, schema, values))
    yield from stands or _elsewhere(column, here, place, schema)


def _nearest(column: str, here: Sequence[_Source], place: _Place) -> Iterable[str]:
    """The names in sight that look like `column`; those of other tables only where `here` lacks them."""
    names = dict.fromkeys(name for each in place.seen for name in each.columns if name.lower() != column.lower())
    near = nearest(column, names)
    owners = {name: [each for each in here if each.has(name)] or place.owners(name) for name in near}
    if len(here) == 1 and all(owners[name] == list(here) for name in near):
        return near
    return dict.fromkeys(f"{each.alias}.{name}" for name in near for each in owners[name])


def _not_in_from(qualifier: str, column: str, place: _Place, schema: Schema) -> Iterator[str]:
    """What to write where nothing in FROM has the name `qualifier`."""
    table = schema.table(qualifier)
    if table is None:
        yield from _no_alias(qualifier, column, place, schema)
        return
    renamed = next((each.alias for each in place.seen if each.table == table), None)
    if renamed is not None:
        yield f"{table.name} has the alias {renamed}: write {renamed}.{column}."
    else:
        yield _with_join(f"{table.name} is not in FROM", table, place.own, schema)
    if table.column(column) is None:
        yield f"{table.name} has: {listed(each.name for each in table.columns)}."


def _no_alias(alias: str, column: str, place: _Place, schema: Schema) -> Iterator[str]:
    start = f"No table has the alias {alias}"
    owners = sorted(place.owners(column), key=lambda each: not _shortens(alias, each.title))
    meant = [table for table in schema.tables if _shortens(alias, table.name) and table.column(column)]
    joins = [join for table in meant if (join := _join(table, place.own, schema, alias))]
    if owners and (_shortens(alias, owners[0].title) or not joins):
        first = owners[0]
        is_named = first.table is not None and first.alias == first.title
        declare = f" or {first.clause} {first.alias} AS {alias}" if is_named else ""
        yield f"{start}; write {first.alias}.{column}{declare}."
    elif joins:
        yield f"{start}: {min(joins, key=len)}."
    else:
        there = listed(each.title for each in place.seen)
        yield f"{start}; there are: {there}." if there else f"{start}."
        yield from _elsewhere(column, (), place, schema)


def _shortens(alias: str, name: str) -> bool:
    """Whether the alias is some of the name's letters in their order, the first among them."""
    rest = iter(name.lower())
    return name[:1].lower() == alias[:1].lower() and all(letter in rest for letter in alias.lower())


def _standing(here: Iterable[_Source], place: _Place, schema: Schema, values: ValueIndex) -> Iterator[str]:
    """The columns that hold the texts which the missing column is compared with."""
    for text in place.literals:
        refs = dict.fromkeys((match.table, match.column) for match in values.exact(text))
        for sources in (here, place.own):
            names = {each.table.name for each in sources if each.table}
            refs = {ref: None for ref in refs if ref[0] in names} or refs
        if not refs:
            continue
        said = f"{text[:_SHOWN_CHARS]!r} stands in {listed('.'.join(ref) for ref in refs)}"
        home = schema.table(next(iter(refs))[0]) if len(refs) == 1 else None
        yield _with_join(said, home, place.own, schema) if home else f"{said}."


def _elsewhere(column: str, here: Sequence[_Source], place: _Place, schema: Schema) -> Iterator[str]:
    """What the column points at or where it stands instead, and how to get there."""
    # Joins begin at the table that was asked for the column, where others are as near.
    own = (*(each for each in here if each in place.own), *place.own)
    parents = {
        key.parent_table: key.parent_column for key in schema.foreign_keys if key.column.lower() == column.lower()
    }
    if parents:
        yield from (_ids_of(name, key, here, place, schema) for name, key in parents.items())
    elif at_hand := place.owners(column):
        yield f"{column} is in {at_hand[0].title}: write {at_hand[0].alias}.{column}."
    else:
        every = dict.fromkeys(each.name for table in schema.tables for each in table.columns)
        alike = nearest(column, every, most=1)
        is_new = alike and not place.owners(alike[0])
        yield from _homes(alike[0] if is_new else column, own, schema)


def _ids_of(name: str, key: str, here: Sequence[_Source], place: _Place, schema: Schema) -> str:
    """Where the ids are that a missing key would hold, and the way there from the table that was asked for it."""
    parent = schema.table(name)
    known = next((each for each in place.seen if each.table == parent), None)
    start = here if len(here) == 1 else place.own
    if known is None:
        return _with_join(f"Ids of {name} are in {name}.{key}", parent, start, schema)
    joins = (
        _join(known.table, [each for each in start if each != known], schema, known=place.seen) if known.table else ""
    )
    said = f"Ids of {name} are in {known.alias}.{key}"
    return f"{said}: {joins}." if joins else f"{said}."


def _homes(column: str, own: Iterable[_Source], schema: Schema) -> Iterator[str]:
    homes = {table: _join(table, own, schema) for table in schema.tables if table.column(column)}
    nearest_first = sorted((table for table in homes if homes[table]), key=lambda table: len(homes[table]))
    for table in nearest_first[:_PATHS]:
        yield f"{column} is in {table.name}: {homes[table]}."
    if rest := [table.name for table in homes if table not in nearest_first[:_PATHS]]:
        yield f"{column} is in {listed(rest)}."


def _with_join(said: str, table: TableSchema | None, own: Iterable[_Source], schema: Schema) -> str:
    join = _join(table, own, schema) if table else ""
    return f"{said}: {join}." if join else f"{said}."


def _join(
    end: TableSchema, own: Iterable[_Source], schema: Schema, alias: str = "", known: Iterable[_Source] = ()
) -> str:
    """The JOIN clauses from the nearest of `own` to `end`; "" where none are needed or no keys lead there.

    Tables that `known` holds are not joined again; only their ON is given.
    """
    paths = [(each, path) for each in own if each.table and (path := schema.join_path(each.table.name, end.name))]
    if not paths or any(each.table == end for each in own):
        return ""
    start, path = min(paths, key=lambda pair: len(pair[1]))
    here = start.table.name if start.table else ""
    names = {each.table.name: each.alias for each in known if each.table} | {here: start.alias}
    steps: list[str] = []
    for key in path:
        here = key.parent_table if key.table == here else key.table
        word = "AND" if steps else "ON"
        if here not in names:
            names[here] = alias if alias and here == end.name else here
            word = f"JOIN {_quoted(here)}{f' AS {_quoted(alias)}' if names[here] != here else ''} ON"
        child, parent = _quoted(names[key.table]), _quoted(names[key.parent_table])
        steps.append(f"{word} {child}.{_quoted(key.column)} = {parent}.{_quoted(key.parent_column)}")
    return " ".join(steps)


def _quoted(name: str) -> str:
    return exp.to_identifier(name, quoted=not is_plain(name)).sql()


def _ambiguous(column: str, sql: str, schema: Schema, dialect: Dialect) -> str:
    owners = [place.owners(column) for place in _places(sql, column, "", schema, dialect)]
    names = next(([f"{each.alias}.{column}" for each in found] for found in owners if len(found) > 1), [])
    start = f"ambiguous column name: {column}"
    return f"{start}. Write one of {listed(names)}." if names else f"{start}."


def _places(sql: str, column: str, qualifier: str, schema: Schema, dialect: Dialect) -> list[_Place]:
    """Every place where the statement has the column; at least one."""
    try:
        tree = sqlglot.parse_one(sql, dialect=dialect.name)
    except (SqlglotError, RecursionError):
        return [_Place()]
    written = (column.lower(), qualifier.lower())
    nodes = [node for node in tree.find_all(exp.Column) if (node.name.lower(), node.table.lower()) == written]
    literals = tuple(dict.fromkeys(text for node in nodes for text in _compared(node)))
    places = [_place(node.parent_select, schema, literals) for node in nodes if node.parent_select]
    every = (source for select in tree.find_all(exp.Select) for source in _sources(select, schema))
    return places or [_Place(tuple(dict.fromkeys(every)), literals=literals)]


def _place(select: exp.Expr, schema: Schema, literals: tuple[str, ...]) -> _Place:
    around: list[_Source] = []
    outer = select.find_ancestor(exp.Select, exp.From, exp.CTE)
    while isinstance(outer, exp.Select):
        around += _sources(outer, schema)
        outer = outer.find_ancestor(exp.Select, exp.From, exp.CTE)
    return _Place(tuple(_sources(select, schema)), tuple(around), literals)


def _compared(node: exp.Column) -> Iterator[str]:
    """The texts that a column, or a function of it, is compared with."""
    side = node.parent if isinstance(node.parent, exp.Func) else node
    if isinstance(side.parent, exp.EQ | exp.NEQ | exp.In | exp.Like):
        for literal in side.parent.iter_expressions():
            if isinstance(literal, exp.Literal) and literal.is_string:
                yield literal.name


def _sources(select: exp.Expr, schema: Schema) -> Iterator[_Source]:
    for node in select.find_all(exp.Table, exp.Subquery):
        clause = node.find_ancestor(exp.From, exp.Join)
        if node.parent_select is select and clause is not None and node.alias_or_name:
            word = "FROM" if isinstance(clause, exp.From) else "JOIN"
            table = None if _is_cte(node) else schema.table(node.name)
            columns = tuple(each.name for each in table.columns) if table else _declared(node)
            yield _Source(node.alias_or_name, columns, table, word)


def _is_cte(node: exp.Expr) -> bool:
    return isinstance(node, exp.Subquery) or node.name.lower() in ctes_in_sight(node)


def _declared(node: exp.Expr) -> tuple[str, ...]:
    """The columns of a CTE or an inner query; () where a star hides them."""
    query: exp.Expr | None = node
    if isinstance(node, exp.Table):
        ctes = (cte for cte in node.root().find_all(exp.CTE) if cte.alias.lower() == node.name.lower())
        query = next(ctes, None)
    if not isinstance(query, exp.CTE | exp.Subquery) or not isinstance(query.this, exp.Query):
        return ()
    names = tuple(query.alias_column_names or query.this.named_selects)
    return () if "*" in names else names
