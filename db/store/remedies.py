"""What a database says when it fails, as a sentence that says what to do."""

from collections.abc import Callable
from typing import Final, TypeAlias

from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from db.store.errors import StoreUnavailable

Remedy: TypeAlias = Callable[[BaseException], str]
"""What follows "The store NAME " for an error of the driver's."""

_SQLITE: Final = (
    ("unable to open", "cannot be opened; check that the folder in STORE_URL exists and may be written"),
    ("readonly", "cannot be written; check the rights of the file and of its folder"),
    ("disk is full", "cannot be written: the disk is full; make room and ask again"),
    ("not a database", "is not a database; move the file away, or point STORE_URL at another one"),
    ("malformed", "is damaged; restore it from a backup, or move the file away to begin anew"),
    ("locked", "is locked by another program; stop that program, or wait and ask again"),
    ("disk i/o", "cannot be read or written: the disk fails; look at the disk"),
)
_GONE: Final = "cannot be reached; check that its server runs and that STORE_URL names its host and port"
_BUSY: Final = "is busy; ask again in a minute"
_CROWDED: Final = (
    "takes no more connections; raise the max_connections of its server, where a bot takes up to 11,"
    " or let fewer programs connect"
)
_REFUSED: Final = "does not take the name and password in STORE_URL; correct them"
_NO_DATABASE: Final = "is not there: no database of that name; create it, or correct the name in STORE_URL"
_READ_ONLY: Final = (
    "can only be read: the server is a replica, or set to read-only; STORE_URL must name the one that is written"
)
_STARTING: Final = "is starting or stopping just now; ask again in a minute"
# The codes are the same in every language of a server's: www.postgresql.org/docs/current/errcodes-appendix.html
_STATES: Final = {
    "08": _GONE,
    "53100": "cannot be written: the server's disk is full; make room and ask again",
    "53200": "cannot be used: the server is out of memory; look at the server",
    "53300": _CROWDED,
    "57014": "took too long and was stopped; look at what slows the server down, and ask again",
    "55P03": _BUSY,
    "40": _BUSY,
    "25P03": _BUSY,
    "25006": _READ_ONLY,
    "57P": _STARTING,
    "28": _REFUSED,
    "3D000": _NO_DATABASE,
    "42501": "does not let this role read or write; give the role in STORE_URL its rights, best its own database",
    "3F000": "has no schema that this role may use; correct STORE_URL, or give the role its rights",
    "42P01": "lacks a table of the bot's; restore it from a backup, or give the bot a database of its own",
}
# A server that lets nobody in gives no code; what it says is English unless it was set up otherwise.
_WORDS: Final = (
    (
        "unsupported startup parameter",
        "is behind a pooler that takes no session's settings; STORE_URL must lead to the server (docs/replicas.md)",
    ),
    ("password authentication failed", _REFUSED),
    ("no password supplied", _REFUSED),
    ("no pg_hba.conf entry", "does not let this role in from here; add it to the server's pg_hba.conf"),
    ("too many clients", _CROWDED),
    ("too many connections", _CROWDED),
    ("connection slots", _CROWDED),
    ("starting up", _STARTING),
    ("shutting down", _STARTING),
    ("recovery", _STARTING),
    ("role ", _REFUSED),
    ("database ", _NO_DATABASE),
    ("is not permitted to log in", _REFUSED),
)
_MOST: Final = 200


def of_sqlite(error: BaseException) -> str:
    text = str(error).lower()
    return next((remedy for sign, remedy in _SQLITE if sign in text), f"failed ({error})")


def of_postgres(error: BaseException) -> str:
    """Goes by the error's code, else by its words; never quotes what may hold an address."""
    state = getattr(error, "sqlstate", None) or ""
    for code in (state, state[:3], state[:2]):
        if code in _STATES:
            return _STATES[code]
    if state:
        return f"failed ({state}: {' '.join(str(error).split())[:_MOST]})"
    text = str(error).lower()
    return next((remedy for sign, remedy in _WORDS if "fatal" in text and sign in text), _GONE)


def unavailable(name: str, error: BaseException, remedy: Remedy) -> StoreUnavailable:
    """The engine's error as a sentence that says what to do."""
    return StoreUnavailable(f"The store {name} {remedy(error)}.")


class Explained:
    """Turns errors of the engine's, of `kinds` and SQLAlchemy's, into StoreUnavailable.

    A broken constraint stays what it is.
    """

    def __init__(
        self, name: str, remedy: Remedy, kinds: type[Exception] | tuple[type[Exception], ...], broken: type[Exception]
    ) -> None:
        self._name = name
        self._remedy = remedy
        self._kinds = kinds
        self._broken = broken

    def __enter__(self) -> None: ...

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, IntegrityError | self._broken):
            return
        if isinstance(error, PoolTimeout):
            raise StoreUnavailable(f"The store {self._name} {_BUSY}.") from error
        if isinstance(error, DBAPIError):
            raise unavailable(self._name, error.orig or error, self._remedy) from error
        if isinstance(error, self._kinds):
            raise unavailable(self._name, error, self._remedy) from error
