"""The answer's sentences in Korean."""

from collections.abc import Sequence

from agent.offline.query.query import COUNTED, Filter, Order, Query, Ref
from agent.offline.saying.cells import bold, cell_of, each, label, number
from agent.offline.saying.korean_nouns import BOUNDS, KoreanNouns
from agent.offline.saying.noun_rows import averaged, in_part
from db.catalog.meaning import TableMeaning
from db.hangul import josa

_HEADINGS = {
    "next": "다음 단계",
    "ask": "이어서 이렇게 물어보실 수 있어요",
    "there": "카탈로그에 있는 값",
    "related": "연결된 항목",
    "detail": "함께 확인한 내용",
    "meaning": "지표 읽는 법",
}
_GRAINS = {"year": "연도", "quarter": "분기", "month": "월", "week": "주", "day": "날짜"}
_MEASURES = {"median": "중앙값", "avg": "평균", "sum": "합계", "min": "최솟값", "max": "최댓값", "kinds": "종류 수"}


class Korean(KoreanNouns):
    """The sentences over those nouns."""

    def named(self, query: Query, name: str) -> str:
        table = self.layer.table(query.head)
        if not any(self._names_head(one, query.head) for one in query.filters) and query.filters:
            return f"{self.subject(query)} {name}"
        return f"{name} {'님' if table.person else table.label.ko}"

    def counted(self, query: Query, count: int, names: Sequence[str]) -> str:
        total = bold(number(count) + self._counter(query))
        return f"{josa(self.subject(query), '은/는')} 총 {total}입니다{_listed(names)}."

    def listed(self, query: Query, count: int, names: Sequence[str], *, more: bool) -> str:
        total = bold(number(count) + self._counter(query))
        if query.limit == count:
            return f"{self.subject(query)} 가운데 {total}입니다{_listed(names)}."
        some = " 이상입니다. 더 있지만 여기까지만 조회했습니다" if more else "입니다"
        return f"{josa(self.subject(query), '은/는')} {total}{some}{_listed(names)}."

    def repeated(self, rows: int) -> str:
        return f"표는 연결된 항목마다 한 줄씩 모두 {number(rows)}줄입니다."

    def one(self, query: Query, mention: str, name: str, told: str) -> str:
        facts = f": {told}" if told else ""
        if any(self._names_head(f, query.head) for f in query.filters):
            return f"{self.named(query, name)}의 정보입니다{facts}."
        if self.layer.table(query.head).person:
            told = f" ({told})" if told else ""
            return f"{josa(self.subject(query), '은/는')} {mention} 님입니다{told}."
        found = f"{josa(self.subject(query), '은/는')} {bold('1' + self._counter(query))}입니다: {mention}"
        return f"{found} ({told})." if told else f"{found}."

    def valued(self, owner: str, columns: str, value: str) -> str:
        return f"{owner}의 {josa(columns, '은/는')} {bold(value)}입니다."

    def blank(self, owner: str, columns: str) -> str:
        return f"{owner}에는 {columns} 값이 없습니다(NULL)."

    def noted(self, owner: str, columns: str, value: str) -> str:
        return f"{owner}의 {josa(columns, '은/는')} 다음과 같습니다: “{value}”"

    def located(self, query: Query, value: str) -> str:
        return f"{self.subject(query)} 경로는 다음과 같습니다: {value}"

    def best(self, query: Query, names: str, value: str, count: int) -> str:
        order = query.order[0]
        rank = "가장 " if query.place == 1 else f"{query.place}번째로 "
        counted = f"{value}{self._counted_counter(query)}" if order.ref == COUNTED else value
        value = each(counted, count, "ko")
        if order.ref == COUNTED:
            what = f"{rank}{self._direction(order)} {josa(self._ranked(query), '은/는')} {bold(names)}입니다"
            return f"{self._counted_noun(query)} 수가 {what} ({value})."
        named = " ".join(filter(None, (label(order.ref, self.layer, "ko"), _MEASURES.get(query.measure, ""))))
        what = f"{josa(named, '이/가')} {rank}{self._direction(order)} 것은"
        return f"{self.subject(query)} 가운데 {what} {bold(names)}입니다 ({value})."

    def best_rate(self, query: Query, names: str, value: str, count: int) -> str:
        value = each(value, count, "ko")
        how = "높은" if query.order[0].descending else "낮은"
        of = josa(label(query.groups[0], self.layer, "ko"), "은/는")
        return f"{self.subject(in_part(query, self.layer))} 비율이 가장 {how} {of} {bold(names)}입니다 ({value})."

    def _ranked(self, query: Query) -> str:
        """What is ranked: the groups of a category, or the rows themselves."""
        if not query.groups or query.groups[0][1] in self.layer.table(query.groups[0][0]).display:
            return self.subject(query)
        dated = query.grain and self.layer.column(query.groups[0]).role == "date"
        return self.grain(query.grain) if dated else label(query.groups[0], self.layer, "ko")

    def ordered(self, order: Order, query: Query, count: int, names: Sequence[str]) -> str:
        what = label(order.ref, self.layer, "ko")
        is_name = bool(order.ref[0]) and self.layer.column(order.ref).role == "name"
        how = (
            f"{what}{' 역순' if order.descending else '순'}으로"
            if is_name
            else f"{josa(what, '이/가')} {self._direction(order)} 순으로"
        )
        total = bold(f"{count}{self._counter(query)}")
        return f"{josa(self.subject(query), '을/를')} {how} {total} 정리했습니다{_listed(names)}."

    def recommended(self, query: Query, need: str, name: str, why: str) -> str:
        noun = josa(self.layer.table(query.head).label.ko, "을/를")
        return f"{need} {noun} 찾으신다면 {self.subject(query)} 가운데 {josa(bold(name), '을/를')} 추천합니다: {why}."

    def ahead(self, name: str, columns: Sequence[str]) -> str:
        return f"{josa(bold(name), '은/는')} {', '.join(columns)}에서 앞섭니다."

    def won(self, column: str, value: str, by: str) -> str:
        return f"{column} {value}({by} 차이)"

    def apart(self, ref: Ref, gap: float) -> str:
        """How far two values of a column are from each other."""
        if self.layer.column(ref).ratio:
            return f"{number(round(gap * 100, 1))}%p"
        return cell_of(ref, round(gap, 4), self.layer, "ko")

    def difference(self, column: str, value: str) -> str:
        return f"{column} 차이는 {value}입니다."

    def counted_noun(self, table: TableMeaning) -> str:
        return f"{table.label.ko} 수"

    def among(self, query: Query, count: int) -> str:
        return f"{self.subject(query)} {count}{self._counter(query)} 가운데 "

    def also(self, column: str, value: str) -> str:
        return f"{josa(column, '은/는')} {bold(value)}입니다."

    def placed(self, place: int) -> str:
        return f"{place}순위"

    def compared(self, query: Query, names: Sequence[str], count: int) -> str:
        if 0 < len(names) <= 3:
            return f"{josa(', '.join(names), '을/를')} 비교했습니다."
        total = bold(f"{count}{self._counter(query)}")
        return f"{self.subject(query)} {total}의 비교입니다{_listed(names)}."

    def grouped(self, query: Query, by: str, count: int, each: Sequence[str]) -> str:
        of = "·".join(label(ref, self.layer, "ko") for ref in query.of)
        what = self._counted_rows(query) if query.counted else self.subject(query)
        if query.having is not None:
            if query.of:
                return self._bounded(query, by, count, each)
            if query.asks_none:
                return f"{josa(what, '이/가')} 없는 {josa(by, '은/는')} {bold(f'{count}곳')}입니다{_listed(each)}."
            bound = BOUNDS[query.having[0]]
            bound = f"{number(query.having[1])}{self._counted_counter(query)}{' ' if bound else ''}{bound}인"
            is_row = query.groups[0][1] in self.layer.table(query.head).display
            total = bold(f"{count}{self.layer.table(query.head).counter if is_row else '개'}")
            told = f"{total}입니다{_listed(each)}" if count else "없습니다"
            return f"{josa(what, '이/가')} {bound} {josa(by, '은/는')} {told}."
        measured = f"{what} 수"
        if query.measure == "share":
            measured = f"{of or self.subject(in_part(query, self.layer))} 비율"
        elif of:
            counts = [f"{what} 수"] if query.tallied else []
            measured = "·".join((*(f"{of} {_MEASURES[name]}" for name in (query.measure, *query.also)), *counts))
        if len(each) == count:
            return f"{by}별 {measured}입니다: {', '.join(each)}."
        first = f" 가장 많은 것은 {', '.join(each)}입니다." if each else ""
        return f"{by}별 {measured}입니다 (모두 {bold(f'{count}개')} 항목).{first}"

    def _bounded(self, query: Query, by: str, count: int, each: Sequence[str]) -> str:
        """As in "용량 평균이 50 GB 초과인 포맷": groups by what is measured of them."""
        op, value = query.having or ("=", 0)
        what = f"{label(query.of[0], self.layer, 'ko')} {_MEASURES[query.measure]}"
        table = self.layer.table(query.groups[0][0])
        total = bold(f"{count}{table.counter if query.groups[0][1] in table.display else '개'}")
        bound = f"{cell_of(query.of[0], value, self.layer, 'ko')} {BOUNDS[op]}".rstrip()
        told = f"{total}입니다{_listed(each)}" if count else "없습니다"
        return f"{josa(what, '이/가')} {bound}인 {josa(by, '은/는')} {told}."

    def measured(self, query: Query, value: str) -> str:
        columns = "·".join(label(ref, self.layer, "ko") for ref in query.of)
        if query.also:
            return f"{self.subject(query)}의 {josa(columns, '은/는')} {bold(value)}입니다."
        return f"{self.subject(query)}의 {columns} {josa(_MEASURES[query.measure], '은/는')} {bold(value)}입니다."

    def aggregate(self, measure: str) -> str:
        return _MEASURES[measure]

    def grain(self, grain: str) -> str:
        return _GRAINS[grain]

    def per(self, query: Query, shares: Sequence[str]) -> str:
        of, each = (label(ref, self.layer, "ko") for ref in query.of)
        return f"{self.subject(query)}의 {each}당 {of}입니다{_listed(shares)}."

    def mean(self, query: Query, mean: str, part: str, whole: str) -> str:
        some, each = averaged(query, self.layer)
        what, unit = self.subject(some), self._counter(some)
        by, units = (
            (label(query.of[0], self.layer, "ko"), "개") if query.of else (self.subject(each), self._counter(each))
        )
        told = f"{by} 1{units}당 {josa(what, '은/는')} 평균 {bold(mean + unit)}입니다"
        return f"{told} ({what} {part}{unit}, {by} {whole}{units})."

    def shared(self, query: Query, percent: str, part: int, whole: int) -> str:
        head = self.layer.table(query.head)
        total = f"{'' if query.filters else '전체 '}{self.subject(query)} {number(whole)}{head.counter}"
        met = self.subject(in_part(query, self.layer, filtered=False))
        return f"{total} 가운데 {josa(met, '은/는')} {number(part)}{head.counter}, {bold(percent + '%')}입니다."

    def shared_sum(self, query: Query, percent: str, part: str, whole: str) -> str:
        whole = f"{label(query.of[0], self.layer, 'ko')} {whole}"
        total = f"{'' if query.filters else '전체 '}{self.subject(query)} {whole}"
        met = self.subject(in_part(query, self.layer, filtered=False))
        return f"{total} 가운데 {josa(met, '은/는')} {part}, {bold(percent + '%')}입니다."

    def of_ended(self, percent: str, part: int, ended: int) -> str:
        return f"끝난 것 {number(ended)}건만 보면 {number(part)}건, {bold(percent + '%')}입니다."

    def best_of_each(self, query: Query, by: str, each: Sequence[str]) -> str:
        order, noun = query.order[0], self.layer.table(query.head).label.ko
        what = f"{josa(label(order.ref, self.layer, 'ko'), '이/가')} 가장 {self._direction(order)} {noun}"
        return f"{by}별로 {what}입니다{_listed(each)}."

    def distinct(self, query: Query, values: Sequence[str]) -> str:
        what = "·".join(label(ref, self.layer, "ko") for ref in query.of)
        return f"{self.subject(query)} {josa(what, '은/는')} {bold(f'{len(values)}가지')}입니다: {', '.join(values)}."

    def yes(self, query: Query, count: int, names: Sequence[str]) -> str:
        return f"네, 있습니다. {self.counted(query, count, names)}"

    def no(self, subject: str) -> str:
        return f"아니요, {josa(subject, '은/는')} 없습니다."

    def tested(self, name: str, one: Filter, value: str, *, holds: bool) -> str:
        what = label(one.ref, self.layer, "ko")
        return f"{'네' if holds else '아니요'}, {name}의 {josa(what, '은/는')} {bold(value)}입니다."

    def differs(self, name: str, one: Filter, asked: str, value: str) -> str:
        what = josa(label(one.ref, self.layer, "ko"), "은/는")
        if one.op != "=":
            return f"아니요, {name}의 {what} {bold(value)}입니다."
        return f"{name}의 {what} {josa(asked, '이/가')} 아니라 {bold(value)}입니다."

    def same(self, names: Sequence[str], column: str, values: Sequence[str], *, holds: bool) -> str:
        each = ", ".join(f"{name}: {bold(value)}" for name, value in zip(names, values, strict=True))
        return f"{'네, 같은' if holds else '아니요, 서로 다른'} {column}입니다 ({each})."

    # --- nothing found, nothing understood

    def nothing(self, subject: str) -> str:
        return f"조건에 맞는 결과가 없습니다. {josa(subject, '은/는')} 현재 카탈로그에 존재하지 않습니다."

    def no_such_name(self, table: TableMeaning, names: Sequence[str], subject: str) -> str:
        said = ", ".join(f"'{name}'" for name in names)
        named = josa(bold(said), "이라는/라는")
        return (
            f"현재 카탈로그에 {named} 이름의 {josa(table.label.ko, '이/가')} 존재하지 않아 "
            f"{josa(subject, '을/를')} 조회할 수 없었습니다."
        )

    def tried(self, table: TableMeaning, names: Sequence[str], *, part: bool, like: bool) -> str:
        ways = [f"이름이 정확히 같은 {table.label.ko}"]
        if part:
            said = "·".join(f"'{name}'" for name in names)
            ways.append(f"이름에 {josa(said, '이/가')} 포함된 {table.label.ko}")
        ways += ["비슷한 이름"] if like else []
        return f"{', '.join(ways)} 순으로 찾아봤지만 나오지 않았습니다." if len(ways) > 1 else ""

    def perhaps(self, names: Sequence[str]) -> str:
        return f"혹시 {', '.join(bold(name) for name in names)} 중에 있나요?"

    def ways(self, table: TableMeaning, own: Sequence[str], shared: Sequence[str]) -> str:
        ways = [*own, *([" 또는 ".join(shared)] if shared else [])]
        told = "\n".join(f"- {way}" for way in ways)
        return f"다음 가운데 하나를 알려 주시면 찾아드릴 수 있어요:\n{told}\n- 전체 목록: “{self.all_of(table)}”"

    def show(self, query: Query) -> str:
        return f"{self.subject(query)} 보여줘"

    def all_of(self, table: TableMeaning) -> str:
        return f"{table.label.ko} 목록 보여줘"

    def all_are(self, column: str, value: str) -> str:
        return f"{josa(column, '은/는')} 모두 {bold(value)}입니다."

    def highest(self, column: str, name: str, value: str, site: str) -> str:
        return f"{josa(column, '이/가')} 가장 높은 {bold(name)}({value}) → {site}에 맞습니다."

    def without(self, column: str, names: str, why: str) -> str:
        return f"{josa(column, '이/가')} 없는 {names}: {why}."

    def without_part(self, table: str, names: str) -> str:
        return f"{names}: 아직 등록된 {josa(self.layer.table(table).label.ko, '이/가')} 없습니다."

    def near(self, columns: str) -> str:
        return f"거의 같은 항목: {columns}"

    def after(self, state: str, time: str) -> str:
        return f"{time} 만에 {state}"

    def going_on(self, state: str, time: str) -> str:
        return f"{time}째 {state}"

    def flow(self, about: str) -> str:
        return f"데이터 흐름: {about}"

    def corrected(self, typed: str, taken: str, *, spelled: bool) -> str:
        taken = josa(f"'{taken}'", "으로/로")
        if spelled:
            return josa(f"'{typed}'", "은/는") + f" {taken} 읽었습니다."
        return josa(f"'{typed}'", "을/를") + f" 찾을 수 없어 {taken} 조회했습니다."

    def dropped(self, words: Sequence[str]) -> str:
        said = ", ".join(f"'{word}'" for word in words)
        return f"{josa(said, '은/는')} 불필요한 글자로 보고 빼고 읽었습니다."

    def searched(self, words: Sequence[str], ref: Ref) -> str:
        said = josa("·".join(f"'{word}'" for word in words), "을/를")
        return f"{said} {label(ref, self.layer, 'ko')}에서 찾았습니다."

    def scope(self, names: Sequence[str]) -> str:
        said = " 조건의 ".join(names)
        return (
            f"범위: {said} 전체를 대상으로 했습니다. 방금 보신 항목 안에서만 고르려면 “그중에서 "
            "추천해줘”라고 말씀해 주세요."
        )

    def refused(self) -> str:
        return (
            "저는 읽기 전용이라 데이터를 추가·수정·삭제하거나 작업을 실행·중단할 수 없습니다. "
            "조회만 도와드릴 수 있어요.\n\n"
            "대상의 현재 상태를 확인하는 일은 바로 해 드릴 수 있으니 무엇을 보고 싶은지 말씀해 주세요."
        )

    def unclear(self, words: Sequence[str], near: Sequence[str], *, are_known: bool) -> str:
        said = ", ".join(f"'{word}'" for word in words)
        hint = f" 혹시 {', '.join(bold(name) for name in near)} 중에 있나요?" if near else ""
        if are_known:
            return (
                f"이 질문에서 {josa(said, '을/를')} 어떻게 반영해야 할지 알 수 없어, "
                f"잘못 답하지 않도록 여쭙니다.{hint} 다른 말로 다시 물어봐 주세요."
            )
        return (
            f"{josa(said, '이/가')} 무엇을 뜻하는지 카탈로그에서 찾을 수 없어, 잘못 답하지 않도록 여쭙니다.{hint} "
            "다른 말로 다시 물어봐 주세요."
        )

    def which(self, word: str, labels: Sequence[str]) -> str:
        said = ", ".join(bold(label) for label in labels)
        return f"'{word}'만으로는 무엇을 찾으시는지 정할 수 없어 여쭙니다. {said} 가운데 어느 것인가요?"

    def missing(self, words: Sequence[str], table: str, columns: Sequence[str]) -> str:
        said = ", ".join(f"'{word}'" for word in words)
        have = f" {table}에서 볼 수 있는 항목은 {', '.join(columns)}입니다." if columns else ""
        return f"카탈로그에는 {said} 정보가 없습니다. 없는 값을 지어내지 않겠습니다.{have}"

    def lost(self, word: str, names: Sequence[str]) -> str:
        some = f" 예를 들면 {', '.join(bold(name) for name in names)} 등이 있습니다." if names else ""
        return (
            f"'{word}'에서 어떤 대상을 가리키시는지 앞선 대화에서 찾을 수 없습니다. 어느 것인지 "
            f"이름으로 말씀해 주세요.{some}"
        )

    def failed(self) -> str:
        return (
            "조회하는 중에 문제가 생겨 답을 드릴 수 없습니다. "
            "잠시 뒤에 다시 물어봐 주시고, 계속되면 관리자에게 알려 주세요."
        )

    def greeting(self) -> str:
        return "안녕하세요! MLOps 카탈로그에 대해 물어봐 주세요."

    def welcome(self) -> str:
        return "천만에요! 더 궁금한 것이 있으면 물어봐 주세요."

    def help(self, about: str, tables: Sequence[str]) -> str:
        return (
            f"{', '.join(tables)} 정보를 자연어로 조회해 드립니다. 읽기 전용이라 데이터를 바꾸지는 않습니다.\n\n{about}"
        )

    def outside(self, tables: Sequence[str]) -> str:
        return (
            f"죄송하지만 그 질문은 제가 답할 수 있는 범위 밖입니다. 저는 {', '.join(tables)} 조회만 도와드릴 수 있어요."
        )

    def heading(self, name: str) -> str:
        return _HEADINGS[name]


def _listed(names: Sequence[str]) -> str:
    return f": {', '.join(names)}" if names else ""
