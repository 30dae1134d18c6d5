"""When a predicted result counts as the gold result."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.evals.match import (
    as_number,
    every_row_matches,
    is_ordered,
    is_same_result,
    is_same_value,
    row_matches,
    row_values,
)

CELLS = st.one_of(st.none(), st.integers(-1000, 1000), st.floats(-1e6, 1e6), st.text("ab 1%,.-건", max_size=5))
ROWS = st.lists(st.lists(CELLS, min_size=1, max_size=3), max_size=5)


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        (3, 3.0),
        (True, 1.0),
        (0.5, 0.5),
        ("3건", 3.0),
        (" 1,234.5 ", 1234.5),
        ("12.3 ms", 12.3),
        ("-.5", -0.5),
        ("38.5GB", 38.5),
        ("v2.1", None),
        ("3 apples", None),
        ("", None),
        (None, None),
        ([3], None),
    ],
)
def test_a_cell_is_read_as_a_number_with_its_unit_set_aside(cell: Any, number: float | None) -> None:
    assert as_number(cell) == number


@pytest.mark.parametrize(
    ("gold", "predicted"),
    [
        (3, "3건"),
        (3, 3.0),
        (0.714, 0.71),
        (0.948, 0.9),
        (0.71428, 0.714),
        (12.345, 12.3),
        (12.345, "12"),
        (1234567, 1234500),
        (1234.5, "1,234.5"),
        (None, None),
        (None, "-"),
        (None, "없음"),
        (None, " NULL "),
        ("Kim  Min", "kim min "),
        ("2024-06-03", "2024-06-03 09:00:00"),
        ("2024-06-03 09:00:00", "2024-06-03"),
    ],
)
def test_the_same_value_may_be_written_otherwise(gold: Any, predicted: Any) -> None:
    assert is_same_value(gold, predicted)


@pytest.mark.parametrize(
    ("gold", "predicted"),
    [
        (3, 4),
        (3, 3.01),
        (0.714, 0.7201),
        (0.958, 0.9),
        (9.6, 10),
        (None, 0),
        (None, "zero"),
        (0, None),
        ("v2.0", "v2.1"),
        ("2024-06-03", "2024-06"),
        ("2024-06-03", "2024-06-04"),
        ("a", ["a"]),
        (0.5, 50),
    ],
)
def test_another_value_is_another(gold: Any, predicted: Any) -> None:
    assert not is_same_value(gold, predicted)


@pytest.mark.parametrize(("gold", "predicted"), [(50, 0.5), (71.4, "0.714")])
def test_a_fraction_may_stand_for_a_percentage_where_ratios_are_asked(gold: float, predicted: Any) -> None:
    assert is_same_value(gold, predicted, is_ratio=True)
    assert not is_same_value(gold, predicted)
    assert not is_same_value(predicted, gold, is_ratio=True)


def test_a_row_may_be_a_list_an_object_or_one_cell() -> None:
    assert row_values([1, 2]) == row_values((1, 2)) == row_values({"a": 1, "b": 2}) == [1, 2]
    assert row_values("x") == ["x"]


def test_further_columns_are_free_but_each_gold_cell_needs_its_own() -> None:
    assert row_matches(["a", 1], [1, "note", "a"])
    assert not row_matches([1, 1], [1, 2])


def test_a_row_that_fits_two_gold_rows_is_given_to_the_one_that_needs_it() -> None:
    assert every_row_matches([["a"], ["b"]], [["a", "b"], ["a", "x"]])
    assert not every_row_matches([["a"], ["b"]], [["a", "x"], ["a", "y"]])


@pytest.mark.parametrize(
    ("sql", "ordered"),
    [
        ("SELECT a FROM t ORDER BY a", True),
        ("select a from t order  by a limit 1", True),
        ("SELECT a FROM (SELECT a FROM t ORDER BY a)", False),
        ("SELECT a FROM t WHERE b IN (SELECT MAX(b) FROM (SELECT b FROM t ORDER BY b))", False),
        ("SELECT a FROM t", False),
    ],
)
def test_only_an_order_by_of_its_own_orders_a_statement(sql: str, ordered: bool) -> None:
    assert is_ordered(sql) is ordered


def test_order_counts_only_where_it_is_asked_for() -> None:
    gold, turned = [["a"], ["b"]], [["b"], ["a"]]
    assert is_same_result(gold, turned)
    assert not is_same_result(gold, turned, ordered=True)
    assert is_same_result(gold, gold, ordered=True)


def test_repeated_rows_count_once_where_the_number_of_rows_differs() -> None:
    assert is_same_result([["a"], ["b"]], [["a"], ["b"], ["a"]], ordered=True)
    assert not is_same_result([["a"], ["b"]], [["a"], ["b"], ["c"]])


def test_in_prefix_mode_the_gold_rows_come_first() -> None:
    assert is_same_result([["a"]], [["a"], ["b"]], mode="prefix")
    assert not is_same_result([["a"]], [["b"], ["a"]], mode="prefix")
    assert not is_same_result([], [["a"]], mode="prefix")


def test_in_subset_mode_the_gold_rows_are_among_not_too_many_others() -> None:
    assert is_same_result([["a"]], [["b"], ["a"]], mode="subset")
    assert not is_same_result([["a"]], [["b"]], mode="subset")
    assert not is_same_result([["a"]], [["a"], *([n] for n in range(50))], mode="subset")


@given(ROWS, st.randoms(use_true_random=False), st.booleans())
def test_a_result_is_itself_in_any_order_and_with_further_columns(rows: Any, random: Any, is_ratio: bool) -> None:
    other = [[*row, "more"] for row in rows]
    random.shuffle(other)
    assert is_same_result(rows, other, is_ratio=is_ratio)


@given(ROWS, ROWS)
def test_an_ordered_match_is_also_an_unordered_one(gold: Any, predicted: Any) -> None:
    if is_same_result(gold, predicted, ordered=True):
        assert is_same_result(gold, predicted)
