"""Resolves what a question takes from the talk before it: that model, the second one, its owner, both."""

from dataclasses import dataclass

from agent.offline.query import joins
from agent.offline.query.query import Filter
from agent.offline.talk.frames import Frame, Shown, filter_on, identity
from agent.offline.talk.pointing.places import (
    RANKS,
    WHOLE,
    content,
    listed_row,
    noun_of_place,
    place_of,
    pointers,
    so_many_rows,
)
from agent.offline.talk.pointing.spoken import newest_person, newest_table, spoken_of, spoken_value
from agent.offline.words.particles import JOINING
from agent.offline.words.sentence import Sentence
from db.catalog.meaning import SemanticLayer
from db.catalog.values import fold

SINGLY = ("각각", "각자", "each")
"""Asks after each of those shown; 팀별 groups anew."""
_OWNERS = tuple(
    fold(word)
    for word in ("담당", "책임자", "소유자", "주인", "오너", "생성자", "작성자", "owner", "creator", "author")
)
"""Words for a person by what is theirs: without saying whose, they mean what was spoken of."""
_ALL = ("전부", "모두", "전체", "싹", "다", "모든", "all", "every", "everyone", "everybody")
_THINGS = ("그거", "그것", "이거", "이것", "그건", "이건", "그게", "이게", "그걸", "거기", "it", "its", "that one")
"""Pronouns that mean no person."""
_SEVERAL = ("those", "these", "them", "they", "their")
_PAIR_BACK = 6
"""So many turns back two single rows still make a pair."""


@dataclass(frozen=True, slots=True)
class Antecedent:
    """What a pronoun stands for: conditions, and the mentions that only name its kind.

    `lost`: the words that stand for something, when nothing like it was spoken of.
    """

    filters: tuple[Filter, ...] = ()
    bound: frozenset[int] = frozenset()
    head: str | None = None
    lost: str | None = None
    rows: tuple[Shown, ...] = ()


def antecedent(sentence: Sentence, frames: tuple[Frame, ...]) -> Antecedent | None:
    """What the question's first pronoun stands for; None when it has none."""
    layer = sentence.layer
    people = tuple(table.name for table in layer.tables if table.person)
    found = _ordinal(sentence, frames) or _both(sentence, frames) or _without_of(sentence, frames, people)
    if found is not None:
        return found
    for i in range(len(sentence)):
        if rows := _they(sentence, i, frames, people):
            return Antecedent(filter_on(rows, layer), head=rows[0].table, rows=rows)
        if sentence.does(i, "person") and people and not _is_of_this(sentence, i, frames):
            person = newest_person(frames, people, layer) or people[0]
            return _resolve(frames, layer, person, frozenset(), sentence.mentions[i].surface)
        is_noun = sentence.does(i, "that") and sentence.table(i + 1) is not None
        if sentence.does(i, "those") and frames and not is_noun:
            return _among(frames, layer)
        if (
            sentence.does(i, "it")
            and not _is_within(sentence, i)
            and not _is_of_this(sentence, i, frames)
            and not _is_left(sentence, i)
        ):
            return _it(sentence, i, frames, people)
        if _is_alone(sentence, i):
            return _it(sentence, i, frames, people)
        found = _that(sentence, i, frames, people) if sentence.does(i, "that") and i + 1 < len(sentence) else None
        if found is not None:
            return found
    return None


def ranked_again(sentence: Sentence, frames: tuple[Frame, ...]) -> Antecedent | None:
    """As in "and the slowest?": a need with nothing said of what, after rows that it may rank."""
    query = frames[0].query if frames else None
    tables = {c.table for i in range(len(sentence)) if (c := sentence.criterion(i)) is not None}
    if query is None or not query.filters or tables != {query.head} or query.absent or query.either:
        return None
    if sentence.has("recommend") or any(sentence.tables()) or _is_full(sentence):
        return None
    names = {(query.head, name) for name in sentence.layer.table(query.head).display}
    if any(one.ref in names for one in query.filters):
        return None
    return Antecedent(query.filters, head=query.head)


# --- by place


def _ordinal(sentence: Sentence, frames: tuple[Frame, ...]) -> Antecedent | None:
    """As in "세 번째 모델", "the second one": a row by its place in what was shown."""
    if many := so_many_rows(sentence, frames):
        bound = frozenset(i for i, table in sentence.tables() if table == many[0].table)
        return Antecedent(filter_on(many, sentence.layer), bound, many[0].table, rows=many)
    if place_of(sentence) is None:
        return None
    if not any(frame.rows for frame in frames) and _may_stand_alone(sentence):
        return None
    chosen = listed_row(sentence, frames)
    noun = noun_of_place(sentence)
    places = pointers(sentence)
    if not chosen:
        return Antecedent(head=noun, lost=sentence.mentions[places[0]].surface)
    bound = frozenset(i for i, table in sentence.tables() if table == chosen[0].table)
    sentence.used.update(i for i in places if sentence.mentions[i].amount)
    return Antecedent(filter_on(chosen, sentence.layer), bound, chosen[0].table, rows=chosen)


def _may_stand_alone(sentence: Sentence) -> bool:
    """Whether a place makes sense before anything was listed: "마지막 학습", or one by a measure that is named."""
    first = sentence.mentions[pointers(sentence)[0]]
    if any(column.role == "measure" for i in range(len(sentence)) for column in sentence.columns(i)):
        return True
    return first.amount is None and not first.surface.endswith(WHOLE)


def _both(sentence: Sentence, frames: tuple[Frame, ...]) -> Antecedent | None:
    """As in "둘 비교해줘": the two rows shown last, together or one after the other."""
    places = sentence.where("both")
    if not places or not frames or any(sentence.is_name(i) for i in range(len(sentence))):
        return None
    rows = _pair(frames)
    if not rows:
        return Antecedent(lost=sentence.mentions[places[0]].surface)
    bound = frozenset(i for i, table in sentence.tables() if table == rows[0].table)
    return Antecedent(filter_on(rows, sentence.layer), bound, rows[0].table, rows=rows)


def _pair(frames: tuple[Frame, ...]) -> tuple[Shown, ...]:
    if len(frames[0].main) == 2:
        return frames[0].main
    found: dict[Shown, None] = {}
    for frame in frames[:_PAIR_BACK]:
        rows = frame.main
        if len(rows) == 2 and not found:
            return rows
        if len(rows) == 1 and (not found or rows[0].table == next(iter(found)).table):
            found.setdefault(rows[0], None)
        if len(found) == 2:
            return tuple(found)[::-1]
    return ()


# --- whose and why, with nothing said of what


def _without_of(sentence: Sentence, frames: tuple[Frame, ...], people: tuple[str, ...]) -> Antecedent | None:
    if not frames:
        return None
    if frames[0].main and _only_asks_who(sentence, people):
        return Antecedent(filter_on(frames[0].main, sentence.layer), rows=frames[0].main)
    if _asks_owner(sentence, people):
        return _in_focus(frames, sentence.layer)
    return _why(sentence, frames)


def _only_asks_who(sentence: Sentence, people: tuple[str, ...]) -> bool:
    """As in "담당자는 누구야?": who it is, with nothing said of what."""
    tables = {table for _, table in sentence.tables()}
    return (
        sentence.has("who")
        and not sentence.has("list", "count", "it", "that")
        and all(sentence.mentions[i].surface.lower() in SINGLY for i in sentence.where("each"))
        and tables <= {*people}
        and all(sentence.table(i) for i in content(sentence))
    )


def _asks_owner(sentence: Sentence, people: tuple[str, ...]) -> bool:
    """As in "담당자 이메일 알려줘": a person by what is theirs, with nothing said of whose."""
    is_all = any(mention.surface.lower() in _ALL for mention in sentence.mentions)
    if is_all or sentence.has("count", "each", "it", "those", "person", *RANKS) or _is_full(sentence):
        return False
    tables = [(i, table) for i, table in sentence.tables()]
    if (
        not tables
        or not {table for _, table in tables} <= {*people}
        or any(m.amount or m.dates for m in sentence.mentions)
    ):
        return False
    return all(is_owner_word(sentence, i) for i, _ in tables)


def is_owner_word(sentence: Sentence, i: int) -> bool:
    """Whether a person is called by what is theirs: 담당자, owner."""
    surface = fold(sentence.mentions[i].surface).removesuffix("'s").rstrip("s들")
    return surface in _OWNERS or surface.startswith(_OWNERS[0])


def _in_focus(frames: tuple[Frame, ...], layer: SemanticLayer) -> Antecedent | None:
    """What the talk is about: the rows shown last, else what was last named."""
    for frame in frames:
        if frame.main:
            return Antecedent(filter_on(frame.main, layer), rows=frame.main)
        if frame.spoken:
            return Antecedent(identity(frame.spoken, frame.spoken[0].ref[0], layer) or frame.spoken)
    return None


def _why(sentence: Sentence, frames: tuple[Frame, ...]) -> Antecedent | None:
    """As in "왜 실패했어?": the row in focus that can be in that state."""
    places = [i for i in content(sentence) if sentence.values(i)]
    if not sentence.has("why") or sentence.has("it", "that", "those") or len(places) != 1:
        return None
    if any(sentence.tables()) or sentence.is_name(places[0]):
        return None
    tables = {value.table for value in sentence.values(places[0])}
    for frame in frames:
        for table in dict.fromkeys(row.table for row in frame.rows):
            if table in tables:
                rows = frame.of(table)
                return Antecedent(filter_on(rows, sentence.layer), head=table, rows=rows)
    return None


# --- pronouns


def _is_within(sentence: Sentence, i: int) -> bool:
    """As in "the models and their metrics", "가장 큰 모델이랑 걔 담당자": what the same question names is meant."""
    surface = sentence.mentions[i].surface.lower()
    named = [place for place, _ in sentence.tables() if place < i]
    if named and not sentence.english and sentence.mentions[named[-1]].after in JOINING:
        return True
    return surface in ("its", "their") and any(place < i for place, _ in sentence.tables())


def _is_of_this(sentence: Sentence, i: int, frames: tuple[Frame, ...]) -> bool:
    """As in "teams by how many models they have": nothing was spoken of before, and this very question names it."""
    return sentence.english and not frames and any(place < i for place in content(sentence))


def _is_alone(sentence: Sentence, i: int) -> bool:
    """As in "which project is that from?", "who made this?": it stands for a thing, and points to no noun."""
    if not sentence.english or sentence.mentions[i].surface.lower() not in ("that", "this"):
        return False
    after = range(i + 1, len(sentence))
    is_open = all(sentence.is_filler(j) or sentence.does(j, "between", "exists", "when") for j in after)
    is_asked = i == 1 and sentence.does(0, "exists") and not (sentence.table(2) or sentence.columns(2))
    return is_asked or (
        is_open and i > 0 and (sentence.does(i - 1, "exists", "over", "under") or sentence.is_filler(i - 1))
    )


def _is_left(sentence: Sentence, i: int) -> bool:
    """As in "그건 됐고": what was spoken of is done with."""
    return i + 1 < len(sentence) and sentence.mentions[i + 1].surface.startswith(("됐", "되었", "그만"))


def _is_full(sentence: Sentence) -> bool:
    return any(sentence.values(i) for i in range(len(sentence)))


def _they(sentence: Sentence, i: int, frames: tuple[Frame, ...], people: tuple[str, ...]) -> tuple[Shown, ...]:
    """The rows shown last where a column or a kind of theirs is asked for: "which projects are they from"."""
    rows = frames[0].main if frames and sentence.mentions[i].surface.lower() == "they" else ()
    if not rows or rows[0].table in people:
        return ()
    named = {sentence.owner(table) for _, table in sentence.tables()}
    if sentence.has("which") and named and named.isdisjoint({*people, rows[0].table}):
        return rows
    owners = {sentence.owner(column.table) for k in range(len(sentence)) for column in sentence.columns(k)}
    return rows if rows[0].table in owners else ()


def _it(sentence: Sentence, i: int, frames: tuple[Frame, ...], people: tuple[str, ...]) -> Antecedent | None:
    surface = sentence.mentions[i].surface
    person = newest_person(frames[:1], people, sentence.layer) if surface in ("걔", "쟤") else None
    table = person or newest_table(frames, people if surface.lower() in _THINGS else ())
    if table is None:
        return None if _is_full(sentence) and not frames else Antecedent(head=_owner_of_asked(sentence), lost=surface)
    if sentence.has("compare") and (pair := _pair(frames)):
        return Antecedent(filter_on(pair, sentence.layer), head=pair[0].table, rows=pair)
    return _resolve(frames, sentence.layer, table, frozenset({i}), surface, many=_are_many(sentence, i))


def _are_many(sentence: Sentence, i: int) -> bool:
    """Whether it stands for several: 그 파일들, those, them."""
    told = sentence.mentions[i : i + 2]
    after = any(mention.after.startswith("들") or mention.surface.endswith("들") for mention in told)
    return after or (sentence.english and sentence.mentions[i].surface.lower() in _SEVERAL)


def _owner_of_asked(sentence: Sentence) -> str | None:
    """The table that has the column asked for: what "its recall" may be of."""
    columns = [column for i in range(len(sentence)) for column in sentence.columns(i)]
    return sentence.owner(columns[0].table) if columns else None


def _that(sentence: Sentence, i: int, frames: tuple[Frame, ...], people: tuple[str, ...]) -> Antecedent | None:
    layer = sentence.layer
    table, columns = sentence.table(i + 1), sentence.columns(i + 1)
    is_named = table is not None and any(one.table == table.name for j in range(i) for one in sentence.columns(j)[:1])
    if table is not None and (is_named or sentence.names_one_of(table.name) or sentence.speaks_before(i, table.name)):
        return None  # "이 파이프라인 누구 거야 yolov8-wafer-exp01", "모델이랑 그 모델 담당자"
    if table is not None:
        bound = frozenset({i + 1})
        if table.name in people and is_owner_word(sentence, i + 1) and (found := _in_focus(frames, layer)):
            return found
        said = sentence.mentions[i + 1].surface
        return _resolve(frames, layer, sentence.owner(table.name), bound, said, many=_are_many(sentence, i))
    kinds = [column for column in columns if column.role in ("category", "name")]
    if kinds and (own := _asked_of_it(sentence, i, frames)):
        return own
    for column in kinds:
        if spoken := spoken_value(frames, column.ref):
            sentence.used.add(i + 1)
            return Antecedent((spoken,))
    names = {column.table for column in kinds if column.role == "name"}
    if len(names) == 1 == len(columns):  # "그 데이터셋 이름들"
        return _resolve(frames, layer, names.pop(), frozenset(), sentence.mentions[i + 1].surface)
    is_lost = kinds and sentence.mentions[i].surface in ("그", "해당")
    return Antecedent(lost=sentence.mentions[i + 1].surface) if is_lost else None


def _asked_of_it(sentence: Sentence, i: int, frames: tuple[Frame, ...]) -> Antecedent | None:
    """As in "그 GPU는?" behind one row: what it has there, as nothing else is asked of those that share it."""
    rows = frames[0].main if frames else ()
    is_all = content(sentence) == [i + 1] and sentence.mentions[i + 1].after in ("", "은", "는", "도")
    if len(rows) != 1 or not is_all or sentence.english or sentence.has("count", "list", "other", "exists"):
        return None
    owns = any(column.table == rows[0].table for column in sentence.columns(i + 1))
    return Antecedent(filter_on(rows, sentence.layer), head=rows[0].table, rows=rows) if owns else None


def _resolve(
    frames: tuple[Frame, ...], layer: SemanticLayer, table: str, bound: frozenset[int], said: str, *, many: bool = False
) -> Antecedent:
    rows, filters = spoken_of(frames, layer, table, many=many) or ((), ())
    if filters:
        return Antecedent(filters, bound, table, rows=rows)
    newest = next((frame.main for frame in frames if frame.main), ())
    is_theirs = (
        len(newest) == 1 and layer.table(newest[0].table).person and joins.connected(layer, table, newest[0].table)
    )
    if len(newest) == 1 and (is_theirs or joins.is_below(layer, table, newest[0].table)):
        return Antecedent(filter_on(newest, layer), bound, table, rows=newest)
    return Antecedent(bound=bound, head=table, lost=said)


def _among(frames: tuple[Frame, ...], layer: SemanticLayer) -> Antecedent:
    rows = frames[0].main
    if rows:
        return Antecedent(filter_on(rows, layer), head=rows[0].table, rows=rows)
    query = frames[0].query
    if query is not None and query.groups:
        return Antecedent((*query.filters, *frames[0].spoken) if frames[0].spoken else (), head=query.head)
    return Antecedent(query.filters if query else (), head=query.head if query else None)
