"""Renders a query as SQL: an expression tree by sqlglot, in the catalogue's dialect."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlglot import exp

from agent.offline.query import joins
from agent.offline.query.expressions import column, literal, percent, portions, quotient, sum_of, table_of, with_quotes
from agent.offline.query.held import Held, on_key
from agent.offline.query.idiom import Idiom
from agent.offline.query.median import with_median
from agent.offline.query.query import COUNTED, QUANTIFIED, Filter, Order, Query, Ref
from agent.offline.query.shown import shown
from db.catalog.meaning import SemanticLayer, Span
from db.catalog.schema import ForeignKey

MOST_ROWS = 200
_OPERATORS: dict[str, type[exp.Binary]] = {"=": exp.EQ, ">": exp.GT, ">=": exp.GTE, "<": exp.LT, "<=": exp.LTE}


def render(query: Query, layer: SemanticLayer, dialect: str = "sqlite") -> str:
    """The SQL of a query. Raises LookupError when its tables are not connected."""
    layer = joins.preferring(layer, query.via)
    tree = _Writer(query, layer, dialect).statement()
    tree = with_median(tree) if query.measure == "median" else tree
    return with_quotes(tree).sql(dialect=dialect, copy=False)


class _Writer:
    def __init__(self, query: Query, layer: SemanticLayer, dialect: str) -> None:
        self.query = query
        self.layer = layer
        self.idiom = Idiom(layer, dialect)
        self.head = layer.table(query.head)
        self.held = Held(query.head, layer, self.idiom)

    def statement(self) -> exp.Select:
        if self.query.groups:
            return self._grouped()
        if self.query.measure == "rows":
            return self._rows()
        return self._measured()

    def _rows(self) -> exp.Select:
        query = self.query
        refs = shown(query, self.layer)
        select = self._from(refs, [self._named(ref, refs) for ref in refs])
        order = list(query.order) or [Order((query.head, name), down) for name, down in self.head.order]
        ranked = bool(query.order)
        if ranked:
            select.where(exp.Not(this=exp.Is(this=self._value(query.order[0].ref), expression=exp.null())), copy=False)
        key = Order((query.head, self.head.primary_key), descending=False) if self.head.primary_key else None
        if key and key.ref not in {one.ref for one in order}:
            order.append(key)
        if order:
            select.order_by(*(self._ordered(one.ref, one.descending) for one in order), copy=False)
        if query.place is not None or query.within:
            return self._placed(select, order)
        return select.limit(query.limit or MOST_ROWS, copy=False)

    def _measured(self) -> exp.Select:
        query = self.query
        if query.measure == "distinct":
            select = self._from(query.of, [column(ref) for ref in query.of]).distinct()
            filled = (exp.Not(this=exp.Is(this=column(ref), expression=exp.null())) for ref in query.of)
            return select.where(*filled).order_by(*(column(ref) for ref in query.of)).limit(MOST_ROWS)
        if query.measure == "count":
            return self._from((), [exp.alias_(self._count(query.head), f"{query.head}_count")])
        if query.measure == "share":
            return self._share()
        if query.measure == "mean":
            return self._mean()
        if query.measure == "per":
            ratio = exp.Div(this=column(query.of[0]), expression=column(query.of[1]), typed=False, safe=True)
            name = f"{query.of[0][1]}_per_{query.of[1][1]}"
            refs = [(query.head, part) for part in self.head.display] + list(query.of)
            return self._from(refs, [*(self._named(ref, refs) for ref in refs), exp.alias_(ratio, name)])
        return self._from(query.of, self._aggregates())

    def _mean(self) -> exp.Select:
        """How many counted rows there are for each of the head's, with both numbers beside."""
        query = self.query
        counted = query.counted or query.head
        part = self._count_met(counted)
        key = column(query.of[0]) if query.of else self._primary(query.head)
        whole = exp.Count(this=exp.Distinct(expressions=[key]))
        told = [exp.alias_(part.copy(), f"{counted}_count"), exp.alias_(whole.copy(), f"{query.head}_each")]
        return self._from(query.of, [exp.alias_(quotient(part, whole), "mean"), *told], extra=(counted,))

    def _aggregates(self) -> list[exp.Expr]:
        """Each measured column by each aggregate asked for, then how many rows there are."""
        query = self.query
        made = [self._aggregate(measure, ref) for measure in (query.measure, *query.also) for ref in query.of]
        counted = query.counted or query.head
        return [*made, *([exp.alias_(self._count(counted), f"{counted}_count")] if query.tallied else [])]

    def _share(self) -> exp.Select:
        """What share of the rows meets the part's conditions; also of those that have ended, where that is asked."""
        query = self.query
        if not query.part:
            return self._portions()
        test = exp.and_(*(self._one_of(one) if self._is_below(one.ref) else self._condition(one) for one in query.part))
        weight = column(query.of[0]) if query.of else None
        part, whole = sum_of(test, weight), exp.Sum(this=weight.copy()) if weight else _count_star()
        columns = [exp.alias_(percent(part, whole), "percent"), exp.alias_(part.copy(), "part")]
        columns.append(exp.alias_(whole.copy(), "whole"))
        refs = [*query.groups, *query.of, *(one.ref for one in query.part if not self._is_below(one.ref))]
        if query.ended is not None:
            ended = sum_of(exp.Not(this=exp.Is(this=column(query.ended), expression=exp.null())))
            columns += [exp.alias_(percent(part, ended), "percent_of_ended"), exp.alias_(ended.copy(), "ended")]
            refs.append(query.ended)
        select = self._from(refs, [*self._group_columns(), *columns])
        if not query.groups:
            return select
        grouped, rate = select.group_by(*map(self._group_value, query.groups)), percent(part, whole)
        if query.place is not None and query.order:
            return self._placed(grouped, list(query.order), rate)
        first = [exp.Ordered(this=rate, desc=one.descending) for one in query.order if one.ref == COUNTED]
        return grouped.order_by(*first, *self._by_groups()).limit(MOST_ROWS)

    def _portions(self) -> exp.Select:
        """What share of all each group makes up."""
        query = self.query
        counted = query.counted or query.head
        own = exp.Sum(this=column(query.of[0])) if query.of else self._count_met(counted)
        select = self._from([*query.groups, *query.of], [*self._group_columns(), *portions(own)], extra=(counted,))
        grouped = select.group_by(*dict.fromkeys((*self._group_key(), *map(self._group_value, query.groups))))
        if query.place is not None:
            return self._placed(grouped, list(query.order), own)
        return grouped.order_by(self.idiom.ordered(exp.column("percent"), True), *self._by_groups()).limit(MOST_ROWS)

    def _group_columns(self) -> list[exp.Expr]:
        names = list(self.query.groups)
        return [self._named(ref, names) if not self._is_dated(ref) else
                exp.alias_(self._group_value(ref), self.query.grain) for ref in names]  # fmt: skip

    def _by_groups(self) -> list[exp.Expr]:
        """By the groups themselves, so that the order is the same each time."""
        return [
            self.idiom.ordered(self._group_value(ref), may_be_null=self._may_be_null(ref)) for ref in self.query.groups
        ]

    def _is_dated(self, ref: Ref) -> bool:
        return bool(self.query.grain) and bool(ref[0]) and self.layer.column(ref).role == "date"

    def _group_value(self, ref: Ref) -> exp.Expr:
        return self.idiom.grained(ref, self.query.grain) if self._is_dated(ref) else column(ref)

    def _grouped(self) -> exp.Select:
        query = self.query
        if query.measure == "share":
            return self._share()
        counted = query.counted or query.head
        of = self._aggregates()
        if query.measure in ("rows", "count"):
            of = [exp.alias_(self._count_met(counted), f"{counted}_count")]
        told = self._telling(counted)
        names = list(query.groups)
        key = self._group_key()
        select = self._from(
            [*names, *query.of],
            [*self._group_columns(), *of],
            extra=(counted, *((told.table,) if told else ())),
        )
        for ref in names:
            if self._is_dated(ref):
                select = select.where(exp.Not(this=exp.Is(this=column(ref), expression=exp.null())))
        select = select.group_by(*key, *(value for value in map(self._group_value, names) if value not in key))
        if query.having is not None:
            bound = self._aggregate(query.measure, query.of[0]).this if query.of else self._count_met(counted)
            select = select.having(_OPERATORS[query.having[0]](this=bound, expression=literal(query.having[1])))
        orders = query.order or (Order(COUNTED, True),) if not query.of else query.order
        if query.grain and not query.place:
            orders = tuple(one for one in orders if one.ref == COUNTED and query.order)
        first = of[0].args["alias"].name
        by = [self.idiom.ordered(exp.column(first), o.descending) for o in orders]
        if query.place is not None and by:
            return self._placed(select, list(orders), of[0].this)
        return select.order_by(*by, *self._by_groups()).limit(query.limit or MOST_ROWS)

    def _count_met(self, counted: str) -> exp.Expr:
        """How many rows; where groups with none are kept, only those that meet the filters."""
        met = self._within_counts()
        if not met:
            return self._count(counted)
        test = exp.and_(*(self._condition(one) for one in met))
        key = self._primary(counted)
        return exp.Count(this=exp.Distinct(expressions=[exp.Case().when(test, key)]))

    def _within_counts(self) -> list[Filter]:
        """The filters that narrow down what is counted and not which groups there are."""
        query = self.query
        grouped = {ref[0] for ref in query.groups}
        own = query.counted or query.head
        if query.measure == "mean":
            return [f for f in query.filters if f.ref[0] != query.head and self._is_below(f.ref)]
        told = [f for f in query.filters if f.ref not in query.groups] if query.every else []
        return [f for f in told if f.ref[0] == own or f.ref[0] not in grouped]

    def _placed(self, select: exp.Select, order: list[Order], measured: exp.Expr | None = None) -> exp.Select:
        """Only one place of the order, or the first places, with their ties; inside each group where it has some."""
        first = order[0]
        window = exp.Window(
            this=exp.Anonymous(this="DENSE_RANK"),
            order=exp.Order(expressions=[self.idiom.ordered(measured or self._value(first.ref), first.descending)]),
            partition_by=[self._group_value(ref) for ref in self.query.within],
        )
        inner = select.select(exp.alias_(window, "place"))
        inner.set("order", None)
        rank = exp.column("place")
        kept = rank.eq(literal(self.query.place)) if self.query.place else rank <= literal(self.query.limit or 1)
        names = [exp.column(one.alias_or_name) for one in inner.expressions]
        outer = exp.select(*names).from_(inner.subquery("ranked")).where(kept)
        shown_names = {one.name for one in names}
        by = [exp.column(ref[1]) for ref in self.query.within if ref[1] in shown_names]
        # The first of them tells rows of one place apart: their key, else the name of their group.
        ordered = (self.idiom.ordered(one, may_be_null=one != rank) for one in dict.fromkeys((*by, rank, names[0])))
        return outer.order_by(*ordered).limit(MOST_ROWS)

    def _from(self, refs: Iterable[Ref], columns: list[Any], *, extra: tuple[str, ...] = ()) -> exp.Select:
        """SELECT with the joins that `refs` and the filters need; a filter below the head is a subquery."""
        query = self.query
        wanted = [table for ref in refs for table in self._tables_of(ref)] + list(extra)
        met = self._within_counts()
        wanted += [table for one in met for table in self._tables_of(one.ref)]
        quantified = [one for one in query.filters if one.op in QUANTIFIED]
        filters = [one for one in query.filters if one not in (*met, *quantified)]
        near = [one for one in filters if not self._is_below(one.ref) or self._describes(one.ref, wanted)]
        far = [one for one in filters if one not in near]
        needed = [table for one in near for table in self._tables_of(one.ref)]
        needed += [table for order in query.order for table in self._tables_of(order.ref)]
        select = exp.select(*columns, copy=False).from_(table_of(query.head), copy=False)
        keep = set(needed) | {t for table in needed for t, _ in self._walk(table)}
        for table, key in joins.in_walking_order(self.layer, query.head, (*needed, *wanted)):
            inner = table in keep and not query.zero
            select.join(table_of(table), on=on_key(key), join_type="" if inner else "LEFT", copy=False)
        conditions = [self._condition(one) for one in near]
        conditions += [self._quantified(one) for one in quantified]
        conditions += [self._below([one], one.negated) for one in far if one.negated]
        positive = [one for one in far if not one.negated]
        above = [table for one in positive for table in self._tables_of(one.ref)]
        of_those = [t for t in query.present if any(joins.is_below(self.layer, one, t) for one in above)]
        if positive:  # "H100으로 학습한 모델을 만든": a model of that very run
            conditions.append(self._below(positive, False, of_those))
        if query.either:
            conditions.append(exp.or_(*(self._one_of(one) for one in query.either)))
        conditions += [self._keys_in((table,), [], False) for table in query.present if table not in of_those]
        conditions += [self._keys_in((table,), [], True) for table in query.absent]
        return select.where(*conditions, copy=False) if conditions else select

    def _walk(self, table: str) -> list[tuple[str, Any]]:
        return joins.in_walking_order(self.layer, self.query.head, (table,))

    def _tables_of(self, ref: Ref) -> tuple[str, ...]:
        if ref == COUNTED:
            return ()
        if ref[0]:
            return () if ref[0] == self.query.head else (ref[0],)
        span = self._span(ref)
        return tuple(t for t in dict.fromkeys((span.start[0], span.end[0])) if t != self.query.head)

    def _is_below(self, ref: Ref) -> bool:
        part = bool(ref[0]) and self.layer.table(ref[0]).part_of == self.query.head
        return not part and any(joins.is_below(self.layer, self.query.head, t) for t in self._tables_of(ref))

    def _describes(self, ref: Ref, tables: list[str]) -> bool:
        """Whether the column tells of rows of the tables: a model's F1 narrows down the models that are counted."""
        owner = self.layer.table(ref[0]).part_of if ref[0] else None
        return ref[0] in tables or owner in tables

    def _below(self, filters: list[Filter], negated: bool, present: Sequence[str] = ()) -> exp.Expr:
        tables = (*(t for one in filters for t in self._tables_of(one.ref)), *present)
        plain = [Filter(one.ref, one.op, one.values) for one in filters]
        return self._keys_in(tables, [self._condition(one) for one in plain], negated)

    def _quantified(self, one: Filter) -> exp.Expr:
        """Rows that have a row below them with each of the values, or none but with them."""
        tables = self._tables_of(one.ref)
        if one.op == "each":
            each = (self._condition(Filter(one.ref, "=", (value,))) for value in one.values)
            return exp.and_(*(self._keys_in(tables, [test], False) for test in each))
        among = self._condition(Filter(one.ref, "=", one.values))
        has, other = self._keys_in(tables, [among], False), self._keys_in(tables, [exp.Not(this=among.copy())], True)
        return exp.and_(has, other)

    def _one_of(self, one: Filter) -> exp.Expr:
        """A condition that must not join its table to the whole."""
        tables = self._tables_of(one.ref)
        return self._keys_in(tables, [self._condition(one)], False) if tables else self._condition(one)

    def _keys_in(self, tables: tuple[str, ...], conditions: list[exp.Expr], negated: bool) -> exp.Expr:
        key = self._primary(self.query.head)
        inner = exp.select(key.copy(), copy=False).from_(table_of(self.query.head), copy=False)
        for table, on in joins.in_walking_order(self.layer, self.query.head, tables):
            inner.join(table_of(table), on=on_key(on), copy=False)
        inner = inner.where(*conditions, copy=False) if conditions else inner
        test = key.isin(query=inner, copy=False)
        return exp.Not(this=test) if negated else test

    def _condition(self, one: Filter) -> exp.Expr:
        value = self._value(one.ref)
        test: exp.Expr
        if one.op == "null":
            test = exp.Is(this=value, expression=exp.null())
        elif one.op == "alike":
            return self.held.alike(one)
        elif one.op == "like":
            test = exp.or_(*(self.idiom.like(one.ref, str(text)) for text in one.values))
        elif one.op == "between":
            low, high = one.values
            bounds: list[exp.Expr] = [exp.GTE(this=value, expression=literal(low))] if low is not None else []
            upper = exp.LT if isinstance(high, str) else exp.LTE
            bounds += [upper(this=value.copy(), expression=literal(high))] if high is not None else []
            test = exp.and_(*bounds)
        elif one.op == "=":
            return self.held.equals(one)
        elif one.op == "rows":
            test = exp.or_(*self.held.rows_named(one))
        elif one.op in (">column", "<column"):
            test = _OPERATORS[one.op[0]](this=value, expression=column((str(one.values[0]), str(one.values[1]))))
        elif one.op in (">row", "<row"):
            test = self.held.beyond(one, value)
        elif one.op in (">avg", "<avg"):
            mean = exp.select(exp.Avg(this=value.copy())).from_(table_of(one.ref[0] or self._span(one.ref).table))
            test = _OPERATORS[one.op[0]](this=value, expression=mean.subquery())
        else:
            test = _OPERATORS[one.op](this=value, expression=literal(one.values[0]))
        return exp.Not(this=exp.paren(test)) if one.negated else test

    def _value(self, ref: Ref) -> exp.Expr:
        return column(ref) if ref[0] else self.idiom.lasting(self._span(ref))

    def _ordered(self, ref: Ref, descending: bool) -> exp.Ordered:
        return self.idiom.ordered(self._value(ref), descending, may_be_null=self._may_be_null(ref))

    def _may_be_null(self, ref: Ref) -> bool:
        is_joined = ref[0] != self.query.head
        return is_joined or self.layer.column(ref).nullable

    def _span(self, ref: Ref) -> Span:
        return next(span for span in self.layer.spans if span.name == ref[1])

    def _named(self, ref: Ref, refs: Iterable[Ref]) -> exp.Expr:
        """The column, under a name that says its table where two would be called alike."""
        if not ref[0]:
            return exp.alias_(self._value(ref), ref[1])
        alike = [other for other in refs if other[1] == ref[1]]
        name = ref[1] if len(alike) == 1 or ref[0] == self.query.head else f"{ref[0]}_{ref[1]}"
        return exp.alias_(column(ref), name) if name != ref[1] else column(ref)

    def _aggregate(self, measure: str, ref: Ref) -> exp.Expr:
        if measure == "kinds":
            return exp.alias_(exp.Count(this=exp.Distinct(expressions=[column(ref)])), f"{ref[1]}_kinds")
        function = {"sum": exp.Sum, "min": exp.Min, "max": exp.Max}.get(measure, exp.Avg)  # a median is put in later
        return exp.alias_(function(this=self._value(ref)), f"{measure}_{ref[1]}")

    def _primary(self, table: str) -> exp.Column:
        meaning = self.layer.table(table)
        return column((table, meaning.primary_key or meaning.display[0]))

    def _count(self, table: str) -> exp.Expr:
        told = self._telling(table)
        if told is None and table == self.query.head and not self._multiplied():
            return exp.Count(this=self._primary(table))
        key = column((told.table, told.column)) if told else self._primary(table)
        return exp.Count(this=exp.Distinct(expressions=[key]))

    def _multiplied(self) -> bool:
        """Whether a row of the head may stand in the joined rows more than once; DISTINCT costs a sort of them all."""
        query = self.query
        refs = (
            *query.columns,
            *query.of,
            *query.groups,
            *(o.ref for o in query.order),
            *(f.ref for f in query.filters),
        )
        tables = {table for ref in refs for table in self._tables_of(ref)} | {query.counted or query.head}
        return any(table != query.head and joins.is_below(self.layer, query.head, table) for table in tables)

    def _telling(self, counted: str) -> ForeignKey | None:
        """The key that only rows meeting the counted concept have: a model's pipeline, for experiments."""
        concept = next((c for c in self.layer.concepts if c.name == self.query.concept), None)
        if concept is None or concept.table != counted or not self.query.groups:
            return None
        keys = (key for key in self.layer.foreign_keys if key.parent_table == counted)
        return next((key for key in keys if key.table in concept.having), None)

    def _group_key(self) -> list[exp.Column]:
        """A group named by a row's name is one group for each row, also where two are called alike."""
        table, name = self.query.groups[0]
        meaning = self.layer.table(table)
        named = self.layer.column((table, name)).role != "category"
        is_row = named and name == meaning.display[0] and set(meaning.display) <= {ref[1] for ref in self.query.groups}
        return [self._primary(table)] if is_row and meaning.primary_key else []


def _count_star() -> exp.Expr:
    return exp.Count(this=exp.Star())
