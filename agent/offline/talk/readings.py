"""Reads a question once: a turn comes back to it after its look-ups, its offers come back to their words."""

from datetime import date

from agent.offline.reading.reading import Reading
from agent.offline.talk.frames import Frame
from agent.offline.talk.understand import understand
from agent.offline.words.lexicon import Lexicon


def readings(text: str, frames: tuple[Frame, ...], lexicon: Lexicon, today: date) -> tuple[Reading, ...]:
    """What `understand` makes of it, from memory where it was read lately."""
    told = tuple(row.told for frame in frames for row in frame.rows)  # not compared with the rows, and answered from
    return lexicon.memo.once(("reading", text, frames, told, today), lambda: understand(text, frames, lexicon, today))
