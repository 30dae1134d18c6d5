"""A gate never hides a line that its patterns would match."""

import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from agent.failures.gates import Gate, gate_of
from agent.failures.signatures import signatures

LINES = [
    line
    for file in sorted(Path(__file__).parent.glob("*.yml"))
    for case in yaml.safe_load(file.read_text("utf-8"))
    for line in case["tail"].split("\n")
]


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("CUDA out of memory", ("cuda out of memory",)),
        (r"\bfallen off\b|GPU (?:is|was) lost", ("fallen off", " lost")),
        (r"node (?:\S+ )?(?:is|was) down", ("node ",)),
        (r"\[Errno 28\]|it/s", ("[errno 28]", "it/s")),
        (r"errors? found", (" found",)),
        (r"fo+bar|a{2,3}bcd", ("bar", "bcd")),
        (r"[(\])|x]loss", ("loss",)),
    ],
)
def test_the_longest_run_of_each_alternative_is_its_word(pattern: str, words: tuple[str, ...]) -> None:
    assert gate_of([pattern]) == Gate(words, None)


def test_an_alternative_without_a_word_is_tried_itself() -> None:
    gate = gate_of([r"ab|loss|(?:one|other)\d"])
    assert gate.words == ("loss",)
    assert gate.rest is not None
    assert gate.is_open("ONE1", "one1")
    assert gate.is_open("LOSS", "loss")
    assert not gate.is_open("accuracy", "accuracy")


def test_no_line_of_any_log_is_hidden() -> None:
    found = 0
    for line in {*LINES, *(line.upper() for line in LINES), *(line.lower() for line in LINES)}:
        for signature in signatures():
            if signature.pattern.search(line):
                found += 1
                assert signature.find(line, line.lower()), (signature.code, line)
    assert found > 200


_PATTERNS = st.lists(
    st.sampled_from(
        ["loss", "nan", "GPU", r"\b", r"\d", ".{0,9}", "(?:is|was)", "[xyz|(]", "s?", "e+", "|", " ", r"\(", "a*"]
    ),
    max_size=9,
).map("".join)


@given(_PATTERNS, st.text(alphabet="lossnaGPU xyz|(1iwa", max_size=30))
def test_whatever_the_pattern_its_gate_hides_nothing(pattern: str, line: str) -> None:
    if re.compile(pattern, re.IGNORECASE).search(line):
        assert gate_of([pattern]).is_open(line, line.lower())
