"""What catalog.yml lacks."""

from pathlib import Path

import pytest

from db.catalog.learned import Target
from db.catalog.lint import WEIGHT, Finding, Kind, lint
from db.catalog.lint_snippet import snippet
from db.catalog.meaning import Language, SemanticLayer
from db.catalog.schema import ColumnSchema, ForeignKey, Schema, TableSchema
from db.catalog.semantics import load_layer
from db.catalog.table import Cell
from db.catalog.values import ValueIndex

_ASKED: dict[Language, str] = {"ko": "add Korean words", "en": "add English words"}
SCHEMA = Schema(
    (
        TableSchema(
            "jobs",
            (
                ColumnSchema("id", "INTEGER", primary_key=True),
                ColumnSchema("title", "TEXT"),
                ColumnSchema("state", "TEXT"),
                ColumnSchema("gpu", "TEXT"),
                ColumnSchema("owner", "TEXT"),
                ColumnSchema("secret", "TEXT"),
            ),
        ),
        TableSchema("shops", (ColumnSchema("title", "TEXT"),)),
    )
)
FILE = """
tables:
  jobs:
    label: {ko: 작업, en: job}
    synonyms: [일, task]
    columns:
      title: {label: {ko: 제목, en: title}, synonyms: [이름, name]}
      state:
        label: {ko: 상태, en: state}
        synonyms: [진행, status, broken]
        values:
          failed: {label: {ko: 실패, en: failed}, synonyms: [깨진, broken]}
          gone: {label: {ko: 없음, en: gone}, synonyms: [사라진, lost]}
      gpu: {label: {ko: 장비, en: GPU}, synonyms: [지피유, hardware]}
      owner: {role: category, label: {ko: 담당, en: owner}, synonyms: [담당자, boss]}
      secret: {private: true}
  shops:
    label: {ko: 작업, en: shop}
    synonyms: [가게, store]
    columns: {title: {label: {ko: 제목, en: title}, synonyms: [이름, name]}}
criteria:
  cheap:
    {label: {ko: 싼, en: cheap}, synonyms: [싼, task], table: jobs, column: jobs.gpu, order: asc,
     explanation: {ko: 쌈, en: cheap}}
concepts: {experiment: {label: {ko: 실험, en: experiment}, synonyms: [시험], table: jobs}}
spans: {took: {label: {ko: 걸린 시간, en: took}, table: jobs, start: state, end: state, longer: [오래]}}
"""
KEYED = Schema(
    (
        TableSchema(
            "tickets",
            (
                ColumnSchema("id", "INTEGER", primary_key=True),
                ColumnSchema("state", "TEXT"),
                ColumnSchema("hours", "REAL"),
                ColumnSchema("owner_id", "INTEGER"),
            ),
        ),
        TableSchema("people", (ColumnSchema("id", "INTEGER", primary_key=True), ColumnSchema("name", "TEXT"))),
    ),
    (ForeignKey("tickets", "owner_id", "people", "id"),),
)
STANDING: dict[str, tuple[Cell, ...]] = {
    "title": ("정보", "first"),
    "state": ("failed", "new"),
    "gpu": ("A100",),
    "owner": tuple(f"owner {n}" for n in "abcdefghijklmnop"),
}


async def distinct(table: str, column: str, limit: int) -> tuple[Cell, ...]:
    return STANDING.get(column, ()) if table == "jobs" else ()


@pytest.fixture
async def known(tmp_path: Path) -> tuple[SemanticLayer, ValueIndex]:
    path = tmp_path / "catalog.yml"
    path.write_text(FILE, "utf-8")
    layer = load_layer(path, SCHEMA)
    return layer, await ValueIndex.build(layer, distinct)


def of(kind: Kind, findings: tuple[Finding, ...]) -> list[Finding]:
    return [one for one in findings if one.kind == kind]


async def test_what_makes_wrong_answers_comes_before_what_is_asked_back(
    known: tuple[SemanticLayer, ValueIndex],
) -> None:
    findings = lint(*known, ("정보", "task", "오래"))
    kinds = [one.kind for one in findings]
    assert list(dict.fromkeys(kinds)) == ["clash", "stop_word", "no_word", "dead_value", "no_synonym"]
    assert [WEIGHT[kind] for kind in kinds] == sorted(WEIGHT[kind] for kind in kinds)


async def test_of_one_kind_a_tables_word_comes_before_a_columns_and_a_values() -> None:
    layer = load_layer(None, KEYED)
    places = [one.place for one in of("no_word", lint(layer, await ValueIndex.build(layer, distinct), ()))]
    assert places[:2] == ["people", "tickets"], "most keys lead to people"
    assert places.index("tickets") < places.index("tickets.state")


async def test_a_word_for_a_bound_clashes_like_any_other(tmp_path: Path) -> None:
    path = tmp_path / "catalog.yml"
    path.write_text(
        'tables: {tickets: {columns: {state: {synonyms: [급한]}, hours: {conditions: {"> 8": {synonyms: [급한]}}}}}}',
        "utf-8",
    )
    layer = load_layer(path, KEYED)
    [clash] = of("clash", lint(layer, await ValueIndex.build(layer, distinct), ()))
    assert (clash.place, clash.word, clash.other) == ("tickets.state", "급한", "tickets.hours > 8")


async def test_what_nobody_has_named_is_listed_by_language(known: tuple[SemanticLayer, ValueIndex]) -> None:
    findings = lint(*known, ())
    assert [(one.place, one.languages) for one in of("no_word", findings)] == [("jobs.state = new", ("ko",))]
    assert [(one.place, one.languages) for one in of("no_synonym", findings)] == [("jobs.state = new", ("en",))]


async def test_neither_keys_nor_identifiers_nor_private_columns_want_words(
    known: tuple[SemanticLayer, ValueIndex],
) -> None:
    places = {one.place for one in lint(*known, ("정보",))}
    assert not places & {"jobs.id", "jobs.gpu = A100", "jobs.secret"}
    assert not any("owner" in place for place in places), "so many values are no enumeration"


async def test_one_word_for_two_things_of_a_table_or_of_the_whole_clashes(
    known: tuple[SemanticLayer, ValueIndex],
) -> None:
    clashes = [(one.place, one.word, one.other) for one in of("clash", lint(*known, ()))]
    assert clashes == [
        ("jobs", "작업", "shops"),
        ("jobs", "task", "cheap"),
        ("jobs.state", "broken", "jobs.state = failed"),
    ], "the columns of two tables may be called alike"


async def test_values_that_no_row_has_are_named(known: tuple[SemanticLayer, ValueIndex]) -> None:
    assert of("dead_value", lint(*known, ())) == [
        Finding("dead_value", "jobs.state = gone", target=Target("jobs", "state", "gone"))
    ]


async def test_words_and_names_that_read_as_stop_words_are_named(known: tuple[SemanticLayer, ValueIndex]) -> None:
    found = [(one.place, one.word) for one in of("stop_word", lint(*known, ("정보", "task", "오래")))]
    assert found == [("jobs", "task"), ("cheap", "task"), ("took", "오래"), ("jobs.title", "정보")]


async def test_the_snippet_loads_and_keeps_the_words_that_are_there(
    tmp_path: Path, known: tuple[SemanticLayer, ValueIndex]
) -> None:
    layer, values = known
    findings = (
        *lint(layer, values, ()),
        Finding("no_synonym", "jobs", ("en",), target=Target("jobs")),
        Finding("no_synonym", "jobs.gpu", ("ko", "en"), target=Target("jobs", "gpu")),
        Finding("no_synonym", "x", ("ko",), target=Target("jobs", "state", "failed")),
    )
    text = snippet(findings, layer, _ASKED)
    assert "synonyms: [지피유, hardware]  # add Korean words, add English words" in text
    assert "          new:\n            label: {ko: new, en: new}\n            synonyms: []  # add Korean words" in text
    path = tmp_path / "pasted.yml"
    path.write_text(text, "utf-8")
    pasted = load_layer(path, SCHEMA)
    assert pasted.table("jobs").synonyms == ("일", "task")
    assert pasted.column(("jobs", "state")).values[1].synonyms == ("깨진", "broken")


async def test_a_key_that_yaml_would_misread_is_quoted(known: tuple[SemanticLayer, ValueIndex]) -> None:
    finding = Finding("no_word", "x", ("ko",), target=Target("jobs", "state", "no"))
    assert "          'no':\n" in snippet([finding], known[0], _ASKED)


async def test_where_nothing_lacks_words_there_is_no_snippet(known: tuple[SemanticLayer, ValueIndex]) -> None:
    assert snippet([Finding("clash", "jobs", word="a", other="b")], known[0], _ASKED) == ""
