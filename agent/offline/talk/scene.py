"""What an answer is written for: its language and moment, the catalogue, the talk before it and with it."""

from dataclasses import dataclass
from datetime import datetime

from agent.offline.talk.frames import Frame
from agent.offline.words.lexicon import Lexicon
from db.catalog.meaning import Language


@dataclass(frozen=True, slots=True)
class Scene:
    """`before` are the earlier turns, newest first; `after` the same with this turn in front. `leads_on`:
    further questions come with it. `question` is what is answered, made plain.
    """

    lexicon: Lexicon
    language: Language
    now: datetime
    before: tuple[Frame, ...] = ()
    after: tuple[Frame, ...] = ()
    leads_on: bool = True
    question: str = ""
