"""Whether a run of characters is known words, particles and verb endings from one end to the other."""

from datetime import date
from typing import Final

from agent.offline.words.amounts import amount_at
from agent.offline.words.lexicon import Lexicon
from agent.offline.words.memo import Memo
from agent.offline.words.mentions import (
    DONE,
    ENDING,
    ENDINGS,
    MATCH,
    PARTICLE,
    SHORT,
    State,
    is_particle,
    state_after,
)
from agent.offline.words.when import date_at, may_be_of_date
from db.catalog.values import fold

LONGEST_MEASURE: Final = 5
MOST_KNOWN: Final = 50_000
"""Pieces kept with what they are: some thousand questions' worth, 5 MB."""


UNSURE: Final = 1.5
"""The cost of what is joined to letters or digits, where it is no word of its own."""
_AFTER: Final[dict[State, frozenset[str]]] = {"stem": ENDINGS, "deed": DONE}


def _keep(states: dict[State, float], state: State, cost: float) -> None:
    states[state] = min(cost, states.get(state, cost))


class Explains:
    """A quick look before the dear one: it never says no where `cut` would find nothing unknown in Hangul."""

    def __init__(self, lexicon: Lexicon, today: date) -> None:
        self.lexicon = lexicon
        self.today = today
        self._known = Memo(MOST_KNOWN)

    def whole(self, run: str, before: str, after: str) -> float | None:
        """What it costs to read the run as known words; None where they do not reach from end to end.

        `before` and `after` are what stands around it: joined to a Latin letter or digit, it is hardly judged here.
        """
        if run.isascii():
            return 0.0 if self._latin(run, before, after) else None
        if (before[-1:] or " ") != " " or (after[:1] or " ") not in " ?!.,":
            return PARTICLE if is_particle(run) else self._reaches(fold(run)) or UNSURE
        if (cost := self._reaches(fold(run))) is not None:
            return cost
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
        joined = any(self._surface(one) is not None and not self._is_one_word(one) for one in (left + run, run + right))
        return len(run) > 2 and (joined or self._surface(run) is not None)

    def _is_one_word(self, folded: str) -> bool:
        """As theirs, which "the irs" is no slip of: a function word that is written without a space."""
        senses = self.lexicon.at(folded)
        return bool(senses) and all(s.word is not None and " " not in s.word.surface for s in senses)

    def _reaches(self, folded: str) -> float | None:
        """The least cost of known words one after another, from the first character to the last."""
        states: list[dict[State, float]] = [{} for _ in range(len(folded) + 1)]
        states[0]["start"] = 0.0
        for place, here in enumerate(states[:-1]):
            least = min(here.values(), default=None)
            if least is None:
                continue
            for end in range(place + 1, len(folded) + 1):
                piece = folded[place:end]
                if kind := self._kind(piece):
                    _keep(states[end], kind, least + MATCH + (SHORT if len(piece) == 1 else 0.0))
                if place and is_particle(piece):
                    _keep(states[end], "particle", least + PARTICLE)
            ends = [cost for state, cost in here.items() if folded[place] in _AFTER.get(state, "")]
            if ends:
                _keep(states[place + 1], "stem", min(ends) + ENDING)
        return min(states[-1].values(), default=None)

    def _kind(self, piece: str) -> State | None:
        return self._known.once(piece, lambda: self._asked(piece))

    def _asked(self, piece: str) -> State | None:
        kind = self._surface(piece)
        return kind or ("noun" if len(piece) <= LONGEST_MEASURE and self._is_measure(piece) else None)

    def _surface(self, piece: str) -> State | None:
        if not self.lexicon.stands(piece):
            return None
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
        befores = ("", "작년 ", "2025년 ", "최근 ", "last ") if may_be_of_date(piece) else ()
        return any(self._is_date(f"{before}{piece}") for before in befores)

    def _is_date(self, text: str) -> bool:
        found = date_at(text, 0, self.today)
        return found is not None and found[0] == len(text)
