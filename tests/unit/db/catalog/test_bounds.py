"""Bounds that words stand for: read in both languages, kept in one form."""

from pathlib import Path

import pytest

from db.catalog.bounds import Bound, read_bound
from db.catalog.describe import describe, words
from db.catalog.learned import Synonym, Target, fits, from_file, is_condition, means, read_target, taught, to_yaml
from db.catalog.meaning import ConditionMeaning, SemanticLayer, Text
from db.catalog.schema import ColumnSchema, Schema, TableSchema
from db.catalog.semantics import load_layer
from db.catalog.semantics_file import CatalogFile, SemanticsError
from db.catalog.source_file import SourceFile

SCHEMA = Schema((TableSchema("runs", (ColumnSchema("name", "TEXT"), ColumnSchema("bucket", "TEXT"),
                                      ColumnSchema("f1", "REAL"))),))  # fmt: skip
NAMED = (
    "tables: {runs: {columns: {f1: {ratio: true, conditions: {%s: {label: {ko: 우수, en: good}, synonyms: [좋은]}}}}}}"
)
HIGH = Synonym("고성능", Target("runs", "f1", ">= 0.9"))


def loaded(folder: Path, text: str) -> SemanticLayer:
    path = folder / "catalog.yml"
    path.write_text(text, "utf-8")
    return load_layer(path, SCHEMA)


@pytest.mark.parametrize(
    ("said", "bound"),
    [
        (">= 0.9", Bound(">=", 0.9)),
        ("≥0.90", Bound(">=", 0.9)),
        ("0.9 이상", Bound(">=", 0.9)),
        ("At least 90%", Bound(">=", 0.9)),
        ("90% 이상", Bound(">=", 0.9)),
        ("< 12", Bound("<", 12)),
        ("12 미만", Bound("<", 12)),
        ("under 12", Bound("<", 12)),
        ("at most -1.5", Bound("<=", -1.5)),
        ("3 초과", Bound(">", 3)),
        ("= 0", Bound("=", 0)),
    ],
)
def test_a_bound_is_read_as_people_write_it(said: str, bound: Bound) -> None:
    assert read_bound(said, ratio=True) == bound
    assert read_bound(str(bound)) == bound


@pytest.mark.parametrize("said", ["", "0.9", "high", ">= high", ">= 0.9 or so", "0.9 >="])
def test_what_is_no_bound_is_not_read(said: str) -> None:
    assert read_bound(said) is None


def test_a_percentage_of_what_is_no_share_stays_as_it_is() -> None:
    assert read_bound("90%  이상") == Bound(">=", 90)


def test_a_taught_bound_is_a_condition_of_its_measure() -> None:
    layer, misfits = taught(load_layer(None, SCHEMA), [HIGH])
    assert misfits == ()
    assert layer.column(("runs", "f1")).conditions == (ConditionMeaning(Bound(">=", 0.9), Text(), ("고성능",)),)
    assert means(layer, HIGH.target, HIGH.key)
    assert taught(layer, [HIGH])[0] is layer
    assert str(HIGH.target) == "runs.f1 >= 0.9"


@pytest.mark.parametrize("value", [">=0.9", "0.9", "90% 이상", "high"])
def test_a_measure_is_bounded_in_one_form_alone(value: str) -> None:
    assert not fits(load_layer(None, SCHEMA), Target("runs", "f1", value))


def test_a_value_that_looks_like_a_bound_stays_a_value(tmp_path: Path) -> None:
    layer = load_layer(None, SCHEMA)
    bucket = Synonym("큰", Target("runs", "bucket", "> 100"))
    assert fits(layer, bucket.target)
    assert not is_condition(layer, bucket.target)
    assert taught(layer, [bucket])[0].column(("runs", "bucket")).values[0].synonyms == ("큰",)
    assert "values" in to_yaml([bucket], layer)


def test_the_export_of_a_bound_is_loaded_and_read_back(tmp_path: Path) -> None:
    path = tmp_path / "learned.yml"
    path.write_text(to_yaml([HIGH], load_layer(None, SCHEMA)), "utf-8")
    assert from_file(SourceFile(path, "X", SemanticsError).parse(CatalogFile)) == (HIGH,)
    assert means(load_layer(path, SCHEMA), HIGH.target, HIGH.key)


def test_a_bound_named_in_the_file_is_told_to_both_readers(tmp_path: Path) -> None:
    layer = loaded(tmp_path, NAMED % '"90% 이상"')
    assert "우수/good: >= 0.9" in describe(layer, lambda *_: [])
    assert ">= 0.9: 우수, good, 좋은" in words(layer)
    more, _ = taught(layer, [HIGH])
    [condition] = more.column(("runs", "f1")).conditions
    assert condition.synonyms == ("좋은", "고성능")


def test_a_taught_word_stands_among_no_rules_of_the_prompt() -> None:
    layer, _ = taught(load_layer(None, SCHEMA), [HIGH])
    assert "고성능" not in describe(layer, lambda *_: [])


def test_a_condition_that_is_no_bound_is_told_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(SemanticsError, match="a sign and a number, as in"):
        loaded(tmp_path, NAMED % "high")
    with pytest.raises(SemanticsError, match="'bucket' is no measure"):
        loaded(tmp_path, 'tables: {runs: {columns: {bucket: {conditions: {"> 1": {synonyms: [많은]}}}}}}')


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("runs", Target("runs")),
        ("runs.f1", Target("runs", "f1")),
        ("runs.f1 >= 0.9", Target("runs", "f1", ">= 0.9")),
        ("runs.f1>=0.9", Target("runs", "f1", ">= 0.9")),
        ("runs.f1 0.9 이상", Target("runs", "f1", ">= 0.9")),
        ("runs.bucket = large", Target("runs", "bucket", "large")),
        ("runs.f1 = high", None),
        ("gone.f1 > 1", None),
        ("runs f1", None),
    ],
)
def test_a_meaning_is_read_as_it_is_written(text: str, target: Target | None) -> None:
    assert read_target(text, load_layer(None, SCHEMA)) == target
