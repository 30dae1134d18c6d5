"""Makes of a turn's work the explanation that is kept with it."""

import json
from collections.abc import Sequence
from typing import Final

from agent.answer import Usage
from agent.explanation import CallMade, Explanation, GivenUp
from agent.llm.protocol import Engine, Observation, Step
from agent.trail import Tried

ARGUMENT_CHARS: Final = 200
PROBLEM_CHARS: Final = 400


def explained(engine: Engine, steps: Sequence[Step], usage: Usage, tried: Sequence[Tried]) -> Explanation:
    """What the engine that answered read and did; of `tried` the statements of those that gave up before it."""
    tokens = usage.tokens
    return Explanation(
        engine=engine,
        model=usage.model,
        completions=usage.completions,
        prompt_tokens=tokens.prompt,
        cached_tokens=tokens.cached,
        completion_tokens=tokens.completion,
        clauses=steps[-1].completion.read if steps else (),
        calls=tuple(_made(at, seen) for at, step in enumerate(steps, start=1) for seen in step.observations),
        given_up=_given_up([one for one in tried if one.engine != engine]),
    )


def unanswered(usages: Sequence[Usage], tried: Sequence[Tried]) -> Explanation:
    """What was tried in a turn that came to no answer."""
    models = ", ".join(usage.model for usage in usages)
    return Explanation(
        engine="",
        model=models,
        completions=sum(usage.completions for usage in usages),
        prompt_tokens=sum(usage.tokens.prompt for usage in usages),
        cached_tokens=sum(usage.tokens.cached for usage in usages),
        completion_tokens=sum(usage.tokens.completion for usage in usages),
        given_up=_given_up(tried),
    )


def _made(step: int, seen: Observation) -> CallMade:
    problem = "" if seen.ok else _short(seen.text.removeprefix("ERROR: "), PROBLEM_CHARS)
    rows = len(seen.table.rows) if seen.table is not None else None
    return CallMade(step, seen.call.name, "" if seen.sql else _argument(seen), seen.sql, problem, rows)


def _argument(seen: Observation) -> str:
    """The arguments' values, which are what was asked of a tool; text that is no JSON object as it came."""
    try:
        arguments = json.loads(seen.call.arguments)
    except (ValueError, RecursionError):
        arguments = None
    if not isinstance(arguments, dict):
        return _short(seen.call.arguments, ARGUMENT_CHARS)
    values = (", ".join(map(str, value)) if isinstance(value, list) else str(value) for value in arguments.values())
    return _short(" · ".join(value for value in values if value), ARGUMENT_CHARS)


def _given_up(tried: Sequence[Tried]) -> tuple[GivenUp, ...]:
    return tuple(GivenUp(one.engine, one.sql, one.verdict, one.rows) for one in tried)


def _short(text: str, chars: int) -> str:
    return text if len(text) <= chars else f"{text[: chars - 1]}…"
