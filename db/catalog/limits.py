"""How much one query may take: rows, bytes, time, memory, connections."""

from dataclasses import dataclass
from typing import Final

SQL_BYTES: Final = 20_000
"""A longer statement is refused."""


@dataclass(frozen=True, slots=True)
class QueryLimits:
    """`bytes` counts text as UTF-8; `wait_s` is the longest wait for a free one of the `connections`.

    `heap_bytes` bounds the engine's own memory, `memory_bytes` the whole worker process's.
    """

    rows: int = 200
    bytes: int = 200_000
    cell_chars: int = 4_000
    deadline_s: float = 3.0
    connections: int = 4
    wait_s: float = 10.0
    heap_bytes: int = 64 * 1024**2
    memory_bytes: int = 512 * 1024**2


EXPORTS: Final = QueryLimits(
    rows=10_000,
    bytes=5_000_000,
    cell_chars=30_000,
    deadline_s=10.0,
    connections=1,
    heap_bytes=128 * 1024**2,
)
"""What goes into a file. A cell of Excel holds 32,767 characters; reading five megabytes keeps the loop 0.2 s."""
