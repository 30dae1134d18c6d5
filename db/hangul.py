"""Hangul as people type it: one form for equal text, keystrokes, initial consonants, particles."""

import re
import unicodedata

_LEADS = ("r", "R", "s", "e", "E", "f", "a", "q", "Q", "t", "T", "d", "w", "W", "c", "z", "x", "v", "g")
_VOWELS = (
    "k",
    "o",
    "i",
    "O",
    "j",
    "p",
    "u",
    "P",
    "h",
    "hk",
    "ho",
    "hl",
    "y",
    "n",
    "nj",
    "np",
    "nl",
    "b",
    "m",
    "ml",
    "l",
)
_TAILS = (
    *("", "r", "R", "rt", "s", "sw", "sg", "e", "f", "fr", "fa", "fq", "ft", "fx", "fv", "fg"),
    *("a", "q", "qt", "t", "T", "d", "w", "c", "z", "x", "v", "g"),
)
"""The Dubeolsik (KS X 5002) keys of the 19 leading consonants, 21 vowels and 28 endings, in Unicode's order."""

_FIRST, _LAST = 0xAC00, 0xD7A3
_COMPAT = "ㄱㄲㄳㄴㄵㄶㄷㄸㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅃㅄㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_COMPAT_KEYS = (
    *("r", "R", "rt", "s", "sw", "sg", "e", "E", "f", "fr", "fa", "fq", "ft", "fx", "fv", "fg"),
    *("a", "q", "Q", "qt", "t", "T", "d", "w", "W", "c", "z", "x", "v", "g", *_VOWELS),
)
_CHOSUNG = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_JAMO_KEYS = dict(zip(_COMPAT, _COMPAT_KEYS, strict=True))
_KEY_JAMO = {keys: jamo for jamo, keys in _JAMO_KEYS.items()}
_LEAD_PLACES, _VOWEL_PLACES, _TAIL_PLACES = (
    {key: place for place, key in enumerate(each)} for each in (_LEADS, _VOWELS, _TAILS)
)
_SYLLABLE_KEYS = tuple(lead + vowel + tail for lead in _LEADS for vowel in _VOWELS for tail in _TAILS)

_PAIRED_VOWELS = "|".join(vowel for vowel in _VOWELS if len(vowel) > 1)
_PAIRED_TAILS = "|".join(tail for tail in _TAILS if len(tail) > 1)
_ONE_VOWEL = f"[{''.join(vowel for vowel in _VOWELS if len(vowel) == 1)}]"
_ONE_TAIL = f"[{''.join(tail for tail in _TAILS if len(tail) == 1)}]"
_STRUCK = re.compile(
    rf"([{''.join(_LEADS)}])({_PAIRED_VOWELS}|{_ONE_VOWEL})((?:{_PAIRED_TAILS})(?!{_ONE_VOWEL})|{_ONE_TAIL}(?!{_ONE_VOWEL}))?"
    rf"|{_PAIRED_VOWELS}|.",
    re.DOTALL,
)
"""A syllable's keys, with the longest ending that leaves the next vowel a consonant to stand on; else one letter's."""

_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff]"
)
_SPACES = dict.fromkeys((0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000), " ")
_WIDTH = {**{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}, **_SPACES}
_HALF_JAMO = {
    **{0xFFA1 + i: _COMPAT[i] for i in range(30)},
    **{
        code: _COMPAT[30 + i]
        for i, code in enumerate(
            (*range(0xFFC2, 0xFFC8), *range(0xFFCA, 0xFFD0), *range(0xFFD2, 0xFFD8), *range(0xFFDA, 0xFFDD))
        )
    },
}
_LONE = {
    **{0x1100 + i: _CHOSUNG[i] for i in range(19)},
    **{0x1161 + i: _COMPAT[30 + i] for i in range(21)},
    **{0x11A7 + i: _KEY_JAMO[_TAILS[i]] for i in range(1, 28)},
}


def norm(text: str) -> str:
    """One form for text that looks equal: NFC, half-width ASCII, no invisible characters, plain spaces.

    Lone conjoining jamo become compatibility jamo: NFKC would do the reverse and glue 나 and ㄳ to 낛.
    """
    visible = _INVISIBLE.sub("", text).translate(_WIDTH).translate(_HALF_JAMO)
    return unicodedata.normalize("NFC", visible).translate(_LONE)


def keys(text: str) -> str:
    """The Dubeolsik keystrokes of `text`; what is no Hangul stays as it is.

    keys("김민준") == "rlaalswns": jamo slips, lone jamo and a wrong keyboard mode all become small edits.
    """
    out: list[str] = []
    for char in text:
        code = ord(char)
        if _FIRST <= code <= _LAST:
            out.append(_SYLLABLE_KEYS[code - _FIRST])
        else:
            out.append(_JAMO_KEYS.get(char, char))
    return "".join(out)


def compose(text: str) -> str:
    """Hangul from keystrokes, as an input method would: compose("rlaalswns") == "김민준"."""
    return _STRUCK.sub(_composed, text)


def _composed(struck: re.Match[str]) -> str:
    lead, vowel, tail = struck.groups()
    if lead is None:
        return _KEY_JAMO.get(struck.group(), struck.group())
    return chr(_FIRST + (_LEAD_PLACES[lead] * 21 + _VOWEL_PLACES[vowel]) * 28 + _TAIL_PLACES[tail or ""])


def chosung(text: str) -> str:
    """The initial consonants: chosung("김민준") == "ㄱㅁㅈ"; what is no syllable stays."""
    return "".join(_CHOSUNG[(ord(char) - _FIRST) // 588] if _FIRST <= ord(char) <= _LAST else char for char in text)


def is_hangul(char: str) -> bool:
    """Whether `char` is a syllable or a compatibility jamo."""
    return _FIRST <= ord(char) <= _LAST or char in _JAMO_KEYS


# --- particles -------------------------------------------------------------------------------------

_BRACKETED = re.compile(r"\s*[(\[（][^()\[\]（）]*[)\]）]$")
_DECORATION = re.compile(r"[\s\"'`*_~’”」』>.,!?…:;]+$")
_READ_AS_WORDS = {
    "log": "그",
    "mail": "일",
    "map": "맵",
    "best": "트",
    "type": "입",
    "time": "임",
    "name": "임",
    "pipeline": "인",
    "online": "인",
    "offline": "인",
    "file": "일",
    "table": "블",
    "role": "롤",
    "code": "드",
    "gate": "트",
    "stage": "지",
    "size": "즈",
    "source": "스",
}
_DIGITS = dict(zip("0123456789", "영일이삼사오육칠팔구", strict=True))
_LETTERS = {"l": "엘", "m": "엠", "n": "엔", "r": "알"}
_SIGNS = {"%": "트", "℃": "도", "+": "스", "#": "샵"}


def _last_sound(word: str) -> str:
    """A syllable that ends as `word` does when read aloud; "" where there is nothing to read."""
    bare = _DECORATION.sub("", word)
    while (shorter := _DECORATION.sub("", _BRACKETED.sub("", bare))) != bare and shorter:
        bare = shorter
    last = bare[-1:]
    if not last or _FIRST <= ord(last) <= _LAST:
        return last
    if last in _DIGITS or last in _SIGNS:
        return _DIGITS.get(last) or _SIGNS[last]
    if "ㄱ" <= last <= "ㅎ":
        return "읔"  # a lone consonant is read by its name, which ends in one: 기역, 지읒
    return _latin_sound(bare) if last.isascii() and last.isalpha() else ""


def _latin_sound(word: str) -> str:
    run = re.search(r"[A-Za-z]+$", word)
    letters = run.group() if run else ""
    last = letters[-1:].lower()
    if letters.lower() in _READ_AS_WORDS:
        return _READ_AS_WORDS[letters.lower()]
    if len(letters) == 1 or letters.isupper():
        return _LETTERS.get(last, "이")
    if letters.lower().endswith("ng"):
        return "응"
    return {"l": "을", "m": "음", "n": "은"}.get(last, "이")


def josa(word: str, pair: str) -> str:
    """`word` with the particle of `pair` it takes: josa("A100", "을/를") == "A100을".

    `pair` has the form after a closed syllable first ("은/는", "으로/로"). Latin letters, digits and % are
    read as in Korean speech; a bracketed or decorated tail does not count.
    """
    closed, _, open_ = pair.partition("/")
    sound = _last_sound(word)
    ending = (ord(sound) - _FIRST) % 28 if sound else 0
    takes_open = ending == 0 or (ending == 8 and closed.startswith("으로"))
    return word + (open_ if takes_open else closed)


_PARTICLES = (
    *(
        "에서부터",
        "으로부터",
        "이라고는",
        "이에요",
        "이었어",
        "인가요",
        "이라는",
        "에게서",
        "께서는",
        "이라고",
        "한테서",
    ),
    *(
        "에서",
        "에게",
        "한테",
        "께서",
        "으로",
        "이랑",
        "하고",
        "부터",
        "까지",
        "마다",
        "보다",
        "처럼",
        "밖에",
        "이나",
        "라고",
    ),
    *(
        "이란",
        "이야",
        "예요",
        "인가",
        "인데",
        "이고",
        "라는",
        "씨",
        "님",
        "은",
        "는",
        "이",
        "가",
        "을",
        "를",
        "의",
        "에",
    ),
    *(
        "로",
        "와",
        "과",
        "랑",
        "도",
        "만",
        "나",
        "란",
        "야",
        "요",
        "인",
        "네",
        "꺼",
        "거",
        "쪽",
        "들",
        "이니",
        "니",
        "께",
    ),
)


def strip_josa(word: str) -> tuple[str, ...]:
    """`word` and what is left of it without one, two or three particles, longest first.

    strip_josa("이서연씨의") == ("이서연씨의", "이서연씨", "이서연"). Every stem is a guess: the caller
    takes the first that stands in its lexicon. A stem is never empty.
    """
    stems = [word]
    front = [word]
    for _ in range(3):
        front = [stem for entry in front for stem in _without_particle(entry)]
        stems.extend(stem for stem in front if stem not in stems)
    return tuple(sorted(stems, key=len, reverse=True))


def _without_particle(word: str) -> list[str]:
    ends = (particle for particle in _PARTICLES if word.endswith(particle) and len(particle) < len(word))
    return [word[: -len(particle)] for particle in ends]
