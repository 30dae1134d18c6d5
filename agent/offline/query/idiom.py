"""What no two dialects write alike: comparisons, dates."""

import re
from collections.abc import Sequence
from typing import Final

from sqlglot import exp

from agent.offline.query.expressions import column, literal
from agent.offline.query.query import Ref
from db.catalog.meaning import SemanticLayer, Span
from db.catalog.table import Cell

_TEXT: Final = re.compile(r"CHAR|TEXT|CLOB|^name$", re.IGNORECASE)
_NUMBER: Final = re.compile(r"INT|REAL|FLOA|DOUB|NUM|DEC|SERIAL|MONEY", re.IGNORECASE)
_DATE: Final = re.compile(r"DATE|TIME", re.IGNORECASE)
_FIGURE: Final = re.compile(r"-?\d+(\.\d+)?")
_TRUE: Final = frozenset(("1", "1.0", "t", "true"))


class Idiom:
    """For the columns of a layer. SQLite compares whatever with whatever; Postgres knows types."""

    def __init__(self, layer: SemanticLayer, dialect: str) -> None:
        self._layer = layer
        self._is_lax = dialect == "sqlite"

    def comparison(self, ref: Ref, cells: Sequence[Cell]) -> tuple[exp.Expr, list[exp.Expr]]:
        """The column, and the cells it is to be held against, so that they can be."""
        kind = "" if self._is_lax else self._layer.column(ref).type
        if self._is_lax or _DATE.search(kind):
            return column(ref), [literal(cell) for cell in cells]
        if kind == "boolean":
            return column(ref), [exp.Boolean(this=str(cell).lower() in _TRUE) for cell in cells]
        if _NUMBER.search(kind) and all(_FIGURE.fullmatch(str(cell)) for cell in cells):
            return column(ref), [literal(cell) for cell in cells]
        return self.text(ref), [exp.Literal.string(str(cell)) for cell in cells]

    def text(self, ref: Ref) -> exp.Expr:
        """The column as a text: an enum, a uuid or a date is none to Postgres."""
        is_text = self._is_lax or _TEXT.search(self._layer.column(ref).type)
        return column(ref) if is_text else exp.cast(column(ref), "TEXT")

    def like(self, ref: Ref, pattern: str) -> exp.Expr:
        """Whether it is written as the pattern, in whatever case."""
        if self._is_lax:
            return exp.Like(this=column(ref), expression=literal(pattern))
        # The backslash is a sign like others in SQLite.
        return exp.ILike(this=self.text(ref), expression=literal(pattern.replace("\\", "\\\\")))

    def ordered(self, value: exp.Expr, descending: bool = False, *, may_be_null: bool = True) -> exp.Ordered:
        """Nulls where SQLite puts them; where there are none nothing is said of them, so that an index can serve."""
        nulls_first = not descending if self._is_lax or may_be_null else descending
        return exp.Ordered(this=value, desc=descending or None, nulls_first=nulls_first)

    def lasting(self, span: Span) -> exp.Expr:
        """Hours or days between two dates, to two digits; NULL where one is none."""
        if self._is_lax:
            ends = [exp.Anonymous(this="JULIANDAY", expressions=[column(ref)]) for ref in (span.end, span.start)]
            days: exp.Expr = exp.Sub(this=ends[0], expression=ends[1])
            spent = exp.Mul(this=exp.paren(days), expression=literal(24)) if span.unit == "hours" else days
        else:
            apart = exp.Sub(this=self._moment(span.end), expression=self._moment(span.start))
            seconds = exp.Extract(this=exp.var("EPOCH"), expression=apart)
            unit = literal(3600 if span.unit == "hours" else 86400)
            spent = exp.cast(exp.Div(this=seconds, expression=unit, typed=True, safe=False), "DECIMAL")
        return exp.Anonymous(this="ROUND", expressions=[spent, literal(2)])

    def grained(self, ref: Ref, grain: str) -> exp.Expr:
        """The year, month, … that a date or time falls in, as text."""
        text = exp.cast(column(ref), "TEXT")

        def piece(start: int, length: int) -> exp.Expr:
            return exp.Substring(this=text.copy(), start=literal(start), length=literal(length))

        if grain == "quarter":
            month = exp.cast(piece(6, 2), "INTEGER")
            number = exp.IntDiv(this=exp.paren(exp.Add(this=month, expression=literal(2))), expression=literal(3))
            return _joined(piece(1, 4), literal("-Q"), exp.cast(number, "TEXT"))
        if grain == "week":
            return self._week(ref)
        return piece(1, {"year": 4, "month": 7}.get(grain, 10))

    def _week(self, ref: Ref) -> exp.Expr:
        """2024-W23: weeks begin on Monday, the days before a year's first are its week 00."""
        if self._is_lax:
            return exp.Anonymous(this="STRFTIME", expressions=[literal("%Y-W%W"), column(ref)])
        moment = self._moment(ref)
        day, weekday = (exp.Extract(this=exp.var(part), expression=moment.copy()) for part in ("DOY", "ISODOW"))
        past = exp.Sub(this=exp.Add(this=day, expression=literal(7)), expression=weekday)
        number = exp.Floor(this=exp.Div(this=exp.paren(past), expression=literal(7), typed=True, safe=False))
        year = exp.Anonymous(this="TO_CHAR", expressions=[moment, literal('YYYY"-W"')])
        return _joined(year, exp.Anonymous(this="TO_CHAR", expressions=[number, literal("FM00")]))

    def _moment(self, ref: Ref) -> exp.Expr:
        """A column as a point in time; NULL for a text that has no date's form."""
        moment = exp.cast(column(ref), "TIMESTAMP")
        if not _TEXT.search(self._layer.column(ref).type):
            return moment
        has_form = exp.Like(this=column(ref), expression=literal("____-__-__%"))
        return exp.Case().when(has_form, moment)


def _joined(first: exp.Expr, *others: exp.Expr) -> exp.Expr:
    for other in others:
        first = exp.DPipe(this=first, expression=other)
    return first
