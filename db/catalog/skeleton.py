"""A first catalog.yml for a database that has none: every table and column, ready to be given words."""

import json
import re
from collections.abc import Iterator

from db.catalog.schema import ColumnSchema, ForeignKey, Schema, TableSchema

_HEAD = """\
# What this database means, for the bot. Fill in the labels and give synonyms: the words that people here use.
# role: name | category | measure | date | key | text | path is guessed from names and types; say so where it is wrong.
about: {ko: "", en: ""}

tables:
"""
_EXAMPLES = """
# More that helps, in the form of these examples. A whole file: db/catalog/sample/catalog.yml in the project.
#   a table:   counter: 건, order: [created_at desc], display: [name, version], person: true,
#              asker: {email: email, team: team}
#   nobody is shown a column, nor all of a table, nor is the model told of it:   private: true
#   a column:  role: category, unit: GB, better: low, ratio: true, when_null: {ko: 아직 없습니다, en: not yet},
#              values: {failed: {label: {ko: 실패, en: failed}, synonyms: [깨진, 죽은]}}
# concepts:    # a word for some rows of a table
#   big_order: {label: {ko: 큰 주문, en: big order}, synonyms: [대량 주문], table: orders, where: {size: [large]}}
# criteria:    # a need that ranks rows
#   cheap:
#     {label: {ko: 저렴한, en: cheap}, synonyms: [싼, 가성비], table: products, column: products.price, order: asc,
#      explanation: {ko: 가격이 낮을수록 저렴합니다, en: the lower the price the cheaper}}
# examples: {ko: ["큰 주문 보여줘"], en: ["show the big orders"]}
# home: {ko: ["내 주문"], en: ["my orders"]}
"""
# Words that YAML reads as something else than text.
_PLAIN = re.compile(r"(?!(?:null|true|false|yes|no|on|off|y|n)$)[A-Za-z_가-힣][\w가-힣]*", re.IGNORECASE)


def skeleton(schema: Schema) -> str:
    """The text of a catalog.yml that names every table and column; it loads as it is."""
    tables = [line for table in schema.tables for line in _table(table)]
    body = "\n".join(tables) if tables else "  {}"
    return f"{_HEAD}{body}\n{''.join(_undeclared(schema))}{_EXAMPLES}"


def _table(table: TableSchema) -> Iterator[str]:
    name = _scalar(table.name)
    yield f"  {name}:"
    yield f"    label: {{ko: {name}, en: {name}}}"
    yield "    synonyms: []"
    if table.columns:
        yield "    columns:"
        yield from map(_column, table.columns)


def _column(column: ColumnSchema) -> str:
    name = _scalar(column.name)
    return f"      {name}: {{label: {{ko: {name}, en: {name}}}, synonyms: []}}"


def _undeclared(schema: Schema) -> Iterator[str]:
    keys = tuple(_guessed_keys(schema))
    if keys:
        yield "\n# The database does not declare these foreign keys. Take the marks away where they are right.\n"
        yield "# foreign_keys:\n"
    for key in keys:
        child, parent = f"{key.table}.{key.column}", f"{key.parent_table}.{key.parent_column}"
        yield f"#   - {{child: {_scalar(child)}, parent: {_scalar(parent)}}}\n"


def _guessed_keys(schema: Schema) -> Iterator[ForeignKey]:
    """`user_id` beside a table user or users with one key column."""
    declared = {(key.table, key.column) for key in schema.foreign_keys}
    for table in schema.tables:
        for column in table.columns:
            stem = column.name.lower().removesuffix("_id")
            if stem == column.name.lower() or (table.name, column.name) in declared:
                continue
            parent = schema.table(stem) or schema.table(f"{stem}s")
            primary = [each.name for each in parent.columns if each.primary_key] if parent else []
            if parent and len(primary) == 1:
                yield ForeignKey(table.name, column.name, parent.name, primary[0])


def _scalar(text: str) -> str:
    # A JSON string is a YAML string too.
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)
