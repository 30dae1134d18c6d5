"""A first catalog.yml."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from db.catalog.catalog import Catalog
from db.catalog.meaning import SemanticLayer
from db.catalog.schema import ColumnSchema, ForeignKey, Schema, TableSchema
from db.catalog.semantics import load_layer
from db.catalog.skeleton import skeleton


def loaded(text: str, schema: Schema) -> SemanticLayer:
    with TemporaryDirectory() as folder:
        path = Path(folder, "catalog.yml")
        path.write_text(text, encoding="utf-8")
        return load_layer(path, schema)


async def test_the_skeleton_of_the_sample_loads_and_names_every_column(catalog: Catalog) -> None:
    layer = loaded(skeleton(catalog.schema), catalog.schema)
    described = {(table.name, column.name) for table in layer.tables for column in table.columns}
    assert described == {(table.name, column.name) for table in catalog.schema.tables for column in table.columns}
    assert "foreign_keys" not in skeleton(catalog.schema)


def test_likely_foreign_keys_are_offered_and_work_when_taken() -> None:
    users = TableSchema("users", (ColumnSchema("id", "INTEGER", False, True),))
    notes = TableSchema("notes", (ColumnSchema("user_id"), ColumnSchema("ghost_id"), ColumnSchema("body")))
    schema = Schema((users, notes))
    text = skeleton(schema)
    assert '#   - {child: "notes.user_id", parent: "users.id"}' in text
    taken = text.replace("# foreign_keys:", "foreign_keys:").replace("#   - {", "  - {")
    assert loaded(taken, schema).foreign_keys == (ForeignKey("notes", "user_id", "users", "id"),)


def test_declared_keys_are_not_offered_again() -> None:
    users = TableSchema("users", (ColumnSchema("id", "INTEGER", False, True),))
    notes = TableSchema("notes", (ColumnSchema("user_id"),))
    assert "foreign_keys" not in skeleton(Schema((users, notes), (ForeignKey("notes", "user_id", "users", "id"),)))


ODD = ["null", "No", "on", "y", "1", "a: b", "# x", "{", '"', "이름", "-", "~", "모델 이름", "=", "<<", "0x1F", "1e3"]
letters = st.characters(codec="utf-8", exclude_categories=["Cc", "Cn", "Co", "Zl", "Zp"])
names = st.one_of(st.sampled_from(ODD), st.text(letters, min_size=1, max_size=8)).filter(
    lambda name: "." not in name and name.strip() == name
)
columns = st.lists(names.map(ColumnSchema), max_size=4, unique_by=lambda column: column.name).map(tuple)
tables = st.builds(TableSchema, names, columns)


@given(st.lists(tables, max_size=3, unique_by=lambda table: table.name))
def test_the_skeleton_of_any_database_loads(tables: list[TableSchema]) -> None:
    schema = Schema(tuple(tables))
    assert [table.name for table in loaded(skeleton(schema), schema).tables] == [table.name for table in tables]


def test_the_examples_at_its_end_hold_when_their_marks_are_taken_away(tmp_path: Path) -> None:
    orders = TableSchema("orders", (ColumnSchema("id", "INTEGER", primary_key=True), ColumnSchema("size", "TEXT")))
    products = TableSchema("products", (ColumnSchema("id", "INTEGER", primary_key=True), ColumnSchema("price", "REAL")))
    schema = Schema((orders, products))
    before, _, examples = skeleton(schema).partition("# concepts:")
    file = tmp_path / "catalog.yml"
    file.write_text(before + "concepts:" + examples.replace("\n# ", "\n"), encoding="utf-8")
    layer = load_layer(file, schema)
    assert [concept.name for concept in layer.concepts] == ["big_order"]
    assert [criterion.column for criterion in layer.criteria] == [("products", "price")]
    assert layer.examples.en == ("show the big orders",)
    assert "  private: true" in before
