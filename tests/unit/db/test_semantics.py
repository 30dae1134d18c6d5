"""The semantic layer: what catalog.yml may say, and what is said when it is wrong."""

from collections.abc import Callable
from pathlib import Path

import pytest

from db.catalog.schema import ColumnSchema, ForeignKey, Schema, TableSchema
from db.catalog.semantics import fit_layer, load_layer
from db.catalog.semantics_file import SemanticsError

ORDERS = TableSchema(
    "orders",
    (
        ColumnSchema("id", "INTEGER", False, True),
        ColumnSchema("customer_id", "INTEGER"),
        ColumnSchema("title", "TEXT"),
        ColumnSchema("state", "TEXT"),
        ColumnSchema("total", "REAL"),
        ColumnSchema("placed_at", "TEXT"),
        ColumnSchema("note", "TEXT"),
        ColumnSchema("receipt_path", "TEXT"),
    ),
)
CUSTOMERS = TableSchema("customers", (ColumnSchema("id", "INTEGER", False, True), ColumnSchema("name", "TEXT")))
PLAIN = TableSchema("log", (ColumnSchema("word", "TEXT"),))
SCHEMA = Schema((CUSTOMERS, ORDERS, PLAIN), (ForeignKey("orders", "customer_id", "customers", "id"),))

WHOLE = """
tables:
  orders:
    label: {ko: 주문, en: order}
    counter: 건
    order: [placed_at desc, id]
    columns:
      state:
        values: {sent: {label: {ko: 발송, en: sent}, synonyms: [보낸]}, lost: {}}
      total: {unit: 원, scale: 1000, better: low, when_null: {ko: 미정, en: open}}
foreign_keys:
  - {child: log.word, parent: orders.title}
  - {child: orders.customer_id, parent: customers.id}
concepts:
  gift: {label: {ko: 선물, en: gift}, synonyms: [선물], table: orders, where: {state: [sent]}, having: [log]}
criteria:
  cheap:
    label: {ko: 싼, en: cheap}
    synonyms: [싼]
    table: orders
    column: total
    order: asc
    explanation: {ko: 싸다, en: cheap}
tradeoffs:
  - columns: [orders.total, orders.id]
    explanation: {ko: 가, en: a}
    choose: {orders.total: {ko: 나, en: b}}
spans:
  delay: {label: {ko: 지연, en: delay}, table: orders, start: placed_at, end: orders.placed_at, unit: days}
details:
  - {table: orders, when: {state: [lost]}, fetch: [{table: log, show: [word], where: {word: [x]}}]}
missing: {weather: {ko: 날씨, en: weather}}
"""

Written = Callable[[str], Path]


@pytest.fixture
def written(tmp_path: Path) -> Written:
    def write(text: str) -> Path:
        path = tmp_path / "catalog.yml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_without_a_file_the_layer_is_the_schema() -> None:
    layer = load_layer(None, SCHEMA)
    orders = layer.table("orders")
    roles = {column.name: column.role for column in orders.columns}
    assert roles == {
        "id": "key",
        "customer_id": "key",
        "title": "name",
        "state": "category",
        "total": "measure",
        "placed_at": "date",
        "note": "text",
        "receipt_path": "path",
    }
    assert orders.display == ("title",)
    assert orders.date == "placed_at"
    assert orders.primary_key == "id"
    assert layer.table("log").display == ("word",)
    assert orders.label.of("en") == "orders"


def test_a_file_adds_labels_values_and_keys(written: Written) -> None:
    layer = load_layer(written(WHOLE), SCHEMA)
    orders = layer.table("orders")
    assert orders.label.of("ko") == "주문"
    assert orders.order == (("placed_at", True), ("id", False))
    state = orders.column("state")
    assert state.value_label("sent", "ko") == "발송"
    assert state.value_label("lost", "ko") == "lost"
    assert state.value_label("other", "en") == "other"
    assert layer.column(("orders", "total")).null.of("en") == "open"
    assert len(layer.foreign_keys) == 2
    path = layer.join_path("customers", "log")
    assert path is not None
    assert [key.table for key in path] == ["orders", "log"]
    assert layer.criteria[0].column == ("orders", "total")
    assert layer.concepts[0].where == ((("orders", "state"), ("sent",)),)
    assert layer.spans[0].end == ("orders", "placed_at")
    assert layer.details[0].fetch[0].where == ((("log", "word"), ("x",)),)
    assert layer.missing[0][0] == "weather"
    assert not layer.about


def test_tables_without_a_key_between_them_are_not_joined() -> None:
    layer = load_layer(None, SCHEMA)
    assert layer.join_path("customers", "log") is None
    assert layer.join_path("log", "log") == ()
    with pytest.raises(KeyError):
        layer.table("nowhere")
    with pytest.raises(KeyError):
        layer.column(("orders", "nowhere"))


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("tables:\n  order: {}\n", 2, "no table 'order' (nearest: 'orders')"),
        ("tables:\n  zzz: {}\n", 2, "there are: customers, orders, log"),
        ("tables:\n  orders:\n    columns:\n      stat: {}\n", 4, "no column 'stat' (nearest: 'state')"),
        ("tables:\n  orders:\n    display: [nam]\n", 3, "no column 'nam'"),
        ("tables:\n  orders:\n    part_of: nothing\n", 3, "no table 'nothing'"),
        ("tables:\n  orders:\n    date: never\n", 3, "no column 'never'"),
        ("tables:\n  orders:\n    columns:\n      total: {instead: totl}\n", 4, "no column 'totl'"),
        ("tables:\n  orders:\n    colour: red\n", 3, "not a known setting"),
        ("tables:\n  orders:\n    person: maybe\n", 3, "change it"),
        ("\nconcepts:\n  gift: {synonyms: [x], table: orders}\n", 3, "is missing; add it"),
        ("spans:\n  a: {label: {ko: 가, en: a}, table: orders, start: begun, end: placed_at}\n", 2, "'begun'"),
        ("foreign_keys:\n  - child: log.word\n    parent: orders.titel\n", 3, "nearest: 'title'"),
        ("details:\n  - table: orders\n    when: {stat: [x]}\n", 3, "'stat'"),
        ("tables: [1, 2\n", 2, "not valid YAML"),
        ("tables:\n\t- a\n", 2, "not valid YAML"),
        ("- a\n", 1, "change it"),
        ("about:\n  ko: '\x07'\n", 2, "not valid YAML"),
        ("tables:\n  orders:\n    order: [' ']\n", 3, "change it"),
    ],
)
def test_a_wrong_file_is_named_with_its_line(written: Written, text: str, line: int, says: str) -> None:
    path = written(text)
    with pytest.raises(SemanticsError) as caught:
        load_layer(path, SCHEMA)
    assert str(caught.value).startswith(f"{path}:{line}:")
    assert says in str(caught.value)


def test_an_empty_file_says_nothing(written: Written) -> None:
    assert load_layer(written("# nothing yet\n"), SCHEMA) == load_layer(None, SCHEMA)


def test_a_file_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SemanticsError, match="CATALOG_SEMANTICS"):
        load_layer(tmp_path / "none.yml", SCHEMA)
    latin = tmp_path / "latin.yml"
    latin.write_bytes(b"about: \xff\xfe\xfa")
    with pytest.raises(SemanticsError, match="UTF-8"):
        load_layer(latin, SCHEMA)


def without(table: str, column: str) -> Schema:
    """SCHEMA after somebody dropped a column."""
    return Schema(
        tuple(
            TableSchema(one.name, tuple(each for each in one.columns if (one.name, each.name) != (table, column)))
            for one in SCHEMA.tables
        ),
        SCHEMA.foreign_keys,
    )


def test_what_the_schema_lost_falls_out_of_a_layer_that_once_fitted(written: Written) -> None:
    path = written(WHOLE)
    first = fit_layer(path, SCHEMA)
    fitted = fit_layer(path, without("orders", "placed_at"), first)
    assert fitted.problem.startswith(f"{path}:6: table 'orders' has no column 'placed_at'")
    assert fitted.layer.table("orders").order == (("id", False),)
    assert fitted.layer.table("orders").label.of("ko") == "주문"
    assert fitted.layer.spans == ()
    assert [concept.name for concept in fitted.layer.concepts] == ["gift"]
    assert fitted.layer.details == first.layer.details


@pytest.mark.parametrize("table", SCHEMA.tables, ids=lambda table: table.name)
def test_no_lost_column_is_named_anywhere_in_the_layer(written: Written, table: TableSchema) -> None:
    path = written(WHOLE)
    first = fit_layer(path, SCHEMA)
    for column in table.columns:
        layer = fit_layer(path, without(table.name, column.name), first).layer
        named = repr((layer.concepts, layer.criteria, layer.tradeoffs, layer.spans, layer.details))
        assert repr((table.name, column.name)) not in named
        for one in layer.tables:
            for name in (*one.display, *one.show, *(name for name, _ in one.order), *filter(None, [one.date])):
                assert one.column(name).name == name


def test_a_look_up_falls_alone_and_its_detail_stays(written: Written) -> None:
    path = written(WHOLE)
    fitted = fit_layer(path, Schema((CUSTOMERS, ORDERS), SCHEMA.foreign_keys), fit_layer(path, SCHEMA))
    assert [(detail.table, detail.fetch) for detail in fitted.layer.details] == [("orders", ())]
    assert fitted.layer.concepts == ()


def test_a_file_that_became_wrong_is_passed_over_for_the_last_good_one(written: Written) -> None:
    first = fit_layer(written(WHOLE), SCHEMA)
    path = written("tables: [")
    fitted = fit_layer(path, SCHEMA, first)
    assert fitted.layer is first.layer
    assert fitted.problem.startswith(f"{path}:1: is not valid YAML")
    path.unlink()
    assert "cannot be read" in fit_layer(path, without("orders", "total"), fitted).problem


def test_a_lost_column_that_comes_back_has_its_meaning_again(written: Written) -> None:
    path = written(WHOLE)
    first = fit_layer(path, SCHEMA)
    lost = fit_layer(path, without("orders", "total"), first)
    assert lost.layer.criteria == ()
    again = fit_layer(path, SCHEMA, lost)
    assert (again.layer, again.problem) == (first.layer, "")
