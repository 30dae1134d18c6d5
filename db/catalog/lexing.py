"""What the parser would read otherwise than the engine, and what would keep the parser busy."""

import re
import string
from itertools import pairwise
from typing import Final

from sqlglot.tokenizer_core import Token, TokenType

from db.catalog.dialect import Dialect
from db.catalog.errors import QueryRefused

BRACKETS: Final = 60
TOKENS: Final = 3_000
"""Parsing takes some 25 µs each at worst; 20 KB could hold four times as many."""

_ENGINE_SPACES: Final = " \t\n\f\r"
_SPACES: Final = "".join(each for each in map(chr, range(0x3001)) if each.isspace() and each not in _ENGINE_SPACES)
_LAX: Final = re.compile(
    rf"""'[^']*'|"[^"]*"|`[^`]*`|\[[^\]]*\]|(?P<comment>--[^\n]*|/\*.*?\*/)|(?P<open>['"`\[]|/\*)|(?P<space>[{_SPACES}])""",
    re.DOTALL,
)
"""The first thing that stays open ends the search: to look for the end of each would take quadratic time."""
_STRICT: Final = re.compile(
    rf"""[eE]'(?:[^'\\]|''|\\[^'])*'|(?P<odd>[eE]'|[uU]&['"]|\$)|'[^']*'|"[^"]*\""""
    rf"""|(?:[A-Za-z_]|[^\x00-\x7f{_SPACES}])(?:[\w$]|[^\x00-\x7f{_SPACES}])*"""
    rf"""|(?P<comment>--[^\n\r]*)|(?P<nested>/\*)|(?P<open>['"])|(?P<space>[{_SPACES}])"""
)
"""As Postgres reads: brackets are for arrays, comments nest, and a dollar sign or E'\' would begin a quotation.

Words are read whole: what stands in one, a dollar sign or an E before a quote, begins nothing.
"""
_NESTING: Final = re.compile(r"/\*|\*/")
NOT_CLOSED: Final = "SQL syntax: a quote or a comment is not closed, or a character does not belong here."
_WORD: Final = frozenset(string.ascii_letters + "_")
_BASED: Final = (TokenType.HEX_STRING, TokenType.BIT_STRING)
_ANY_LETTERS: Final = frozenset((TokenType.VAR, TokenType.STRING, TokenType.IDENTIFIER, TokenType.NATIONAL_STRING))


def without_comments(sql: str, dialect: Dialect) -> str:
    """The statement with blanks for its comments, each thing where it was: the parser takes no comment in ORDER BY.

    Refuses what is not closed, and gaps that are none to the engine, which takes them for letters; quotes and
    comments may hold any.
    """
    return _LAX.sub(_blanked, sql) if dialect.is_lax else _without_nested(sql)


def _without_nested(sql: str) -> str:
    kept, at = [], 0
    while found := _STRICT.search(sql, at):
        kept.append(sql[at : found.start()])
        if found["odd"]:
            raise QueryRefused(
                f"{found['odd']} begins a quotation or a parameter that is not taken here; "
                "write text in plain single quotes, a quote in it twice.",
                "text",
            )
        end = _comment_end(sql, found.end()) if found["nested"] else found.end()
        kept.append(" " * (end - found.start()) if found["nested"] else _blanked(found))
        at = end
    return "".join((*kept, sql[at:]))


def _comment_end(sql: str, at: int) -> int:
    """Where a comment that may hold others ends. Refuses one that does not."""
    depth = 1
    for sign in _NESTING.finditer(sql, at):
        depth += 1 if sign[0] == "/*" else -1
        if not depth:
            return sign.end()
    raise QueryRefused(NOT_CLOSED, "syntax")


def _blanked(found: re.Match[str]) -> str:
    if space := found["space"]:
        raise QueryRefused(
            f"The statement holds U+{ord(space):04X} outside quotes, which is no space in SQL; write a plain one.",
            "text",
        )
    if found["open"]:
        raise QueryRefused(NOT_CLOSED, "syntax")
    return " " * len(found[0]) if found["comment"] else found[0]


def check_tokens(tokens: list[Token]) -> None:
    """Refuses what is too much to parse, words that are keywords to the parser alone, and parameters of its own."""
    if len(tokens) > TOKENS:
        raise QueryRefused(
            f"The statement has {len(tokens):,} words and signs; at most {TOKENS:,} are allowed. "
            "Write a condition or a JOIN instead of a long list.",
            "size",
        )
    depth = 0
    for token in tokens:
        _check_letters(token)
        if token.token_type is TokenType.L_PAREN:
            depth += 1
            if depth > BRACKETS:
                raise QueryRefused(
                    f"Brackets are nested deeper than {BRACKETS}; split the statement with WITH.", "nesting"
                )
        elif token.token_type is TokenType.R_PAREN:
            depth -= 1


def check_numbers(tokens: list[Token], sql: str) -> None:
    """Refuses those that Postgres reads otherwise than the parser: 1_000 would be 1 with a name, 0x1F a row of bits."""
    for token, following in pairwise(tokens):
        is_cut = (
            token.token_type is TokenType.NUMBER and following.start == token.end + 1 and following.text[:1] in _WORD
        )
        is_based = following.token_type in _BASED and sql[following.start] == "0"
        if is_cut or is_based:
            raise QueryRefused("A number is written in digits alone here: 1000 and 31, not 1_000 or 0x1F.", "syntax")


def _check_letters(token: Token) -> None:
    if token.token_type not in _ANY_LETTERS and not token.text.isascii():
        raise QueryRefused(f"{token.text[:40]} is no keyword: it holds a letter that only looks like one.", "text")
    if token.token_type is TokenType.VAR and token.text.startswith("$"):
        raise QueryRefused(
            f"Parameters such as {token.text[:40]} have no values here; write the value itself.", "parameters"
        )
