"""What the bot sends is within Slack's rules, and calls nobody but the asker."""

from hypothesis import given, settings
from hypothesis import strategies as st

from agent.answer import Answer, Query, Usage
from bot.messages.answer import Message, quote_message, render
from bot.messages.details import details
from bot.messages.notes import apology, note, section
from bot.messages.plain_answer import plain_messages
from bot.playground.rules.blocks import refuse_message, texts
from bot.playground.rules.text import calls
from db.catalog.table import Table
from tests.catalogue import error_codes

MARKS = st.sampled_from(
    [
        "<!channel>",
        "<@U123>",
        "<https://evil|x>",
        "**",
        "`",
        "```\n",
        "\n",
        "\n\n",
        "- ",
        "  - ",
        "1. ",
        "# ",
        "> ",
        "|",
    ]
)
TEXT = st.lists(st.one_of(st.text(max_size=200), MARKS, st.just("가나다 " * 300)), max_size=30).map("".join)
CELL = st.one_of(st.none(), st.integers(), st.floats(), st.text(max_size=600), st.just(""))


@st.composite
def answers(draw: st.DrawFn) -> Answer:
    columns = draw(st.lists(st.text(max_size=40), min_size=1, max_size=22))
    rows = draw(st.lists(st.tuples(*[CELL] * len(columns)), max_size=6)) * draw(st.sampled_from([1, 30]))
    query = Query(draw(TEXT), Table(tuple(columns), tuple(rows)))
    return Answer("t1", draw(TEXT), "ko", "offline", Usage("rules"), (query,), notice=draw(TEXT))


def check(*messages: Message) -> None:
    for message in messages:
        assert refuse_message({"text": message.text, "blocks": list(message.blocks)}) is None
        assert calls(message.text, message.blocks) == []


@settings(max_examples=100, deadline=None)
@given(answers())
def test_any_answer_is_taken_and_calls_nobody(answer: Answer) -> None:
    check(render(answer), *plain_messages(answer), *details(answer, is_summary=True))


def test_every_note_is_taken_and_calls_nobody() -> None:
    check(*(apology(code, "ko", "t1", ["모델 목록"]) for code in error_codes()))
    check(note("<!channel>", "t1"), section("• line\n" * 600))


def test_a_quote_names_its_asker_alone() -> None:
    quote = quote_message("U9", "<!here>?", "ko", "t1")
    assert refuse_message({"text": quote.text, "blocks": list(quote.blocks)}) is None
    assert calls(quote.text, quote.blocks) == ["user:U9"]
    assert "<!here>?" in list(texts(quote.blocks))
