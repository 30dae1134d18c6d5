"""The page's own text: what no formatter holds it to."""

from tests.page.conftest import PAGE

COLUMNS_AT_MOST = 120


async def test_a_line_of_the_page_has_at_most_120_columns() -> None:
    long = [
        f"{path.relative_to(PAGE)}:{number}"
        for path in PAGE.rglob("*.js")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if len(line) > COLUMNS_AT_MOST
    ]
    assert long == []
