"""The playground of `mlops-bot run`: under which settings the bot takes it for Slack, and what it can make happen."""

import io
import socket
import sqlite3
from contextlib import closing
from pathlib import Path

import aiohttp
import pytest

from bot.playground.workspace.team import ALERTS
from bot.settings import Settings
from bot.settings_list import SAMPLE_URL
from bot.terminal.play import Playground, playing
from bot.terminal.shell import Shell
from db.catalog.sample import SAMPLE_RULES, SAMPLE_SEMANTICS, build_sample
from db.catalog.sample.play import logs_of
from tests.terminal import services_with


def shell(**environ: str) -> Shell:
    streams = (io.StringIO(), io.StringIO(), io.StringIO())
    return Shell({"PLAYGROUND_PORT": "0", **environ}, None, services_with(), *streams)


def own_catalogue(folder: Path) -> dict[str, str]:
    """Settings of a catalogue that isn't the sample."""
    build_sample(folder / "own.db")
    return {"CATALOG_URL": f"sqlite:///{folder}/own.db", "CATALOG_SEMANTICS": str(SAMPLE_SEMANTICS)}


async def play_trick(url: str, name: str = "fail-pipeline") -> dict[str, object]:
    body = {"user": "U0MINJUN", "name": name}
    async with aiohttp.ClientSession() as session, session.post(f"{url}/ui/act/trick", json=body) as response:
        answer: dict[str, object] = await response.json()
        return answer


TRICKS = ["fail-pipeline", "recover-pipeline", "stick-pipeline", "storm-pipeline"]


async def tricks(url: str) -> list[str]:
    async with aiohttp.ClientSession() as session, session.get(f"{url}/ui/state") as response:
        return [trick["name"] for trick in (await response.json())["tricks"]]


async def test_the_bot_is_led_to_the_playground_whatever_slack_the_environment_names() -> None:
    own = shell(SLACK_API_URL="https://slack.com/api/", HOST="0.0.0.0", ALERT_CHANNEL="C123", ALERT_EVERY_S="60")
    async with playing(own, own.settings()) as playground:
        settings = playground.settings
        assert (settings.transport, settings.slack_api_url) == ("socket", f"{playground.url}/api/")
        assert (settings.host, settings.alert_channel, settings.alert_every_s) == ("127.0.0.1", ALERTS, 2)


async def test_the_logs_of_the_sample_are_read_and_those_of_a_catalogue_of_ones_own_are_not(tmp_path: Path) -> None:
    own = shell()
    async with playing(own, own.settings()) as playground:
        assert playground.settings.log_roots == (str(logs_of(Path("data/catalog.db"))),)
    for environ in (own_catalogue(tmp_path), {"LOG_ROOTS": "/mnt/artifacts"}):
        own = shell(**environ)
        async with playing(own, own.settings()) as playground:
            assert playground.settings.log_roots == own.settings().log_roots


async def test_each_start_has_tokens_of_its_own() -> None:
    own = shell()
    tokens = set()
    for _ in range(2):
        async with playing(own, own.settings()) as playground:
            settings = playground.settings
            assert settings.slack_bot_token
            assert settings.slack_app_token
            tokens |= {settings.slack_bot_token.get_secret_value(), settings.slack_app_token.get_secret_value()}
    assert len(tokens) == 4
    assert {token[:5] for token in tokens} == {"xoxb-", "xapp-"}
    assert not any("local" in token for token in tokens)


async def test_with_a_catalogue_of_ones_own_there_is_no_trick_and_no_alert_channel(tmp_path: Path) -> None:
    own = shell(**own_catalogue(tmp_path))
    async with playing(own, own.settings()) as playground:
        assert playground.settings.alert_channel is None
        assert await tricks(playground.url) == []
        assert (await play_trick(playground.url))["ok"] is False


async def test_with_alert_rules_of_ones_own_there_is_an_alert_channel(tmp_path: Path) -> None:
    own = shell(**own_catalogue(tmp_path), ALERT_RULES=str(SAMPLE_RULES))
    async with playing(own, own.settings()) as playground:
        assert (playground.settings.alert_channel, playground.settings.rules) == (ALERTS, SAMPLE_RULES)
        assert await tricks(playground.url) == []


@pytest.mark.parametrize(("own", "admins"), [("", ("U0CHAEWON",)), ("U0MINJUN", ("U0MINJUN",))])
async def test_somebody_of_the_playground_is_the_admin_unless_there_is_one(own: str, admins: tuple[str, ...]) -> None:
    started = shell(ADMINS=own)
    async with playing(started, started.settings()) as playground:
        assert playground.settings.admins == admins


async def test_in_the_sample_a_pipeline_can_be_made_to_fail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    own = shell()
    catalogue = Path(own.settings().catalog_url.removeprefix("sqlite:///"))
    build_sample(catalogue)
    async with playing(own, own.settings()) as playground:
        assert await tricks(playground.url) == TRICKS
        told = (await play_trick(playground.url))["text"]
    with closing(sqlite3.connect(catalogue)) as connection:
        [(name,)] = connection.execute("SELECT name FROM pipelines ORDER BY id DESC LIMIT 1")
    assert isinstance(told, dict)
    assert all(name in text for text in told.values())


async def test_what_happens_in_the_sample_is_told_and_what_cannot_happen_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    own = shell()
    build_sample(Path(own.settings().catalog_url.removeprefix("sqlite:///")))
    async with playing(own, own.settings()) as playground:
        told = []
        for name in ("recover", "stick", "storm", "recover", "fail"):
            answer = await play_trick(playground.url, f"{name}-pipeline")
            assert isinstance(answer["text"], dict)
            told.append(answer["text"]["en"])
    ends = ("ran again and is completed", "has been running for days", "have failed", "ran again", "has failed")
    assert all(end in text for end, text in zip(ends, told, strict=True)), told


async def test_a_catalogue_that_cannot_be_written_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    own = shell()
    assert own.settings().catalog_url == SAMPLE_URL
    async with playing(own, own.settings()) as playground:
        told = await play_trick(playground.url)
    assert (told["ok"], str(told["error"]).startswith("The sample catalogue cannot be written")) == (False, True)


async def test_a_port_that_is_taken_is_told_and_another_one_used() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        own = shell(PLAYGROUND_PORT=str(port))
        async with playing(own, own.settings()) as playground:
            assert playground.url != f"http://127.0.0.1:{port}"
            assert await tricks(playground.url) == TRICKS
    told = own.stderr.getvalue() if isinstance(own.stderr, io.StringIO) else ""
    assert told == f"PLAYGROUND_PORT: {port} cannot be used (Address already in use); another one is.\n"


@pytest.mark.parametrize(("language", "lines"), [("auto", 3), ("ko", 2), ("en", 2)])
def test_the_link_comes_with_words_in_the_bots_language(language: str, lines: int) -> None:
    settings = Settings.from_env({"BOT_LANGUAGE": language})
    words = Playground("http://127.0.0.1:1", settings).words.splitlines()
    assert (len(words), words[-1]) == (lines, "  http://127.0.0.1:1/")
    assert any("가" <= letter <= "힣" for letter in words[0]) is (language != "en")
