"""What the other look-ups found beside the rows: their files and models, how long they took, what to do next."""

from collections.abc import Iterable

from agent.messages import say
from agent.moments import lasted, parsed
from agent.offline.query.query import Ref
from agent.offline.reading.reading import Reading
from agent.offline.saying.again import cause_of
from agent.offline.saying.cells import bold, plain
from agent.offline.saying.phrases import Phrases
from agent.offline.saying.plan import Found, details_of
from agent.offline.saying.results import Result
from agent.offline.talk.scene import Scene
from db.catalog.table import Row

MOST_STEPS = 4
MOST_LINES = 5


def checked(result: Result, found: Iterable[Found], phrases: Phrases, scene: Scene) -> list[str]:
    """What the detail look-ups found, grouped under the row they belong to, after how long it took."""
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
    times = {result.name(row): time for row in result.table.rows if (time := timed(result, row, phrases, scene))}
    lines = {name: [*([times[name]] if name in times else []), *lines] for name, lines in by_row.items() if lines}
    return [f"- {bold(name)}: {' · '.join(dict.fromkeys(told))}" for name, told in lines.items()]


def timed(result: Result, row: Row, phrases: Phrases, scene: Scene) -> str:
    """How long a row took to come to its state, or has been in it; "" where the result doesn't say."""
    state = next((ref for detail in result.layer.details for ref, _ in detail.when if ref in result.refs), None)
    for span in result.layer.spans:
        own = {span.start[0], span.end[0]} == {result.query.head}
        if state is None or not own or not {span.start, span.end} <= set(result.refs):
            continue
        start, end = (parsed(result.value(row, ref)) for ref in (span.start, span.end))
        time = lasted(start, end or scene.now.replace(tzinfo=None), scene.language) if start else ""
        if time:
            name = result.layer.column(state).value_label(result.value(row, state), scene.language)
            return phrases.after(name, time) if end else phrases.going_on(name, time)
    return ""


def _shown(detail: Result, row: Row, ref: Ref) -> str:
    column = detail.layer.column(ref)
    if column.role == "path":
        return f"`{detail.text(row, ref)}`"
    return plain(column.value_label(detail.value(row, ref), detail.language))


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


def related(result: Result, found: Iterable[Found]) -> tuple[list[str], bool]:
    """What hangs on the counted rows, and whether that names all of them."""
    lines: list[str] = []
    owners: set[str] = set()
    for one in found:
        if one.lookup.purpose != "related" or one.table is None or one.lookup.query is None:
            continue
        child = Result(one.lookup.query, one.table, result.layer, result.language)
        parent = [(result.query.head, name) for name in result.layer.table(result.query.head).display]
        what = result.layer.table(one.lookup.query.head).label.of(result.language)
        for row in one.table.rows[:MOST_LINES]:
            owner = plain(" ".join(str(child.value(row, ref)) for ref in parent))
            owners.add(owner)
            lines.append(f"- {owner} → {what} {bold(child.name(row))}")
    return lines, owners >= {result.name(row) for row in result.table.rows}


def steps(reading: Reading, result: Result) -> list[str]:
    """What to do next, as the layer has it for this need or these rows."""
    lines: list[str] = []
    for criterion in result.layer.criteria:
        if reading.query is not None and criterion.name == reading.query.criterion and reading.style == "recommend":
            lines += criterion.next.of(result.language)
    if cause_of(reading, result):
        return [f"- {say('again-after-cause', result.language)}"]
    for detail, _ in details_of(result.query, result.layer):
        lines += [line for line in detail.next.of(result.language) if "{" not in line]
    return [f"- {line}" for line in dict.fromkeys(lines)][:MOST_STEPS]
