"""Reads the longest or the shortest time of each group: GPU별 최장 학습 시간."""

from agent.offline.query.query import Measure, Query, Ref
from agent.offline.reading.figures.grouping import places
from agent.offline.words.sentence import Sentence


def furthest_of_each(sentence: Sentence, query: Query, of: tuple[Ref, ...]) -> Measure | None:
    """The aggregate, where right before the time stands how long it is: then no groups are ranked by it."""
    spans = [i for i in range(len(sentence)) if (span := sentence.span(i)) and of == (("", span[0].name),)]
    turns = [i for i in sentence.where("longest", "shortest", "high", "low") if i + 1 in spans]
    turns += [i for i in spans if i + 1 in spans and (span := sentence.span(i)) and span[1] is not None]
    if not places(sentence) or not turns or not query.order or query.order[0].ref not in of:
        return None
    return "max" if query.order[0].descending else "min"
