"""Links in answers lead to the hosts of LINK_HOSTS alone."""

import pytest

from agent.answer import Answer, Usage
from bot.messages.answer import render
from bot.messages.links import is_allowed
from bot.messages.plain_answer import plain_messages
from bot.playground.rules.blocks import refuse_message
from bot.playground.rules.text import calls
from bot.settings import Settings, SettingsError

HOSTS = ("wiki.example.com",)
GOOD = "https://wiki.example.com/runs?id=1"


@pytest.mark.parametrize("url", [GOOD, "https://WIKI.example.com", "https://wiki.example.com:443/"])
def test_a_listed_host_is_allowed(url: str) -> None:
    assert is_allowed(url, HOSTS)


@pytest.mark.parametrize(
    "url",
    [
        "http://wiki.example.com/",
        "https://wiki.example.com.evil.com/",
        "https://evil.com/wiki.example.com",
        "https://wiki.example.com@evil.com/",
        "https://u:p@wiki.example.com/",
        "https://wiki.example.com:8443/",
        "https://wiki.example.com:99999/",
        "https://sub.wiki.example.com/",
        "https://wiki．example.com/",
        "https://wiki.example.com/" + "a" * 2_000,
        "https://[::1",
        "javascript:alert(1)",
        "https:wiki.example.com",
        "",
    ],
)
def test_everything_else_is_not(url: str) -> None:
    assert not is_allowed(url, HOSTS)


def test_an_allowed_address_becomes_a_link_that_shows_where_it_leads_and_others_stay_text() -> None:
    evil = "https://evil.com [예](https://wiki.example.com.evil.com/x)"
    text = f"- 보기: [여기]({GOOD}), **{GOOD}**를 `{GOOD}` {evil}.\n> {GOOD}."
    message = render(Answer("t1", text, "ko", "llm", Usage("m")), HOSTS)
    assert calls(message.text, list(message.blocks)) == [f"link:{GOOD}"] * 3
    assert "https[:]//evil[.]com" in message.text
    assert refuse_message({"text": message.text, "blocks": list(message.blocks)}) is None
    (plain,) = plain_messages(Answer("t1", text, "ko", "llm", Usage("m")))
    assert "://" not in plain.text


def test_without_a_list_no_address_is_a_link() -> None:
    message = render(Answer("t1", f"[여기]({GOOD}) {GOOD}", "ko", "llm", Usage("m")))
    assert calls(message.text, list(message.blocks)) == []


def test_the_setting_takes_hosts_by_commas() -> None:
    assert Settings.from_env({"LINK_HOSTS": "wiki.example.com, Runs.Example.com,"}).link_hosts == (
        "wiki.example.com",
        "runs.example.com",
    )
    assert Settings(link_hosts=HOSTS).link_hosts == HOSTS


@pytest.mark.parametrize("wrong", ["https://wiki.example.com", "localhost", "*.example.com", "a_b.com", "wiki.kr/x"])
def test_what_is_no_host_is_told(wrong: str) -> None:
    with pytest.raises(SettingsError, match=r"LINK_HOSTS: .* is no host"):
        Settings.from_env({"LINK_HOSTS": wrong})
