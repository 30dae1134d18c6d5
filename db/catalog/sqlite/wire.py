"""What crosses the border between the bot and its workers: JSON in frames, judged on arrival.

JSON keeps every Cell as it is, and reading it runs no code of the sender's.
"""

import json
import sqlite3
import struct
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from db.catalog.limits import QueryLimits
from db.catalog.rows import NUMBER_BYTES, Fetched, text_bytes
from db.catalog.schema import Columns

HEAD: Final = struct.Struct("!I")
"""The length of a frame's body, ahead of it."""

READY: Final = b'"ready"'
"""What a worker answers to its job once its connection is open."""

_NAMES_BYTES: Final = 1_048_576
_ESCAPED_MOST: Final = 8
"""JSON writes a control character in six bytes, and a number that counts as 8 in up to 26."""
_MESSAGE_CHARS: Final = 1_000
_LEAST, _MOST = -(2**63), 2**63 - 1
_CELLS: Final = frozenset((str, int, float, type(None)))

_ERRORS: Final[dict[str, type[Exception]]] = {
    kind.__name__: kind
    for kind in (
        MemoryError,
        sqlite3.Warning,
        sqlite3.Error,
        sqlite3.InterfaceError,
        sqlite3.DatabaseError,
        sqlite3.DataError,
        sqlite3.OperationalError,
        sqlite3.IntegrityError,
        sqlite3.InternalError,
        sqlite3.ProgrammingError,
        sqlite3.NotSupportedError,
    )
}


class NotAnAnswer(Exception):
    """For the pool: what came from a worker is nothing that an honest one sends."""


@dataclass(frozen=True, slots=True)
class Job:
    """What a worker needs to know of its catalogue; `path` is absolute, `columns` are those that may be read.

    `rows` are conditions on a table's rows, as `shadows.attach` takes them.
    """

    path: str
    columns: Columns
    limits: QueryLimits
    rows: Mapping[str, str] = field(default_factory=dict)

    def to_bytes(self) -> bytes:
        return json.dumps([self.path, self.columns, asdict(self.limits), dict(self.rows)]).encode()

    @classmethod
    def from_bytes(cls, body: bytes) -> "Job":
        path, columns, limits, rows = json.loads(body)
        return cls(path, {table: tuple(own) for table, own in columns.items()}, QueryLimits(**limits), rows)


def framed(body: bytes) -> bytes:
    return HEAD.pack(len(body)) + body


def most_bytes(limits: QueryLimits) -> int:
    """No honest answer's body is longer."""
    return _ESCAPED_MOST * limits.bytes + _NAMES_BYTES


def result(fetched: Fetched, limits: QueryLimits) -> bytes:
    """The body that `read_result` reads; an error's where the columns' names alone burst the frame."""
    body = _packed([fetched.columns, fetched.rows, fetched.truncated])
    return body if len(body) <= most_bytes(limits) else failure(sqlite3.DataError("string or blob too big"))


def failure(error: Exception) -> bytes:
    """The body that `read_result` raises as the engine's error."""
    code, name = getattr(error, "sqlite_errorcode", None), getattr(error, "sqlite_errorname", None)
    return _packed({"kind": type(error).__name__, "code": code, "name": name, "message": str(error)[:_MESSAGE_CHARS]})


def read_result(body: bytes, limits: QueryLimits) -> Fetched:
    """What a worker fetched.

    Raises the error that the engine gave it, MemoryError among them, and
    NotAnAnswer for whatever is malformed or over the limits.
    """
    read = _read(body)
    if type(read) is not list or len(read) != 3:
        raise NotAnAnswer("neither a result nor an error")
    columns, rows, truncated = read
    if type(truncated) is not bool or not _are_texts(columns) or type(rows) is not list:
        raise NotAnAnswer("no columns, no rows, or not said whether truncated")
    if not ({list}.issuperset(map(type, rows)) and {len(columns)}.issuperset(map(len, rows))):
        raise NotAnAnswer("a row that is none")
    _check_cells([cell for row in rows for cell in row], len(rows), limits)
    return Fetched(tuple(columns), tuple(map(tuple, rows)), truncated)


def read_ready(body: bytes) -> None:
    """Returns if the worker is ready. Raises as `read_result` does."""
    if body != READY:
        _read(body)
        raise NotAnAnswer("not a greeting")


def _packed(content: Any) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def _read(body: bytes) -> Any:
    """The JSON in a body. Raises the engine's error if it holds one, NotAnAnswer if it is no JSON."""
    try:
        read = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise NotAnAnswer("no JSON") from error
    if type(read) is dict:
        raise _error(read)
    return read


def _error(read: dict[str, Any]) -> Exception:
    kind, code, name, message = (read.get(key) for key in ("kind", "code", "name", "message"))
    if type(kind) is not str or kind not in _ERRORS or type(message) is not str or not _is_whole(message):
        return NotAnAnswer("an error that is none")
    error = _ERRORS[kind](message[:_MESSAGE_CHARS])
    if type(code) is int and type(name) is str and isinstance(error, sqlite3.Error):
        error.sqlite_errorcode, error.sqlite_errorname = code, name
    return error


def _are_texts(columns: object) -> bool:
    if type(columns) is not list or not columns or not {str}.issuperset(map(type, columns)):
        return False
    return _is_whole("".join(columns))


def _is_whole(text: str) -> bool:
    """Whether the text has no half characters (lone surrogates)."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _check_cells(cells: list[Any], rows: int, limits: QueryLimits) -> None:
    """Over all rows at once: this runs in the bot's own loop, a row at a time would cost three times as much."""
    if not _CELLS.issuperset(map(type, cells)):
        raise NotAnAnswer("a cell that is none")
    numbers = [cell for cell in cells if type(cell) is int]
    if numbers and (min(numbers) < _LEAST or max(numbers) > _MOST):
        raise NotAnAnswer("a number the engine does not have")
    texts = [cell for cell in cells if type(cell) is str]
    if rows > limits.rows or max(map(len, texts), default=0) > limits.cell_chars:
        raise NotAnAnswer("more rows or longer cells than the limits allow")
    try:
        used = text_bytes(texts) + NUMBER_BYTES * (len(cells) - len(texts))
    except UnicodeEncodeError as error:
        raise NotAnAnswer("half a character") from error
    # A first row is shown whatever its numbers take.
    if used > limits.bytes + (NUMBER_BYTES * len(cells) if rows == 1 else 0):
        raise NotAnAnswer("more bytes than the limits allow")
