"""Tools the model may call: declared by a decorator, found by folder, checked on call."""

import importlib
import inspect
import json
import pkgutil
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, replace
from types import ModuleType
from typing import Any, overload

from pydantic import BaseModel, ConfigDict, ValidationError, create_model

from agent.chart import Chart
from agent.errors import ToolError
from agent.limits import Limits
from agent.llm.protocol import Observation, Prompt, ToolCall, ToolSpec
from agent.schema_prompt import CurrentSchema
from agent.trail import Witness
from db.catalog.catalog import Catalog
from db.catalog.table import Table


@dataclass(frozen=True, slots=True)
class ToolContext:
    """What a tool may use: the catalogue, its schema in words, and how much the model may read.

    A statement that the model wrote goes through `query`, which notes it for the audit. `prompt` is what the model had
    before it when it made the call.
    """

    catalog: Catalog
    schema: CurrentSchema
    limits: Limits
    witness: Witness | None = None
    prompt: Prompt | None = None

    @property
    def is_for_model(self) -> bool:
        """Whether a language model reads what a tool says: the rules go by the rows alone."""
        return self.witness is None or self.witness.engine != "offline"

    async def query(self, sql: str) -> Table:
        """Raises whatever `Catalog.query` raises."""
        if self.witness is None:
            return await self.catalog.query(sql)
        return await self.witness.query(self.catalog, sql)


@dataclass(frozen=True, slots=True)
class ToolResult:
    """What a tool found: the model reads `text`; `sql`, `table` and `chart` go with the answer.

    `ok` is false when the call failed in a way the model can mend.
    """

    text: str
    sql: str | None = None
    table: Table | None = None
    ok: bool = True
    chart: Chart | None = None


_UNREAD = ("title", "default", "additionalProperties", "minLength", "maxLength", "minItems", "maxItems")
"""Of a JSON Schema what every question would pay for and no model needs: what is wrong is told when a call comes."""

ToolFunction = Callable[..., Awaitable[ToolResult]]


@dataclass(frozen=True, slots=True)
class Tool:
    """A function with its schema, made by `@tool`.

    `is_offered` tells whether the model gets to see the tool in this catalogue.
    """

    spec: ToolSpec
    arguments: type[BaseModel]
    function: ToolFunction
    is_offered: Callable[[ToolContext], bool]


@overload
def tool(function: ToolFunction, /) -> Tool: ...
@overload
def tool(*, is_offered: Callable[[ToolContext], bool]) -> Callable[[ToolFunction], Tool]: ...
def tool(
    function: ToolFunction | None = None, /, *, is_offered: Callable[[ToolContext], bool] = lambda _: True
) -> Tool | Callable[[ToolFunction], Tool]:
    """Makes a Tool of `async def name(context, argument: type, ...) -> ToolResult`.

    The docstring is what the model reads; the JSON Schema comes from the
    annotations after the first parameter.
    """

    def make(function: ToolFunction) -> Tool:
        parameters = list(inspect.signature(function).parameters.values())[1:]
        fields: dict[str, Any] = {
            p.name: (p.annotation, ... if p.default is inspect.Parameter.empty else p.default) for p in parameters
        }
        name = function.__name__
        arguments = create_model(name, __config__=ConfigDict(extra="forbid"), **fields)
        schema = arguments.model_json_schema()
        for described in (schema, *schema.get("properties", {}).values()):
            for unread in _UNREAD:
                described.pop(unread, None)
        return Tool(ToolSpec(name, inspect.getdoc(function) or "", schema), arguments, function, is_offered)

    return make if function is None else make(function)


class Toolbox:
    """The tools of one agent."""

    def __init__(self, tools: Iterable[Tool], context: ToolContext) -> None:
        self._tools = {t.spec.name: t for t in tools}
        self._context = context

    def specs(self) -> tuple[ToolSpec, ...]:
        """The tools to offer now, in the order of their names."""
        return tuple(t.spec for _, t in sorted(self._tools.items()) if t.is_offered(self._context))

    async def run(self, call: ToolCall, witness: Witness | None = None, prompt: Prompt | None = None) -> Observation:
        """Runs one call; whatever the model got wrong comes back as an observation. `witness` notes its queries."""
        try:
            found = self._tools.get(call.name)
            if found is None:
                raise ToolError(f"There is no tool {call.name!r}; the tools are {', '.join(sorted(self._tools))}.")
            arguments = _checked(found, call.arguments)
            result = await found.function(replace(self._context, witness=witness, prompt=prompt), **arguments)
        except ToolError as error:
            return Observation(call, f"ERROR: {error}", ok=False)
        return Observation(call, result.text, result.ok, result.sql, result.table, result.chart)


def _checked(found: Tool, text: str) -> dict[str, Any]:
    try:
        raw = json.loads(text or "{}")
    except (ValueError, RecursionError) as error:
        raise ToolError(
            f"The arguments of {found.spec.name} are not valid JSON ({error}); write one JSON object."
        ) from None
    try:
        model = found.arguments.model_validate(raw)
    except ValidationError as error:
        problems = "; ".join(
            f"{'.'.join(map(str, p['loc'])) or 'arguments'}: {p['msg']}"
            for p in error.errors(include_url=False, include_input=False)
        )
        wanted = ", ".join(found.spec.parameters.get("properties", {}))
        raise ToolError(f"Wrong arguments for {found.spec.name} ({problems}); it takes {wanted}.") from None
    return {name: getattr(model, name) for name in type(model).model_fields}


def find_tools(package: ModuleType) -> tuple[Tool, ...]:
    """Every Tool defined at the top of a module of `package`."""
    modules = [
        importlib.import_module(f"{package.__name__}.{info.name}") for info in pkgutil.iter_modules(package.__path__)
    ]
    return tuple(value for module in modules for value in vars(module).values() if isinstance(value, Tool))
