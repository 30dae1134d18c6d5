"""Reads what is asked below an alert of a thing that happens again and again: last time, since when, what else."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from agent.offline.query import joins
from agent.offline.query.query import Filter, Order, Query, Ref
from agent.offline.reading.correct import Correction
from agent.offline.reading.reading import About, Asks, Reading, Style
from agent.offline.talk.frames import BELOW_ALERT, CAUSE, Frame, Shown, filter_on
from agent.offline.talk.places import content
from agent.offline.words.normalise import squeeze
from agent.offline.words.sentence import Sentence
from db.catalog.meaning import SemanticLayer, TableMeaning

_I: Final = re.IGNORECASE
RERUN: Final = re.compile(
    r"다시 ?(?:한 ?번 ?)?(?:돌[리려릴]|실행|시작|학습|시도|걸[어면])|재(?:실행|시도|학습|시작|가동)|리트라이|리런|"
    r"\b(?:re-?(?:run|try|start|train|launch)|(?:run|try|start|launch|kick)\b.{0,12}\bagain)\b",
    _I,
)
AFFECTED: Final = re.compile(
    r"영향 ?(?:을 ?)?[가-힣]*|타격[가-힣]*|\b(?:affect\w*|impact\w*|depend\w*|downstream)\b", _I
)
SINCE: Final = re.compile(r"언제 ?부터|\bsince when\b|\bhow long has (?:it|this) been\b|\bwhen did (?:it|this) (?:start|begin)\b (?=\w+ing\b|to\b)", _I)  # fmt: skip
TIMES: Final = re.compile(
    r"몇 ?번 ?째|몇 ?(?:번|차례|회)(?:이?나)?|\b(?:how many times|how often|which (?:failure|attempt|time))\b", _I
)
FIRST: Final = re.compile(r"처음|첫 ?번째|\b(?:the )?first (?:time|failure|one)\b|\bnew problem\b", _I)
PREVIOUS: Final = re.compile(
    r"(?:(?:지난|저|전) ?번|지난 ?(?:실행|학습|런|거)|직전|바로 ?(?:전|앞)|이전 ?(?:실행|학습|런|거|건|회차)) ?(?:엔|에[는도]?|[은는도의](?![가-힣]))?|"
    r"\b(?:last time|(?:the )?previous(?:ly)?(?: (?:run|one|time|attempt))?|the (?:run|time|one) before|"
    r"(?:the )?(?:last|prior|earlier) (?:run|attempt|one))\b",
    _I,
)
BEFORE: Final = re.compile(
    r"(?:이전|예전|전|옛날)에[도는]?|(?<=[한된은던린]) ?적|[가-힣]+ 적(?= ?이? ?(?:있|없))|원래[는도]?|"
    r"\b(?:before|ever|previously|in the past|already)\b",
    _I,
)
NEWEST: Final = re.compile(
    r"마지막(?:으로|에)?|가장 ?최근|제일 ?최근|최근에?|\b(?:last|latest|most recent(?:ly)?)\b", _I
)
OTHER: Final = re.compile(
    r"다른|딴|또(?: 다른)?|말고[도는]?|그 ?외(?:에[도는]?)?|이외에?[도는]?|나머지|"
    r"\b(?:(?:any|some)thing else|(?:what|who) else|other(?:s| ones?)?|else|another|besides (?:this|it|that)|"
    r"any(?: more)?(?= failures?\b)|more)\b",
    _I,
)
THIS: Final = re.compile(
    r"(?<![가-힣])(?:이거|이것|그거|그것|얘|걔|이|그|해당|같은|동일한?)(?![가-힣]{3})|\b(?:this|that|the same|same|it|its)\b",
    _I,
)
LASTED: Final = re.compile(
    r"얼마나 ?(?:오래 ?)?(?:돌|걸|실행|학습|갔|진행|버티|버텼)[가-힣]*|얼마 ?만에|몇 ?(?:시간|분)(?: ?(?:동안|만에|이?나|정도|쯤))?"
    r"(?: ?(?:돌|걸|실행|학습)[가-힣]*)?|\bhow (?:long|many (?:hours|minutes)|far)\b(?: (?:did|has|was) (?:it|this)\b)?"
    r"(?: (?:run|take|last|go|running|in)\b)*(?: for\b)?",
    _I,
)
WORKED: Final = re.compile(
    r"(?:잘|제대로|멀쩡히) ?[가-힣]+|괜찮[가-힣]*|[잘멀]쩡[가-힣]*|돌았[가-힣]*|나왔[가-힣]*|정상[가-힣]*|"
    r"\b(?:work(?:ed|s|ing)?|ok(?:ay)?|fine|go(?:es)? (?:well|through)|went (?:well|through|fine)|pass(?:ed)?|all right)\b",
    _I,
)
_TALK: Final = re.compile(
    r"그럼|그러면|실행[가-힣]*|작업[가-힣]*|기록[가-힣]*|혹시|근데|그런데|있[가-힣]*|없[가-힣]*|거[는도야임]*|건[가-힣]?|것[도은]?|쓰는|쓴|쓰던|돌린|돌던|에서|중에|"
    r"인[가데지]*|될까[요]?|돼[요]?|되나[요]?|되려나|좋을까[요]?|볼까[요]?|해도|면|줘|어때[요]?|있음|"
    r"\b(?:so|then|and|hey|is|are|was|were|did|do|does|has|have|had|been|be|there|any|the|a|an|of|on|in|to|with|by|for|"
    r"what|which|who|when|one|ones|runs?|time|times|also|just|can|i|we|you|should|could|would|if|now|please|go|get|got|"
    r"happened?|use[sd]?|using|from|that|this|it|its|at|me|show|list|recent(?:ly)?|way|back|thing|things)\b",
    _I,
)
WHY: Final = re.compile(
    r"왜[가-힣]*|어쩌다[가-힣]*|원인[가-힣]*|이유[가-힣]*|무슨 ?일[가-힣]*|어떻게 ?된[가-힣]*|"
    r"\b(?:why|how come|(?:root )?cause|reason|what(?:'?s| has| is)? (?:went wrong|gone wrong|wrong|happened|the matter))\b",
    _I,
)
OWN: Final = re.compile(
    r"나왔|남[았아은겼긴]|있|쓴|썼|뭐|뭔|무슨|어떤|어느|등록|생[겼긴]|만들|\b(?:what'?s?|which|any|left|there|use[ds]?|registered|from)\b",
    _I,
)
_WIDE: Final = ("each", "superlative", "many", "few", "high", "low", "count", "avg", "sum", "max", "min", "share", "rate",
                "newest", "oldest", "longest", "shortest", "recommend", "who", "compare", "other")  # fmt: skip
_ALL: Final = ("전체", "전부", "모두", "모든", "전사", "all", "every", "overall", "entire")
_DESCRIBES: Final = r"{0} ?(?:한|된|했던|됐던|이었던)|{0}(?<=[한된은던린]) |\b(?:that|which|to) (?:\w+ )?{0}|\b(?:last|latest|recent) {0}|{0} (?:run|one|time)"
FAILURES: Final = re.compile(r"실패|장애|에러|오류|\b(?:failures?|errors?|incidents?|problems?|alerts?)\b", _I)


@dataclass(frozen=True, slots=True)
class Run:
    """The row in focus below an alert: its table, its key, what it is called, the column of its state and of its time."""

    row: Shown
    table: TableMeaning
    name: Ref | None
    state: Ref | None
    date: Ref | None
    parent: str | None
    near: tuple[Shown, ...]
    """What the alert tells of other tables, where it is the alert's own row."""

    @property
    def itself(self) -> Filter:
        key = self.table.primary_key or ""
        return Filter((self.table.name, key), "=", (self.row.get(key),))

    @property
    def others(self) -> Filter:
        return replace(self.itself, negated=True)

    def earlier(self) -> tuple[Filter, ...]:
        """What began before it; of a row without a time all others."""
        at = self.row.get(self.date[1]) if self.date is not None else None
        return (Filter(self.date, "<", (at,)),) if self.date is not None and at is not None else ()

    def called_so(self) -> tuple[Filter, ...]:
        """The condition for rows of its name; none where rows have no name of their own."""
        value = self.row.get(self.name[1]) if self.name is not None else None
        return (Filter(self.name, "=", (value,)),) if self.name is not None and value is not None else ()

    def shares(self, ref: Ref) -> Filter:
        """The condition for rows that share a column, or the row of another table, with it."""
        own = self.row.get(ref[1]) if ref[0] == self.table.name else None
        if own is not None:
            return Filter(ref, "=", (own,))
        key = self.itself
        return Filter(ref, "alike", (self.table.name, key.ref[1], key.values[0]))

    def of_same(self, table: str, layer: SemanticLayer) -> Filter:
        """The condition for rows of the same row of another table: by name where the alert tells it."""
        if told := [row for row in self.near if row.table == table]:
            return filter_on(tuple(told[:1]), layer)[0]
        return self.shares((table, layer.table(table).primary_key or ""))


def run_in_focus(frames: tuple[Frame, ...], layer: SemanticLayer) -> Run | None:
    """The run that a thread below an alert speaks of: the newest single one, else the alert's own."""
    if not frames or frames[-1].style != BELOW_ALERT or len(frames[-1].main) != 1:
        return None
    first = frames[-1].main[0]
    row = next((one.main[0] for one in frames if len(one.main) == 1 and one.main[0].table == first.table), first)
    table = layer.table(first.table)
    if table.primary_key is None or row.get(table.primary_key) is None:
        return None
    names = [name for name in table.display if layer.column((table.name, name)).role in ("name", "category")]
    states = [ref for detail in layer.details if detail.table == table.name for ref, _ in detail.when]
    states += [(table.name, one.name) for one in table.columns if one.role == "category" and one.values]
    near = tuple(one for one in frames[-1].rows if one.table != table.name) if row == first else ()
    date = (table.name, table.date) if table.date else None
    return Run(
        row,
        table,
        (table.name, names[0]) if names else None,
        states[0] if states else None,
        date,
        _parent(layer, table),
        near,
    )


def _parent(layer: SemanticLayer, table: TableMeaning) -> str | None:
    """What it is made on or for: the table right above it, one of things before one of people."""
    above = [key.parent_table for key in layer.foreign_keys if key.table == table.name]
    things = [one for one in above if not layer.table(one).person]
    return next(iter((*things, *above)), None)


# --- the questions


Read: TypeAlias = Callable[["_Asked"], Reading | None]


@dataclass(frozen=True, slots=True)
class _Asked:
    """One question below an alert, with the run it is asked of; `state` is the one it asks for, if any."""

    text: str
    sentence: Sentence
    run: Run

    @property
    def layer(self) -> SemanticLayer:
        return self.sentence.layer

    @property
    def state(self) -> Filter | None:
        ref = self.run.state
        values = [v.value for i in range(len(self.sentence)) for v in self.sentence.values(i) if v.ref == ref]
        return Filter(ref, "=", (values[0],)) if ref is not None and values else None

    def failing(self) -> Filter | None:
        """The state asked for, else the run's own: what it is alarming for."""
        own = self.run.row.get(self.run.state[1]) if self.run.state is not None else None
        alarming = next((values for one in self.layer.details if one.table == self.run.table.name
                         for ref, values in one.when if ref == self.run.state), ())  # fmt: skip
        if self.state is not None or self.run.state is None:
            return self.state
        return Filter(self.run.state, "=", (own,) if own is not None else alarming)

    def describes(self) -> bool:
        """Whether the state says which runs are meant: 성공한 마지막 실행, the last one that succeeded."""
        ref, sentence = self.run.state, self.sentence
        said = (re.escape(sentence.mentions[i].surface) for i in range(len(sentence))
                if any(value.ref == ref for value in sentence.values(i)))  # fmt: skip
        return any(re.search(_DESCRIBES.format(one), self.text, _I) for one in said)

    def style(self) -> Style:
        """Whether it is answered by a yes or no: what is asked of how well they went is told by their rows."""
        return "exists" if self.sentence.asks_whether() and not WORKED.search(self.text) else "list"

    def about(self, asks: Asks, state: Filter | None = None) -> About:
        return About(asks, self.run.table.name, self.run.state, state=state)

    def tables(self) -> list[str]:
        return [self.sentence.owner(table) for _, table in self.sentence.tables(verbal=True)]

    def narrowed(self) -> tuple[Filter, ...]:
        """As in "그 프로젝트", "the same team", "on this gpu": what is shared with the run."""
        sentence, run, found = self.sentence, self.run, dict[Ref, Filter]()
        if not THIS.search(self.text):
            return ()
        for i in content(sentence):
            table = sentence.table(i)
            if table is not None and table.name != run.table.name and not sentence.values(i):
                if joins.connected(self.layer, run.table.name, table.name) and not joins.is_below(
                    self.layer, run.table.name, table.name
                ):
                    one = run.of_same(table.name, self.layer)
                    found.setdefault(one.ref, one)
            elif (column := sentence.nearest_column(i, run.table.name)) is not None and not sentence.values(i):
                if column.role == "category" and joins.connected(self.layer, run.table.name, column.table):
                    found.setdefault(column.ref, run.shares(column.ref))
        return tuple(found.values())


def read(text: str, sentence: Sentence, frames: tuple[Frame, ...]) -> Reading | None:
    """The reading of such a question; None for any other, and where something in it is not understood here."""
    run = run_in_focus(frames, sentence.layer)
    if run is None or any(sentence.is_name(i) for i in range(len(sentence))):
        return None
    asked = _Asked(text, sentence, run)
    for pattern, reader in _READERS:
        if pattern.search(text) and _is_understood(asked, pattern) and (found := reader(asked)) is not None:
            return replace(found, mentions=sentence.mentions)
    return None


def unsaid(text: str, corrections: tuple[Correction, ...]) -> tuple[Correction, ...]:
    """The corrections of what is none of the words that such a question is made of."""
    own = {
        match.group().lower() for one in (*_SAID, *(pattern for pattern, _ in _READERS)) for match in one.finditer(text)
    }
    return tuple(one for one in corrections if not any(one.typed.lower() in said for said in own))


def _is_understood(asked: _Asked, pattern: re.Pattern[str]) -> bool:
    """Whether each word is known to the catalogue, or one of those that such a question is made of."""
    places = squeeze(asked.text).places
    spans = [m.span() for one in (pattern, *_SAID, _TALK) for m in one.finditer(asked.text)]
    for i, mention in enumerate(asked.sentence.mentions):
        start = places[mention.start] if mention.start < len(places) else len(asked.text)
        within = any(low <= start < high for low, high in spans)
        if (mention.unknown or mention.amount or mention.dates) and not within:
            return False
        if asked.sentence.criterion(i) and not within:
            return False
    return True


def _why(asked: _Asked) -> Reading | None:
    """As in "왜?": what is known of the run in the state that it is in, and what an analysis said of it."""
    if asked.tables() or asked.narrowed() or asked.sentence.has("recommend"):
        return None
    about = replace(asked.about("why"), said=str(asked.run.row.get(CAUSE) or ""))
    return _reading(asked, (asked.run.itself, *_only(asked.failing())), about)


def _its_own(asked: _Asked) -> Reading | None:
    """As in "모델 나왔어?", "whats the dataset": rows of one other table, and nobody says of what."""
    sentence, said = asked.sentence, set(asked.tables())
    values = [v for i in content(sentence) for v in sentence.values(i)]
    said |= {sentence.owner(value.table) for value in values}
    if len(said) != 1 or asked.run.table.name in said or sentence.has(*_WIDE):
        return None
    table = asked.layer.table(said.pop())
    if table.person or not joins.connected(asked.layer, asked.run.table.name, table.name):
        return None
    if any(sentence.columns(i) or sentence.criterion(i) for i in content(sentence) if not sentence.table(i)):
        return None
    conditions = tuple(Filter(value.ref, "=", (value.value,)) for value in values)
    style: Style = "exists" if joins.is_below(asked.layer, asked.run.table.name, table.name) else "list"
    return Reading("query", Query(table.name, filters=(asked.run.itself, *conditions)), style)


def _rerun(asked: _Asked) -> Reading | None:
    """Nothing is run: what the run has left, from which people may judge."""
    return _reading(asked, (asked.run.itself, *_only(asked.failing())), asked.about("rerun"))


def _affected(asked: _Asked) -> Reading | None:
    """The rows below runs of that name, else below runs on the same data."""
    below = {one for one in asked.tables() if one != asked.run.table.name}
    if len(below) != 1 or not joins.connected(asked.layer, max(below), asked.run.table.name):
        return None
    return _peers(asked, Query(below.pop()), "affected")


def _since(asked: _Asked) -> Reading | None:
    """All runs of that name, from which it is told how long it has been so."""
    failing, same = asked.failing(), asked.run.called_so()
    if failing is None or asked.run.date is None or not same:
        return None
    query = _newest_first(asked, Query(asked.run.table.name, filters=same))
    return Reading("query", query, runs=asked.about("since", failing))


def _times(asked: _Asked) -> Reading | None:
    """How many runs of that name are in that state by now."""
    failing, same = asked.failing(), asked.run.called_so()
    if failing is None or not same:
        return None
    query = Query(asked.run.table.name, filters=(*same, failing), measure="count")
    return Reading("query", query, "count", runs=asked.about("times", failing))


def _before(asked: _Asked) -> Reading | None:
    """As in "전에도 실패한 적 있어?": runs in that state, this one aside."""
    state = asked.state
    if state is None:
        return None
    if narrowed := asked.narrowed():
        return _reading(asked, (*narrowed, state, asked.run.others), style="exists")
    where = Query(asked.run.table.name, filters=(state, asked.run.others))
    return _peers(asked, _newest_first(asked, where), "before", style="exists")


def _first(asked: _Asked) -> Reading | None:
    """As in "처음 실패한 거야?": earlier runs of its name in that state, of which there are none the first time."""
    failing, same = asked.failing(), asked.run.called_so()
    if failing is None or not same or asked.narrowed():
        return None
    where = Query(asked.run.table.name, filters=(*same, failing, asked.run.others, *asked.run.earlier()))
    return Reading("query", _newest_first(asked, where), runs=asked.about("first", failing))


def _previous(asked: _Asked) -> Reading | None:
    """The run before this one, whatever came of it."""
    if any(one != asked.run.table.name for one in asked.tables()) or asked.run.date is None:
        return None
    where = Query(asked.run.table.name, filters=(asked.run.others, *asked.run.earlier()), limit=1)
    return _peers(asked, _newest_first(asked, where), "previous", state=asked.state)


def _newest(asked: _Asked) -> Reading | None:
    """As in "성공한 마지막 실행은?": the newest run in that state."""
    if asked.state is None or not asked.describes() or asked.narrowed() or asked.run.date is None:
        return None
    if any(one != asked.run.table.name for one in asked.tables()):
        return None
    where = Query(asked.run.table.name, filters=(asked.state, asked.run.others), limit=1)
    return _peers(asked, _newest_first(asked, where), "newest")


def _others(asked: _Asked) -> Reading | None:
    """As in "다른 실패한 것도 있어?", "이 프로젝트 다른 파이프라인은 괜찮아?": rows beside this one."""
    narrowed, run = asked.narrowed(), asked.run
    below = [t for t in asked.tables() if t != run.table.name and joins.is_below(asked.layer, run.table.name, t)]
    state = asked.state or (asked.failing() if FAILURES.search(asked.text) else None)
    if below or (state is None and not narrowed):
        return None
    return _reading(asked, (*narrowed, *_only(state), run.others), style=asked.style())


def _shared(asked: _Asked) -> Reading | None:
    """As in "그 프로젝트 최근 실패": runs of the same in that state, this one among them."""
    narrowed = asked.narrowed()
    if not narrowed or asked.state is None:
        return None
    return _reading(asked, (*narrowed, asked.state), style=asked.style())


def _lasted(asked: _Asked) -> Reading | None:
    """How long it ran."""
    spans = [span for span in asked.layer.spans if span.table == asked.run.table.name]
    if not spans or asked.narrowed() or any(one != asked.run.table.name for one in asked.tables()):
        return None
    return Reading("query", Query(asked.run.table.name, columns=(("", spans[0].name),), filters=(asked.run.itself,)))


def _only(state: Filter | None) -> tuple[Filter, ...]:
    return (state,) if state is not None else ()


def _newest_first(asked: _Asked, query: Query) -> Query:
    return replace(query, order=(Order(asked.run.date, True),)) if asked.run.date is not None else query


def _reading(
    asked: _Asked, filters: tuple[Filter, ...], about: About | None = None, *, style: Style = "list"
) -> Reading:
    return Reading("query", Query(asked.run.table.name, filters=filters), style, runs=about)


def _peers(asked: _Asked, made: Query, asks: Asks, *, style: Style = "list", state: Filter | None = None) -> Reading:
    """Of runs of the same name; where there are none, of those on the same data: the answer says which."""
    run, layer = asked.run, asked.layer
    same, about = run.called_so(), replace(asked.about(asks, state), by="name")
    by_name = Reading("query", replace(made, filters=(*same, *made.filters)), style, runs=about)
    if run.parent is None:
        return by_name
    near = run.of_same(run.parent, layer)
    about = replace(about, by="parent", parent=run.parent, named=str(near.values[0]) if near.op == "=" else "")
    by_parent = Reading("query", replace(made, filters=(near, *made.filters)), style, runs=about)
    return replace(by_name, otherwise=by_parent) if same else by_parent


_SAID: Final = (OTHER, THIS, BEFORE, NEWEST, WORKED, PREVIOUS)
_READERS: Final[tuple[tuple[re.Pattern[str], Read], ...]] = (
    (RERUN, _rerun),
    (AFFECTED, _affected),
    (WHY, _why),
    (SINCE, _since),
    (TIMES, _times),
    (FIRST, _first),
    (NEWEST, _newest),
    (PREVIOUS, _previous),
    (BEFORE, _before),
    (OTHER, _others),
    (NEWEST, _shared),
    (LASTED, _lasted),
    (THIS, _shared),
    (OWN, _its_own),
)
