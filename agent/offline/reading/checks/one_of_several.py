"""What a query takes one of where several were asked for: the others' words are asked back."""

from collections.abc import Iterator

from agent.offline.query.query import Query
from agent.offline.words.sentence import Sentence

_WHO = ("누가", "누구")


def one_of_several(sentence: Sentence, query: Query) -> Iterator[str]:
    """The words for what is asked beside the one that the query has; none where it has them all."""
    if sentence.english:
        return
    yield from _counts(sentence, query)
    yield from _averages_of_groups(sentence, query)
    yield from _who_twice(sentence)
    yield from _against_each_other(sentence, query)
    yield from _told_beside_counts(sentence, query)
    yield from _those_of_others(sentence, query)
    yield from _days_of_the_week(sentence)


def _counts(sentence: Sentence, query: Query) -> Iterator[str]:
    """As in "팀별 프로젝트 수, 데이터셋 수, 모델 수": rows of several tables are to be counted."""
    counted = {i - 1: table for i in sentence.where("count") for place, table in sentence.tables() if place == i - 1}
    if query.measure != "count" or len(set(counted.values())) < 2:
        return
    yield from (sentence.mentions[i].surface for i, table in counted.items() if table != (query.counted or query.head))


def _averages_of_groups(sentence: Sentence, query: Query) -> Iterator[str]:
    """As in "팀 평균보다 f1 높은 모델": above the mean of its own team, and not of all."""
    for i in sentence.where("than_avg"):
        if i == 0 or sentence.mentions[i - 1].after or sentence.values(i - 1):
            continue
        table = sentence.table(i - 1)
        column = sentence.nearest_column(i - 1, query.head)
        other = table is not None and sentence.owner(table.name) != query.head
        if other or (table is None and column is not None and column.role == "category"):
            yield f"{sentence.mentions[i - 1].surface} {sentence.mentions[i].surface}"


def _who_twice(sentence: Sentence) -> Iterator[str]:
    """As in "누가 더 많이 만들었고 f1은 누가 높아?": two questions, of which a query answers one."""
    asked = [mention.surface for mention in sentence.mentions if mention.surface.startswith(_WHO)]
    yield from asked[1:2] if len(asked) > 1 and "누구누구" not in "".join(asked) else ()


def _against_each_other(sentence: Sentence, query: Query) -> Iterator[str]:
    """As in "완료 대비 실패 비율": how many of the one there are for each of the other."""
    own = len(query.part) == 1 and len(query.part[0].values) > 1
    if query.measure == "share" and own and any(m.surface.startswith("대비") for m in sentence.mentions):
        yield "대비"


def _told_beside_counts(sentence: Sentence, query: Query) -> Iterator[str]:
    """As in "프로젝트별 담당자, 데이터셋 수": whose each is, beside how many it has."""
    if not query.groups or query.measure != "count" or query.counted is None or query.having:
        return
    held = {query.counted, query.head, *(ref[0] for ref in (*query.groups, *(one.ref for one in query.filters)))}
    for i, table in sentence.tables():
        is_person = sentence.layer.table(table).person and not sentence.is_filler(i)
        if is_person and table not in held and not sentence.values(i) and not sentence.does(i + 1, "count", "many"):
            yield sentence.mentions[i].surface


def _those_of_others(sentence: Sentence, query: Query) -> Iterator[str]:
    """As in "프로젝트 중에 데이터셋이 두 개 이상인 것들의 담당자": the bound is said of the projects."""
    if not query.groups or not query.having:
        return
    held = {query.head, query.counted, *(ref[0] for ref in query.groups)}
    for i, table in sentence.tables():
        if sentence.does(i + 1, "out_of") and sentence.owner(table) not in held:
            yield sentence.mentions[i].surface


def _days_of_the_week(sentence: Sentence) -> Iterator[str]:
    """As in "요일별 학습 건수": days of the week, which are no days."""
    for i in sentence.where("each_day"):
        if i and sentence.mentions[i - 1].surface.endswith("요") and not sentence.mentions[i].spaced:
            yield f"{sentence.mentions[i - 1].surface}{sentence.mentions[i].surface}"
