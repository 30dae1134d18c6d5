"""Tells requests to change something from questions: the bot only reads."""

import re
from functools import cache

from rapidfuzz.distance import OSA

from agent.offline.words.grammar import words
from db.hangul import keys

_KOREAN_NOUNS = (
    "삭제|제거|추가|수정|변경|업데이트|갱신|중단|중지|정지|취소|종료|실행|재실행|재시작|배포|승격|초기화|교체|이동|리셋|"
    "드랍|드롭|등록|생성|저장|재학습|롤백|폐기|복구"
)
_ASKED = r"(?:줘|주|라|버려|봐|놔|둬|달|요|도\s|$|[.!?~])"
_KOREAN = re.compile(
    rf"(?:{_KOREAN_NOUNS})\s?(?:좀\s?|한번\s?|빨리\s?|다\s?)?(?:해|시켜|하세|해라|하자|할래|하고\s싶)\s?{_ASKED}|(?:{_KOREAN_NOUNS})\s?(?:해|시켜)\s"
    rf"|(?<![가-힣])(?:{_KOREAN_NOUNS})(?:을|를)?\s?(?:좀\s?|꼭\s?|빨리\s?)?(?:부탁(?!했|한|받|하신)|요청(?=드|합)|바랍|바람|원합)"
    rf"|(?:지워|비워|멈춰|바꿔|고쳐|없애|날려|넣어|끝내|늘려|줄여|돌려|굴려|옮겨|띄워|띄우자)\s?(?:줘|주|라|버려|봐|놔|둬|달|도(?!\s?(?:되|돼|될|됨|괜찮|무방|상관))|$|[.!?~])"
    r"|(?:꺼|끄)\s?(?:줘|주세|주라|버려|놔|둬)"
    rf"|(?:[가-힣](?<!순)(?<!순서)(?<!순으)으?로|[a-zA-Z]\s?으?로|에서)\s?(?:올려|내려|전환해|승격시켜)\s?(?:줘|주|라|버려|놔|달)"
    rf"|(?:새|신규)\s?\S*\s?\S*\s만들어\s?줘"
)
_ENGLISH = re.compile(
    r"^(?:please |can you |could you |would you |hey,? |now |just |then )*"
    r"(?:delete|drop|remove|update|insert|create|add|stop|kill|restart|rerun|retrain|deploy|promote|rename|change|set|"
    r"archive|cancel|truncate|alter|grant|erase|wipe|start|pause|resume|modify|edit|move|abort|revert|"
    r"terminate|shut down|turn (?:on|off)|switch (?:on|off)|spin (?:up|down)|scale (?:up|down)|roll back|fire up|"
    r"kick off|launch(?! date))\b"
    r"(?! ?(?:된|되|됐|했|중))"
    r"(?! (?:notes?|dates?|times?|stages?|status|logs?|history|at)(?![a-z]))",
    re.IGNORECASE,
)
_DEED = re.compile(
    r"(?<![가-힣])([가-힣]{2,3}?) ?(?:좀 ?)?(?:해|시켜|시켲|하여) ?(?:줘|주세요|주실|주라|주시|달라|주십)"
)
"""A request for a deed: 삭지해 주실 수 있을까요."""
_TOLD = 5
"""Keys of a word that is known with one of them slipped."""
_SQL = re.compile(
    r"\b(?:drop\s+table|delete\s+from|insert\s+into|update\s+\w+\s+set|alter\s+table|truncate\s+table|attach\s+database"
    r"|create\s+table|pragma\s+\w+)\b",
    re.IGNORECASE,
)


def asks_to_write(text: str) -> bool:
    """Whether a clean question asks to change data or to act on a system, one slipped key in the deed aside."""
    if any(pattern.search(text) for pattern in (_KOREAN, _ENGLISH, _SQL)):
        return True
    return any(_is_near(deed.group(1)) for deed in _DEED.finditer(text))


@cache
def _deeds() -> frozenset[str]:
    return frozenset(keys(noun) for noun in _KOREAN_NOUNS.split("|"))


@cache
def _is_near(noun: str) -> bool:
    """Whether it is the name of a deed, but for one key, and no word of a question such as 정리."""
    if noun in words():
        return False
    return any(OSA.distance(keys(noun), deed) <= 1 for deed in _deeds() if len(deed) >= _TOLD)
