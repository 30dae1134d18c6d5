"""A Model that follows a script, and remembers what it was asked."""

import json
from collections.abc import Callable
from typing import Any, TypeAlias

from agent.llm.protocol import Completion, Engine, OnText, Prompt, Tokens, ToolCall

Next: TypeAlias = Completion | Exception | Callable[[Prompt], Completion]


class ScriptedModel:
    """Gives the next entry of its script: a completion, an error to raise, or a function of the prompt."""

    def __init__(self, *script: Next, name: str = "solar-pro3", engine: Engine = "llm") -> None:
        self.name = name
        self.engine: Engine = engine
        self.prompts: list[Prompt] = []
        self._script = list(script)

    async def complete(self, prompt: Prompt, on_text: OnText) -> Completion:
        self.prompts.append(prompt)
        entry = self._script.pop(0)
        if isinstance(entry, Exception):
            raise entry
        completion = entry if isinstance(entry, Completion) else entry(prompt)
        if completion.text and not completion.tool_calls:
            on_text(completion.text)
        return completion

    @property
    def observed(self) -> list[str]:
        """What the tools said, in order, as the last prompt shows it."""
        return [o.text for step in self.prompts[-1].steps for o in step.observations]


def says(text: str) -> Completion:
    return Completion(text, (), Tokens(1_000, 0, 100))


def calls(*pairs: tuple[str, Any]) -> Completion:
    """Tool calls given as (name, arguments as JSON text or as an object)."""

    made = (
        ToolCall(
            f"call_{n}", name, arguments if isinstance(arguments, str) else json.dumps(arguments, ensure_ascii=False)
        )
        for n, (name, arguments) in enumerate(pairs, start=1)
    )
    return Completion("", tuple(made), Tokens(1_000, 0, 50))


def runs(*statements: str) -> Completion:
    """One completion that runs these statements side by side."""
    return calls(*(("execute_sql", {"sql": statement}) for statement in statements))
