"""The small Markdown that answers are written in, read into rich_text elements.

rich_text elements hold text as it is: Slack looks for no mention, channel or
link inside them, so nothing from a model or a cell can call anybody.
"""

import re
from collections.abc import Iterator
from typing import Any, TypeAlias

from bot.messages.text import pad, width

Element: TypeAlias = dict[str, Any]

_FENCE = re.compile(r"^\s*(```+|~~~+)")
_HEADING = re.compile(r"^\s{0,3}#{1,6}\s+(.*)$")
_ITEM = re.compile(r"^(\s*)(?:([-*+•])|(\d{1,9})[.)])\s+(.*)$")
_QUOTE = re.compile(r"^\s{0,3}>\s?(.*)$")
_RULE = re.compile(r"^\s{0,3}([-*_])(?:\s*\1){2,}\s*$")
_TABLE_ROW = re.compile(r"^\s*\|.*\|\s*$")
_TABLE_RULE = re.compile(r"^[\s|:-]+$")
# Each mark is looked for no further than to the next one of its kind, so that a text takes time in proportion to its
# length, whoever wrote it.
_INLINE = re.compile(
    r"(?<!`)(?P<ticks>`{1,3})(?!`)(?P<code>.+?)(?<!`)(?P=ticks)(?!`)"
    r"|\*\*(?P<bold>(?=\S)(?:(?!\*\*).)+(?<=\S))\*\*"
    r"|~~(?P<strike>(?=\S)(?:(?!~~).)+(?<=\S))~~"
    r"|(?<![\w*])\*(?P<italic>\w(?:[^*\n]*[\w.!?%)])?)\*(?![A-Za-z0-9*])"
    r"|!?\[(?P<label>[^\[\]\n]+)\]\((?P<url>[^()\[\]\s]+)\)"
)
_DRAWN_CHARS = 20_000
"""A table that would take more when it is drawn is shown as it was written."""
_MAX_INDENT = 8
_MAX_DEPTH = 3


def elements(markdown: str) -> list[Element]:
    """The elements of one or more rich_text blocks: sections, lists, quotes and preformatted texts, in order."""
    found = list(_blocks(markdown.replace("\r\n", "\n").replace("\r", "\n").expandtabs(4).split("\n")))
    if found and found[-1]["type"] == "rich_text_section":
        found[-1]["elements"].pop()
    return found


def section(parts: list[Element]) -> Element:
    return {"type": "rich_text_section", "elements": parts}


def plain(text: str, **style: bool) -> Element:
    """One run of text; empty text is Slack's `invalid_blocks`, so callers leave it out."""
    run: Element = {"type": "text", "text": text}
    return {**run, "style": style} if style else run


def preformatted(text: str) -> Element:
    return {"type": "rich_text_preformatted", "elements": [plain(text)]}


def inline(text: str, depth: int = 0, **style: bool) -> list[Element]:
    """Runs of text with bold, italic, strike and code; links become their label and address as text."""
    runs: list[Element] = []
    end = 0
    for match in _INLINE.finditer(text) if depth < _MAX_DEPTH else ():
        if match.start() > end:
            runs.append(plain(text[end : match.start()], **style))
        runs.extend(_styled(match, depth, style))
        end = match.end()
    if end < len(text):
        runs.append(plain(text[end:], **style))
    return runs


def _styled(match: re.Match[str], depth: int, style: dict[str, bool]) -> list[Element]:
    if (code := match["code"]) is not None:
        return [plain(code, **{**style, "code": True})]
    for name in ("bold", "strike", "italic"):
        if (inner := match[name]) is not None:
            return inline(inner, depth + 1, **{**style, name: True})
    label, url = match["label"], match["url"]
    return inline(label if label == url else f"{label} ({url})", _MAX_DEPTH, **style)


def _blocks(lines: list[str]) -> Iterator[Element]:
    at = 0
    while at < len(lines):
        line = lines[at]
        if fence := _FENCE.match(line):
            at, text = _read_fence(lines, at + 1, fence[1])
            if text.strip():
                yield preformatted(text)
        elif _TABLE_ROW.match(line):
            at, rows = _read_while(lines, at, _TABLE_ROW)
            yield preformatted(_draw_table(rows))
        elif _ITEM.match(line) and not _RULE.match(line):
            at, items = _read_while(lines, at, _ITEM)
            yield from _lists(items)
        elif _QUOTE.match(line):
            at, quoted = _read_while(lines, at, _QUOTE)
            yield from _quote(quoted)
        else:
            at, parts = _read_paragraph(lines, at)
            if parts:
                yield section([*parts, plain("\n")])  # Slack sets no space between sections


def _read_fence(lines: list[str], start: int, fence: str) -> tuple[int, str]:
    at = start
    while at < len(lines) and not lines[at].strip().startswith(fence):
        at += 1
    return at + 1, "\n".join(lines[start:at])


def _read_while(lines: list[str], start: int, pattern: re.Pattern[str]) -> tuple[int, list[str]]:
    at = start
    while at < len(lines) and pattern.match(lines[at]):
        at += 1
    return at, lines[start:at]


def _read_paragraph(lines: list[str], start: int) -> tuple[int, list[Element]]:
    """Lines up to the next blank line or other kind of block; a heading stands alone."""
    if heading := _HEADING.match(lines[start]):
        title = heading[1].rstrip().rstrip("#").rstrip()
        return start + 1, inline(title, 1, bold=True) if title else []
    if not lines[start].strip() or _RULE.match(lines[start]):
        return start + 1, []
    at = start + 1
    while at < len(lines) and lines[at].strip() and not _starts_block(lines[at]):
        at += 1
    return at, inline("\n".join(line.strip() for line in lines[start:at]))


def _starts_block(line: str) -> bool:
    return any(pattern.match(line) for pattern in (_FENCE, _HEADING, _ITEM, _QUOTE, _RULE, _TABLE_ROW))


def _lists(lines: list[str]) -> Iterator[Element]:
    """One rich_text_list per run of items with the same style and depth; Slack nests by `indent`."""
    current: Element | None = None
    for line in lines:
        if (match := _ITEM.match(line)) is None or not (parts := inline(match[4].strip())):
            continue
        style = "bullet" if match[2] else "ordered"
        indent = min(len(match[1]) // 2, _MAX_INDENT)
        if current is None or (current["style"], current["indent"]) != (style, indent):
            if current is not None:
                yield current
            current = {"type": "rich_text_list", "style": style, "indent": indent, "elements": []}
            if style == "ordered" and (offset := int(match[3]) - 1) > 0:
                current["offset"] = offset
        current["elements"].append(section(parts))
    if current is not None:
        yield current


def _quote(lines: list[str]) -> Iterator[Element]:
    text = "\n".join(match[1] for line in lines if (match := _QUOTE.match(line)))
    if parts := inline(text.strip()):
        yield {"type": "rich_text_quote", "elements": parts}


def _draw_table(lines: list[str]) -> str:
    rows = [_table_cells(line) for line in lines if not _TABLE_RULE.match(line)]
    widths = _widths(rows)
    if len(rows) * (sum(widths) + 2 * len(widths)) > _DRAWN_CHARS:
        return "\n".join(lines)
    rows = [row + [""] * (len(widths) - len(row)) for row in rows]
    drawn = ("  ".join(map(pad, row, widths)).rstrip() for row in rows)
    return "\n".join(drawn) or "-"


def _widths(rows: list[list[str]]) -> list[int]:
    """Each column's width; rows may be of any length."""
    widths: list[int] = []
    for row in rows:
        widths += [0] * (len(row) - len(widths))
        for at, cell in enumerate(row):
            widths[at] = max(widths[at], width(cell))
    return widths


def _table_cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]
