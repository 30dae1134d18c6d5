"""Slack's events read into asks."""

import unicodedata
from datetime import UTC, datetime

import pytest

from bot.incoming import addresses_another, ask_from, event_claim, is_from_person, mentions, message_claim, question
from bot.slack import proxy_for
from bot.subcommands import choose, near_word

AT = datetime(2026, 11, 21, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("<@UBOT> 안녕", "안녕"),
        ("<@UBOT|mlops>   안녕", "안녕"),
        ("안녕 <@UBOT>", "안녕"),
        ("<@UBOT>", ""),
        ("<@U1>이 올린 학습 <@UBOT>", "<@U1>이 올린 학습"),
        ("recall &lt; 0.9 &amp;&amp; map &gt; 0.5", "recall < 0.9 && map > 0.5"),
        ("&amp;lt;b&amp;gt;", "&lt;b&gt;"),
        ("<https://x/y|여기> 봐", "https://x/y 봐"),
        ("<mailto:kim@x.kr|kim@x.kr>의 프로젝트", "kim@x.kr의 프로젝트"),
        ("<#C1|ml-alerts>에서", "#ml-alerts에서"),
        ("<!here> 여러분", "<!here> 여러분"),
        (unicodedata.normalize("NFD", "김민준"), "김민준"),
        ("두 줄\n  질문", "두 줄\n 질문"),
    ],
)
def test_a_question_reads_as_it_was_typed(text: str, asked: str) -> None:
    assert question(text, "UBOT") == asked


def test_mentions_are_told_apart() -> None:
    assert mentions("야 <@UBOT> 봐", "UBOT")
    assert not mentions("<@UBOTX> 봐", "UBOT")
    assert addresses_another(" <@U2|lee> 봐줘", "UBOT")
    assert not addresses_another("<@UBOT> <@U2>의 것", "UBOT")
    assert not addresses_another("이건 <@U2>의 것", "UBOT")


def test_only_people_are_answered() -> None:
    assert is_from_person({"user": "U1"})
    assert not is_from_person({"user": "U1", "bot_id": "B1"})
    assert not is_from_person({"bot_id": "B1"})
    assert not is_from_person({"user": "USLACKBOT"})


def test_a_root_message_starts_its_own_thread() -> None:
    root = ask_from({"ts": "1.1", "user": "U1", "text": "x"}, "C1", "T1", "UBOT", AT)
    reply = ask_from({"ts": "1.2", "thread_ts": "1.1", "user": "U1", "text": "x"}, "C1", "T1", "UBOT", AT)
    assert root.thread == reply.thread
    assert root.turn_id != reply.turn_id
    assert (message_claim(root), event_claim({"event_id": "E1"})) == ("message:T1:C1:1.1", "event:E1")


@pytest.mark.parametrize(
    ("text", "word", "rest"),
    [
        ("", "help", ""),
        ("help", "help", ""),
        ("Usage", "usage", ""),
        ("usage of GPUs", "ask", "usage of GPUs"),
        ("ask 프로젝트는?", "ask", "프로젝트는?"),
        ("김민준의 프로젝트", "ask", "김민준의 프로젝트"),
    ],
)
def test_a_first_word_of_ours_picks_the_subcommand(text: str, word: str, rest: str) -> None:
    subcommand, left = choose(text)
    assert (subcommand.word, left) == (word, rest)


@pytest.mark.parametrize(
    ("text", "word"),
    [("usgae", "usage"), ("hlep", "help"), ("프로젝트", None), ("GPU", None), ("hi", None), ("usage now", None)],
)
def test_only_a_near_miss_is_taken_for_a_subcommand(text: str, word: str | None) -> None:
    assert near_word(text) == word


def test_the_environments_proxy_is_not_used_for_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", "http://proxy:3128")
    monkeypatch.setenv("http_proxy", "http://proxy:3128")
    monkeypatch.setenv("no_proxy", "internal.kr")
    assert proxy_for("https://slack.com/api/") == "http://proxy:3128"
    assert proxy_for("http://127.0.0.1:3900/api/") is None
    assert proxy_for("https://internal.kr/api/") is None
