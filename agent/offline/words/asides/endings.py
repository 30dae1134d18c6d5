"""How the words at the end of a Korean clause say what it does: alternatives of patterns, one list for each meaning."""

import re
from typing import Final

TELLS: Final = r"니다만|다|음|함|임|슴|됨|남|중|네|네요|어요|아요|해요|대|대요|래|래요|고요|구요|거든|거든요|이요"
"""A sentence ends there that tells something."""
REASONS: Final = r"라서|이라|느라|니까|길래|돼서"
"""It is why something else is so, or asked."""
LEADS_ON: Final = rf"{REASONS}|서|서요|데|데요|려고|려고요|라|게|게요|으니|므로"
"""Another clause follows, or is left unsaid."""
CASUAL: Final = r"[가와봐써둬켜려겨져여워러커]요|듯|듯요|어|아|야|지|돼|돼요|럽"
"""It tells something among friends; nouns end so, too."""
IS_FOR: Final = r"야지|해야|용|용도|용으로|용이야|때문에|전에|말이야|판"
"""It is what something else is for, or before what."""

REQUESTS: Final = r"부탁|바랍|바래|주세|주십|주시|줘|달라|알려|보여"
"""Something is wanted, wherever in the clause it stands."""
ORDERS: Final = r"뽑아|찾아"
"""Rows are to be found; a clause that tells may say so, too."""
QUESTIONS: Final = r"까|까요|니|냐|죠|나요|더라"
QUESTION_WORDS: Final = r"뭐|누구|몇|어느|어떤|언제|어디|얼마"

LIMITS: Final = r"말고|빼고|제외|한정|기준|대상|조건|경우"
"""Rows are narrowed down by it."""
BOUNDS: Final = r"이상|이하|미만|초과|만 ?$"
WISHES: Final = r"봅니다|보려고|보려는데|보고 ?싶|찾고|찾습니다|찾는|궁금|관심|알고 ?싶|원합니다"
"""It tells what is asked for."""


def ending(*lists: str) -> re.Pattern[str]:
    """Finds a clause that ends by one of these, whatever signs stand behind it."""
    return re.compile(rf"(?:{'|'.join(lists)})[.,!?~)ㅋㅎㅠㅜ\s]*$")
