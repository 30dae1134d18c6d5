"""What is typed in the message box comes to the app as Slack's markup."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.playground.platform import Platform
from bot.playground.rules.text import calls
from bot.playground.team import USERS, channels
from bot.playground.typed import markup
from bot.playground.workspace import Workspace
from tests.parts import frozen_clock

WORKSPACE = Workspace(Platform.load(), USERS, channels(), frozen_clock)


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
        ("", ""),
    ],
)
def test_names_channels_and_addresses_become_markup(typed: str, sent: str) -> None:
    assert markup(typed, WORKSPACE) == sent


@given(st.text(alphabet="<>!&|@#UBOTmlops김민준`\n https://channel", max_size=60))
def test_nothing_that_is_typed_calls_a_whole_channel(typed: str) -> None:
    assert not [call for call in calls(markup(typed, WORKSPACE), []) if call.startswith("<!")]
