"""SQLite's errors, sorted for the catalogue."""

import re
import sqlite3
from typing import Final

from db.catalog.errors import EngineError
from db.catalog.sqlite.guarded import DENIED

# The engine's own sentences (sqlite3 resolve.c, build.c), not SQL.
_NO_COLUMN: Final = re.compile(r"no such column: \"?([^\"]+?)\"?(?: - should .*)?$")
_AMBIGUOUS: Final = re.compile(r"ambiguous column name: (.+)$")
_UNAVAILABLE: Final = ("disk I/O", "malformed", "not a database", "unable to open", "locked", "schema has changed")
_UNAVAILABLE_CODES: Final = frozenset((5, 6, 10, 11, 14, 17, 26))
"""BUSY, LOCKED, IOERR, CORRUPT, CANTOPEN, SCHEMA, NOTADB (sqlite3.h)."""


def sorted_out(error: sqlite3.Error | sqlite3.Warning) -> EngineError:
    """The same error with its kind, and the name that it is about."""
    text = str(error)
    if _is_unavailable(error, text):
        return EngineError("unavailable", text)
    if any(sign in text for sign in DENIED):
        return EngineError("denied", text, hint="rowid is not one of them." if "ROWID" in text else "")
    if isinstance(error, sqlite3.Warning) or "one statement at a time" in text:
        return EngineError("several", text)
    if missing := _NO_COLUMN.search(text):
        return EngineError("no_column", text, missing[1])
    if unclear := _AMBIGUOUS.search(text):
        return EngineError("ambiguous", text, unclear[1])
    return EngineError("too_big" if "too big" in text else "other", text)


def _is_unavailable(error: Exception, text: str) -> bool:
    """By the engine's code where it gave one: its text may quote a column called `blocked`, or malformed JSON."""
    code = getattr(error, "sqlite_errorcode", None)
    return code & 0xFF in _UNAVAILABLE_CODES if code is not None else any(sign in text for sign in _UNAVAILABLE)
