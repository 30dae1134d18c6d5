"""What a query takes from a question by halves, so that its rows answer a simpler one: its words are asked back."""

from collections.abc import Iterator

from agent.offline.query import joins
from agent.offline.query.query import COUNTED, Query
from agent.offline.reading.figures.left_out import leaves_out_a_column
from agent.offline.words.amounts import unit_kind
from agent.offline.words.holding import HOLDS
from agent.offline.words.kind_words import KINDS
from agent.offline.words.particles import JOINING, TO
from agent.offline.words.sentence import Sentence

_MATES = ("팀원", "팀 동료", "동료")
_GONE_BY = ("며칠째", "몇 일째", "몇일째", "몇 달째", "몇달째", "몇 주째", "몇주째", "몇 년째")
_TIMES = ("how many hours", "how many days", "how many minutes", "how many seconds", "몇 시간", "몇 초")


def half_read(sentence: Sentence, query: Query) -> Iterator[str]:
    """The words of which only a half is in the query; none where it holds them whole."""
    yield from _left_out_of_what_is_told(sentence)
    yield from _counted_by_itself(sentence, query)
    yield from _time_that_is_none(sentence, query)
    if not query.having and query.measure in ("rows", "count"):
        yield from (sentence.mentions[i].surface for i in sentence.where("many_of") if i not in sentence.used)
    if sentence.english:
        yield from _told_per_row(sentence, query)
        return
    yield from _different_names(sentence, query)
    yield from _mates(sentence, query)
    yield from _gone_by(sentence, query)
    yield from _names_beside_counts(sentence, query)
    yield from _some_but_none_of_a_kind(sentence, query)
    yield from _kinds_that_lack(sentence, query)
    yield from _kind_glued_to_another(sentence)
    yield from _to_whom(sentence, query)
    yield from _named_with(sentence, query)
    yield from _lacked_ones(sentence, query)
    yield from _until_another(sentence)
    yield from _told_to_use(sentence, query)


def _counted_by_itself(sentence: Sentence, query: Query) -> Iterator[str]:
    """As in "count them per owner" of owners: each row is one of itself."""
    own = tuple((query.head, name) for name in sentence.layer.table(query.head).display)
    if query.measure == "count" and query.counted in (None, query.head) and len(own) == 1 and query.groups == own:
        yield from (sentence.mentions[i].surface for i in sentence.where("count"))


def _time_that_is_none(sentence: Sentence, query: Query) -> Iterator[str]:
    """As in "how many hours until it ended" where a date was read: hours are no date and no number of rows."""
    told = (*(one.ref for one in query.filters), *(one.ref for one in query.order))
    refs = (*query.columns, *query.of, *told)
    lasting = any(not ref[0] or unit_kind(sentence.layer.column(ref).unit) == "s" for ref in refs if ref != COUNTED)
    if not lasting and not any(mention.dates for mention in sentence.mentions):
        yield from (m.surface for m in sentence.mentions if m.surface.lower() in _TIMES)


def _told_per_row(sentence: Sentence, query: Query) -> Iterator[str]:
    """As in "dataset sizes for every production model": each model is to be told with what hangs on it."""
    if query.groups or query.within or query.measure != "rows":
        return
    held = {ref[0] for ref in query.columns}
    for i in sentence.where("each"):
        place = i + 1
        while sentence.values(place) and place + 1 < len(sentence):
            place += 1
        table = sentence.table(place)
        row = sentence.owner(table.name) if table is not None and place > i + 1 else query.head
        steps = joins.path(sentence.layer, query.head, row) if row not in held else ()
        if any(step.parent_table == query.head for step in steps):
            yield sentence.mentions[place].surface


def _different_names(sentence: Sentence, query: Query) -> Iterator[str]:
    """As in "서로 다른 모델 이름이 몇 가지야": several rows may share a name, so their count is another."""
    if query.measure != "count" or query.groups or len(sentence.layer.table(query.head).display) < 2:
        return
    named = any(c.role == "name" and c.table == query.head for i in range(len(sentence)) for c in sentence.columns(i))
    kinds = [m.surface for i, m in enumerate(sentence.mentions) if sentence.does(i, "count")]
    yield from (kind for kind in kinds if named and kind.endswith(KINDS))


def _mates(sentence: Sentence, query: Query) -> Iterator[str]:
    """As in "담당자네 팀원들": who shares a team with somebody, not that one."""
    if any(one.op == "alike" for one in query.filters):
        return
    for i, mention in enumerate(sentence.mentions[1:], 1):
        before = sentence.table(i - 1)
        somebody = (before is not None and before.person) or sentence.does(i - 1, "person") or sentence.is_name(i - 1)
        if somebody and sentence.table(i) is not None and mention.surface.startswith(_MATES):
            yield mention.surface


def _gone_by(sentence: Sentence, query: Query) -> Iterator[str]:
    """As in "만든 지 며칠째야": how long ago something was is no column."""
    if not any(ref[0] == "" for ref in query.columns):
        yield from (mention.surface for mention in sentence.mentions if mention.surface.startswith(_GONE_BY))


def _names_beside_counts(sentence: Sentence, query: Query) -> Iterator[str]:
    """As in "역할별 사람 수랑 이름": of each group the names are wanted, too."""
    if not query.groups or query.measure != "count":
        return
    for i in sentence.where("count"):
        names = [column.ref for column in sentence.columns(i + 1) if column.role == "name"]
        if names and sentence.mentions[i].after in JOINING and not {*names} & {*query.columns, *query.groups}:
            yield sentence.mentions[i + 1].surface


def _some_but_none_of_a_kind(sentence: Sentence, query: Query) -> Iterator[str]:
    """As in "모델을 하나라도 등록한 사람 중 production은 없는 사람": no row of a kind is not a row of another kind."""
    if query.absent or not query.having or not any(one.op == "=" and one.negated for one in query.filters):
        return
    for i in sentence.where("no_value"):
        if sentence.values(i - 1) and sentence.has("at_least"):
            yield f"{sentence.mentions[i - 1].surface} {sentence.mentions[i].surface}"


def _kinds_that_lack(sentence: Sentence, query: Query) -> Iterator[str]:
    """As in "실패도 취소도 없었던 프레임워크": none of its rows are so, which its other rows don't tell."""
    if query.groups or query.within or query.measure != "rows" or not any(one.negated for one in query.filters):
        return
    for i in sentence.where("no_value"):
        kinds = [c for c in sentence.columns(i + 1) if c.role == "category" and c.table == query.head]
        if kinds and sentence.values(i - 1):
            yield f"{sentence.mentions[i].surface} {sentence.mentions[i + 1].surface}"


def _kind_glued_to_another(sentence: Sentence) -> Iterator[str]:
    """As in "음성인식팀": a value in one word with the noun of another table's column is no value of that one."""
    for i in range(len(sentence) - 1):
        values, columns = sentence.values(i), sentence.columns(i + 1)
        one, other = sentence.mentions[i], sentence.mentions[i + 1]
        glued = not other.spaced and not one.after and not sentence.is_name(i)
        told = {column.table for column in columns if column.role == "category"}
        if glued and values and told and len(told) == len(columns) and told.isdisjoint(v.table for v in values):
            yield f"{one.surface}{other.surface}"


def _to_whom(sentence: Sentence, query: Query) -> Iterator[str]:
    """As in "담당자한테 메일 보내야 되는데": somebody it is, of whom nothing says whose."""
    person = sentence.layer.table(query.head).person
    if person and query.measure == "rows" and not (query.filters or query.order or query.groups or query.absent):
        told = (i for i, table in sentence.tables(verbal=True) if table == query.head)
        yield from (sentence.mentions[i].surface for i in told if sentence.mentions[i].after.startswith(TO))


def _named_with(sentence: Sentence, query: Query) -> Iterator[str]:
    """As in "이름에 준 들어가는 사람": a piece of names that was taken for something else."""
    if any(one.op == "like" for one in query.filters):
        return
    for i, mention in enumerate(sentence.mentions[:-2]):
        named = mention.after.startswith("에") and any(column.role == "name" for column in sentence.columns(i))
        if named and not sentence.values(i + 1) and sentence.mentions[i + 2].surface.startswith(HOLDS):
            yield sentence.mentions[i + 1].surface


def _lacked_ones(sentence: Sentence, query: Query) -> Iterator[str]:
    """As in "재검 인력이 거의 없는 현장": those who are not there are not asked for."""
    if query.absent or any(one.negated or one.op == "null" for one in query.filters) or query.measure != "rows":
        return
    for i in sentence.where("no_value"):
        table = next((sentence.table(j) for j in (i - 1, i - 2) if sentence.table(j) is not None), None)
        said = [one for _, one in sentence.tables()]
        if table is not None and table.person and said == [query.head] and query.head == table.name:
            yield sentence.mentions[i].surface


def _until_another(sentence: Sentence) -> Iterator[str]:
    """As in "프로젝트 만들고 첫 데이터셋 생기기까지 며칠": from one thing to another, not how long a third went on."""
    spoken = dict(sentence.tables(verbal=True))
    for i in range(len(sentence)):
        span = sentence.span(i)
        ends = [j for j in range(i) if sentence.mentions[j].after.endswith(("까지", "부터"))
                and not sentence.mentions[j].dates]  # fmt: skip
        if span is None or not ends or not spoken:
            continue
        own = {span[0].table, span[0].start[0], span[0].end[0]}
        beside = {spoken[place] for j in ends for place in (j - 1, j) if place in spoken}
        if span[0].table not in spoken.values() or beside - own:
            yield sentence.mentions[i].surface


def _told_to_use(sentence: Sentence, query: Query) -> Iterator[str]:
    """As in "재검 인력 적을 때 쓰라는 버전": what a note says, and not whatever would do best then."""
    if query.criterion is not None and not sentence.has("recommend", "superlative"):
        told = (mention for mention in sentence.mentions if mention.after.startswith(("라는", "라고")))
        yield from (f"{mention.surface}{mention.after}" for mention in told)


def _left_out_of_what_is_told(sentence: Sentence) -> Iterator[str]:
    """As in "모델 이름은 몇 종류야? 버전 빼고": a column left out of what shows none."""
    for i in sentence.where("negate"):
        place = i + 1 if sentence.english else i - 1
        if i not in sentence.used and 0 <= place < len(sentence) and leaves_out_a_column(sentence, i, place):
            yield f"{sentence.mentions[place].surface} {sentence.mentions[i].surface}"
