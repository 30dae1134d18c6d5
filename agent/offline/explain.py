"""What a result means for the work: trade-offs, missing values, what was checked beside it, what to do next."""

from collections.abc import Iterable, Iterator

from agent.offline.cells import bold, label, plain
from agent.offline.phrases import Phrases
from agent.offline.plan import Found, details_of
from agent.offline.query import Ref
from agent.offline.reading import Reading
from agent.offline.results import Result
from db.catalog.semantics import ColumnMeaning, Tradeoff
from db.catalog.table import Row

MOST_NEXT = 3
MOST_LINES = 6


def uniform(result: Result, phrases: Phrases) -> str:
    """As in "모두 완료 상태": categories that all rows share."""
    if len(result.table.rows) < 2:
        return ""
    first = next(iter(result.uniform()), None)
    if first is None:
        return ""
    return phrases.all_are(label(first[0], result.layer, result.language), result.text(result.table.rows[0], first[0]))


def differences(result: Result, phrases: Phrases) -> list[str]:
    """Column by column where two or three compared rows differ, and where they are alike."""
    rows = result.table.rows
    if not 2 <= len(rows) <= 3:
        return []
    lines, alike = list[str](), list[str]()
    names = _short_names(result)
    for ref in result.told():
        name = label(ref, result.layer, result.language)
        texts = [result.text(row, ref) for row in rows]
        if len(set(texts)) == 1:
            alike.append(name)
        elif not ref[0] or result.layer.column(ref).role != "text":
            each = " · ".join(f"{short} {bold(text)}" for short, text in zip(names, texts, strict=True))
            lines.append(f"- {name}: {each}")
        else:
            lines += [f"- {short}: “{text}”" for short, text in zip(names, texts, strict=True)]
    if alike:
        lines.append(f"- {phrases.alike(', '.join(alike))}")
    return lines


def _short_names(result: Result) -> list[str]:
    """The rows' names without what they all share: v2.0 and v2.1 of one model."""
    display = result.layer.table(result.query.head).display
    rows = result.table.rows
    if len(display) > 1 and len({result.value(row, (result.query.head, display[0])) for row in rows}) == 1:
        return [plain(" ".join(str(result.value(row, (result.query.head, d))) for d in display[1:])) for row in rows]
    return [result.name(row) for row in rows]


def tradeoffs(result: Result, phrases: Phrases) -> list[str]:
    """For columns that pull against each other: why, and which row suits which site."""
    lines: list[str] = []
    for tradeoff in result.layer.tradeoffs:
        if len(result.table.rows) < 2 or not all(ref in result.refs for ref in tradeoff.columns):
            continue
        lines.append(f"{tradeoff.explanation.of(result.language)}.")
        lines += [f"- {line}" for line in _choices(result, tradeoff, phrases)]
    return lines


def _choices(result: Result, tradeoff: Tradeoff, phrases: Phrases) -> Iterator[str]:
    for ref, site in tradeoff.choose:
        best = _best(result, result.layer.column(ref))
        if best is not None:
            name = label(ref, result.layer, result.language)
            yield phrases.highest(name, result.name(best), result.text(best, ref), site.of(result.language))


def _best(result: Result, column: ColumnMeaning) -> Row | None:
    filled = [(v, row) for row in result.table.rows if isinstance(v := result.value(row, column.ref), int | float)]
    if not filled:
        return None
    chosen = min if column.better == "low" else max
    return chosen(filled, key=lambda pair: pair[0])[1]


def nulls(result: Result, phrases: Phrases) -> list[str]:
    """Why values are missing, for the columns that have an explanation, with the rows it is about."""
    lines: list[str] = []
    for ref in result.refs:
        if ref is None or not ref[0]:
            continue
        column = result.layer.column(ref)
        missing = [row for row in result.table.rows if result.value(row, ref) is None]
        if not missing or not column.null:
            continue
        names = ", ".join(dict.fromkeys(_judged(result, row, column) for row in missing[:4]))
        name = label(ref, result.layer, result.language)
        lines.append(f"- {phrases.without(name, names, column.null.of(result.language))}")
    return lines[:MOST_NEXT]


def _judged(result: Result, row: Row, column: ColumnMeaning) -> str:
    """The row's name, with the value to judge it by instead."""
    ref = (column.table, column.instead or "")
    if column.instead is None or result.value(row, ref) is None:
        return result.name(row)
    return f"{result.name(row)} ({label(ref, result.layer, result.language)} {result.text(row, ref)})"


def checked(result: Result, found: Iterable[Found]) -> list[str]:
    """What the detail look-ups found, grouped under the row they belong to."""
    by_row: dict[str, list[str]] = {result.name(row): [] for row in result.table.rows}
    for one in found:
        lookup = one.lookup
        if lookup.purpose != "detail" or one.table is None or lookup.query is None or lookup.fetch is None:
            continue
        detail = Result(lookup.query, one.table, result.layer, result.language)
        parent = [(result.query.head, name) for name in result.layer.table(result.query.head).display]
        for row in one.table.rows:
            owner = plain(" ".join(str(detail.value(row, ref)) for ref in parent))
            shows = [(lookup.fetch.table, name) for name in lookup.fetch.show]
            by_row.setdefault(owner, []).append(" ".join(_shown(detail, row, ref) for ref in shows))
        _say_none(result, one, by_row, detail, parent)
    return [f"- {bold(name)}: {', '.join(dict.fromkeys(lines))}" for name, lines in by_row.items() if lines]


def _shown(detail: Result, row: Row, ref: Ref) -> str:
    text = detail.text(row, ref)
    return f"`{text}`" if detail.layer.column(ref).role == "path" else text


def _say_none(result: Result, one: Found, by_row: dict[str, list[str]], detail: Result, parent: list[Ref]) -> None:
    """The rows of which the look-up found nothing, where that is worth saying."""
    fetch, query = one.lookup.fetch, one.lookup.query
    if fetch is None or query is None or not fetch.none:
        return
    when = [f for f in query.filters if f.ref[0] == result.query.head and f.op == "="]
    with_rows = {plain(" ".join(str(detail.value(row, ref)) for ref in parent)) for row in detail.table.rows}
    for row in result.table.rows:
        matches = all(result.place(f.ref) is None or result.value(row, f.ref) in f.values for f in when)
        if matches and result.name(row) not in with_rows:
            by_row[result.name(row)].append(fetch.none.of(result.language))


def related(result: Result, found: Iterable[Found]) -> list[str]:
    """What hangs on the counted rows."""
    lines: list[str] = []
    for one in found:
        if one.lookup.purpose != "related" or one.table is None or one.lookup.query is None:
            continue
        child = Result(one.lookup.query, one.table, result.layer, result.language)
        parent = [(result.query.head, name) for name in result.layer.table(result.query.head).display]
        for row in one.table.rows[:MOST_LINES]:
            owner = plain(" ".join(str(child.value(row, ref)) for ref in parent))
            what = result.layer.table(one.lookup.query.head).label.of(result.language)
            lines.append(f"- {owner} → {what} {bold(child.name(row))}")
    return lines


def steps(reading: Reading, result: Result) -> list[str]:
    """What to do next, as the layer has it for this need or these rows."""
    lines: list[str] = []
    for criterion in result.layer.criteria:
        if reading.query is not None and criterion.name == reading.query.criterion and reading.style == "recommend":
            lines += criterion.next.of(result.language)
    for detail, _ in details_of(result.query, result.layer):
        lines += detail.next.of(result.language)
    return [f"- {line}" for line in dict.fromkeys(lines)][: MOST_NEXT + 1]


def questions(result: Result) -> list[str]:
    """Further questions, about the first row shown."""
    table = result.layer.table(result.query.head)
    table = result.layer.table(table.part_of) if table.part_of else table
    if not result.table.rows or result.query.groups or result.query.measure not in ("rows", "count"):
        return [f"- {line}" for line in result.layer.examples.of(result.language)[:2]]
    name = result.name(result.table.rows[0])
    asked = [word for ref in result.query.columns if ref[0] for word in _words(result, ref)]
    lines = [line.replace("{name}", name) for line in table.next.of(result.language)]
    fresh = [line for line in lines if not any(word.casefold() in line.casefold() for word in asked)]
    named = [str(value).casefold() for one in result.query.filters for value in one.values]
    more = [] if len(fresh) > 1 else list(result.layer.examples.of(result.language))
    more = [line for line in more if line not in fresh and not any(name in line.casefold() for name in named)]
    return [f"- {line}" for line in (*fresh, *more)][:MOST_NEXT]


def _words(result: Result, ref: Ref) -> tuple[str, ...]:
    column = result.layer.column(ref)
    return (column.name, column.label.ko, column.label.en)
