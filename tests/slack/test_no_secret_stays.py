"""After a full run, with everything going wrong that can: no secret in a log, an error, the store or Slack."""

import json
from pathlib import Path
from typing import Final

import pytest

from bot.playground.local_slack import LocalSlack
from bot.playground.people.person import Person
from bot.playground.watch.faults import Fault
from tests.llm_server import Fail, Reply, Request, Say, llm_server, sql
from tests.slack.process import process
from tests.slack.workspace import KIM, small_slack

KEY: Final = "sk-proj-the-key-of-the-model-0815"
CANARY: Final = "CANARY-ENVIRONMENT-0815"
TYPED: Final = "xoxb-" + "99887766-typed-by-a-person"


def model(request: Request) -> Reply:
    """Looks, fails as providers do, with the key in the error, and repeats whatever it was told."""
    asked = str([m["content"] for m in request["messages"] if m["role"] == "user"][-1])
    if "고장" in asked:
        return Fail(401, None, json.dumps({"error": {"message": f"Incorrect API key provided: {KEY}", "type": "auth"}}))
    if request["messages"][-1]["role"] == "user" and request.get("tools"):
        return sql("SELECT nope FROM users" if "틀린" in asked else "SELECT name FROM users LIMIT 2")
    return Say(f"{asked} {KEY}")


def secrets(slack: LocalSlack) -> dict[str, str]:
    app = slack.workspace.app
    return {
        "the bot's token": app.bot_token,
        "the app's token": app.app_token,
        "the signing secret": app.signing_secret,
        "the model's key": KEY,
        "an environment variable": CANARY,
        "a token that a person typed": TYPED,
    }


async def live_through_everything(slack: LocalSlack, kim: Person) -> None:
    async def ask(text: str, thread: str | None = None) -> str:
        before = len(slack.messages("C1"))
        ts = await kim.mention(text, "C1", thread)
        await slack.journal.until(lambda: len(slack.messages("C1")) > before, text)
        return thread or ts

    thread = await ask("사용자 두 명만")
    await ask("틀린 질문", thread)
    await ask("모델이 고장 났을 때")
    await ask(f"이 토큰 뭐예요 {TYPED}")
    for word in ("help", "usage", "audit", "why", "nonsense", "ask 몇 명이에요"):
        await kim.slash(word)
    slack.faults.break_next(
        "chat.postMessage", Fault(status=500), Fault(error="ratelimited", status=429, retry_after="0")
    )
    await ask("슬랙이 고장 났을 때")
    slack.faults.break_next("chat.postMessage", Fault(error="invalid_blocks"))
    await ask("블록이 거절될 때")
    await slack.deliveries.settled()


@pytest.mark.parametrize("options", [(), ("-vv",)], ids=["as run", "with every log line"])
async def test_no_secret_is_in_a_log_an_error_the_store_or_slack(tmp_path: Path, options: tuple[str, ...]) -> None:
    printed = tmp_path / "printed"
    environment = {"LLM_API_KEY": KEY, "AWS_SECRET": CANARY, "QUESTIONS_PER_MINUTE": "0", "ADMINS": KIM}
    async with small_slack(has_rates=False).serving() as slack, llm_server(model) as llm:
        kim = slack.person(KIM)
        async with process(tmp_path, slack, llm.base_url, more=environment, options=options, log=printed):
            await live_through_everything(slack, kim)
        sent = json.dumps([call.args for call in slack.journal.calls], ensure_ascii=False)
        told = {name: text for name, text in secrets(slack).items() if text in sent}
        assert not told, "in what the bot sent to Slack"
        asked = json.dumps(llm.requests, ensure_ascii=False)
        assert not {name for name, text in secrets(slack).items() if text in asked}, "in what the model was told"
    check_files(tmp_path, secrets(slack), printed)


def check_files(folder: Path, hidden: dict[str, str], printed: Path) -> None:
    """Nothing that the run left behind holds any of it: log, store with its write-ahead log, catalogue."""
    files = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert {printed, folder / "store.db"} <= set(files)
    assert b"***" in files[folder / "store.db"], "what a person typed is kept without it"
    found = {
        (name, path.name)
        for name, text in hidden.items()
        for path, content in files.items()
        if text.encode() in content
    }
    assert not found
