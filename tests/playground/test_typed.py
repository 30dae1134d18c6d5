"""What is typed in the message box comes to the app as Slack's markup."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.playground.people.typed import markup
from bot.playground.rules.text import calls
from bot.playground.workspace.platform import Platform
from bot.playground.workspace.records import User
from bot.playground.workspace.state import Workspace
from bot.playground.workspace.team import USERS, channels
from tests.parts import frozen_clock

WORKSPACE = Workspace(Platform.load(), USERS, channels(), frozen_clock)
PIECES = (
    "@mlops", "@김민준", "#ml-alerts", "https://a.b", "https://", "<", ">", "&", "&amp;", "&gt;", "|", "`", "```", "!",
    "channel", "<!here>", "<@UBOT>", "\n", " ", "?", ".", ";", "의", "x",
)  # fmt: skip


def unescape(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("@MLOps 실패한 것?", "<@UBOT> 실패한 것?"),
        ("@mlops hi", "<@UBOT> hi"),
        ("@MLOps Bot, hi", "<@UBOT>, hi"),
        ("@김민준의 프로젝트", "<@U0MINJUN>의 프로젝트"),
        ("@minjun.kim 그리고 @이서연", "<@U0MINJUN> 그리고 <@U0SEOYEON>"),
        ("#ml-alerts에 올려 줘", "<#C0ALERTS|ml-alerts>에 올려 줘"),
        ("a@mlops.example x/@mlops", "a@mlops.example x/@mlops"),
        ("@mlopsy", "@mlopsy"),
        ("recall < 0.9 & @nobody", "recall &lt; 0.9 &amp; @nobody"),
        ("<!channel> <@UBOT>", "&lt;!channel&gt; &lt;@UBOT&gt;"),
        ("see https://wiki/a?b=1&c=@mlops.", "see <https://wiki/a?b=1&amp;c=@mlops>."),
        ("`@mlops` and ```\n@mlops https://x.y\n```", "`@mlops` and ```\n@mlops https://x.y\n```"),
        ("<https://wiki/a>", "&lt;<https://wiki/a>&gt;"),
        ("'https://wiki/a' https://wiki/?a&b", "'<https://wiki/a>' <https://wiki/?a&amp;b>"),
        ("https://evil|https://good", "<https://evil>|<https://good>"),
        ("https://", "https://"),
        ("", ""),
    ],
)
def test_names_channels_and_addresses_become_markup(typed: str, sent: str) -> None:
    assert markup(typed, WORKSPACE) == sent


def test_a_name_is_found_as_it_is_escaped() -> None:
    team = Workspace(Platform.load(), (User("U1", "r&d", "Straße"), User("U2", "", "")), (), frozen_clock)
    assert markup("@R&D @r&amp;d @straße @ @strasse", team) == "<@U1> @r&amp;amp;d @straße @ <@U1>"


MARKUP = re.compile(r"<(?:@(?:UBOT|U0\w+)|#C0\w+\|[a-z-]+|https?://[^<>|]+)>")


@given(st.one_of(st.text(max_size=80), st.lists(st.sampled_from(PIECES), max_size=20).map("".join)))
def test_whatever_is_typed_arrives_escaped(typed: str) -> None:
    rest = MARKUP.sub("", markup(typed, WORKSPACE))
    assert not set("<>") & set(rest)
    assert re.sub("&(?:amp|lt|gt);", "", rest).count("&") == 0
    if not MARKUP.search(markup(typed, WORKSPACE)):
        assert unescape(markup(typed, WORKSPACE)) == typed


@given(st.text(alphabet="<>!&|@#UBOTmlops김민준`\n https://channel", max_size=60))
def test_nothing_that_is_typed_calls_a_whole_channel(typed: str) -> None:
    assert not [call for call in calls(markup(typed, WORKSPACE), []) if call.startswith("<!")]
