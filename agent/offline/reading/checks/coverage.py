"""The gate before an answer: what a question holds that nothing here understands."""

import re
from dataclasses import dataclass, replace

from agent.offline.query.query import Ref
from agent.offline.reading.checks.correct import stems
from agent.offline.reading.filters.containing import held
from agent.offline.reading.filters.texts import in_texts, quoted
from agent.offline.reading.reading import Reading
from agent.offline.words.amounts import is_a_unit
from agent.offline.words.asides.strangers import SURNAMES
from agent.offline.words.grammar import Word
from agent.offline.words.lexicon import Lexicon, Sense, Value
from agent.offline.words.mending.gluing import glued
from agent.offline.words.mentions import Mention
from agent.offline.words.particles import OBJECT, SUBJECT, TOPIC
from agent.offline.words.sentence import Sentence
from db.catalog.meaning import SemanticLayer
from db.catalog.values import fold
from db.hangul import is_hangul

_VERB = re.compile(r"(?:고|서|며|면|지|게|줘|요|까|죠|니|어|아|다|대|래|데|시|해|려|도록|히|마저|조차|대로|만큼)$")
"""How Korean verbs and adverbs end that say nothing of the rows; 양자화된, which narrows them down, does not."""
_FILE = re.compile(r"^[\w\-/]+\.[A-Za-z][\w]{0,9}$")
_NAME_SHAPE = re.compile(r"^(?=.*[A-Za-z])[\w.]+(?:[-_][\w.]+)+$|^(?=.*\d)(?=.*[A-Za-z])[\w.]+$")
_OWNER = re.compile(r"^(?:의|이|가|씨|님|은|는|이가|씨의|님의|한테|에게|께서|꺼|거|네)$")
_VERSION = re.compile(r"^v\d+(?:\.\d+)*$", re.IGNORECASE)
_SURNAME = re.compile(r"^[가-힣]$")
_TURNS = ("않", "없", "아니", "못")
"""How a word begins that turns round what stands before it, whatever its ending."""
_PAST = 20
"""The place of ㅆ among the 28 endings of a syllable."""
MOST_NAMES = 5000
"""So many names are looked through for a piece of one."""
_SHORT = 2
_TWICE = 4
"""Syllables of a word that paints how something is by saying it twice: 가물가물."""
_PARTICLES = ("에", *OBJECT, *TOPIC, *SUBJECT, "의", "로", "와", "과")
_ENDING = "서"
"""What is left of 쓰면서 and 거기서: no stray character."""


_UNDOING = ("부", "불", "비", "미", "무")
"""What turns the word it is glued to round: 부적합, 비정상."""


@dataclass(frozen=True, slots=True)
class Checked:
    """The sentence to go on with, or the reading to stop at. `dropped` was left out as noise, `searched` is looked
    for in texts.
    """

    sentence: Sentence
    stop: Reading | None = None
    dropped: tuple[str, ...] = ()
    searched: tuple[str, ...] = ()


def check(sentence: Sentence, lexicon: Lexicon, *, unspaced: bool = False) -> Checked:
    """Turns unknown stretches into names to look for, drops noise, or stops at a word not understood."""
    mentions = quoted(glued(sentence.mentions, lexicon.layer), sentence)
    mentions = mentions if sentence.english else held(mentions)
    sentence = Sentence(tuple(mentions), sentence.layer, english=sentence.english)
    dropped: list[str] = []
    lost: list[int] = []
    for i, mention in enumerate(mentions):
        if titled := _titled(sentence, i, lexicon):
            mentions[i] = titled
        if not mention.unknown or titled:
            continue
        found = _as_unit(sentence, i) or _as_file(mention, lexicon)
        found = found or _as_text(sentence, mention) or _as_name(sentence, i, lexicon)
        if found is not None:
            mentions[i] = found
        elif mention.surface in _UNDOING and i + 1 < len(mentions) and not mentions[i + 1].spaced:
            return Checked(sentence, Reading("unclear", words=(f"{mention.surface}{mentions[i + 1].surface}",)))
        elif _is_noise(sentence, i, unspaced=unspaced):
            dropped.append(mention.surface)
        else:
            lost.append(i)
    known = Sentence(tuple(mentions), sentence.layer, english=sentence.english)
    strays = tuple(w for w in dropped if len(w) == 1 and w not in (_ENDING, *_PARTICLES))
    if not lost:
        return Checked(known, None, strays)
    words = tuple(_noun(mentions[i].surface) for i in lost)
    if _is_story(known, lost):
        return Checked(known, None, (*strays, *words))
    if searched := in_texts(known, lost, words):
        return Checked(searched, None, strays, searched=words)
    understood = any(_is_content(m) for m in mentions)
    return Checked(known, Reading("unclear" if understood else "outside", words=words))


def _is_story(sentence: Sentence, lost: list[int]) -> bool:
    """Whether the words only tell why something is needed: "불량이 나가면 큰일이라 … 추천해 주세요"."""
    needs = any(sentence.criterion(i) for i in range(len(sentence)))
    if sentence.english:
        return needs and _leads_up(sentence, lost)
    plain = all(is_hangul(sentence.mentions[i].surface[0]) for i in lost)
    return needs and plain and sentence.has("recommend") and not any(True for i in lost if _is_before_head(sentence, i))


def _leads_up(sentence: Sentence, lost: list[int]) -> bool:
    """As in "we have a tiny embedded board, what model fits best": all of it stands before the advice is asked for."""
    asked = [i for i in sentence.where("which", "recommend", "list") if any(i < j for j, _ in sentence.tables())]
    plain = all(sentence.mentions[i].surface.islower() and not sentence.mentions[i].doubtful for i in lost)
    tables = [i for i, _ in sentence.tables()]
    first = bool(asked) and (not tables or asked[0] < tables[0])
    return first and plain and sentence.has("recommend") and max(lost) < asked[0]


def _is_before_head(sentence: Sentence, i: int) -> bool:
    """As in "양자화 모델": right before the noun it narrows that down."""
    return sentence.table(i + 1) is not None and sentence.mentions[i].after == ""


def _as_unit(sentence: Sentence, i: int) -> Mention | None:
    """As in "몇 ms야": a unit after the question for a number says nothing new."""
    mention = sentence.mentions[i]
    is_unit = any(is_a_unit(stem) for stem in stems(mention.surface))
    if not is_unit or not (sentence.does(i - 1, "count", "how_much") or sentence.does(i - 2, "count")):
        return None
    return replace(mention, senses=(Sense("word", word=Word("how_much", mention.surface, stem=False)),), unknown=False)


def _is_content(mention: Mention) -> bool:
    return bool(mention.parts) or any(sense.word is None for sense in mention.senses)


def _noun(surface: str) -> str:
    return min((stem for stem in stems(surface) if len(stem) > 1), key=len, default=surface)


def _is_noise(sentence: Sentence, i: int, *, unspaced: bool) -> bool:
    """A stray syllable, or a Korean verb or adverb that names nothing, where the rest says enough."""
    mention = sentence.mentions[i]
    surface = mention.surface
    if not any(_is_content(other) for other in sentence.mentions):
        return False
    if mention.doubtful or surface.startswith(_TURNS) or (unspaced and _begins_a_word(sentence, i)):
        return False
    if len(surface) == 1:
        return not (surface.isascii() and surface.isalpha() and surface.islower())
    if len(surface) == _SHORT and _is_before_head(sentence, i):
        return False  # "이서 프로젝트" names something, and is no verb that ends in 서
    if len(surface) == _TWICE and surface[:2] == surface[2:]:
        return not sentence.does(i + 1, "count")  # 뿌루뿌루 수 counts what nobody knows
    hangul = all(is_hangul(char) or char == " " for char in surface)
    if not hangul or all("ㄱ" <= char <= "ㅣ" for char in surface):
        return False
    if _tells_state(surface, sentence.layer):
        return False
    if _has_past(surface):
        return True
    if _OWNER.match(surface[-1]) and sentence.table(sentence.neighbour(i, 1)) and len(surface) <= 5:
        return False
    return bool(_VERB.search(surface))


def _begins_a_word(sentence: Sentence, i: int) -> bool:
    """As 조 in 조도변화에강한: where no spaces tell words apart, what is left of one nobody knows is no stray key."""
    before = sentence.mentions[i - 1].after if i else _PARTICLES[0]
    return len(sentence.mentions[i].surface) == 1 and before.endswith(_PARTICLES)


def _has_past(surface: str) -> bool:
    """Whether a syllable ends in the past tense's ㅆ, which no noun has: 남겼, 갔나."""
    return any("가" <= char <= "힣" and (ord(char) - ord("가")) % 28 == _PAST for char in surface)


def _tells_state(surface: str, layer: SemanticLayer) -> bool:
    """Whether a word begins as the verb of a state does: to leave it out would answer for all states."""
    said = (s for t in layer.tables for c in t.columns for v in c.values for s in (v.label.ko, *v.synonyms))
    return any(len(s) > 2 and s[:2] == surface[:2] and s[-1] in "은는된진난친한춘" for s in said)


def _titled(sentence: Sentence, i: int, lexicon: Lexicon) -> Mention | None:
    """As in "정 선임": a person by family name, before a title."""
    mention = sentence.mentions[i]
    if not _SURNAME.match(mention.surface) or not sentence.does(i + 1, "title") or sentence.values(i):
        return None
    for table in lexicon.layer.tables:
        if table.person:
            column = table.display[0]
            names = [v for v in lexicon.values.values_of(table.name, column) if str(v).startswith(mention.surface)]
            senses = tuple(Sense("value", value=Value(table.name, column, name or "")) for name in names)
            return replace(mention, senses=senses, unknown=False) if senses else None
    return None


def _as_file(mention: Mention, lexicon: Lexicon) -> Mention | None:
    """As in "best.pt": a piece of a path."""
    stem = next((s for s in stems(mention.surface) if _FILE.match(s)), None)
    column = next((c for t in lexicon.layer.tables for c in t.columns if c.role == "path"), None)
    if stem is None or column is None:
        return None
    return replace(mention, senses=(Sense("value", value=Value(column.table, column.name, f"%{stem}")),), unknown=False)


def _as_text(sentence: Sentence, mention: Mention) -> Mention | None:
    """A word to look for in a text, where a column of texts is spoken of."""
    texts = [c for i in range(len(sentence)) for c in sentence.columns(i) if c.role == "text"]
    stem = _noun(mention.surface)
    if not texts or len(stem) < 2 or _VERB.search(stem):
        return None
    sense = Sense("value", value=Value(texts[0].table, texts[0].name, f"%{stem}%"))
    return replace(mention, senses=(sense,), unknown=False)


def _as_name(sentence: Sentence, i: int, lexicon: Lexicon) -> Mention | None:
    """A name that is not in the catalogue, as a value of the column where it would stand."""
    mention = sentence.mentions[i]
    for stem in sorted(stems(mention.surface), key=len):
        if piece := _of_piece(stem, lexicon):
            after = mention.surface[len(stem) :]
            return replace(mention, senses=(Sense("value", value=piece),), unknown=False, surface=stem, after=after)
        column = _column_of_name(sentence, i, stem, mention.surface[len(stem) :], lexicon)
        if column is not None:
            value = Value(column[0], column[1], stem)
            return replace(mention, senses=(Sense("value", value=value),), unknown=False, surface=stem)
    return None


def _of_piece(stem: str, lexicon: Lexicon) -> Value | None:
    """As in "q2-aug" of wafer-2024q2-aug: the only name that holds a piece of this shape."""
    if not _NAME_SHAPE.match(stem) or "-" not in stem:
        return None
    refs = [(t.name, c.name) for t in lexicon.layer.tables for c in t.columns if c.role == "name"]
    few = [ref for ref in refs if len(lexicon.values.values_of(*ref)) <= MOST_NAMES]
    found = [Value(*ref, str(v)) for ref in few for v in lexicon.values.values_of(*ref) if fold(stem) in fold(str(v))]
    return found[0] if len(found) == 1 else None


def _column_of_name(sentence: Sentence, i: int, stem: str, after: str, lexicon: Lexicon) -> Ref | None:
    layer = lexicon.layer
    beside = sentence.table(i + 1)
    person = next((table for table in layer.tables if table.person), None)
    if all("가" <= char <= "힣" for char in stem):
        owns = (sentence.english or _OWNER.match(after)) and any(True for _ in sentence.tables())
        bare = not after and beside is not None and not beside.person
        is_person = person is not None and len(stem) == 3 and stem[0] in SURNAMES and (owns or bare)
        return (person.name, person.display[0]) if is_person and person else None
    if not _NAME_SHAPE.match(stem):
        return None
    if beside is not None and "-" in stem:
        owner = layer.table(sentence.owner(beside.name))
        return (owner.name, owner.display[0])
    if _VERSION.match(stem):
        return _column_of_versions(lexicon)
    near = lexicon.values.nearest(stem, limit=1)
    if near and _alike(stem, near[0].text):
        return (near[0].table, near[0].column)
    tables = [layer.table(sentence.owner(table)) for _, table in sentence.tables()]
    named = [t for t in tables if any(layer.column((t.name, d)).role == "name" for d in t.display)]
    return (named[0].name, named[0].display[0]) if named and "-" in stem else None


def _column_of_versions(lexicon: Lexicon) -> Ref | None:
    """The column whose values are versions."""
    for ref in lexicon.values.columns():
        if all(_VERSION.match(str(value)) for value in lexicon.values.values_of(*ref)):
            return ref
    return None


def _alike(one: str, other: str) -> bool:
    """Whether two words differ by little more than a letter or their digits."""
    shape = [re.sub(r"\d+", "0", word.casefold()) for word in (one, other)]
    same = sum(a == b for a, b in zip(*shape, strict=False))
    return same / max(map(len, shape)) > 0.45 and re.sub(r"[^0]", "a", shape[0]) == re.sub(r"[^0]", "a", shape[1])
