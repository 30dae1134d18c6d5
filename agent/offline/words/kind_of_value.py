"""Tells a noun that only says what kind of word the value before it is: "보관 상태인 모델"."""

from agent.offline.words.sentence import Sentence


def says_what_kind(sentence: Sentence, i: int) -> bool:
    """Whether it stands between a value and the rows that are so, though their own column is called otherwise."""
    if sentence.english or not i or not sentence.mentions[i].after.startswith("인") or sentence.table(i) is not None:
        return False
    category = any(column.role == "category" for column in sentence.columns(i)) and not sentence.values(i)
    table = sentence.table(i + 1)
    return category and table is not None and any(value.table == table.name for value in sentence.values(i - 1))


def names_its_kind(sentence: Sentence, i: int, place: int) -> bool:
    """As in "v2.0 버전": whether the noun at `place` is what the value at `i` is one of."""
    refs = {value.ref for value in sentence.values(i)}
    return any(column.ref in refs for column in sentence.columns(place)) and not sentence.values(place)
