"""Reads a question for the rows whose text says something else: 섀도라고 적힌 건?, just the ones mentioning X-ray."""

import re
from dataclasses import replace
from typing import Final

from agent.offline.query.query import Filter, Ref
from agent.offline.reading.reading import Reading
from agent.offline.talk.frames import Frame
from db.catalog.meaning import SemanticLayer

_LEAD_KO: Final = (
    r"^(?:(?:그럼|그러면|그리고|근데|혹시|아)[, ]+)*(?P<among>(?:그 ?중|거기|이 ?중|여기)(?:에서|에|서)? ?)?"
)
_END_KO: Final = (
    r" ?(?:것|거|건|걸|모델|애|놈|행|노트)?(?:들)?(?:만|은|는|도|이|가)?(?:요|이요)?"
    r"(?: ?(?:뭐|뭔|어떤|어느|보여|있|알려|추려|골라|찾아|좀|남겨|없)[가-힣 ]{0,12})?[?.!]*$"
)
_FINALS: Final = 28
_SAID: Final = r"(?:말|단어|문구|얘기|이야기|표현|내용|언급|글자|문장)"
_KOREAN: Final = re.compile(
    _LEAD_KO + r"['\"“‘]?(?P<word>[^'\"”’?]{1,24}?)['\"”’]?(?:"
    rf"(?:이?라고|이?라는|이?란)(?: {_SAID}(?:이|가|을|를|도)?)? ?"
    r"(?:적힌|적혀 ?있는|쓰인|써진|써 ?있는|쓰여 ?있는|되어 ?있는|된|들어간|들어 ?있는|있는|나오는|나온|한|하는)"
    rf"|(?:이|가|을|를|도|에 ?대한|에 ?대해)? ?{_SAID}(?:이|가|을|를|도)? ?"
    r"(?:적힌|쓰인|있는|된|되는|나오는|나온|들어간|들어 ?있는|하는|한|포함된|담긴|되어 ?있는|돼 ?있는)"
    r"|(?:이|가|도)? (?:적힌|적혀 ?있는|쓰인|쓰여 ?있는|써 ?있는|기재된|거론된)"
    r")" + _END_KO
)
_ENGLISH: Final = re.compile(
    r"^(?:(?:and|or|ok|okay|now|just|only|so|what about|how about|show me|give me|which)[, ]+)*"
    r"(?P<among>(?:of|from|among) (?:those|them|these),? )?"
    r"(?:(?:just|only|which|show me) )*(?:the |any )?(?:ones?|those|models?|notes?)?(?: that| which)? ?"
    r"(?:mention(?:s|ing|ed)?|say(?:s|ing)|contain(?:s|ing)?|talk(?:s|ing)? about|refer(?:s|ring)? to|with the words?) "
    r"(?:the words? )?['\"“‘]?(?P<word>[^'\"”’?,]{2,24}?)['\"”’]?"
    r"(?: in (?:it|them|there|the notes?|their notes?))?(?:,? (?:please|pls|only|instead))*[?.!]*$",
    re.IGNORECASE,
)


def sought(text: str, frames: tuple[Frame, ...], layer: SemanticLayer) -> Reading | None:
    """The last question of the rows with another word in the text it was about; None where it was about none."""
    query = frames[0].query if frames else None
    match = _KOREAN.match(text) or _ENGLISH.match(text)
    ref = _text_of(frames[0], layer) if query is not None else None
    if match is None or query is None or ref is None or query.groups:
        return None
    word = _whole(match["word"].strip(), text[match.end("word") :])
    one = Filter(ref, "like", (f"%{word}%",))
    narrows = bool(match["among"]) or not any(old.ref == ref for old in query.filters)
    kept = query.filters if narrows else tuple(old for old in query.filters if old.ref != ref)
    return Reading("query", replace(query, filters=(*kept, one), measure="rows", place=None, limit=None))


def _whole(word: str, rest: str) -> str:
    """As in "엑스레이 언급된": 이 is a particle only behind a consonant."""
    is_open = "가" <= word[-1:] <= "힣" and not (ord(word[-1]) - ord("가")) % _FINALS
    return f"{word}이" if is_open and rest.startswith("이") else word


def _text_of(frame: Frame, layer: SemanticLayer) -> Ref | None:
    """The text that was searched or shown."""
    query = frame.query
    if query is None:
        return None
    told = [one.ref for one in query.filters if one.op == "like"] + list(query.columns)
    found = [ref for ref in dict.fromkeys(told) if ref[0] and layer.column(ref).role == "text"]
    return found[0] if len(found) == 1 else None
