"""A slipped key in an English contraction is undone; a name's ending and a quotation are left."""

import pytest

from agent.offline.words.mending.contractions import contracted


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("models that werne't evaluated", "models that weren't evaluated"),
        ("who hzven't trained", "who haven't trained"),
        ("runs that dont' have logs", "runs that don't have logs"),
        ("runs that don't have logs", "runs that don't have logs"),
        ("what's Minjun's project", "what's Minjun's project"),
        ("the 'isnt' note", "the 'isnt' note"),
        ("no signs", "no signs"),
    ],
)
def test_a_slip_in_a_contraction_is_undone(typed: str, meant: str) -> None:
    assert contracted(typed) == meant
