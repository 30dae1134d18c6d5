"""Says whether rows fit a purpose: what their notes say for or against it, and the figures it goes by."""

import re
from collections.abc import Iterator
from typing import Final

from agent.messages import say
from agent.offline.reading.reading import Fitness, Reading
from agent.offline.saying.cells import bold, cell_of, label, number, plain
from agent.offline.saying.phrases import Phrases
from agent.offline.saying.results import Result
from db.catalog.meaning import SemanticLayer
from db.catalog.table import Row

_CLAUSE: Final = re.compile(r"[.,;!?\n]+\s*|(?<=[고만며나]) |\bbut\b")
_AGAINST: Final = re.compile(
    r"부적합|불가|금지|미지원|지양|비추|안 ?[됨돼되된]|못 ?[함하한]|않|말 ?것|말아|어렵|무리|아님|제외"
    r"|\b(?:not|no|never|unsuitable|unfit|avoid|don't|do not|cannot|can't|won't|isn't|too slow"
    r"|too large|discouraged|forbidden)\b",
    re.IGNORECASE,
)
_FOR: Final = re.compile(
    r"적합|권장|추천|가능|알맞|좋음|용(?=[.,)]|$)|\b(?:suitable|suited|recommended|fit|fits|fine|ok|okay|good|ideal|meant|designed|made|works|ready)\b",
    re.IGNORECASE,
)
MOST_ROWS: Final = 8


def told_of_fitness(reading: Reading, result: Result, phrases: Phrases) -> str:
    """The answer to whether the rows fit what they are asked to be fit for."""
    fitness = reading.fitness
    if fitness is None:
        return ""
    rows = result.table.rows
    if len(rows) > 1:
        return _of_each(fitness, result, phrases)
    criterion = next((c for c in result.layer.criteria if c.name == fitness.criterion), None)
    why = criterion.explanation.of(result.language) if criterion is not None and criterion.explanation else ""
    told = (
        _verdict(fitness, result, rows[0]),
        _figures(fitness, result, rows[0]),
        f"{why[:1].upper()}{why[1:]}." if why else "",
    )
    return " ".join(part for part in told if part)


def ranking(reading: Reading, result: Result) -> tuple[str, ...]:
    """The question for the best rows for that purpose, where it is a need that rows are ranked by."""
    fitness = reading.fitness
    if fitness is None or not fitness.criterion:
        return ()
    kind = result.layer.table(result.query.head).label.of(result.language)
    purpose = plain(fitness.word)
    if result.language == "ko":
        purpose = next(c.label.ko for c in result.layer.criteria if c.name == fitness.criterion)
    return (say("fitness-rank", result.language, purpose=purpose, kind=kind),)


def _verdict(fitness: Fitness, result: Result, row: Row) -> str:
    """What is noted of one row, and what state it is in where it is to come to another."""
    language, name = result.language, bold(result.name(row))
    note, said = label(fitness.note, result.layer, language), result.text(row, fitness.note)
    has_note = result.value(row, fitness.note) is not None
    aim = fitness.aim
    if aim is not None:
        state = bold(result.text(row, aim.ref))
        is_there = result.value(row, aim.ref) in aim.values
        lead = say("fitness-there" if is_there else "fitness-not-there", language, name=name, state=state)
        if not has_note:
            return lead if is_there else f"{lead} {say('fitness-unnoted', language, note=note)}"
        return f"{lead} {say('fitness-there-noted' if is_there else 'fitness-noted', language, note=note, said=said)}"
    use = plain(fitness.word)
    if not has_note:
        return say("fitness-none", language, name=name, note=note, use=use)
    key = _stance(str(result.value(row, fitness.note)), tuple(_words(fitness, result.layer)))
    if key == "silent" and not fitness.criterion:
        key = "open"  # a note in another language, or in other words, may well speak of it
    return say(f"fitness-{key}", language, name=name, note=note, use=use, said=said)


def _stance(note: str, words: tuple[str, ...]) -> str:
    """Whether the note is against the purpose, for it, mentions it, or is silent of it."""
    spoken = [clause for clause in _CLAUSE.split(note) if clause and any(_says(clause, word) for word in words)]
    if any(_AGAINST.search(clause) for clause in spoken):
        return "against"
    if any(_FOR.search(clause) for clause in spoken):
        return "for"
    return "mentions" if spoken else "silent"


def _says(clause: str, word: str) -> bool:
    pattern = re.escape(word)
    return re.search(rf"\b{pattern}" if word[:1].isascii() else pattern, clause, re.IGNORECASE) is not None


def _words(fitness: Fitness, layer: SemanticLayer) -> Iterator[str]:
    """What the purpose is called, in the question and in the catalogue."""
    yield from (fitness.word, *(word for word in fitness.word.split() if len(word) > 1))
    for criterion in layer.criteria:
        if criterion.name == fitness.criterion:
            yield from (word for word in criterion.synonyms if len(word) > 1)


def _figures(fitness: Fitness, result: Result, row: Row) -> str:
    stated = {fitness.aim.ref} if fitness.aim is not None else set()
    refs = [
        ref for ref in result.told() if ref != fitness.note and ref not in stated and result.value(row, ref) is not None
    ]
    layer, language = result.layer, result.language
    told = [f"{label(ref, layer, language)} {cell_of(ref, result.value(row, ref), layer, language)}" for ref in refs]
    return say("fitness-figures", result.language, figures=", ".join(told)) if told else ""


def _of_each(fitness: Fitness, result: Result, phrases: Phrases) -> str:
    """Several rows, each with what is noted of it."""
    language, rows = result.language, result.table.rows
    note = label(fitness.note, result.layer, language)
    aim = fitness.aim
    use = cell_of(aim.ref, aim.values[0], result.layer, language) if aim is not None else plain(fitness.word)
    counter = result.layer.table(result.query.head).counter if language == "ko" else ""
    count = bold(f"{number(len(rows))}{counter}")
    lead = say("fitness-each", language, subject=phrases.subject(result.query), count=count, use=use, note=note,
               aim="yes" if aim is not None else "no")  # fmt: skip
    words = tuple(_words(fitness, result.layer))
    none = say("fitness-no-note", language, note=note)
    lines = []
    for row in rows[:MOST_ROWS]:
        said = f"“{result.text(row, fitness.note)}”" if result.value(row, fitness.note) is not None else none
        stance = _stance(str(result.value(row, fitness.note) or ""), words) if aim is None else ""
        mark = f" ({say(f'fitness-each-{stance}', language)})" if stance in ("against", "for") else ""
        lines.append(f"- {bold(result.name(row))}: {said}{mark}")
    return "\n".join((lead, *lines))
