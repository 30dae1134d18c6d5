"""The turn: loop, limits, fallback, memory, saving."""

import asyncio
import sqlite3
from decimal import Decimal
from pathlib import Path

import pytest

from agent.agent import Agent
from agent.errors import AskError, ModelRefused, ModelUnavailable
from agent.limits import Limits
from agent.llm.protocol import Completion, Engine, OnText, Prompt, Tokens
from agent.memory import Focus
from agent.progress import Calling, Outcome, Progress
from agent.schema_prompt import CurrentSchema
from agent.threads import Threads
from agent.tool import Toolbox, ToolContext
from agent.vocabulary import Vocabulary
from tests.parts import NOW, SEOUL, frozen_clock, open_parts
from tests.scripted import ScriptedModel, calls, runs, says

MODELS_SQL = "SELECT name, version FROM models WHERE stage = 'production' ORDER BY registered_at DESC"


async def test_a_question_takes_two_completions_and_is_saved_with_its_usage(tmp_path: Path) -> None:
    model = ScriptedModel(runs(MODELS_SQL), says("production 모델은 **4개**입니다."))
    async with open_parts(tmp_path, [model]) as parts:
        answer = await parts.ask("production 모델 보여줘")
        history = await parts.store.turns.history("T1", "C1", "t1", 10)
        totals = await parts.store.usage.totals(NOW.replace(hour=0), NOW.replace(hour=23))
    assert answer.text == "production 모델은 **4개**입니다."
    assert answer.result is not None
    assert len(answer.result.rows) == 4
    assert answer.usage.completions == 2
    assert answer.usage.tokens == Tokens(2_000, 0, 150)
    assert answer.usage.cost_usd == Decimal("0.00039")
    assert answer.language == "ko"
    assert [turn.question for turn in history] == ["production 모델 보여줘"]
    assert [(t.model, t.prompt_tokens, t.cost_usd) for t in totals] == [("solar-pro3", 2_000, Decimal("0.00039"))]


async def test_parallel_calls_of_one_completion_all_come_back_in_order(tmp_path: Path) -> None:
    model = ScriptedModel(runs("SELECT 1 AS a", "SELECT 2 AS b", "SELECT 3 AS c"), says("셋입니다."))
    async with open_parts(tmp_path, [model]) as parts:
        answer = await parts.ask("세 가지")
    assert [q.table.rows for q in answer.queries if q.table] == [((1,),), ((2,),), ((3,),)]
    assert [o.call.id for o in model.prompts[-1].steps[0].observations] == ["call_1", "call_2", "call_3"]


async def test_more_calls_at_once_than_allowed_are_told_so(tmp_path: Path) -> None:
    model = ScriptedModel(runs(*["SELECT 1"] * 4), says("둘만 했습니다."))
    async with open_parts(tmp_path, [model], limits=Limits(calls_per_step=2)) as parts:
        answer = await parts.ask("많이")
    assert len([q for q in answer.queries if q.table]) == 2
    assert model.observed[-1] == "ERROR: at most 2 calls at once; call again."


async def test_an_unknown_tool_and_bad_json_are_observations_the_model_can_mend(tmp_path: Path) -> None:
    model = ScriptedModel(calls(("drop", "{}"), ("execute_sql", "{oops")), runs("SELECT 1"), says("됐습니다."))
    async with open_parts(tmp_path, [model]) as parts:
        answer = await parts.ask("고쳐 봐")
    assert answer.text == "됐습니다."
    assert "There is no tool 'drop'" in model.observed[0]
    assert "not valid JSON" in model.observed[1]


async def test_two_identical_sql_errors_end_the_turn_with_the_reason(tmp_path: Path) -> None:
    model = ScriptedModel(runs("SELECT nope FROM models"), runs("SELECT nope FROM models"))
    async with open_parts(tmp_path, [model]) as parts:
        answer = await parts.ask("이상한 것")
        later = await parts.store.turns.history("T1", "C1", "t1", 10)
    assert answer.text.startswith("조회에 실패했습니다.")
    assert "nope" in answer.text
    assert [q.error is not None for q in answer.queries] == [True, True]
    assert len(later) == 1


async def test_three_different_sql_errors_end_the_turn_too(tmp_path: Path) -> None:
    model = ScriptedModel(*[runs(f"SELECT nope{n} FROM models") for n in range(3)])
    async with open_parts(tmp_path, [model]) as parts:
        answer = await parts.ask("what is odd?")
    assert answer.text.startswith("I couldn't look this up")
    assert "nope2" in answer.text


async def test_the_last_step_is_asked_without_tools(tmp_path: Path) -> None:
    model = ScriptedModel(runs("SELECT 1"), runs("SELECT 2"), says("여기까지입니다."))
    async with open_parts(tmp_path, [model], limits=Limits(steps=3)) as parts:
        answer = await parts.ask("끝없이")
    assert answer.text == "여기까지입니다."
    assert [bool(prompt.tools) for prompt in model.prompts] == [True, True, False]


async def test_a_model_that_never_answers_is_stopped(tmp_path: Path) -> None:
    model = ScriptedModel(*[runs(f"SELECT {n}") for n in range(3)])
    async with open_parts(tmp_path, [model], limits=Limits(steps=3)) as parts:
        with pytest.raises(AskError, match="too_many_steps"):
            await parts.ask("끝없이")


async def test_spending_past_the_token_limit_ends_the_calls(tmp_path: Path) -> None:
    model = ScriptedModel(runs("SELECT 1"), says("여기까지입니다."))
    async with open_parts(tmp_path, [model], limits=Limits(tokens=500)) as parts:
        await parts.ask("비싼 것")
    assert model.prompts[-1].tools == ()


@pytest.mark.parametrize(("text", "code"), [("  \n ", "empty"), ("가" * 4_001, "too_long")])
async def test_what_is_no_question_is_refused_before_anything_is_spent(tmp_path: Path, text: str, code: str) -> None:
    model = ScriptedModel()
    async with open_parts(tmp_path, [model]) as parts:
        with pytest.raises(AskError) as caught:
            await parts.ask(text)
    assert caught.value.code == code
    assert model.prompts == []


@pytest.mark.parametrize(
    ("error", "code"), [(ModelUnavailable("HTTP 500"), "model_unavailable"), (ModelRefused("empty"), "model_refused")]
)
async def test_a_model_that_fails_is_a_coded_error_and_a_failed_turn(
    tmp_path: Path, error: Exception, code: str
) -> None:
    async with open_parts(tmp_path, [ScriptedModel(runs("SELECT 1"), error)]) as parts:
        with pytest.raises(AskError) as caught:
            await parts.ask("모델이 죽으면?")
        history = await parts.store.turns.history("T1", "C1", "t1", 10)
        unfinished = await parts.store.turns.unfinished()
        totals = await parts.store.usage.totals(NOW.replace(hour=0), NOW.replace(hour=23))
    assert caught.value.code == code
    assert ([turn.error for turn in history], unfinished) == ([code], [])
    assert [t.prompt_tokens for t in totals] == [1_000]


async def test_the_next_model_answers_where_the_first_is_down_and_says_so(tmp_path: Path) -> None:
    down = ScriptedModel(runs("SELECT 1"), ModelUnavailable("HTTP 503"))
    rules = ScriptedModel(runs(MODELS_SQL), says("4개입니다."), name="offline", engine="offline")
    async with open_parts(tmp_path, [down, rules]) as parts:
        answer = await parts.ask("production 모델 보여줘")
        totals = await parts.store.usage.totals(NOW.replace(hour=0), NOW.replace(hour=23))
    assert answer.engine == "offline"
    assert answer.notice is not None
    assert "언어 모델에 연결할 수 없어" in answer.notice
    assert rules.prompts[0].steps == ()
    assert {t.model for t in totals} == {"solar-pro3", "offline"}


async def test_a_model_that_refuses_is_not_called_unreachable(tmp_path: Path) -> None:
    rules = ScriptedModel(says("4개입니다."), name="offline", engine="offline")
    async with open_parts(tmp_path, [ScriptedModel(ModelRefused("HTTP 400")), rules]) as parts:
        answer = await parts.ask("production 모델 보여줘")
    assert answer.notice is not None
    assert answer.notice.startswith("언어 모델이 쓸 수 있는 답을 주지 않아")


async def test_the_engine_that_stands_in_still_has_time_within_the_turns_deadline(tmp_path: Path) -> None:
    rules = ScriptedModel(says("4개입니다."), name="offline", engine="offline")
    async with open_parts(tmp_path, [_Stuck(), rules], limits=Limits(turn_s=0.3, reserve_s=0.2)) as parts:
        answer = await parts.ask("production 모델 보여줘")
    assert answer.engine == "offline"
    assert answer.elapsed_s < 0.3


async def test_an_answer_cut_at_the_length_limit_says_so(tmp_path: Path) -> None:
    model = ScriptedModel(Completion("여기까지", is_cut=True))
    async with open_parts(tmp_path, [model]) as parts:
        answer = await parts.ask("아주 긴 답을 줘")
    assert answer.notice is not None
    assert "길이 제한" in answer.notice


async def test_an_answer_of_the_first_model_has_no_notice(tmp_path: Path) -> None:
    rules = ScriptedModel(name="offline", engine="offline")
    async with open_parts(tmp_path, [ScriptedModel(says("네.")), rules]) as parts:
        assert (await parts.ask("안녕")).notice is None


class _Stuck:
    """A model that never comes back."""

    name = "slow"
    engine: Engine = "llm"

    async def complete(self, prompt: Prompt, on_text: OnText) -> Completion:
        await asyncio.Event().wait()
        raise AssertionError("unreachable")


async def test_a_turn_ends_at_its_deadline(tmp_path: Path) -> None:
    async with open_parts(tmp_path, [_Stuck()], limits=Limits(turn_s=0.05)) as parts:
        with pytest.raises(AskError, match="turn_deadline"):
            await parts.ask("언제 와?")


class _Rebuilding(Vocabulary):
    """A catalogue that is read anew without end."""

    async def refresh(self) -> None:
        await asyncio.Event().wait()


async def test_a_catalogue_that_is_read_too_long_ends_the_turn_at_its_deadline_too(tmp_path: Path) -> None:
    limits = Limits(turn_s=0.05)
    async with open_parts(tmp_path, []) as parts:
        known = _Rebuilding(parts.catalog, parts.store.synonyms)
        threads = Threads(parts.store.turns, frozen_clock, limits)
        toolbox = Toolbox((), ToolContext(parts.catalog, CurrentSchema(known, limits), limits))
        agent = Agent(known, threads, toolbox, [ScriptedModel()], timezone=SEOUL, limits=limits)
        async with asyncio.timeout(5):
            with pytest.raises(AskError, match="turn_deadline"):
                await agent.run_turn(parts.make_ask("언제 와?"))
        assert list(await parts.store.turns.unfinished()) == []


async def test_a_cancelled_turn_is_saved_as_failed(tmp_path: Path) -> None:
    begun = asyncio.Event()
    async with open_parts(tmp_path, [_Stuck()]) as parts:
        task = asyncio.create_task(parts.ask("취소", on_progress=lambda _: begun.set()))
        await begun.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert list(await parts.store.turns.unfinished()) == []


async def test_a_catalogue_that_is_gone_is_a_coded_error(tmp_path: Path) -> None:
    async with open_parts(tmp_path, [ScriptedModel()]) as parts:
        (tmp_path / "catalog.db").unlink()
        with pytest.raises(AskError, match="catalog_unavailable"):
            await parts.ask("거기 있어?")


async def test_a_follow_up_remembers_question_sql_rows_and_focus_after_a_restart(tmp_path: Path) -> None:
    first = ScriptedModel(runs("SELECT name, version FROM models WHERE id = 2"), says("v2.1입니다."))
    async with open_parts(tmp_path, [first]) as parts:
        await parts.ask("오탐이 적은 모델 추천해줘")
    second = ScriptedModel(says("B라인용입니다."))
    async with open_parts(tmp_path, [second]) as parts:
        await parts.ask("그 모델의 deploy_note 알려줘")
    memory = second.prompts[0].memory
    assert memory.turns[0].question == "오탐이 적은 모델 추천해줘"
    assert memory.turns[0].sql == ("SELECT name, version FROM models WHERE id = 2",)
    assert memory.turns[0].result is not None
    assert memory.turns[0].result.rows == (("wafer-defect-yolov8m", "v2.1"),)
    assert memory.turns[0].focus == (Focus("models", (("name", "wafer-defect-yolov8m"), ("version", "v2.1"))),)


async def test_two_threads_never_see_each_other(tmp_path: Path) -> None:
    model = ScriptedModel(says("하나"), says("둘"), says("셋"))
    async with open_parts(tmp_path, [model]) as parts:
        await parts.ask("첫 스레드", "t1")
        await parts.ask("둘째 스레드", "t2")
        await parts.ask("첫 스레드 다시", "t1")
    assert [len(prompt.memory.turns) for prompt in model.prompts] == [0, 0, 1]
    assert model.prompts[2].memory.turns[0].question == "첫 스레드"


async def test_an_accepted_turn_is_written_down_once_and_stands_until_it_ran(tmp_path: Path) -> None:
    async with open_parts(tmp_path, [ScriptedModel(says("네."))]) as parts:
        ask = parts.make_ask("받았어?")
        assert await parts.agent.accept(ask, ["event:E1", "message:M1"])
        assert not await parts.agent.accept(parts.make_ask("받았어?"), ["event:E2", "message:M1"])
        assert [turn.turn_id for turn in await parts.store.turns.unfinished()] == [ask.turn_id]
        await parts.agent.run_turn(ask, is_accepted=True)
        assert await parts.store.turns.unfinished() == []
        assert len(await parts.store.turns.history("T1", "C1", "t1", 10)) == 1


async def test_progress_tells_each_step_and_the_text_as_it_grows(tmp_path: Path) -> None:
    seen: list[Progress] = []
    model = ScriptedModel(runs("SELECT 1"), says("하나입니다."))
    async with open_parts(tmp_path, [model]) as parts:
        await parts.ask("하나?", on_progress=seen.append)
    assert seen == [
        Progress("thinking", 1),
        Progress("tool", 1, "execute_sql", calling=Calling(0, "SELECT 1")),
        Progress("tool", 1, "execute_sql", calling=Calling(0, "SELECT 1", Outcome(True, 1))),
        Progress("thinking", 2),
        Progress("writing", 2, text="하나입니다."),
    ]


async def test_an_answer_that_cannot_be_saved_is_still_given(tmp_path: Path) -> None:
    class Breaking(ScriptedModel):
        async def complete(self, prompt: Prompt, on_text: OnText) -> Completion:
            with sqlite3.connect(tmp_path / "store.db") as connection:
                connection.execute("ALTER TABLE turns RENAME TO lost")
            connection.close()
            return says("그래도 답입니다.")

    async with open_parts(tmp_path, [Breaking()]) as parts:
        answer = await parts.ask("저장 안 되면?")
    assert answer.text == "그래도 답입니다."
    assert answer.notice is not None
    assert "저장되지 않아" in answer.notice


async def test_the_setting_decides_the_language(tmp_path: Path) -> None:
    model = ScriptedModel(says("Four."))
    async with open_parts(tmp_path, [model], language="en") as parts:
        assert (await parts.ask("모델 몇 개?")).language == "en"
