"""Postgres's errors, sorted for the catalogue by their SQLSTATE."""

import re
from dataclasses import dataclass
from typing import Final

from db.catalog.errors import CatalogError, EngineError, Kind, QueryFailed

# https://www.postgresql.org/docs/current/errcodes-appendix.html
_KINDS: Final[dict[str, Kind]] = {
    "42703": "no_column",
    "42702": "ambiguous",
    "42501": "denied",
    "25006": "denied",
    "54000": "too_big",
    "55P03": "unavailable",
    "40001": "unavailable",
    "40P01": "unavailable",
}
_UNAVAILABLE: Final = ("08", "53", "57P", "58", "XX", "28", "3D")
_SPENT: Final = frozenset(("53200", "53400"))
"""out_of_memory, configuration_limit_exceeded (temp_file_limit): what the statement asked for, not the server."""
_CANCELLED: Final = "57014"
_SYNTAX: Final = "42601"
_PREPARES: Final = "exec_parse_message"
"""The server's function that refuses a second statement; its message may be in any language."""
_NO_FUNCTION: Final = "42883"
_INTERVAL: Final = re.compile(r"\binterval\b")
_NAME: Final = re.compile(r'(?:"(?:[^"]|"")+"|[^\W\d][\w$]*)(?:\s*\.\s*(?:"(?:[^"]|"")+"|[^\W\d][\w$]*))*')
_PART: Final = re.compile(r'"((?:[^"]|"")+)"|([\w$]+)')
_QUOTED: Final = re.compile(r'"([^"]+)"')


@dataclass(frozen=True, slots=True)
class Said:
    """What the server said of a statement. `position` counts characters from 1, 0 where it named none."""

    sqlstate: str
    text: str
    hint: str = ""
    position: int = 0
    function: str = ""

    @property
    def is_late(self) -> bool:
        """Whether the statement ran into its time limit, or was stopped."""
        return self.sqlstate == _CANCELLED


def sorted_out(said: Said, sql: str) -> CatalogError:
    """What to raise for it: an EngineError, or QueryFailed where the statement used up what the server gives.

    The server's hints are left out where they may name columns that the statement does not.
    """
    code = said.sqlstate
    if code in _SPENT:
        return QueryFailed(
            "The query needed more memory than the catalogue gives to one. "
            "Filter earlier, select fewer columns, or write it in simpler steps."
        )
    if code == _SYNTAX and said.function == _PREPARES:
        return EngineError("several", said.text)
    kind = _KINDS.get(code) or ("unavailable" if code.startswith(_UNAVAILABLE) else "other")
    if kind in ("no_column", "ambiguous"):
        return EngineError(kind, said.text, _name(said, sql))
    hint = f"; {said.hint.rstrip('.')}" if code == _NO_FUNCTION and said.hint else ""
    if code == _NO_FUNCTION and _INTERVAL.search(said.text):
        hint = "; an interval is no number: extract(epoch FROM a - b) / 3600 is hours"
    return EngineError(kind, f"{said.text.rstrip('.')}{hint}")


def _name(said: Said, sql: str) -> str:
    """The column as the statement has it, folded: read where the error points, for the message may be translated."""
    found = _NAME.match(sql, said.position - 1) if said.position else None
    if found is None:
        quoted = _QUOTED.search(said.text)
        return quoted[1] if quoted else ""
    parts = (part[1].replace('""', '"') if part[1] else part[2].lower() for part in _PART.finditer(found[0]))
    return ".".join(parts)
