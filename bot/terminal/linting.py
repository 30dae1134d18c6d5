"""The findings about catalog.yml, as the terminal shows them."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Final, TextIO, get_args

from rich import box
from rich.table import Table as Grid
from rich.text import Text

from agent.messages import say
from bot.terminal.drawing import clean, make_console
from db.catalog.lint import Finding, Kind
from db.catalog.meaning import Language

_HEADS: Final = ("lint-what", "lint-where", "lint-details")
_KINDS: Final = get_args(Kind)


def draw_findings(out: TextIO, findings: Sequence[Finding], snippet: str, language: Language) -> None:
    """A table of what to mend, then what to write into catalog.yml."""
    console = make_console(out)
    if not findings:
        console.print(say("lint-none", language), markup=False)
        return
    grid = Grid(box=box.ASCII2 if console.is_terminal else box.MARKDOWN, show_edge=False, header_style="bold")
    for head in _HEADS:
        grid.add_column(Text(say(head, language)), overflow="fold")
    for one in findings:
        grid.add_row(*(Text(clean(cell)) for cell in (_kind(one.kind, language), one.place, _details(one, language))))
    console.print(grid, soft_wrap=not console.is_terminal)
    console.print("")
    console.print(_total(findings, language), markup=False, soft_wrap=True)
    if snippet:
        console.print(f"\n{say('lint-to-write', language)}\n", markup=False, soft_wrap=True)
        out.write(clean(snippet))


def findings_json(findings: Sequence[Finding], snippet: str) -> str:
    """One JSON object: the findings, and the snippet as text."""
    return json.dumps({"findings": [asdict(one) for one in findings], "snippet": snippet}, ensure_ascii=False, indent=2)


def _details(one: Finding, language: Language) -> str:
    if one.kind == "clash":
        return f"'{one.word}' = {one.other}"
    if one.kind == "stop_word":
        return f"'{one.word}'"
    return ", ".join(say(f"lint-{each}", language) for each in one.languages)


def _total(findings: Sequence[Finding], language: Language) -> str:
    kinds = [kind for kind in _KINDS if any(one.kind == kind for one in findings)]
    counts = ", ".join(f"{_kind(kind, language)} {sum(one.kind == kind for one in findings)}" for kind in kinds)
    return say("lint-total", language, count=len(findings), kinds=counts)


def _kind(kind: Kind, language: Language) -> str:
    return say(f"lint-{kind.replace('_', '-')}", language)
