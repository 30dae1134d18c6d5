"""What words may be taught: what each could stand for, and why some may not."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from agent.offline.explain_reading import enumerations, target_of, values_of
from agent.offline.lexicon import Lexicon
from agent.vocabulary import LONGEST
from db.catalog.learned import Synonym, Target, fits
from db.catalog.meaning import TableMeaning

Code: TypeAlias = Literal["no_word", "function_word", "known", "clash", "misfit"]
SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Objection:
    """Why a word is not learnt; `meaning` is what it stands for already, "" where that is not the reason."""

    code: Code
    meaning: str = ""


def objection(synonym: Synonym, lexicon: Lexicon) -> Objection | None:
    """Why a word cannot be learnt with that meaning; None where it can.

    "no_word": too short, too long, or nothing to read in it. "function_word": questions are held together by it.
    "known": it means that already. "clash": it means something else. "misfit": what it shall mean is not there.
    """
    if not fits(lexicon.layer, synonym.target):
        return Objection("misfit")
    if not SHORTEST <= len(synonym.key) <= LONGEST or synonym.key.isdigit():
        return Objection("no_word")
    senses = lexicon.at(synonym.key)
    meanings: list[Target | str] = [target_of(sense) or sense.kind for sense in senses if sense.word is None]
    meanings += [Target(*value.ref, str(value.value)) for value in lexicon.values_at(synonym.key)]
    if synonym.target in meanings:
        return Objection("known", str(synonym.target))
    if meanings:
        return Objection("clash", str(meanings[0]))
    return Objection("function_word") if senses else None


def offers(lexicon: Lexicon) -> tuple[tuple[TableMeaning, tuple[Target, ...]], ...]:
    """All that a word may be taught to mean, by table: the table, its columns, the values of its enumerations."""
    return tuple((table, tuple(_of_table(table, lexicon))) for table in lexicon.layer.tables)


def _of_table(table: TableMeaning, lexicon: Lexicon) -> list[Target]:
    found = [Target(table.name)]
    for column in enumerations(table, lexicon):
        found += (Target(table.name, column.name, value) for value in values_of(column, lexicon))
    found += (Target(table.name, column.name) for column in table.columns if column.role != "key")
    return found
