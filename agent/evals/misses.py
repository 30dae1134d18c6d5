"""The questions that are not answered right yet, each with the reason: a Markdown file that can be kept true."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

UNKNOWN = "not looked into yet"
_LINE = re.compile(r"^- `(?P<id>[^`]+)`: (?P<reason>.+)$")
_SET = re.compile(r"^## (?P<name>\S+)$")
_HEAD = """# What the offline engine misses

Each question of the project's sets that it asks back about or gets wrong, and why. `python -m tests.evals` brings the
list up to date and keeps the reasons; a test says when it is not. Of untouched sets nobody looks at the questions, so
that their figures stay those of questions nobody tuned on.
"""


def read_misses(file: Path) -> dict[str, dict[str, str]]:
    """By set, the ids with their reasons."""
    found: dict[str, dict[str, str]] = {}
    name = ""
    for line in file.read_text(encoding="utf-8").splitlines() if file.exists() else []:
        if heading := _SET.match(line):
            name = heading["name"]
            found[name] = {}
        elif (one := _LINE.match(line)) and name:
            found[name][one["id"]] = one["reason"]
    return found


def written(misses: Mapping[str, Iterable[str]], reasons: Mapping[str, Mapping[str, str]]) -> str:
    """The file's text for the ids missed in each set, with the reasons known so far."""
    parts = [_HEAD]
    for name, ids in misses.items():
        known = reasons.get(name, {})
        lines = [f"- `{one}`: {known.get(one, UNKNOWN)}" for one in ids]
        parts.append("\n".join([f"## {name}", "", *(lines or ["None."])]) + "\n")
    return "\n".join(parts)
