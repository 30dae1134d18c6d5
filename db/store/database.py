"""The store's connections, whichever engine is behind them."""

import json
import secrets
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from contextlib import AbstractAsyncContextManager
from typing import Any, Final

from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from db.redact import redacted

WAIT_S: Final = 10.0
"""The longest wait for another writer, in this process or in another one."""


class Database(ABC):
    """Reads go side by side; a write is a transaction.

    `replica` names this process among those that serve on one store, in what they write down.
    """

    def __init__(self) -> None:
        self.replica: Final = secrets.randbits(31)

    @abstractmethod
    def reading(self) -> AbstractAsyncContextManager[AsyncConnection]:
        """A connection on which each statement stands alone. Raises StoreUnavailable."""

    @abstractmethod
    def writing(self, line: str = "") -> AbstractAsyncContextManager[AsyncConnection]:
        """A connection inside one transaction, committed at the end. Raises StoreUnavailable.

        Whoever reads first and writes what follows from it names a `line`: in a line one transaction goes after the
        other, over all processes that serve.
        """

    @abstractmethod
    def migrating(self) -> AbstractAsyncContextManager[AsyncConnection]:
        """Like `writing`, for DDL too: whole or not at all, and one after the other over all processes."""

    @abstractmethod
    def serving(self) -> AbstractAsyncContextManager[None]:
        """Is known to serve while open, as `replica`; ends with the process, however that ends.

        Raises StoreUnavailable where the engine lets only one process serve, and another one does.
        """

    @abstractmethod
    async def gone(self, replicas: Iterable[int]) -> frozenset[int]:
        """Which of these serve no more, for sure. Raises StoreUnavailable."""

    @property
    @abstractmethod
    def is_shared(self) -> bool:
        """Whether several processes may serve."""

    @abstractmethod
    async def close(self) -> None: ...


def strike_secrets(engine: AsyncEngine) -> None:
    """Whatever is written down passes here: a token in a question, or in a model's answer, is kept by nobody."""
    event.listen(engine.sync_engine, "before_cursor_execute", _without_secrets, retval=True)


def as_json(value: object) -> str:
    """JSON that any database stores: half a character (a lone surrogate) is legal in what comes from outside."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(errors="replace").decode()


def _without_secrets(
    _connection: object, _cursor: object, statement: str, parameters: Any, _context: object, is_many: bool
) -> tuple[str, Any]:
    return statement, [_hidden(each) for each in parameters] if is_many else _hidden(parameters)


def _hidden(parameters: Any) -> Any:
    if isinstance(parameters, Mapping):
        return {name: redacted(value) if isinstance(value, str) else value for name, value in parameters.items()}
    return tuple(redacted(value) if isinstance(value, str) else value for value in parameters)
