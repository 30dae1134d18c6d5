"""Reads a question that asks the same of another row, or holds it against the one told: 코버트 모델은?"""

from dataclasses import replace

from agent.offline.query.query import Filter, Order, Query, Ref
from agent.offline.reading.checks.unspent import lost_functions
from agent.offline.reading.filters import conditions
from agent.offline.reading.reading import Reading
from agent.offline.reading.styles import described
from agent.offline.talk.changing.regroup import is_asked_of
from agent.offline.talk.frames import Frame, Shown, filter_on, identity
from agent.offline.talk.pointing.places import content
from agent.offline.words.sentence import Sentence

_OTHERWISE = ("that", "it", "those", "person", "both", "why", "count", "who", "where", "when", "recommend", "other",
              "each", "avg", "sum", "max", "min", "only", "same")  # fmt: skip


def of_another(sentence: Sentence, frames: tuple[Frame, ...]) -> Reading | None:
    """What was asked of one row, of another or of both; None where more is said than which."""
    frame = frames[0] if frames else None
    if frame is None or frame.query is None or frame.query.measure != "rows" or frame.query.groups:
        return None
    return _compared(sentence, frame, frame.query) or _replaced(sentence, frame, frame.query)


def _replaced(sentence: Sentence, frame: Frame, query: Query) -> Reading | None:
    """As in "코버트 모델은?", "what about the solder model?", "sorry, I meant the OCR one": the same columns of it."""
    is_one = len(frame.main) == 1 or bool(identity(query.filters, query.head, sentence.layer))
    is_kind = any(table == query.head for _, table in sentence.tables())
    if not query.columns or not is_one or sentence.has(*_OTHERWISE, "compare"):
        return None
    if not ((is_kind and is_asked_of(sentence)) or sentence.has("correction")):
        return None
    filters = _named(sentence, query.head)
    later = sentence.layer.table(query.head).display[1:]
    if filters is None or any(one.negated for one in filters) or all(one.ref[1] in later for one in filters):
        return None  # another version is of the same name
    names = [one for one in filters if _is_name(one, sentence)]
    own = (*identity(query.filters, query.head, sentence.layer),
           *(filter_on(frame.main[:1], sentence.layer) if frame.main else ()))  # fmt: skip
    refs = {one.ref for one in filters}
    kept = tuple(one for one in query.filters if one not in own and one.ref not in refs and not names)
    return _whole(
        sentence, Reading("query", replace(query, filters=(*kept, *filters), either=(), order=(), place=None))
    )


def _compared(sentence: Sentence, frame: Frame, query: Query) -> Reading | None:
    """As in "재현율은 v2.1이랑 비교하면?", "how does that compare to X?": the row told beside the one named."""
    told_of = frame.main[:1] if frame.style == "recommend" and sentence.has("compare") else frame.main
    if not _holds_against(sentence) or len(told_of) != 1 or told_of[0].table != query.head:
        return None
    if sentence.has("both", "those", "each", "who", "why", "recommend", "count"):
        return None
    asked = tuple(c.ref for i in content(sentence) if (c := sentence.nearest_column(i, query.head)) is not None
                  and not sentence.values(i) and c.role == "measure")  # fmt: skip
    named = _one_named(sentence, query.head)
    held = _both(told_of[0], named, sentence) if named is not None else None
    if held is None:
        return _open(sentence, frame, query.head)
    told = tuple(ref for ref in query.columns if ref[0] and sentence.layer.column(ref).role == "measure")
    if not sentence.has("compare") and not (asked or told):
        return None  # "is X bigger?" is asked of what was told
    names = sentence.layer.table(query.head).display
    new = Query(query.head, columns=asked or told or described(sentence, query.head), filters=held[0], either=held[1],
                order=tuple(Order((query.head, name), descending=False) for name in names))  # fmt: skip
    reading = Reading("query", new, "compare")
    return _whole(sentence, reading) if sentence.has("compare") else reading


def _holds_against(sentence: Sentence) -> bool:
    """As in "v2.1이랑 비교하면?", "pallet-cam-raw보다 얼마나 더 커?", "is the X-ray set smaller?"."""
    if sentence.has("compare"):
        return True
    if sentence.has("list", "which", "superlative", "only", "over", "under"):
        return False
    named = [i for i in range(len(sentence)) if sentence.values(i)]
    than = any(sentence.mentions[i].after.startswith("보다") for i in named)
    more = any(
        sentence.mentions[i].surface.lower().endswith("er") for i in sentence.where("high", "low", "many", "few")
    )
    return len(named) == 1 and (than or (sentence.english and more and sentence.does(0, "exists")))


def _open(sentence: Sentence, frame: Frame, head: str) -> Reading | None:
    """Asked back: as the row told is held against what names no other row, nothing is narrowed down by that."""
    filters = _named(sentence, head) or []
    named = [i for i in range(len(sentence)) if sentence.values(i)]
    own = bool(filters) and all(one.ref[0] == head and one.op == "=" and not one.negated for one in filters)
    is_one = all(len(one.values) == 1 for one in filters)
    points = sentence.has("it", "that") and len(filters) > 1
    itself = len(filters) == 1 and frame.style == "recommend" and _is_name(filters[0], sentence)
    if not sentence.has("compare") or not (own and is_one and (points or itself)):
        return None
    return Reading("unclear", words=(sentence.mentions[named[0]].surface,), are_known=True)


def _one_named(sentence: Sentence, head: str) -> Filter | None:
    """The condition of the one row that is named, or of its name and version together: X, v2.1, X v2.1."""
    filters = _named(sentence, head) or []
    if not filters or any(one.negated or one.op != "=" or len(one.values) != 1 for one in filters):
        return None
    names = {one.ref: one.values[0] for one in filters}
    whole = tuple((head, name) for name in sentence.layer.table(head).display)
    if len(filters) == 1:
        return filters[0]
    return Filter(whole[0], "rows", tuple(names[ref] for ref in whole)) if set(names) == set(whole) else None


def _both(row: Shown, named: Filter, sentence: Sentence) -> tuple[tuple[Filter, ...], tuple[Filter, ...]] | None:
    """The conditions that all of, and that one of must hold for the row told and for the one that is named."""
    table = sentence.layer.table(row.table)
    if named.op == "=" and named.ref[0] == row.table and named.ref[1] in table.display[1:]:
        first = Filter((row.table, table.display[0]), "=", (row.get(table.display[0]),))
        value = row.get(named.ref[1])
        return ((first, replace(named, values=(value, *named.values))), ()) if value not in named.values else None
    cells = tuple(row.get(name) for name in table.display)
    if named.op == "rows" and row.table == named.ref[0] and None not in cells:
        return ((replace(named, values=(*cells, *named.values)),), ()) if cells != named.values else None
    picked = filter_on((row,), sentence.layer)
    return ((), (picked[0], named)) if len(picked) == 1 and named.ref[0] == row.table else None


def _named(sentence: Sentence, head: str) -> list[Filter] | None:
    """The conditions that name the other row; None where anything else is said."""
    said = content(sentence)
    named = [i for i in said if sentence.values(i)]
    rest = [i for i in said if i not in named]
    if not named or any(sentence.mentions[i].amount or sentence.mentions[i].dates for i in said):
        return None
    compares = _holds_against(sentence)
    for i in rest:
        table = sentence.table(i)
        is_measure = compares and any(c.role == "measure" for c in sentence.columns(i))
        if not is_measure and (table is None or sentence.owner(table.name) != head):
            return None
    return conditions.value_filters(sentence, head) or None


def _is_name(one: Filter, sentence: Sentence) -> bool:
    ref: Ref = one.ref
    return sentence.layer.column(ref).role == "name" or ref[1] in sentence.layer.table(ref[0]).display


def _whole(sentence: Sentence, reading: Reading) -> Reading | None:
    return None if lost_functions(sentence, reading) or sentence.left_over() else reading
