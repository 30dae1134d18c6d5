"""The findings about catalog.yml, as the terminal shows them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Final, TextIO

from rich import box
from rich.table import Table as Grid
from rich.text import Text

from bot.terminal.drawing import clean, make_console
from db.catalog.lint import Finding
from db.catalog.meaning import Language

_HEADS: Final[Mapping[Language, Sequence[str]]] = {"ko": ("무엇", "어디", "자세히"), "en": ("what", "where", "details")}
_KINDS: Final[Mapping[Language, Mapping[str, str]]] = {
    "ko": {
        "no_word": "부르는 말 없음",
        "no_synonym": "동의어 없음",
        "clash": "말이 겹침",
        "dead_value": "행에 없는 값",
        "stop_word": "기능어로 읽힘",
    },
    "en": {
        "no_word": "no word for it",
        "no_synonym": "no synonym",
        "clash": "one word, two things",
        "dead_value": "value of no row",
        "stop_word": "reads as a stop word",
    },
}
_LANGUAGES: Final[Mapping[Language, Mapping[str, str]]] = {
    "ko": {"ko": "한국어", "en": "영어"},
    "en": {"ko": "Korean", "en": "English"},
}


def draw_findings(out: TextIO, findings: Sequence[Finding], snippet: str, language: Language) -> None:
    """A table of what to mend, then what to write into catalog.yml."""
    korean = language == "ko"
    console = make_console(out)
    if not findings:
        console.print("고칠 것이 없습니다." if korean else "Nothing to mend.", markup=False)
        return
    grid = Grid(box=box.ASCII2 if console.is_terminal else box.MARKDOWN, show_edge=False, header_style="bold")
    for head in _HEADS[language]:
        grid.add_column(Text(head), overflow="fold")
    for one in findings:
        grid.add_row(*(Text(clean(cell)) for cell in (_KINDS[language][one.kind], one.place, _details(one, language))))
    console.print(grid, soft_wrap=not console.is_terminal)
    console.print("")
    console.print(_total(findings, language), markup=False, soft_wrap=True)
    if snippet:
        head = (
            "catalog.yml에 적을 내용(빈 곳을 채워서 붙여 넣으세요):"
            if korean
            else "To write into catalog.yml, filled in:"
        )
        console.print(f"\n{head}\n", markup=False, soft_wrap=True)
        out.write(clean(snippet))


def findings_json(findings: Sequence[Finding], snippet: str) -> str:
    """One JSON object: the findings, and the snippet as text."""
    return json.dumps({"findings": [asdict(one) for one in findings], "snippet": snippet}, ensure_ascii=False, indent=2)


def _details(one: Finding, language: Language) -> str:
    if one.kind == "clash":
        return f"'{one.word}' = {one.other}"
    if one.kind == "stop_word":
        return f"'{one.word}'"
    return ", ".join(_LANGUAGES[language][each] for each in one.languages)


def _total(findings: Sequence[Finding], language: Language) -> str:
    kinds = [kind for kind in _KINDS[language] if any(one.kind == kind for one in findings)]
    counts = ", ".join(f"{_KINDS[language][kind]} {sum(one.kind == kind for one in findings)}" for kind in kinds)
    return f"모두 {len(findings)}건: {counts}" if language == "ko" else f"{len(findings)} in all: {counts}"
