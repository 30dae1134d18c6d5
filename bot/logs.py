"""Log lines: what happened, then its facts as key=value, so that a turn can be followed by its id."""

import logging
from typing import Final, TextIO

from db.redact import redacted

_OWN: Final = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


class LineFormatter(logging.Formatter):
    """Appends a record's extra fields. Without `shows_trace` an error is its line alone, with its class."""

    def __init__(self, *, shows_trace: bool) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")
        self._shows_trace = shows_trace

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's name
        facts = [f"{name}={value}" for name, value in vars(record).items() if name not in _OWN]
        if not self._shows_trace and record.exc_info and record.exc_info[0] is not None:
            facts.append(f"error={record.exc_info[0].__name__}")
        return " ".join((super().formatMessage(record), *facts))

    def formatException(self, ei: object) -> str:  # noqa: N802 - logging's name
        return super().formatException(ei) if self._shows_trace else ""  # type: ignore[arg-type]  # logging's own triple

    def format(self, record: logging.LogRecord) -> str:
        """Without secrets, nor the cache that logging keeps of a trace on the record: another handler may show it."""
        cached, record.exc_text = record.exc_text, None
        try:
            return redacted(super().format(record)).rstrip("\n")
        finally:
            record.exc_text = cached


def set_up_logging(stream: TextIO, level: int, *, shows_trace: bool) -> None:
    """Sends the whole process's log to `stream`, in place of what was set up before."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(LineFormatter(shows_trace=shows_trace))
    logging.basicConfig(handlers=[handler], level=level, force=True)
