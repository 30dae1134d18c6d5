"""Goes back to what the talk was about before: 다시 아까 데이터셋 얘기로, back to the datasets."""

import re
from datetime import date

from agent.language import language_of
from agent.offline.talk.frames import Frame
from agent.offline.words.lexicon import Lexicon
from agent.offline.words.mentions import Mention, cut

_KOREAN = re.compile(
    r"^(?:(?:아|자|그럼|근데|암튼|아무튼|여튼|좋아|오케이|ㅇㅋ),? ?)*(?:다시 )?"
    r"(?:아까|앞에|앞서|처음|원래|전에|먼저)?(?:의)? ?"
    r"(?:그|말한|보던|하던|물어본|나온|말하던|얘기하던)? ?"
    r"([가-힣A-Za-z -]{2,20}?) ?(?:얘기|이야기|질문|주제|쪽|문제|목록|건)(?:으로|로)"
    r"(?: ?다시)?(?: ?(?:돌아가[가-힣]*|돌아와[가-힣]*|넘어가[가-힣]*|가서|가자면|와서))?[,.: ]+"
)
_SAYS_BACK = re.compile(r"^[^,.:]*(?:다시|아까|앞서|앞에|원래|전에|돌아|처음)")
_POINTS = re.compile(
    r"둘|그중|그 ?중|이 ?중|거기|걔|그거|[첫두세네] ?번 ?째|"
    r"\b(?:them|those|these|it|its|their|both|first|second|third|last|one)\b",
    re.IGNORECASE,
)
_ENGLISH = re.compile(
    r"^(?:(?:ok(?:ay)?|right|so|anyway|alright|now|cool|thanks),? ?)*(?:let'?s )?"
    r"(?:go(?:ing)? |get(?:ting)? |circl(?:e|ing) |jump(?:ing)? )?back to (?:the |those |our |these )?"
    r"([a-z -]{3,20}?)(?: again| for a (?:sec|second|moment|minute)| from (?:before|earlier))?"
    r"(?:,| -+| –| —|:|\.) ?",
    re.IGNORECASE,
)


def returned(text: str, frames: tuple[Frame, ...], lexicon: Lexicon, today: date) -> tuple[str, tuple[Frame, ...]]:
    """The question without those words, and the frames from the one they mean on; as they are where none is meant."""
    match = _ENGLISH.match(text) or (_KOREAN.match(text) if _SAYS_BACK.match(text) else None)
    if match is None or not text[match.end() :].strip():
        return text, frames
    meant = _meant(cut(match.group(1), lexicon, today).mentions, frames)
    if meant is None:
        return text, frames
    rest = text[match.end() :]
    return (rest if _POINTS.search(rest) else _of_those(rest)), frames[meant:]


def _meant(mentions: tuple[Mention, ...], frames: tuple[Frame, ...]) -> int | None:
    """Which frame was about such rows: of a kind the newest list, of a name what told of that row."""
    tables = {sense.table.name for mention in mentions for sense in mention.senses if sense.table is not None}
    names = {value.value for mention in mentions for value in mention.parts}
    if any(mention.unknown for mention in mentions) or len(tables) != 1:
        return None
    spoken = [i for i, frame in enumerate(frames) if frame.query is not None and frame.query.head in tables]
    if names:
        told = (i for i in spoken if any(value in names for row in frames[i].main for _, value in row.cells))
        return next(told, None)
    lists = [i for i in spoken if len(frames[i].main) > 1]
    return next(iter(lists or spoken), None)


def _of_those(rest: str) -> str:
    return f"그중 {rest}" if language_of(rest) == "ko" else f"of those, {rest}"
