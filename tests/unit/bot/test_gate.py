"""Whatever a model or a cell says, what leaves for Slack holds nothing invisible, no secret, and nothing that acts."""

import dataclasses
import re
import time
import unicodedata
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.answer import Answer, Query, Usage
from bot.messages.alerts.card import alert_card
from bot.messages.alerts.facts import Facts
from bot.messages.answer import Message, quote_message, render
from bot.messages.details import details
from bot.messages.gate import MARKS, clean, gated, inert, visible
from bot.messages.markdown import elements
from bot.messages.notes import note, section
from bot.messages.plain_answer import MAX_MESSAGES, plain_messages
from bot.playground.rules.blocks import refuse_message, texts
from bot.playground.rules.text import calls
from bot.terminal.drawing import holds_table
from db.catalog.table import Table
from db.logfiles import Tail
from db.redact import redacted
from db.store.preferences import Preferences
from tests.unit.bot.messages.alerts.samples import ALERT, KO, ROOT

TAGS = "".join(chr(0xE0000 + ord(char)) for char in "obey")
SECRETS = (
    "xoxb" + "-123456-abcdef",
    "xapp" + "-1-A0123-456-cafe",
    "sk" + "-proj-abcdefgh12345",
    "up" + "_abcdefghij0123456789",
    "postgres://mlops:hun" + "ter2@db/catalog",
    "signing_secret=" + "0123456789abcdef" * 2,
)
LINKS = re.compile(r"\w://|\bwww\.\w|\w\.com\b", re.IGNORECASE)
NASTY = st.sampled_from(
    (
        *(f" {secret} " for secret in SECRETS),
        SECRETS[0],
        TAGS,
        "\u202e",
        "\u2066",
        "\u200b",
        "\u200d",
        "\ufe0f",
        "\u3164",
        "\u0301" * 9,
        "👩\u200d👩",
        "<!channel>",
        "<@U123ABC>",
        "<https://evil.com|ok>",
        "[ok](https://evil.com/?q=1)",
        "![](http://evil.com/x.png)",
        "https://evil.com",
        "www.evil.com",
        "evil.com",
        "```",
        "`",
        "**",
        "\n",
        " ",
        "가나다",
        "&<>",
    )
)
ALL_ON = Preferences(sql="on", usage="on")
TEXT = st.lists(st.one_of(NASTY, st.text(max_size=20)), max_size=30).map("".join)


def check(message: Message, *, may_call: tuple[str, ...] = ()) -> None:
    blocks = list(message.blocks)
    assert refuse_message({"text": message.text, "blocks": blocks}) is None
    assert tuple(calls(message.text, blocks)) == may_call
    assert LINKS.search(message.text) is None
    for text in (message.text, *texts(blocks)):
        assert unseen(text) == []
        assert not any(secret in text for secret in SECRETS)
        assert redacted(text) == text


def unseen(text: str) -> list[str]:
    """What nobody sees in a text: a joiner or a selector only where an emoji stands before it."""
    found = []
    before = " "
    marks = 0
    for char in text:
        kind = unicodedata.category(char)
        marks = marks + 1 if kind in ("Mn", "Me") else 0
        is_emojis = char in "\u200d\ufe0e\ufe0f" and (unicodedata.category(before) in ("So", "Sm", "Mn", "Sk", "Po"))
        is_emojis = is_emojis or (char == "\ufe0f" and before in "#*0123456789")
        is_hidden = kind in ("Cf", "Cc", "Cs", "Zl", "Zp") and char not in "\n\t"
        if (is_hidden and not is_emojis) or char in "\u3164\uffa0\u115f\u1160\u034f" or marks > MARKS:
            found.append(f"{ord(char):x}")
        before = char
    return found


@settings(max_examples=120, deadline=None)
@given(TEXT, TEXT, TEXT, TEXT)
def test_every_answer_passes_the_gate(text: str, cell: str, name: str, sql: str) -> None:
    table = Table((name or "n", "note"), ((cell, 1), (None, cell)))
    answer = Answer("t1", text, "ko", "llm", Usage("m"), (Query(sql, table),), notice=cell)
    for message in (render(answer, preferences=ALL_ON), *plain_messages(answer), *details(answer, is_summary=True)):
        check(message)


@settings(max_examples=60, deadline=None)
@given(TEXT, TEXT)
def test_every_alert_passes_the_gate(name: str, cell: str) -> None:
    cells = dict.fromkeys(("project", "owner", "dataset", "gpu", "started_at", "error", "log_path"), cell)
    alert = dataclasses.replace(ALERT, name=name, project=cell, details=cells)
    check(alert_card(alert, Facts(tail=Tail(cell, (cell, name))), KO, ROOT))


@settings(max_examples=60, deadline=None)
@given(TEXT)
def test_every_note_and_quote_passes_the_gate(text: str) -> None:
    check(note(text, "t1"))
    check(quote_message("U9", text, "ko", "t1"), may_call=("user:U9",))


def test_a_question_of_nothing_visible_is_quoted_as_a_question_mark() -> None:
    (block,) = quote_message("U9", TAGS, "ko", "t1").blocks
    assert block["elements"][1]["elements"][0]["text"] == "?"


def test_no_character_that_unicode_hides_gets_through() -> None:
    hidden = (chr(code) for code in range(0x110000) if unicodedata.category(chr(code)) in ("Cf", "Cs", "Zl", "Zp"))
    assert [f"{ord(char):x}" for char in hidden if visible(f"가{char}나") not in ("가나", "가\n나")] == []


@pytest.mark.parametrize(
    "text", ["👩\u200d👩\u200d👧", "❤\ufe0f 1\ufe0f\u20e3 🏽", "Việt Nam", "한글 각 ㅋㅋ", "a\tb\nc", "½ ·  → ™"]
)
def test_what_people_write_stays_as_it_is(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("a\u200db", "ab"),
        ("a\ufe0f\u200d👩", "a👩"),
        ("1\ufe0f2", "12"),
        ("👩\u200d\u200d👩", "👩👩"),
        (f"ok{TAGS}", "ok"),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("e" + "\u0301" * 50, "e" + "\u0301" * MARKS),
        ("\x1b[31mred", "[31mred"),
    ],
)
def test_what_hides_is_taken_out(text: str, seen: str) -> None:
    assert visible(text) == seen


@settings(max_examples=100, deadline=None)
@given(TEXT)
def test_passing_twice_changes_nothing(text: str) -> None:
    once = inert(clean(text))
    assert inert(clean(once)) == once


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("https://evil.com/a.b?c", "https[:]//evil[.]com/a[.]b?c"),
        ("주소는 www.evil.kr입니다", "주소는 www[.]evil[.]kr입니다"),
        ("evil.com으로", "evil[.]com으로"),
        ("evil.com-", "evil[.]com-"),
        ("evil.zip/x", "evil[.]zip/x"),
        ("evil.com@corp.com", "evil[.]com@corp[.]com"),
        ("kim@corp.com, lee@corp.com.", "kim@corp.com, lee@corp.com."),
        ("&lt;@U123&gt;evil.com", "&lt;@U123&gt;evil[.]com"),
        ("kim@evil.com/x", "kim@evil[.]com/x"),
        ("models.name v2.1 train.csv model.pt", "models.name v2.1 train.csv model.pt"),
    ],
)
def test_addresses_are_broken_and_names_are_not(text: str, broken: str) -> None:
    assert inert(text) == broken


@pytest.mark.parametrize("secret", SECRETS)
def test_a_secrets_shape_is_put_out_of_sight(secret: str) -> None:
    said = clean(f"값은 {secret[:3]}\u200b{secret[3:]} 입니다")
    assert "***" in said
    assert secret[-9:-3] not in said or secret.startswith("postgres")
    assert "ter2" not in said


@pytest.mark.parametrize(
    "text", ["xoxb-…로 시작", "sk-learn-baseline-v2", "back_up_to_date", "https://host:8080/x", "a" * 32, "0f" * 16]
)
def test_what_only_looks_a_little_like_a_secret_stays(text: str) -> None:
    assert redacted(text) == text


def test_a_form_is_gated_and_what_the_app_reads_in_it_is_not() -> None:
    view = {
        "title": {"type": "plain_text", "text": f"평가{TAGS}"},
        "private_metadata": f"x{TAGS}",
        "blocks": [{"n": 1}],
    }
    assert gated(view) == {
        "title": {"type": "plain_text", "text": "평가"},
        "private_metadata": f"x{TAGS}",
        "blocks": [{"n": 1}],
    }
    assert gated({"type": "plain_text", "text": TAGS})["text"] == " ", "Slack refuses an empty text"


def test_our_own_markup_stays() -> None:
    check(section("*오늘*\n• <@U1>: 3건"), may_call=("<@U1>",) * 2)


def test_a_fence_that_is_cut_is_closed_and_opened_again() -> None:
    code = "```\n" + "SELECT 1 AS n;\n" * 900 + "```"
    for text in (code, "열린 " + code[:-3], "본문 ``` 안에"):
        messages = plain_messages(Answer("t1", text, "ko", "llm", Usage("m")))
        assert [message.text.count("```") % 2 for message in messages] == [0] * len(messages)


def test_an_endless_answer_is_bounded_as_plain_text_too() -> None:
    table = Table(("n",), tuple(("가" * 60,) for _ in range(99)))
    answer = Answer("t1", "&가나다\n" * 50_000, "ko", "llm", Usage("m"), (Query("SELECT '<&>'" * 400, table),))
    messages = plain_messages(answer)
    assert len(messages) <= MAX_MESSAGES + 6
    assert any("너무 길어" in message.text for message in messages)
    assert "요청 번호 t1" in messages[-1].text


HOSTILE = {
    "backticks": "`",
    "unequal backticks": "` `` ``` ",
    "open bold": "**a ",
    "stars": "*a",
    "open strike": "~~a ",
    "brackets": "[",
    "half links": "[a](b",
    "heading": "# a" + " " * 200 + "b",
    "rules": "- - ",
    "line breaks": "\n",
    "pipes": "|",
    "ragged table": "||\n",
    "rule row": "-",
    "schemes": "a://",
    "dots": "a.",
    "marks": "a\u0301\u0301",
    "half secrets": "a://b:c",
    "fences": "```\n",
}


def costs(work: Callable[[str], object], piece: str) -> Iterator[float]:
    """CPU seconds for 25 kB and for 200 kB of a piece, the best of three."""
    for size in (25_000, 200_000):
        text = (piece * (size // len(piece) + 1))[: size - 1] + "x"
        best = min(_cpu_s(work, text) for _ in range(3))
        yield best


def _cpu_s(work: Callable[[str], object], text: str) -> float:
    began = time.process_time()
    work(text)
    return time.process_time() - began


@pytest.mark.parametrize("work", [elements, holds_table, clean, inert], ids=lambda work: work.__name__)
@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_text_takes_time_in_proportion_to_its_length(work: Callable[[str], object], piece: str) -> None:
    short, long = costs(work, piece)
    assert long < 24 * short + 0.005, "eight times the text; a square would be 64 times"


def test_a_table_that_would_explode_when_drawn_is_shown_as_written() -> None:
    (drawn,) = elements("|" + "a|" * 10_000 + "\n" + "||\n" * 10_000)
    assert len(drawn["elements"][0]["text"]) < 60_000
