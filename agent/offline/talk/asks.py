"""Takes a question that asks several things one after another apart, and lets the later ones go on from the first."""

import re
from dataclasses import replace

from agent.offline.reading.reading import Reading

_ASKED = (
    r"(?:몇 ?(?:개|명|건|번|가지|종류|대|시간)|얼마|누구|어디|언제|무엇|뭔데|뭐|뭔지|누군지|어딘지|언젠지|인지|는지)"
)
_ENDING = r"(?:이|인지|이야|야|이에요|예요|에요|인가요|씩|나|임)?(?: ?(?:되|돼|있|했|썼|걸렸))?"
_AND = r"(?:(?:그리고|그리구|글구|또|그럼) )?"
_KOREAN = re.compile(
    rf"({_ASKED}{_ENDING})(?:이고|이며|고|며|(?<=지)(?:랑|하고|와),?|,|;| 그리고)\s+{_AND}"
    rf"(?=그 ?중|.*(?:{_ASKED}|알려|보여|\?))"
)
_UNSPACED = re.compile(
    rf"({_ASKED}{_ENDING})(?:이고|이며|고|며)(?!른)(?=.{{2,}}(?:{_ASKED}|알려|보여|있[어나음는]|\?))"
)
"""Of a question in which no word stands apart."""
_ENGLISH = re.compile(
    r"\b((?:how|who|what|which|where|when)\b.{6,}?),?\s+and\s+(?=(?:how|who|what|which|where|when)\b)", re.IGNORECASE
)
_WHO_EN = r"(?:who|whom|whose|where|when|which|what|how)\b"
_WHY_EN = re.compile(
    rf"^((?:so |ok |hey )?why\b.{{6,}}?)(?:(?:,? and| &|,|;)\s+(?={_WHO_EN})|,? (?:with|and) (?=(?:the )?owner\b))",
    re.IGNORECASE,
)
_THEN_WHY = re.compile(r"^(.{6,}?),?\s+and\s+(?=why (?:did|has|is|was|does) (?:it|they|that)\b)", re.IGNORECASE)
_WHY_KO = re.compile(
    r"^(.*왜 ?[가-힣]*[했났됐었졌갔렸])(?:고|는지|지|어|는데|어요|나요)요?(?:랑|이랑|와|하고|도)?"
    r"(?:,| 그리고| 또)?\s+"
    r"(?=.*(?:누구|누가|담당|책임|어디|언제|로그|경로|어느))"
)
_CAUSE_KO = re.compile(
    r"^(.{2,}?) ?(실패|중단|취소)(?:한|된|의)? ?(?:원인|이유|사유)(?:이랑|랑|과|와|하고|,| 및| 그리고)\s*(?=\S)"
)
_WHETHER = re.compile(
    r"^(.{6,}?),? and (?=(?:is|are|was|were|does|do|did|has|have) (?:it|that|those|they|he|she)\b)", re.IGNORECASE
)
_POINTS = re.compile(
    r"^(.{6,}?)(?:,? (?:and|&|plus) |,? ?\+ ?| ?[—–;] ?|, )"
    r"(?=(?:how|who|what|which|where|when)\b.*\b(?:it|its|them|their|they)\b)",
    re.IGNORECASE,
)
_ITS = re.compile(r"\b(?:it|its|they|their|that|this|them)\b", re.IGNORECASE)
_THAT_KO = re.compile(r"(?:그|이|저|해당|걔|얘)")
_WH = re.compile(r"(?:\w+ ){0,2}(?:how|who|what|which|where|when)\b", re.IGNORECASE)
_REQUEST = re.compile(
    r"(?:(?:함께|같이|모두|다|좀|꼭|한번) ?)*(?:알려|보여|말씀|정리|확인|회신|공유)[가-힣 ]{0,14}[.?!]*"
)
"""What only asks to be told: no question of its own."""
_ENDS = r"많은|적은|큰|작은|높은|낮은|긴|짧은|빠른|느린|무거운|가벼운|좋은|나쁜|오래된|오래 걸린|짧게 걸린|빨리 끝난"
_BOTH_ENDS = re.compile(
    rf"(\S+)(?:과|와|이랑|랑|하고|,)(?:\s+(?=(?:가장|제일|젤|맨)\s|(?:{_ENDS})(?:\s|$))|\s*(?=(?:가장|제일)[가-힣]))"
    r"|\s+and (?:the )?(?=\w+est\b)"
)
_AND_KO = r"(?:, ?|이랑 |랑 |와 |과 |하고 | 및 )"
_THOSE = r"그 ?(?:팀|모델|데이터|프로젝트|과제|학습|파이프라인|사람)[가-힣]{0,3}(?: \S|$)"
_OF_THOSE = re.compile(rf"^(.*(?:가장|제일|젤|맨|최다)\s.*?[가-힣A-Za-z]){_AND_KO} ?(?={_THOSE})")
"""Rows of another kind behind those that are ranked: "모델 제일 많은 팀이랑 그 모델들"."""
_MADE_OF = r"모델|데이터|프로젝트|과제|학습|파이프라인|산출물"
_OF_FIRST = re.compile(
    r"^(?=.*(?:많은|적은|많이|적게|평균|합계|총 |누적))(.*(?:가장|제일|젤) (?:\S+ ){1,3}?"
    rf"(팀|사람|담당자|프로젝트|과제))의 (?=(?:\S+ ){{0,2}}(?:{_MADE_OF}))"
)
"""Rows of what comes first by how many or how much it has: "f1 평균이 제일 높은 팀의 모델들"."""
_COUNT_KO = r"[가-힣A-Za-z ]{1,12}(?:수|개수|갯수|건수)"
_EACH_COUNTED = re.compile(rf"^(\S+(?:별|마다)(?:로|의)? )((?:{_COUNT_KO}{_AND_KO}){{1,2}}{_COUNT_KO})(?=$|[ ?.!])")
"""As in "팀별 프로젝트 수, 데이터셋 수, 모델 수"."""
_BETWEEN = re.compile(rf"(?<=수){_AND_KO}")
_MOST = re.compile(r"가장|제일|젤|맨 ")
_WHOSE = re.compile(r"(?:누구|누가|뉘)(?![가-힣]{2})[^,]{0,12}$")
_NAMED = re.compile(r"[A-Za-z0-9]+(?:[-_][A-Za-z0-9]+)+(?: v\d[\d.]*)?")
_BY = re.compile(r"[가-힣A-Za-z]+(?:별로?|마다) ")
_FIGURE = re.compile(r"몇 ?(?:개|명|건|번|대|가지)|얼마|평균|합계")
_OF_ALL = re.compile(r"[가-힣A-Za-z](?:별|마다)|전체|전부|모두|통틀어|그 ?중|가장|제일")
"""What is not told by the groups of the ask before."""
_BARE = re.compile(r"(?:(?:학습|훈련|실행)(?:에는|에|은|하는 ?데)? ?)?(?:언제|어디|얼마나|시간) ?[가-힣]{0,8}\??$")
_THE_SAME = re.compile(r"^(?:가장|제일|젤|맨)? ?(?:\S*[은는린된난] ?)+(\S*)")
_ONE = re.compile(r"^(?:거|것|걸|게|건|애|놈|쪽|알려|보여|뭐|좀|이름|각각|$)")
_END_ALONE = re.compile(r"\b\w+est$", re.IGNORECASE)
"""As in "smallest and largest dataset": of what is told behind the other end."""
_RANKED = re.compile(r"가장|제일|맨 처음|\w+est\b", re.IGNORECASE)
_ENDED = re.compile(rf"(?<=[?？])\s+(?=.*(?:{_ASKED}|알려|보여|\?|show|tell|list))", re.IGNORECASE)
_GOES_ON = re.compile(
    r"(?<=[고며])[,\s]+(?=그 ?중)|[,\s]+and (?=(?:how many |which )?of (?:them|those))", re.IGNORECASE
)


def asks(text: str) -> tuple[str, ...]:
    """The single questions in a clean text, at most three."""
    parts = [one for part in _ENDED.split(text) for one in _joined(part)]
    return tuple(one for part in parts[:3] for one in _gone_on(part))


def _gone_on(text: str) -> tuple[str, ...]:
    """A question that goes on about its own answer ("몇 개고 그중 …", "and of them …") as two."""
    parts = [part.strip() for part in _GOES_ON.split(text, maxsplit=1)]
    return tuple(part for part in parts if part) or ("",)


def _of_why(text: str) -> list[str]:
    """Why something is so, and what else is asked of it; [] where that is not asked first or last."""
    if match := _WHY_EN.match(text):
        later = re.sub(r"^(?:the )?owner\b", "who is the owner", text[match.end() :].strip())
        return [match.group(1).strip(), later if _ITS.search(later) or _NAMED.search(later) else f"{later} of it"]
    if match := _THEN_WHY.match(text):
        return [match.group(1).strip(), text[match.end() :].strip()]
    if match := _WHY_KO.match(text):
        return [f"{match.group(1)}어", _of_that(text[match.end() :].strip())]
    if match := _CAUSE_KO.match(text):
        return [f"{match.group(1)} 왜 {match.group(2)}했어", _of_that(text[match.end() :].strip())]
    return []


def _of_that(later: str) -> str:
    return later if _NAMED.search(later) or _THAT_KO.match(later) else f"그거 {later}"


def _several(text: str) -> list[str]:
    """Several counts of each group, or rows of what is ranked first, as questions of their own; none in any other."""
    if match := _EACH_COUNTED.search(text):
        return [f"{match.group(1)}{one.strip()}" for one in _BETWEEN.split(match.group(2))]
    if match := _OF_FIRST.search(text):
        return [match.group(1).strip(), f"그 {match.group(2)}의 {text[match.end() :].strip()}"]
    match = _OF_THOSE.search(text)
    return [match.group(1).strip(), text[match.end() :].strip()] if match else []


def _joined(text: str) -> list[str]:
    if both := _of_why(text):
        return both
    for pattern in (_KOREAN, _ENGLISH, *(() if " " in text else (_UNSPACED,))):
        if match := pattern.search(text):
            first = text[: match.end(1)].strip()
            if _REQUEST.fullmatch(text[match.end() :].strip()):
                return [first]
            return [first, *_joined(_of_it(text[match.end() :].strip(), first))]
    if several := _several(text):
        return several
    if match := _pointing(text):
        return [match.group(1).strip(), *_joined(text[match.end() :].strip())]
    if (match := _BOTH_ENDS.search(text)) and _RANKED.search(text[: match.end(1) if match.group(1) else match.start()]):
        first = text[: match.end(1)] if match.group(1) else text[: match.start()]
        if not match.group(1) and _END_ALONE.search(first):
            first = f"{first} {text[match.end() :].partition(' ')[2]}"
        return [first.strip(), *_joined(_other_end(first, text[match.end() :].strip()))]
    return [text]


def _pointing(text: str) -> re.Match[str] | None:
    """Where a second question points to the rows of the first: "…, and is that project still active"."""
    if (match := _WHETHER.search(text)) and _WH.match(text):
        return match
    match = _POINTS.search(text)
    return match if match and _RANKED.search(match.group(1)) else None


def _of_it(later: str, first: str) -> str:
    """ "누구 거야" behind "실패한 거 몇 개고", "언제 만들었어" behind a ranked one: of what the first is about.

    "모델은 몇 개야" behind "팀별 프로젝트는 몇 개고" is told by team, too.
    """
    if (by := _BY.match(first)) and _FIGURE.search(later) and not _OF_ALL.search(later):
        return f"{by.group()}{later}"
    if (name := _NAMED.search(first)) and _BARE.match(later) and not _RANKED.search(first):
        return f"{name.group()} {later}"
    is_bare = _WHOSE.match(later) or (_RANKED.search(first) and _BARE.match(later))
    return f"그거 {later}" if is_bare else later


def _other_end(first: str, other: str) -> str:
    """ "제일 적은 것" behind "샘플 수가 제일 많은 데이터셋과": of the same rows, by the same measure."""
    most = _MOST.search(first)
    noun = _THE_SAME.match(other)
    if most is None or noun is None or not (_ONE.match(noun.group(1)) or noun.group(1)[:2] in first):
        return other
    said = other if _MOST.match(other) else f"{most.group()} {other}"
    whose = first.split()[-1] if _ONE.match(noun.group(1)) and not _ONE.match(first.split()[-1]) else ""
    return f"{first[: most.start()]}{_named(said, whose)}"


def _named(other: str, noun: str) -> str:
    return (
        re.sub(r"(?<=[은는린된난]) ?(?:거|것|걸|게|건)(?=[은는이가을를도만]?(?: |$|[?.!]))", f" {noun}", other, count=1)
        if noun
        else other
    )


def carried_on(first: Reading | None, later: Reading) -> Reading:
    """A later ask that names nothing itself, about the rows of the first: "모델이 몇 개고 평균 F1은 얼마야"."""
    if first is None or first.query is None or later.query is None or later.intent != "query":
        return later
    counted = first.query.measure == "count" and later.query.measure in ("avg", "sum", "min", "max")
    if counted and (later.query.head, later.query.filters) == (first.query.head, first.query.filters):
        return replace(later, query=replace(later.query, tallied=not later.query.groups))
    same = later.query.head == first.query.head and not later.query.filters and not later.query.groups
    says = later.query.measure != "rows" or later.query.columns or later.query.order
    if not same or not says or first.query.groups:
        return later
    carried = replace(later.query, filters=first.query.filters, present=first.query.present)
    both = first.query.measure == "count" and carried.measure in ("avg", "sum", "min", "max")
    return replace(later, query=replace(carried, tallied=both))
