"""Secrets in texts, known by their shapes and put out of sight."""

import re
from typing import Final

HIDDEN: Final = "***"

# A signing secret is 32 hex digits, as a checksum is: it is known by its name alone.
_SECRET: Final = re.compile(
    r"xox[a-z](?:\.xox[a-z])?-[\w-]{6,}"
    r"|xapp-[\w-]{6,}"
    r"|(?<![A-Za-z0-9])(?:"
    r"sk-(?:proj|ant|svcacct|admin|live|or)-[\w-]{8,}"
    r"|(?:sk-|up_|gh[pousr]_)[A-Za-z0-9]{20,}"
    r"|AKIA[0-9A-Z]{16}"
    r")"
    r"|(?P<scheme>[A-Za-z][A-Za-z0-9+.-]{1,30}://)[^\s/:@]*:[^\s/]{1,200}@"
    r"|(?P<name>signing[ _-]?secret[\s\"'`:=]{1,8})[0-9a-f]{32}",
    re.IGNORECASE,
)


def redacted(text: str) -> str:
    """`text` with Slack tokens, API keys, signing secrets, passwords in addresses as `***`."""
    return _SECRET.sub(_hidden, text)


def _hidden(match: re.Match[str]) -> str:
    if match["scheme"]:
        return f"{match['scheme']}{HIDDEN}@"
    return f"{match['name'] or ''}{HIDDEN}"
