"""Tells by the form of a message's clauses which may only tell why something is asked."""

import re
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from agent.language import language_of
from agent.offline.words.asides import endings
from agent.offline.words.asides.errands import PURPOSES, WE, is_errand
from agent.offline.words.asides.splitting import Piece, by_signs
from db.hangul import is_hangul

Form: TypeAlias = Literal["", "heading", "lead", "aside", "story", "purpose"]
"""What a clause is by its form: "" may ask; a heading stands before a colon, a lead before a question, an aside in
parentheses; a story says what goes on, a purpose what the answer is for."""

_I: Final = re.IGNORECASE
_DASH: Final = re.compile(r"\s+[-–—]+\s+|\s*—\s*")
_ASKS: Final = re.compile(
    r"^(?:(?:and|so|but|ok|okay|then|please|pls|plz|just|also|now|quick|hey|hi|well)[, ]+)*"
    r"(?:(?:on|for|in|under|from|at|to|of|by|with|out of) )?"
    r"(?:(?:which|what|who|whose|whom|where|when|how|why)(?:'?s)?|(?:is|are|was|were|do|does|did|has|have)(?:n't)?|had|"
    r"can|could|would|will|should|any|anything|anyone|anybody|list|show|give|tell|find|count|get|compare|rank|sort|need|"
    r"pull|name|put|dump|send|print|fetch|recommend|suggest|pick|check|look up|summari[sz]e|break|all|every|each|top|"
    r"(?:i|we) (?:need|want)|i'd like|i would like)\b",
    _I,
)
_SPEAKER: Final = (
    rf"(?:{WE})(?:'(?:m|re|ve|ll|d|s))?|im|somebody|someone|everybody|everyone|nobody|people|folks|it's|it is|that's|"
    r"this is|my|our"
)
_LINKS: Final = (
    r"and|so|but|because|cause|cuz|coz|cos|bc|since|as|while|when|before|after|if|though|well|also|that|just"
)
_NO_SUBJECT: Final = (
    r"(?:don'?t|do not|can't|cannot|didn't|won't|gotta|gonna|wanna|trying|about) \w|"
    r"or (?:do|should|must|can) (?:i|we)\b"
)
_STORY: Final = re.compile(rf"^(?:(?:{_LINKS}) )*(?:(?:{_SPEAKER})\b|{_NO_SUBJECT})", _I)
_VERB: Final = re.compile(
    r"\b(?:is|are|was|were|has|have|had|wants?|needs?|prefers?|likes?|asks|just|will|can|goes?|starts?|keeps?|says?|said|lists?|shows?|"
    r"got|gets|must|should|due|\w+n't|\w+ing|\w+ed)\b",
    _I,
)
_HEADED: Final = r"(?:going|goes|straight|right|headed|heading)(?: \w+)* (?:in|on|to|into|onto)\b"
_DONE_WITH: Final = r"(?:in order |so as )?to \w+ (?:it|them|this|that|these|those|him|her|me|us|my|our|the)\b"
_PURPOSE: Final = re.compile(
    rf"^(?:{PURPOSES}|(?:need(?:ed|s)?|wants?) (?:it|this|that|them|these|those)\b|{_HEADED}|{_DONE_WITH}|"
    r"as (?:i|we)\b)",
    _I,
)
_PARTICIPLE: Final = re.compile(r"^(?:still |just |currently |now )?([a-z]{3,}ing)\b", _I)
_NARROWS: Final = re.compile(
    r"using|having|missing|lacking|containing|including|excluding|running|meaning|ending|starting|being|belonging|showing|"
    r"training|weighing|exceeding|taking|sitting|holding|owning|waiting|pending|counting|considering",
    _I,
)
"""Participles of which rows are narrowed down by."""
_TELLS: Final = endings.ending(endings.TELLS, endings.LEADS_ON, endings.IS_FOR)
_ASKS_KO: Final = re.compile(
    rf"{endings.REQUESTS}|{endings.ORDERS}|[?]\s*$|{endings.QUESTIONS}|{endings.QUESTION_WORDS}"
)
_NARROWS_KO: Final = re.compile(rf"{endings.LIMITS}|{endings.BOUNDS}")


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of a message with the sign behind it.

    `is_asking`: it asks by its form; `is_errand`: it says for which paper or meeting, and nothing else.
    """

    text: str
    sign: str
    form: Form = ""
    is_asking: bool = False
    is_errand: bool = False


def parted(message: str) -> tuple[Clause, ...]:
    """The clauses of a message, from left to right."""
    pieces = by_signs(message)
    return tuple(
        Clause(one.text, one.sign, form, _asks(one.text, one.sign), is_errand(one.text.strip()))
        for one, form in zip(pieces, _forms(pieces), strict=True)
    )


def _asks(text: str, sign: str) -> bool:
    if _is_korean(text):
        return bool(_ASKS_KO.search(text)) or "?" in sign
    return bool(_ASKS.match(text.strip())) or "?" in sign


def _forms(pieces: list[Piece]) -> list[Form]:
    forms: list[Form] = []
    depth = 0
    for i, piece in enumerate(pieces):
        inside = depth > 0
        depth += (piece.kind == "open") - (piece.kind == "close" and depth > 0)
        rest = pieces[i + 1 :]
        ended = next((place for place, one in enumerate(pieces[i:], i) if one.kind == "end"), len(pieces) - 1)
        before_colon = any(one.kind == "colon" for one in pieces[i : ended + 1]) and ended > i
        behind_dash = not i and bool(rest) and bool(_DASH.fullmatch(piece.sign))
        asks = _asks(piece.text, piece.sign)
        if inside:
            forms.append("aside")
        elif (i and "?" in pieces[i - 1].sign and not asks and _goes_on(piece.text)) or (behind_dash and not asks):
            forms.append("story")
        else:
            behind = any(_asks(one.text, one.sign) for one in pieces[i + 1 : ended + 1] or rest[:1])
            is_last = not rest
            forms.append(
                _form(piece.text.strip(), piece.sign, asked_behind=behind, is_last=is_last, is_lead=before_colon)
            )
    return forms


def _is_korean(text: str) -> bool:
    return any(map(is_hangul, text)) and language_of(text) == "ko"


def _goes_on(text: str) -> bool:
    """Whether what asks nothing tells something behind a question."""
    return bool(_VERB.search(text)) and not _is_korean(text)


def _form(text: str, sign: str, *, asked_behind: bool, is_last: bool, is_lead: bool) -> Form:
    if _is_korean(text):
        return _korean_form(text, sign, asked_behind=asked_behind, is_lead=is_lead)
    if is_lead:
        return "heading"
    if _PURPOSE.match(text):
        return "purpose"
    participle = _PARTICIPLE.match(text)
    if _STORY.match(text) or (participle and not _NARROWS.fullmatch(participle.group(1))):
        return "story"
    if "?" in sign or _ASKS.match(text):
        return ""
    if asked_behind:
        return "lead" if not _VERB.search(text) else "story"
    is_sentence = not is_last and sign.strip()[:1] in (".", "…", ";")
    return "story" if is_sentence and _VERB.search(text) else ""


def _korean_form(text: str, sign: str, *, asked_behind: bool, is_lead: bool) -> Form:
    if _NARROWS_KO.search(text) or "?" in sign:
        return ""
    if _TELLS.search(text):
        return "story"
    if not asked_behind or _ASKS_KO.search(text) or not sign.strip():
        return ""
    return "heading" if is_lead else "lead"
