"""What a stream is given: only what is new, within Slack's limits, and nothing that Slack refuses."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agent.progress import Calling, Outcome, Progress
from bot.live.chunks import TEXT_CHARS, Chunk, Shown
from bot.live.plan import Plan
from bot.playground.rules.blocks import refuse_blocks
from bot.playground.rules.chunks import refuse_chunks
from bot.playground.rules.text import calls
from bot.playground.workspace.streaming import Growth
from db.redact import redacted
from tests.unit.bot.test_gate import NASTY

WORDS = st.lists(st.one_of(NASTY, st.text(max_size=12)), max_size=30).map("".join)
OUTCOMES = st.builds(Outcome, st.booleans(), st.none() | st.integers(0, 10**6), st.booleans(), WORDS)
SIGNS = st.one_of(
    st.builds(Progress, st.just("thinking"), st.integers(1, 4)),
    st.builds(Progress, st.just("writing"), st.integers(1, 4), text=WORDS),
    st.builds(
        Progress,
        st.just("tool"),
        st.integers(1, 4),
        st.sampled_from(["execute_sql", "find_values", "<!channel>"]),
        calling=st.builds(Calling, st.integers(0, 3), WORDS, st.none() | OUTCOMES),
    ),
)


def words(chunks: list[Chunk]) -> list[str]:
    return [str(text) for chunk in chunks for name, text in chunk.items() if name not in ("type", "id", "status")]


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(SIGNS, max_size=25), st.sampled_from(["ko", "en"]))
def test_slack_takes_whatever_a_stream_is_given_and_it_calls_nobody(signs: list[Progress], language: str) -> None:
    plan, shown, growth = Plan("ko" if language == "ko" else "en"), Shown("t1"), Growth("plan")
    for sign in signs:
        plan = plan.after(sign)
        shown, chunks = shown.grown(plan)
        assert not chunks or refuse_chunks(chunks) is None
        growth = growth.grown(chunks)
        for text in words(chunks):
            assert calls(text, [{"type": "markdown", "text": text}]) == []
            assert redacted(text) == text
    assert refuse_blocks(growth.blocks, "message", limit=50) is None
    assert len(growth.text) <= TEXT_CHARS


def test_only_what_is_new_is_given_and_details_and_output_once() -> None:
    begun = Plan("ko").after(Progress("thinking", 1))
    shown, first = Shown("t1").grown(begun)
    assert [chunk["type"] for chunk in first] == ["plan_update", "task_update"]
    assert shown.grown(begun) == (shown, [])
    asked = begun.after(Progress("tool", 1, "execute_sql", calling=Calling(0, "SELECT 1")))
    shown, second = shown.grown(asked)
    assert [(chunk["id"], chunk["status"], chunk.get("details")) for chunk in second] == [
        ("t1:read:1", "complete", None),
        ("t1:call:1:0", "in_progress", "SELECT 1"),
    ]
    ended = asked.after(Progress("tool", 1, "execute_sql", calling=Calling(0, "", Outcome(False, problem="wrong"))))
    shown, third = shown.grown(ended)
    assert [(chunk.get("details"), chunk["output"]) for chunk in third] == [(None, "오류: wrong")]
    mended = ended.after(Progress("tool", 2, "execute_sql", calling=Calling(0, "SELECT 2")))
    mended = mended.after(Progress("tool", 2, "execute_sql", calling=Calling(0, "", Outcome(True, 1))))
    repaired = shown.grown(mended)[1][0]
    assert repaired["title"] == "SQL 실행 · 오류를 고쳐 다시 실행함"
    assert "output" not in repaired, "Slack would add it to the one that stands there"


def test_text_comes_word_by_word_and_the_last_one_at_the_end() -> None:
    plan = Plan("ko").after(Progress("writing", 1, text="모두 3건입니"))
    shown, chunks = Shown("t1").grown(plan)
    assert chunks[-1] == {"type": "markdown_text", "text": "모두 "}
    whole = plan.after(Progress("writing", 1, text="모두 3건입니다."))
    assert shown.grown(whole, is_whole=True)[1] == [{"type": "markdown_text", "text": "3건입니다."}]


def test_a_text_that_turns_out_another_is_given_no_more() -> None:
    shown, _ = Shown("t1").grown(Plan("ko", text="가 나 다 "))
    shown, chunks = shown.grown(Plan("ko", text="라 마 바 사 아 "))
    assert chunks == []
    assert shown.is_torn
    assert shown.grown(Plan("ko", text="가 나 다 라 "))[1] == []


def test_a_text_that_is_too_long_for_a_stream_stops_growing() -> None:
    shown, _ = Shown("t1").grown(Plan("ko", text="가나다 " * 1_000))
    shown, chunks = shown.grown(Plan("ko", text="가나다 " * 3_000))
    assert chunks == []
    assert shown.is_torn
