"""Whether a run of characters is known words, particles and verb endings from one end to the other."""

from agent.offline.lexicon import Lexicon
from agent.offline.mentions import ENDINGS, is_particle
from db.catalog.values import fold


class Explains:
    """A quick look before the dear one: it never says no where `cut` would find nothing unknown in Hangul."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._known: dict[str, str] = {}

    def whole(self, run: str, before: str, after: str) -> bool:
        """`before` and `after` are what stands around it: joined to a Latin letter or digit, it is not judged here."""
        if run.isascii():
            return self._latin(run, before, after)
        if (before[-1:] or " ") != " " or (after[:1] or " ") not in " ?!.,":
            return True
        return self._reaches(fold(run))

    def _latin(self, run: str, before: str, after: str) -> bool:
        """A word by itself, or with the one before or after it: "deploy" is none, "deploy note" is."""
        left, right = (before.split() or [""])[-1], (after.split() or [""])[0]
        return any(self._kind(fold(one)) for one in (run, left + run, run + right) if len(run) > 2)

    def _reaches(self, folded: str) -> bool:
        states: list[set[str]] = [set() for _ in range(len(folded) + 1)]
        states[0].add("start")
        for place, here in enumerate(states[:-1]):
            if not here:
                continue
            for end in range(place + 1, len(folded) + 1):
                piece = folded[place:end]
                if kind := self._kind(piece):
                    states[end].add(kind)
                if here - {"start"} and is_particle(piece):
                    states[end].add("particle")
            if "stem" in here and folded[place] in ENDINGS:
                states[place + 1].add("stem")
        return bool(states[-1])

    def _kind(self, piece: str) -> str:
        if piece not in self._known:
            senses = self.lexicon.at(piece)
            stem = any((s.word and s.word.stem) or s.kind in ("criterion", "value") for s in senses)
            known = senses or self.lexicon.values_at(piece) or (len(piece) > 1 and self.lexicon.parts_at(piece))
            self._known[piece] = "stem" if stem or (known and not senses) else "noun" if known else ""
        return self._known[piece]
