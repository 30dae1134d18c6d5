"""`mlops-bot run` as a process of its own, in the local Slack."""

import asyncio
import signal
import sys
from asyncio.subprocess import PIPE, Process
from pathlib import Path

import pytest

from bot.playground.local_slack import LocalSlack
from bot.playground.people.person import Person
from tests.slack.process import ROOT
from tests.slack.workspace import APP

PROGRAM = """
import sys
from pathlib import Path
from bot import cli
from tests.scripted import ScriptedModel, says
from tests.terminal import environ, services_with
model = ScriptedModel(*(says(f"answer {n}") for n in range(9)))
folder, url, bot_token, app_token, *argv = sys.argv[1:]
tokens = {"SLACK_API_URL": url, "SLACK_BOT_TOKEN": bot_token, "SLACK_APP_TOKEN": app_token}
settings = environ(Path(folder), PORT="0", **tokens)
sys.exit(cli.main(argv, environ=settings, open_services=services_with(model), env_file=None))
"""


async def start(folder: Path, url: str, *argv: str, bot_token: str = APP.bot_token) -> Process:
    arguments = (sys.executable, "-c", PROGRAM, str(folder), url, bot_token, APP.app_token, *(argv or ("run",)))
    return await asyncio.create_subprocess_exec(*arguments, cwd=ROOT, stdout=PIPE, stderr=PIPE)


async def end(process: Process) -> tuple[int | None, str]:
    async with asyncio.timeout(30):
        _, err = await process.communicate()
    return process.returncode, err.decode()


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
async def test_with_tokens_it_serves_slack_until_it_is_told_to_stop(
    tmp_path: Path, slack: LocalSlack, kim: Person, stop: signal.Signals
) -> None:
    process = await start(tmp_path, slack.api_url)
    await slack.journal.until(lambda: slack.sockets.connections, "a connected bot")
    ts = await kim.mention("질문")
    await slack.journal.until(lambda: slack.messages("C1", ts), "an answer")
    process.send_signal(stop)
    code, err = await end(process)
    assert code == 0, err
    assert "serving slack" in err
    assert "Traceback" not in err
    assert "질문" not in err


async def test_a_token_that_slack_does_not_know_is_told_with_exit_code_2(tmp_path: Path, slack: LocalSlack) -> None:
    code, err = await end(await start(tmp_path, slack.api_url, bot_token="xoxb-other"))
    assert code == 2
    assert "SLACK_BOT_TOKEN: Slack does not take it" in err
    assert "xoxb-other" not in err


async def test_no_slack_at_all_is_a_sentence(tmp_path: Path) -> None:
    code, err = await end(await start(tmp_path, "http://127.0.0.1:9/api/", "-v", "run"))
    assert code == 1
    assert "Slack cannot be reached" in err
    assert "Traceback" not in err


async def test_a_second_bot_ends_with_a_sentence_while_a_terminal_beside_the_first_works(
    tmp_path: Path, slack: LocalSlack
) -> None:
    first = await start(tmp_path, slack.api_url)
    await slack.journal.until(lambda: slack.sockets.connections, "a connected bot")
    code, err = await end(await start(tmp_path, slack.api_url))
    assert (code, "another bot process uses this store; stop it first" in err) == (1, True), err
    assert "Traceback" not in err
    assert (await end(await start(tmp_path, slack.api_url, "ask", "question")))[0] == 0
    first.kill()
    await end(first)
    await slack.journal.until(lambda: not slack.sockets.connections)
    third = await start(tmp_path, slack.api_url)
    await slack.journal.until(lambda: slack.sockets.connections, "a bot after the kill")
    third.send_signal(signal.SIGTERM)
    assert (await end(third))[0] == 0
