"""Parts a message into clauses and tells by their form which may only tell why something is asked."""

import re
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from agent.language import language_of
from db.hangul import is_hangul

Form: TypeAlias = Literal["", "heading", "lead", "aside", "story", "purpose"]
"""What a clause is by its form: "" may ask; a heading stands before a colon, a lead before a question, an aside in
parentheses; a story says what goes on, a purpose what the answer is for."""

_I: Final = re.IGNORECASE
_OFFICE: Final = (
    r"decks?|slides?|reports?|reviews?|audits?|presentations?|stand-?ups?|syncs?|meetings?|retros?|handovers?|docs?|"
    r"newsletters?|sheets?|spreadsheets?|write-?ups?|post-?mortems?|tickets?|demos?|onboarding|planning|weekl(?:y|ies)|"
    r"monthly|e?mails?|memos?|agendas?|boards?|boss(?:es)?|auditors?|finance|legal|records?|lists?|budgets?|minutes|"
    r"invoices?|wiki|page|calls?|interviews?|workshops?|rollout|migration|clean-?up|inventory|checklist|okrs?"
)
_WE: Final = r"i|we|he|she|they"
_WHOSE: Final = (
    r"my|our|his|her|their|tomorrow's|today's|tonight's|monday's|tuesday's|wednesday's|thursday's|friday's|"
    r"(?:this|next) week's"
)
_REASONS: Final = (
    rf"because|cause|cuz|coz|cos|bc|so(?: that)? (?=(?:{_WE}|my|our)\b)|since (?=(?:{_WE}|i'm|we're|my boss)\b)|"
    rf"before (?=(?:{_WE})\b)|while (?=(?:{_WE}|i'm|we're)\b)|in case (?=\w)"
)
_PURPOSES: Final = (
    rf"(?:for|to put (?:in|on|into)|to paste (?:in|into)) "
    rf"(?:(?:{_WHOSE}) \w+|(?:the|a|an|this|that|some) (?:[\w'-]+ ){{0,2}}?(?:{_OFFICE})\b)|(?:{_REASONS})"
)
_WISHES: Final = (
    r"(?:i'd|i would|we'd) (?:like|love)|(?:i|we) (?:need|want)|(?:give|show|tell|list) (?:me|us)|(?:can|could) you"
)
_ENDINGS: Final = "|".join(
    f"(?<={one})"
    for one in re.split(
        r"\s", "는데 은데 던데 인데 데요 라서 니까 느라 려고 길래 어서 아서 해서 돼서 거든 서요 이라 급해 려면"
    )
)
"""Korean endings by which one clause leads on to the next."""
_SEPARATOR: Final = re.compile(
    r"(?P<end>[.!?…]+(?=[\s)]|$)|…|\n+|\s+[:;]-?[)D(](?=\s|$)|\s*;\s+)|(?P<colon>:(?=\s))|(?P<open>\s*\()|"
    rf"(?P<close>\))|(?P<comma>\s+[-–—]+\s+|\s*—\s*|,\s+)|(?P<join>\s+(?=(?:{_PURPOSES}|{_WISHES})(?:\b|\s)))|"
    rf"(?P<ending>(?:{_ENDINGS})\s+)",
    _I,
)
_QUOTED: Final = re.compile(r"\"[^\"]*\"|“[^”]*”|(?<!\w)'[^']*'(?!\w)|`[^`]*`|‘[^’]*’")
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
    rf"(?:{_WE})(?:'(?:m|re|ve|ll|d|s))?|im|somebody|someone|everybody|everyone|nobody|people|folks|it's|it is|that's|"
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
    rf"^(?:{_PURPOSES}|(?:need(?:ed|s)?|wants?) (?:it|this|that|them|these|those)\b|{_HEADED}|{_DONE_WITH}|"
    r"as (?:i|we)\b)",
    _I,
)
_ERRAND: Final = re.compile(
    rf"^(?:for|to put (?:in|on|into)|to paste (?:in|into)) (?:(?:{_WHOSE}|the|a|an|this|that|some) )?"
    rf"(?:[\w'-]+ ){{0,2}}?(?:{_OFFICE})\W*$",
    _I,
)
_PARTICIPLE: Final = re.compile(r"^(?:still |just |currently |now )?([a-z]{3,}ing)\b", _I)
_NARROWS: Final = re.compile(
    r"using|having|missing|lacking|containing|including|excluding|running|meaning|ending|starting|being|belonging|showing|"
    r"training|weighing|exceeding|taking|sitting|holding|owning|waiting|pending|counting|considering",
    _I,
)
"""Participles of which rows are narrowed down by."""
_TELLS: Final = re.compile(
    r"(?:니다|니다만|음|함|임|슴|됨|남|중|네|네요|어요|아요|해요|대|대요|래|래요|다|고요|구요|거든|거든요|데|데요|던데|서|서요|려고|려고요|"
    r"라서|라|게|게요|느라|니까|길래|으니|므로|야지|겠음|인데|이요|해야|용|용도|용으로|용이야|용임|때문에|전에|말이야|판)[.,!?~ㅋㅎㅠㅜ)\s]*$"
)
"""How a Korean clause ends that tells: by a verb's ending, or as what it is for."""
_ASKS_KO: Final = re.compile(
    r"부탁|바랍|바래|주세|주십|주시|줘|달라|알려|보여|뽑아|찾아|[?]\s*$|"
    r"(?:나요|까요|까|니|냐|죠|더라|뭐|누구|몇|어느|어떤|언제|어디|얼마)"
)
_NARROWS_KO: Final = re.compile(r"말고|빼고|제외|한정|기준|대상|조건|경우|이상|이하|미만|초과|만 ?$")


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
    cuts = [
        cut
        for cut in _SEPARATOR.finditer(message)
        if not any(quote.start() < cut.start() < quote.end() for quote in _QUOTED.finditer(message))
    ]
    pieces: list[tuple[str, str, str]] = []
    start = 0
    for cut in cuts:
        pieces.append((message[start : cut.start()], cut.group(), cut.lastgroup or ""))
        start = cut.end()
    pieces.append((message[start:], "", "end"))
    pieces = _joined(pieces)
    forms = _forms(pieces)
    return tuple(
        Clause(text, sign, form, _asks(text, sign), bool(_ERRAND.match(text.strip())))
        for (text, sign, _), form in zip(pieces, forms, strict=True)
    )


def is_office(word: str) -> bool:
    """Whether it is a paper, or a meeting, as any office has them."""
    return bool(re.fullmatch(_OFFICE, word, _I))


def _joined(pieces: list[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """Without empty pieces: their signs go to the piece before."""
    found: list[tuple[str, str, str]] = []
    for text, sign, kind in pieces:
        if text.strip() or not found:
            found.append((text, sign, kind))
        else:
            before = found[-1]
            found[-1] = (before[0], before[1] + text + sign, "end" if kind == "end" else before[2])
    return found


def _asks(text: str, sign: str) -> bool:
    if _is_korean(text):
        return bool(_ASKS_KO.search(text)) or "?" in sign
    return bool(_ASKS.match(text.strip())) or "?" in sign


def _forms(pieces: list[tuple[str, str, str]]) -> list[Form]:
    forms: list[Form] = []
    depth = 0
    for i, (text, sign, kind) in enumerate(pieces):
        inside = depth > 0
        depth += (kind == "open") - (kind == "close" and depth > 0)
        rest = pieces[i + 1 :]
        ended = next((place for place, piece in enumerate(pieces[i:], i) if piece[2] == "end"), len(pieces) - 1)
        before_colon = any(piece[2] == "colon" for piece in pieces[i : ended + 1]) and ended > i
        behind_dash = not i and bool(rest) and bool(_DASH.fullmatch(sign))
        if inside:
            forms.append("aside")
        elif (i and "?" in pieces[i - 1][1] and _goes_on(text, sign)) or (behind_dash and not _asks(text, sign)):
            forms.append("story")
        else:
            behind = any(_asks(one[0], one[1]) for one in pieces[i + 1 : ended + 1] or rest[:1])
            forms.append(_form(text.strip(), sign, asked_behind=behind, is_last=not rest, is_lead=before_colon))
    return forms


def _is_korean(text: str) -> bool:
    return any(map(is_hangul, text)) and language_of(text) == "ko"


def _goes_on(text: str, sign: str) -> bool:
    """Whether it tells something behind a question."""
    return not _asks(text, sign) and bool(_VERB.search(text)) and not _is_korean(text)


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
