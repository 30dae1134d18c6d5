"""Reads a question that counts the groups told last, or keeps those of so many: 개수는?, 두 개 이상인 사람만."""

from dataclasses import replace

from agent.offline.query.query import Query
from agent.offline.reading.filters import conditions
from agent.offline.reading.reading import Reading
from agent.offline.talk.changing.regroup import AGGREGATES
from agent.offline.talk.frames import Frame
from agent.offline.talk.pointing.places import content
from agent.offline.words.sentence import Sentence

_OTHERWISE = ("that", "it", "person", "both", "why", "where", "when", "each_year", "each_month", "recommend", "share")


def of_groups(sentence: Sentence, frames: tuple[Frame, ...]) -> Reading | None:
    """The last groups counted, or only those within a bound; None where more is said than that."""
    query = frames[0].query if frames else None
    if query is None or not query.groups or query.place is not None or sentence.has(*_OTHERWISE):
        return None
    new = _counted(sentence, query) or _bounded(sentence, query)
    return Reading("query", new) if new is not None else None


def _counted(sentence: Sentence, query: Query) -> Query | None:
    """As in "개수는?", "count instead of average" after an aggregate by group: how many rows each group has."""
    turned = sentence.has("negate", "correction") or not sentence.has("avg", "sum", "max", "min")
    if query.measure not in AGGREGATES or not sentence.has("count") or content(sentence) or not turned:
        return None
    base = query.counted or query.head
    return replace(query, measure="count", of=(), also=(), order=(), counted=base, tallied=False, having=None)


def _bounded(sentence: Sentence, query: Query) -> Query | None:
    """As in "두 개 이상인 사람만", "only those with more than one" after a count by group."""
    said = content(sentence)
    amounts = [i for i in said if (amount := sentence.mentions[i].amount) and amount.unit in ("", "count")]
    if query.measure != "count" or len(amounts) != 1:
        return None
    known = {query.head, query.counted, *(table for table, _ in query.groups)}
    rest = [table for i in said if i not in amounts if (table := sentence.table(i)) is not None]
    op, amount = conditions.comparison(sentence, amounts[0]), sentence.mentions[amounts[0]].amount
    if len(rest) != len(said) - 1 or any(table.name not in known for table in rest) or op is None or amount is None:
        return None
    return replace(query, having=(op, amount.value), limit=None)
