"""Whether a run of characters is known words, particles and verb endings from one end to the other."""

from datetime import date
from typing import Final

from agent.offline.words.amounts import amount_at
from agent.offline.words.lexicon import Lexicon
from agent.offline.words.memo import Memo
from agent.offline.words.mentions import DONE, ENDINGS, State, is_particle, state_after
from agent.offline.words.when import date_at
from db.catalog.values import fold

LONGEST_MEASURE: Final = 5
MOST_KNOWN: Final = 50_000
"""Pieces kept with what they are: some thousand questions' worth, 5 MB."""


class Explains:
    """A quick look before the dear one: it never says no where `cut` would find nothing unknown in Hangul."""

    def __init__(self, lexicon: Lexicon, today: date) -> None:
        self.lexicon = lexicon
        self.today = today
        self._known = Memo(MOST_KNOWN)

    def whole(self, run: str, before: str, after: str) -> bool:
        """`before` and `after` are what stands around it: joined to a Latin letter or digit, it is not judged here."""
        if run.isascii():
            return self._latin(run, before, after)
        if (before[-1:] or " ") != " " or (after[:1] or " ") not in " ?!.,":
            return True
        if self._reaches(fold(run)):
            return True
        left, right = (before.split() or [""])[-1], (after.split() or [""])[0]
        return self._reaches(fold(left + run)) or self._reaches(fold(run + right))

    def knows(self, piece: str) -> bool:
        """Whether a piece, folded, is a known surface by itself."""
        return self._kind(piece) is not None

    def _latin(self, run: str, before: str, after: str) -> bool:
        """A word by itself, or with the one before or after it: "deploy" is none, "deploy note" is."""
        if before[-1:].strip() or after[:1].isalnum():
            return self._kind(run) is not None
        left, right = fold((before.split() or [""])[-1]), fold((after.split() or [""])[0])
        return any(self._surface(one) is not None for one in {run, left + run, run + right} if len(run) > 2)

    def _reaches(self, folded: str) -> bool:
        states: list[set[State]] = [set() for _ in range(len(folded) + 1)]
        states[0].add("start")
        for place, here in enumerate(states[:-1]):
            for end in range(place + 1, len(folded) + 1) if here else ():
                piece = folded[place:end]
                if kind := self._kind(piece):
                    states[end].add(kind)
                if here != {"start"} and is_particle(piece):
                    states[end].add("particle")
            if ("stem" in here and folded[place] in ENDINGS) or ("deed" in here and folded[place] in DONE):
                states[place + 1].add("stem")
        return bool(states[-1])

    def _kind(self, piece: str) -> State | None:
        return self._known.once(piece, lambda: self._asked(piece))

    def _asked(self, piece: str) -> State | None:
        kind = self._surface(piece)
        return kind or ("noun" if len(piece) <= LONGEST_MEASURE and self._is_measure(piece) else None)

    def _surface(self, piece: str) -> State | None:
        if senses := self.lexicon.at(piece):
            return state_after(senses)
        if self.lexicon.values_at(piece):
            return "noun"
        return "noun" if len(piece) > 1 and self.lexicon.has_part(piece) else None

    def _is_measure(self, piece: str) -> bool:
        """Whether it is a number, or what makes a date of the word before it: 두, 하반기, 이후, month."""
        amount = amount_at(f"{piece} 개", 0)
        if amount is not None and amount[0] >= len(piece):
            return True
        return any(self._is_date(f"{before} {piece}") for before in ("작년", "2025년", "최근", "last"))

    def _is_date(self, text: str) -> bool:
        found = date_at(text, 0, self.today)
        return found is not None and found[0] == len(text)
