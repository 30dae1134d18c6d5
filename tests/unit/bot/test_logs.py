"""What a log line holds."""

import io
import logging
from collections.abc import Iterator

import pytest

from bot.logs import set_up_logging

log = logging.getLogger("tests.logs")


@pytest.fixture(autouse=True)
def _handlers_as_before() -> Iterator[None]:
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    root.handlers = []  # else basicConfig would close pytest's own
    yield
    root.handlers, root.level = before, level


def test_a_lines_facts_are_in_it() -> None:
    stream = io.StringIO()
    set_up_logging(stream, logging.INFO, shows_trace=True)
    log.warning("model gave no answer", extra={"turn": "t1", "reason": "HTTP 401"})
    assert stream.getvalue().endswith("WARNING tests.logs model gave no answer turn=t1 reason=HTTP 401\n")


@pytest.mark.parametrize("shows_trace", [True, False])
def test_a_trace_is_for_the_operator_alone(shows_trace: bool) -> None:
    stream = io.StringIO()
    set_up_logging(stream, logging.INFO, shows_trace=shows_trace)
    try:
        raise RuntimeError("secret detail")
    except RuntimeError:
        log.exception("turn %s failed", "t1")
    assert ("Traceback" in stream.getvalue()) is shows_trace
    assert ("secret detail" in stream.getvalue()) is shows_trace
    assert "turn t1 failed" in stream.getvalue()
    assert shows_trace or stream.getvalue().endswith("turn t1 failed error=RuntimeError\n")


def test_a_line_holds_no_secret_wherever_it_stood() -> None:
    stream = io.StringIO()
    token, key = "xoxb" + "-123456-abc", "sk" + "-proj-abcdefgh1"
    dsn = f"postgres://u:{key}@db/x"
    set_up_logging(stream, logging.INFO, shows_trace=True)
    try:
        raise RuntimeError(dsn)
    except RuntimeError:
        log.exception("refused %s", token, extra={"reason": key})
    assert "abc" not in stream.getvalue()
    assert stream.getvalue().count("***") == 3
