"""Takes out of an explanation what nobody is shown: columns that are private, or no longer there."""

import re
from collections.abc import Sequence
from dataclasses import replace

from agent.explanation import CallMade, Clause, Explanation, GivenUp, LostWord, ReadMention
from db.catalog.learned import fits
from db.catalog.meaning import ColumnRef, SemanticLayer

WITHHELD = "…"
"""Stands for what is not shown."""


def shown(explanation: Explanation, layer: SemanticLayer, private: Sequence[ColumnRef]) -> Explanation:
    """The explanation as it may be seen now. `private` are the columns that nobody is shown.

    What was kept may be older than the catalogue's present form: SQL that names a private column anywhere, rightly
    or by a model's guess, is not shown at all.
    """
    judge = _Judge(layer, private)
    return replace(
        explanation,
        clauses=tuple(judge.clause(one) for one in explanation.clauses),
        calls=tuple(judge.call(one) for one in explanation.calls),
        given_up=tuple(judge.given_up(one) for one in explanation.given_up),
    )


def is_open(text: str, layer: SemanticLayer, private: Sequence[ColumnRef]) -> bool:
    """Whether a text, as of a statement, names none of the columns that nobody is shown."""
    return _Judge(layer, private).is_open(text)


class _Judge:
    def __init__(self, layer: SemanticLayer, private: Sequence[ColumnRef]) -> None:
        self.layer = layer
        columns = {(table.name, column.name) for table in layer.tables for column in table.columns}
        self.known = columns | {(table.name, "") for table in layer.tables}
        open_tables = {table.name for table in layer.tables}
        names = {column for _, column in private} | {table for table, _ in private if table not in open_tables}
        self.closed = (
            re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(names)))})(?!\w)", re.IGNORECASE) if names else None
        )

    def clause(self, one: Clause) -> Clause:
        mentions = tuple(self.mention(mention) for mention in one.mentions)
        lost = tuple(self.lost(word) for word in one.lost)
        one = replace(one, mentions=mentions, lost=lost)
        if self.knows(one.refs) and self.is_open(one.sql):
            return one
        return replace(one, query=None, joins=(), sql=WITHHELD if one.sql else None)

    def mention(self, one: ReadMention) -> ReadMention:
        return one if self.knows(one.refs) else replace(one, meanings=(WITHHELD,), corrected=None)

    def lost(self, one: LostWord) -> LostWord:
        return replace(one, nearest=tuple(near for near in one.nearest if fits(self.layer, near.target)))

    def call(self, one: CallMade) -> CallMade:
        if self.is_open(one.sql) and self.is_open(one.argument) and self.is_open(one.problem):
            return one
        return replace(one, sql=WITHHELD if one.sql else None, argument="", problem=WITHHELD if one.problem else "")

    def given_up(self, one: GivenUp) -> GivenUp:
        return one if self.is_open(one.sql) else replace(one, sql=WITHHELD)

    def knows(self, refs: Sequence[ColumnRef]) -> bool:
        return self.known.issuperset(refs)

    def is_open(self, text: str | None) -> bool:
        return not text or self.closed is None or self.closed.search(text) is None
