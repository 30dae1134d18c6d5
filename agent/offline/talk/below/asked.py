"""A question below an alert, with the run that it is asked of."""

import re
from dataclasses import dataclass

from agent.offline.query import joins
from agent.offline.query.query import Filter
from agent.offline.reading.filters.dates import date_filters
from agent.offline.reading.reading import About, Asks, Style
from agent.offline.talk.below.runs import Run
from agent.offline.talk.pointing.places import content
from agent.offline.words.repeats import DESCRIBES, THIS, WORKED
from agent.offline.words.sentence import Sentence
from db.catalog.meaning import SemanticLayer


@dataclass(frozen=True, slots=True)
class Asked:
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
        return any(re.search(DESCRIBES.format(one), self.text, re.IGNORECASE) for one in said)

    def style(self) -> Style:
        """Whether it is answered by a yes or no: what is asked of how well they went is told by their rows."""
        return "exists" if self.sentence.asks_whether() and not WORKED.search(self.text) else "list"

    def about(self, asks: Asks, state: Filter | None = None) -> About:
        return About(asks, self.run.table.name, self.run.state, state=state)

    def dated(self) -> tuple[Filter, ...]:
        """When the runs that are asked for were: on a sentence of its own, so that nothing is spent in vain."""
        fresh = Sentence(self.sentence.mentions, self.layer, english=self.sentence.english)
        return tuple(date_filters(fresh, self.run.table.name))

    def is_of_others(self) -> bool:
        """As in "다른 프로젝트", "which other models": others of another kind are asked for."""
        said = self.sentence
        tables = (said.table(i + 1) for i in said.where("other"))
        return any(table is not None and said.owner(table.name) != self.run.table.name for table in tables)

    def tables(self) -> list[str]:
        return [self.sentence.owner(table) for _, table in self.sentence.tables(verbal=True)]

    def narrowed(self) -> tuple[Filter, ...]:
        """As in "그 프로젝트", "the same team", "on this gpu": what is shared with the run."""
        if not THIS.search(self.text) and not self.sentence.has("that", "same"):
            return ()
        found = [one for i in content(self.sentence) if (one := self._shared(i)) is not None]
        return tuple({one.ref: one for one in reversed(found)}.values())

    def _shared(self, i: int) -> Filter | None:
        """What a word for another table above the run, or for a category, says that the rows have in common with it."""
        sentence, run, layer = self.sentence, self.run, self.layer
        if sentence.values(i):
            return None
        table, own = sentence.table(i), run.table.name
        if table is not None and table.name != own:
            is_above = joins.connected(layer, own, table.name) and not joins.is_below(layer, own, table.name)
            return run.of_same(table.name, layer) if is_above else None
        column = sentence.nearest_column(i, own)
        is_told = column is not None and column.role == "category" and joins.connected(layer, own, column.table)
        return run.shares(column.ref) if column is not None and is_told else None
