"""Reads "내", "my" and "우리 팀" as the person who asks: their name, or their team's, stands in the question then."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeAlias

from agent.language import language_of
from agent.offline.words.lexicon import Lexicon
from db.catalog.people import Asking, Person
from db.catalog.values import fold
from db.hangul import josa

_EDGE: Final = r"(?<![\w'’-])"
_SPANS: Final = (
    "시간",
    "일",
    "주",
    "주일",
    "달",
    "월",
    "개월",
    "년",
    "분",
    "초",
    "기간",
    "기한",
    "범위",
    "h",
    "일주일",
)
_WITHIN: Final = "".join(f"(?<!{span} )" for span in _SPANS)
"""As in "24시간 내 실패한": 내 is "within" there."""
_NOT_MINE: Final = r"(?!(?:말|생각|기억|의견|질문|추측|느낌|경험|입장|눈|앞|뒤|옆)(?:은|이|으로|에|로|엔|\s|$))(?!\d)"
_MADE: Final = (
    r"(?:만든|만들|학습|훈련|돌린|돌리|돌렸|돌려|실행|올린|올렸|올려|등록|담당|맡|소유|생성|작성|개발|배포|시작|진행|"
    r"가진|갖고|가지고|쓴|썼|쓰고|사용한|사용했|사용하고|한\s|했|하고\s?있|띄운|띄웠|관리)"
)
_SOME: Final = r"(?:(?!\S*(?:[^많같\s]이|가|은|는|을|를)\s)\S+\s+){0,3}?"
_VERBS: Final = (
    r"(?:made|created|built|trained|ran|run|own|owned|registered|uploaded|started|launched|wrote|manage|managed|"
    r"deployed|used|use|developed)"
)
_DID: Final = r"(?:make|create|build|train|run|register|upload|start|launch|write|deploy|use|develop|own|manage)"
_MAY: Final = "".join(
    f"(?<!{word} )" for word in ("can", "should", "could", "may", "must", "shall", "would", "will", "do", "if")
)
_NOT_MY: Final = r"(?!(?:question|bad|god|guess|boss|phone|screen|opinion|knowledge|mind|point|apologies|eyes)\b)"

Said: TypeAlias = Callable[[str], str]

_TEAMS: Final[tuple[tuple[re.Pattern[str], Said], ...]] = (
    (re.compile(rf"{_EDGE}(?:내|제|나의|저의)\s?팀원"), lambda team: f"{team} 팀원"),
    (re.compile(rf"{_EDGE}(?:우리|저희|내|제|나의|저의)\s?(?:팀|부서)(?![원들장])"), lambda team: team),
    (
        re.compile(
            r"\b(?:my\s+(?:own\s+)?(?:team|squad|department)|our\s+(?:own\s+)?team(?!\s*(?:members|mates)))\b", re.I
        ),
        lambda team: team,
    ),
)
_PERSONS: Final[tuple[tuple[re.Pattern[str], Said], ...]] = (
    (re.compile(rf"{_EDGE}(?:내가|제가|나는|저는)(?=\s+{_SOME}{_MADE})"), lambda name: josa(name, "이/가")),
    (re.compile(rf"{_EDGE}(?:내가|제가|나는|저는|난|나|저)(?=\s+누구)"), lambda name: name),
    (
        re.compile(rf"{_EDGE}(?:나|저)(?:한테|에게|께)(?=\s+{_SOME}(?:배정|할당|맡겨|속한|속해|주어진|달린|연결))"),
        lambda name: f"{name}에게",
    ),
    (re.compile(rf"{_EDGE}(?:내\s?[꺼것거]|제\s[꺼것거]|제꺼|[나저]의\s?것)(?=\s|\?|$|중|만|는|은)"), "{}의 것".format),
    (re.compile(rf"{_EDGE}{_WITHIN}(?:내|제|나의|저의)(?=\s+{_NOT_MINE})"), "{}의".format),
    (re.compile(r"\bwho\s+am\s+i\b", re.I), "who is {}".format),
    (re.compile(r"(?<=\bof )mine\b|\bmine\b", re.I), "{}'s".format),
    (re.compile(rf"\bmy(?:\s+own)?\b(?=\s+{_NOT_MY}\w)", re.I), "{}'s".format),
    (re.compile(r"(?<=\bby )(?:me|myself)\b|(?<=\bof )me\b|(?<=\bto )me\b(?<=(?:g|s|d) to me)", re.I), "{}".format),
    (re.compile(r"\bI(?:\s+am|['’]m)(?=\s+(?:responsible|in\s+charge))", re.I), "{} is".format),
    (re.compile(rf"{_MAY}\bI(?:['’]ve)?(?=\s+(?:have\s+|had\s+|ever\s+)*{_VERBS}\b)", re.I), "{}".format),
    (re.compile(rf"(?<=\bdid )I(?=\s+{_DID}\b)", re.I), "{}".format),
    (re.compile(r"(?<=\bdo )I(?=\s+(?:have|own|manage|run)\b(?!\s+to\b))", re.I), "{}".format),
)


@dataclass(frozen=True, slots=True)
class Spoken:
    """A question with the asker's name in the place of "my"; `word` is one whose meaning nobody can tell, "" if none.

    `lacks_team`: the asker is known, whose team they are of is not.
    """

    text: str
    word: str = ""
    lacks_team: bool = False


def spoken(text: str, asking: Asking, lexicon: Lexicon) -> Spoken:
    """The question as somebody else would ask it. Where the catalogue knows no people it stays as it is."""
    if asking is None:
        return Spoken(text)
    me = asking if isinstance(asking, Person) and _is_seen(asking, lexicon) else None
    team = None if me is None or me.team is None else str(me.team[1])
    said = _apart(text, lexicon)
    for patterns, name in ((_TEAMS, team), (_PERSONS, None if me is None else me.name)):
        for pattern, put in patterns:
            if (found := pattern.search(said)) is None:
                continue
            if name is None:
                return Spoken(text, found[0].strip(), lacks_team=me is not None)
            said = pattern.sub(_put(put, name), said)
            if language_of(said) != language_of(text):  # a name is a word of its own language
                said = said.replace(name, f"the {name}", 1)
    return Spoken(said)


def _put(said: Said, name: str) -> Callable[[re.Match[str]], str]:
    text = said(name)
    return lambda _: text


def _is_seen(me: Person, lexicon: Lexicon) -> bool:
    """Whether the engine can read their name: not where it stands in rows that the asker is not shown."""
    return any(value.ref == me.named for value in lexicon.values_at(fold(me.name)))


def _apart(text: str, lexicon: Lexicon) -> str:
    """ "내프로젝트" as two words; "내역" is one."""
    words = tuple(word for table in lexicon.layer.tables for word in (table.label.ko, *table.synonyms) if len(word) > 1)

    def parted(found: re.Match[str]) -> str:
        return f"{found[1]} {found[2]}" if found[2].startswith(words) else found[0]

    return re.sub(rf"{_EDGE}{_WITHIN}(내|제)([가-힣]\S*)", parted, text)
