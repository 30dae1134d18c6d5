"""English words that change nothing where they stand, and are stepped over there: one list for each place."""

from typing import Final

BEFORE_OWNED: Final = frozenset(
    {
        *("a", "an", "the", "their", "own", "any", "some", "one", "at least one", "at least", "least"),
        *("already", "actually", "actual", "ever", "even", "yet"),
    }
)
"""Between a verb of having and what is had: "projects that have at least one run"."""
BEHIND_USED: Final = frozenset(
    {
        *("by", "in", "for", "with", "at", "a", "single", "any", "all", "anyone", "anybody", "anything"),
        *("yet", "ever", "so", "far"),
    }
)
"""Between a word for use and what uses it: "not used yet by any run"."""
BEFORE_BOUND: Final = frozenset(
    {
        *("those", "these", "the", "ones", "that", "any", "anything", "everything", "all"),
        *("which", "are", "is", "of", "with", "that are"),
    }
)
"""Between a word for leaving out and a bound: "without those that are over 20 GB"."""
BEHIND_THAN: Final = frozenset({"the", "that", "of", "our", "a"})
"""Between "than" and what something is held against: "than that of the other"."""
BEFORE_AVERAGE: Final = frozenset({"the", "an", "its", "their", "our"})
"""Between "above" and an average: "above their average"."""
FORMS_OF_BE: Final = frozenset({"is", "are", "was", "were", "have", "has", "been", "be"})
"""Between what is said to be so and what is said of it: "whose runs have been completed"."""
