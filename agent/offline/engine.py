"""The offline engine as a model: reads the question by rules, asks for look-ups, writes the answer."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from agent.attached import remembered
from agent.explanation import Clause
from agent.llm.protocol import Completion, Engine, OnText, Prompt, ToolCall
from agent.messages import say
from agent.offline.query.query import Filter, Query
from agent.offline.reading.reading import Reading
from agent.offline.saying.apart import apart
from agent.offline.saying.charted import charted
from agent.offline.saying.charts import drawn, suited
from agent.offline.saying.english import English
from agent.offline.saying.explain_reading import explained
from agent.offline.saying.korean import Korean
from agent.offline.saying.offers import joined
from agent.offline.saying.phrases import Phrases
from agent.offline.saying.plan import Found, Planner, observed
from agent.offline.saying.side_by_side import side_by_side
from agent.offline.saying.together import together
from agent.offline.saying.walked import walked
from agent.offline.saying.write import write
from agent.offline.talk.asks import asks, carried_on
from agent.offline.talk.frames import Frame, Read, Shown, frames, from_json, owners_of, rows_of, spoken_in, to_json
from agent.offline.talk.readings import readings
from agent.offline.talk.scene import Scene
from agent.offline.talk.told import what_asks
from agent.offline.talk.turns import read_ahead
from agent.offline.words.asides.situations import asking
from agent.offline.words.charts import wanted
from agent.offline.words.lexicon import Lexicon
from agent.offline.words.mine import Spoken, spoken
from agent.offline.words.normalise import clean
from agent.vocabulary import Knowledge
from db.catalog.meaning import Language, SemanticLayer
from db.catalog.people import Asking, Person

_BOTH: Final = "모델 models"
"""Whatever is cleaned first has its language's idioms read, which takes longer than a turn: nobody waits for it."""


class OfflineModel:
    """Answers without a language model. Stateless: the same prompt gives the same completion."""

    def __init__(self, catalog: Knowledge) -> None:
        self._catalog = catalog
        self._lexicon = Lexicon(catalog.semantics, catalog.values)
        asking(clean(_BOTH))
        read_ahead()

    @property
    def name(self) -> str:
        return "offline"

    @property
    def engine(self) -> Engine:
        return "offline"

    async def complete(self, prompt: Prompt, on_text: OnText) -> Completion:
        """Tool calls while look-ups are missing from `prompt.steps`, then the answer's text."""
        lexicon = self._current()
        memory = remembered(prompt.memory, prompt.attached, self._catalog)
        before = frames(memory, lexicon.layer, self._reader(prompt, lexicon))
        calls: list[ToolCall] = []
        parts: list[tuple[Reading, tuple[Found, ...], Scene]] = []
        read: list[tuple[str, Reading, tuple[Found, ...]]] = []
        frame: Mapping[str, Any] | None = None
        first: Reading | None = None
        heard = spoken(prompt.question, prompt.me, lexicon)
        if heard.word:
            return _asking_who(heard, prompt.language, on_text)
        if (wish := wanted(heard.text)) is not None and wish.is_alone:
            return charted(wish, prompt, self._catalog, on_text)
        asked = what_asks(wish.rest if wish else heard.text, before, lexicon, prompt.now.date())
        for clause in asks(clean(asked)):
            both = readings(clause, before, lexicon, prompt.now.date())
            both = tuple(
                suited(_theirs(carried_on(first, reading), prompt.me), wish, lexicon.layer) for reading in both
            )
            first = first or both[0]
            for one in both:
                reading, found, missing = self._found(one, prompt, lexicon)
                calls += missing
                read.append((clause, reading, found))
                frame = _frame(reading, found, lexicon.layer)
                after = (from_json(frame, lexicon.layer), *before)
                leads_on = one is both[-1]
                parts.append(
                    (reading, found, Scene(lexicon, prompt.language, prompt.now, before, after, leads_on, clause))
                )
                # A ranked row is known before what is asked of it is read; else a frame is the same all the time.
                known = frame if _is_ranked(reading) or not found else _frame(reading, (), lexicon.layer)
                before = (from_json(known, lexicon.layer), *before)
                if missing and _is_ranked(reading):
                    return Completion(tool_calls=_numbered(calls, prompt))
        calls = calls or self._together(parts, prompt)
        if calls:
            return Completion(tool_calls=_numbered(calls, prompt))
        written = [write(*part) for part in parts]
        picture = drawn(parts, wish, self._catalog.dialect)
        steps = walked(parts) if prompt.is_stepwise else ""
        text = "\n\n".join(part for part in (*(one.text for one in written), steps, picture.text) if part)
        on_text(text)
        offer = joined(part.offer for part in written)
        told = tuple(explained(*one, lexicon) for one in read)
        return Completion(text, frame=frame, offer=offer, chart=picture.chart, read=told)

    def _together(self, parts: list[tuple[Reading, tuple[Found, ...], Scene]], prompt: Prompt) -> list[ToolCall]:
        """The call for the figures of several asks in one row, while it is still to be made."""
        readings, layer = [part[0] for part in parts], self._catalog.semantics
        say: Phrases = Korean(layer, {}) if prompt.language == "ko" else English(layer, {})
        asked = readings, say, layer, self._catalog.dialect, prompt.language
        lookup = together(*asked) or side_by_side(*asked)
        offered = lookup is not None and any(tool.name == lookup.tool for tool in prompt.tools)
        return [lookup.call()] if lookup and offered and not observed((lookup,), prompt) else []

    @staticmethod
    def _reader(prompt: Prompt, lexicon: Lexicon) -> Read:
        """Reads an earlier question of the thread, which another engine answered or nobody did."""

        def read(question: str, before: tuple[Frame, ...]) -> Query | None:
            heard = spoken(question, prompt.me, lexicon)
            asked = what_asks(heard.text, before, lexicon, prompt.now.date())
            *_, last = readings(clean(asked), before, lexicon, prompt.now.date())
            return last.query

        return read

    def _current(self) -> Lexicon:
        """The lexicon of the catalogue as it is now."""
        layer, values = self._catalog.semantics, self._catalog.values
        if self._lexicon.layer is not layer or self._lexicon.values is not values:
            self._lexicon = Lexicon(layer, values)
        return self._lexicon

    def _found(
        self, reading: Reading, prompt: Prompt, lexicon: Lexicon
    ) -> tuple[Reading, tuple[Found, ...], tuple[ToolCall, ...]]:
        """The reading that finds something, else the last, with its look-ups and the calls still to be made."""
        found, missing = self._look(reading, prompt, lexicon)
        main = next((one.table for one in found if one.lookup.purpose == "main"), None)
        is_empty = main is not None and all(cell is None for row in main.rows for cell in row)
        if reading.otherwise is None or missing or not is_empty:
            return reading, found, missing
        return self._found(reading.otherwise, prompt, lexicon)

    def _look(
        self, reading: Reading, prompt: Prompt, lexicon: Lexicon
    ) -> tuple[tuple[Found, ...], tuple[ToolCall, ...]]:
        """What the look-ups found, and the calls still to be made."""
        offered = {tool.name for tool in prompt.tools}
        found: tuple[Found, ...] = ()
        planner = Planner(lexicon, self._catalog.dialect)
        for stage in range(2):
            planned = planner.second(reading, found) if stage else planner.first(reading)
            planned = (*planned, *apart(reading, found, self._catalog.dialect))
            results = observed(planned, prompt)
            lookups = tuple(lookup for lookup in planned if lookup.tool in offered)
            if len(results) < len(planned) and lookups:
                return found, tuple(lookup.call() for lookup in lookups)
            found = (*found, *results)
        return found, ()


def _is_ranked(reading: Reading) -> bool:
    """Whether one row or group is asked for by its place: "the largest dataset", of which more may be asked at once."""
    return reading.query is not None and reading.query.place is not None


def _asking_who(heard: Spoken, language: Language, on_text: OnText) -> Completion:
    """Says that nobody knows whose "my" it is, and how that is mended."""
    text = say("asker-without-team" if heard.lacks_team else "asker-unknown", language, word=heard.word)
    on_text(text)
    return Completion(text, read=(Clause(heard.text, "unclear", "list"),))


def _theirs(reading: Reading, me: Asking) -> Reading:
    """Where others bear the asker's name, too, the asker's own row is meant by it."""
    query = reading.query
    if query is None or not isinstance(me, Person) or me.is_sole or me.key is None:
        return reading
    if not any(one.ref == me.named and one.values == (me.name,) for one in query.filters):
        return reading
    ref, key = me.key
    return replace(reading, query=replace(query, filters=(*query.filters, Filter(ref, "=", (key,)))))


def _numbered(calls: list[ToolCall], prompt: Prompt) -> tuple[ToolCall, ...]:
    """The calls, each once, under ids that are new in the thread."""
    step = f"offline_{len(prompt.memory.turns)}_{len(prompt.steps)}"
    once = {(call.name, call.arguments): call for call in calls}.values()
    return tuple(replace(call, id=f"{step}_{i}") for i, call in enumerate(once))


def _frame(reading: Reading, found: tuple[Found, ...], layer: SemanticLayer) -> dict[str, Any]:
    """What the next question of the thread may refer to."""
    query = reading.query
    if query is None:
        return to_json(None, (), (), reading.style)
    spoken = list(spoken_in(query))
    rows: tuple[Shown, ...] = ()
    main = next((one for one in found if one.lookup.purpose == "main"), None)
    if main is not None and main.table is not None:
        named = query.groups == tuple((query.head, name) for name in layer.table(query.head).display)
        if named or (not query.groups and query.measure in ("rows", "count", "per")):
            rows = rows_of(main.table, query.head, layer)
        if query.place is not None and len(query.groups) == 1 and len(main.table.rows) > 1:
            spoken.append(Filter(query.groups[0], "=", tuple(row[0] for row in main.table.rows)))
        if query.groups and len(main.table.rows) == 1:
            cells = zip(query.groups, main.table.rows[0], strict=False)
            spoken += [Filter(ref, "=", (cell,)) for ref, cell in cells if ref[0] and cell is not None]
        spoken += [f for f in owners_of(main.table, query, layer) if f.ref not in {s.ref for s in spoken}]
    return to_json(query, rows, tuple(_merged(spoken)), reading.style)


def _merged(spoken: list[Filter]) -> list[Filter]:
    return list({one.ref: one for one in spoken}.values())
