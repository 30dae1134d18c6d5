"""Writes the answer: the result first, then what it means, what was checked, and what to ask next."""

from agent.llm.protocol import Language
from agent.offline import explain
from agent.offline.cells import bold, plain
from agent.offline.english import English
from agent.offline.frames import Frame
from agent.offline.korean import Korean
from agent.offline.lexicon import Lexicon
from agent.offline.phrases import Phrases
from agent.offline.plan import Found
from agent.offline.query import Query
from agent.offline.reading import Reading
from agent.offline.results import Result
from agent.offline.tell import Teller
from db.catalog.semantics import SemanticLayer, TableMeaning
from db.catalog.table import Cell

MOST_NEAR = 3
MOST_VALUES = 10


def write(
    reading: Reading, found: tuple[Found, ...], lexicon: Lexicon, language: Language, before: tuple[Frame, ...]
) -> str:
    """The answer's Markdown: paragraphs, bold, code and bullets only."""
    names = _names(before, lexicon.layer)
    phrases: Phrases = Korean(lexicon.layer, names) if language == "ko" else English(lexicon.layer, names)
    writer = _Writer(reading, found, lexicon, language, phrases, before)
    return "\n\n".join(part for part in writer.parts() if part).strip()


def _names(before: tuple[Frame, ...], layer: SemanticLayer) -> dict[tuple[str, Cell], str]:
    names: dict[tuple[str, Cell], str] = {}
    for frame in before:
        for row in frame.rows:
            table = layer.table(row.table)
            if table.primary_key:
                text = " ".join(str(v) for column in table.display if (v := row.get(column)) is not None)
                names.setdefault((table.name, row.get(table.primary_key)), text)
    return names


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


class _Writer:
    def __init__(
        self,
        reading: Reading,
        found: tuple[Found, ...],
        lexicon: Lexicon,
        language: Language,
        phrases: Phrases,
        before: tuple[Frame, ...],
    ) -> None:
        self.reading = reading
        self.found = found
        self.lexicon = lexicon
        self.layer = lexicon.layer
        self.language: Language = language
        self.say = phrases
        self.before = before

    def parts(self) -> list[str]:
        if self.reading.intent != "query" or self.reading.query is None:
            return self._without_query()
        main = next((one for one in self.found if one.lookup.purpose == "main"), None)
        if main is None or main.table is None or main.lookup.query is None:
            return [self.say.failed()]
        result = Result(main.lookup.query, main.table, self.layer, self.language)
        if not main.table.rows:
            return self._empty(result)
        return self._full(result)

    # --- a result

    def _full(self, result: Result) -> list[str]:
        reading = self.reading
        count = next((one.table.rows[0][0] for one in self.found if one.lookup.purpose == "count" and one.table), None)
        teller = Teller(reading, result, self.say)
        lead = teller.lead(count if isinstance(count, int) else None)
        criterion = next((c for c in self.layer.criteria if c.name == result.query.criterion), None)
        concept = next((c for c in self.layer.concepts if c.name == result.query.concept), None)
        why = [
            f"{_capital(one.explanation.of(self.language))}." for one in (criterion, concept) if one and one.explanation
        ]
        uniform = explain.uniform(result, self.say) if result.query.measure == "rows" else ""
        opening = " ".join(part for part in (lead, uniform, *why) if part)
        compares = reading.style == "compare"
        is_rows = result.query.measure == "rows" and not result.query.groups
        return [
            opening,
            self._notices(),
            "\n".join(teller.bullets()),
            self._under("differences", explain.differences(result, self.say) if is_rows and compares else []),
            self._under("meaning", explain.tradeoffs(result, self.say) if is_rows else []),
            self._under("nulls", explain.nulls(result, self.say) if is_rows else []),
            self._under("detail", explain.checked(result, self.found)),
            self._under("related", [*self._flow(), *explain.related(result, self.found)]),
            self._scope(result.query),
            self._under("next", explain.steps(reading, result)),
            self._under("ask", explain.questions(result)),
        ]

    def _flow(self) -> list[str]:
        has_related = any(one.lookup.purpose == "related" and one.table and one.table.rows for one in self.found)
        return [self.layer.about.of(self.language)] if has_related and self.layer.about else []

    def _scope(self, query: Query) -> str:
        """What a recommendation was limited to, when the talk was about something narrower."""
        criterion = next((c for c in self.layer.criteria if c.name == query.criterion), None)
        if self.reading.style != "recommend" or criterion is None or not criterion.scope:
            return ""
        asked = {one.ref: one for one in query.filters}
        names = [
            " · ".join(f"{value}" for value in values)
            for ref, values in criterion.scope
            if ref in asked and asked[ref].values == values
        ]
        return self.say.scope(names) if names and self.before else ""

    def _notices(self) -> str:
        lines = [
            self.say.corrected(plain(c.typed), plain(c.taken), spelled=c.spelled) for c in self.reading.corrections
        ]
        if self.reading.dropped:
            lines.append(self.say.dropped([plain(word) for word in self.reading.dropped]))
        return "\n".join(lines)

    def _under(self, heading: str, lines: list[str]) -> str:
        if not lines:
            return ""
        return "\n".join([bold(self.say.heading(heading)), *lines])

    # --- no result

    def _empty(self, result: Result) -> list[str]:
        query = result.query
        subject = self.say.subject(query)
        unknown = self._unknown_names(query)
        if self.reading.style == "exists" and not unknown:
            lead = self.say.no(subject)
        elif unknown:
            table = self.layer.table(unknown[0][0])
            lead = self.say.no_such_name(table, [plain(name) for _, name in unknown], subject)
        else:
            lead = self.say.nothing(subject)
        return [
            lead,
            self._notices(),
            self._under("tried", self._tried()),
            *self._near(unknown),
            self._under("there", self._there(query)),
            self._under("ask", [f"- {line}" for line in self.layer.examples.of(self.language)[:3]]),
        ]

    def _unknown_names(self, query: Query) -> list[tuple[str, str]]:
        """The names of the question that stand nowhere in their column."""
        unknown = []
        for one in query.filters:
            if one.op != "=" or not one.ref[0] or self.layer.column(one.ref).role != "name":
                continue
            known = set(self.lexicon.values.values_of(*one.ref))
            unknown += [(one.ref[0], str(value)) for value in one.values if value not in known]
        return unknown

    def _tried(self) -> list[str]:
        lines = []
        for one in self.found:
            if one.lookup.purpose in ("main", "like"):
                lines.append(f"- `{one.observation.sql or one.lookup.argument}`")
            elif one.lookup.purpose == "names":
                lines.append(f"- find_values: `{plain(one.lookup.argument)}`")
        return lines if len(lines) > 1 else []

    def _near(self, unknown: list[tuple[str, str]]) -> list[str]:
        """The nearest names, or the names there are; and by what else a row could be found."""
        parts = []
        for table, name in unknown[:1]:
            meaning = self.layer.table(table)
            column = meaning.display[0]
            near = self.lexicon.values.nearest(name, table=table, column=column, limit=MOST_NEAR)
            names = [m.text for m in near] or [
                str(v) for v in self.lexicon.values.values_of(table, column)[:MOST_VALUES]
            ]
            listed = ", ".join(bold(plain(text)) for text in names)
            parts.append(self._under("near" if near else "known", [listed]))
            told = [c.label.of(self.language) for c in meaning.columns if c.role != "measure" and c.name != column]
            own = [c for c in told if c in self._own_labels(meaning)]
            parts.append(self.say.ways(meaning, own[:4]))
        return parts

    def _own_labels(self, table: TableMeaning) -> set[str]:
        """The labels of columns a row can be found by: no foreign keys, texts or dates."""
        foreign = {key.column for key in self.layer.foreign_keys if key.table == table.name}
        kept = (c for c in table.columns if c.name not in foreign and c.role not in ("text", "date", "measure"))
        return {column.label.of(self.language) for column in kept}

    def _there(self, query: Query) -> list[str]:
        """What stands in the columns the question narrowed down."""
        lines = []
        for one in query.filters:
            if one.op == "=" and one.ref[0] and self.layer.column(one.ref).role == "category":
                values = self.lexicon.values.values_of(*one.ref)[:MOST_VALUES]
                listed = ", ".join(f"`{plain(str(value))}`" for value in values)
                lines.append(f"- {self.layer.column(one.ref).label.of(self.language)}: {listed}")
        return lines

    # --- no query

    def _without_query(self) -> list[str]:
        reading = self.reading
        examples = self._under("ask", [f"- {line}" for line in self.layer.examples.of(self.language)])
        tables = [table.label.of(self.language) for table in self.layer.tables if not table.part_of]
        words = [plain(word) for word in reading.words]
        if reading.intent == "write":
            return [self.say.refused(), examples]
        if reading.intent == "unclear":
            near = [m.text for word in words for m in self.lexicon.values.find(word, limit=MOST_NEAR)]
            return [self.say.unclear(words, [plain(text) for text in near]), examples]
        if reading.intent == "missing":
            return [self._missing(words), examples]
        if reading.intent == "no_antecedent":
            return [self.say.lost(words[0] if words else "", self._choices(words)), examples]
        if reading.intent == "greeting":
            return [self.say.greeting(), examples]
        if reading.intent == "help":
            return [self.say.help(self.layer.about.of(self.language), tables), examples]
        return [self.say.outside(tables), examples]

    def _missing(self, words: list[str]) -> str:
        if self.reading.query is None:
            return self.say.missing(words, "", [])
        table = self.layer.table(self.reading.query.head)
        columns = [column.label.of(self.language) for column in table.columns if column.role != "key"]
        return self.say.missing(words, table.label.of(self.language), columns)

    def _choices(self, words: list[str]) -> list[str]:
        """Some names of the kind that was asked after."""
        for table in self.layer.tables:
            if words and words[0] in (table.label.ko, table.label.en, table.name):
                values = self.lexicon.values.values_of(table.name, table.display[0])
                return [plain(str(value)) for value in values[:MOST_NEAR]]
        return []
