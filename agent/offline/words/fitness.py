"""Parts a question whether something fits a purpose into what it is about and the asking: 써도 될까, ok for."""

import re
from typing import Final

_PUT = (
    r"(?:써|쓰|쓸|사용|활용|적용|투입|올려|올리|올릴|내보내|내보낼|배포|돌려|돌리|돌릴|서빙|승격|운영|도입|탑재|전환"
    r"|보내|보낼|넣어|넣을)"
    r"(?:해|하|할|시켜|시키|시킬|되|될)?"
)
_MAY = r"(?:되|돼|될|됨|됩|괜찮|문제 ?없|무리 ?없|무방|상관 ?없|안전)"
_CAN = r"(?:적합|괜찮|알맞|적당|충분|무리|문제|안전|좋|나쁘|어려)"
_KOREAN: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_PUT}(?:도|두) ?{_MAY}[가-힣]*(?: ?만 ?한)?(?: ?(?:건지|건가|거야|걸까|지|까|나)[가-힣]*)?",
        rf"{_PUT}(?:기에는|기에|기엔|기) ?{_CAN}[가-힣]*(?: ?(?:없|있|않)[가-힣]*)?",
        rf"{_PUT}(?:면) ?{_MAY}[가-힣]*",
        rf"{_PUT} ?(?:만 ?한(?:가요?|지)?|만 ?해[가-힣]*|수 ?있[가-힣]*)",
        r"(?<=에 )(?:적합|알맞|적당|충분|괜찮)[가-힣]*|(?<=로 )(?:적합|알맞|적당|충분|괜찮)[가-힣]*",
        r"(?<=용으로 )(?:어때|어떨까)[가-힣]*",
    )
)
_NOUN: Final = re.compile(
    r"(\S) ?(?:서비스|용도|작업|환경|시스템|애플리케이션|업무|목적|검사|장비)(?:에서는?|에는?|으로는?|용으로|용)(?= |$)"
)
"""What only says that the word before it is a purpose: 실시간 서비스에."""
_TO: Final = r"(?:for use in|for use on|for the|for|in|into|on|onto|to|at|as)"
_DO: Final = r"(?:safely )?(?:use|deploy|run|put|ship|serve|take|bring|move|promote|push|release|roll out|send)"
_FIT: Final = (
    r"(?:really |actually |already |also |even )?(?:ok|okay|fine|good|good enough"
    r"|fast enough|small enough|light enough|fit|suitable"
    r"|suited|ready|safe|usable|appropriate|recommended|meant|all right|alright|viable|any good|up)"
)
_ENGLISH: Final = tuple(
    (re.compile(pattern, re.IGNORECASE), left)
    for pattern, left in (
        (rf"^(?:can|could|may|should|would|shall) (?:i|we|you|one|they) {_DO} (.+) {_TO} (.+)$", r"\1 for \2"),
        (rf"^(?:is|would|will) it (?:be )?(?:{_FIT}|a good idea|wise) to {_DO} (.+) {_TO} (.+)$", r"\1 for \2"),
        (
            rf"^(?:is|are|would|will) (?!it\b|there\b)(.+?)(?: be)? {_FIT}"
            rf"(?: to (?:use|run|deploy|go|put|be used))? {_TO} (.+)$",
            r"\1 for \2",
        ),
        (
            r"^(?:can|could|would|will|does|should|may) (?!i\b|we\b|you\b)(.+?) "
            r"(?:be used|be deployed|be promoted|be moved|be put|be run|be ok|be fine"
            rf"|work|run|do|go|suit|fit|handle|cope with)(?: well)?(?: {_TO})? (.+)$",
            r"\1 for \2",
        ),
        (
            r"^which (.+?) (?:could|can|should|may|might) "
            r"(?:go|be in|be promoted|be moved|be deployed|be put|be shipped|move|ship"
            rf"|get promoted|i use|we use|i deploy|we deploy|i promote|we promote)(?: {_TO})? (.+)$",
            r"which \1 for \2",
        ),
        (
            rf"^which (.+?) (?:is|are) {_FIT}(?: to (?:go|move|be deployed|be promoted|be put|ship))? {_TO} (.+)$",
            r"which \1 for \2",
        ),
    )
)
_USE: Final = re.compile(
    r"\b((?:for|to|in) .+?) (?:use|usage|uses|purposes?|services?|work|workloads?"
    r"|inference|applications?|inspection|devices?)$",
    re.IGNORECASE,
)
_ENDS: Final = re.compile(r"[\s?!.,]+$")
_SEE_NOTE: Final = re.compile(
    r"(?<=[?？.!,]) *(?:(?:배포 ?)?(?:노트|메모)(?:를|을|도|에서|에|부터)? ?(?:좀 |한번 |먼저 )?"
    r"(?:확인|체크|참고|봐|보고|찾아|읽)[가-힣 ]{0,10}|(?:please |pls )?(?:check|see|look at|read) (?:the|its) "
    r"(?:deploy(?:ment)? )?notes?(?:,? (?:please|pls))?)[\s?!.]*$",
    re.IGNORECASE,
)
"""Where the answer is to be found, as in "써도 돼? 노트 확인해줘": its note is told anyway."""
_TOWARDS: Final = re.compile(r"(?:에서는|에서도|에서|에는|에도|에|용으로|으로|로|용)$")
_BOUND: Final = re.compile(r"[은는을를도의]$|[-_\d]")
_FOR: Final = re.compile(r"^(.+) for (?:the |a |an |our )?(.+)$")


def without_asking(text: str) -> tuple[str, ...]:
    """The texts that are left of such a question, the barest first; () of any other."""
    bare = _ENDS.sub("", _SEE_NOTE.sub("", text))
    left = next((said for pattern, rest in _ENGLISH if (said := pattern.sub(rest, bare)) != bare), "")
    if left:
        return tuple(dict.fromkeys((_USE.sub(r"\1", left), left)))
    match = next((found for pattern in _KOREAN if (found := pattern.search(bare))), None)
    if match is None:
        return ()
    left = " ".join(f"{bare[: match.start()]} {bare[match.end() :]}".split())
    return tuple(dict.fromkeys((_NOUN.sub(r"\1", left), left)))


def apart(left: str) -> tuple[tuple[str, str], ...]:
    """What such a text may be about, each with the purpose beside it in its own words; () where it has no such form."""
    if match := _FOR.match(left):
        return ((match.group(1), match.group(2)),)
    *before, last = left.split() or [""]
    purpose = _TOWARDS.sub("", last)
    if purpose in ("", last) or not before:
        return ()
    alone = (" ".join(before), purpose)
    if len(before) == 1 or _BOUND.search(before[-1]):
        return (alone,)
    return (" ".join(before[:-1]), f"{before[-1]} {purpose}"), alone
