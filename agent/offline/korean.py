"""The answer's sentences in Korean."""

from collections.abc import Mapping, Sequence

from agent.offline.cells import bold, cell_of, kind_of, label, number
from agent.offline.query import COUNTED, Filter, Order, Query
from db.catalog.semantics import SemanticLayer, TableMeaning
from db.catalog.table import Cell
from db.hangul import josa

_HEADINGS = {
    "next": "다음 단계",
    "ask": "이어서 이렇게 물어보실 수 있어요",
    "tried": "이렇게 찾아봤습니다",
    "near": "비슷한 이름",
    "there": "카탈로그에 있는 값",
    "related": "이어진 항목",
    "detail": "함께 확인한 내용",
    "meaning": "업무에서 읽는 법",
    "differences": "차이",
    "nulls": "값이 없는(NULL) 항목",
    "known": "카탈로그에 있는 이름",
}
_MEASURES = {"avg": "평균", "sum": "합계", "min": "최솟값", "max": "최댓값"}
_BOUNDS = {">": "초과", ">=": "이상", "<": "미만", "<=": "이하"}


_LEADING = {"아닌": "아니고", "인": "이고", "없는": "없고", "든": "들었고", "높은": "높고", "낮은": "낮고"}


class Korean:
    """`names` gives the label of a row by (table, key), where the talk has shown it."""

    def __init__(self, layer: SemanticLayer, names: Mapping[tuple[str, Cell], str]) -> None:
        self.layer = layer
        self.names = names

    # --- phrases

    def subject(self, query: Query) -> str:
        head = self.layer.table(query.head)
        own = [f for f in query.filters if self._names_head(f, query.head)]
        kind = kind_of(query, self.layer)
        rest = [f for f in query.filters if f not in own and f != kind]
        if query.either:
            both = [cell_of(f.ref, value, self.layer, "ko") for f in query.either for value in f.values]
            return f"{'·'.join(both)} {head.label.ko}"
        others = [self._condition(f) for f in rest if self._is_own(f, query.head)]
        others += [f"{josa(self.layer.table(table).label.ko, '이/가')} 없는" for table in query.absent]
        owners = [self._owner(table, rest) for table in self._owning(rest, query.head)]
        concept = next((c for c in self.layer.concepts if (c.name, c.table) == (query.concept, query.head)), None)
        noun = concept.label.ko if concept else head.label.ko
        if kind is not None:
            noun = cell_of(kind.ref, kind.values[0], self.layer, "ko")
        name = " ".join("·".join(self._value(f, v) for v in f.values) for f in own)
        if name and head.person:
            noun = "님"
        return " ".join(part for part in (*owners, _joined(others), name, noun) if part)

    def _names_head(self, one: Filter, head: str) -> bool:
        """Whether a condition names rows of the head; many keys at once are no name."""
        table = self.layer.table(head)
        is_name = one.ref[0] == head and one.ref[1] in (*table.display, table.primary_key)
        return is_name and one.op == "=" and not one.negated and len(one.values) <= 3

    def _is_own(self, one: Filter, head: str) -> bool:
        """Whether a condition is on the head itself, or on the table that describes it."""
        return not one.ref[0] or one.ref[0] == head or self.layer.table(one.ref[0]).part_of == head

    def _owning(self, filters: Sequence[Filter], head: str) -> list[str]:
        """The other tables that conditions are on, in their order."""
        return list(dict.fromkeys(f.ref[0] for f in filters if not self._is_own(f, head)))

    def _owner(self, table: str, filters: Sequence[Filter]) -> str:
        """Whose rows they are: 김민준 님의, 상태가 실패인 파이프라인의."""
        meaning = self.layer.table(table)
        own = [f for f in filters if f.ref[0] == table]
        names = [f for f in own if self._names_head(f, table)]
        conditions = _joined([self._condition(f) for f in own if f not in names])
        name = " ".join("·".join(self._value(f, v) for v in f.values) for f in names)
        noun = "님" if names and meaning.person else meaning.label.ko
        return " ".join(part for part in (conditions, name, f"{noun}의") if part)

    def _value(self, one: Filter, value: Cell) -> str:
        table = self.layer.table(one.ref[0])
        if one.ref[1] == table.primary_key:
            return self.names.get((table.name, value), f"{value}번")
        return cell_of(one.ref, value, self.layer, "ko")

    def _condition(self, one: Filter) -> str:
        name = label(one.ref, self.layer, "ko")
        if one.ref[0] and one.ref[1] == self.layer.table(one.ref[0]).primary_key and one.op == "=":
            return f"앞서 보여드린 {len(one.values)}{self.layer.table(one.ref[0]).counter}"
        if one.op == "null":
            return f"{josa(name, '이/가')} 없는"
        if one.op == "like":
            return f"{name}에 {josa('·'.join(str(v).strip('%') for v in one.values), '이/가')} 든"
        if one.op in (">column", "<column"):
            other = label((str(one.values[0]), str(one.values[1])), self.layer, "ko")
            return f"{josa(name, '이/가')} {other}보다 {'높은' if one.op == '>column' else '낮은'}"
        if one.op == "between":
            return f"{josa(name, '이/가')} {self._range(one)}인"
        values = "·".join(cell_of(one.ref, value, self.layer, "ko") for value in one.values[:5])
        if one.op == "=":
            return f"{josa(name, '이/가')} {josa(values, '이/가') + ' 아닌' if one.negated else values + '인'}"
        return f"{josa(name, '이/가')} {values} {_BOUNDS[one.op]}인"

    def _range(self, one: Filter) -> str:
        low, high = (None if v is None else cell_of(one.ref, v, self.layer, "ko") for v in one.values)
        if low and high:
            return f"{low}부터 {high} {'전까지' if isinstance(one.values[1], str) else '까지'}"
        return f"{low} 이후" if low else f"{high} 이전"

    def _counter(self, query: Query) -> str:
        concept = next((c for c in self.layer.concepts if (c.name, c.table) == (query.concept, query.head)), None)
        return concept.counter if concept else self.layer.table(query.head).counter

    def _direction(self, order: Order) -> str:
        if order.ref == COUNTED:
            return "많은" if order.descending else "적은"
        if not order.ref[0]:
            return "긴" if order.descending else "짧은"
        column = self.layer.column(order.ref)
        if column.role == "date":
            return "늦은" if order.descending else "이른"
        if column.ratio:
            return "높은" if order.descending else "낮은"
        if column.unit == "ms":
            return "긴" if order.descending else "짧은"
        many = column.unit in ("개", "M")
        return ("많은" if many else "큰") if order.descending else ("적은" if many else "작은")

    # --- results

    def counted(self, query: Query, count: int) -> str:
        return f"{josa(self.subject(query), '은/는')} 총 {bold(number(count) + self._counter(query))}입니다."

    def listed(self, query: Query, count: int, name: str, *, more: bool) -> str:
        some = "(더 있지만 여기까지만 조회했습니다)" if more else ""
        subject = self.subject(query)
        if name and name.casefold() in subject.casefold():
            return f"{subject}의 정보입니다."
        found = f"{josa(subject, '을/를')} {bold(number(count) + self._counter(query))} 찾았습니다{some}"
        return f"{found}: {bold(name)}." if name else f"{found}."

    def noted(self, subject: str, columns: str, value: str) -> str:
        return f"{subject}의 {josa(columns, '은/는')} 다음과 같습니다: “{value}”"

    def valued(self, subject: str, columns: str, value: str) -> str:
        return f"{subject}의 {josa(columns, '은/는')} {bold(value)}입니다."

    def best(self, query: Query, names: str, value: str, count: int) -> str:
        order, table = query.order[0], self.layer.table(query.counted or query.head)
        what = f"{table.label.ko} 수" if order.ref == COUNTED else label(order.ref, self.layer, "ko")
        rank = "가장 " if query.place == 1 else f"{query.place}번째로 "
        tied = f" (공동 {count}건)" if count > 1 else ""
        which = f"{josa(what, '이/가')} {rank}{self._direction(order)} 것은 {bold(names)}입니다 ({value}){tied}."
        return f"{self._ranked(query)} 가운데 {which}"

    def _ranked(self, query: Query) -> str:
        """What is ranked: the groups of a category, or the rows themselves."""
        if not query.groups or query.groups[0][1] in self.layer.table(query.groups[0][0]).display:
            return self.subject(query)
        return label(query.groups[0], self.layer, "ko")

    def ordered(self, order: Order, query: Query, count: int) -> str:
        what = label(order.ref, self.layer, "ko")
        counter = self._counter(query)
        return (
            f"{josa(self.subject(query), '을/를')} {josa(what, '이/가')} {self._direction(order)} "
            f"순으로 {bold(f'{count}{counter}')} 정리했습니다."
        )

    def recommended(self, query: Query, need: str, name: str, why: str) -> str:
        noun = josa(self.layer.table(query.head).label.ko, "을/를")
        return f"{need} {noun} 찾으신다면 {self.subject(query)} 가운데 {josa(bold(name), '을/를')} 추천합니다 ({why})."

    def compared(self, names: Sequence[str]) -> str:
        listed = ", ".join(bold(name) for name in names[:4])
        return f"{listed} 비교입니다 (모두 {len(names)}건)."

    def grouped(self, query: Query, by: str, count: int) -> str:
        of = "·".join(label(ref, self.layer, "ko") for ref in query.of)
        what = self.layer.table(query.counted).label.ko if query.counted else self.subject(query)
        measured = f"{of} {_MEASURES[query.measure]}" if of else f"{what} 수"
        return f"{by}별 {measured}입니다. 모두 {bold(f'{count}개')} 항목입니다."

    def measured(self, query: Query, value: str) -> str:
        columns = "·".join(label(ref, self.layer, "ko") for ref in query.of)
        return f"{self.subject(query)}의 {columns} {josa(_MEASURES[query.measure], '은/는')} {bold(value)}입니다."

    def shared(self, query: Query, percent: str, part: int, whole: int) -> str:
        head = self.layer.table(query.head)
        total = f"전체 {head.label.ko} {number(whole)}{head.counter}"
        return (
            f"{total} 가운데 {josa(self.subject(query), '은/는')} {number(part)}{head.counter}, "
            f"{bold(percent + '%')}입니다."
        )

    def distinct(self, query: Query, values: Sequence[str]) -> str:
        what = "·".join(label(ref, self.layer, "ko") for ref in query.of)
        return f"{self.subject(query)}의 {josa(what, '은/는')} {bold(f'{len(values)}가지')}입니다: {', '.join(values)}."

    def yes(self, query: Query, count: int) -> str:
        return f"네, 있습니다. {self.counted(query, count)}"

    def no(self, subject: str) -> str:
        return f"아니요, {josa(subject, '은/는')} 없습니다."

    def tested(self, name: str, one: Filter, value: str, *, holds: bool) -> str:
        what = label(one.ref, self.layer, "ko")
        return f"{'네' if holds else '아니요'}, {name}의 {josa(what, '은/는')} {bold(value)}입니다."

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
            f"현재 `{table.name}` 테이블에 {named} {josa(table.label.ko, '이/가')} 존재하지 않아 "
            f"{josa(subject, '을/를')} 조회할 수 없었습니다."
        )

    def ways(self, table: TableMeaning, columns: Sequence[str]) -> str:
        return (
            f"{josa(', '.join(columns), '을/를')} 알려 주시면 더 정확히 찾아드릴 수 있고, 전체 "
            f"{table.label.ko} 목록도 보여드릴 수 있어요."
        )

    def all_are(self, column: str, value: str) -> str:
        return f"{josa(column, '은/는')} 모두 {bold(value)}입니다."

    def highest(self, column: str, name: str, value: str, site: str) -> str:
        return f"{josa(column, '이/가')} 가장 높은 {bold(name)}({value}) → {site}에 맞습니다."

    def without(self, column: str, names: str, why: str) -> str:
        return f"{josa(column, '이/가')} 없는 {names}: {why}."

    def alike(self, columns: str) -> str:
        return f"{josa(columns, '은/는')} 서로 같습니다."

    def corrected(self, typed: str, taken: str, *, spelled: bool) -> str:
        taken = josa(f"'{taken}'", "으로/로")
        if spelled:
            return josa(f"'{typed}'", "은/는") + f" {taken} 읽었습니다."
        return josa(f"'{typed}'", "을/를") + f" 찾을 수 없어 {taken} 조회했습니다."

    def dropped(self, words: Sequence[str]) -> str:
        said = ", ".join(f"'{word}'" for word in words)
        return f"{josa(said, '은/는')} 불필요한 글자로 보고 빼고 읽었습니다."

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

    def unclear(self, words: Sequence[str], near: Sequence[str]) -> str:
        said = ", ".join(f"'{word}'" for word in words)
        hint = f" 혹시 {', '.join(bold(name) for name in near)} 중에 있나요?" if near else ""
        return (
            f"{josa(said, '이/가')} 무엇을 뜻하는지 카탈로그에서 찾을 수 없어, 잘못 답하지 않도록 여쭙니다.{hint} "
            "다른 말로 다시 물어봐 주세요."
        )

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


def _joined(conditions: Sequence[str]) -> str:
    """Conditions on one noun, all but the last turned to lead on: …이고 …인."""
    turned = []
    for condition in conditions[:-1]:
        end = next((end for end in _LEADING if condition.endswith(end)), "")
        turned.append(condition[: len(condition) - len(end)] + _LEADING.get(end, ""))
    return " ".join((*turned, *conditions[-1:]))
