"""Finds words that were cut into syllables which say nothing: 임게값 is one word with a slip."""

from collections.abc import Iterable, Iterator

from agent.offline.words.mentions import Mention

FEWEST = 3


def in_syllables(mentions: Iterable[Mention]) -> Iterator[Mention]:
    """The last of each run of so many unspaced fillers of one syllable."""
    run = 0
    for mention in mentions:
        fills = bool(mention.senses) and all(s.word is not None and s.word.does == "filler" for s in mention.senses)
        is_syllable = fills and len(mention.surface) == 1
        run = (run + 1 if not mention.spaced else 1) if is_syllable else 0
        run = run if not mention.after or run >= FEWEST else 0
        if run >= FEWEST:
            yield mention
