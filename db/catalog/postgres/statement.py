"""A stranger's statement as it is sent: alone, without what closes it, over what may be seen."""

from typing import Final

import sqlglot
from sqlglot import exp
from sqlglot.dialects.dialect import Dialect as Parser
from sqlglot.errors import SqlglotError
from sqlglot.tokenizer_core import TokenType

from db.catalog.dialect import Dialect
from db.catalog.errors import EngineError, QueryRefused
from db.catalog.lexing import without_comments
from db.catalog.rewriting import windowed
from db.catalog.schema import Windows

_UNREAD: Final = "the statement cannot be read here; write it as one plain SELECT"


def sendable(sql: str, windows: Windows, dialect: Dialect) -> bytes:
    """The statement in UTF-8, by `windows` where there are any. Raises EngineError for what is no query."""
    text = _rewritten(sql, windows, dialect) if windows else _bare(sql, dialect)
    try:
        sent = text.encode()
    except UnicodeEncodeError:
        raise EngineError("other", "the statement holds half a character (a lone surrogate)") from None
    if b"\0" in sent:
        raise EngineError("other", "the statement holds a NUL character")
    return sent


def _bare(sql: str, dialect: Dialect) -> str:
    """Without the semicolons at its end, and the comments after them: it is to stand in brackets.

    Where the parser cannot tell, it stays: then the server says what is wrong with it.
    """
    if ";" not in sql:
        return sql
    try:
        tokens = Parser.get_or_raise(dialect.name).tokenize(without_comments(sql, dialect))
    except (SqlglotError, QueryRefused):
        return sql
    while tokens and tokens[-1].token_type is TokenType.SEMICOLON:
        tokens.pop()
    return sql[: tokens[-1].end + 1] if tokens else sql


def _rewritten(sql: str, windows: Windows, dialect: Dialect) -> str:
    try:
        trees = [
            tree
            for tree in sqlglot.parse(without_comments(sql, dialect), dialect=dialect.name)
            if not isinstance(tree, exp.Semicolon)
        ]
        if len(trees) > 1:
            raise EngineError("several", "more than one statement")
        if not trees or not isinstance(trees[0], exp.Query | exp.Values):
            raise EngineError("other", _UNREAD)
        return windowed(trees[0], windows, dialect).sql(dialect=dialect.name, comments=False)
    except (SqlglotError, QueryRefused, RecursionError):
        raise EngineError("other", _UNREAD) from None
