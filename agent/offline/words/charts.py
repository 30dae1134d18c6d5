"""Words that ask for a chart, taken out of a question: what is left is what the chart is to show."""

import re
from dataclasses import dataclass
from typing import Final

from agent.chart import ChartKind
from agent.offline.words.normalise import LONGEST_QUESTION
from db.hangul import norm

_MEASURES: Final = r"(?:정밀도|프리시전|precision)(?:[-–·/, ]|와 |과 |랑 |하고 | and )*(?:재현율|리콜|recall)"
_PLANE: Final = rf"피알|PR|{_MEASURES}"
_KO_KIND: Final = (
    r"묶은 ?막대|그룹 ?막대|막대|바|꺾은 ?선|선|라인|산점|간트|타임라인|분산|bar|line|gantt"
    rf"|{_PLANE}"
)  # fmt: skip
_KO_NOUN: Final = (
    rf"(?:(?:{_KO_KIND}) ?)?(?:그래프|그레프|차트|챠트|도표|플롯)|(?:{_PLANE}) ?평면"
    "|산점도|산포도|간트|막대(?=로)|시각화"
)  # fmt: skip
_KO_EDGE: Final = r"(?<![가-힣A-Za-z0-9_-])"
_KO_VERB: Final = (
    "보여|그려|그릴|만들|뽑아|표시|나타내|나타낼|바꿔|볼 ?수|보고 ?싶|부탁|줘|주세요|해 ?줘|해 ?주|해 ?봐|가능"
)
_KOREAN: Final = re.compile(
    rf"{_KO_EDGE}(?P<kind>{_KO_NOUN})"
    r"(?:(?:으로|로)(?:도|만|는|요|써)?(?![가-힣])"
    rf"|(?:를|을|도|좀|만| 하나| 좀)*(?= ?(?:{_KO_VERB})|[?!. ]*$))",
    re.IGNORECASE,
)
_KO_DRAW: Final = re.compile(
    r"(?<![가-힣])(?:그려 ?(?:줘|주세요|줄래|주라|봐|달라)(?:요|고)?|그릴 ?수 ?있(?:어|나요|을까)(?:요)?"
    r"|그려(?=[?!. ]*$)|시각화 ?(?:해 ?(?:줘|주세요|봐)(?:요)?)?)(?![가-힣])"
)
_KO_TREND: Final = re.compile(rf"{_KO_EDGE}(?:의 ?)?(?:추이|추세|트렌드)(?:를|을|가|는|은|도|로)?(?= |[?!.]|$)")
_KO_NOT: Final = re.compile(
    rf"(?:{_KO_NOUN})(?:를|을|은|는)? ?(?:말고|없이|빼고|대신|필요 ?없|아니|하지 ?마|그리지)", re.IGNORECASE
)
_KO_FILLER: Final = re.compile(
    "(?:이|그|저|위|방금|아까|앞|지금|이번|다시|한번|한|번|좀|더|혹시|그럼|그러면|그냥|같은|전체|모두|다|응|네|예|오|음|자|그래|그거|이거|저거"
    "|그것|이것|그걸|이걸|결과|답|답변|내용|표|데이터|숫자|값|수치|거|것|걸|건|위에|위의|방금의|아까의)"
    "(?:를|을|은|는|도|로|에서|의|들|만|엔|에는)*"
    "|[ㄱ-ㅎㅏ-ㅣ^;…]+"
    "|(?:보여|그려|만들어|바꿔|변경|비교|표시|나타내|정리|뽑아|보고|볼|수|싶|있|해|줘|주|부탁|가능|알려|원해|봐)[가-힣]*"
)
_EN_KIND: Final = (
    "grouped bar|stacked bar|bar|column|line|scatter|gantt|timeline|pr|precision[- ](?:and[- ])?recall"
    "|trend|xy|simple|nice"
)  # fmt: skip
_EN_NOUN: Final = (
    rf"(?:(?:{_EN_KIND})[- ])?(?:chart|graph|plot|diagram)s?"
    "|scatterplot|gantt|bars|visuali[sz]ation"
)  # fmt: skip
_ENGLISH: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?:as|in|into|on|with|using)\s+(?:an?\s+|the\s+)?(?P<kind>{_EN_NOUN})\b(?![-_\w])",
        r"\b(?:draw|make|show|give|create|get|build|want|need|render|display|see)\s+(?:me\s+|us\s+)?(?:an?\s+|the\s+)?"
        rf"(?P<kind>{_EN_NOUN})\b(?:\s+(?:of|for|with|showing|about)\b)?",
        rf"^(?:an?\s+|the\s+)?(?P<kind>{_EN_NOUN})\b(?:\s+(?:of|for|with|showing)\b|(?=\s*(?:please)?[?!. ]*$))",
        r"(?:^|\b(?:please|can you|could you|and|then|to|now|let's)\s+)(?P<kind>plot|chart|graph|visuali[sz]e|draw)"
        r"(?:\s+out)?(?=\s)(?!.*[가-힣]{2})",
        rf"\b(?P<kind>{_EN_NOUN})(?=\s*(?:please)?[?!. ]*$)",
    )
)
_EN_TREND: Final = re.compile(r"\b(?:the\s+|a\s+)?trends?\s+(?:of|in|for)\b|\bover\s+time\s+trends?\b", re.IGNORECASE)
_EN_NOT: Final = re.compile(
    r"\b(?:no|not|without|instead of|rather than)\s+(?:an?\s+|the\s+|as\s+an?\s+)?(?:[a-z]+\s+)?(?:chart|graph|plot)",
    re.IGNORECASE,
)
_EN_FILLER: Final = re.compile(
    r"it|its|that|this|them|those|these|the|an?|me|us|please|can|could|you|i|would|like|want|to|show|see|now|again|"
    r"results?|answers?|data|same|instead|just|ok|okay|also|and|then|of|for|rows?|numbers?|values?|with|make|draw|give|"
    r"as|in|on|previous|last|above|all|let|let's|turn|into|here|one|table|thing|do|be|plot|chart|graph",
    re.IGNORECASE,
)
_KINDS: Final[tuple[tuple[str, ChartKind], ...]] = (
    (r"precision|정밀도|피알|\bpr\b", "precision_recall"),
    (r"산점|산포|분산|scatter|\bxy\b", "scatter"),
    (r"간트|gantt|타임라인|timeline", "gantt"),
    (r"막대|바 ?(?:그래프|차트)|\bbars?\b|column", "bar"),
    (r"선 ?(?:그래프|차트)|라인|\bline\b|trend|곡선", "line"),
)


_MEASURED: Final = re.compile(_MEASURES, re.IGNORECASE)
_SENTENCE: Final = re.compile(r"(?<=[?!.])\s+")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A chart that is asked for; `kind` where it was said. `rest` is the question without the words for it.

    `is_alone`: nothing is left, so that what stands in the thread is meant. A
    trend may be told without a chart: then `is_asked` is false.
    """

    kind: ChartKind | None
    rest: str
    is_alone: bool
    is_asked: bool = True


def wanted(text: str) -> Wanted | None:
    """What a question, as it was typed, says of a chart; None where it says nothing of one."""
    text = norm(text[:LONGEST_QUESTION])
    if _KO_NOT.search(text) or _EN_NOT.search(text):
        return None
    said: list[str] = []

    def take(found: re.Match[str]) -> str:
        said.append(found["kind"])
        measures = _MEASURED.search(found["kind"])
        return f" {measures.group()} " if measures else " "

    rest = _KOREAN.sub(take, text)
    for pattern in _ENGLISH:
        rest = pattern.sub(take, rest)
    if drawn := _KO_DRAW.search(rest):
        said.append(drawn.group())
        rest = _KO_DRAW.sub(" ", rest)
    trend = _KO_TREND.search(rest) or _EN_TREND.search(rest)
    plain = _squeezed(_EN_TREND.sub(" ", _KO_TREND.sub(" ", rest)))
    is_alone = _is_filler(_MEASURED.sub(" ", plain) if said else plain)
    if not said and (trend is None or is_alone):
        return None
    kind = _kind(" ".join(said)) or ("line" if trend else None)
    return Wanted(kind, plain if is_alone else _telling(plain), is_alone, is_asked=bool(said))


def _kind(said: str) -> ChartKind | None:
    return next((kind for pattern, kind in _KINDS if re.search(pattern, said, re.IGNORECASE)), None)


def _squeezed(text: str) -> str:
    return re.sub(r"\s+([?!.,])", r"\1", " ".join(text.split())).strip(" ,")


def _telling(text: str) -> str:
    """Without the sentences that say nothing once the chart is taken out of them: "… per team? Show it"."""
    return " ".join(sentence for sentence in _SENTENCE.split(text) if not _is_filler(sentence))


def _is_filler(text: str) -> bool:
    bare = (word.strip("?!.,~:;\"'") for word in text.split())
    return all(not word or _KO_FILLER.fullmatch(word) or _EN_FILLER.fullmatch(word) for word in bare)
