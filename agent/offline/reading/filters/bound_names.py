"""Where the measure of a bound is named: "smallest model with latency under 15 ms" does not rank by latency, too."""

from agent.offline.words.sentence import Sentence
from db.catalog.meaning import ColumnMeaning

_FURTHEST = 4


def naming(sentence: Sentence, i: int, head: str, column: ColumnMeaning) -> list[int]:
    """The places that name the measure which the amount at `i` bounds by its unit, and do nothing else."""
    beside = (sentence.neighbour(i, 1), sentence.neighbour(i, -1))
    near = [j for j in beside if sentence.nearest_column(j, head) == column][:1]
    ranks = sentence.has("high", "low") and not sentence.has("avg", "sum", "max", "min")
    before = [j for j in range(max(0, i - _FURTHEST), i) if ranks and sentence.nearest_column(j, head) == column]
    return [j for j in (*near, *before[-1:]) if not sentence.does(j - 1, "high", "low", "superlative")]
