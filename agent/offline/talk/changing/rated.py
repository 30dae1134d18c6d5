"""Reads a rate that is asked for behind figures by group: "성공률은?" after the number of models of each team."""

from agent.offline.query import joins
from agent.offline.query.query import Query
from agent.offline.reading.figures import rates
from agent.offline.reading.filters import conditions
from agent.offline.reading.reading import Reading
from agent.offline.talk.frames import Frame
from agent.offline.talk.pointing.places import content
from agent.offline.words.sentence import Sentence

_MEASURED = ("count", "avg", "sum", "min", "max", "share")


def rated(sentence: Sentence, frames: tuple[Frame, ...]) -> Reading | None:
    """The rate in each of the groups told last; asked back where those cannot have one, None where none is asked for.

    A state that a rate is asked of ("성공률") never narrows down what was counted.
    """
    query = frames[0].query if frames else None
    said = [i for i in content(sentence) if sentence.values(i)]
    head = rates.head_of(sentence)
    if query is None or not query.groups or query.measure not in _MEASURED or head is None or len(said) != 1:
        return None
    others = (i for i in content(sentence) if i not in said and not sentence.does(i, "rate"))
    if any(True for _ in others) or sentence.has("each", "who", "recommend", "superlative", "count", "negate"):
        return None
    states = conditions.value_filters(sentence, head)
    is_plain = not (query.having or query.either or query.present or query.absent or query.within or query.place)
    also = sentence.has("also") or any(mention.after.endswith("도") for mention in sentence.mentions)
    asked = Query(head, filters=(*query.filters, *states), groups=query.groups, counted=head)
    is_new = len(states) == 1 and states[0].ref not in {one.ref for one in query.filters}
    share = rates.shared(sentence, asked) if is_new and is_plain and not also else None
    if share is None or not _can_have(sentence, query, head):
        return Reading("unclear", words=(sentence.mentions[said[0]].surface,), are_known=True)
    return Reading("query", share)


def _can_have(sentence: Sentence, query: Query, head: str) -> bool:
    """Whether each row of the head is in one group, and all that was said of the rows told can be said of it."""
    above = all(_is_above(sentence, table, head) for table, _ in query.groups)
    kept = all(one.op == "=" and _is_above(sentence, one.ref[0], head) for one in query.filters)
    return above and kept and not query.grain


def _is_above(sentence: Sentence, table: str, head: str) -> bool:
    """Whether each row of the head has one row of the table, if any."""
    layer = sentence.layer
    return table == head or (
        bool(table) and joins.connected(layer, head, table) and not joins.is_below(layer, head, table)
    )


def is_of_its_own(sentence: Sentence, frames: tuple[Frame, ...]) -> bool:
    """As in "A100 성공률은?" behind figures by group: it says itself of which rows the rate is."""
    query = frames[0].query if frames else None
    values = [i for i in content(sentence) if sentence.values(i)]
    return query is not None and bool(query.groups) and len(values) > 1 and rates.head_of(sentence) is not None
