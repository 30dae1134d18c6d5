"""Messages on an answer in the making, or one that was stopped: within Slack's limits, whatever a model wrote."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agent.progress import Calling, Outcome, Progress
from bot.live.notes import progress_message, stopped_message
from bot.live.plan import Plan
from bot.playground.rules.blocks import refuse_message, texts
from bot.playground.rules.text import calls
from tests.unit.bot.live.test_chunks import SIGNS

QUERY = "SELECT count(*) FROM pipelines"


def worked() -> Plan:
    plan = Plan("ko").after(Progress("thinking", 1))
    plan = plan.after(Progress("tool", 1, "execute_sql", calling=Calling(0, QUERY)))
    plan = plan.after(Progress("tool", 1, "execute_sql", calling=Calling(0, QUERY, Outcome(True, 3))))
    return plan.after(Progress("thinking", 2)).after(Progress("writing", 2, text="**세 건**"))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(SIGNS, max_size=25), st.sampled_from(["ko", "en"]))
def test_slack_takes_them_and_they_call_nobody(signs: list[Progress], language: str) -> None:
    plan = Plan("ko" if language == "ko" else "en")
    for sign in signs:
        plan = plan.after(sign)
    for message in (progress_message(plan, "t1"), stopped_message(plan, "t1")):
        assert refuse_message({"text": message.text, "blocks": list(message.blocks)}) is None
        assert calls(message.text, list(message.blocks)) == []


def test_steps_are_lines_with_what_came_of_them_and_the_text_follows() -> None:
    message = progress_message(worked(), "t1")
    assert "".join(texts(message.blocks[0])) == (f"✓ 질문 이해\n✓ SQL 실행  {QUERY}  3행\n… 답변 작성")
    assert "".join(texts(message.blocks[1])) == "세 건"
    assert message.text == "답변 작성"


def test_before_the_first_step_the_plan_has_its_name() -> None:
    assert progress_message(Plan("en"), "t1").text == "On the way to the answer"


def test_what_was_stopped_says_what_was_done() -> None:
    message = stopped_message(worked(), "t1")
    said = "".join(texts(message.blocks[0]))
    assert said.startswith("중지했습니다.")
    assert f"✓ SQL 실행  {QUERY}  3행" in said
    assert "답변 작성" not in said, "that was not done"
    assert "".join(texts(message.blocks[1])) == "세 건"
    assert message.blocks[0]["block_id"] == "turn:t1"


def test_what_was_stopped_before_anything_was_done_says_just_that() -> None:
    (block,) = stopped_message(Plan("en"), "t1").blocks
    assert "".join(texts(block)) == "Stopped. To go on, please ask again."
