"""Text of a model made safe for a stream: it calls nobody, leads nowhere, and what was shown of it stays true."""

import re
from typing import Final

from bot.messages.gate import clean, inert
from bot.messages.text import clip, clip_escaped, escape

# A blank, a line's end or a tab: neither an address, a mention nor a secret goes on behind one. Other blanks may yet
# be taken out by the gate, and what stands around them would become one word.
_BLANK: Final = re.compile(r"[ \n\t]")
_LINKING: Final = re.compile(r"\](?=[(\[:])")
_LINES: Final = re.compile(r"\s+")


def settled(text: str) -> str:
    """The beginning of a growing text of which nothing that follows can change the meaning: its whole words."""
    blanks = [found.end() for found in _BLANK.finditer(text, max(len(text) - _LONGEST_WORD, 0))]
    return text[: blanks[-1]] if blanks else ""


_LONGEST_WORD: Final = 4_000
"""Nothing is settled of a text that ends in a longer one."""


def streamed(text: str) -> str:
    """Markdown for a stream: visible, without secrets, its links taken apart, its mentions and tags escaped.

    What is `streamed` of a `settled` beginning is a beginning of what is `streamed` of the whole.
    """
    return escape(_unlinked(clean(text)))


def line(text: str, limit: int) -> str:
    """The same for one line of at most `limit` characters, as a task card holds them."""
    flat = _LINES.sub(" ", clean(text[: 4 * limit])).strip()
    return clip_escaped(_unlinked(clip(flat, limit)), limit)


def _unlinked(text: str) -> str:
    """Without what Markdown makes a link or an image of: a bracket that is followed by an address, or by a label."""
    return _LINKING.sub("] ", inert(text))
