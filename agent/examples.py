"""Questions like the one that is asked, with SQL that people found to answer them."""

import logging
from typing import Final

from rapidfuzz import fuzz, process

from agent.withheld import is_open
from db.catalog.catalog import Catalog
from db.catalog.errors import QueryRefused
from db.hangul import keys, norm
from db.store.errors import StoreUnavailable
from db.store.examples import ExampleLog
from db.store.records import Example

log = logging.getLogger(__name__)

MOST: Final = 2
"""So many examples go into a prompt."""
NEAR: Final = 60.0
"""From here on (of 100) two questions are alike; measured on the sample's: other questions of one topic stay below."""


class Examples:
    """The examples for one kind of reader: none that the reader may not run, or that names what is private to them.

    Whoever sees some rows alone gets none: an example's words may be of other rows.
    """

    def __init__(self, examples: ExampleLog, catalog: Catalog) -> None:
        self._examples = examples
        self._catalog = catalog

    async def like(self, question: str) -> tuple[Example, ...]:
        """The most alike first; none where the store cannot be read, which an answer does not wait for."""
        if self._catalog.hides_rows:
            return ()
        try:
            known = await self._examples.all()
        except StoreUnavailable as error:
            log.warning("no examples for a question", extra={"reason": str(error)})
            return ()
        ranked = process.extract(
            question, [one.question for one in known], scorer=likeness, limit=None, score_cutoff=NEAR
        )
        standing = (known[place] for _, _, place in ranked if self._stands(known[place]))
        return tuple(one for _, one in zip(range(MOST), standing, strict=False))

    def _stands(self, example: Example) -> bool:
        try:
            self._catalog.check(example.sql)
        except QueryRefused:
            return False
        return is_open(f"{example.sql}\n{example.question}", self._catalog.semantics, self._catalog.private)


def likeness(one: str, other: str, **_: object) -> float:
    """How alike two questions are, 0 to 100: by keystrokes, which an ending changes little, or by words."""
    one, other = norm(one).casefold(), norm(other).casefold()
    return max(fuzz.ratio(keys(one), keys(other)), fuzz.token_set_ratio(one, other))
