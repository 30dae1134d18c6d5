"""Conditions on rows: read as one, with literals where the parameters stood, over the tables as they are."""

import pytest

from db.catalog.conditions import NO_ROW, Condition, ConditionError, any_of, rehomed
from db.catalog.sqlite.functions import SQLITE
from db.catalog.table import Cell

GIVEN: dict[str, Cell] = {"team": "비'전\\", "email": "a@b.c"}


def bound(text: str, **given: Cell) -> str:
    return Condition(text, SQLITE).bound(GIVEN | given)


def test_a_parameter_becomes_a_literal_that_nothing_can_end() -> None:
    assert bound("team = :team") == "team = '비''전\\'"
    assert bound(":team") == "'비''전\\'"
    assert bound("team = :team", team="x' OR 1 = 1 --") == "team = 'x'' OR 1 = 1 --'"
    assert bound("team = :team AND level > :team", team=3) == "team = 3 AND level > 3"
    assert bound("team = 'it''s :team'") == "team = 'it''s :team'"


@pytest.mark.parametrize("text", ["team = :team", "team <> :team", ":team IS NULL", "coalesce(:team, 'x') = 'x'"])
def test_without_the_value_it_needs_no_row_is_let_through(text: str) -> None:
    assert bound(text, team=None) == NO_ROW
    assert bound("email = :email", team=None) == "email = 'a@b.c'"


def test_its_tables_bear_their_schema_and_a_cte_of_its_own_does_not() -> None:
    assert bound("id IN (SELECT id FROM users)") == 'id IN (SELECT id FROM "main".users AS users)'
    assert bound("EXISTS (SELECT 1 FROM users AS u)") == 'EXISTS(SELECT 1 FROM "main".users AS u)'
    own = bound("id IN (WITH u AS (SELECT id FROM users) SELECT id FROM u)")
    assert own == 'id IN (WITH u AS (SELECT id FROM "main".users AS users) SELECT id FROM u)'
    assert "main" not in bound("EXISTS (SELECT 1 FROM json_each('[1]'))")
    other = rehomed('id IN (SELECT id FROM "main".users AS users, json_each(x))', SQLITE, 'ho"me')
    assert other.startswith('id IN (SELECT id FROM "ho""me".users AS users')


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "is no condition"),
        ("SELECT 1", "is no condition"),
        ("1; DROP TABLE users", "is no condition"),
        ("1) OR (1", "is no condition"),
        ("team = :team ORDER BY 1", "is no condition"),
        ("team = 'x", "is no condition"),
        ("team = :other", "there are :team and :email"),
        ("team = ?", "there are :team and :email"),
        ("team = @team", "there are :team and :email"),
        ("(" * 5_000 + "1" + ")" * 5_000, "it cannot be read"),
        ("user_id IN users", r"write IN \(SELECT …\)"),
    ],
)
def test_what_is_no_condition_is_refused_with_a_reason(text: str, says: str) -> None:
    with pytest.raises(ConditionError, match=says):
        Condition(text, SQLITE)


def test_one_of_several_is_enough() -> None:
    assert any_of(["a = 1", "b = 2", "a = 1"]) == "(a = 1) OR (b = 2)"
