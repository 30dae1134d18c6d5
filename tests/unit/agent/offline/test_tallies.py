"""An order by how many rows each has is put as a question for numbers; an order by a measure stays one."""

import pytest

from agent.offline.words.lexicon import Lexicon
from agent.offline.words.tallies import tallied
from tests.unit.agent.offline.talk import Book


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("projects by number of datasets", "how many datasets per projects"),
        ("sort projects by dataset count", "how many datasets per projects"),
        ("rank teams by number of runs, ascending", "how many runs per teams, ascending"),
        ("datasets by number of samples", "datasets by number of samples"),
        ("datasets by sample count", "datasets by sample count"),
        ("models by f1", "models by f1"),
        ("gizmos by number of runs", "gizmos by number of runs"),
    ],
)
def test_an_order_by_how_many_is_put_plainly(sample: Book, typed: str, meant: str) -> None:
    assert tallied(typed, Lexicon(sample.semantics, sample.values)) == meant
