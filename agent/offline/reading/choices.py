"""Finds what a rank leaves open: by which measure ("가장 높은 모델"), or of which rows ("가장 큰 거")."""

from dataclasses import dataclass

from agent.offline.query.query import Query
from agent.offline.reading.figures.unnamed import default_measure
from agent.offline.words.sentence import Sentence
from db.catalog.meaning import ColumnMeaning, SemanticLayer

_BARE = ("높", "상위", "하위", "탑", "톱", "high", "low", "top", "bottom", "낮")
"""Ranks that say nothing of size: what is high needs a measure, what is large has one."""
_LOW = ("낮", "하위", "low", "bottom")
_LEAST = 2


@dataclass(frozen=True, slots=True)
class Open:
    """The word, and what may be meant by it: each under its label, with what is to stand in the word's place."""

    word: str
    choices: tuple[tuple[str, str], ...]


def of_no_measure(sentence: Sentence, query: Query) -> Open | None:
    """As in "가장 높은 모델", "top model": ranked by what is not said; None where it is, or there is but one."""
    if query.groups or query.within or any(f.op in (">row", "<row") for f in query.filters):
        return None
    for i in sentence.where("high", "low", "first_of", "last_of"):
        surface = sentence.mentions[i].surface.lower()
        if not surface.startswith(_BARE) or i in sentence.used or _is_measured(sentence, i, query):
            continue
        measures = _measures(sentence.layer, query.head)
        if len(measures) < _LEAST:
            return None
        labels = [column.label.en if sentence.english else column.label.ko for column in measures]
        return Open(sentence.mentions[i].surface, tuple((label, _ranked(sentence, i, label)) for label in labels))
    return None


def _ranked(sentence: Sentence, i: int, name: str) -> str:
    """What stands in the word's place, with the measure: "highest F1", "F1 상위" where a number follows."""
    surface = sentence.mentions[i].surface.lower()
    numbered = i + 1 < len(sentence) and sentence.mentions[i + 1].amount is not None
    if numbered and not sentence.does(i, "high", "low"):
        return f"{name} {surface}"
    low = surface.startswith(_LOW)
    if sentence.english:
        return f"{'lowest' if low else 'highest'} {name}"
    first = "" if sentence.has("superlative") else "가장 "
    return f"{first}{name} {'낮은' if low else '높은'}"


def _is_measured(sentence: Sentence, i: int, query: Query) -> bool:
    """Whether something says by what: a measure, a need, a span, a date, a number of rows."""
    for j in range(len(sentence)):
        if j == i:
            continue
        if sentence.criterion(j) or sentence.span(j) or sentence.mentions[j].dates:
            return True
        if any(column.role in ("measure", "date") for column in sentence.columns(j)) and sentence.table(j) is None:
            return True
        sized = sentence.does(j, "high", "low") and not sentence.mentions[j].surface.lower().startswith(_BARE)
        if sized or sentence.does(
            j, "many", "few", "newest", "oldest", "longest", "shortest", "count", "share", "rate"
        ):
            return True
    return bool(query.of)


def _measures(layer: SemanticLayer, head: str) -> list[ColumnMeaning]:
    """What rows of the table can be high in: shares first, then what has a better end."""
    tables = [table for table in layer.tables if table.name == head or table.part_of == head]
    found = [column for table in tables for column in table.columns if column.role == "measure"]
    return sorted(found, key=lambda column: (not column.ratio, column.better is None))


def of_no_table(sentence: Sentence) -> Open | None:
    """As in "가장 큰 거 보여줘": the largest of what is not said; None where the question says more."""
    ranks = [i for i in sentence.where("high", "low") if not sentence.mentions[i].surface.lower().startswith(_BARE)]
    says = any(sense.word is None for mention in sentence.mentions for sense in mention.senses)
    if len(ranks) != 1 or says or any(m.amount or m.dates or m.parts or m.unknown for m in sentence.mentions):
        return None
    surface = sentence.mentions[ranks[0]].surface
    if not _is_of_size(surface):
        return None
    sized = [table for table in sentence.layer.tables if not table.part_of and default_measure(sentence, table.name)]
    labels = [table.label.en if sentence.english else table.label.ko for table in sized]
    choices = tuple((label, f"{surface} {label}") for label in labels)
    return Open(surface, choices) if len(choices) >= _LEAST else None


def _is_of_size(surface: str) -> bool:
    return surface.lower().startswith(("큰", "크", "작", "large", "big", "small"))
