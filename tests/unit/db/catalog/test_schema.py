"""What a catalogue holds."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from db.catalog.meaning import MOST_PATHS, SemanticLayer
from db.catalog.schema import ColumnSchema, ForeignKey, Schema, TableSchema

USERS = TableSchema("users", (ColumnSchema("id", "INTEGER", False, True), ColumnSchema("Name")))
PROJECTS = TableSchema("projects", (ColumnSchema("user_id"),))
OWNER = ForeignKey("projects", "user_id", "users", "id")
PROJECT = ForeignKey("datasets", "project_id", "projects", "id")
SCHEMA = Schema((USERS, PROJECTS, TableSchema("datasets", ())), (OWNER, PROJECT))


def test_names_are_found_in_any_letter_case() -> None:
    assert SCHEMA.table("USERS") is USERS
    assert USERS.column("name") == ColumnSchema("Name")


def test_an_unknown_name_is_none() -> None:
    assert SCHEMA.table("user") is None
    assert USERS.column("nam") is None


def test_a_join_path_follows_keys_in_both_directions() -> None:
    assert SCHEMA.join_path("users", "datasets") == (OWNER, PROJECT)
    assert SCHEMA.join_path("Datasets", "Users") == (PROJECT, OWNER)


def test_the_path_to_oneself_is_empty_and_to_a_stranger_there_is_none() -> None:
    assert SCHEMA.join_path("users", "USERS") == ()
    assert SCHEMA.join_path("users", "metrics") is None


names = st.sampled_from("abcdef")
keys = st.lists(st.builds(ForeignKey, names, st.just("x_id"), names, st.just("id")), max_size=12)


@given(keys, names, names)
def test_a_join_path_is_connected_and_never_longer_than_the_tables(keys: list[ForeignKey], a: str, b: str) -> None:
    path = Schema((), tuple(keys)).join_path(a, b)
    here = a
    for key in path or ():
        assert here in (key.table, key.parent_table)
        here = key.parent_table if here == key.table else key.table
    assert path is None or (len(path) <= 5 and here == b)


def test_what_a_layer_remembers_of_joins_is_bounded_and_stays_right() -> None:
    layer = SemanticLayer((), SCHEMA.foreign_keys)
    for number in range(MOST_PATHS + 1):
        assert layer.join_path(f"unknown {number}", "users") is None
        assert layer.join_path("users", "datasets") == (OWNER, PROJECT)
    assert len(layer._paths) <= MOST_PATHS
    assert replace(layer, foreign_keys=()).join_path("users", "datasets") is None
