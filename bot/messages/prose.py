"""An answer's text in its parts: what is said first, what it means, what only those read who ask for it."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from bot.messages.fit import pack, size
from bot.messages.gate import clean
from bot.messages.links import linked
from bot.messages.markdown import Element, elements
from bot.messages.text import clip

SHORT_CHARS: Final = 1_500
"""A longer text fills a phone's screen twice: what is beyond waits until somebody asks for it."""
READ_CHARS: Final = 35_000
"""What is beyond is not even read: nobody would be shown it."""
_SECTION: Final = "rich_text_section"
_LIST: Final = "rich_text_list"
_WORTH_CHARS: Final = 400


@dataclass(frozen=True, slots=True)
class Prose:
    """Elements of rich text: the `lead` above the rows, the `rest` below them, and what is left out (`more`)."""

    lead: list[Element]
    rest: list[Element]
    more: list[Element]


def read(text: str, link_hosts: Collection[str] = ()) -> list[Element]:
    """A model's or the rules' Markdown as elements; addresses at `link_hosts` are links."""
    return linked(elements(clean(clip(text, READ_CHARS))), link_hosts)


def parted(found: list[Element], *, is_summary: bool) -> Prose:
    """The text in its parts. The first paragraph leads, with what it introduces; a summary has nothing else.

    Else as many whole paragraphs follow as a screen holds.
    """
    first = _leading(found)
    lead, rest = found[:first], found[first:]
    if sum(map(size, lead)) > SHORT_CHARS:
        groups = pack(lead, SHORT_CHARS)
        lead, rest = groups[0], [part for group in groups[1:] for part in group] + rest
        return Prose(_closed(lead), [], rest)
    kept, more = ([], rest) if is_summary else _fitting(rest, SHORT_CHARS - sum(map(size, lead)))
    return Prose(_closed(lead), _closed(kept), more)


def _leading(found: list[Element]) -> int:
    """How many elements say it: a heading or a colon takes what follows along."""
    count = min(1, len(found))
    while 0 < count < len(found) and (_is_heading(found[count - 1]) or _introduces(found[count - 1])):
        count += 1
    return count


def _fitting(rest: list[Element], room: int) -> tuple[list[Element], list[Element]]:
    """Those that fit and the others; no heading is left without its text, and a long list is shown in part."""
    count = 0
    while count < len(rest) and size(rest[count]) <= room:
        room -= size(rest[count])
        count += 1
    if count < len(rest) and rest[count]["type"] == _LIST and room >= _WORTH_CHARS:
        first, *others = (part for group in pack(rest[count : count + 1], room) for part in group)
        return [*rest[:count], first], [*others, *rest[count + 1 :]]
    while 0 < count < len(rest) and (_is_heading(rest[count - 1]) or _introduces(rest[count - 1])):
        count -= 1
    return rest[:count], rest[count:]


def _is_heading(element: Element) -> bool:
    runs = [run for run in element["elements"] if run.get("text", "\n").strip()]
    return element["type"] == _SECTION and bool(runs) and all(run.get("style", {}).get("bold") for run in runs)


def _introduces(element: Element) -> bool:
    text = "".join(run.get("text", "") for run in element["elements"]) if element["type"] == _SECTION else ""
    return text.rstrip().endswith((":", "："))


def _closed(part: list[Element]) -> list[Element]:
    """Without the blank line that parts the last section from the next one."""
    if not part or part[-1]["type"] != _SECTION or part[-1]["elements"][-1].get("text") != "\n":
        return part
    runs = part[-1]["elements"][:-1]
    return [*part[:-1], {**part[-1], "elements": runs}] if runs else part[:-1]
