"""Any answer fits into Slack's limits, and nothing in it calls anybody."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.answer import Answer, Query, Usage
from agent.llm.protocol import Engine
from bot.messages.answer import MAX_MESSAGES, Message, plain_messages, quote_message, render
from bot.messages.notes import apology, note, section
from bot.playground.rules.blocks import Problem, refuse_message, texts
from bot.playground.rules.text import calls
from db.catalog.meaning import Language
from db.catalog.table import Cell, Table
from tests.catalogue import error_codes

CONTROL = st.sampled_from(
    ["<!channel>", "<!here|x>", "<@U123>", "<#C1|x>", "<https://evil|x>", "&lt;!channel&gt;", "<!date^1>"]
)
MARKS = st.sampled_from(
    ["**", "*", "`", "```", "\n", "\n\n", "- ", "1. ", "# ", "> ", "|", "[x](http://y)", "~~", "  ", "---\n"]
)
PIECE = st.one_of(st.text(max_size=200), CONTROL, MARKS, st.just("가나다 " * 300), st.just("&<>" * 400))
TEXT = st.lists(PIECE, max_size=40).map("".join)
CELL: st.SearchStrategy[Cell] = st.one_of(
    st.none(), st.integers(), st.floats(), st.text(max_size=700), CONTROL, st.just("")
)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    columns = draw(st.lists(st.one_of(st.text(max_size=120), CONTROL), min_size=1, max_size=23))
    row = st.tuples(*[CELL] * len(columns))
    rows = draw(st.lists(row, max_size=8)) * draw(st.sampled_from([1, 1, 20, 60]))
    return Table(tuple(columns), tuple(rows), draw(st.booleans()))


@st.composite
def answers(draw: st.DrawFn) -> Answer:
    table = draw(st.one_of(st.none(), tables()))
    queries = tuple(Query(draw(TEXT), table) for _ in range(draw(st.integers(1, 3)))) if table is not None else ()
    language: Language = draw(st.sampled_from(["ko", "en"]))
    engine: Engine = draw(st.sampled_from(["llm", "offline"]))
    notice = draw(st.one_of(st.none(), TEXT))
    return Answer("t1", draw(TEXT), language, engine, Usage(draw(TEXT)), queries, notice=notice)


def refused(message: Message) -> Problem | None:
    """What Slack has against it."""
    return refuse_message({"text": message.text, "blocks": list(message.blocks)})


def check(messages: Sequence[Message]) -> None:
    assert messages
    for message in messages:
        assert refused(message) is None
        assert calls(message.text, message.blocks) == []


@settings(max_examples=150, deadline=None)
@given(answers())
def test_every_answer_fits_slacks_limits_and_calls_nobody(answer: Answer) -> None:
    messages = render(answer)
    check(messages)
    assert len(messages) <= MAX_MESSAGES + 1
    assert "t1" in "".join(texts(messages[0].blocks))


@settings(max_examples=100, deadline=None)
@given(answers())
def test_every_answer_as_plain_text_fits_and_calls_nobody(answer: Answer) -> None:
    check(plain_messages(answer))
    assert all(len(message.text) <= 4_000 for message in plain_messages(answer))


@settings(max_examples=50, deadline=None)
@given(TEXT.filter(str.strip))
def test_notes_and_quotes_fit_and_call_nobody_but_the_asker(text: str) -> None:
    check([note(text), note(text, "t1")])
    quote = quote_message("U9", text, "ko", "t1")
    assert refused(quote) is None
    assert calls(quote.text, quote.blocks) == ["user:U9"]


def test_all_statements_behind_an_answer_are_shown_in_their_order_and_failed_ones_only_alone() -> None:
    one = Table(("n",), ((1,),))
    ran = (Query("SELECT oops", error="no"), Query("SELECT 1", one), Query("SELECT 2", one), Query("SELECT 1", one))
    whole = " ".join(texts(render(Answer("t1", "셋", "ko", "llm", Usage("m"), ran))[0].blocks))
    assert "SELECT 1;\n\nSELECT 2" in whole
    assert "oops" not in whole
    failed = render(Answer("t1", "실패", "ko", "llm", Usage("m"), ran[:1]))
    assert "SELECT oops" in " ".join(texts(failed[0].blocks))


def test_a_long_list_of_lines_becomes_several_sections() -> None:
    message = section("\n".join(f"• line {number}" for number in range(600)))
    assert len(message.blocks) > 1
    assert refused(message) is None


@pytest.mark.parametrize("code", error_codes())
@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_sentence_says_something_in_both_languages(code: str, language: Language) -> None:
    message = apology(code, language, "t1")
    check([message])
    assert "t1" in message.text or code == "empty"


def made(text: str = "x", table: Table | None = None, notice: str | None = None) -> Answer:
    queries = () if table is None else (Query("SELECT 1", table),)
    return Answer("t1", text, "ko", "llm", Usage("solar-pro3"), queries, notice=notice)


def test_a_table_too_wide_for_a_block_is_drawn_in_monospace() -> None:
    wide = Table(tuple(f"c{n}" for n in range(21)), (tuple(range(21)),))
    (message,) = render(made(table=wide))
    assert [block["type"] for block in message.blocks] == [
        "rich_text",
        "rich_text",
        "rich_text",
        "context",
        "context_actions",
    ]
    assert "c0  c1" in next(texts(message.blocks[1]))


def test_rows_that_do_not_fit_are_counted() -> None:
    many = Table(("n",), tuple((n,) for n in range(150)), truncated=True)
    (message,) = render(made(table=many))
    assert len(message.blocks[1]["rows"]) == 100
    assert "150+행 중 99행 표시" in "".join(texts(message.blocks[-2]))


def test_the_small_line_tells_notice_engine_and_turn() -> None:
    (message,) = render(made(notice="모델에 연결할 수 없어 규칙으로 답했습니다"))
    assert list(texts(message.blocks[-2])) == ["모델에 연결할 수 없어 규칙으로 답했습니다 · solar-pro3 · 요청 번호 t1"]


def test_only_the_first_message_has_buttons_and_a_plain_one_has_none() -> None:
    first, *others = render(made("\n\n".join("가" * 3_000 for _ in range(5))))
    assert first.blocks[-1]["type"] == "context_actions"
    assert [block for message in others for block in message.blocks if block["type"] == "context_actions"] == []
    assert [message.blocks for message in plain_messages(made())] == [()]


def test_an_answer_without_text_says_at_least_what_it_is() -> None:
    (message,) = render(made("", Table(("n",), ((1,),))))
    assert message.text == "조회 결과입니다."


def test_the_statement_behind_the_rows_is_shown_not_the_one_that_failed() -> None:
    good, bad = Query("SELECT good", Table(("n",), ((1,),))), Query("SELECT bad", error="no such column")
    answer = Answer("t1", "x", "en", "offline", Usage("rules"), (good, bad))
    (message,) = render(answer)
    assert "SELECT good" in "".join(texts(message.blocks))
    assert "answered by rules" in "".join(texts(message.blocks[-2]))
    failed = Answer("t1", "x", "en", "offline", Usage("rules"), (bad,))
    assert "SELECT bad" in "".join(texts(render(failed)[0].blocks))


def test_an_endless_answer_ends_with_a_note() -> None:
    messages = render(made("\n\n".join("가" * 6_000 for _ in range(9))))
    assert len(messages) == MAX_MESSAGES + 1
    assert "너무 길어" in messages[-1].text


def test_the_parts_of_an_answer_are_told_apart_by_their_block_ids() -> None:
    messages = render(made("\n\n".join("가" * 3_000 for _ in range(5))))
    ids = [[block["block_id"] for block in message.blocks if "block_id" in block] for message in messages]
    assert ids == [["turn:t1"], ["turn:t1:2"], ["turn:t1:3"]]
