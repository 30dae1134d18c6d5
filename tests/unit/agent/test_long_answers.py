"""A model that writes without an end."""

from pathlib import Path

from agent.errors import ModelRefused, ModelUnavailable
from agent.limits import Limits
from agent.llm.openai import LONGEST_CHARS, LONGEST_LINE, Endpoint, OpenAIModel
from agent.llm.protocol import Completion, OnText, Prompt
from agent.memory import Memory
from agent.progress import Progress
from tests.llm_server import Call, Raw, Reply, Say, in_order, llm_server
from tests.parts import NOW, open_parts
from tests.scripted import ScriptedModel, says

PIECES = 40_000


class Dripping(ScriptedModel):
    """Writes a letter at a time."""

    async def complete(self, prompt: Prompt, on_text: OnText) -> Completion:
        for _ in range(PIECES):
            on_text("가")
        return says("가" * PIECES)


async def test_telling_of_a_text_as_it_grows_takes_time_in_proportion_to_its_length(tmp_path: Path) -> None:
    told: list[int] = []

    def count(progress: Progress) -> None:
        told.append(len(progress.text))

    async with open_parts(tmp_path, [Dripping()]) as parts:
        await parts.ask("끝없이", on_progress=count)
    assert told[:20] == [0, *range(1, 20)], "at first each piece is shown"
    assert PIECES * 0.9 < told[-1] <= PIECES
    assert sum(told) < 50 * PIECES, "each letter by itself would copy half a million times as much"


async def test_an_answer_is_cut_at_its_limit_and_says_so(tmp_path: Path) -> None:
    seen: list[Progress] = []
    script = ScriptedModel(says("가" * 900))
    async with open_parts(tmp_path, [script], limits=Limits(answer_chars=500)) as parts:
        answer = await parts.ask("길게", on_progress=seen.append)
    assert len(answer.text) == 500
    assert answer.notice is not None
    assert max(len(progress.text) for progress in seen) == 500


async def test_what_comes_beyond_the_limit_is_not_told_of(tmp_path: Path) -> None:
    seen: list[Progress] = []
    async with open_parts(tmp_path, [Dripping()], limits=Limits(answer_chars=10)) as parts:
        await parts.ask("길게", on_progress=seen.append)
    assert max(len(progress.text) for progress in seen) == 10


async def complete(reply: Reply) -> Completion | str:
    """The completion, or the name of the error."""
    async with llm_server(in_order(reply, reply, reply, reply)) as server:
        model = OpenAIModel.open(Endpoint(server.base_url, "m", "key"), lambda _: [], lambda _: [])
        try:
            return await model.complete(Prompt("?", "ko", NOW, Memory()), lambda _: None)
        except (ModelRefused, ModelUnavailable) as error:
            return type(error).__name__
        finally:
            await model.close()


async def test_a_server_that_writes_on_is_not_listened_to_any_longer() -> None:
    completion = await complete(Say("가" * (3 * LONGEST_CHARS), piece=5_000))
    assert isinstance(completion, Completion)
    assert completion.is_cut
    assert LONGEST_CHARS < len(completion.text) <= LONGEST_CHARS + 5_000


async def test_arguments_without_an_end_are_refused() -> None:
    assert await complete(Call((("execute_sql", "x" * (3 * LONGEST_CHARS)),))) == "ModelRefused"


async def test_a_line_without_an_end_is_a_broken_stream() -> None:
    assert await complete(Raw("data: " + "x" * (2 * LONGEST_LINE))) == "ModelUnavailable"
