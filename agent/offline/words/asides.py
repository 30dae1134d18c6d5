"""Leaves out what a Korean question only tells beside what it asks: why it is needed, how its asker feels."""

import re
from datetime import date
from itertools import pairwise

from agent.offline.words.lexicon import Lexicon
from agent.offline.words.mend import mend
from agent.offline.words.mentions import Mention
from agent.offline.words.normalise import clean
from agent.offline.words.situations import asking, told
from db.hangul import is_hangul

_ENDED = re.compile(
    r"(?<=[가-힣])[.!?~…]+\s+|\s*[ㅋㅎㅠㅜ;^]+\s+"
    r"|(?:였지|더라|거지|뭐지|뭐임|나요|까요|니까|나용|있음|"
    r"있나|있냐|이냐|이야|예요|에요|줘요|[가-힣]좀|줄 ?사람|아는사람|세요|세용|시오|셈|[가-힣]줘|줄래|있어)[?.!]*\s+"
    r"|(?:되는데|하는데|려는데|중인데|돼서|려고|라서|이라|느라|니까|길래|으니|났으니|므로),?\s+"
    r"|(?:(?<!에)서요|거든요|[는은인한건]데요|텐데요?|니까요),?\s+"
    r"|(?<=[가-힣][는은인던])데,?\s+|(?<=[가-힣]),\s+|\s*[:：—–()\n]\s*|\s-\s"
    r"|(?<=[가-힣][아어해여])(?:둬|놔|봐)?야\s+(?!되|된|될|됨|됩|됐|돼|하|해|한|할|함|했|지|만|겠)"
    r"|(?:휴가|출장|당직|야근|연차|회의|미팅|발표|마감|폰|후보)(?:이)?라서?,?\s+"
    r"|[가-힣](?:죠|구만|구먼|다)\s*(?=[ㅋㅎㅠㅜ])"
)
"""Where a clause may end: a sentence's end, laughter, a verb that asks, a reason."""
_TELLS = re.compile(
    r"(?:니다|니다만|음|함|임|슴|됨|남|중|중임|네|네요|어요|아요|해요|[가와봐써둬켜려겨져여워러커]요|대|대요|래|래요|듯|듯요|다|고요|구요|거든|거든요|데|데요|던데|서|서요|려고|려고요|라서|이라|라|게|게요|느라|"
    r"니까|길래|으니|므로|어|아|야|지|돼|돼요|럽|겠음|인데|이요)[.,!?~)ㅋㅎㅠㅜ\s]*$"
)
"""How a clause ends that tells something: by a verb's ending, where a noun phrase ends by a particle."""
_NARROWS = re.compile(
    r"봅니다|보려고|보려는데|보고 ?싶|찾고|찾습니다|찾는|대상|한정|기준|조건|궁금|관심|알고 ?싶|만 (?=\S+$)|경우"
    r"|원합니다|말고|빼고|제외"
)
"""What narrows down, or asks, even where it tells."""
_PAST = re.compile(
    r"어제|그제|엊그제|지난|작년|재작년|올해|올 |이번 ?달|이번 ?분기|\d{4}|\d ?월|분기|상반기|하반기|최근"
)
"""What tells when something was, rather than when it is asked or needed."""
_PASSED_ON = re.compile(r"달라(?:고|는데|길래|네|셔|시|더|던)|달래|해 ?달")
"""What others ask for: "데모 달라는데"."""
_SEEKS = re.compile(r"찾는 ?중|찾고 ?있")
_UNSURE = re.compile(r"몰라서|몰라요|모르겠|모르다 ?보니|헷갈|가물가물|까먹|기억이? ?(?:안|잘)|낯설|생소")
"""Why it is asked, whatever words for questions stand in it: "아직 뭐가 뭔지 몰라서"."""
_LABEL = re.compile(r"[:：]\s*$")
_ASKS = re.compile(
    r"부탁|바랍|바래|주세|주십|주시|주실|줘|달라|요청드|알려|보여|[?]\s*$|(?:나요|까요|까|니까?|냐|죠|더라)[.!?~\s]*$"
)
_NOMINAL = 16
"""The place of ㅁ among the 28 endings of a syllable."""
_BOUNDS = ("over", "under", "at_least", "at_most", "negate", "no_value", "superlative", "only")
_QUESTIONS = ("which", "who", "when", "where", "count", "how_much", "recommend", "compare", "correction")


def without_asides(text: str, lexicon: Lexicon, today: date) -> str:
    """The question without the clauses of it that hold words nobody knows, ask nothing, and name nothing.

    "회의록에 첨부하려 합니다. NLP팀 명단이요" asks for a list; a clause that holds a name, an amount or a date stays.
    """
    text = asking(text)
    clauses = _clauses(text)
    if len(clauses) < 2:
        return text
    kept = [clause for i, clause in enumerate(clauses) if not _is_aside(clause, lexicon, today, behind=i > 0)]
    if len(kept) == len(clauses) or not kept:
        return text
    rest = " ".join(kept).strip(" ,(")
    leftout = [m for clause in clauses if clause not in kept for m in _mentions(clause, lexicon, today)]
    left = _mentions(rest, lexicon, today)
    asks_rows = any(sense.word is None for m in left for sense in m.senses) or any(m.parts for m in left)
    goes_on = any(m.does("who", "it", "that", "those", "person") for m in left)
    names_table = any(sense.table for m in left for sense in m.senses) or any(_names(m) for m in left)
    needs_table = any(sense.table or sense.column for m in leftout for sense in m.senses)
    return rest if goes_on or (asks_rows and (names_table or not needs_table)) else text


def _clauses(text: str) -> list[str]:
    """The clauses with the signs that end them."""
    places = [0, *(ended.end() for ended in _ENDED.finditer(text)), len(text)]
    parts = (text[start:end].strip() for start, end in pairwise(places))
    return [part for part in parts if any(is_hangul(char) for char in part)]


def _is_aside(clause: str, lexicon: Lexicon, today: date, *, behind: bool) -> bool:
    is_label = bool(_LABEL.search(clause))
    said = _PASSED_ON.sub("", _SEEKS.sub("", clause) if behind else clause)
    if not (is_label or _tells(clause)) or _NARROWS.search(said) or _ASKS.search(said):
        return False
    mentions = _mentions(clause, lexicon, today)
    is_unknown = any(m.unknown and is_hangul(m.surface[0]) for m in mentions)
    if _UNSURE.search(clause) or (told().search(clause) and not _PAST.search(clause)):
        return not any(m.surface in clause and _names_rows(m) for m in mentions) and not _is_bounded(mentions)
    if is_label:
        return is_unknown and not any(sense.word is None for m in mentions for sense in m.senses)
    return is_unknown and not any(_narrows(mention) for mention in mentions)


def _names_rows(mention: Mention) -> bool:
    return _names(mention) and not any(sense.missing for sense in mention.senses)


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
