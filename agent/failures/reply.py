"""What of a model's answer may be told: checked, capped, held against the log."""

import re
from collections.abc import Sequence
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from agent.failures.cause import OTHER, Cause
from agent.failures.diagnosis import is_calling, told
from agent.failures.signatures import codes
from db.catalog.meaning import Language
from db.hangul import is_hangul
from db.redact import redacted

HEADLINE_CHARS: Final = 300
ADVICE_CHARS: Final = 300
_MOST: Final = 20_000
_EVIDENCE: Final = 3
_ADVICE: Final = 4
_QUOTED: Final = 12
"""A shorter part of a line shows nothing."""
_LEADING: Final = re.compile(
    r"(?:https?|ftp|slack|file|javascript|data):|\bwww\.|mailto:|\]\(|\b[\w-]+\.(?:com|net|org|io|dev|ai|kr|xyz|ru)\b",
    re.IGNORECASE,
)
_DANGEROUS: Final = re.compile(
    r"\b(?:curl|wget|base64|sudo|mkfs)\b|\bchmod\s+777|\brm\s+-|\|\s*(?:ba|z)?sh\b|\bdd\s+if=|\bDROP\s+(?:TABLE|DATABASE)\b"
    r"|\bignore\b.{0,30}\binstructions\b",
    re.IGNORECASE,
)


class Nonsense(Exception):
    """The answer is not one that can be told; another engine is to be asked."""


_Text = Annotated[str, StringConstraints(max_length=4_000)]


class _Reply(BaseModel):
    model_config = ConfigDict(extra="ignore")

    code: _Text
    headline: _Text
    evidence: Annotated[list[_Text], Field(max_length=20)] = []
    advice: Annotated[list[_Text], Field(max_length=20)] = []


def cause_in(text: str, lines: Sequence[str], language: Language) -> Cause:
    """The cause that a model's answer names. Raises Nonsense.

    A line of evidence has to stand in `lines`; an answer without any is none. A headline that would lead or call
    somebody somewhere makes the answer nonsense, an advice of that kind is left out.
    """
    reply = _read(text)
    headline = _plain(reply.headline, HEADLINE_CHARS)
    evidence = _evidence(reply.evidence, lines)
    if not headline or not evidence or reply.code not in codes() | {OTHER}:
        raise Nonsense
    if (language == "ko") != any(is_hangul(char) for char in headline):
        raise Nonsense
    advice = [plain for one in reply.advice if (plain := _plain(one, ADVICE_CHARS))][:_ADVICE]
    if not advice and reply.code != OTHER:
        advice = list(told(reply.code, language).advice)
    return Cause(reply.code, headline, evidence, tuple(advice), "llm")


def _read(text: str) -> _Reply:
    begin, end = text.find("{"), text.rfind("}")
    if len(text) > _MOST or not 0 <= begin < end:
        raise Nonsense
    try:
        return _Reply.model_validate_json(text[begin : end + 1])
    except ValidationError as error:
        raise Nonsense from error


def _plain(text: str, most: int) -> str:
    """A sentence without marks of Markdown; "" where it would lead or call somebody, or do harm."""
    shown = "".join(char if char.isprintable() else " " if char.isspace() else "" for char in text)
    shown = " ".join(shown.replace("`", "").replace("**", "").split())
    if is_calling(shown) or _LEADING.search(shown) or _DANGEROUS.search(shown):
        return ""
    shown = redacted(shown)
    return shown if len(shown) <= most else f"{shown[: most - 1]}…"


def _evidence(quoted: Sequence[str], lines: Sequence[str]) -> tuple[str, ...]:
    """The lines of the log that are quoted, whole and in its order."""
    wanted = [one.strip() for one in quoted if one.strip()]
    found = [
        line
        for line in lines
        if any(one == line.strip() or (len(one) >= _QUOTED and one in line) for one in wanted) and not is_calling(line)
    ]
    return tuple(dict.fromkeys(found))[:_EVIDENCE]
