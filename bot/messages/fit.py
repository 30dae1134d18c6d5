"""rich_text elements measured, and cut to Slack's limits without breaking a list item or a line where avoidable."""

from collections.abc import Iterator

from bot.messages.markdown import Element
from bot.messages.text import pieces

_CONTAINERS = ("rich_text_section", "rich_text_quote", "rich_text_preformatted")


def size(element: Element) -> int:
    """Characters of text in an element and all below it."""
    if "text" in element:
        return len(element["text"])
    return sum(size(part) for part in element.get("elements", ()))


def pack(elements: list[Element], limit: int) -> list[list[Element]]:
    """The elements in groups of at most `limit` characters each, in order."""
    groups: list[list[Element]] = []
    room = 0
    for element in elements:
        for part in _split(element, limit):
            if (needed := size(part)) > room or not groups:
                groups.append([])
                room = limit
            groups[-1].append(part)
            room -= needed
    return groups


def _split(element: Element, limit: int) -> Iterator[Element]:
    if size(element) <= limit:
        yield element
    elif element["type"] in _CONTAINERS:
        for runs in pack([run for part in element["elements"] for run in _split_run(part, limit)], limit):
            yield {**element, "elements": runs}
    else:
        yield from _split_list(element, limit)


def _split_list(element: Element, limit: int) -> Iterator[Element]:
    """Lists of whole items; an ordered one goes on counting where the one before stopped."""
    done = element.get("offset", 0)
    for items in pack(element["elements"], limit):
        yield {**element, "elements": items, **({"offset": done} if element["style"] == "ordered" and done else {})}
        done += len(items)


def _split_run(run: Element, limit: int) -> Iterator[Element]:
    if size(run) <= limit:
        yield run
        return
    for text in pieces(run["text"], limit):
        yield {**run, "text": text}
