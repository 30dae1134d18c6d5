"""English words by which a message says what its answer is for."""

import re
from typing import Final

OFFICE: Final = (
    r"decks?|slides?|reports?|reviews?|audits?|presentations?|stand-?ups?|syncs?|meetings?|retros?|handovers?|docs?|"
    r"newsletters?|sheets?|spreadsheets?|write-?ups?|post-?mortems?|tickets?|demos?|onboarding|planning|weekl(?:y|ies)|"
    r"monthly|e?mails?|memos?|agendas?|boards?|boss(?:es)?|auditors?|finance|legal|records?|lists?|budgets?|minutes|"
    r"invoices?|wiki|page|calls?|interviews?|workshops?|rollout|migration|clean-?up|inventory|checklist|okrs?"
)
WE: Final = r"i|we|he|she|they"
_WHOSE: Final = (
    r"my|our|his|her|their|tomorrow's|today's|tonight's|monday's|tuesday's|wednesday's|thursday's|friday's|"
    r"(?:this|next) week's"
)
_REASONS: Final = (
    rf"because|cause|cuz|coz|cos|bc|so(?: that)? (?=(?:{WE}|my|our)\b)|since (?=(?:{WE}|i'm|we're|my boss)\b)|"
    rf"before (?=(?:{WE})\b)|while (?=(?:{WE}|i'm|we're)\b)|in case (?=\w)"
)
_INTO: Final = r"(?:for|ahead of|in time for|to put (?:in|on|into)|to paste (?:in|into))"
_SOON_AFTER: Final = r"stand-?up|sync|meeting|retro|demo|call|presentation|interview|handover|lunch|noon|eod|cob"
"""What comes later on a day: rows may have been made before an audit, and are wanted before a meeting."""
_FEW: Final = r"(?:[\w'-]+ ){0,2}?"
_BEFORE: Final = r"(?<!ed )(?<!right )(?<!just )(?:before|prior to|ahead of|in time for)"
_SOON: Final = rf"{_BEFORE} (?:(?:{_WHOSE}|the|a|an|this|that) )?(?:[\w'-]+ )?(?:{_SOON_AFTER})\b"
PURPOSES: Final = (
    rf"{_INTO} (?:(?:{_WHOSE}) \w+|(?:the|a|an|this|that|some) {_FEW}(?:{OFFICE})\b)|{_SOON}|(?:{_REASONS})"
)
WISHES: Final = (
    r"(?:i'd|i would|we'd) (?:like|love)|(?:i|we) (?:need|want)|(?:give|show|tell|list) (?:me|us)|(?:can|could) you"
)
_ERRAND: Final = re.compile(
    rf"^(?:{_INTO} (?:(?:{_WHOSE}|the|a|an|this|that|some) )?{_FEW}(?:{OFFICE})|{_SOON})\W*$", re.IGNORECASE
)


def is_errand(text: str) -> bool:
    """Whether it says for which paper or meeting, and nothing else."""
    return bool(_ERRAND.match(text))


def is_office(word: str) -> bool:
    """Whether it is a paper, or a meeting, as any office has them."""
    return bool(re.fullmatch(OFFICE, word, re.IGNORECASE))
