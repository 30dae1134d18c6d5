"""Noun phrases of the rows a query is about, in Korean."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from agent.moments import through, whole
from agent.offline.query import joins
from agent.offline.query.query import COUNTED, QUANTIFIED, Filter, Order, Query
from agent.offline.saying.cells import cell_of, counted_rows, kind_of, label, named_rows
from db.catalog.meaning import SemanticLayer
from db.catalog.table import Cell
from db.hangul import josa

BOUNDS = {"=": "", ">": "초과", ">=": "이상", "<": "미만", "<=": "이하"}


_LEADING = {
    **{"아닌": "아니고", "인": "이고", "없는": "없고", "있는": "있고", "든": "들었고", "높은": "높고", "낮은": "낮고"},
    **{"긴": "길고", "짧은": "짧고", "늦은": "늦고", "이른": "이르고", "많은": "많고", "적은": "적고"},
    **{"큰": "크고", "작은": "작고"},
}
_OR = {leading: f"{turned[:-1]}거나" for leading, turned in _LEADING.items()}


class KoreanNouns:
    """`names` gives the label of a row by (table, key), where the talk has shown it."""

    def __init__(self, layer: SemanticLayer, names: Mapping[tuple[str, Cell], str]) -> None:
        self.layer = layer
        self.names = names

    def subject(self, query: Query) -> str:
        head = self.layer.table(query.head)
        own = [f for f in query.filters if self._names_head(f, query.head)]
        kind = kind_of(query, self.layer)
        rest = [f for f in query.filters if f not in own and f != kind]
        if query.either and all(f.op == "=" for f in query.either):
            both = [cell_of(f.ref, value, self.layer, "ko") for f in query.either for value in f.values]
            return f"{'·'.join(both)} {head.label.ko}"
        quantified = [f for f in rest if f.op in QUANTIFIED]
        rest = [f for f in rest if f not in quantified]
        kinds = [f for f in rest if self._is_kind(f, query.head)]
        lacked = [f for f in rest if self._is_lacked(f, query.head)]
        rest = [f for f in rest if f not in lacked]
        others = [self._condition(f) for f in rest if self._is_own(f, query.head) and f not in kinds]
        others += [self._lacking(f) for f in lacked]
        others += [f"{josa(self.layer.table(table).label.ko, '이/가')} 없는" for table in query.absent]
        told = {*query.absent, *(f.ref[0] for f in query.filters)}
        there = [] if query.concept else [table for table in query.present if table not in told]
        others += [f"{josa(self.layer.table(table).label.ko, '이/가')} 있는" for table in there]
        others += [self._quantified(f) for f in quantified]
        others += [_joined([self._condition(f) for f in query.either], _OR)] if query.either else []
        owners = [self._owner(table, rest) for table in self._owning(rest, query.head)]
        concept = next((c for c in self.layer.concepts if (c.name, c.table) == (query.concept, query.head)), None)
        noun = concept.label.ko if concept else head.label.ko
        if kind is not None:
            noun = self.layer.column(kind.ref).value_label(kind.values[0], "ko")
        name = " ".join("·".join(self._value(f, v) for v in f.values) for f in own)
        if name and head.person:
            noun = "님"
        return " ".join(part for part in (*owners, _joined(others), *map(self._values, kinds), name, noun) if part)

    def _names_head(self, one: Filter, head: str) -> bool:
        """Whether a condition names rows of the head; many keys at once are no name."""
        table = self.layer.table(head)
        is_name = one.ref[0] == head and one.ref[1] in (*table.display, table.primary_key)
        return is_name and one.op == "=" and not one.negated and len(one.values) <= 3

    def _is_own(self, one: Filter, head: str) -> bool:
        """Whether a condition is on the head itself, or on the table that describes it."""
        return not one.ref[0] or one.ref[0] == head or self.layer.table(one.ref[0]).part_of == head

    def _is_lacked(self, one: Filter, head: str) -> bool:
        """Whether rows below the head are meant, of which none meets the condition."""
        far = one.negated and one.op in ("=", "between") and not self._is_own(one, head)
        return far and joins.is_below(self.layer, head, one.ref[0])

    def _lacking(self, one: Filter) -> str:
        """As in 프로덕션 모델이 없는, 등록일이 2026년인 모델이 없는."""
        met = replace(one, negated=False)
        what = self._values(met) if self._is_kind(met, one.ref[0]) else self._condition(met)
        return f"{what} {josa(self.layer.table(one.ref[0]).label.ko, '이/가')} 없는"

    def _is_kind(self, one: Filter, head: str) -> bool:
        """Whether a condition stands well right before the noun: 완료 파이프라인, NLP팀 사용자."""
        if one.ref[0] != head or one.op != "=" or one.negated:
            return False
        column = self.layer.column(one.ref)
        return column.role == "category" and (bool(column.values) or _ends_so(one.values, column.label.ko))

    def _values(self, one: Filter) -> str:
        return "·".join(self._value(one, value) for value in one.values)

    def _owning(self, filters: Sequence[Filter], head: str) -> list[str]:
        """The other tables that conditions are on, in their order."""
        return list(dict.fromkeys(f.ref[0] for f in filters if not self._is_own(f, head)))

    def _owner(self, table: str, filters: Sequence[Filter]) -> str:
        """Whose rows they are: 김민준 님의, 상태가 실패인 파이프라인의."""
        meaning = self.layer.table(table)
        own = [f for f in filters if f.ref[0] == table]
        names = [f for f in own if self._names_head(f, table)]
        kinds = " ".join(self._values(f) for f in own if self._is_kind(f, table))
        conditions = _joined([self._condition(f) for f in own if f not in names and not self._is_kind(f, table)])
        name = " ".join("·".join(self._value(f, v) for v in f.values) for f in names)
        noun = "님" if names and meaning.person else meaning.label.ko
        return " ".join(part for part in (conditions, kinds, name, f"{noun}의") if part)

    def _value(self, one: Filter, value: Cell) -> str:
        table = self.layer.table(one.ref[0])
        if one.ref[1] == table.primary_key:
            return self.names.get((table.name, value), f"{value}번")
        return cell_of(one.ref, value, self.layer, "ko")

    def _condition(self, one: Filter) -> str:
        name = label(one.ref, self.layer, "ko")
        if one.ref[0] and one.ref[1] == self.layer.table(one.ref[0]).primary_key and one.op == "=":
            if one.negated and len(one.values) == 1:
                return f"{josa(self._value(one, one.values[0]), '이/가')} 아닌"
            return f"앞서 보여드린 {len(one.values)}{self.layer.table(one.ref[0]).counter}"
        if one.op == "rows":
            rows = named_rows(one, self.layer)
            return "·".join(rows) if len(rows) <= 3 else f"앞서 말한 {len(rows)}{self.layer.table(one.ref[0]).counter}"
        if one.op == "null":
            return f"{josa(name, '이/가')} {'있는' if one.negated else '없는'}"
        if one.op == "alike":
            table = self.layer.table(one.ref[0])
            noun = table.label.ko if one.ref[1] == table.primary_key else name
            return f"{josa(self._called(one), '과/와')} {josa(noun, '이/가')} 같은"
        if one.op == "like":
            said = josa("·".join(str(v).strip("%") for v in one.values), "이/가")
            return f"{name}에 {said} {'없는' if one.negated else '든'}"
        if held := self._held(one, name):
            return held
        if one.op == "between":
            told = self._range(one)
            return f"{josa(name, '이/가')} {josa(told, '이/가') + ' 아닌' if one.negated else told + '인'}"
        values = "·".join(cell_of(one.ref, value, self.layer, "ko") for value in one.values[:5])
        if one.op == "=":
            return f"{josa(name, '이/가')} {josa(values, '이/가') + ' 아닌' if one.negated else values + '인'}"
        return f"{josa(name, '이/가')} {values} {BOUNDS[one.op]}인"

    def _called(self, one: Filter) -> str:
        """The row that others are like: its name, also where it was told by its key."""
        return self.names.get((str(one.values[0]), one.values[2]), str(one.values[2]))

    def _held(self, one: Filter, name: str) -> str:
        """A condition that holds a column against another, its average or another row; "" for any other."""
        if one.op in (">column", "<column"):
            other = label((str(one.values[0]), str(one.values[1])), self.layer, "ko")
            return f"{josa(name, '이/가')} {other}보다 {'높은' if one.op == '>column' else '낮은'}"
        if one.op in (">avg", "<avg"):
            return f"{josa(name, '이/가')} 평균보다 {'높은' if one.op == '>avg' else '낮은'}"
        if one.op in (">row", "<row"):
            rival = " ".join(str(cell) for cell in one.values[2::2])
            return f"{josa(name, '이/가')} {rival}보다 {self._direction(Order(one.ref, one.op == '>row'))}"
        return ""

    def _quantified(self, one: Filter) -> str:
        """As in 종류가 체크포인트인 아티팩트와 설정 파일인 아티팩트가 다 있는, 상태가 모두 진행 중인."""
        table, name = self.layer.table(one.ref[0]).label.ko, label(one.ref, self.layer, "ko")
        values = [cell_of(one.ref, value, self.layer, "ko") for value in one.values]
        if one.op == "solely":
            return f"{table}의 {josa(name, '이/가')} 모두 {'·'.join(values)}인"
        each = "".join(josa(value, "과/와") + " " for value in values[:-1]) + values[-1]
        return f"{table}의 {name} 가운데 {josa(each, '이/가')} 다 있는"

    def _range(self, one: Filter) -> str:
        first, last = one.values
        if date := whole(first, last, "ko") or through(first, last, "ko"):
            return date
        low, high = (None if v is None else cell_of(one.ref, v, self.layer, "ko") for v in (first, last))
        if low and high:
            return f"{low}부터 {high}{' 전까지' if isinstance(one.values[1], str) else '까지'}"
        return f"{low} 이후" if low else f"{high} 이전"

    def _counted_noun(self, query: Query) -> str:
        """What is counted for each group: experiments, checkpoints, else the table's rows."""
        table = self.layer.table(query.counted or query.head)
        if query.counted == query.head and len(table.display) > 1 and (table.name, table.display[0]) in query.groups:
            return label((table.name, table.display[1]), self.layer, "ko")
        concept = next((c for c in self.layer.concepts if (c.name, c.table) == (query.concept, table.name)), None)
        kind = kind_of(replace(query, head=table.name), self.layer)
        if kind is not None:
            return self.layer.column(kind.ref).value_label(kind.values[0], "ko")
        return concept.label.ko if concept else table.label.ko

    def _counted_rows(self, query: Query) -> str:
        """What is counted for each group, with what is asked of it."""
        return self._counted_noun(query) if (rows := counted_rows(query, self.layer)) is None else self.subject(rows)

    def _counted_counter(self, query: Query) -> str:
        return self._counter(replace(query, head=query.counted or query.head))

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


def _joined(conditions: Sequence[str], endings: Mapping[str, str] = _LEADING) -> str:
    """Conditions on one noun, all but the last turned to lead on: …이고 …인."""
    turned = []
    for condition in conditions[:-1]:
        end = next((end for end in endings if condition.endswith(end)), "")
        turned.append(condition[: len(condition) - len(end)] + endings.get(end, ""))
    return " ".join((*turned, *conditions[-1:]))


def _ends_so(values: Sequence[Cell], noun: str) -> bool:
    """Whether the values say themselves what they are: NLP팀 of the column 팀."""
    return all(str(value).endswith(noun) for value in values)
