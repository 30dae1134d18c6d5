"""Makes lines that can be shown of the bytes that a log ends with."""

import re
from typing import Final

from db.redact import HIDDEN, redacted

LINE_CHARS: Final = 500
MOST_LINES: Final = 400

_ESCAPE: Final = re.compile(
    r"\x1b(?:\[[0-?]{0,40}[ -/]{0,8}[@-~]|[\]PX^_][^\x07\x1b\n]{0,400}(?:\x07|\x1b\\)?|[ -/]{0,4}[0-~])"
    r"|\x9b[0-?]{0,40}[ -/]{0,8}[@-~]"
)
_BROKEN: Final = 0.1
"""Of so many of its characters a text may be none: a log has some broken ones, an image is made of them."""
_PLAIN_CONTROLS: Final = "\t\n\r\x08\x1b\x0c\x07"

_SECRET: Final = re.compile(
    r"(?P<head>(?:\b|_)(?:(?:password|passwd|secret|api[_-]?key|access[_-]?key|private[_-]?key)[\w-]{0,30}"
    r"|(?:auth|access|refresh|bot|api|hub|hf|wandb|github|session)[_-]token)[\"']?\s{0,2}[=:]\s{0,2}[\"']?)"
    r"(?!None\b|null\b|\*)[^\s\"',;]{6,}"
    r"|(?P<bearer>\b(?:bearer|basic)\s+)[A-Za-z0-9+/._~-]{12,}=*"
    r"|(?P<signed>[?&](?:X-Amz-(?:Signature|Credential|Security-Token)|X-Goog-(?:Signature|Credential)|sig|Signature)=)"
    r"[^\s&\"']{6,}"
    r"|\bhf_[A-Za-z0-9]{16,}"
    r"|\beyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{6,}\.[A-Za-z0-9_-]{6,}",
    re.IGNORECASE,
)


def lines_of(data: bytes, *, is_cut: bool) -> tuple[tuple[str, ...], bool] | None:
    """The last lines of `data` with whether any were left out; None where it is no text.

    `is_cut`: `data` is the end of something longer, so that its first line may be half a one. Escape sequences are
    gone, of a progress bar the last state stands, secrets are hidden.
    """
    text = data.decode("utf-8", errors="replace")
    if _is_binary(text.lstrip("�") if is_cut else text):
        return None
    rows = text.split("\n")
    if is_cut and len(rows) > 1:
        del rows[0]
    lines = [_shown(row) for row in rows]
    hidden = _hidden("\n".join(lines)).split("\n")
    while hidden and not hidden[-1]:
        del hidden[-1]
    capped = tuple(line if len(line) <= LINE_CHARS else f"{line[: LINE_CHARS - 1]}…" for line in hidden)
    return capped[-MOST_LINES:], is_cut or len(capped) > MOST_LINES


def _is_binary(text: str) -> bool:
    if "\0" in text:
        return True
    broken = text.count("�") + sum(char < " " and char not in _PLAIN_CONTROLS for char in text)
    return broken > len(text) * _BROKEN


def _shown(row: str) -> str:
    """One line as a terminal would leave it, without what is not to be seen."""
    states = [state for state in _ESCAPE.sub("", row).split("\r") if state.strip()]
    last = states[-1] if states else ""
    if last.isprintable():
        return last.rstrip()
    return "".join(char if char.isprintable() else " " if char.isspace() else "" for char in last).rstrip()


def _hidden(text: str) -> str:
    return _SECRET.sub(lambda m: f"{m['head'] or m['bearer'] or m['signed'] or ''}{HIDDEN}", redacted(text))
