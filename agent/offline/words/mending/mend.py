"""Mends a question before it is read: missing spaces, slipped keys in words that nothing explains."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, TypeAlias

from agent.offline.words.explains import Explains
from agent.offline.words.lexicon import Lexicon
from agent.offline.words.mending.by_ear import EAR, SWAPPED, slipped, twice
from agent.offline.words.mending.reads_as import (
    common,
    is_by_chance,
    is_common_noun,
    is_in_pieces,
    is_made_up,
    is_set,
    is_stray,
    is_syllable,
    meaning_of,
    turns,
)
from agent.offline.words.mending.slips import has_lone_jamo, is_likely, is_malformed, undone
from agent.offline.words.mending.sounds import Sounds
from agent.offline.words.mending.spacing import respaced
from agent.offline.words.mending.spelling import respelled
from agent.offline.words.mending.syllables import in_syllables
from agent.offline.words.mending.whole_names import initialled, is_initials, named
from agent.offline.words.mentions import SHORT, Cut, Mention, cut, is_particle
from agent.offline.words.normalise import clean
from agent.offline.words.particles import SUBJECT, TOPIC
from agent.offline.words.short import lengthened
from db.catalog.slipping import FEW_NAMES
from db.hangul import compose, keys

MOST_MENDED: Final = 3
"""Of a question with more words that nothing explains, hardly any is a slip."""
MOST_WEIGHED: Final = 16
LONGEST: Final = 9
"""Characters of a word in which a slip is looked for; of a longer one, those around what is not known."""
MARGIN: Final = 0.1
"""A reading must be so much better than the next to be taken."""
FULLER: Final = 0.6
"""So much dearer a reading may be that says more, as one syllable more costs."""
LEAST_CLEAR: Final = 3
"""Syllables of a word that says something, beside which those that say nothing are no rivals."""
SHORTEST: Final = 4
"""Keys of a well-formed word that is taken for another; fewer are near to too much."""
_OWNS: Final = ("의", *SUBJECT, *TOPIC, "님", "씨", "한테", "에게", "께서", "랑", "하고")
SHORT_WORD: Final = 5
"""Letters of an English word that is as likely a word of its own."""
_AGAIN: Final = "재"
VERB: Final = re.compile(r"(?:고|(?<!에)서|며|면|게|니|도록|해|시)$")
_RUN: Final = re.compile(r"[가-힣ㄱ-ㅣ]+|[A-Za-z]+")
_SUFFIX: Final = re.compile(r"\.[a-z]{2,5}(?![a-z])")
_FILES: Final = re.compile(r" ?(?:파일|확장자|files?\b)")
_BEING: Final = re.compile(r"인(?:것|거|게|건|애|놈)[가-힣]?")
"""As in json인거: those that are such."""
_TOKEN: Final = re.compile(r"\S+")
_Form: TypeAlias = tuple[str, float]
"""What a word may have been, with how much rarer that is than a slipped key."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What was typed and what it was taken for; `spelled`: only spaced or shortened otherwise, not misspelt."""

    typed: str
    taken: str
    spelled: bool = False


@dataclass(frozen=True, slots=True)
class Mended:
    """The question to go on with, its mentions, and what was put in place of what."""

    text: str
    mentions: tuple[Mention, ...]
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True)
class _Word:
    """A run of syllables or letters with something unknown in it; `before` and `after` reach to the next words."""

    typed: str
    before: str
    after: str
    place: int


def mend(text: str, lexicon: Lexicon, today: date) -> Mended:
    """A clean question with its slips undone, where one reading explains a word and no other does as well.

    Digits are never touched. A slip is looked for in MOST_MENDED words, so the time is bounded.
    """
    return lexicon.memo.once(("mended", text, today), lambda: _mended(text, lexicon, today))


def _mended(text: str, lexicon: Lexicon, today: date) -> Mended:
    mender = _Mender(lexicon, today)
    text, shortened = initialled(text, lexicon)
    text, names = named(text, lexicon)
    text, english = respelled(text, lexicon, mender.explains, today)
    found = mender.spaced(text)
    corrections: list[Correction] = []
    doubtful: set[str] = set()
    words = list(_words(found))
    text = found.text.text
    for word in reversed(words if len(words) <= MOST_MENDED else []):
        put = None if _is_quoted(word, found) else mender.put(word)
        if put is not None:
            text = text[: word.place] + put[0] + text[word.place + len(word.typed) :]
            corrections.append(put[1])
        elif mender.is_near(word):
            doubtful.add(word.typed)
    if corrections:
        found = mender.spaced(clean(text))
    short = (Correction(*name, spelled=True) for name in shortened)
    slipped = (*short, *(Correction(*name) for name in (*names, *english)))
    mentions = tuple(replace(m, doubtful=True) if _is_in(m, doubtful) else m for m in found.mentions)
    return Mended(found.text.text, mentions, (*slipped, *reversed(corrections)))


def _is_in(mention: Mention, doubtful: set[str]) -> bool:
    return mention.unknown and len(mention.surface) > 1 and any(mention.surface in typed for typed in doubtful)


def _is_quoted(word: _Word, found: Cut) -> bool:
    """Whether it stands as it is written: the stem of a file's name, or capitals sought in a text."""
    text, end = found.text.text, word.place + len(word.typed)
    in_text = any(sense.column and sense.column.role == "text" for m in found.mentions for sense in m.senses)
    is_file = word.typed.isascii() and (_SUFFIX.match(text, end) or _FILES.match(text, end)) is not None
    is_file = is_file or (word.typed.isascii() and re.search(r"(?:^| |[\w*])\.$", text[: word.place]) is not None)
    return is_file or (in_text and word.typed.isascii() and word.typed.isupper())


def _words(found: Cut) -> Iterator[_Word]:
    """The runs that hold something unknown, each once."""
    text = found.text.text
    tokens = [(token.start(), token.end()) for token in _TOKEN.finditer(text)]
    odd = [*(m for m in found.mentions if m.unknown), *in_syllables(found.mentions)]
    unknown = [(found.place(m), found.text.places[m.end - 1] + 1) for m in odd]
    for run in _RUN.finditer(text):
        inside = [(a, b) for a, b in unknown if a < run.end() and run.start() < b]
        behind = text[: run.start()][-1:]
        ends = is_particle(run.group()) or _BEING.fullmatch(run.group())
        if not inside or (behind.isalnum() and behind.isascii() and ends):
            continue  # what follows "ms" in "몇 ms임" ends it
        start, end = run.start(), run.end()
        if end - start > LONGEST:
            start, end = max(start, inside[0][0] - 2), min(end, inside[0][1] + 2)
        here = next(i for i, (a, b) in enumerate(tokens) if a <= start < b)
        left = tokens[here - 1][0] if here else tokens[here][0]
        right = tokens[here + 1][1] if here + 1 < len(tokens) else tokens[here][1]
        yield _Word(text[start:end], text[left:start], text[end:right], start)


class _Mender:
    def __init__(self, lexicon: Lexicon, today: date) -> None:
        self.lexicon = lexicon
        self._read: dict[_Word, list[_Weighed]] = {}
        self.today = today
        self.explains = lexicon.lasting.once(("explains", today), lambda: Explains(lexicon, today))
        self.sounds = lexicon.lasting.once(("sounds",), lambda: Sounds(lexicon))

    def spaced(self, text: str) -> Cut:
        found = cut(text, self.lexicon, self.today)
        spaced = respaced(found, self.explains)
        return found if spaced == text else cut(clean(spaced), self.lexicon, self.today)

    def put(self, word: _Word) -> tuple[str, Correction] | None:
        """What to put in the place of a word, and what to say of it; None where it is left as it is."""
        if self._is_again(word.typed):
            return None
        spelt = self.meant(word)
        if spelt is not None and spelt.heard and spelt.meaning:
            return spelt.text, spelt.correction(word.typed)
        if not word.typed.isascii() and (heard := self.sounds.of(word.typed)):
            return heard[1] + word.typed[len(heard[0]) :], Correction(*heard, spelled=True)
        if not is_malformed(word.typed) and any(
            m.text.startswith(word.typed) for m in self.lexicon.values.find(word.typed)
        ):
            return None  # the beginning of a name
        whole = not word.before[-1:].strip() and not word.after[:1].strip()
        if whole and (long := lengthened(word.typed, self.lexicon)):
            return long[1] + word.typed[len(long[0]) :], Correction(*long, spelled=True)
        return (spelt.text, spelt.correction(word.typed)) if spelt is not None else None

    def _is_again(self, typed: str) -> bool:
        """Whether it says that something known is done again: 재학습 is no slip of 제 학습."""
        known = typed[0] == _AGAIN and len(typed) > len(_AGAIN) + 1
        return known and self.explains.whole(typed[1:], " ", " ") is not None

    def is_near(self, word: _Word) -> bool:
        """Whether it may be a slip of words that say something, though not clearly of which."""
        return any(one.meaning for one in self._readings(word))

    def meant(self, word: _Word) -> "_Weighed | None":
        """What a word must have been; None when nothing near explains it, or too much does."""
        return _clearest(self._readings(word))

    def _readings(self, word: _Word) -> "list[_Weighed]":
        """What it may have been, each with what it would mean; it is asked for twice, and weighed once."""
        if word not in self._read:
            weighed = (self._weighed(word, candidate, rarity) for candidate, rarity in self._candidates(word))
            self._read[word] = [one for one in weighed if one is not None]
        return self._read[word]

    def _weighed(self, word: _Word, candidate: str, rarity: float) -> "_Weighed | None":
        found = cut(word.before + candidate + word.after, self.lexicon, self.today)
        start = len(word.before)
        own = [m for m in found.mentions if found.place(m) < start + len(candidate)
               and found.text.places[m.end - 1] >= start]  # fmt: skip
        if not _is_joined(word) and (_is_own_word(word.typed, candidate, own) or _is_across(word, own, found)):
            return None
        if _is_joined(word) and len(candidate) > 1 and is_particle(candidate):
            cost = found.cost + rarity - common().get(candidate, 0.0)
            return None if any(m.unknown for m in own) else _Weighed(cost, candidate, frozenset(), "")
        heard = rarity == EAR
        solid = heard or _is_solid(word, candidate, own)
        if any(m.unknown for m in own) or not solid or not self._is_meant(own, start, found, rarity):
            return None
        if not heard and not is_malformed(word.typed) and candidate not in common() and is_made_up(own):
            return None
        if any(mention.does("it", "that", "person") for mention in own) and not is_malformed(word.typed):
            return None  # 이서 may begin a name: what points to nothing named would hide it
        meaning = frozenset(filter(None, map(meaning_of, own)))
        if is_in_pieces(word.typed, own) if heard else is_by_chance(word.typed, candidate, own):
            return None
        if rarity and word.typed.isascii() and len(word.typed) <= SHORT_WORD and any(map(turns, own)):
            return None  # slack is a word of its own, and no slip of lack
        is_common = candidate in common() or (heard and not any(map(is_syllable, own)))
        if not _is_joined(word) and (is_stray(word.typed, candidate) or is_particle(candidate)):
            return None
        if not meaning and rarity and not is_malformed(word.typed) and not is_common and not is_set(own):
            return None  # 강한 narrows rows down; taken for 당한, which says nothing, it would be left out
        cost = found.cost + rarity - common().get(candidate, 0.0) - SHORT * sum(map(is_syllable, own)) * is_common
        return _Weighed(cost, candidate, meaning, own[-1].after if own else "", heard=heard)

    def _is_meant(self, own: list[Mention], start: int, found: Cut, rarity: float) -> bool:
        """Whether no name stands there by chance: among many, whole names count, with a particle that people take."""
        for mention in own:
            named = [s.value for s in mention.senses if s.value is not None] or list(mention.parts)
            if not named or any(s.value is None for s in mention.senses) or mention.surface.isascii():
                continue
            names = max(len(self.lexicon.values.values_of(*value.ref)) for value in named)
            if rarity == SWAPPED:
                return False  # 정은하 is hardly 정하은
            if names > FEW_NAMES and (
                mention.parts or found.place(mention) != start or not mention.after.startswith(_OWNS)
            ):
                return False
        return True

    def _candidates(self, word: _Word) -> list[tuple[str, float]]:
        near = self._explained(word, self._forms(word))
        if not near or near[0][0]:
            near = sorted((*near, *self._explained(word, twice(word.typed))))
        return [form for _, _, form in near[: MOST_WEIGHED * (4 if _is_joined(word) else 1)]]

    def _explained(self, word: _Word, forms: Iterable[_Form]) -> list[tuple[bool, float, _Form]]:
        """Those of the forms that are known words, what is spelt by ear first."""
        judged = ((self.explains.whole(form[0], word.before, word.after), form) for form in forms)
        return sorted((form[1] != EAR, cost + form[1], form) for cost, form in judged if cost is not None)

    def _says_something(self, latin: str) -> bool:
        """Whether a word typed in the other keyboard mode is a value or a noun: ㅊㄴㅍ is csv, ㅈㄷ is hardly "we"."""
        return bool(self.lexicon.values_at(latin)) or any(s.word is None for s in self.lexicon.at(latin))

    def _forms(self, word: _Word) -> Iterator[tuple[str, float]]:
        typed = word.typed
        if is_initials(typed):
            if self._says_something(keys(typed).lower()):
                yield keys(typed).lower(), 0.0
            yield from (form for form in undone(typed) if len(form[0]) == 1)
            return
        if typed.isascii():
            composed = compose(typed)
            if len(typed) >= SHORTEST and not has_lone_jamo(composed):
                yield composed, 0.0
        elif (latin := keys(typed)).isascii() and is_malformed(typed):
            yield latin.lower(), 0.0
        is_alone = len(typed) == 1 and not word.after[:1].strip()
        is_long_enough = len(keys(typed)) >= SHORTEST - typed.isascii() or is_malformed(typed) or _is_joined(word)
        is_long_enough = is_long_enough or is_alone
        is_stray = len(typed) == 1 and "ㄱ" <= typed <= "ㅎ" and not _is_joined(word)
        if is_long_enough and not is_stray and len(typed) <= LONGEST + 4:
            yield from slipped(typed.lower())


@dataclass(frozen=True, slots=True)
class _Weighed:
    """A reading of a word: the dearer, the less likely."""

    cost: float
    text: str
    meaning: frozenset[object]
    after: str
    heard: bool = False

    def correction(self, typed: str) -> Correction:
        """What to say, without the particle that was typed right: '이서욘' for '이서연', not '이서욘의'."""
        kept = len(self.after) if self.after and typed.endswith(self.after) and self.text.endswith(self.after) else 0
        return Correction(typed[: len(typed) - kept], self.text[: len(self.text) - kept])


def _is_own_word(typed: str, candidate: str, own: list[Mention]) -> bool:
    """Whether a Latin word is hardly a slip: "man" is, of "many" in "how many"."""
    in_phrase = len(own) == 1 and len(own[0].surface) > len(candidate) + 1
    return typed.isascii() and candidate.isascii() and not in_phrase and not is_likely(typed, candidate)


def _is_across(word: _Word, own: list[Mention], found: Cut) -> bool:
    """Whether a particle and the word behind it would make a bound: 이 상 of "김민준이 사생성한"."""
    over = (sense.word for m in own if found.place(m) < len(word.before) for sense in m.senses)
    bounds = [one for one in over if one and one.does in ("at_least", "at_most", "over", "under")]
    return not word.typed.isascii() and bool(bounds) and all(" " not in one.surface for one in bounds)


def _is_solid(word: _Word, candidate: str, own: list[Mention]) -> bool:
    """Whether a word is long enough to be known by, or was none to begin with."""
    typed = word.typed
    if typed.isascii() != candidate.isascii():
        return True
    if typed.isascii() and len(typed) < SHORTEST and not _is_joined(word):
        return all(any(sense.word for sense in m.senses) or len(m.surface) > SHORTEST for m in own)
    if is_malformed(typed) or candidate in common() or is_common_noun(own):
        return True
    if VERB.search(typed) and own and not any(sense.word for sense in own[0].senses):
        return False  # 끝나고 is a verb that says nothing here, and no slip of 끝난
    if len(own) == 1 and typed.startswith(own[0].surface) and own[0].after:
        return True  # 팀기: the slip is in what follows a word
    return any(len(keys(m.surface)) >= SHORTEST for m in own)


def _is_joined(word: _Word) -> bool:
    """Whether it is a part of a longer word, as 팀 of NLP팀 and aug of 2024q2-aug."""
    return word.before[-1:].strip() != ""


def _fuller(best: _Weighed, weighed: list[_Weighed]) -> _Weighed | None:
    """The reading that says all that the cheapest does, and "each" too: 사람별, where 사람보려 says less."""
    more = [one for one in weighed if one.cost - best.cost < FULLER and best.meaning < one.meaning
            and best.meaning and one.meaning - best.meaning == {("each",)}]  # fmt: skip
    return more[0] if len({one.meaning for one in more}) == 1 else None


def _clearest(weighed: list[_Weighed]) -> _Weighed | None:
    """The cheapest reading, unless one of another meaning is about as cheap."""
    if not weighed:
        return None
    best = min(weighed, key=lambda each: each.cost)
    best = _fuller(best, weighed) or best
    rivals = [each for each in weighed if each.cost - best.cost < MARGIN and not each.meaning < best.meaning]
    clear = bool(best.meaning) and len(best.text) >= LEAST_CLEAR
    telling = [each for each in rivals if each.meaning] if clear else rivals
    return best if all(each.meaning == best.meaning for each in telling) else None
