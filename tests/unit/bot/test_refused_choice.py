"""A choice whose question is beyond a limit only once it is submitted."""

from pathlib import Path

from agent.answer import Ask, ThreadKey
from bot.incoming import new_turn_id
from tests.parts import frozen_clock
from tests.unit.bot.bound import bound_parts


def asked(thread: str) -> Ask:
    return Ask(new_turn_id(), ThreadKey("T1", "C1", thread), "U1", "모델은 몇 개야?", frozen_clock())


async def test_a_refused_event_is_used_up_and_a_refused_choice_is_not(tmp_path: Path) -> None:
    async with bound_parts(tmp_path, questions_per_minute=1) as parts:
        claims = parts.services.store.claims
        assert await parts.turns.submit(asked("1"), ("event:1",))
        assert not await parts.turns.submit(asked("2"), ("event:2",))
        assert not await parts.turns.submit(asked("3"), ("choice:1",), is_sent_again=False)
        assert [await claims.is_taken(key) for key in ("event:1", "event:2", "choice:1")] == [True, True, False]
        await parts.tasks.cancel()
