"""Whether a reply among people reads as a question to the bot: below an alert they talk to one another as well."""

import re
import unicodedata
from typing import Final

LONGEST: Final = 600
"""A longer message is a report or a pasted log: whoever asks the bot something with it mentions it."""

_I: Final = re.IGNORECASE
_NOT_SAID: Final = re.compile(
    r"```.*?(?:```|$)|`[^`]*`|^\s*(?:&gt;|>).*$|<https?:[^>]*>|https?://\S+", re.DOTALL | re.M
)
"""Code, quoted lines, links: nobody asks with them."""
_SOMEBODY: Final = re.compile(
    r"<@[A-Z0-9]+(?:\|[^>]*)?>|<!\w+[^>]*>|<!subteam[^>]*>|(?<!\w)@(?:here|channel|everyone)\b"
)
_EMOJI: Final = re.compile(
    r":[a-z0-9_+\-]+:|[\U0001F000-\U0001FAFF\u2600-\u27BF\uFE0F\u200D]|[ㅋㅎㅠㅜㄷ]{2,}|[ㅠㅜ]|\^\^;*"
)
_SENTENCES: Final = re.compile(r"(?<=[?!。])\s+|(?<=[다요음임네함됨]\.)\s+|(?<=[a-z)]\.)\s+(?=\S)|\n+")
_TAIL: Final = re.compile(r"[\s.!~…,;]+$")
_ASKS: Final = re.compile(r"[?？]+[\s!?？.~…]*$")

_ALONE: Final = re.compile(
    r"(?:(?:아+|오+|음+|흠+|어+|헐|헉|엥|잉|응+|ㅇㅇ|ㅇㅋ|ㅇㅎ|ㄴㄴ|ㄱㅅ|ㄹㅇ|넵+|넹|네+|예+|옙|넴|오케이|오키|"
    r"ok|okay|진짜|정말|레알|설마|"
    r"실화|또|그래|그런가|그쵸|그죠|맞죠|맞나|맞아|뭐|뭐지|뭐야|머야|뭥미|왓|다들|저기|누구 있|계신가|되나|"
    r"괜찮|어때|좋아|됐|콜|"
    r"what|huh|wait|really|seriously|srsly|again|still|right|no|yes|eh|hm+|oh+|wow|lol|wtf|omg|sure|you sure|"
    r"thoughts?|"
    r"any (?:thoughts?|ideas?|volunteers?|takers?|objections?)|anyone|anybody|ready|done|agreed?|and|so|same|me|both|"
    r"what(?:'s)? up|what now|now what|who knows|why not)"
    r"(?:요|임|이야|야|인가요?|냐|해요?|네요?|어요?|죠|으세요|나요?)?[\s,!.?~]*)+",
    _I,
)
"""What is called out, with or without a question mark."""
_OFFERS: Final = re.compile(
    r"(?:^|\s)(?:제가|내가|저도|나도|저희가|우리가|일단 제가)(?:\s|$)(?!.*(?:돌린|만든|올린|등록한|실행한))|"
    r"(?:볼|할|돌릴|갈|고칠|올릴|내릴|끌|켤|줄일|늘릴|바꿀|맡을|잡을|기다릴|드릴|부를|멈출|막을|넣을|뺄|만들|"
    r"남길|열|닫을)까요?\b|"
    r"(?:을|ㄹ|볼|할|릴|갈|칠|둘|줄|킬|칠|놓을|놀)(?:게|께)요?\b|(?<=[가-힣])(?:겠습니다|겠어요|자고요|시죠|"
    r"십시다|ㅂ시다)|"
    r"\b(?:i'?ll|i will|i'm|i am|let me|let's|lets|i can|i could|i may|imma|gonna)\b|"
    r"\b(?:shall|should|can|could|may|might) (?:i|we)\b(?! (?:just |simply |safely |please )?(?:re-?run|"
    r"re-?try|re-?start|see|have|get))|"
    r"\b(?:want|need) me to\b|\bwhy don'?t (?:we|you|i)\b|\bhow about (?:we|you|i)\b|\bwhat if we\b",
    _I,
)
"""What people offer or propose to one another."""
_TO_PEOPLE: Final = re.compile(
    r"^\s*(?!담당자)\S{1,12}(?:님|씨|선배|쌤|매니저|프로)(?:들)?(?:[,.!\s]|께|이|은|도|한테)|(?:보|하|아시|"
    r"계시|하시|되시|가능하)?실 ?(?:분|래요?|"
    r"까요|수 ?있)|"
    r"아시는 ?분|있는 ?분|(?:분|사람) ?(?:계|있)|다들|여러분|셨(?:어요|나요|을까요|는지|죠|습니까|던가요)|"
    r"시(?:나요|는지|는 ?건가요|ㅂ니까)|"
    r"(?<![려여아해와워어])(?<!하)(?<=[가-힣])세요\s*[?？]|하세요\s*[?？]|으세요|어떻게 ?(?:생각|할|하죠|하면|"
    r"해야|하지)|"
    r"누가 ?(?:좀 ?|먼저 ?)?(?:보|봐|볼|맡|담당하|처리|확인|할|해|가|잡|고치)|부탁|봐 ?(?:줘|주|줄)|"
    r"확인 ?(?:좀 ?)?(?:해 ?)?(?:줘|주|줄|바랍|가능)|"
    r"^(?:너|니가|네가|당신|형|누나|언니|오빠)\b|"
    r"\b(?:can|could|would|will|did|do|does|have|are|were|had|if) (?:you|anyone|anybody|someone|somebody|u|ya|"
    r"y'all)\b(?!,? (?:please )?"
    r"(?:show|tell me|give me|list|find|compare|explain|summari[sz]e|draw|plot|get me|look up))|"
    r"\b(?:any(?:one|body)|some(?:one|body))\b(?! else'?s)|\bwho(?:'s| is| can| will| wants?| could| should|"
    r" would|'ll)\b (?:to )?"
    r"(?:looking|on (?:it|this|call|duty)|taking|free|available|around|up|look|take|help|check|"
    r"own(?:ing)? this (?:one )?now|handle|handling|fix)|"
    r"\b(?:what|how) (?:do|should|shall|can|would) (?:you|we|u)\b|\b(?:your|you guys|folks|team,|guys)\b|"
    r"\b(?:meeting|lunch|coffee|standup|sync)\b",
    _I,
)
"""What is asked of those who read along."""
_MUSED: Final = re.compile(
    r"(?:네요?|군요?|구나|구만|겠지|는걸|을걸|나 ?봐요?|가 ?봐요?|나 ?보네|듯요?|듯해요?|같(?:아요?|네요?|"
    r"은데요?|음)|거든요?|잖아요?|"
    r"(?:모르겠|궁금하)[가-힣]*|더라고요?|더라구요?|는 ?중(?:입니다|이에요|임)?|했습니다|됐습니다|입니다|습니다)$"
)
"""How people say something that they wonder at or know."""
_EMBEDDED: Final = re.compile(
    r"(?:는지|은지|인지|ㄴ지|었나|았나|였나)[는도를은]?\s+(?!알려|알아\?|아시|말해|보여|찾아|설명|정리|"
    r"확인해 ?줘|좀 알려)\S"
)
_REQUEST: Final = re.compile(
    r"(?:알려|보여|찾아|말해|정리해|요약해|그려|비교해|추천해|조회해|뽑아|설명해|띄워|가르쳐|읽어|불러|골라|"
    r"세어?|구해|계산해)\s?"
    r"(?:줘|주[세라시실십]|줄래|달라|봐|놔|주면|줄 ?수)|(?:알려|보여)(?:$|\s?(?:좀|요)$)|(?<=[가-힣])\s?좀요?$|"
    r"^(?:please |pls |hey,? |ok,? |and |so |now |then |also |can you |could you |would you |will you |please,? )*"
    r"(?:show|list|tell me|give me|find|compare|explain|summari[sz]e|draw|plot|get me|look up|count|"
    r"describe)\b(?! (?:must|up to)\b)",
    _I,
)
_WHAT: Final = re.compile(
    r"어쩌다(?!가)|왜(?!냐|곡|요일)|언제(?!든|나|라)|어디(?!든|선가|나 )|어딨|누구(?!든|나 )|누가(?!든)|누군(?!가)|"
    r"뭐(?![라래]|든|가 (?!있|다르|달라|남))|뭔(?!가(?!요))|뭘|뭣|"
    r"무슨|무엇|어떤|어느|어떻게(?!든)|얼마|며칠|몇"
)
_SPOKEN: Final = re.compile(
    r"(?:[어아야여임음나냐니까요죠지대래데용뇨여쥬게해돼줘까고둥련]|더라|는지|은지|인지|ㄴ지|거|건|것|뭐|어디|"
    r"언제|누구|얼마)$"
)
_WHETHER: Final = re.compile(
    r"(?:나요|까요|습니까|입니까|됩니까|합니까|ㅂ니까|는가요?|은가요?|인가요?|던가요?|려나요?|"
    r"[았었였했됐났있없겠]나|[았었였했됐났있없]냐|[았었였했됐났있없]니|"
    r"[있없]음\?|[될일을]까)$"
)
_TOPIC: Final = re.compile(
    r"^(?!저|나|우리|오늘|내일|지금|이건|그건|일단|어제|아까|근데|"
    r"혹시나)(?:\S+\s){0,2}[^\s]{2,}(?<!있)(?<!없)(?<!되)(?<!하)(?<!같)(?:은|는)요?$"
)
_GROUPED: Final = re.compile(
    r"(?:(?:그럼|그러면|그건|이건|이거)\s)?(?:[^\s]+\s)?(?!개별|특별|구별|차별|각별|식별|선별|판별|이별)[^\s]{1,12}별(?:로|로는|로도)?요?"
    r"(?:\s(?:나눠|나누면|정리|개수|건수|집계|수)\S*)?|"
    r"(?:(?:and|so|then|ok),? )?(?:by|per|grouped by|broken down by) (?:the )?"
    r"(?!(?:tomorrow|tonight|today|now|then|eod|cob|noon|midnight|next|end|accident|mistake|hand|chance|default|myself|"
    r"me|us|him|her|them|any|\w+day)\b)[a-z_]{2,20}(?: (?:and )?[a-z_]{2,20})?",
    _I,
)
"""As in "GPU별로", "by team": how what was told is to be taken apart; nothing that people tell one another."""
_ENGLISH: Final = re.compile(
    r"^(?:(?:so|and|but|ok|okay|hm+|wait|then|also|hey|well|uh|um|actually),? )*(?:"
    r"why(?:'s)?(?:$| (?:did|is|was|does|has|had|are|were|the|it|this|that|again|exactly|so)\b)|"
    r"what(?:'?s| is| was| were| are| did| does| has| happened| went| caused| else| about (?:the|its)| (?:gpu|"
    r"version|kind|data\w*|error|model|run|time|framework|stage)\w*)\b|"
    r"(?:when|where)(?:'?s)?(?:$| (?:did|was|were|is|are|does|has|will|exactly|the)\b)|"
    r"who(?:'s|s)?(?:$| (?:is|owns?|ran|made|else|was|started|did|registered|the)\b)|whose\b|"
    r"how (?:long|many|much|did|does|is|was|often|far|big|come|large)\b|"
    r"which (?!means|is why|makes|is)\w+|"
    r"(?:is|are|was|were|did|does|do|has|have|had|can|could|will|would) (?:it|its|this|that|the|there|any|"
    r"anything|these|those|other|another)\b|"
    r"any (?:other |more |model|checkpoint|log|artifact|run|failure|error)\w*"
    r")",
    _I,
)


def reads_as_question(text: str) -> bool:
    """Whether somebody asks with it what the bot can answer; False for what people say, offer or ask each other.

    `text` is the message as Slack sends it. Who is in doubt is left alone: a mention always asks.
    """
    if len(text) > LONGEST or _SOMEBODY.search(text):
        return False
    said = unicodedata.normalize("NFC", _EMOJI.sub(" ", _NOT_SAID.sub(" ", text)))
    sentences = [one.strip() for one in _SENTENCES.split(said) if one.strip()]
    if sentences and _is_called(sentences[0]):
        return False
    return any(map(_asks, sentences))


def _is_called(first: str) -> bool:
    """Whether somebody is spoken to by name: 민준님, …"""
    match = _TO_PEOPLE.match(first)
    return match is not None and first.startswith(match.group()) and "님" in match.group()


def _asks(sentence: str) -> bool:
    is_marked = _ASKS.search(sentence) is not None
    plain = _TAIL.sub("", _ASKS.sub("", sentence))
    if not re.search(r"[^\W\d_]", plain) or _ALONE.fullmatch(plain):
        return False
    if _REQUEST.search(plain) and not _OFFERS.search(sentence):
        return True
    if _OFFERS.search(sentence) or _TO_PEOPLE.search(sentence):
        return False
    if _MUSED.search(plain) or _EMBEDDED.search(plain):
        return False
    return is_marked or _is_put(plain)


def _is_put(plain: str) -> bool:
    """Whether a sentence without a question mark is put as a question."""
    if _GROUPED.fullmatch(plain) or _ENGLISH.search(plain) or _WHETHER.search(plain) or _TOPIC.search(plain):
        return True
    return _WHAT.search(plain) is not None and _SPOKEN.search(plain) is not None
