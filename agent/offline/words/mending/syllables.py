"""Finds words that were cut into syllables by chance: 임게값 is one word with a slip, and so are 하습 and 돌힌."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final

from agent.offline.words.mentions import Mention, is_particle
from db.hangul import is_hangul

FEWEST = 3
_ENDING: Final = re.compile(
    r"(?:았|었|였|셨|시|겠|으|아|어|렸|히|이)*(?:고|고서|며|면|면서|서|서요|서는|게|게요|지|지요|지도|죠|네|네요|나|나요|냐|냐고|니|니까|"
    r"는|는데|는데요|는지|는지요|는지도|는요|던|던데|던가|더라|더라고|더라고요|려|려고|려고요|려는데|려나|려면|려는|라|라고|라는|라면|"
    r"다|다고|다는|다는데|다던|다면|대|대요|잖아|잖아요|길래|거든|거든요|세요|여|여서|심|음|임|요|야|어|아|에요|예요|다|"
    r"줘|줘요|줘라|주세요|둔|온|볼|본|습니다|습니까|입니다|입니까|입니다만|니다|ㅂ니다|인데|인데요|인지|인지요|인가|인가요|가요|"
    r"라서|라서요|을|을까|을지|은|은지|을게|도록|자|자고|자면|"
    r"기|기엔|기에|기로|기는|긴|고 ?있[가-힣]*|정[가-힣]*|당[가-힣]*|들[가-힣]*|거)"
)


def in_syllables(mentions: Iterable[Mention]) -> Iterator[Mention]:
    """The last of each run of so many unspaced fillers of one syllable; one with what is no ending behind it."""
    run = 0
    told = tuple(mentions)
    for mention, behind in pairwise((*told, None)):
        if mention is None:
            continue
        fills = bool(mention.senses) and all(s.word is not None and s.word.does == "filler" for s in mention.senses)
        is_syllable = fills and len(mention.surface) == 1
        is_stem = len(mention.surface) == 1 and any(sense.value for sense in mention.senses)
        if (is_syllable or is_stem) and mention.spaced and (behind is None or behind.spaced) and _is_no_ending(mention):
            yield mention
        run = (run + 1 if not mention.spaced else 1) if is_syllable else 0
        run = run if not mention.after or run >= FEWEST else 0
        if run >= FEWEST:
            yield mention


def _is_no_ending(mention: Mention) -> bool:
    """As in 하습, 살마 and 돌힌, which are no words of 하, 살 and 돌."""
    after = mention.after
    known = not after or is_particle(after) or _ENDING.fullmatch(after) is not None
    return not known and is_hangul(mention.surface)
