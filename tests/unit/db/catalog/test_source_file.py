"""Files that people write: what no YAML reader of Python takes calmly is told by its line."""

from pathlib import Path

import pytest
from pydantic import BaseModel

from db.catalog.source_file import SourceFile, SourceFileError


class Shape(BaseModel):
    names: dict[str, int | str] = {}


def read(folder: Path, text: str) -> Shape:
    path = folder / "file.yml"
    path.write_text(text, encoding="utf-8")
    return SourceFile(path, "SETTING", SourceFileError).parse(Shape)


@pytest.mark.parametrize(
    ("line", "text", "says"),
    [
        (3, "names:\n  a: 1\n  a: 2", "'a' stands there twice"),
        (2, "names: {}\nnames: {a: 1}", "'names' stands there twice"),
        (2, "names:\n  a: 2026-06-31", "no such value"),
        (2, "names:\n  a: !!int x", "no such value"),
        (2, f"names:\n  a: {'9' * 5000}", "no such value"),
        (2, "names:\n  [a]: 1", "unhashable key"),
        (1, "names: \x00", "special characters"),
        (2, "names: {}\n---\nnames: {}", "another document"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_line(tmp_path: Path, line: int, text: str, says: str) -> None:
    with pytest.raises(SourceFileError, match=says) as caught:
        read(tmp_path, text)
    assert str(caught.value).startswith(f"{tmp_path / 'file.yml'}:{line}: ")


def test_a_file_nested_without_end_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceFileError, match="nested too deeply"):
        read(tmp_path, "names: " + "[" * 1000 + "]" * 1000)


def test_what_a_mapping_takes_over_from_another_may_be_overruled(tmp_path: Path) -> None:
    text = "names: {<<: &all {a: 1, b: 2}, b: 3}"
    assert read(tmp_path, text).names == {"a": 1, "b": 3}
    assert read(tmp_path, "").names == {}
