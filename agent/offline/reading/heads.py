"""Finds which table a question asks rows of: its head."""

from agent.offline.query import joins
from agent.offline.reading.figures import rates
from agent.offline.reading.figures.counted import past_kind, past_who
from agent.offline.reading.figures.own_size import sized_kind
from agent.offline.reading.filters.listed import rows_beside
from agent.offline.reading.told_of_named import tells_of_named
from agent.offline.words.particles import JOINING, OF_SEVERAL
from agent.offline.words.sentence import Sentence

_THINGS = ("anything", "something", "everything", "stuff")


def find_head(sentence: Sentence, bound: frozenset[int], spoken: str | None = None) -> str | None:
    """The table whose rows are asked for; None when nothing in the question says.

    `bound` are mentions that only say what kind an antecedent is ("그 모델"); `spoken` is its kind where none does.
    """
    asked = rates.head_of(sentence) or _asked(sentence)
    if asked is not None:
        return asked
    strong = [(i, t) for i, t in sentence.tables() if i not in bound]
    strong = [(i, table) for i, table in strong if i not in sentence.grouped] or strong
    free = [(i, table) for i, table in strong if not _is_type_noun(sentence, i, table)] or strong
    free = [(i, table) for i, table in free if not _is_measured(sentence, i)] or free
    free = [(i, table) for i, table in free if not _is_told_beside(sentence, i)] or free
    free = [(i, table) for i, table in free if not _is_denied(sentence, i)] or free
    sources = {i for i, table in free if _is_source(sentence, i, table)}
    sentence.used.update(sources)
    free = [(i, table) for i, table in free if i not in sources]
    column = _attribute(sentence, [table for i, table in sentence.tables() if i in bound])
    if noun := _category_noun(sentence, free, bound, spoken):
        return noun
    if (
        ranked := _with_person(sentence, free)
        or rows_beside(sentence, free)
        or _ranked_first(sentence, free)
        or _of_lacking(sentence, free, column)
        or _owned_column(sentence, free)
    ):
        return ranked
    if free:
        heads = [(i, sentence.owner(table)) for i, table in free]
        below = [(i, table) for i, table in heads if not _is_part(sentence, i)]
        return (below or heads)[0 if sentence.english else -1][1]
    if any(sentence.criterion(i) for i in range(len(sentence))) and not column:
        return sized_kind(sentence, is_kind) or _of_rest(sentence)
    return column or _of_values(sentence) or _of_rest(sentence) or _bound_table(sentence, bound)


def _is_told_beside(sentence: Sentence, i: int) -> bool:
    """As in "멈춘 거 담당자랑 같이": whose it is, to be told with the rows."""
    table = sentence.table(i)
    if table is not None and not sentence.english and sentence.mentions[i].after == "까지":
        layer, before = sentence.layer, (other for j, other in sentence.tables() if j < i and other != table.name)
        if any(joins.connected(layer, table.name, one) and joins.is_below(layer, table.name, one) for one in before):
            return True
    if table is None or not table.person or sentence.english:
        return False
    owns = any(column.table == table.name for column in sentence.columns(i + 1))
    if owns and i and (sentence.does(i + 2, "also") or sentence.mentions[i + 1].after == "도"):
        return True  # "모델들 f1에다 담당자 이름도 같이"
    told = (sentence.mentions[i].after, owns and sentence.mentions[i + 1].after)
    return sentence.does(i + 1, "also") or "까지" in told


def _is_denied(sentence: Sentence, i: int) -> bool:
    """As in "모델 중 분류 프로젝트 아닌 거": whose the rows are not."""
    table = sentence.table(i)
    is_kind = table is not None and any(value.table == table.name for value in sentence.values(i - 1))
    return not sentence.english and is_kind and i > 0 and sentence.does(i + 1, "negate")


def _is_source(sentence: Sentence, i: int, table: str) -> bool:
    """As in "이서연 과제에서 쓴 GPU 종류": where rows below come from, of which a category is asked for."""
    if sentence.english or not sentence.mentions[i].after.startswith("에서") or sentence.has("count", "many", "few"):
        return False
    if any(j > i for j, _ in sentence.tables(verbal=True)):
        return False
    asked = [c for j in range(i + 1, len(sentence)) if not sentence.values(j) for c in sentence.columns(j)]
    layer = sentence.layer
    return bool(asked) and all(
        c.role in ("category", "path")
        and joins.connected(layer, table, c.table)
        and joins.is_below(layer, table, c.table)
        for c in asked
    )


def _with_person(sentence: Sentence, free: list[tuple[int, str]]) -> str | None:
    """As in "실패한 학습이랑 담당자", "프로젝트들 담당자랑 같이": rows, each to be told with whose it is."""
    if sentence.english or len(free) < 2 or sentence.has("count", "many", "few", "each"):
        return None
    (before, table), (i, person) = free[-2:]
    owner, layer = sentence.owner(table), sentence.layer
    beside = sentence.mentions[i].after in JOINING and sentence.does(i + 1, "also")
    joined = i == before + 1 and (beside or sentence.mentions[before].after in JOINING)
    is_owned = layer.table(person).person and owner != person and joins.is_below(layer, person, owner)
    return owner if joined and is_owned else None


def _ranked_first(sentence: Sentence, free: list[tuple[int, str]]) -> str | None:
    """As in "가장 최근 파이프라인 담당자": the table that is ranked, of whose first row a person is asked for."""
    person = next((table.name for table in sentence.layer.tables if table.person), None)
    told = free[0][1] if sentence.english and free else free[-1][1] if free else None
    if len(free) < 2 or told != person or sentence.has("many", "few", "count"):
        return None
    ranks = sentence.where("newest", "oldest", "longest", "shortest", "high", "low") + _most_needed(sentence)
    ranked = [
        table for i, table in free if table != person and (any(rank < i for rank in ranks) or _is_ranked(sentence, i))
    ]
    return sentence.owner(ranked[0]) if ranked else None


def _is_ranked(sentence: Sentence, i: int) -> bool:
    """As in "데이터셋 제일 큰거 담당자": the rank stands behind its noun, and is of a thing itself."""
    place = _past_rank(sentence, i, 1)
    after = sentence.mentions[place + 1].surface if place + 1 < len(sentence) else ""
    is_bare = (sentence.mentions[place].after or after).startswith(("거", "것", "꺼", "건", "게"))
    return not sentence.english and sentence.does(i + 1, "superlative") and is_bare


def _most_needed(sentence: Sentence) -> list[int]:
    """Where a need is told in the highest degree: "the fastest model"."""
    if not sentence.english:
        return []
    needs = [i for i in range(len(sentence)) if sentence.criterion(i)]
    return [i for i in needs if sentence.mentions[i].surface.lower().endswith(("est", "best", "worst"))]


def _of_lacking(sentence: Sentence, free: list[tuple[int, str]], column: str | None) -> str | None:
    """As in "프로덕션 모델이 없는 팀": the only table is what is lacked, and a column of another is asked for."""
    lacked = {sentence.owner(table) for _, table in free}
    meant = all(is_lacked(sentence, i) or _is_most(sentence, i) for i, _ in free)
    if column is None or len(lacked) != 1 or column in lacked or not meant:
        return None
    table = next(iter(lacked))
    layer = sentence.layer
    return column if joins.connected(layer, column, table) and joins.is_below(layer, column, table) else None


def _is_most(sentence: Sentence, i: int) -> bool:
    """As in "아티팩트 제일 많은 파이프라인 이름": what the rows are ranked by how many they have of."""
    place = _past_rank(sentence, i, 1)
    names = any(column.role == "name" for column in sentence.columns(place + 1))
    return not sentence.english and sentence.does(place, "many", "few") and names


def is_lacked(sentence: Sentence, i: int) -> bool:
    """As in "모델이 없는", "no production models", "never registered a model"."""
    if not sentence.english:
        return sentence.does(sentence.neighbour(i, 1), "no_value")
    place = sentence.neighbour(i, -1)
    while place >= 0 and (sentence.values(place) or sentence.is_verbal(place)) and not sentence.is_name(place):
        place = sentence.neighbour(place, -1)
    return sentence.does(place, "no_value", "many_of", "each") or is_never(sentence, place)


def is_never(sentence: Sentence, i: int) -> bool:
    """Whether it negates a deed, and no value: never, haven't."""
    return sentence.does(i, "negate") and sentence.mentions[i].surface.lower().replace("\u2019", "'").endswith(
        ("never", "n't", "did not", "does not", "do not", "have not", "has not")
    )


def _owned_column(sentence: Sentence, free: list[tuple[int, str]]) -> str | None:
    """As in "모델들 학습 GPU": the last noun only says whose the column behind it is, of which each row has one."""
    if sentence.english or len(free) < 2:
        return None
    (before, above), (i, table) = free[-2], free[-1]
    owns = any(column.table == table for column in sentence.columns(i + 1)) and not sentence.values(i + 1)
    if not owns or i != before + 1 or sentence.mentions[i].after or table == above:
        return None
    joined = sentence.mentions[before].after in OF_SEVERAL and joins.connected(sentence.layer, above, table)
    return sentence.owner(above) if joined and not joins.is_below(sentence.layer, above, table) else None


def _asked(sentence: Sentence) -> str | None:
    """As in "어느 프로젝트", "who", "which dataset": the table the question word asks for."""
    people = [table.name for table in sentence.layer.tables if table.person]
    spoken = {table for _, table in sentence.tables()}
    person = next((name for name in people if name in spoken), next(iter(people), None))
    for i in sentence.where("which"):
        after = sentence.table(i + 1)
        if after is not None and not sentence.is_verbal(i + 1):
            return sentence.owner(after.name)
        if sentence.english and (later := sentence.table(i + 2)) is not None and sentence.values(i + 1):
            return sentence.owner(later.name)
    directions = ("superlative", "high", "low", "longest", "shortest", "newest", "oldest")
    ranked = (
        sentence.has(*directions)
        or _most_needed(sentence)
        or any(
            m.amount and i not in sentence.used and (m.amount.unit == "ordinal" or m.surface.endswith(("위", "등")))
            for i, m in enumerate(sentence.mentions)
        )
    )
    if tells_of_named(sentence) or all(_asks_whose_column(sentence, i) for i in sentence.where("who")):
        return None
    return person if person and (not ranked or _counts_rows(sentence)) else None


def _asks_whose_column(sentence: Sentence, i: int) -> bool:
    """As in "whose deploy note mentions …": not who, but of which row."""
    own = [column for column in sentence.columns(i + 1) if not sentence.layer.table(column.table).person]
    return sentence.mentions[i].surface.lower() == "whose" and bool(own) and sentence.table(i + 1) is None


def _counts_rows(sentence: Sentence) -> bool:
    """As in "who ran the most experiments": people are ranked by how many rows they have."""
    beside = [_past_rank(sentence, i, 1 if sentence.english else -1) for i in sentence.where("many", "few")]
    beside += [past_kind(sentence, i) if sentence.english else past_who(sentence, i) for i in beside]
    return any(sentence.table(i) or (0 <= i < len(sentence) and sentence.concept(i)) for i in beside)


def _past_rank(sentence: Sentence, i: int, step: int) -> int:
    """The neighbour on that side, past 가장 and fillers."""
    i = sentence.neighbour(i, step)
    return sentence.neighbour(i, step) if sentence.does(i, "superlative") else i


def _is_part(sentence: Sentence, i: int) -> bool:
    table = sentence.table(i)
    return table is not None and table.part_of is not None


def _is_type_noun(sentence: Sentence, i: int, table: str) -> bool:
    """As in "defect-detection-v2 프로젝트의 …", "팀별": the noun only says what kind of thing the name is."""
    beside = sentence.values(i - 1) if i else ()
    unknown = i > 0 and sentence.mentions[i - 1].unknown and not sentence.mentions[i - 1].after
    return any(v.table == table and sentence.is_name(i - 1) for v in beside) or (
        unknown and "-" in sentence.mentions[i - 1].surface
    )


def _is_measured(sentence: Sentence, i: int) -> bool:
    """As in "프로젝트가 두 개 이상인 사람", "평가 지표가 없는 모델": the noun belongs to a condition."""
    later = sentence.neighbour(i, 1)
    if sentence.does(later, "no_value") and not sentence.english:
        return True
    if sentence.english and i and is_lacked(sentence, i):
        return True
    if sentence.does(later, "each") or (i and sentence.does(i - 1, "each")):
        return True
    if sentence.does(later, "many_of"):
        return True
    later = sentence.neighbour(later, 1) if sentence.does(later, "exact") else later
    amount = sentence.mentions[later].amount if later >= 0 else None
    if amount and amount.unit == "count":
        bounds = ("at_least", "at_most", "over", "under", "exact")
        return sentence.does(sentence.neighbour(later, 1), *bounds) or sentence.does(later + 1, "exact")
    return sentence.does(later, "superlative") and sentence.does(later + 1, "many", "few")


def _attribute(sentence: Sentence, bound: list[str]) -> str | None:
    """The head that a column asked of a named thing gives: 박도현 이메일, intent-kobert 체크포인트 경로."""
    named = [value.table for i in range(len(sentence)) if sentence.is_name(i) for value in sentence.values(i)]
    named += bound
    others = [value.table for i in range(len(sentence)) if not sentence.is_name(i) for value in sentence.values(i)]
    for i in range(len(sentence)):
        if (span := sentence.span(i)) and not named and sentence.has("avg", "sum", "max", "min"):
            return span[0].table
        columns = [column for column in sentence.columns(i) if not sentence.is_verbal(i)]
        if not columns:
            continue
        for column in columns:
            owner = sentence.owner(column.table)
            if owner in named:
                return owner
        if named:
            return _nearest_owner(sentence, [sentence.owner(column.table) for column in columns], named)
        owners = [sentence.owner(column.table) for column in columns]
        return next((owner for owner in owners if owner in others), owners[0])
    return None


def _nearest_owner(sentence: Sentence, owners: list[str], named: list[str]) -> str:
    """A column above the named thing is one of its attributes; a column below makes its own table the head."""
    pairs = [(joins.distance(sentence.layer, name, owner), i, owner, name)
             for i, owner in enumerate(owners) for name in named]  # fmt: skip
    steps, _, owner, name = min(pairs)
    if steps >= joins.UNCONNECTED:
        return owner
    return owner if joins.is_below(sentence.layer, name, owner) else name


def _of_values(sentence: Sentence) -> str | None:
    weak = [table for _, table in sentence.tables(verbal=True)]
    found = [value.table for i in range(len(sentence)) for value in sentence.values(i)]
    if weak:
        return _made_by(sentence, weak[-1]) or sentence.owner(weak[-1])
    names = [value.table for i in range(len(sentence)) if sentence.is_name(i) for value in sentence.values(i)]
    if names and all(sentence.layer.table(name).person for name in names) and (started := _dated_deed(sentence)):
        return started
    return next(iter(_lowest(sentence, found) or names or _nearest_to_all(sentence) or found), None)


def _lowest(sentence: Sentence, found: list[str]) -> list[str]:
    """As in "anything from the forecast team in staging": the things meant are those that all else is said of."""
    said = sentence.mentions[0].surface.lower() if sentence.mentions else ""
    if not sentence.english or not said.startswith(_THINGS) or len(set(found)) < 2:
        return []
    layer, tables = sentence.layer, dict.fromkeys(map(sentence.owner, found))
    others = {one: [other for other in tables if other != one] for one in tables}
    connected = all(joins.connected(layer, one, other) for one in tables for other in others[one])
    return [one for one in tables if connected and all(joins.is_below(layer, other, one) for other in others[one])]


def _dated_deed(sentence: Sentence) -> str | None:
    """As in "did she start anything this month?": rows that come to be by a deed, where a time is told for it."""
    if not any(mention.dates for mention in sentence.mentions):
        return None
    deeds = [(i, c) for i in range(len(sentence)) if sentence.is_verbal(i) for c in sentence.columns(i)]
    own = [(i, c) for i, c in deeds if sentence.layer.table(c.table).date == c.name]
    called = (c.table for i, c in own if sentence.mentions[i].surface.lower()[:2] in (c.label.ko[:2], c.label.en[:2]))
    return next(iter((*called, *(column.table for _, column in own))), None)


def _made_by(sentence: Sentence, table: str) -> str | None:
    """As in "anything in prod trained on a V100": rows below the deed, by a category of theirs."""
    told = [value for i in range(len(sentence)) if not sentence.is_name(i) for value in sentence.values(i)]
    own = (
        value.table for value in told if value.table != table and joins.connected(sentence.layer, table, value.table)
    )
    below = (one for one in own if joins.is_below(sentence.layer, table, one))
    return next((one for one in below if any(value.table == table for value in told)), None)


def _nearest_to_all(sentence: Sentence) -> list[str]:
    """The tables of the categories spoken of, that first which all others are nearest to."""
    spoken = [(i, {v.table for v in values}) for i in range(len(sentence)) if (values := sentence.values(i))]
    own = [t for i, tables in spoken for t in tables if not sentence.does(sentence.neighbour(i, 1), "no_value")]

    def far(table: str) -> int:
        return sum(min(joins.distance(sentence.layer, table, t) for t in tables) for _, tables in spoken)

    return sorted(dict.fromkeys(own), key=far) if len(spoken) > 1 else []


def _of_rest(sentence: Sentence) -> str | None:
    for i in range(len(sentence)):
        if criterion := sentence.criterion(i):
            return criterion.table
        if span := sentence.span(i):
            return span[0].table
    dated = [c.table for i in range(len(sentence)) for c in sentence.columns(i) if c.role == "date"]
    if dated and any(m.dates for m in sentence.mentions):
        return _dated_deed(sentence) or dated[0]
    lasting = any(m.amount and m.amount.unit == "s" for m in sentence.mentions)
    if lasting and sentence.has("over", "under", "at_least", "at_most") and sentence.layer.spans:
        return sentence.layer.spans[0].table
    return None


def _category_noun(
    sentence: Sentence, free: list[tuple[int, str]], bound: frozenset[int], spoken: str | None
) -> str | None:
    """A category that stands for rows of its table: 체크포인트 (an artifact), 실패한 파이프라인 로그."""
    last = max((i for i, _ in free), default=-1)
    names = [i for i in range(len(sentence)) if sentence.is_name(i)]
    for i in range(len(sentence)):
        after = i + 1 < len(sentence) and sentence.mentions[i + 1].surface.lower() in ("of", "for", "from")
        stands = (after or not free) if sentence.english else i > last
        values = [] if sentence.is_name(i) or sentence.is_verbal(i) else sentence.values(i)
        if not stands or not values or sentence.does(sentence.neighbour(i, 1), "negate", "no_value"):
            continue
        above = [t for j in names for v in sentence.values(j) if (t := v.table)] + [t for _, t in free]
        above += [table for j, table in sentence.tables() if j in bound] + ([spoken] if spoken else [])
        above += [v.table for j in range(len(sentence)) if j != i and not free for v in sentence.values(j)]
        for value in values:
            below = [t for t in above if t != value.table and joins.connected(sentence.layer, t, value.table)]
            if not is_kind(sentence, value.table, value.column):
                continue
            if below and joins.is_below(sentence.layer, below[0], value.table):
                return value.table
    return None


def kind_with_column(sentence: Sentence, above: str) -> str | None:
    """As in "걔네 체크포인트 용량": rows below those spoken of, by their kind, of which their own column is asked."""
    for i in range(len(sentence)):
        told = {column.table for column in sentence.columns(i + 1)} if not sentence.is_name(i) else set()
        for value in sentence.values(i):
            if value.table in told and is_kind(sentence, value.table, value.column):
                return value.table if joins.connected(sentence.layer, above, value.table) else None
    return None


def is_kind(sentence: Sentence, table: str, column: str) -> bool:
    """Whether a category says what a row is, where no name does: the type of an artifact."""
    meaning = sentence.layer.table(table)
    has_name = any(sentence.layer.column((table, shown)).role == "name" for shown in meaning.display)
    return not has_name and meaning.column(column).role == "category"


def _bound_table(sentence: Sentence, bound: frozenset[int]) -> str | None:
    return next((table for i, table in sentence.tables() if i in bound), None)
