"""Any answer fits into Slack's limits, and nothing in it calls anybody."""

from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.answer import Answer, Query, Usage
from agent.headings import Heading
from agent.llm.protocol import Engine, Tokens
from agent.offer import Choice, Offer
from bot.messages.answer import Block, Message, quote_message, render
from bot.messages.details import MAX_MESSAGES, details
from bot.messages.notes import apology, note, section
from bot.messages.plain_answer import plain_messages
from bot.playground.rules.blocks import Problem, refuse_message, texts
from bot.playground.rules.text import calls
from db.catalog.meaning import Language
from db.catalog.table import Cell, Table
from db.store.preferences import Preferences
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
    st.none(),
    st.integers(),
    st.floats(),
    st.text(max_size=700),
    CONTROL,
    st.just(""),
    st.just("가<&" * 34_000),
    st.just("2024-05-06T07:08:09"),
)
OFFER = st.one_of(
    st.none(),
    st.lists(st.builds(Choice, TEXT, TEXT), min_size=1, max_size=5).map(lambda some: Offer("next", tuple(some))),
)
PREFERENCES = st.builds(
    Preferences,
    length=st.sampled_from(["whole", "summary"]),
    sql=st.sampled_from(["off", "on"]),
    usage=st.sampled_from(["off", "on"]),
)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    columns = draw(st.lists(st.one_of(st.text(max_size=120), CONTROL), min_size=1, max_size=23))
    columns = columns[:4] * draw(st.sampled_from([1, 1, 5, 15])) if draw(st.booleans()) else columns
    row = st.tuples(*[CELL] * len(columns))
    rows = draw(st.lists(row, max_size=8)) * draw(st.sampled_from([1, 1, 20, 60, 1_250]))
    return Table(tuple(columns), tuple(rows), draw(st.booleans()))


@st.composite
def headings(draw: st.DrawFn, table: Table) -> tuple[Heading, ...]:
    """Headings of every kind; now and then none."""
    if draw(st.booleans()):
        return ()
    kind = st.sampled_from(["plain", "code", "ratio", "percent", "date", "flag"])
    one = st.builds(Heading, TEXT, kind, TEXT, st.sampled_from(["", "a"]), st.booleans(), st.booleans())
    few = draw(st.lists(one, min_size=1, max_size=5))
    return tuple(few[at % len(few)] for at in range(len(table.columns)))


@st.composite
def answers(draw: st.DrawFn) -> Answer:
    table = draw(st.one_of(st.none(), tables()))
    queries = tuple(Query(draw(TEXT), table) for _ in range(draw(st.integers(1, 3)))) if table is not None else ()
    language: Language = draw(st.sampled_from(["ko", "en"]))
    engine: Engine = draw(st.sampled_from(["llm", "offline"]))
    notice = draw(st.one_of(st.none(), TEXT))
    usage = Usage(draw(TEXT), 1, Tokens(10**9, 5, 10**9), draw(st.sampled_from([None, Decimal("0.0123")])))
    heads = draw(headings(table)) if table is not None else ()
    text, offer = draw(TEXT), draw(OFFER)
    return Answer("t1", text, language, engine, usage, queries, notice=notice, headings=heads, offer=offer)


def refused(message: Message) -> Problem | None:
    """What Slack has against it."""
    return refuse_message({"text": message.text, "blocks": list(message.blocks)})


def check(messages: Sequence[Message]) -> None:
    assert messages
    for message in messages:
        assert refused(message) is None
        assert calls(message.text, message.blocks) == []


@settings(max_examples=150, deadline=None)
@given(answers(), PREFERENCES, st.booleans(), st.booleans())
def test_every_answer_fits_slacks_limits_and_calls_nobody(
    answer: Answer, preferences: Preferences, is_private: bool, is_paged: bool
) -> None:
    message = render(answer, (), preferences, is_private=is_private, is_paged=is_paged)
    check([message])
    assert "turn:t1" in [block.get("block_id") for block in message.blocks]
    for language in ("table", "data_table"):
        for block in message.blocks:
            assert block["type"] != language or len(block["rows"]) > 1


@settings(max_examples=100, deadline=None)
@given(answers(), st.booleans())
def test_the_rest_of_every_answer_fits_too(answer: Answer, is_summary: bool) -> None:
    messages = details(answer, is_summary=is_summary)
    assert len(messages) <= MAX_MESSAGES + 2
    if messages:
        check(messages)
        ids = [block["block_id"] for message in messages for block in message.blocks if "block_id" in block]
        assert len(set(ids)) == len(messages)


@settings(max_examples=60, deadline=None)
@given(answers())
def test_every_answer_as_plain_text_fits_and_calls_nobody(answer: Answer) -> None:
    check(plain_messages(answer))
    assert all(len(message.text) <= 4_000 for message in plain_messages(answer))


def test_ten_thousand_rows_of_sixty_columns_with_cells_of_100_kb_are_shown_as_far_as_they_go() -> None:
    row: tuple[Cell, ...] = tuple("가" * 100_000 if at % 7 == 0 else at for at in range(60))
    message = render(made(table=Table(tuple(f"c{at}" for at in range(60)), (row,) * 10_000, truncated=True)))
    check([message])
    (table,) = of_type(message, "data_table")
    assert len(table["rows"]) > 5
    assert {len(cells) for cells in table["rows"]} == {20}


@settings(max_examples=50, deadline=None)
@given(TEXT.filter(str.strip))
def test_notes_and_quotes_fit_and_call_nobody_but_the_asker(text: str) -> None:
    check([note(text), note(text, "t1")])
    quote = quote_message("U9", text, "ko", "t1")
    assert refused(quote) is None
    assert calls(quote.text, quote.blocks) == ["user:U9"]


def test_a_long_list_of_lines_becomes_several_sections() -> None:
    message = section("\n".join(f"• line {number}" for number in range(600)))
    assert len(message.blocks) > 1
    assert refused(message) is None


@pytest.mark.parametrize("code", sorted(error_codes()))
@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_sentence_says_something_in_both_languages(code: str, language: Language) -> None:
    message = apology(code, language, "t1")
    check([message])
    assert "t1" in message.text or code == "empty"


def made(
    text: str = "x",
    table: Table | None = None,
    notice: str | None = None,
    headings: tuple[Heading, ...] = (),
    language: Language = "ko",
) -> Answer:
    queries = () if table is None else (Query("SELECT 1", table),)
    usage = Usage("solar-pro3", 2, Tokens(1_234, 0, 56), Decimal("0.0012"))
    return Answer("t1", text, language, "llm", usage, queries, notice=notice, headings=headings, elapsed_s=3.21)


def kinds(message: Message) -> list[str]:
    return [block["type"] for block in message.blocks]


def of_type(message: Message, kind: str) -> list[Block]:
    return [block for block in message.blocks if block["type"] == kind]


def told(message: Message) -> str:
    return "\n".join(texts(message.blocks))


def buttons(message: Message) -> list[str]:
    return [one["action_id"] for block in of_type(message, "actions") for one in block["elements"]]


TWO = Table(("name", "n"), (("a", 1_234), ("b", None)))
ROWS = Table(("name", "n"), tuple((f"m{at}", at) for at in range(30)))


def test_the_answer_comes_first_then_rows_then_what_they_mean_then_what_is_next() -> None:
    offer = Offer("next", (Choice("다음", "다음은?"),))
    text = "**2개**입니다.\n\n정밀도가 높을수록 오탐이 적습니다.\n\n- 현장 A"
    heads = (Heading("모델 이름"), Heading("크기 (MB)", why_null="재지 않았습니다"))
    answer = Answer("t1", text, "ko", "offline", Usage("r"), (Query("SELECT 1", TWO),), headings=heads, offer=offer)
    message = render(answer)
    assert kinds(message) == [
        "rich_text",
        "table",
        "context",
        "rich_text",
        "context",
        "actions",
        "actions",
        "context",
        "context_actions",
    ]
    assert list(texts(message.blocks[0])) == ["2개", "입니다."]
    table = message.blocks[1]
    assert [[cell["text"] for cell in row] for row in table["rows"]] == [
        ["모델 이름", "크기 (MB)"],
        ["a", "1,234"],
        ["b", "–"],
    ]
    assert [column["align"] for column in table["column_settings"]] == ["left", "right"]
    assert list(texts(message.blocks[2])) == ["“–”: 재지 않았습니다"]
    assert "정밀도가" in "".join(texts(message.blocks[3]))
    assert buttons(message) == ["choice:0", "evidence:sql", "evidence:csv", "evidence:xlsx"]
    assert list(texts(message.blocks[7])) == ["규칙으로 답함"]
    assert message.text.startswith("2개입니다.")


def test_what_a_colon_or_a_heading_introduces_stays_with_it() -> None:
    message = render(made("두 개입니다:\n- a\n- b\n\n뜻은 이렇습니다.", TWO))
    assert [element["type"] for element in message.blocks[0]["elements"]] == ["rich_text_section", "rich_text_list"]
    assert kinds(message)[1] == "table"
    message = render(made("# 결과\n두 개입니다.\n\n뜻", TWO))
    assert list(texts(message.blocks[0])) == ["결과", "\n", "두 개입니다."]


def test_many_rows_are_in_pages_and_without_pages_in_one_table() -> None:
    paged = render(made(table=ROWS))
    (table,) = of_type(paged, "data_table")
    assert table["rows"][1] == [{"type": "raw_text", "text": "m0"}, {"type": "raw_number", "value": 0, "text": "0"}]
    assert len(table["rows"]) == 31
    (table,) = of_type(render(made(table=ROWS), is_paged=False), "table")
    assert len(table["rows"]) == 31


def test_rows_that_do_not_fit_are_counted_and_the_file_is_named() -> None:
    many = Table(("n",), tuple((n,) for n in range(205)), truncated=True)
    message = render(made(table=many))
    assert "205행이 넘는 결과 중 200행입니다. 전체는 아래 CSV로" in told(message)
    message = render(made(table=many), is_paged=False)
    assert "99행" in told(message)
    message = render(made(table=many, language="en"), is_private=True)
    assert "200 rows are shown, of more than 205." in told(message)
    assert "CSV" not in told(message)
    assert buttons(message) == ["evidence:sql"]


def test_a_single_number_that_the_text_says_needs_no_table() -> None:
    message = render(made("모두 **1,234건**입니다.", Table(("n",), ((1_234,),))))
    assert kinds(message) == ["rich_text", "actions", "context", "context_actions"]
    assert buttons(message) == ["evidence:sql"]
    assert "table" in kinds(render(made("모릅니다", Table(("n",), ((1_234,),)))))
    assert "table" in kinds(render(made("0.5쯤", Table(("n",), ((0.5,),)))))


def test_what_a_dash_means_is_said_once() -> None:
    why = Heading("n", why_null="CPU로 학습했습니다")
    assert "“–”" not in told(render(made("CPU로 학습했습니다", TWO, headings=(Heading("a"), why))))
    assert "“–”" not in told(render(made("b는 값이 없습니다(NULL)", TWO)))
    assert "“–” stands for no value" in told(render(made("two", TWO, language="en")))
    three = Table(("a", "b", "c"), ((1, None, None), (2, 3, None)))
    heads = (Heading("이름"), Heading("GPU", why_null="CPU로 학습했습니다"), Heading("종료", why_null="아직 돕니다"))
    assert "“–”: GPU: CPU로 학습했습니다 · 종료: 아직 돕니다" in told(render(made("셋", three, headings=heads)))


def test_names_and_dates_are_not_torn_apart_and_long_texts_stay_low_beside_many_columns() -> None:
    note = "배포 노트 " * 20
    (narrow,) = of_type(render(made(table=Table(("a", "b"), (("exp-01", note),)))), "table")
    assert [column["is_wrapped"] for column in narrow["column_settings"]] == [False, True]
    assert len(narrow["rows"][1][1]["text"]) > 80
    (wide,) = of_type(render(made(table=Table(tuple("abcdefgh"), ((note, *range(7)), ("x", *range(7, 14)))))), "table")
    assert len(wide["rows"][1][0]["text"]) <= 60


def test_a_summary_that_had_all_rows_does_not_bring_them_again() -> None:
    (text,) = details(made("둘입니다.\n\n뜻", TWO), is_summary=True)
    assert kinds(text) == ["rich_text"]


def test_sql_is_behind_its_button_unless_somebody_wants_it_in_the_message() -> None:
    assert "SELECT 1" not in told(render(made(table=TWO)))
    message = render(made(table=TWO), preferences=Preferences(sql="on"))
    assert "SELECT 1" in told(message)
    assert "evidence:sql" in buttons(message)
    assert "evidence:sql" not in buttons(render(made("안녕하세요")))


def test_all_statements_behind_an_answer_are_shown_in_their_order_and_failed_ones_only_alone() -> None:
    one = Table(("n",), ((1,),))
    ran = (Query("SELECT oops", error="no"), Query("SELECT 1", one), Query("SELECT 2", one), Query("SELECT 1", one))
    shown = Preferences(sql="on")
    whole = told(render(Answer("t1", "셋", "ko", "llm", Usage("m"), ran), preferences=shown))
    assert "SELECT 1;\n\nSELECT 2" in whole
    assert "oops" not in whole
    failed = render(Answer("t1", "실패", "ko", "llm", Usage("m"), ran[:1]), preferences=shown)
    assert "SELECT oops" in told(failed)


def test_the_small_line_tells_notice_and_engine_and_who_asks_for_it_the_cost() -> None:
    message = render(made(notice="모델에 연결할 수 없어 규칙으로 답했습니다"))
    assert list(texts(message.blocks[-2])) == ["모델에 연결할 수 없어 규칙으로 답했습니다 · solar-pro3"]
    message = render(made(), preferences=Preferences(usage="on"))
    assert list(texts(message.blocks[-2])) == [
        "solar-pro3 · 입력 1,234 · 출력 56 토큰 · $0.0012 · 3.2초 · 요청 번호 t1"
    ]
    rules = Answer("t1", "x", "en", "offline", Usage("offline"), elapsed_s=0.034)
    message = render(rules, preferences=Preferences(usage="on"))
    assert list(texts(message.blocks[-2])) == ["rule engine · 0 tokens · 0.03 s · turn t1"]
    unknown = Answer("t1", "x", "ko", "llm", Usage("m"))
    assert "비용 미상" in told(render(unknown, preferences=Preferences(usage="on")))


def test_a_long_answer_is_shown_in_short_and_the_rest_follows_on_demand() -> None:
    text = "\n\n".join(["**요점**입니다.", *(f"{n}번째 문단 " + "가" * 400 for n in range(9)), "**다음**", "끝"])
    message = render(made(text, TWO))
    assert sum(map(len, texts([b for b in message.blocks if b["type"] == "rich_text"]))) < 1_800
    assert buttons(message)[-1] == "evidence:details"
    (rest,) = details(made(text, TWO), is_summary=False)
    assert "0번째" in told(message)
    assert "0번째" not in told(rest)
    assert told(rest).rstrip().endswith("끝")
    assert kinds(rest) == ["rich_text"]
    assert rest.blocks[0]["block_id"] == "turn:t1:10"


def test_a_long_list_is_shown_in_part_and_goes_on_counting() -> None:
    text = "모두 보여 드립니다.\n" + "\n".join(f"{n}. 항목 " + "나" * 90 for n in range(1, 40))
    message = render(made(text))
    shown = message.blocks[1]["elements"][0]
    (rest,) = details(made(text), is_summary=False)
    first = rest.blocks[0]["elements"][0]
    assert shown["type"] == first["type"] == "rich_text_list"
    assert first["offset"] == len(shown["elements"]) > 10


def test_a_first_paragraph_without_an_end_is_cut_and_nothing_is_lost() -> None:
    text = " ".join(f"낱말{n}" for n in range(900))
    shown, rest = told(render(made(text))), "".join(map(told, details(made(text), is_summary=False)))
    assert "낱말0 " in shown
    assert all(f"낱말{n}" in shown or f"낱말{n}" in rest for n in range(900))


def test_a_summary_has_the_first_paragraph_and_five_rows_and_the_rest_on_demand() -> None:
    summary = Preferences(length="summary")
    message = render(made("셋입니다.\n\n뜻", ROWS), preferences=summary)
    (table,) = of_type(message, "table")
    assert len(table["rows"]) == 6
    assert "뜻" not in told(message)
    row = of_type(message, "actions")[0]["elements"][-1]
    assert (row["action_id"], row["value"]) == ("evidence:details", "t1:summary")
    text, rows = details(made("셋입니다.\n\n뜻", ROWS), is_summary=True)
    assert "뜻" in told(text)
    assert len(rows.blocks[0]["rows"]) == 31
    assert "evidence:details" not in buttons(render(made("둘", TWO), preferences=summary))
    private = render(made("셋", ROWS), preferences=summary, is_private=True)
    assert "‘자세히’" in told(private)


def test_an_endless_answer_ends_with_a_note() -> None:
    messages = details(made("\n\n".join("가" * 6_000 for _ in range(9))), is_summary=False)
    assert len(messages) == MAX_MESSAGES + 1
    assert "너무 길어" in messages[-1].text


def test_an_answer_without_text_says_at_least_what_it_is() -> None:
    assert render(made("", TWO)).text == "조회 결과입니다."


def test_a_plain_answer_has_no_blocks_and_names_its_turn() -> None:
    (message,) = plain_messages(made("둘입니다", TWO))
    assert message.blocks == ()
    assert "SELECT 1" in message.text
    assert "1,234" in message.text
    assert message.text.endswith("solar-pro3 · 요청 번호 t1")
