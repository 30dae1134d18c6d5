"""Learnt synonyms in the layer, and in the form of catalog.yml."""

from pathlib import Path

import pytest
import yaml

from db.catalog.learned import Synonym, Target, fits, from_file, means, taught, to_yaml
from db.catalog.schema import ColumnSchema, Schema, TableSchema
from db.catalog.semantics import load_layer
from db.catalog.semantics_file import CatalogFile, SemanticsError
from db.catalog.source_file import SourceFile

COLUMNS = (
    ColumnSchema("id", "INTEGER", primary_key=True),
    ColumnSchema("name", "TEXT"),
    ColumnSchema("status", "TEXT"),
    ColumnSchema("wage", "INTEGER"),
)
SCHEMA = Schema((TableSchema("jobs", COLUMNS), TableSchema("secrets", (ColumnSchema("word", "TEXT"),))))
FILE = """
tables:
  secrets: {private: true}
  jobs:
    label: {ko: 작업, en: job}
    synonyms: [일]
    columns:
      wage: {private: true}
      status: {synonyms: [상태], values: {failed: {label: {ko: 실패, en: failed}, synonyms: [깨진]}}}
"""
BROKEN = Synonym("불량", Target("jobs", "status", "failed"))
LEARNT = (
    BROKEN,
    Synonym("no", Target("jobs", "status", "done: yes")),
    Synonym("잡", Target("jobs")),
    Synonym("제목", Target("jobs", "name")),
)


@pytest.fixture
def semantics(tmp_path: Path) -> Path:
    path = tmp_path / "catalog.yml"
    path.write_text(FILE, "utf-8")
    return path


def test_a_synonym_stands_beside_those_of_the_file(semantics: Path) -> None:
    layer, misfits = taught(load_layer(semantics, SCHEMA), LEARNT)
    assert misfits == ()
    assert layer.table("jobs").synonyms == ("일", "잡")
    assert layer.column(("jobs", "name")).synonyms == ("제목",)
    failed, done = layer.column(("jobs", "status")).values
    assert (failed.synonyms, failed.label.ko) == (("깨진", "불량"), "실패")
    assert (done.value, done.label.en, done.synonyms) == ("done: yes", "done: yes", ("no",))


def test_a_layer_that_knows_the_word_stays_the_same_object(semantics: Path) -> None:
    layer = load_layer(semantics, SCHEMA)
    known = (
        Synonym("깨진", BROKEN.target),
        Synonym("Jobs", Target("jobs")),
        Synonym("상 태", Target("jobs", "status")),
    )
    assert taught(layer, known)[0] is layer
    assert not means(layer, BROKEN.target, BROKEN.key)


@pytest.mark.parametrize(
    "target",
    [
        Target("secrets"),
        Target("secrets", "word"),
        Target("jobs", "wage"),
        Target("jobs", "wage", "100"),
        Target("jobs", "wage", ">= 100"),
        Target("jobs", "id"),
        Target("jobs", "gone"),
        Target("gone"),
        Target("jobs", "", "failed"),
    ],
)
def test_what_is_private_or_gone_is_left_out(semantics: Path, target: Target) -> None:
    layer = load_layer(semantics, SCHEMA)
    assert not fits(layer, target)
    assert taught(layer, [Synonym("말", target)]) == (layer, (Synonym("말", target),))


def test_a_value_belongs_to_a_category_or_a_name(semantics: Path) -> None:
    layer = load_layer(None, Schema((TableSchema("jobs", (*COLUMNS, ColumnSchema("started_at", "TEXT"))),)))
    assert fits(layer, Target("jobs", "name", "first"))
    assert not fits(layer, Target("jobs", "started_at", "2026-01-01"))


def test_the_export_is_what_the_loader_accepts_and_gives_back(tmp_path: Path) -> None:
    path = tmp_path / "learned.yml"
    path.write_text(to_yaml(LEARNT, load_layer(None, SCHEMA)), "utf-8")
    assert set(from_file(SourceFile(path, "X", SemanticsError).parse(CatalogFile))) == set(LEARNT)
    layer = load_layer(path, SCHEMA)
    assert all(means(layer, one.target, one.key) for one in LEARNT)
    assert yaml.safe_load(to_yaml((), load_layer(None, SCHEMA))) == {"tables": {}}


def test_a_target_is_named_as_it_is_written_in_a_query() -> None:
    assert [str(one.target) for one in LEARNT[:1]] == ["jobs.status = failed"]
    assert str(Target("jobs")) == "jobs"
