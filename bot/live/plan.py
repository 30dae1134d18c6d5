"""The plan that people watch: an agent's progress as cards, one for each step on the way to the answer."""

from dataclasses import dataclass, replace
from typing import Final, Literal, Self, TypeAlias

from agent.messages import say
from agent.progress import Calling, Outcome, Progress
from db.catalog.meaning import Language

CARDS: Final = 40
"""Of so many steps cards are shown; a plan of Slack's takes 50."""

Status: TypeAlias = Literal["in_progress", "complete", "error"]
_QUERY: Final = "execute_sql"
_DOING: Final = {
    "execute_sql": "live-call-execute-sql",
    "find_values": "live-call-find-values",
    "describe_tables": "live-call-describe-tables",
    "make_chart": "live-call-make-chart",
}
_READING: Final = frozenset({"live-understand", "live-again", "live-read", "live-write"})


@dataclass(frozen=True, slots=True)
class Card:
    """One step. `details` say what is looked for, `output` what came of it: a model's words, as they are.

    `doing` is the key of its sentence; `is_mended` is a query that follows one that failed, `is_repaired` one that
    failed and was followed by one that ran.
    """

    id: str
    doing: str
    status: Status = "in_progress"
    details: str = ""
    output: str = ""
    is_query: bool = False
    is_mended: bool = False
    is_repaired: bool = False

    def title(self, language: Language) -> str:
        said = say(self.doing, language)
        if self.is_repaired:
            return say("live-repaired", language, doing=said)
        return say("live-mended", language, doing=said) if self.is_mended else said


_BEGUN: Final = (Card("read:1", "live-understand"),)


@dataclass(frozen=True, slots=True)
class Plan:
    """What has been done so far. `text` is what the model has written in its present completion.

    `told` are the texts of completions before it, which went on to call tools, or of an engine that gave up.
    """

    language: Language
    cards: tuple[Card, ...] = ()
    told: str = ""
    text: str = ""
    step: int = 0
    engines: int = 1

    @classmethod
    def begun(cls, language: Language) -> Self:
        """A turn that has been taken on: its question is being read, whether or not anything was told of it."""
        return cls(language, _BEGUN)

    def after(self, progress: Progress) -> Self:
        """The plan with a sign of progress taken in."""
        match progress.phase:
            case "thinking":
                return self._thinking(progress.step)
            case "writing":
                return self._writing(progress)
            case _ if progress.calling is None:
                return self
            case _:
                return self._calling(progress.tool or "", progress.step, progress.calling)

    @property
    def all_text(self) -> str:
        """Whatever has been written, in order: it only grows."""
        return self.told + self.text

    def done(self) -> Self:
        """With nothing left under way."""
        return replace(self, cards=tuple(_ended(card) for card in self.cards))

    def _thinking(self, step: int) -> Self:
        """At first the question is read, later what was found; from the start again where another engine takes over."""
        if self.step == 0:
            return replace(self, cards=self.cards or _BEGUN, step=step)
        if step <= self.step:
            cards = tuple(_failed(card, say("live-unavailable", self.language)) for card in self.cards)
            begun = replace(self, cards=cards, engines=self.engines + 1, told=self._told_so_far(), text="")
            return begun.added(Card(f"read:1:{begun.engines}", "live-again"), step)
        return self.done().added(Card(self._id("read", step), "live-read"), step)

    def _writing(self, progress: Progress) -> Self:
        """What was read is being written of: its card becomes the answer's; a first one's question is understood."""
        written = replace(self, text=progress.text)
        doing = [card for card in self.cards if card.status == "in_progress"]
        if not doing or doing[-1].doing == "live-write":
            return written
        if doing[-1].doing == "live-read":
            return written.changed(replace(doing[-1], doing="live-write"))
        return written.done().added(Card(self._id("write", progress.step), "live-write"), self.step)

    def _calling(self, tool: str, step: int, calling: Calling) -> Self:
        id_ = self._id("call", step, calling.place)
        known = next((card for card in self.cards if card.id == id_), None)
        if calling.outcome is not None:
            return self if known is None else self._with_outcome(known, calling.outcome)
        failed = any(card.status == "error" and card.is_query and not card.is_repaired for card in self.cards)
        is_query = tool == _QUERY
        card = Card(id_, _DOING.get(tool, "live-call"), is_query=is_query, is_mended=is_query and failed)
        begun = replace(self._read(), told=self._told_so_far(), text="")
        return begun.added(replace(card, details=calling.subject), step)

    def _with_outcome(self, card: Card, outcome: Outcome) -> Self:
        if not outcome.ok:
            problem = say("live-problem", self.language, problem=outcome.problem) if outcome.problem else ""
            return self.changed(replace(card, status="error", output=problem))
        ended = self.changed(replace(card, status="complete", output=self._rows(outcome)))
        if not card.is_query:
            return ended
        return replace(ended, cards=tuple(_repaired(each) for each in ended.cards))

    def _rows(self, outcome: Outcome) -> str:
        if outcome.rows is None:
            return ""
        return say("live-rows-more" if outcome.truncated else "live-rows", self.language, rows=outcome.rows)

    def _read(self) -> Self:
        """What was being read, or written between two calls, has been; a call may go on beside another."""
        return replace(self, cards=tuple(_seen(card) if card.doing in _READING else card for card in self.cards))

    def _told_so_far(self) -> str:
        return f"{self.told}{self.text}\n\n" if self.text else self.told

    def added(self, card: Card, step: int) -> Self:
        """With a further card, as long as there is room."""
        cards = (*self.cards, card) if len(self.cards) < CARDS else self.cards
        return replace(self, cards=cards, step=step)

    def changed(self, card: Card) -> Self:
        """With the card in the place of the one of its id."""
        return replace(self, cards=tuple(card if each.id == card.id else each for each in self.cards))

    def _id(self, *parts: object) -> str:
        return ":".join(map(str, (*parts, *(() if self.engines == 1 else (self.engines,)))))


def _ended(card: Card) -> Card:
    return replace(card, status="complete") if card.status == "in_progress" else card


def _seen(card: Card) -> Card:
    doing = "live-read" if card.doing == "live-write" else card.doing
    return _ended(replace(card, doing=doing))


def _failed(card: Card, problem: str) -> Card:
    """What was cut off was not wrong: no query that follows mends it."""
    return replace(card, status="error", output=problem, is_query=False) if card.status == "in_progress" else card


def _repaired(card: Card) -> Card:
    return replace(card, is_repaired=True) if card.status == "error" and card.is_query else card
