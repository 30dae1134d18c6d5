"""What words may be taught: what each could stand for, and why some may not."""

from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from agent.offline.saying.explain_reading import enumerations, target_of, values_of
from agent.offline.words.lexicon import Lexicon
from agent.offline.words.mentions import cut
from agent.offline.words.normalise import clean
from agent.vocabulary import LONGEST
from db.catalog.learned import Synonym, Target, fits
from db.catalog.meaning import TableMeaning
from db.catalog.values import fold

Code: TypeAlias = Literal["no_word", "function_word", "measure", "known", "clash", "misfit"]
SHORTEST = 2
_SOME_DAY = date(2000, 1, 1)
"""Which day it is makes no date of a word, and none of a date a word."""


@dataclass(frozen=True, slots=True)
class Objection:
    """Why a word is not learnt; `meaning` is what it stands for already, "" where that is not the reason."""

    code: Code
    meaning: str = ""


def objection(synonym: Synonym, lexicon: Lexicon) -> Objection | None:
    """Why a word cannot be learnt with that meaning; None where it can.

    "no_word": too short, too long, or nothing to read in it. "function_word": questions are held together by it.
    "measure": it is read as a date or an amount. "known": it means that already, with or without its particles.
    "clash": it means something else. "misfit": what it shall mean is not there.
    """
    if not fits(lexicon.layer, synonym.target):
        return Objection("misfit")
    if len(synonym.key) < SHORTEST or len(synonym.word) > LONGEST or synonym.key.isdigit():
        return Objection("no_word")
    return _spoken_for(synonym.key, synonym.target, lexicon) or _read_otherwise(synonym, lexicon)


def _spoken_for(key: str, target: Target, lexicon: Lexicon) -> Objection | None:
    senses = lexicon.at(key)
    meanings: list[Target | str] = [target_of(sense) or sense.kind for sense in senses if sense.word is None]
    meanings += [Target(*value.ref, str(value.value)) for value in lexicon.values_at(key)]
    if target in meanings:
        return Objection("known", str(target))
    if meanings:
        return Objection("clash", str(meanings[0]))
    return Objection("function_word") if senses else None


def _read_otherwise(synonym: Synonym, lexicon: Lexicon) -> Objection | None:
    """Against a word that is read in another way than by its letters: as a date, an amount, or without its particle."""
    mentions = cut(clean(synonym.word), lexicon, _SOME_DAY).mentions
    if len(mentions) != 1:
        return None if mentions else Objection("no_word")
    [mention] = mentions
    if mention.amount is not None or mention.dates is not None:
        return Objection("measure")
    return _spoken_for(fold(mention.surface), synonym.target, lexicon) if mention.after else None


def offers(lexicon: Lexicon) -> tuple[tuple[TableMeaning, tuple[Target, ...]], ...]:
    """All that a word may be taught to mean, by table: itself, its columns, their values and named bounds."""
    return tuple((table, tuple(_of_table(table, lexicon))) for table in lexicon.layer.tables)


def _of_table(table: TableMeaning, lexicon: Lexicon) -> list[Target]:
    found = [Target(table.name)]
    for column in enumerations(table, lexicon):
        found += (Target(table.name, column.name, value) for value in values_of(column, lexicon))
    found += (Target(table.name, column.name) for column in table.columns if column.role != "key")
    found += (Target(table.name, column.name, str(one.bound)) for column in table.columns for one in column.conditions)
    return found
