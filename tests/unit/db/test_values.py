"""The index of names: equal, in part, misspelt, and never by a guessed digit."""

import asyncio
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.catalog.meaning import ColumnMeaning, Role, Text
from db.catalog.schema import ColumnSchema, Schema, TableSchema
from db.catalog.semantics import load_layer
from db.catalog.table import Cell
from db.catalog.values import LONGEST, MOST_ALIKE, ValueIndex, fold
from db.hangul import keys

NAMES = ("김민준", "이서연", "박도현", "정하은", "남궁민수", "정하준")
RUNS = ("yolov8-wafer-exp01", "yolov8-wafer-exp03", "lstm-log-exp01", "kobert-intent-exp07")
SCHEMA = Schema(
    (
        TableSchema("people", (ColumnSchema("id", "INTEGER", False, True), ColumnSchema("name", "TEXT"))),
        TableSchema("runs", (ColumnSchema("name", "TEXT"), ColumnSchema("gpu", "TEXT"), ColumnSchema("hours", "REAL"))),
    )
)


@pytest.fixture(scope="module")
def index() -> ValueIndex:
    values: dict[tuple[str, str], tuple[Cell, ...]] = {
        ("people", "name"): (*NAMES, None, "가" * (LONGEST + 1)),
        ("runs", "name"): RUNS,
        ("runs", "gpu"): ("A100", "V100", "H100"),
    }

    async def distinct(table: str, column: str, limit: int) -> Sequence[Cell]:
        return values[table, column][:limit]

    return asyncio.run(ValueIndex.build(load_layer(None, SCHEMA), distinct))


def test_names_and_categories_are_indexed(index: ValueIndex) -> None:
    assert set(index.columns()) == {("people", "name"), ("runs", "name"), ("runs", "gpu")}
    assert len(index) == len(NAMES) + len(RUNS) + 3
    assert index.values_of("people", "name") == NAMES
    assert index.values_of("runs", "hours") == ()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("이서 연", "이서연"),
        ("김민쥰", "김민준"),
        ("박도햔", "박도현"),
        ("rlaalswns", "김민준"),
        ("YOLOv8_wafer exp01", "yolov8-wafer-exp01"),
        ("kobert-intnet-exp07", "kobert-intent-exp07"),
        ("lstm", "lstm-log-exp01"),
        ("exp01 lstm", "lstm-log-exp01"),
        ("민준", "김민준"),
        ("a100", "A100"),
        ("ㅁ100", "A100"),
    ],
)
def test_a_name_is_found_as_people_type_it(index: ValueIndex, text: str, value: str) -> None:
    best = index.find(text)[0]
    assert best.value == value
    assert best.confident


def test_digits_are_never_guessed(index: ValueIndex) -> None:
    assert index.find("yolov8-wafer-exp02") == ()
    assert index.find("A1000") == ()
    assert {match.text for match in index.nearest("A1000", column="gpu")} == {"A100", "V100", "H100"}


def test_a_tie_is_not_confident(index: ValueIndex) -> None:
    found = index.find("exp01")
    assert {match.text for match in found} == {"yolov8-wafer-exp01", "lstm-log-exp01"}
    assert not any(match.confident for match in found)
    assert all(match.partial for match in found)
    assert not index.find("정하운")[0].confident


def test_initial_consonants_are_candidates_only(index: ValueIndex) -> None:
    found = index.find("ㄱㅁㅈ")
    assert [match.text for match in found] == ["김민준"]
    assert not found[0].confident


def test_a_search_keeps_to_its_table_and_column(index: ValueIndex) -> None:
    assert index.find("김민준", table="runs") == ()
    assert index.find("a100", column="name") == ()
    assert index.find("exp01", limit=1) == index.find("exp01")[:1]
    assert index.nearest("김민주", table="people")[0].text == "김민준"


@pytest.mark.parametrize("text", ["", "   ", "?!", "a", "없는이름은없다", "zz"])
def test_what_is_not_there_is_not_found(index: ValueIndex, text: str) -> None:
    assert index.find(text) == ()


def test_an_exact_match_says_so(index: ValueIndex) -> None:
    assert index.exact("A 100")[0].exact
    assert index.exact("B200") == ()
    assert index.within("wafer")[0].partial


@given(st.text())
def test_any_text_may_be_looked_for(index: ValueIndex, text: str) -> None:
    for match in (*index.find(text), *index.nearest(text)):
        assert match.value is not None


@given(st.sampled_from((*NAMES, *RUNS)), st.data())
def test_a_name_with_one_more_key_is_found_or_asked_about(index: ValueIndex, name: str, data: st.DataObject) -> None:
    """A slip may make a tie, but never a confident wrong name."""
    typed = keys(name)
    place = data.draw(st.integers(0, len(typed)))
    slipped = typed[:place] + data.draw(st.sampled_from("abcdefghijklmnopqrstuvwxyz")) + typed[place:]
    found = index.find(slipped)
    assert not found or not found[0].confident or found[0].value == name


def test_fold_forgets_case_width_and_separators() -> None:
    assert fold("Ｗafer_Defect-v2.1") == "waferdefectv21"


def people(*cells: Cell, role: Role = "name", noun: str = "") -> tuple[ColumnMeaning, Sequence[Cell]]:
    return ColumnMeaning("people", "name", "TEXT", True, role, Text(noun)), cells


def contents(index: ValueIndex) -> object:
    found = [(text, [(m.value, type(m.value)) for m in index.find(text)]) for text in (*NAMES, *RUNS, "1", "민준")]
    return index.columns(), index.values_of("people", "name"), len(index), found


cells = st.lists(st.one_of(st.sampled_from((*NAMES, *RUNS)), st.sampled_from((1, 1.0, 2, None))), max_size=8)


@given(cells, cells, st.sampled_from(("", "준")))
def test_an_index_made_from_the_last_one_is_the_one_made_anew(old: list[Cell], new: list[Cell], noun: str) -> None:
    last = ValueIndex([people(*old)])
    assert contents(ValueIndex([people(*new, noun=noun)], last)) == contents(ValueIndex([people(*new, noun=noun)]))


def test_a_column_whose_meaning_changed_is_indexed_by_the_new_one() -> None:
    last = ValueIndex([people("비전팀")])
    assert not last.find("비전")
    assert ValueIndex([people("비전팀", noun="팀")], last).find("비전")


def test_an_index_holds_the_same_values_only() -> None:
    index = ValueIndex([people("김민준", 1, None)])
    assert index.holds([people("김민준", 1)])
    assert not index.holds([people("김민준", 1.0)])
    assert not index.holds([people("김민준")])
    assert not index.holds([people("김민준", 1, noun="이름")])
    assert not index.holds([])


async def test_where_the_same_values_stand_the_index_is_the_last_one() -> None:
    values: dict[str, Sequence[Cell]] = {"name": NAMES, "gpu": ("A100",)}

    async def distinct(table: str, column: str, limit: int) -> Sequence[Cell]:
        return values[column]

    layer = load_layer(None, SCHEMA)
    first = await ValueIndex.build(layer, distinct)
    assert await ValueIndex.build(layer, distinct, first) is first
    values["gpu"] = ("A100", "H100")
    second = await ValueIndex.build(layer, distinct, first)
    assert second.exact("h100")
    assert second.exact("김민준")[0].value == "김민준"


def crowd(names: Sequence[str], last: ValueIndex | None = None) -> ValueIndex:
    return ValueIndex([people(*names)], last)


def test_among_a_hundred_names_two_slips_are_mended_and_among_more_only_one() -> None:
    strangers = [f"{a}{b}호" for a in "최강조윤장임한오서신" for b in "민서도예지하주수현은"]
    for names, is_sure in ((["남궁민수"], True), (["남궁민수", *strangers, "박세리"], False)):
        found = crowd(names).find("남긍민슈")
        assert [match.text for match in found] == ["남궁민수"]
        assert found[0].distance == 2
        assert found[0].confident is is_sure


def test_between_two_names_as_near_none_is_sure() -> None:
    found = crowd(["정하은", "정하윤"]).find("정하운")
    assert {match.text for match in found} == {"정하은", "정하윤"}
    assert not any(match.confident for match in found)


def test_a_part_of_very_many_names_names_none_of_them() -> None:
    few, many = (crowd([f"wafer-{n:03}" for n in range(count)]) for count in (MOST_ALIKE, MOST_ALIKE + 1))
    assert len(few.within("wafer")) == MOST_ALIKE
    assert few.has_part("wafer")
    assert few.stands("wafer007")
    assert not few.stands("wafer")
    assert many.within("wafer") == ()
    assert not many.has_part("wafer")
    assert [match.text for match in many.within("wafer 007")] == ["wafer-007"]


def test_what_changed_is_all_that_is_made_anew() -> None:
    names = [f"name-{n}" for n in range(50)]
    last = crowd(names)
    made = crowd([*names[1:], "fresh-one"], last)
    kept = {id(entry) for entry in last.entries()}
    assert [entry.value for entry in made.entries() if id(entry) not in kept] == ["fresh-one"]
    assert made.exact("name-0") == ()
    assert [match.text for match in made.exact("Fresh One")] == ["fresh-one"]
    assert [match.text for match in last.exact("name-0")] == ["name-0"]
