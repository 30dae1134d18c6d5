"""Links in answers: inert text, unless their host is on the operator's list."""

import re
from collections.abc import Collection, Iterator
from typing import Final
from urllib.parse import urlsplit

from bot.messages.markdown import Element

URL_CHARS: Final = 2_000
# What goes on behind it with a character that no address has is none of ours: nobody knows how a client reads it.
_ADDRESS: Final = re.compile(r"https://[A-Za-z0-9._~:/?#@!$&*+,;=%-]++(?![\\^|{}\[\]<])", re.IGNORECASE)
_AFTER: Final = ".,;:!?*"
_WITH_RUNS: Final = ("rich_text_section", "rich_text_list", "rich_text_quote")


def is_allowed(url: str, hosts: Collection[str]) -> bool:
    """Whether a link may lead there: https, a host that is on the list as it stands, no user, no port of its own."""
    try:
        parts = urlsplit(url)
        is_plain = parts.scheme == "https" and "@" not in parts.netloc and parts.port in (None, 443)
    except ValueError:
        return False
    return is_plain and len(url) <= URL_CHARS and url.isascii() and (parts.hostname or "") in hosts


def linked(elements: list[Element], hosts: Collection[str]) -> list[Element]:
    """The elements with each allowed address in their text as a link that shows where it leads; never in code."""
    if not hosts:
        return elements
    return [
        {**element, "elements": list(_runs(element["elements"], hosts))} if element["type"] in _WITH_RUNS else element
        for element in elements
    ]


def _runs(runs: list[Element], hosts: Collection[str]) -> Iterator[Element]:
    for run in runs:
        if run["type"] != "text":
            yield from linked([run], hosts)
        elif run.get("style", {}).get("code"):
            yield run
        else:
            yield from _split(run, hosts)


def _split(run: Element, hosts: Collection[str]) -> Iterator[Element]:
    text, end = run["text"], 0
    for match in _ADDRESS.finditer(text):
        url = match[0].rstrip(_AFTER)
        if is_allowed(url, hosts):
            if match.start() > end:
                yield {**run, "text": text[end : match.start()]}
            end = match.start() + len(url)
            yield {**run, "type": "link", "url": url, "text": url}
    if end < len(text):
        yield {**run, "text": text[end:]}
