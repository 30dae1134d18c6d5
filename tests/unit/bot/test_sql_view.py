"""The window with the SQL fits Slack's limits, whatever was run, and withholds what its reader is not shown."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from agent.explanation import Explanation
from bot.features.behind import sql_behind
from bot.features.presses import read_press
from bot.messages.evidence import read_asked
from bot.messages.gate import gated
from bot.messages.sql_view import MOST, Ran, loading_view, pretty, read_ran, sentence_view, sql_view
from bot.playground.rules.blocks import texts
from bot.playground.rules.text import calls
from bot.playground.rules.views import refuse_view
from db.store.records import StoredTurn
from tests.parts import NOW

TEXT = st.one_of(st.text(max_size=80), st.just("SELECT '<!channel>' AS x, `a` FROM t " * 400), st.just("가" * 30_000))
RAN = st.builds(
    Ran, TEXT, TEXT, st.one_of(st.none(), st.integers(0, 10**9)), st.one_of(st.none(), st.integers(0, 10**9))
)
EXPLANATION = st.one_of(
    st.none(),
    st.builds(Explanation, st.sampled_from(["offline", "llm"]), TEXT, prompt_tokens=st.integers(0, 10**12)),
)


def shown(*ran: Ran, hides: str = "") -> str:
    view = sql_view(ran, None, "t1", "ko", "sqlite", lambda text: not hides or hides not in text)
    assert refuse_view(view, {"modal"}) is None
    return "\n".join(texts(view["blocks"]))


@settings(max_examples=60, deadline=None)
@given(st.lists(RAN, max_size=30), EXPLANATION, st.booleans())
def test_any_statements_fit_into_the_window_and_call_nobody(
    ran: list[Ran], explanation: Explanation | None, is_open: bool
) -> None:
    view = gated(sql_view(ran, explanation, "t1", "ko", "sqlite", lambda _: is_open))
    assert refuse_view(view, {"modal"}) is None
    assert calls("", view["blocks"]) == []


def test_each_statement_has_its_rows_and_time_or_its_error() -> None:
    told = shown(Ran("select 1", rows=1, ms=7), Ran("select 2", rows=2_000), Ran("select x", "ERROR: no column x"))
    assert "1. 1행 · 7 ms\nSELECT\n  1" in told
    assert "2. 2,000행\n" in told
    assert "3. 실패: no column x" in told
    assert "요청 번호 t1" in told


def test_what_a_reader_is_not_shown_is_withheld_with_its_error() -> None:
    told = shown(Ran("select salary from users", rows=3), Ran("select 1", "salary is private"), hides="salary")
    assert "salary" not in told
    assert told.count("비공개 열") == 2
    assert "2. 실패: …" in told


def test_more_statements_than_a_window_holds_are_counted_and_long_ones_cut() -> None:
    told = shown(*[Ran("select 1", rows=1)] * (MOST + 3))
    assert "그 밖에 3개" in told
    assert "앞부분만" in shown(Ran("select " + ", ".join(f"column_{at}" for at in range(2_000)), rows=1))
    assert "실행된 SQL이 없습니다" in shown()


def test_sql_that_cannot_be_read_stays_as_it_is() -> None:
    assert pretty("select (", "sqlite") == "select ("
    assert pretty("select 1", "sqlite") == "SELECT\n  1"


def test_the_two_other_windows_fit_too() -> None:
    for view in (loading_view("ko"), loading_view("en"), sentence_view("<!here>", "ko")):
        assert refuse_view(view, {"modal"}) is None
        assert calls("", view["blocks"]) == []


def test_statements_of_another_make_are_left_out() -> None:
    kept: list[dict[str, Any]] = [{"sql": "a", "rows": 2, "ms": None}, {"error": "x"}, {"sql": "b", "error": "no"}]
    assert read_ran(kept) == (Ran("a", "", 2, None), Ran("b", "no"))


def turn(*queries: dict[str, Any]) -> StoredTurn:
    return StoredTurn("t", "T1", "C1", "1.0", "U1", "q", NOW, queries=queries)


def test_the_rows_behind_an_answer_are_those_of_the_last_query_that_found_any() -> None:
    found, empty, failed = {"sql": "a", "rows": 2}, {"sql": "b", "rows": 0}, {"sql": "c", "error": "no", "rows": 0}
    assert sql_behind(turn(found, empty, failed)) == "a"
    assert sql_behind(turn(empty, failed)) == "b"
    assert sql_behind(turn(failed)) is None


def test_a_click_says_which_answer_where_and_by_whom() -> None:
    body: dict[str, Any] = {
        "actions": [{"value": "t1:summary"}],
        "user": {"id": "U1"},
        "channel": {"id": "C1"},
        "message": {"ts": "5.0", "thread_ts": "1.0"},
        "container": {"is_ephemeral": False},
        "trigger_id": "x",
        "response_url": "https://hooks",
    }
    press = read_press(body)
    assert (press.turn_id, press.is_summary, press.user, press.place.channel, press.place.thread_ts) == (
        "t1",
        True,
        "U1",
        "C1",
        "1.0",
    )
    private = {"container": {"is_ephemeral": True, "channel_id": "C2"}, "message": {}, "channel": {}}
    press = read_press({**body, **private, "actions": [{"value": "<!>"}]})
    assert (press.turn_id, press.is_private, press.channel, press.thread_ts) == ("", True, "C2", None)
    assert read_asked("a:b").turn_id == ""
