"""Reads a clean question into a query: the head, its conditions, what is measured and how it is ranked."""

import re
from dataclasses import replace
from datetime import date

from agent.language import language_of
from agent.offline.query import joins
from agent.offline.query.query import Filter, Query
from agent.offline.reading import choices, fitness, taught
from agent.offline.reading.checks import coverage, rivals, ways
from agent.offline.reading.checks.correct import Correction, correct
from agent.offline.reading.checks.unspent import unspent
from agent.offline.reading.compose import Conditions, composed
from agent.offline.reading.events import with_events
from agent.offline.reading.figures import counters
from agent.offline.reading.figures.added_up import added_up, with_own_head
from agent.offline.reading.figures.bounded_groups import bounded, measured_bound, with_count_bound
from agent.offline.reading.figures.each_row import told_of_each
from agent.offline.reading.figures.each_time import with_time_of_each
from agent.offline.reading.figures.grouping import Grouping, by_count, grouping, places, without_empty
from agent.offline.reading.figures.kinds import with_kinds_counted
from agent.offline.reading.figures.known_groups import with_known_groups
from agent.offline.reading.figures.left_out import without_columns
from agent.offline.reading.figures.medians import with_median
from agent.offline.reading.figures.spent import with_used_time
from agent.offline.reading.figures.unmeasured import with_unmeasured
from agent.offline.reading.filters import alike, alternatives, conditions, contrasts, having, lacking, pairs
from agent.offline.reading.filters.begun import with_begun
from agent.offline.reading.filters.bounded import with_bounds
from agent.offline.reading.filters.dates import date_filters
from agent.offline.reading.filters.halves import halves
from agent.offline.reading.filters.keys import key_filters
from agent.offline.reading.filters.lacking_when import lacked_dates
from agent.offline.reading.filters.made import made_of
from agent.offline.reading.filters.own_dates import with_own_dates
from agent.offline.reading.filters.quantifiers import quantified
from agent.offline.reading.filters.recorded import recorded
from agent.offline.reading.filters.siblings import with_siblings
from agent.offline.reading.filters.unused import never_used
from agent.offline.reading.heads import find_head, kind_with_column
from agent.offline.reading.reading import Intent, Reading
from agent.offline.reading.styles import styled
from agent.offline.reading.told_of_named import of_the_figure
from agent.offline.talk.below import again
from agent.offline.talk.below.runs import anchored, is_below_alert
from agent.offline.talk.changing import changes, resort
from agent.offline.talk.changing.shifted import shifted
from agent.offline.talk.changing.slots import numbers
from agent.offline.talk.changing.sought import sought
from agent.offline.talk.changing.stranger import of_stranger
from agent.offline.talk.frames import Frame, spoken_in
from agent.offline.talk.left_out_of_shown import of_those_shown
from agent.offline.talk.pointing import antecedents, focus, origins
from agent.offline.talk.pointing.antecedents import Antecedent
from agent.offline.talk.pointing.back import returned
from agent.offline.talk.pointing.beside import beside
from agent.offline.talk.pointing.paired import paired
from agent.offline.words.asides.strange_kinds import with_strange_kinds
from agent.offline.words.asides.strangers import with_strangers
from agent.offline.words.files import with_files
from agent.offline.words.fitness import apart, without_asking
from agent.offline.words.lasting import begun_before
from agent.offline.words.lexicon import Lexicon, Value
from agent.offline.words.meaning import asked_meaning, is_kind, means_something
from agent.offline.words.mending import guard
from agent.offline.words.mending.affixes import with_affixes
from agent.offline.words.mending.compounds import compounded
from agent.offline.words.mending.mend import mend
from agent.offline.words.mending.pieces import as_before, like_its_pair, with_pieces
from agent.offline.words.mentions import cut
from agent.offline.words.preferred import preferred
from agent.offline.words.quotes import with_quoted
from agent.offline.words.repeats import respelt
from agent.offline.words.sentence import Sentence
from agent.offline.words.tallies import tallied

_SHAPES = re.compile(
    r"(?:별로|순으로|순서로|기준으로|차순으로|(?:합계|총합|평균|개수|비율|최댓값|최솟값)(?:으로|로)) ?(?:다시 )?"
    r"(?:바꿔|변경|수정|돌려)"
)
_ADDS = re.compile(
    r"도 ?(?:같이 |함께 |좀 )?(?:넣어|추가해|포함해|더해)|^(?:please |can you |could you )?(?:also )?add ",
    re.IGNORECASE,
)
_PERCENT = re.compile(r"몇 ?(?:%|프로|퍼)(?![가-힣]{0,2}젝트|덕션|그램)(?:센트)?")


def understand(text: str, frames: tuple[Frame, ...], lexicon: Lexicon, today: date) -> tuple[Reading, ...]:
    """The readings of a clean question after the talk in `frames` (newest first).

    Two where it asks for two kinds of rows ("프로젝트랑 모델 보여줘"), else one.
    """
    in_order = bool(frames and frames[0].query and (frames[0].query.order or frames[0].query.groups))
    text = preferred(begun_before(tallied(text, lexicon)), lexicon, in_order=in_order)
    text, frames = returned(text, anchored(text, frames), lexicon, today)
    if (below := _below_alert(text, frames, lexicon, today)) is not None:
        return (below,)
    if (moved := shifted(text, frames) or sought(text, frames, lexicon.layer)) is not None:
        return (moved,)
    if (meant := _meaning(text, lexicon)) is not None:
        return (meant,)
    if (fit := _fitness(text, frames, lexicon, today)) is not None:
        return (fit,)
    return _understood(text, frames, lexicon, today)


def _understood(text: str, frames: tuple[Frame, ...], lexicon: Lexicon, today: date) -> tuple[Reading, ...]:
    frames = paired(text, frames, lexicon.layer)
    mended = mend(_PERCENT.sub("몇 퍼센트", text), lexicon, today)
    mentions = with_affixes(mended.text, with_strangers(mended.text, mended.mentions))
    mentions = with_strange_kinds(mended.text, mentions, lexicon)
    mentions = with_files(mended.text, mentions, lexicon.layer)
    mentions = like_its_pair(with_pieces(mentions, lexicon), lexicon)
    mentions, corrections = correct(mentions, lexicon)
    corrections = (*mended.corrections, *corrections)
    mentions = counters.settled(compounded(mended.text, with_quoted(mended.text, mentions)))
    mentions = as_before(with_siblings(mentions, _named_last(frames)), _asked_last(frames), lexicon, _head_of(frames))
    sentence = Sentence(mentions, lexicon.layer, english=language_of(mended.text) == "en")
    halved = halves(sentence)
    reader = _Reader(sentence, frames, lexicon, corrections, unspaced=" " not in text)
    if (guard.asks_to_write(text) or guard.asks_to_write(mended.text)) and not reader.only_reshapes(mended.text):
        spoken = reader.query()
        return (Reading("write", spoken.query if spoken else None, mentions=mentions),)
    if halved and (both := _both(halved, frames, lexicon, corrections)):
        return both
    return (replace(reader.read(), mentions=reader.sentence.mentions),)


def _meaning(text: str, lexicon: Lexicon) -> Reading | None:
    """What a word means, where that is asked of one that the catalogue knows."""
    known = [word for word in asked_meaning(text) if means_something(word, lexicon)]
    kinds = [word for word in known if is_kind(word, lexicon)]
    return Reading("meaning", words=tuple((kinds or known)[:1])) if known else None


def _fitness(text: str, frames: tuple[Frame, ...], lexicon: Lexicon, today: date) -> Reading | None:
    """Whether rows that are named fit a purpose, where that is asked."""
    asked = without_asking(text)
    for left in asked:
        read, *others = _understood(left, frames, lexicon, today)
        found = fitness.turned(read, lexicon.layer, english=language_of(text) == "en")
        if found is not None and not others:
            return found
    for subject, purpose in apart(asked[-1]) if asked else ():
        read, *others = _understood(subject, frames, lexicon, today)
        found = fitness.named(read, purpose, lexicon.layer)
        if found is not None and not others:
            return found
    return None


def _head_of(frames: tuple[Frame, ...]) -> str:
    return frames[0].query.head if frames and frames[0].query is not None else ""


def _shape(query: Query) -> tuple[object, ...]:
    """How rows are told, whichever they are."""
    return query.groups, query.order, query.measure, query.of


def _asked_last(frames: tuple[Frame, ...]) -> tuple[Value, ...]:
    """The values that the last question asked rows to have."""
    told = spoken_in(frames[0].query) if frames else ()
    return tuple(Value(*one.ref, one.values[0] or "") for one in told if one.values)


def _named_last(frames: tuple[Frame, ...]) -> tuple[Value, ...]:
    """The names that the last turn was about."""
    told = (one for frame in frames[:1] for one in frame.spoken if one.op == "=" and len(one.values) == 1)
    return tuple(Value(*one.ref, one.values[0] or "") for one in told)


def _below_alert(text: str, frames: tuple[Frame, ...], lexicon: Lexicon, today: date) -> Reading | None:
    """What is asked of the run that a thread began with: as it is written, else with its slips undone."""
    if not is_below_alert(frames):
        return None
    for spelt in dict.fromkeys((text, respelt(text))):
        if (found := _written_below(spelt, frames, lexicon, today)) is not None:
            return found
    return None


def _written_below(text: str, frames: tuple[Frame, ...], lexicon: Lexicon, today: date) -> Reading | None:
    english = language_of(text) == "en"
    if found := again.read(text, Sentence(cut(text, lexicon, today).mentions, lexicon.layer, english=english), frames):
        return found
    mended = mend(text, lexicon, today)
    mentions, corrections = correct(mended.mentions, lexicon)
    found = again.read(mended.text, Sentence(mentions, lexicon.layer, english=english), frames)
    said = tuple(one for one in (*mended.corrections, *corrections) if not again.is_said(one.typed, text))
    return replace(found, corrections=said) if found is not None else None


def _both(
    halved: tuple[Sentence, ...], frames: tuple[Frame, ...], lexicon: Lexicon, corrections: tuple[Correction, ...]
) -> tuple[Reading, ...]:
    """The readings of both halves; () where one of them is no question."""
    readers = [_Reader(half, frames, lexicon, corrections) for half in halved]
    first, second = (replace(each.read(), mentions=each.sentence.mentions) for each in readers)
    if first.intent != "query" or second.intent != "query":
        return ()
    return first, replace(second, corrections=(), dropped=())


class _Reader:
    def __init__(
        self,
        sentence: Sentence,
        frames: tuple[Frame, ...],
        lexicon: Lexicon,
        corrections: tuple[Correction, ...],
        *,
        unspaced: bool = False,
    ) -> None:
        self.sentence = sentence
        self.frames = frames
        self.lexicon = lexicon
        self.layer = lexicon.layer
        self.corrections = corrections
        self.unspaced = unspaced

    def read(self) -> Reading:
        sentence = self.sentence
        if sentence.has("help") and not any(sentence.values(i) for i in range(len(sentence))):
            return Reading("help")
        if missing := [m.surface for m in sentence.mentions if any(s.missing for s in m.senses)]:
            return replace(self.query() or Reading("missing"), intent="missing", words=tuple(missing),
                           corrections=self.corrections)  # fmt: skip
        checked = coverage.check(sentence, self.lexicon, unspaced=self.unspaced)
        if checked.stop is not None and (stranger := of_stranger(sentence, self.frames)) is not None:
            return stranger
        if checked.stop is not None:
            return replace(checked.stop, corrections=self.corrections)
        self.sentence = checked.sentence
        found = changes.follow_up(self.sentence, self.frames) or self.query()
        if found is None:
            return Reading(_courtesy(sentence))
        found = ways.settled(self.sentence, found, self.frames[0].query if self.frames else None)
        return replace(found, corrections=self._said(), dropped=checked.dropped, searched=checked.searched)

    def only_reshapes(self, text: str) -> bool:
        """As in "담당자도 넣어줘", "역할별로 바꿔줘": what was shown is to be shown otherwise; nothing is written."""
        if (not _ADDS.search(text) and not _SHAPES.search(text)) or coverage.check(
            self.sentence, self.lexicon
        ).stop is not None:
            return False
        found = changes.follow_up(self.sentence, self.frames)
        query, before = (found.query if found else None), (self.frames[0].query if self.frames else None)
        if query is None or before is None or query.head != before.head or query.filters != before.filters:
            return False
        if _SHAPES.search(text):
            return _shape(query) != _shape(before)
        return set(before.columns) < set(query.columns)

    def _said(self) -> tuple[Correction, ...]:
        """The corrections that the question is read by."""
        gone = {mention.surface for mention in self.sentence.mentions if mention.unknown or not (
            mention.senses or mention.parts or mention.amount or mention.dates)}  # fmt: skip
        return tuple(one for one in self.corrections if one.typed not in gone)

    # --- questions of their own

    def query(self) -> Reading | None:
        sentence = self.sentence
        before = antecedents.antecedent(sentence, self.frames)
        before = focus.same_as_one(sentence, self.frames) or focus.mates(sentence, self.frames, before) or before
        if before is not None and before.lost is not None:
            return Reading("no_antecedent", words=(before.lost,), about=before.head)
        before = before or antecedents.ranked_again(sentence, self.frames) or Antecedent()
        sentence.grouped, sentence.bound = frozenset(places(sentence)), before.bound
        head = self._of_those(before) or self._own_of(before.head) or find_head(sentence, before.bound, before.head)
        head = head or before.head or taught.head_of(sentence)
        head = of_the_figure(sentence, head) if head else head
        if head is None and not before.filters and (which := choices.of_no_table(sentence)):
            return _left_open(which)
        if head is None or not self._says_something(before):
            return None
        if before.rows and (other := focus.another_of_what(sentence)):
            kind = focus.kind_below(sentence, self.frames, head)
            if kind is None:
                return Reading("unclear", words=(other,), are_known=True)
            head = kind
        if not before.filters:
            found = focus.of_one(sentence, self.frames, head)
            found = found or focus.attribute_of_shown(sentence, self.frames, head)
            before = found or origins.of_shown(sentence, self.frames, head) or before
        if apart := self._unconnected(head):
            return Reading("unclear", words=apart)
        query = with_median(sentence, self._composed(head, before))
        query = with_own_head(sentence, added_up(sentence, query))
        query = with_used_time(sentence, with_time_of_each(sentence, with_known_groups(self.layer, query)))
        query = self._with_concepts(query)
        query = rivals.next_to(
            sentence, with_events(sentence, without_empty(sentence, with_unmeasured(sentence, query)))
        )
        query = of_those_shown(sentence, without_columns(sentence, query), self.frames)
        query = focus.but_those(sentence, query, self.frames)
        query = with_own_dates(sentence, resort.first_of_those(sentence, query, before.rows))
        if not before.filters and (which := choices.of_no_measure(sentence, query)):
            return _left_open(which)
        reading = recorded(sentence, styled(sentence, with_bounds(self.layer, query)))
        return unspent(sentence, reading, before.bound) or reading

    def _composed(self, head: str, before: Antecedent) -> Query:
        """The query of what is asked of rows of the head."""
        sentence = self.sentence
        bound = measured_bound(sentence, head)
        read = self._conditions(head, before)
        if bound is not None:
            return bounded(composed(sentence, head, read, Grouping()), *bound)
        group = grouping(sentence, head, focus.said_here(sentence, read.filters, before.filters))
        if read.counted is not None and not group.groups:
            group = by_count(sentence, head, *read.counted)
        query = told_of_each(sentence, composed(sentence, group.head or head, read, group))
        query = with_kinds_counted(sentence, with_begun(sentence, query))
        return with_count_bound(sentence, query, read.counted)

    def _of_those(self, before: antecedents.Antecedent) -> str | None:
        """The table of those spoken of, or of the files of theirs that a column is asked of: "걔네 로그 용량"."""
        if any(one.op == "alike" for one in before.filters):
            return before.head
        if before.head is None or not self.sentence.has("those") or any(self.sentence.tables()):
            return None
        return kind_with_column(self.sentence, before.head) or before.head

    def _own_of(self, table: str | None) -> str | None:
        """The table that was spoken of, where only a column of it is asked: "그거 상태는?"."""
        sentence = self.sentence
        if table is None or any(sentence.tables()) or sentence.has("who"):
            return None
        asked = [column.table for i in range(len(sentence)) for column in sentence.columns(i)]
        states = [sentence.values(i) for i in range(len(sentence)) if sentence.values(i)]
        own = not asked and bool(states) and all(any(one.table == table for one in values) for values in states)
        return table if own or table in asked else None

    def _unconnected(self, head: str) -> tuple[str, ...]:
        """Names that no foreign key ties to what is asked for: leaving them out would answer another question."""
        sentence = self.sentence
        named = (i for i in range(len(sentence)) if sentence.values(i))
        return tuple(sentence.mentions[i].surface for i in named if not sentence.nearest_values(i, head))

    def _says_something(self, before: Antecedent) -> bool:
        content = [m for m in self.sentence.mentions if m.parts or m.amount or any(s.word is None for s in m.senses)]
        ranks = before.head is not None and self.sentence.has("superlative")
        return bool(content) or bool(before.filters) or ranks

    def _conditions(self, head: str, before: Antecedent) -> Conditions:
        sentence = self.sentence
        named = focus.by_name(before.rows, before.filters, self.layer)
        if beyond := rivals.of_antecedent(sentence, head, named, focus.measured_before(self.frames, self.layer)):
            before = replace(before, filters=())
        likes = [*beyond, *alike.filters(sentence, head), *rivals.filters(sentence, head)]
        missing, absent = lacking.missing_filters(sentence, head)
        absent = absent or never_used(sentence, head)
        filled, present = lacking.having_filters(sentence, head)
        present = present or having.present_in(sentence, head) or made_of(sentence, head)
        keys = key_filters(sentence)
        columns = contrasts.filters(sentence, head)
        amounts, counted = conditions.amount_filters(sentence, head)
        if before.rows and self.frames:
            amounts = [*amounts, *numbers(sentence, self.frames[0])]
        lacked = lacked_dates(sentence, head, absent)
        dates = [*lacked, *date_filters(sentence, head)]
        values = quantified(sentence, head, conditions.value_filters(sentence, head))
        values = [*pairs.as_rows(sentence, head, values), *taught.filters(sentence, head)]
        all_filters = [*before.filters, *keys, *values, *likes, *missing, *filled, *columns, *amounts, *dates]
        reachable = [f for f in all_filters if not f.ref[0] or joins.connected(self.layer, head, f.ref[0])]
        absent = [table for table in absent if joins.connected(self.layer, head, table)]
        held, either = alternatives.parted(sentence, reachable)
        if joined := beside(sentence, head, before, values):
            held, either = tuple(one for one in held if one not in joined), joined
        return Conditions(held, tuple(absent), tuple(present), counted, either)

    def _with_concepts(self, query: Query) -> Query:
        for i in range(len(self.sentence)):
            concept = self.sentence.concept(i)
            if concept is None or not joins.connected(self.layer, query.head, concept.table):
                continue
            if query.counted == concept.table:
                query = replace(query, concept=concept.name)
                continue
            where = tuple(Filter(ref, "=", values) for ref, values in concept.where)
            present = (*query.present, *concept.having)
            query = replace(query, present=present, concept=concept.name, filters=(*query.filters, *where))
        return query


def _left_open(which: choices.Open) -> Reading:
    return Reading("unclear", words=(which.word,), are_known=True, choices=which.choices)


def _courtesy(sentence: Sentence) -> Intent:
    if sentence.has("thanks"):
        return "thanks"
    return "greeting" if sentence.has("greeting") else "outside"
