"""The catalogue with the words it has learnt: what both engines read."""

import logging
from typing import Final, Protocol

from agent.explanation import LostWord
from db.catalog.catalog import Catalog
from db.catalog.learned import Synonym, Target, is_condition, taught
from db.catalog.meaning import SemanticLayer
from db.catalog.values import ValueIndex, fold
from db.store.errors import StoreUnavailable
from db.store.records import Decision, Unplaced
from db.store.synonyms import SynonymLog

log = logging.getLogger(__name__)

LONGEST: Final = 60
"""The longest word that is kept, as people write it: what is longer is no word."""


class Knowledge(Protocol):
    """What an engine reads of a catalogue."""

    @property
    def semantics(self) -> SemanticLayer: ...

    @property
    def values(self) -> ValueIndex: ...

    @property
    def dialect(self) -> str: ...


class Vocabulary:
    """A catalogue whose semantic layer has the confirmed synonyms in it.

    The layer is the same object as long as neither the catalogue nor the words change. A synonym of something that
    is not in the layer (any longer), or is private, is left out, with a warning; one of a name in rows that the
    catalogue's reader does not see is left out in silence.
    """

    def __init__(self, catalog: Catalog, synonyms: SynonymLog) -> None:
        self._catalog = catalog
        self._synonyms = synonyms
        self._learned: tuple[Synonym, ...] = ()
        self._known: tuple[Synonym, ...] = ()
        self._base = self._layer = catalog.semantics
        self._standing = catalog.values
        self._misfits: tuple[Synonym, ...] = ()

    @property
    def semantics(self) -> SemanticLayer:
        if self._base is not self._catalog.semantics or self._standing is not self._catalog.values:
            self._teach()
        return self._layer

    @property
    def values(self) -> ValueIndex:
        return self._catalog.values

    @property
    def learned(self) -> tuple[Synonym, ...]:
        """The confirmed synonyms that are in the layer, the newest last."""
        return tuple(one for one in self._learned if one not in self._misfits and self._is_told(one.target))

    @property
    def dialect(self) -> str:
        """The SQL that the catalogue takes, as sqlglot names it."""
        return self._catalog.dialect

    async def refresh(self) -> None:
        """Reads the catalogue anew where it changed, and the words where some were confirmed or taken back.

        Raises CatalogUnavailable. Without a store the words of before stay.
        """
        await self._catalog.refresh()
        try:
            learned = tuple(synonym_of(one) for one in await self._synonyms.confirmed())
        except StoreUnavailable as error:
            log.error("the learnt words stay as they were: %s", error)
            return
        if learned != self._learned:
            self._learned = learned
            self._teach()

    def _teach(self) -> None:
        base, self._standing = self._catalog.semantics, self._catalog.values
        known = tuple(one for one in self._learned if self._is_told(one.target))
        if base is not self._base or known != self._known:
            self._base, self._known = base, known
            self._layer, misfits = taught(base, known)
            self._warn(misfits)

    def _warn(self, misfits: tuple[Synonym, ...]) -> None:
        if misfits and misfits != self._misfits:
            log.warning("learnt words are left out", extra={"misfits": [str(one.target) for one in misfits]})
        self._misfits = misfits

    def _is_told(self, target: Target) -> bool:
        """Whether nothing is given away by it: no value of rows that the catalogue's reader does not see."""
        if is_condition(self._catalog.semantics, target):
            return True
        return not target.value or self._catalog.may_name(target.table, target.column, target.value)


def synonym_of(decision: Decision) -> Synonym:
    return Synonym(decision.surface, Target(decision.table, decision.column, decision.value))


def unplaced(lost: LostWord) -> Unplaced:
    """The word as the store keeps it; cut where it is too long to be one."""
    nearest = tuple(
        {"table": c.target.table, "column": c.target.column, "value": c.target.value, "score": c.score}
        for c in lost.nearest
    )
    word = lost.word[:LONGEST]
    return Unplaced(fold(word), word, nearest)
