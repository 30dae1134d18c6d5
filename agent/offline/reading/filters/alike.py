"""Reads conditions of sharing something with a named row: the same team as 김민준, 김민준's teammates."""

from agent.offline.query import joins
from agent.offline.query.query import Filter, Ref
from agent.offline.words.sentence import Sentence


def filters(sentence: Sentence, head: str) -> list[Filter]:
    """Conditions that a row shares a column with a named one; the name is then no condition of its own."""
    for i in range(len(sentence)):
        if not sentence.is_name(i) or i in sentence.used:
            continue
        values = sentence.nearest_values(i, head)
        found = _mates(sentence, i, head) or _same(sentence, i, head)
        if not values or found is None:
            continue
        place, ref = found
        sentence.used.update((i, place, *sentence.where("same")))
        value = values[0]
        alike = Filter(ref, "alike", (value.table, value.column, value.value))
        if sentence.has("self") and sentence.has("negate", "only"):
            return [alike, Filter(value.ref, "=", (value.value,), negated=True)]
        return [alike]
    return []


def _mates(sentence: Sentence, i: int, head: str) -> tuple[int, Ref] | None:
    """As in "이서연님 팀원", "최유진's teammates": a noun for rows that says by what they belong together."""
    named = {value.table for value in sentence.values(i)}
    of = [i - 2] if i > 1 and sentence.mentions[i - 1].surface.lower() == "of" else []
    for place in (*range(i + 1, min(i + 4, len(sentence))), *of):
        table = sentence.table(place)
        if table is None or table.name != head or table.name not in named:
            continue
        between = [c for c in sentence.columns(place - 1) if c.table == head and c.role == "category"]
        if place - 1 > i and between and not sentence.values(place - 1):
            sentence.used.add(place - 1)
            return place, between[0].ref
        surface = sentence.mentions[place].surface.lower()
        for column in table.columns:
            stems = [text.lower() for text in (column.label.ko, column.label.en, column.name) if text]
            if column.role == "category" and any(surface.startswith(s) and surface != s for s in stems):
                return place, column.ref
    return None


def _same(sentence: Sentence, i: int, head: str) -> tuple[int, Ref] | None:
    """As in "강지호랑 같은 팀인 사람", "pipelines with the same GPU as X"."""
    for same in sentence.where("same"):
        if len([j for j in range(len(sentence)) if sentence.is_name(j)]) != 1:
            return None
        for place in (same + 1, same + 2):
            column = sentence.nearest_column(place, head) if place < len(sentence) else None
            if column is not None and column.role in ("category", "date") and place != i:
                return place, column.ref
            table = sentence.table(place)
            if table is not None and table.name != head and joins.connected(sentence.layer, head, table.name):
                return place, (table.name, table.primary_key or table.display[0])
    return None
