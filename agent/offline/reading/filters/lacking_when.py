"""Reads when rows were not there: "projects with no runs this year" says nothing of when the projects began."""

from agent.offline.query.query import Filter
from agent.offline.words.sentence import Sentence


def lacked_dates(sentence: Sentence, head: str, absent: list[str]) -> list[Filter]:
    """The conditions on the dates of lacked rows that follow their noun in English."""
    if not sentence.english or len(absent) != 1:
        return []
    date = sentence.layer.table(absent[0]).date
    spoken = [i for i, table in sentence.tables(verbal=True) if table == absent[0]] or sentence.where("negate")
    if date is None or not spoken or absent[0] == head:
        return []
    own = [i for i, table in sentence.tables(verbal=True) if table == head]
    found = []
    for i in range(spoken[0] + 1, len(sentence)):
        dates = sentence.mentions[i].dates
        if dates is None or i in sentence.used or any(spoken[0] < j < i for j in own):
            continue
        sentence.used.add(i)
        found.append(Filter((absent[0], date), "between", (dates.start, dates.end)))
    return found
