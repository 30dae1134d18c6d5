"""The agent's turn: memory -> [model -> tool]* -> save -> Answer. Read this first."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal
from zoneinfo import ZoneInfo

from agent.answer import Answer, Ask, Query, behind
from agent.attached import fitting
from agent.bill import Bill
from agent.charting import chart_in, is_drawable
from agent.errors import AskError, ModelRefused, ModelUnavailable
from agent.examples import Examples
from agent.explaining import explained
from agent.focus import focus_of, focused
from agent.headings import Heading, headings
from agent.language import language_of
from agent.limits import Limits
from agent.llm.pricing import Prices
from agent.llm.protocol import Completion, Engine, Model, Observation, Prompt, Step, ToolCall
from agent.messages import say
from agent.offer import chosen
from agent.progress import Growing, OnProgress, Progress, begun, ended, ignore_progress
from agent.threads import Threads
from agent.tool import Toolbox
from agent.trail import Trail, Witness, timed
from agent.vocabulary import Vocabulary
from db.catalog.catalog import Catalog
from db.catalog.errors import CatalogUnavailable
from db.catalog.meaning import Language

log = logging.getLogger(__name__)


_PROBLEM_CHARS = 400


@dataclass(frozen=True, slots=True)
class Work:
    """What one engine did in a turn."""

    model: Model
    steps: tuple[Step, ...]
    text: str

    @property
    def queries(self) -> tuple[Query, ...]:
        observations = (o for step in self.steps for o in step.observations if o.sql is not None)
        return tuple(Query(o.sql or "", o.table, None if o.ok else o.text) for o in observations)


@dataclass(frozen=True, slots=True)
class _Turn:
    """One turn under way; `deadline` is by the event loop's clock."""

    ask: Ask
    prompt: Prompt
    bill: Bill
    trail: Trail
    on_progress: OnProgress
    deadline: float


class Agent:
    """Answers asks. One instance serves all threads, side by side.

    `models` are asked in order: a later one answers when an earlier one is
    unavailable. The caller keeps the turns of one thread in order.
    """

    def __init__(
        self,
        catalog: Catalog | Vocabulary,
        threads: Threads,
        toolbox: Toolbox,
        models: Sequence[Model],
        *,
        timezone: ZoneInfo,
        language: Literal["auto", "ko", "en"] = "auto",
        limits: Limits = Limits(),
        prices: Prices | None = None,
        examples: Examples | None = None,
    ) -> None:
        self._catalog = catalog
        self._threads = threads
        self._toolbox = toolbox
        self._models = tuple(models)
        self._timezone = timezone
        self._language: Literal["auto", "ko", "en"] = language
        self.limits = limits
        self._prices = prices or Prices.kept()
        self._examples = examples

    async def accept(self, ask: Ask, claims: Sequence[str]) -> bool:
        """Writes the turn down for `run_turn` to follow; false where its event was claimed before.

        From here on the question outlives a kill: the turn stands as running.
        Raises AskError("store_unavailable").
        """
        return await self._threads.start(ask, claims)

    async def give_up(self, ask: Ask, error: BaseException) -> None:
        """Notes that an accepted turn failed before it could be run."""
        await self._threads.fail(ask, error, ())

    async def run_turn(
        self, ask: Ask, on_progress: OnProgress = ignore_progress, *, is_accepted: bool = False
    ) -> Answer:
        """Answers one ask and saves the turn with its usage and its audit in one transaction.

        Raises AskError (a code the surface puts into a sentence); whatever else
        escapes is a defect. A turn that raises, or is cancelled, is saved as failed.
        """
        now = asyncio.get_running_loop().time
        started = now()
        deadline = started + self.limits.turn_s
        if not is_accepted:
            await self._threads.start(ask)
        bill, trail = Bill(self._prices), self._threads.trail()
        try:
            prompt = await self._prompt(ask, deadline)
            answer = await self._answer(_Turn(ask, prompt, bill, trail, on_progress, deadline))
        except BaseException as error:
            await self._threads.fail(ask, error, bill.usages(), trail.tried)
            raise
        answer = replace(answer, elapsed_s=now() - started)
        if not await self._threads.finish(ask, answer, bill.usages(), trail.tried):
            answer = replace(answer, notice=say("answer-not-saved", prompt.language))
        return answer

    async def _prompt(self, ask: Ask, deadline: float) -> Prompt:
        question = ask.text.strip()
        if not question:
            raise AskError("empty")
        if len(question) > self.limits.question_chars:
            raise AskError("too_long", f"{len(question)} > {self.limits.question_chars}")
        try:
            async with asyncio.timeout_at(deadline):
                await self._catalog.refresh()
        except CatalogUnavailable as error:
            raise AskError("catalog_unavailable") from error
        except TimeoutError as error:
            raise AskError("turn_deadline") from error
        memory = focused(self._catalog, await self._threads.recall(ask))
        if memory.turns and (choice := chosen(question, memory.turns[-1].offer)) is not None:
            question = choice.question
        now = ask.asked_at.astimezone(self._timezone)
        language = ask.language or language_of(question, self._language)
        examples = await self._examples.like(question) if self._examples is not None else ()
        tools = self._toolbox.specs()
        return Prompt(
            question,
            language,
            now,
            memory,
            tools,
            is_stepwise=ask.is_stepwise,
            me=ask.me,
            examples=examples,
            attached=fitting(ask.attached),
        )

    async def _answer(self, turn: _Turn) -> Answer:
        """Asks the models in order until one answers, all of them within the turn's one deadline."""
        notice = None
        for model in self._models[:-1]:
            try:
                return self._made(turn, await self._work(model, turn, self.limits.reserve_s))
            except (ModelUnavailable, ModelRefused, TimeoutError) as error:
                reason = str(error) or type(error).__name__
                log.warning("another engine answers", extra={"turn": turn.ask.turn_id, "reason": reason})
                said = "model-refused" if isinstance(error, ModelRefused) else "model-unreachable"
                notice = say(said, turn.prompt.language)
        try:
            answer = self._made(turn, await self._work(self._models[-1], turn))
        except ModelUnavailable as error:
            raise AskError("model_unavailable", str(error)) from error
        except ModelRefused as error:
            raise AskError("model_refused", str(error)) from error
        except TimeoutError as error:
            raise AskError("turn_deadline") from error
        return replace(answer, notice=notice) if notice else answer

    async def _work(self, model: Model, turn: _Turn, reserve_s: float = 0.0) -> Work:
        """THE loop: completions and tool calls until there is text, or no way on."""
        async with asyncio.timeout_at(turn.deadline - reserve_s):
            steps: tuple[Step, ...] = ()
            witness = turn.trail.witness(model.engine)
            while True:
                tools = turn.prompt.tools if self._may_call(steps) else ()
                prompt = replace(turn.prompt, steps=steps, tools=tools)
                completion = await self._complete(model, prompt, turn)
                if not completion.tool_calls:
                    return Work(model, (*steps, Step(completion)), completion.text)
                if not tools:
                    raise AskError("too_many_steps", f"{len(steps)} steps")
                observations = await self._observe(completion, prompt, turn.on_progress, witness)
                steps = (*steps, Step(completion, observations))
                if problem := self._stuck(steps):
                    shown = problem.replace("`", "'")[:_PROBLEM_CHARS]
                    return Work(model, steps, say("query-stuck", turn.prompt.language, problem=shown))

    def _may_call(self, steps: tuple[Step, ...]) -> bool:
        """Whether another round of tool calls is within the limits; the last step must answer."""
        spent = sum(s.completion.tokens.prompt + s.completion.tokens.completion for s in steps)
        return len(steps) < self.limits.steps - 1 and spent < self.limits.tokens

    async def _complete(self, model: Model, prompt: Prompt, turn: _Turn) -> Completion:
        step = len(prompt.steps) + 1
        turn.on_progress(Progress("thinking", step))
        growing = Growing(turn.on_progress, step, self.limits.answer_chars)
        completion = await model.complete(prompt, growing.add)
        turn.bill.add(model.name, completion.tokens)
        return completion

    async def _observe(
        self, completion: Completion, prompt: Prompt, on_progress: OnProgress, witness: Witness
    ) -> tuple[Observation, ...]:
        """Runs the calls of one completion side by side; observations in the calls' order."""
        most, step = self.limits.calls_per_step, len(prompt.steps) + 1

        async def run(call: ToolCall, told: Progress) -> Observation:
            observation = await self._toolbox.run(call, witness, prompt)
            on_progress(ended(told, observation))
            return observation

        calls = [(call, begun(call, step, at)) for at, call in enumerate(completion.tool_calls[:most])]
        for _, told in calls:
            on_progress(told)
        try:
            async with asyncio.TaskGroup() as group:
                running = [group.create_task(run(*each)) for each in calls]
        except* CatalogUnavailable as error:
            raise AskError("catalog_unavailable") from error
        spare = [
            Observation(call, f"ERROR: at most {most} calls at once; call again.", ok=False)
            for call in completion.tool_calls[most:]
        ]
        return (*(task.result() for task in running), *spare)

    def _stuck(self, steps: tuple[Step, ...]) -> str | None:
        """The last error, once queries failed too often in this turn, or twice alike."""
        failed = [o for step in steps for o in step.observations if o.sql is not None and not o.ok]
        if not failed:
            return None
        alike = sum((o.sql, o.text) == (failed[-1].sql, failed[-1].text) for o in failed)
        if len(failed) >= self.limits.failed_queries or alike >= self.limits.same_failures:
            return failed[-1].text.removeprefix("ERROR: ")
        return None

    def _made(self, turn: _Turn, work: Work) -> Answer:
        text = work.text.strip()
        is_cut = work.steps[-1].completion.is_cut or len(text) > self.limits.answer_chars
        text = text[: self.limits.answer_chars]
        usage = turn.bill.usage(work.model.name)
        queries = timed(work.queries, turn.trail.tried)
        shown, heads = behind(queries), self._headings(queries, turn.prompt.language)
        chart, rows = chart_in(work.steps), None if shown is None else shown.table
        return Answer(
            turn_id=turn.ask.turn_id,
            text=text,
            language=turn.prompt.language,
            engine=work.model.engine,
            usage=usage,
            queries=queries,
            focus=focus_of(self._catalog, queries, text),
            notice=_notice(turn.prompt, work.model.engine, is_cut=is_cut),
            frame=work.steps[-1].completion.frame,
            explanation=explained(work.model.engine, work.steps, usage, turn.trail.tried),
            offer=work.steps[-1].completion.offer,
            headings=heads,
            chart=chart,
            is_drawable=chart is None and is_drawable(rows, heads, self._catalog.semantics, turn.prompt.language),
        )

    def _headings(self, queries: Sequence[Query], language: Language) -> tuple[Heading, ...]:
        shown = behind(queries)
        if shown is None or shown.table is None:
            return ()
        return headings(shown.sql, shown.table.columns, self._catalog.semantics, self._catalog.dialect, language)


def _notice(prompt: Prompt, engine: Engine, *, is_cut: bool) -> str | None:
    """What the asker should know of how the answer came about."""
    if is_cut:
        return say("answer-cut", prompt.language)
    is_half_read = engine == "offline" and bool(prompt.attached)
    return say("attached-names-alone", prompt.language) if is_half_read else None
