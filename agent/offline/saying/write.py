"""Writes the answer: the result first, then what it means, what was checked, and what to do next.

The rows stand as a table right below the text, so it doesn't repeat them.
"""

from dataclasses import dataclass, replace

from agent.offer import Offer
from agent.offline.query.joins import called_by_keys
from agent.offline.query.query import Query
from agent.offline.reading.reading import Reading
from agent.offline.saying import beside, explain
from agent.offline.saying.again import is_all, is_first, nothing_before, told_of_runs
from agent.offline.saying.apart import told_apart
from agent.offline.saying.cells import plain
from agent.offline.saying.english import English
from agent.offline.saying.fitness import ranking, told_of_fitness
from agent.offline.saying.further import MOST, questions
from agent.offline.saying.korean import Korean
from agent.offline.saying.nothing import Told, nothing_found, nothing_read
from agent.offline.saying.offers import leading_on, read
from agent.offline.saying.phrases import Phrases, under
from agent.offline.saying.plan import Found
from agent.offline.saying.results import Result
from agent.offline.saying.tell import Teller
from agent.offline.talk.frames import Frame
from agent.offline.talk.scene import Scene
from db.catalog.meaning import SemanticLayer
from db.catalog.table import Cell


@dataclass(frozen=True, slots=True)
class Written:
    """An answer's Markdown (paragraphs, bold, code and bullets only) and what it leaves to choose from."""

    text: str
    offer: Offer | None = None


def write(reading: Reading, found: tuple[Found, ...], scene: Scene) -> Written:
    """The answer to one reading."""
    names = _names(scene.before, scene.lexicon.layer)
    layer = called_by_keys(scene.lexicon.layer, reading.query.via if reading.query else ())
    say: Phrases = Korean(layer, names) if scene.language == "ko" else English(layer, names)
    parts, offer = _parts(reading, found, scene, say)
    return Written("\n\n".join(part for part in parts if part).strip(), offer)


def _names(before: tuple[Frame, ...], layer: SemanticLayer) -> dict[tuple[str, Cell], str]:
    names: dict[tuple[str, Cell], str] = {}
    for frame in before:
        for row in frame.rows:
            table = layer.table(row.table)
            if table.primary_key:
                text = " ".join(str(v) for column in table.display if (v := row.get(column)) is not None)
                names.setdefault((table.name, row.get(table.primary_key)), text)
    return names


def _parts(reading: Reading, found: tuple[Found, ...], scene: Scene, say: Phrases) -> Told:
    if reading.intent != "query" or reading.query is None:
        (lead, *rest), offer = nothing_read(reading, scene, say)
        return [lead, _notices(reading, say), *rest], offer
    main = next((one for one in found if one.lookup.purpose == "texts" and one.table and one.table.rows), None)
    main = main or next((one for one in found if one.lookup.purpose == "main"), None)
    if main is None or main.table is None or main.lookup.query is None:
        return [say.failed()], None
    layer = called_by_keys(scene.lexicon.layer, reading.query.via)
    result = Result(main.lookup.query, main.table, layer, scene.language)
    if not main.table.rows and reading.searched:
        return nothing_read(replace(reading, intent="unclear", words=reading.searched), scene, say)
    if not main.table.rows and is_first(reading):
        return [nothing_before(reading, result), _notices(reading, say)], None
    if not main.table.rows:
        (lead, *rest), offer = nothing_found(reading, found, result, scene, say)
        return [told_of_runs(reading, result), lead, _notices(reading, say), *rest], offer
    ahead = tuple(one for one in ranking(reading, result) if read(one, scene) is not None)
    offer = leading_on([*ahead, *questions(result, scene, say)][:MOST]) if scene.leads_on else None
    return _result(reading, found, result, scene, say), offer


def _result(reading: Reading, found: tuple[Found, ...], result: Result, scene: Scene, say: Phrases) -> list[str]:
    is_rows = result.query.measure == "rows" and not result.query.groups and reading.fitness is None
    checked = beside.checked(result, found, say, scene) if is_rows else []
    related, all_named = beside.related(result, found)
    missing = explain.nulls(result, say) if is_rows else []
    meaning = explain.tradeoffs(result, say) if is_rows else []
    rows: list[str] = []
    if is_rows and reading.style == "compare":
        rows = explain.differences(result, say)
    elif is_rows and reading.style == "recommend":
        rows = explain.finalists(result, say)
    return [
        told_of_runs(reading, result, found),
        "" if is_all(reading, result) else _opening(reading, found, result, say, named=bool(checked) or all_named),
        "" if _says_who_is_ahead(reading, result, say) else told_apart(reading, found, result, say),
        _notices(reading, say),
        "\n".join(rows),
        under(say, "meaning", [*meaning, *missing]) if meaning else "\n".join(missing),
        under(say, "detail", checked),
        under(say, "related", [*_flow(result, related, say), *related]),
        _scope(reading, result.query, scene, say),
        under(say, "next", beside.steps(reading, result)),
    ]


def _says_who_is_ahead(reading: Reading, result: Result, say: Phrases) -> bool:
    """Whether by how much two differ is told with which of them is the better."""
    return reading.style == "compare" and result.query.measure == "rows" and bool(explain.ahead(result, say))


def _opening(reading: Reading, found: tuple[Found, ...], result: Result, say: Phrases, *, named: bool) -> str:
    """The result in a sentence, what all rows share, and by which rule it was counted or ranked."""
    if reading.fitness is not None:
        return told_of_fitness(reading, result, say)
    layer, query = result.layer, result.query
    count = next((one.table.rows[0][0] for one in found if one.lookup.purpose == "count" and one.table), None)
    lead = Teller(reading, result, say).lead(count if isinstance(count, int) else None, named=named)
    ahead = explain.ahead(result, say) if _says_who_is_ahead(reading, result, say) else ""
    lead = "" if ahead else lead
    uniform = explain.uniform(result, say) if query.measure == "rows" and not query.columns else ""
    criterion = next((c for c in layer.criteria if c.name == query.criterion), None)
    concept = next((c for c in layer.concepts if c.name == query.concept), None)
    why = [one.explanation.of(result.language) for one in (criterion, concept) if one and one.explanation]
    return " ".join(
        part for part in (lead, ahead, uniform, *(f"{text[:1].upper()}{text[1:]}." for text in why)) if part
    )


def _flow(result: Result, related: list[str], say: Phrases) -> list[str]:
    return [f"- {say.flow(result.layer.about.of(result.language))}"] if related and result.layer.about else []


def _scope(reading: Reading, query: Query, scene: Scene, say: Phrases) -> str:
    """What a recommendation was limited to, when the talk was about something narrower."""
    criterion = next((c for c in scene.lexicon.layer.criteria if c.name == query.criterion), None)
    if reading.style != "recommend" or criterion is None or not criterion.scope:
        return ""
    asked = {one.ref: one for one in query.filters}
    names = [
        " · ".join(f"{value}" for value in values)
        for ref, values in criterion.scope
        if ref in asked and asked[ref].values == values
    ]
    return say.scope(names) if names and scene.before else ""


def _notices(reading: Reading, say: Phrases) -> str:
    lines = [say.corrected(plain(c.typed), plain(c.taken), spelled=c.spelled) for c in reading.corrections]
    texts = [f for f in reading.query.filters if f.op == "like"] if reading.query and reading.searched else []
    if texts:
        lines.append(say.searched([plain(word) for word in reading.searched], texts[-1].ref))
    if reading.dropped:
        lines.append(say.dropped([plain(word) for word in reading.dropped]))
    return "\n".join(lines)
