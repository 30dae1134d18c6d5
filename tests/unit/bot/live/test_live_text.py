"""Whatever a model writes, what a stream is given calls nobody, leads nowhere, shows no secret, and stays true."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.live.text import line, settled, streamed
from bot.messages.gate import visible
from bot.playground.rules.text import calls
from db.redact import redacted
from tests.unit.bot.test_gate import NASTY

TEXT = st.lists(st.one_of(NASTY, st.text(max_size=8), st.sampled_from(" \n\t`*[](){}<>@!#:/.\x1f\u2028"))).map("".join)
SECRET = "xoxb" + "-123456-abcdef"


@settings(deadline=None)
@given(TEXT, st.data())
@example(f"the token {SECRET} is", None)
@example("signing secret: " + "0123456789abcdef" * 2 + " ", None)
def test_what_was_shown_of_a_text_stays_true_as_it_grows(text: str, data: st.DataObject | None) -> None:
    ends = [data.draw(st.integers(0, len(text)))] if data else range(len(text))
    for end in ends:
        shown = streamed(settled(text[:end]))
        assert streamed(text).startswith(shown)


@settings(deadline=None)
@given(TEXT)
@example(
    "[go](https://evil.com) <!channel> <@U1> <https://evil.com|x> ![](http://evil.com/x.png) [a][b]\n[b]: evil.com"
)
def test_a_stream_calls_nobody_and_leads_nowhere(text: str) -> None:
    for shown in (streamed(text), line(text, 256)):
        assert calls(shown, [{"type": "markdown", "text": shown}]) == []
        assert "<" not in shown
        assert "](" not in shown
        assert "][" not in shown
        assert "]:" not in shown


@settings(deadline=None)
@given(TEXT)
@example(SECRET)
def test_a_stream_shows_no_secret_and_nothing_invisible(text: str) -> None:
    for shown in (streamed(text), line(text, 256), streamed(settled(text))):
        assert redacted(shown) == shown
        assert visible(shown) == shown


@settings(deadline=None)
@given(TEXT, st.integers(5, 300))
def test_a_line_is_one_and_within_its_limit(text: str, limit: int) -> None:
    shown = line(text, limit)
    assert len(shown) <= limit
    assert "\n" not in shown


def test_a_word_is_settled_by_what_follows_it() -> None:
    assert settled("모두 3건입니") == "모두 "
    assert settled("모두 3건입니다.\n그중") == "모두 3건입니다.\n"
    assert settled("x" * 9_000) == ""
