"""The end of an alert's log, and what the catalogue itself says of the error."""

from collections.abc import Sequence
from typing import Final

from agent.messages import say
from bot.messages.alerts.facts import Facts, cell
from bot.messages.alerts.words import line, paragraph
from bot.messages.answer import Block
from bot.messages.gate import clean
from bot.messages.markdown import Element, plain, preformatted, section
from bot.messages.text import clip
from db.catalog.meaning import Language
from db.store.alerts.records import Alert

LINES: Final = 10
CHARS: Final = 1_200
_PATH_CHARS: Final = 300
_LEAST: Final = 40
"""Of a long line so much is shown at least."""


def log_blocks(alert: Alert, facts: Facts, language: Language) -> list[Block]:
    """Where the log lies and its last lines, or why there are none; nothing where there is no log."""
    blocks: list[Block] = []
    if error := line(cell(alert.details, "error")):
        blocks.append(paragraph(plain(f"{say('alert-error', language)} ", bold=True), plain(error, code=True)))
    path = line(cell(alert.details, "log_path"), _PATH_CHARS)
    if not path:
        return blocks
    about: list[Element] = [plain(f"{say('alert-log', language)} ", bold=True), plain(path, code=True)]
    tail = facts.tail
    shown = "" if tail is None else last_lines(tail.lines)
    if shown:
        return [*blocks, {"type": "rich_text", "elements": [section(about), preformatted(shown)]}]
    if tail is not None and tail.problem is not None:
        about.append(plain(f"  {say('alert-log-' + tail.problem.replace('_', '-'), language)}"))
    return [*blocks, paragraph(*about)]


def last_lines(lines: Sequence[str], most: int = LINES, chars: int = CHARS) -> str:
    """The last lines that say something, as many as fit; "" for none. A line that is too long alone is cut."""
    said = [text for text in (clean(one).rstrip() for one in lines[-4 * most :]) if text.strip()]
    kept: list[str] = []
    for text in reversed(said[-most:]):
        room = chars - sum(map(len, kept)) - len(kept)
        if room < _LEAST:
            break
        kept.append(clip(text.replace("\n", " "), room))
    return "\n".join(reversed(kept))
