"""The rules' answer to why a pipeline failed."""

from collections.abc import Sequence
from typing import Final

from agent.failures.cause import UNKNOWN, Cause
from agent.messages import say
from db.catalog.meaning import Language

_SHOWN: Final = 3


def diagnose(lines: Sequence[str], language: Language) -> Cause:
    """The cause that stands in the last lines of a log, or UNKNOWN with the last lines that tell of an error."""
    return Cause(UNKNOWN, say("cause-unknown", language), tuple(lines[-_SHOWN:]))
