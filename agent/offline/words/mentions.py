"""Cuts a question into mentions: the cheapest way to cover its characters with known surfaces."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, TypeAlias

from agent.offline.words.amounts import Amount, amount_at
from agent.offline.words.days import Dates
from agent.offline.words.lexicon import Lexicon, Sense, Value
from agent.offline.words.normalise import Squeezed, squeeze
from agent.offline.words.when import date_at
from db.hangul import is_hangul

State: TypeAlias = Literal["start", "noun", "deed", "stem", "particle", "unknown"]

UNKNOWN = 1.0
UNKNOWN_LATIN = 3.0
MATCH = 0.2
PART = 0.55
SHORT = 0.5
"""More for a one-syllable surface, which stands in many words by chance."""
CROSSED = 0.1
"""More for one Latin word found across the space between two."""
TORN = 1.3
"""More for a surface that begins or ends inside a word whose rest is unknown."""
TORN_NAME = 5.0
"""More for tearing a hyphenated name apart: fraud-detection is one name, not `detection`."""
PARTICLE = 0.1
ENDING = 0.2

_PARTICLES = (
    "에서|에게|한테|께서|으로|이랑|하고|부터|까지|마다|처럼|밖에|이나|라고|이라서|이란|이라|이야|예요|이에요|인가요|인가|인데|인지|이고|라는|"
    "이더라|이던가|더라|일까요|일까|일지|은|는|이|가|을|를|의|에|로|와|과|랑|도|만|나|란|야|요|인|들|님|씨|니|께|거|꺼|쪽|였|이었|입니다|임|이니|네|지|고|죠|들이|대|냐|이냐|보다|이라|면|이면|이세요|세요"
)
_PARTICLE = re.compile(_PARTICLES)
_ALONE = frozenset(_PARTICLES.split("|"))


ENDINGS = frozenset(
    "가갔강거건걸것겁게겠겨결겼고곤과구군굴그근금기긴길까께꺼꼬나난날남낸냐냈너네녀노누는늘니닌다단달담당대댄댔던더데도돈돌동되된될됐둔둘드든들듯"
    "따때떠또라락란람랐랑래랬러럼렀렇려련렴렸로록론료루르른를름리린릴립마만말맙매며면몇못므미민바받발배버번법보본볼봐봤부분붙사새서선설섰성세센셈"
    "셔셨소쇼수스슨습시신실심싶써썼쓰쓴쓸씀씩아안않알았앗야약양어언얼었없에여연열였영오온올와왔왜요용우운울워원월웠위으은을음읍응의이인일임입있자작잖잘"
    "장저적전정제져졌종죠주준줄줌줍줘줬중즈즘지진질집짓째쪽찌차참찾처첨쳐쳤치친침켜켰크키터필하한할함합항해했행향혀현혔형호화확환후히힌힐힘"
)
"""The syllables of verb endings and of the verbs that follow one: what may stand after a stem in the same word."""
_SURELY = re.compile(r"(?:하나|둘) ?(?:뿐|밖에)")
_JUST = re.compile(r"\b(?:just|only|exactly|precisely) $", re.IGNORECASE)
"""Where "one" is a number, and not the pronoun that it mostly is."""
DONE = frozenset("한했하할해함된됐되될돼됨시인중")
"""What makes a verb of a value: 실패한, 완료된."""
_KNOWN = frozenset({"noun", "deed", "stem", "particle"})


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of the question and what it may mean. `after` is the particle that follows it.

    `corrected` is what it was read as when it is not written so; `unknown` text means nothing known, and where it is
    `doubtful`, too, it may be a slip of several words.
    """

    start: int
    end: int
    surface: str
    senses: tuple[Sense, ...] = ()
    parts: tuple[Value, ...] = ()
    amount: Amount | None = None
    dates: Dates | None = None
    after: str = ""
    corrected: str | None = None
    unknown: bool = False
    spaced: bool = True
    doubtful: bool = False

    def does(self, *names: str) -> bool:
        """Whether it is one of these function words."""
        return any(sense.word is not None and sense.word.does in names for sense in self.senses)


def _parts(chars: str, place: int) -> bool:
    """Whether a word may begin at `place` right after a Latin letter or digit: 모델 after v2, GPU after A100."""
    return not chars[place].isascii() or (chars[place - 1].isdigit() and chars[place].isalpha())


def state_after(senses: Iterable[Sense]) -> State:
    """What may follow a surface: any verb ending, only 한, 된 and the like after a value (실패한), or particles."""
    if any((s.word is not None and s.word.stem) or s.kind == "criterion" or s.verbal for s in senses):
        return "stem"
    return "deed" if any(sense.kind == "value" for sense in senses) else "noun"


def is_particle(text: str) -> bool:
    return text in _ALONE


@dataclass(frozen=True, slots=True)
class _Step:
    cost: float
    state: State
    back: "_Step | None" = None
    mention: Mention | None = None
    particle: str = ""


@dataclass(frozen=True, slots=True)
class Cut:
    """A text's mentions from left to right, unknown stretches among them; the dearer, the less of it is known."""

    text: Squeezed
    mentions: tuple[Mention, ...]
    cost: float

    def place(self, mention: Mention) -> int:
        """Where in the text a mention begins."""
        return self.text.places[mention.start]

    def is_known(self) -> bool:
        return not any(mention.unknown for mention in self.mentions)


def cut(text: str, lexicon: Lexicon, today: date) -> Cut:
    """The cheapest way to cover a clean text."""
    return lexicon.cuts.once((text, today), lambda: _Scanner(squeeze(text), lexicon, today).run())


class _Scanner:
    def __init__(self, text: Squeezed, lexicon: Lexicon, today: date) -> None:
        self.text = text
        self.lexicon = lexicon
        self.today = today

    def run(self) -> Cut:
        best: list[dict[State, _Step]] = [{} for _ in range(len(self.text) + 1)]
        best[0]["start"] = _Step(0.0, "start")
        for place in range(len(self.text)):
            found = tuple(self._matches(place)) if best[place] else ()
            for step in tuple(best[place].values()):
                for end, after in self._moves(place, step, found):
                    known = best[end].get(after.state)
                    if known is None or after.cost < known.cost:
                        best[end][after.state] = after
        last = min(best[-1].values(), key=lambda step: step.cost)
        return Cut(self.text, tuple(self._merged(self._path(last))), last.cost)

    def _moves(self, place: int, step: _Step, found: tuple[tuple[float, Mention], ...]) -> Iterator[tuple[int, _Step]]:
        gap = self.text.gaps[place]
        torn = self._torn(place, step)
        for cost, mention in found:
            yield mention.end, _Step(step.cost + cost + torn, state_after(mention.senses), step, mention)
        if step.state in _KNOWN and gap == "":
            if match := _PARTICLE.match(self.text.chars, place):
                for end in range(match.end(), place, -1):
                    if self.text.chars[place:end] in _ALONE:
                        yield end, _Step(step.cost + PARTICLE, "particle", step, None, self.text.chars[place:end])
            if (step.state == "stem" and self._may_end(place)) or (
                step.state == "deed" and self.text.chars[place] in DONE
            ):
                yield place + 1, _Step(step.cost + ENDING, "stem", step, None, self.text.chars[place])
        end = self._unknown_end(place)
        latin = self.text.chars[place].isascii()
        cost = UNKNOWN_LATIN if latin else UNKNOWN
        if step.state in _KNOWN and gap != " ":
            cost += TORN_NAME if gap == "-" else TORN
        yield end, _Step(step.cost + cost, "unknown", step, self._unknown(place, end))

    def _may_end(self, place: int) -> bool:
        """Whether a syllable may be of a verb's ending: the 안 of 기록안된 says no, that of 하면안되 belongs to it."""
        char, before = self.text.chars[place], self.text.chars[place - 1]
        is_noun = (char in "것중" and before in "된한") or (char == "강" and before == "에")
        return char in ENDINGS and not is_noun and (char not in "안못" or before in "지면")

    def _torn(self, place: int, step: _Step) -> float:
        if step.state != "unknown" or self.text.gaps[place] == " ":
            return 0.0
        return TORN_NAME if self.text.gaps[place] == "-" else TORN

    def _unknown_end(self, place: int) -> int:
        """A syllable, or a whole word of Latin letters and digits."""
        end = place + 1
        chars, gaps = self.text.chars, self.text.gaps
        if chars[place].isascii():
            while end < len(chars) and chars[end].isascii() and gaps[end] == "":
                end += 1
        return end

    def _unknown(self, start: int, end: int) -> Mention:
        return Mention(start, end, self.text.surface(start, end), unknown=True, spaced=self.text.gaps[start] == " ")

    def _matches(self, place: int) -> Iterator[tuple[float, Mention]]:
        chars, gaps = self.text.chars, self.text.gaps
        if place and chars[place - 1].isascii() and gaps[place] == "" and not _parts(chars, place):
            return
        yield from self._measures(place)
        stands = self.lexicon.stands
        for end in range(place + 1, min(len(chars), place + 80) + 1):
            folded = chars[place:end]
            if not stands(folded):
                continue
            if end < len(chars) and chars[end - 1].isascii() and gaps[end] == "" and not _parts(chars, end):
                continue
            yield from self._at(place, end, folded)

    def _at(self, place: int, end: int, folded: str) -> Iterator[tuple[float, Mention]]:
        if self._tears_initials(place, end):
            return
        surface, spaced = self.text.surface(place, end), self.text.gaps[place] == " "
        values = self.lexicon.values_at(folded)
        senses = self.lexicon.at(folded) if end - place <= self.lexicon.longest else ()
        if len(folded) == 1 and not spaced and is_hangul(folded):
            senses = tuple(s for s in senses if s.word is None or s.word.does != "that")  # 쪼그만 is no 그
        known = {sense.value for sense in senses}
        senses = (*senses, *(Sense("value", value=value) for value in values if value not in known))
        if senses:
            latin_only_word = folded.isascii()
            short = SHORT if len(folded) == 1 and not latin_only_word else 0.0
            crossed = CROSSED if latin_only_word and self._crosses(place, end, senses) else 0.0
            yield MATCH + short + crossed, Mention(place, end, surface, senses, spaced=spaced)
        elif (
            len(folded) >= 2
            and self.lexicon.has_part(folded)
            and " " not in self.text.gaps[place + 1 : end]
            and (parts := self.lexicon.parts_at(folded))
        ):
            yield PART, Mention(place, end, surface, parts=parts, spaced=spaced)

    def _tears_initials(self, place: int, end: int) -> bool:
        """As ㄱㄱ would of ㄱㄱㄷ, which are the initials of one name."""
        chars, gaps = self.text.chars, self.text.gaps
        inside = "ㄱ" <= chars[place] <= "ㅎ"
        before = place > 0 and gaps[place] == "" and "ㄱ" <= chars[place - 1] <= "ㅎ"
        behind = end < len(chars) and gaps[end] == "" and "ㄱ" <= chars[end] <= "ㅎ" and "ㄱ" <= chars[end - 1] <= "ㅎ"
        return (inside and before) or behind

    def _crosses(self, place: int, end: int, senses: tuple[Sense, ...]) -> bool:
        """As in "where's its", which holds no "sits": a word of one piece over two."""
        is_apart = " " in self.text.surface(place, end)
        return is_apart and all(sense.word is not None and " " not in sense.word.surface for sense in senses)

    def _measures(self, place: int) -> Iterator[tuple[float, Mention]]:
        text, start = self.text, self.text.places[place]
        if text.gaps[place] == "" and place and text.chars[place - 1].isascii():
            return
        for found in (date_at(text.text, start, self.today), amount_at(text.text, start)):
            if found is not None and not self._is_verbs_end(place, found[0]):
                end = bisect_left(text.places, found[0])
                mention = Mention(place, end, text.surface(place, end), spaced=text.gaps[place] == " ")
                if isinstance(found[1], Dates):
                    yield MATCH * 0.5, replace(mention, dates=found[1])
                else:
                    sure = _SURELY.match(text.text, start) or _JUST.search(text.text, 0, start)
                    yield MATCH * (0.5 if sure else 1.1), replace(mention, amount=found[1])

    def _is_verbs_end(self, place: int, end: int) -> bool:
        """As in "실패한 건": 한 ends a verb there, and is no number of the word behind the space."""
        text, start = self.text.text, self.text.places[place]
        joined = self.text.gaps[place] == "" and place > 0 and is_hangul(self.text.chars[place - 1])
        return joined and text[start] == "한" and " " in text[start:end]

    @staticmethod
    def _path(step: _Step | None) -> list[Mention]:
        path: list[Mention] = []
        particle = ""
        while step is not None:
            particle = step.particle + particle
            if step.mention is not None:
                after = "" if step.mention.unknown else particle
                path.append(replace(step.mention, after=after) if after else step.mention)
                particle = ""
            step = step.back
        return path[::-1]

    def _merged(self, path: list[Mention]) -> Iterator[Mention]:
        """Unknown stretches of one word joined, and pieces of one name joined where a value has them all."""
        held: Mention | None = None
        for mention in path:
            joined = self._joined(held, mention) if held is not None else None
            if joined is None:
                if held is not None:
                    yield held
                joined = mention
            held = joined
        if held is not None:
            yield held

    def _joined(self, left: Mention, right: Mention) -> Mention | None:
        surface = self.text.surface(left.start, right.end)
        if left.unknown and right.unknown and not right.spaced:
            return replace(left, end=right.end, surface=surface)
        if left.parts and right.parts and not left.after:
            both = tuple(value for value in left.parts if value in right.parts)
            return replace(left, end=right.end, surface=surface, parts=both, after=right.after) if both else None
        return None
