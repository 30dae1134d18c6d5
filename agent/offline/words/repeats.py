"""The words by which people ask of what happens again and again, in both languages."""

import re
from functools import lru_cache
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from agent.offline.words.mending.slips import undone
from db.hangul import keys

_I: Final = re.IGNORECASE
RERUN: Final = re.compile(
    r"다시 ?(?:한 ?번 ?)?(?:돌[리려릴]|실행|시작|학습|시도|걸[어면])|재(?:실행|시도|학습|시작|가동)|리트라이|리런|"
    r"\b(?:re-?(?:run|try|start|train|launch)|(?:run|try|start|launch|kick)\b.{0,12}\bagain)\b|"
    r"\b(?:can|could|should|may|shall) (?:we|i|you) (?:just |simply |safely )?"
    r"(?:run|try|start|launch)\b(?: (?:it|this|that))?$",
    _I,
)
AFFECTED: Final = re.compile(
    r"영향 ?(?:을 ?)?[가-힣]*|타격[가-힣]*|\b(?:affect\w*|impact\w*|depend\w*|downstream)\b", _I
)
SINCE: Final = re.compile(
    r"언제 ?부터|연속(?:으로|해서)?|연달아|내리|\b(?:in a row|consecutive(?:ly)?|straight)\b|\bsince when\b|"
    r"\bhow long has (?:it|this) been\b|"
    r"\bwhen did (?:it|this) (?:start|begin)\b (?=\w+ing\b)",
    _I,
)
USUAL: Final = re.compile(r"보통|평소에?|대체로|\b(?:usual(?:ly)?|typical(?:ly)?|normal(?:ly)?)\b", _I)
TIMES: Final = re.compile(
    r"몇 ?번 ?째|몇 ?(?:번|차례|회)(?:이?나)?|\b(?:how many times|how often|which (?:failure|attempt|time))\b", _I
)
NTH: Final = re.compile(r"번 ?째|\bwhich\b", _I)
FIRST: Final = re.compile(r"처음|첫 ?번째|\b(?:the )?first (?:time|failure|one)\b|\bnew problem\b", _I)
PREVIOUS: Final = re.compile(
    r"(?:(?:지난|저|전) ?번|지난 ?(?:실행|학습|런|거)|직전|바로 ?(?:전|앞)|이전 ?(?:실행|학습|런|거|건|"
    r"회차)) ?(?:엔|에[는도]?|[은는도의](?![가-힣]))?|"
    r"\b(?:last time|(?:the )?previous(?:ly)?(?: (?:run|one|time|attempt))?|the (?:run|time|one) before|"
    r"(?:the )?(?:last|prior|earlier) (?:run|attempt|one))\b",
    _I,
)
BEFORE: Final = re.compile(
    r"(?:이전|예전|전|옛날)에[도는]?|(?<=[한된은던린]) ?적|[가-힣]+ 적(?= ?이? ?(?:있|없))|원래[는도]?|"
    r"\b(?:before|ever|previously|in the past|already)\b",
    _I,
)
NEWEST: Final = re.compile(
    r"마지막(?:으로|에)?|가장 ?최근|제일 ?최근|최근에?|\b(?:last|latest|most recent(?:ly)?)\b", _I
)
OTHER: Final = re.compile(
    r"다른|딴|또(?: 다른)?|말고[도는]?|그 ?외(?:에[도는]?)?|이외에?[도는]?|나머지|"
    r"\b(?:(?:any|some)thing else|(?:what|who) else|other(?:s| ones?)?|else|another|besides (?:this|it|that)|"
    r"any(?: more)?(?= failures?\b)|more)\b",
    _I,
)
THIS: Final = re.compile(
    r"(?<![가-힣])(?:이거|이것|그거|그것|얘|걔|이|그|해당|같은|동일한?)(?![가-힣]{3})|\b(?:this|that|the same|"
    r"same|it|its)\b",
    _I,
)
POINTS: Final = re.compile(
    r"(?<![가-힣])(?:그(?:거|건|게|것|걸|분|들|때|중|럼|러면|쪽)?|걔[가-힣]?|쟤[가-힣]?|저거|거기|방금|아까|해당|위|둘|나머지)(?![가-힣]{3})|"
    r"[첫두세네] ?번 ?째|마지막 ?거|중에|"
    r"\b(?:that|those|them|they|their|theirs|he|she|his|her|him|then|so|latter|former|these|one|ones|"
    r"first|second|third)\b",
    _I,
)
"""Words that point into what was answered before."""
IT: Final = re.compile(r"\b(?:it|its)\b", _I)
ASKS: Final = re.compile(
    r"(?:[어아지나까니야냐요죠줘]|습니까|ㅂ니까)[?!~. ㅠㅜㅋㅎ]*$|"
    r"\b(?:is|are|was|were|did|does|do|has|have|can|could|why|how|what|which|who|when|where|show|list|tell)\b",
    _I,
)
"""What makes more of a question than a word thrown in: "로그는?" is none, "로그 어디 있어?" is one."""
LASTED: Final = re.compile(
    r"얼마나 ?(?:오래 ?)?(?:돌|걸|실행|학습|갔|진행|버티|버텼)[가-힣]*|얼마 ?만에|몇 ?(?:시간|분)(?: ?(?:동안|"
    r"만에|이?나|정도|쯤))?"
    r"(?: ?(?:돌|걸|실행|학습)[가-힣]*)?|\bhow (?:long|many (?:hours|minutes)|far)\b(?: (?:did|has|was) (?:it|"
    r"this)\b)?"
    r"(?: (?:run|take|last|go|running|in)\b)*(?: for\b)?",
    _I,
)
WORKED: Final = re.compile(
    r"(?:잘|제대로|멀쩡히) ?[가-힣]+|괜찮[가-힣]*|[잘멀]쩡[가-힣]*|돌았[가-힣]*|나왔[가-힣]*|정상[가-힣]*|"
    r"\b(?:work(?:ed|s|ing)?|ok(?:ay)?|fine|go(?:es)? (?:well|through)|went (?:well|through|fine)|pass(?:ed)?|"
    r"all right)\b",
    _I,
)
TALK: Final = re.compile(
    r"그럼|그러면|실행[가-힣]*|작업[가-힣]*|기록[가-힣]*|혹시|근데|그런데|있[가-힣]*|없[가-힣]*|거[는도야임]*|"
    r"건[가-힣]?|것[도은]?|쓰는|쓴|쓰던|돌린|돌던|에서|중에|"
    r"인[가데지]*|될까[요]?|돼[요]?|되나[요]?|되려나|남[가-힣]*|나[왔온오][가-힣]*|생[겼긴][가-힣]*|"
    r"좋을까[요]?|볼까[요]?|해도|면|줘|어[때땠][가-힣]*|있음|"
    r"\b(?:so|then|and|hey|is|are|was|were|did|do|does|has|have|had|been|be|there|any|the|a|an|of|on|in|to|"
    r"with|by|for|"
    r"what|which|who|when|one|ones|runs?|time|times|also|just|can|i|we|you|should|could|would|if|now|please|go|"
    r"get|got|"
    r"happened?|use[sd]?|using|from|that|this|it|its|at|me|show|list|recent(?:ly)?|way|back|thing|things|left|"
    r"remain\w*|registered|saved|come|came|out|still|yet|somewhere|pls|please|path|kind)\b",
    _I,
)
WHY: Final = re.compile(
    r"왜[가-힣]*|어쩌다[가-힣]*|원인[가-힣]*|이유[가-힣]*|무슨 ?일[가-힣]*|어떻게 ?된[가-힣]*|"
    r"\b(?:why|how come|(?:root )?cause|reason|what(?:'?s| has| is)? (?:went wrong|gone wrong|wrong|happened|"
    r"the matter))\b",
    _I,
)
WHO: Final = re.compile(r"누가|누구|누군|어느|어떤|\b(?:who|which)\b", _I)
WHEN: Final = re.compile(r"언제|며칠|몇 ?시(?!간)|\bwhen\b", _I)
ANY: Final = re.compile("")
EACH: Final = re.compile(r"전체|전부|모두|모든|전사|\b(?:(?<!at )all|every|overall|entire)\b", _I)
DESCRIBES: Final = r"{0} ?(?:한|된|했던|됐던|이었던)|{0}(?<=[한된은던린]) |\b(?:that|which|to) (?:\w+ )?{0}|"
r"\b(?:last|latest|recent) {0}|{0} (?:run|one|time)"
FAILURES: Final = re.compile(r"실패|장애|에러|오류|\b(?:failures?|errors?|incidents?|problems?|alerts?)\b", _I)
_WORDS: Final = """
지난번 저번 언제 언제부터 직전 이전 마지막 최근 원인 이유 처음 영향 다시 다른 번째 누가 얼마나 체크포인트 그건 이거 왜
reason cause happened wrong before previous last first affected again rerun retry failed failure fail since other else
time times succeeded worked work checkpoint
"""
_SPELT: Final = frozenset(_WORDS.split())
"""What such questions are known by, as it is spelt; a word one slip away from one of these is taken for it."""
_STRUCK: Final = tuple(keys(word) for word in _SPELT)
_SHORTEST: Final = 2


def respelt(text: str) -> str:
    """The text with slips in those words undone; the same text where there are none."""
    return " ".join(_spelt(word) for word in text.split(" "))


@lru_cache(maxsize=1024)
def _spelt(word: str) -> str:
    """The word, or what it begins with: behind it may stand particles or a question mark."""
    ends = range(len(word), _SHORTEST - 1, -1)
    if any(word[:end].lower() in _SPELT for end in ends):
        return word
    for end in ends:
        head = word[:end].lower()
        if not head.isalpha() or not _is_near(head):
            continue
        if (meant := next((one for one, _ in undone(head) if one in _SPELT), None)) is not None:
            return meant + word[end:]
    return word


def _is_near(head: str) -> bool:
    """Whether any of those words is one key away: a quick look, for most words are near to none."""
    return process.extractOne(keys(head), _STRUCK, scorer=OSA.distance, score_cutoff=1) is not None
