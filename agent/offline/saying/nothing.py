"""What is said when there is no result: what was tried, what is near, by what else to look."""

from typing import TypeAlias

from agent.offer import MOST, Offer
from agent.offline.query.query import Query
from agent.offline.reading.reading import Reading
from agent.offline.saying.cells import cell_of, plain, plural
from agent.offline.saying.meanings import meanings, shown_by
from agent.offline.saying.offers import in_place, instead, joined, leading_on, names_in, read, without
from agent.offline.saying.phrases import Phrases, under
from agent.offline.saying.plan import Found
from agent.offline.saying.results import Result
from agent.offline.saying.tell import Teller
from agent.offline.talk.scene import Scene
from db.catalog.meaning import SemanticLayer, TableMeaning
from db.catalog.values import Match, fold
from db.hangul import keys

MOST_NEAR = 3
MOST_VALUES = 10
MOST_EXAMPLES = 3
NEAR = 3
"""A name is near when at most one key in so many is another."""


Told: TypeAlias = tuple[list[str], Offer | None]
"""The parts of an answer, the leading sentence first, and what to choose from."""


def nothing_found(reading: Reading, found: tuple[Found, ...], result: Result, scene: Scene, say: Phrases) -> Told:
    """The answer to a query without rows."""
    query, layer = result.query, result.layer
    if otherwise := _otherwise(query, found, scene, say):
        return [otherwise], leading_on([say.all_of(_owner(layer, query.head))])
    subject = say.subject(query)
    unknown = _unknown_names(query, scene)
    if not unknown:
        lead = say.no(subject) if reading.style == "exists" else say.nothing(subject)
        if query.groups and query.having and not query.asks_none:
            lead = Teller(reading, result, say).lead(None, named=False)
        there = under(say, "there", [*_there(query, scene), *_others(found, scene)])
        return [lead, there], leading_on([say.all_of(_owner(layer, query.head))])
    table = layer.table(unknown[0][0])
    near = {text: _near(text, table, scene) for _, text in unknown}
    parts = [
        say.no_such_name(table, [plain(name) for _, name in unknown], subject),
        _tried(found, table, [plain(name) for _, name in unknown], say),
        say.perhaps([plain(name) for names in near.values() for name in names]) if any(near.values()) else "",
        say.ways(table, *_ways(table, scene)),
    ]
    return parts, joined(instead(text, names, scene) for text, names in near.items())


def _otherwise(query: Query, found: tuple[Found, ...], scene: Scene, say: Phrases) -> str:
    """As in "왜 실패했어?" of what went well: what the row has there instead; "" where no such row is."""
    one = next((one for one in found if one.lookup.purpose == "state" and one.table and len(one.table.rows) == 1), None)
    if one is None or one.table is None or one.lookup.query is None:
        return ""
    ref = one.lookup.query.columns[0]
    asked = next(condition for condition in query.filters if condition.ref == ref)
    row = one.table.rows[0]
    result = Result(one.lookup.query, one.table, scene.lexicon.layer, scene.language)
    if result.value(row, ref) is None:
        return ""
    values = " · ".join(cell_of(ref, value, scene.lexicon.layer, scene.language) for value in asked.values)
    return say.differs(result.name(row), asked, values, result.text(row, ref))


def _others(found: tuple[Found, ...], scene: Scene) -> list[str]:
    """The rows of the name that was asked for, where only the rest of the question fits none: other versions."""
    lines = []
    for one in found:
        if one.lookup.purpose != "like" or one.table is None or one.lookup.query is None:
            continue
        rows = Result(one.lookup.query, one.table, scene.lexicon.layer, scene.language)
        display = scene.lexicon.layer.table(one.lookup.query.head).display
        if len(display) > 1:
            lines += [f"- {rows.mention(row)}" for row in one.table.rows[:MOST_VALUES]]
    return lines


def _owner(layer: SemanticLayer, head: str) -> TableMeaning:
    return layer.table(layer.table(head).part_of or head)


def _unknown_names(query: Query, scene: Scene) -> list[tuple[str, str]]:
    """The names of the question that stand nowhere in their column."""
    unknown = []
    for one in query.filters:
        if one.op != "=" or not one.ref[0] or scene.lexicon.layer.column(one.ref).role != "name":
            continue
        known = set(scene.lexicon.values.values_of(*one.ref))
        unknown += [(one.ref[0], str(value)) for value in one.values if value not in known]
    return unknown


def _tried(found: tuple[Found, ...], table: TableMeaning, names: list[str], say: Phrases) -> str:
    """The ways that were gone, in words."""
    purposes = {one.lookup.purpose for one in found}
    return say.tried(table, names, part="like" in purposes, like="names" in purposes)


def _near(name: str, table: TableMeaning, scene: Scene) -> list[str]:
    """The names that are really near, best first."""
    found = scene.lexicon.values.nearest(name, table=table.name, column=table.display[0], limit=MOST_NEAR)
    return [match.text for match in found if _is_near(match, name)]


def _is_near(match: Match, name: str) -> bool:
    return match.distance * NEAR <= len(keys(fold(name)))


def _ways(table: TableMeaning, scene: Scene) -> tuple[list[str], list[str]]:
    """What a row can be found by beside its name: what is its own, and what it shares with others."""
    foreign = {key.column for key in scene.lexicon.layer.foreign_keys if key.table == table.name}
    others = [c for c in table.columns if c.name not in foreign and c.name != table.display[0]]
    own = [c.label.of(scene.language) for c in others if c.role in ("key", "name")]
    return own, [c.label.of(scene.language) for c in others if c.role == "category"]


def _there(query: Query, scene: Scene) -> list[str]:
    """What stands in the columns the question narrowed down, where the value asked for does not."""
    lines = []
    for one in query.filters:
        if one.op != "=" or not one.ref[0] or scene.lexicon.layer.column(one.ref).role != "category":
            continue
        values = scene.lexicon.values.values_of(*one.ref)
        if not set(one.values) <= set(values):
            listed = ", ".join(f"`{plain(str(value))}`" for value in values[:MOST_VALUES])
            lines.append(f"- {scene.lexicon.layer.column(one.ref).label.of(scene.language)}: {listed}")
    return lines


def nothing_read(reading: Reading, scene: Scene, say: Phrases) -> Told:
    """The answer to what was no question about the catalogue, or one that would be guessed at."""
    layer = scene.lexicon.layer
    examples = leading_on(layer.examples.of(scene.language)[:MOST_EXAMPLES])
    shown = [table for table in layer.tables if not table.part_of]
    tables = [plural(table, 2) if scene.language == "en" else table.label.ko for table in shown]
    words = [plain(word) for word in reading.words]
    if reading.choices and (offer := in_place(reading.words[0], reading.choices, scene)):
        return [say.which(words[0], [choice.label for choice in offer.choices])], offer
    if reading.intent == "meaning":
        lines = meanings(reading.words[0], scene)
        lead_on = [one for one in shown_by(reading.words[0], scene, say) if read(one, scene) is not None]
        told = "\n".join(lines if len(lines) == 1 else (f"- {line}" for line in lines))
        return [told], leading_on(lead_on) or examples
    if reading.intent == "unclear":
        near = {word: [match.text for match in scene.lexicon.values.find(word, limit=MOST_NEAR)] for word in words}
        offer = joined(instead(word, names, scene) for word, names in near.items())
        offer = offer or joined(without(word, scene, say.show) for word in words[:1])
        hints = [plain(text) for texts in near.values() for text in texts]
        lead = say.unclear(words, hints, are_known=reading.are_known)
        return [lead], offer or examples
    if reading.intent == "missing":
        return [_missing(reading, words, scene, say)], examples
    if reading.intent == "no_antecedent":
        names = _choices(reading, scene)
        offer = instead(words[0], names, scene) if words else None
        return [say.lost(words[0] if words else "", [plain(name) for name in names])], offer or examples
    leads = {
        "write": say.refused(),
        "greeting": say.greeting(),
        "thanks": say.welcome(),
        "help": say.help(layer.about.of(scene.language), tables),
    }
    return [leads.get(reading.intent, say.outside(tables))], examples


def _missing(reading: Reading, words: list[str], scene: Scene, say: Phrases) -> str:
    if reading.query is None:
        return say.missing(words, "", [])
    table = scene.lexicon.layer.table(reading.query.head)
    columns = [column.label.of(scene.language) for column in table.columns if column.role != "key"]
    return say.missing(words, table.label.of(scene.language), columns)


def _choices(reading: Reading, scene: Scene) -> list[str]:
    """Some names of the kind that was asked after: of the rows shown last, else of the catalogue."""
    layer = scene.lexicon.layer
    if shown := names_in(scene, reading.about):
        return shown[:MOST]
    if reading.about is None:
        return []
    values = scene.lexicon.values.values_of(reading.about, layer.table(reading.about).display[0])
    return [str(value) for value in values[:MOST_NEAR]]
