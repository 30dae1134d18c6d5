"""Reads a question once: a turn comes back to it after its look-ups, its offers come back to their words."""

from datetime import date

from agent.offline.frames import Frame
from agent.offline.lexicon import Lexicon
from agent.offline.reading import Reading
from agent.offline.understand import understand


def readings(text: str, frames: tuple[Frame, ...], lexicon: Lexicon, today: date) -> tuple[Reading, ...]:
    """What `understand` makes of it, from memory where it was read lately."""
    return lexicon.memo.once(("reading", text, frames, today), lambda: understand(text, frames, lexicon, today))
