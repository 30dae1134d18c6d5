"""The offline engine as a model: reads the question by rules, asks for look-ups, writes the answer."""

from typing import Protocol

from agent.llm.protocol import Completion, Engine, OnText, Prompt
from agent.offline import plan
from agent.offline.frames import Frame, Shown, frames, owners_of, rows_of, to_json
from agent.offline.lexicon import Lexicon
from agent.offline.normalise import clean
from agent.offline.plan import Found
from agent.offline.query import Filter
from agent.offline.reading import Reading
from agent.offline.understand import understand
from agent.offline.write import write
from db.catalog.semantics import SemanticLayer
from db.catalog.values import ValueIndex


class Knowledge(Protocol):
    """What the engine reads of a catalogue."""

    @property
    def semantics(self) -> SemanticLayer: ...

    @property
    def values(self) -> ValueIndex: ...


class OfflineModel:
    """Answers without a language model. Stateless: the same prompt gives the same completion."""

    def __init__(self, catalog: Knowledge) -> None:
        self._catalog = catalog
        self._lexicon = Lexicon(catalog.semantics, catalog.values)

    @property
    def name(self) -> str:
        return "offline"

    @property
    def engine(self) -> Engine:
        return "offline"

    async def complete(self, prompt: Prompt, on_text: OnText) -> Completion:
        """Tool calls while look-ups are missing from `prompt.steps`, then the answer's text."""
        lexicon = self._current()
        before = frames(prompt.memory, lexicon.layer)
        reading = understand(clean(prompt.question), before, lexicon, prompt.now.date())
        found, calls = self._look(reading, prompt, lexicon.layer)
        if calls is not None:
            return calls
        text = write(reading, found, lexicon, prompt.language, before)
        on_text(text)
        return Completion(text, frame=_frame(reading, found, lexicon.layer))

    def _current(self) -> Lexicon:
        """The lexicon of the catalogue as it is now."""
        layer, values = self._catalog.semantics, self._catalog.values
        if self._lexicon.layer is not layer or self._lexicon.values is not values:
            self._lexicon = Lexicon(layer, values)
        return self._lexicon

    def _look(
        self, reading: Reading, prompt: Prompt, layer: SemanticLayer
    ) -> tuple[tuple[Found, ...], Completion | None]:
        """What the look-ups found; the completion that asks for those still missing, if any."""
        offered = {tool.name for tool in prompt.tools}
        found: tuple[Found, ...] = ()
        for stage in range(2):
            planned = plan.second(reading, found, layer) if stage else plan.first(reading, layer)
            lookups = tuple(lookup for lookup in planned if lookup.tool in offered)
            results = plan.observed(planned, prompt)
            missing = len(results) < len(planned)
            if missing and lookups:
                step = f"{len(prompt.memory.turns)}_{len(prompt.steps)}"
                calls = tuple(lookup.call(f"{step}_{i}") for i, lookup in enumerate(lookups))
                return found, Completion(tool_calls=calls)
            found = (*found, *results)
        return found, None


def _frame(reading: Reading, found: tuple[Found, ...], layer: SemanticLayer) -> dict[str, object]:
    """What the next question of the thread may refer to."""
    query = reading.query
    if query is None:
        return to_json(None, (), (), reading.style)
    spoken = [f for f in query.filters if f.op == "=" and not f.negated and f.ref[0]]
    rows: tuple[Shown, ...] = ()
    main = next((one for one in found if one.lookup.purpose == "main"), None)
    if main is not None and main.table is not None:
        if not query.groups and query.measure in ("rows", "count", "per"):
            rows = rows_of(main.table, query.head, layer)
        spoken += [f for f in owners_of(main.table, query.columns) if f.ref not in {s.ref for s in spoken}]
    return to_json(query, rows, tuple(_merged(spoken)), reading.style)


def _merged(spoken: list[Filter]) -> list[Filter]:
    return list({one.ref: one for one in spoken}.values())


__all__ = ["Frame", "Knowledge", "OfflineModel"]
