"""What a result means for the work: differences, trade-offs, missing values, the deciding figures."""

from collections.abc import Iterator

from agent.offline.query.query import Ref
from agent.offline.saying.cells import bold, label, plain
from agent.offline.saying.phrases import Phrases
from agent.offline.saying.results import Result
from db.catalog.meaning import ColumnMeaning, Tradeoff
from db.catalog.table import Row

MOST_COMPARED = 3
MOST_FIGURES = 4
MOST_MISSING = 2
FEW_ASKED = 2
NEARLY = 0.02
"""Figures that differ by less than this share of the larger one are called nearly equal."""


def uniform(result: Result, phrases: Phrases) -> str:
    """As in "모두 완료 상태": a category that all rows share."""
    if len(result.table.rows) < 2:
        return ""
    first = next(iter(result.uniform()), None)
    if first is None:
        return ""
    return phrases.all_are(label(first[0], result.layer, result.language), result.text(result.table.rows[0], first[0]))


def differences(result: Result, phrases: Phrases) -> list[str]:
    """Column by column where two or three compared rows differ; of each measure the better one in bold."""
    rows = result.table.rows
    if not 2 <= len(rows) <= MOST_COMPARED:
        return []
    lines, near, notes = list[str](), list[str](), list[str]()
    names = _short_names(result)
    for ref in result.told():
        name = label(ref, result.layer, result.language)
        texts = [result.text(row, ref) for row in rows]
        each = list(zip(names, texts, strict=True))
        if len(set(texts)) == 1:
            continue
        if ref[0] and result.layer.column(ref).role == "text":
            notes += [f"- {short}: “{text}”" for short, text in each]
        elif _is_near(result, ref):
            near.append(f"{name} {' · '.join(texts)}")
        else:
            best = _best(result, result.layer.column(ref)) if ref[0] else None
            marked = [bold(text) if row is best else text for row, text in zip(rows, texts, strict=True)]
            lines.append(f"- {name}: {' · '.join(f'{s} {t}' for s, t in zip(names, marked, strict=True))}")
    return [*lines, *([f"- {phrases.near(', '.join(near))}"] if near else []), *notes]


def ahead(result: Result, phrases: Phrases) -> str:
    """Which of the compared rows is the best in what, and by how much; "" where none is."""
    rows = result.table.rows
    if len(rows) < 2:
        return ""
    won: list[list[str]] = [[] for _ in rows]
    for ref in result.told():
        best = _best(result, result.layer.column(ref)) if ref[0] and not _is_near(result, ref) else None
        if best is not None and (gap := _gap(result, ref)):
            place = next(i for i, row in enumerate(rows) if row is best)
            name, value = label(ref, result.layer, result.language), result.text(best, ref)
            by = phrases.apart(ref, gap)
            won[place].append(phrases.won(name, value, by))
    leaders = sorted(zip(_short_names(result), won, strict=True), key=lambda one: -len(one[1]))
    told = [phrases.ahead(name, each) for name, each in leaders if each]
    among = phrases.among(result.query, len(rows)) if told and len(rows) > MOST_COMPARED else ""
    return f"{among}{' '.join(told)}"


def _gap(result: Result, ref: Ref) -> float:
    """By how much the best is before the next."""
    values = sorted(v for row in result.table.rows if isinstance(v := result.value(row, ref), int | float))
    if len(values) < 2:
        return 0.0
    ends = values[:2] if result.layer.column(ref).better == "low" else values[-2:]
    return round(ends[1] - ends[0], 6)


def _is_near(result: Result, ref: Ref) -> bool:
    """Whether the rows hardly differ in what nobody asked for by name."""
    if ref in result.query.columns and len(result.query.columns) <= FEW_ASKED:
        return False
    values = [result.value(row, ref) for row in result.table.rows]
    numbers = [abs(value) for value in values if isinstance(value, int | float)]
    return len(numbers) == len(values) > 0 and max(numbers) - min(numbers) < NEARLY * max(numbers)


def _short_names(result: Result) -> list[str]:
    """The rows' names without what they all share: v2.0 and v2.1 of one model."""
    display = result.layer.table(result.query.head).display
    rows = result.table.rows
    if len(display) > 1 and len({result.value(row, (result.query.head, display[0])) for row in rows}) == 1:
        return [plain(" ".join(str(result.value(row, (result.query.head, d))) for d in display[1:])) for row in rows]
    return [result.name(row) for row in rows]


def finalists(result: Result, phrases: Phrases) -> list[str]:
    """The winner of a recommendation and the runner-up, with the figures that decide and what was noted of them."""
    refs = _deciding(result)
    texts = [ref for ref in result.told() if ref[0] and result.layer.column(ref).role == "text"]
    lines = []
    for place, row in enumerate(result.table.rows[:2], start=1):
        told = [f"{label(ref, result.layer, result.language)} {result.text(row, ref)}" for ref in refs]
        notes = "".join(f" — “{result.text(row, ref)}”" for ref in texts if result.value(row, ref) is not None)
        lines.append(f"- {phrases.placed(place)} {bold(result.name(row))}: {' · '.join(told)}{notes}")
    return lines


def _deciding(result: Result) -> list[Ref]:
    """What was ranked by, what pulls against it, then what other needs rank by."""
    ranked = [order.ref for order in result.query.order]
    against = [ref for one in result.layer.tradeoffs if set(one.columns) & set(ranked) for ref in one.columns]
    others = [c.column for c in result.layer.criteria if c.table == result.query.head]
    known = [ref for ref in (*ranked, *against, *others) if ref in result.refs]
    return list(dict.fromkeys(known))[:MOST_FIGURES]


def tradeoffs(result: Result, phrases: Phrases) -> list[str]:
    """For columns that pull against each other: why, and which row suits which site."""
    lines: list[str] = []
    for tradeoff in result.layer.tradeoffs:
        chosen = list(_choices(result, tradeoff, phrases))
        if len(result.table.rows) < 2 or not chosen or not all(ref in result.refs for ref in tradeoff.columns):
            continue
        why = tradeoff.explanation.of(result.language)
        lines += [f"- {why[:1].upper()}{why[1:]}.", *(f"- {line}" for line in chosen)]
    return lines


def _choices(result: Result, tradeoff: Tradeoff, phrases: Phrases) -> Iterator[str]:
    for ref, site in tradeoff.choose:
        best = _best(result, result.layer.column(ref))
        if best is not None:
            name = label(ref, result.layer, result.language)
            yield phrases.highest(name, result.name(best), result.text(best, ref), site.of(result.language))


def _best(result: Result, column: ColumnMeaning) -> Row | None:
    filled = [(v, row) for row in result.table.rows if isinstance(v := result.value(row, column.ref), int | float)]
    if not filled or column.better is None:
        return None
    chosen = min if column.better == "low" else max
    return chosen(filled, key=lambda pair: pair[0])[1]


def nulls(result: Result, phrases: Phrases) -> list[str]:
    """Why values that were asked for are missing, with the rows it is about."""
    absent = _without_part(result)
    lines = [
        f"- {phrases.without_part(table, ', '.join(dict.fromkeys(map(result.name, rows[:4]))))}"
        for table, rows in absent.items()
    ]
    asked = {*result.query.columns, *(f.ref for f in result.query.filters if f.op == "null")}
    for ref in result.refs:
        if ref is None or not ref[0] or ref not in asked:
            continue
        column = result.layer.column(ref)
        spared = absent.get(column.table, [])
        missing = [row for row in _lacking(result, ref) if row not in spared]
        if missing and column.null:
            names = ", ".join(dict.fromkeys(_judged(result, row, column) for row in missing[:4]))
            name = label(ref, result.layer, result.language)
            why = column.null.of(result.language)
            alone = len(result.table.rows) == 1
            lines.append(f"{why[:1].upper()}{why[1:]}." if alone else f"- {phrases.without(name, names, why)}")
    return lines[:MOST_MISSING]


def _lacking(result: Result, ref: Ref) -> Iterator[Row]:
    """A row of each head that has no value of a column in any of its rows, though there is what could have it."""
    for rows in result.by_head():
        if all(result.value(row, ref) is None for row in rows):
            yield from (row for row in rows[:1] if result.is_known(row, ref))


def _without_part(result: Result) -> dict[str, list[Row]]:
    """The rows that nothing describes yet, by the table that would: models without metrics."""
    found: dict[str, list[Row]] = {}
    for table in result.layer.tables:
        refs = [ref for ref in result.refs if ref is not None and ref[0] == table.name]
        if table.part_of != result.query.head or len(refs) < 2:
            continue
        rows = [row for row in result.table.rows if all(result.value(row, ref) is None for ref in refs)]
        if rows:
            found[table.name] = rows
    return found


def _judged(result: Result, row: Row, column: ColumnMeaning) -> str:
    """The row's name, with the value to judge it by instead."""
    ref = (column.table, column.instead or "")
    if column.instead is None or result.value(row, ref) is None:
        return result.name(row)
    return f"{result.name(row)} ({label(ref, result.layer, result.language)} {result.text(row, ref)})"
