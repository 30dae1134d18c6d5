"""Leaves out what a Korean question only tells beside what it asks: why it is needed, how its asker feels."""

import re
from datetime import date

from agent.offline.words.asides import endings
from agent.offline.words.asides.situations import asking, told
from agent.offline.words.asides.splitting import by_verbs
from agent.offline.words.lexicon import Lexicon, Sense
from agent.offline.words.mending.mend import mend
from agent.offline.words.mentions import Mention
from agent.offline.words.normalise import clean
from db.hangul import is_hangul

_TELLS = endings.ending(endings.TELLS, endings.LEADS_ON, endings.CASUAL)
_NARROWS = re.compile(rf"{endings.LIMITS}|{endings.WISHES}|만 (?=\S+$)|[\"'“‘`]")
"""What narrows down, or asks, even where it tells."""
_PAST = re.compile(
    r"어제|그제|엊그제|지난|작년|재작년|올해|올 |이번 ?달|이번 ?분기|\d{4}|\d ?월|분기|상반기|하반기|최근"
)
"""What tells when something was, rather than when it is asked or needed."""
_PASSED_ON = re.compile(r"달라(?:고|는데|길래|네|셔|시|더|던)|달래|해 ?달")
"""What others ask for: "데모 달라는데"."""
_CHOOSES = re.compile(r"대상(?:을|를)? ?(?=고르|추리|정리|선정|선별|파악|뽑|이라|입니다|임|이에)")
_BUSY = re.compile(r"[가-힣] ?중(?:이라서?|인데요?|이에요|예요|입니다|임|이거든요?|이야|이라 ?그런데)?[,.!~\s]*$")
"""What somebody is at: "고르는 중이라", "일정 짜는 중"."""
_SEEKS = re.compile(r"찾는 ?중|찾고 ?있")
_UNSURE = re.compile(r"몰라서|몰라요|모르겠|모르다 ?보니|헷갈|가물가물|까먹|기억이? ?(?:안|잘)|낯설|생소")
"""Why it is asked, whatever words for questions stand in it: "아직 뭐가 뭔지 몰라서"."""
_MATTERS = re.compile(
    r"(?:물어볼|여쭤볼|여쭐|확인할|상의할|논의할|부탁할|부탁드릴|전달할|챙길|처리할|할|급한|볼) ?"
    r"(?:게|것이|거|일이|말이|말씀이|건이) ?(?:있|생|많|남)"
    r"|(?:으?면|어도|아도|여도|해도) ?(?:안 ?[된되돼]|큰일|곤란|난리)"
)
"""What is to be done with the answer, or must not happen: "상의할 게 있어요", "늦으면 안 된대요"."""
_IT = re.compile(r"(?<![가-힣])(?:그 ?분|그 ?사람|그 ?친구|걔|그거|그것|그놈)(?=[이가은는을를의도한께 ]|$)")
_LABEL = re.compile(r"[:：]\s*$")
_ASKS = re.compile(rf"{endings.REQUESTS}|주실|요청드|[?]\s*$|(?:{endings.QUESTIONS})[.!?~\s]*$")
FEWEST = 2
_NOMINAL = 16
"""The place of ㅁ among the 28 endings of a syllable."""
_BOUNDS = ("over", "under", "at_least", "at_most", "negate", "no_value", "superlative", "only")
_NEEDS = ("superlative", "high", "low", "newest", "oldest", "longest", "shortest")
"""What is recommended by; a question without it has its need in the clause that tells."""
_QUESTIONS = ("which", "who", "when", "where", "count", "how_much", "recommend", "compare", "correction")


def without_asides(text: str, lexicon: Lexicon, today: date) -> str:
    """The question without the clauses of it that hold words nobody knows, ask nothing, and name nothing.

    "회의록에 첨부하려 합니다. NLP팀 명단이요" asks for a list; a clause that holds a name, an amount or a date stays.
    """
    text = asking(text)
    clauses = by_verbs(text)
    if len(clauses) < FEWEST:
        return text
    clauses, spent = _spoken_of_first(clauses, lexicon, today)
    kept = [
        clause
        for i, clause in enumerate(clauses)
        if clause not in spent and not _is_aside(clause, lexicon, today, behind=i > 0)
    ]
    rest = " ".join(kept).strip(" ,(")
    leftout = [m for clause in clauses if clause not in kept for m in _mentions(clause, lexicon, today)]
    return rest if rest and leftout and _is_whole(_mentions(rest, lexicon, today), leftout) else text


def _is_whole(left: tuple[Mention, ...], leftout: list[Mention]) -> bool:
    """Whether what is left asks for rows, or goes on about some, without what was left out."""
    if any(m.does("recommend") for m in left) and not any(m.does(*_NEEDS) or _needs(m) for m in left):
        return False
    asks_rows = any(sense.word is None for m in left for sense in m.senses) or any(m.parts for m in left)
    goes_on = any(m.does("who", "it", "that", "those", "person") for m in left)
    names_table = any(sense.table for m in left for sense in m.senses) or any(_names(m) for m in left)
    needs_table = any(sense.table or sense.column for m in leftout for sense in m.senses)
    return goes_on or (asks_rows and (names_table or not needs_table))


def _spoken_of_first(clauses: list[str], lexicon: Lexicon, today: date) -> tuple[list[str], set[str]]:
    """The clauses with the name in the place of its pronoun, and those that only introduced it.

    "이서연님이 퇴사하신대요. 그분이 등록한 모델" asks for 이서연's models.
    """
    later = next((i for i, clause in enumerate(clauses) if i and _IT.search(clause)), None)
    if later is None or any(_ASKS.search(clause) or not _tells(clause) for clause in clauses[:later]):
        return clauses, set()
    told_first = [m for clause in clauses[:later] for m in _mentions(clause, lexicon, today)]
    names = [m for m in told_first if not m.parts and any(_is_name(sense, lexicon) for sense in m.senses)]
    others = [m for m in told_first if m.amount or m.dates]
    if len(names) != 1 or others:
        return clauses, set()
    named = _IT.sub(names[0].surface, clauses[later], count=1)
    return [*clauses[:later], named, *clauses[later + 1 :]], set(clauses[:later])


def _is_name(sense: Sense, lexicon: Lexicon) -> bool:
    return sense.value is not None and lexicon.layer.column(sense.value.ref).role == "name"


def _is_aside(clause: str, lexicon: Lexicon, today: date, *, behind: bool) -> bool:
    if not any(is_hangul(char) for char in clause):
        return False
    is_label = bool(_LABEL.search(clause))
    said = _CHOOSES.sub("", _PASSED_ON.sub("", _SEEKS.sub("", clause) if behind else clause))
    if not (is_label or _tells(clause)) or _NARROWS.search(said) or _ASKS.search(said):
        return False
    mentions = _mentions(clause, lexicon, today)
    slipped = [m for m in mentions if m.dates and m.surface not in clause]  # no date, but a word that is near to one
    is_unknown = bool(slipped) or any(m.unknown and (is_hangul(m.surface[0]) or m.surface.isupper()) for m in mentions)
    matters = _MATTERS.search(clause) is not None
    if (
        matters
        or _UNSURE.search(clause)
        or ((told().search(clause) or (is_unknown and _BUSY.search(clause))) and not _PAST.search(clause))
    ):
        names = any(m.surface in clause and _names_rows(m) for m in mentions)
        if not names and (matters or not _is_bounded(mentions)):
            return True
    if is_label:
        return is_unknown and not any(sense.word is None for m in mentions for sense in m.senses)
    return is_unknown and not any(_narrows(mention) for mention in mentions if mention not in slipped)


def _needs(mention: Mention) -> bool:
    return any(sense.criterion for sense in mention.senses)


def _names_rows(mention: Mention) -> bool:
    """Whether rows are chosen by it, rather than by a need that what asks has of its own."""
    return _names(mention) and not any(sense.missing or sense.criterion for sense in mention.senses)


def _is_bounded(mentions: tuple[Mention, ...]) -> bool:
    """Whether it tells how much, or what not, of something the catalogue has."""
    of_rows = any(m.amount or any(s.table or s.column for s in m.senses) for m in mentions)
    return of_rows and any(m.does(*_BOUNDS) for m in mentions)


def _tells(clause: str) -> bool:
    """Whether it ends as a verb that tells, or as one made a noun: 비워버림."""
    last = next((char for char in reversed(clause) if "가" <= char <= "힣"), "가")
    return bool(_TELLS.search(clause)) or (ord(last) - ord("가")) % 28 == _NOMINAL


def _narrows(mention: Mention) -> bool:
    return _names(mention) or bool(mention.amount or mention.dates) or mention.does(*_QUESTIONS)


def _names(mention: Mention) -> bool:
    """Whether it stands for what rows are chosen by: a value, a need, a kind, a length."""
    return bool(mention.parts) or any(sense.kind not in ("table", "column", "word") for sense in mention.senses)


def _mentions(clause: str, lexicon: Lexicon, today: date) -> tuple[Mention, ...]:
    return mend(clean(clause), lexicon, today).mentions
