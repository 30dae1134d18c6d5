"""The findings about catalog.yml, as the terminal shows them."""

import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Final, TextIO

from rich import box
from rich.table import Table as Grid
from rich.text import Text

from agent.messages import say
from bot.terminal.drawing import clean, make_console
from db.catalog.lint import WEIGHT, Finding, Kind
from db.catalog.meaning import Language

FIRST: Final = 3
"""So many things to do stand at the end, where a reader of a long list looks."""

_HEADS: Final = ("lint-what", "lint-where", "lint-details", "lint-why")
_KINDS: Final = tuple(sorted(WEIGHT, key=lambda kind: WEIGHT[kind]))


def draw_findings(out: TextIO, findings: Sequence[Finding], snippet: str, language: Language) -> None:
    """A table of what to mend and why, what to write into catalog.yml, then what to do first."""
    console = make_console(out)
    if not findings:
        console.print(say("lint-none", language), markup=False)
        return
    grid = Grid(box=box.ASCII2 if console.is_terminal else box.MARKDOWN, show_edge=False, header_style="bold")
    for head in _HEADS:
        grid.add_column(Text(say(head, language)), overflow="fold")
    for one in findings:
        cells = (_kind(one.kind, language), one.place, _details(one, language), _told("why", one, language))
        grid.add_row(*(Text(clean(cell)) for cell in cells))
    console.print(grid, soft_wrap=not console.is_terminal)
    console.print("")
    console.print(_total(findings, language), markup=False, soft_wrap=True)
    if snippet:
        console.print(f"\n{say('lint-to-write', language)}\n", markup=False, soft_wrap=True)
        out.write(clean(snippet))
    console.print(f"\n{say('lint-first', language)}", markup=False, soft_wrap=True)
    for place, one in enumerate(_to_do(findings)[:FIRST], 1):
        console.print(f"{place}. {clean(_told('do', one, language))}", markup=False, highlight=False, soft_wrap=True)


def findings_json(findings: Sequence[Finding], snippet: str) -> str:
    """One JSON object: the findings, what matters most first, and the snippet as text."""
    return json.dumps({"findings": [asdict(one) for one in findings], "snippet": snippet}, ensure_ascii=False, indent=2)


def _to_do(findings: Sequence[Finding]) -> list[Finding]:
    """What is mended in one go as one finding, with all the words that it is about."""
    words: dict[tuple[Kind, str, str], list[str]] = {}
    for one in findings:
        words.setdefault((one.kind, one.place, one.other), []).append(one.word)
    once = {(one.kind, one.place, one.other): one for one in reversed(findings)}
    return [replace(once[key], word="', '".join(said)) for key, said in words.items()]


def _told(what: str, one: Finding, language: Language) -> str:
    """Why it matters, or what to do about it, in one line."""
    key = f"lint-{what}-{one.kind.replace('_', '-')}"
    lacking = ", ".join(say(f"lint-{each}", language) for each in one.languages)
    return say(key, language, place=one.place, word=one.word, other=one.other, languages=lacking)


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
