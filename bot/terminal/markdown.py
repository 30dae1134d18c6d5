"""An answer's Markdown as rich text, read by the same parser as in Slack.

CommonMark leaves the asterisks of "**완료(completed)**입니다" standing: its rules
for emphasis expect a space after the closing bracket, which Korean has not.
"""

from collections.abc import Iterator
from typing import Any, Final

from rich.text import Text

from bot.messages.markdown import Element, elements

_STYLES: Final = {"bold": "bold", "italic": "italic", "strike": "strike", "code": "cyan"}


def draw_markdown(markdown: str) -> Text:
    """The whole text: paragraphs, lists, quotes and code, with a blank line between the parts."""
    return Text("\n\n").join(part for part in map(_block, _joined(elements(markdown))) if part.plain)


def _joined(found: list[Element]) -> Iterator[list[Element]]:
    """Neighbouring lists belong together: Slack splits them where the depth changes."""
    group: list[Element] = []
    for element in found:
        if group and not (element["type"] == group[-1]["type"] == "rich_text_list"):
            yield group
            group = []
        group.append(element)
    if group:
        yield group


def _block(group: list[Element]) -> Text:
    return Text("\n").join(map(_drawn, group))


def _drawn(element: Element) -> Text:
    kind = element["type"]
    if kind == "rich_text_list":
        first = element.get("offset", 0) + 1
        return Text("\n").join(
            Text("  " * element["indent"] + (" • " if element["style"] == "bullet" else f" {number}. ")) + _runs(item)
            for number, item in enumerate(element["elements"], start=first)
        )
    if kind == "rich_text_quote":
        return Text("\n").join(Text("▌ ", style="dim") + line for line in _runs(element).split("\n"))
    return _runs(element)


def _runs(element: Element) -> Text:
    drawn = Text()
    for run in element["elements"]:
        drawn.append(run["text"], style=_style(run.get("style", {})))
    drawn.rstrip()
    return drawn


def _style(style: dict[str, Any]) -> str:
    return " ".join(_STYLES[name] for name in style if name in _STYLES)
