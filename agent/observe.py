"""How rows are written for the model: compact, capped, fenced as data."""

import csv
import io

from agent.limits import Limits
from db.catalog.table import Table


def fenced(text: str) -> str:
    """Text from the catalogue between marks it cannot close itself."""
    return "<data>\n" + text.replace("</data", "<\\/data") + "\n</data>"


def as_csv(table: Table, *, rows: int, chars: int) -> str:
    """A header and at most `rows` rows and `chars` characters; whole rows only, NULL as NULL."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(table.columns)
    for row in table.rows[:rows]:
        before = out.tell()
        writer.writerow(["NULL" if cell is None else cell for cell in row])
        if out.tell() > chars:
            out.seek(before)
            out.truncate()
            break
    return out.getvalue().rstrip("\n")


def described(table: Table, limits: Limits) -> str:
    """The rows as the model reads them, with a line that says how many there are."""
    text = as_csv(table, rows=limits.rows_for_model, chars=limits.chars_for_model)
    shown = min(len(table.rows), text.count("\n"))
    count = f"{len(table.rows)} row{'' if len(table.rows) == 1 else 's'}"
    if table.truncated:
        count = f"the first {len(table.rows)} rows; there are more, so aggregate or filter"
    elif shown < len(table.rows):
        count += f", the first {shown} shown"
    return f"{count}\n{fenced(text)}"
