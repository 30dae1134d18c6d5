"""docs/security.md keeps to what is there: each layer it names is a file, each test it names is a test."""

import ast
import re
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parents[1]
TEXT: Final = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
ROWS: Final = [
    [cell.strip() for cell in line.strip("|").split("|")] for line in TEXT.splitlines() if re.match(r"\| \d", line)
]
FILE: Final = re.compile(r"`((?:[\w.-]+/)*[\w-]+\.(?:py|md|yml))`")
TEST: Final = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


def defined_in(file: str) -> set[str]:
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}


def test_each_threat_has_its_row() -> None:
    assert [row[0] for row in ROWS] == [str(number) for number in range(1, 38)]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_each_row_names_a_layer_that_is_there_or_says_why_there_is_none(row: list[str]) -> None:
    _, threat, layer, held_by = row
    assert threat
    assert FILE.search(layer) or "not defended, because" in layer
    assert TEST.search(held_by)


def test_every_file_that_is_named_is_there() -> None:
    assert [name for name in FILE.findall(TEXT) if not (ROOT / name).is_file()] == []


def test_every_test_that_is_named_is_there() -> None:
    named = TEST.findall(TEXT)
    assert len(named) > 40
    missing = [f"{file}::{name}" for file, name in named if not (ROOT / file).is_file() or name not in defined_in(file)]
    assert missing == []
