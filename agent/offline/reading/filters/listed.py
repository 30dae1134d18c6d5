"""Finds the rows whose columns are listed before a person: "과제의 이름과 상태, 그리고 담당자"."""

from agent.offline.words.particles import JOINING
from agent.offline.words.sentence import Sentence


def rows_beside(sentence: Sentence, free: list[tuple[int, str]]) -> str | None:
    """The table of the columns that stand right before the last noun, a person, who is told beside its rows."""
    if sentence.english or not free or sentence.has("count", "many", "few", "each", "who"):
        return None
    i, person = free[-1]
    if not sentence.layer.table(person).person or sentence.values(i - 1):
        return None
    before = i - 1
    while sentence.does(before, "and"):
        before -= 1
    if sentence.does(before, "list") and sentence.mentions[before].after in JOINING:
        listed = sentence.table(before - 1)
        return sentence.owner(listed.name) if listed is not None and not listed.person else None
    own = {sentence.owner(column.table) for column in sentence.columns(before)} - {person} if before >= 0 else set()
    if not own or sentence.is_verbal(before) or (before == i - 1 and sentence.mentions[before].after not in JOINING):
        return None
    spoken = {sentence.owner(table) for j, table in sentence.tables() if j < before} & own
    told = [{sentence.owner(c.table) for c in sentence.columns(j)} for j in range(before + 1) if sentence.columns(j)]
    surely = {next(iter(tables)) for tables in told if len(tables) == 1} & own
    named = spoken or surely
    return next(iter(named)) if len(named) == 1 else None
