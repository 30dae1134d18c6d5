"""What an engine of answers is to the agent: a prompt in, a completion out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, Protocol, TypeAlias

from agent.attached import Attached
from agent.chart import Chart
from agent.explanation import Clause
from agent.memory import Memory
from agent.offer import Offer
from db.catalog.meaning import Language
from db.catalog.people import Asking
from db.catalog.table import Table
from db.store.records import Example

Engine: TypeAlias = Literal["llm", "offline"]
OnText: TypeAlias = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class ToolSpec:
    """A tool as the model sees it; `parameters` is a JSON Schema object."""

    name: str
    description: str
    parameters: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ToolCall:
    """A call the model asked for; `arguments` is JSON text exactly as it came."""

    id: str
    name: str
    arguments: str


@dataclass(frozen=True, slots=True)
class Observation:
    """What came of one tool call.

    `text` is what the model reads. `sql` and `table` are set when the call ran
    a query, `chart` when it made one; `ok` is false when the call failed in a
    way the model can mend.
    """

    call: ToolCall
    text: str
    ok: bool = True
    sql: str | None = None
    table: Table | None = None
    chart: Chart | None = None


@dataclass(frozen=True, slots=True)
class Tokens:
    """Tokens of one completion, as the provider counted them."""

    prompt: int = 0
    cached: int = 0
    completion: int = 0

    def __add__(self, other: "Tokens") -> "Tokens":
        return Tokens(
            self.prompt + other.prompt,
            self.cached + other.cached,
            self.completion + other.completion,
        )


@dataclass(frozen=True, slots=True)
class Completion:
    """Either tool calls to make, or (with none) the answer's text in Markdown.

    `read` is how the rules read the question, for whoever asks why.
    `is_cut`: the provider's length limit ended the text. `frame` is the offline
    engine's reading of the question, JSON-able, kept with the turn so that a
    follow-up can build on it; `offer` is what the asker may choose from next,
    `chart` what is drawn beside the text.
    """

    text: str = ""
    tool_calls: tuple[ToolCall, ...] = ()
    tokens: Tokens = Tokens()
    is_cut: bool = False
    frame: Mapping[str, Any] | None = None
    read: tuple[Clause, ...] = ()
    offer: Offer | None = None
    chart: Chart | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One completion with the observations of its tool calls."""

    completion: Completion
    observations: tuple[Observation, ...] = ()


@dataclass(frozen=True, slots=True)
class Prompt:
    """Everything an engine may know when it is asked for the next completion.

    `now` is aware, in the asker's time zone. `steps` are this turn's so far. `examples` are like the question.
    `is_stepwise`: the asker wants to be told the way to the answer, too. `me`: whose "my" the question's is.
    `attached` stands beside the question: data, never instructions.
    """

    question: str
    language: Language
    now: datetime
    memory: Memory
    tools: tuple[ToolSpec, ...] = ()
    steps: tuple[Step, ...] = field(default=())
    is_stepwise: bool = False
    me: Asking = None
    examples: tuple[Example, ...] = ()
    attached: tuple[Attached, ...] = ()


class Model(Protocol):
    """An engine: the OpenAI-compatible client, the offline engine, a script."""

    @property
    def name(self) -> str:
        """The name usage is booked under, such as solar-pro3."""

    @property
    def engine(self) -> Engine: ...

    async def complete(self, prompt: Prompt, on_text: OnText) -> Completion:
        """The next completion; `on_text` gets each further piece of the answer's text.

        Raises ModelUnavailable (could not be reached, or refused for good)
        and ModelRefused (answered, but not with anything usable).
        """
