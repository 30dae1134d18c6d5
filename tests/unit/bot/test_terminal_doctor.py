"""`mlops-bot doctor` against local servers that work, refuse or are gone."""

import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from bot.settings_list import SAMPLE_URL, SETTINGS
from bot.terminal.checks import diagnose
from db.catalog.sample import SAMPLE_RULES
from tests.llm_server import Fail, Say, in_order, llm_server
from tests.postgres import Server, server
from tests.terminal import environ, run_cli, services_with

__all__ = ["server"]

QUIET = services_with()
A100 = "SELECT COUNT(*) FROM pipelines WHERE gpu_type='A100'"


@asynccontextmanager
async def slack(**replies: dict[str, Any]) -> AsyncIterator[str]:
    """A Slack that answers these methods (dots written as __)."""

    async def answer(request: web.Request) -> web.Response:
        method = request.match_info["method"].replace(".", "__")
        return web.json_response(replies.get(method, {"ok": False, "error": "unknown_method"}))

    app = web.Application()
    app.router.add_post("/api/{method}", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/api/"
    finally:
        await runner.cleanup()


async def states(folder: Path, **more: str) -> dict[str, tuple[str, str, str]]:
    findings = await diagnose(environ(folder, **more), None)
    return {each.part: (each.state, each.detail, each.advice) for each in findings}


def test_a_fresh_set_up_is_well(tmp_path: Path) -> None:
    outcome = run_cli(["doctor"], environ(tmp_path), QUIET)
    assert outcome.code == 0, outcome.out
    lines = outcome.out.splitlines()
    for setting in SETTINGS:
        assert sum(f"  {setting.name} " in line for line in lines) == 1
    assert any(line.startswith("ok    catalogue") and "7 tables" in line for line in lines)
    assert any(line.startswith("ok    store") for line in lines)
    assert any(line.startswith("off   Slack ") for line in lines)
    assert any(line.startswith("off   model") for line in lines)


def test_what_is_off_stands_before_what_is_fine_between_two_verdicts(tmp_path: Path) -> None:
    lines = run_cli(["doctor"], environ(tmp_path), QUIET).out.splitlines()
    assert (lines[0], lines[-1]) == ("All is well.", "All is well.")
    told = [line.split()[0] for line in lines[1:-1] if line]
    assert told == sorted(told, key=("off", "ok").index)


async def test_private_columns_are_counted(tmp_path: Path) -> None:
    assert (await states(tmp_path))["catalogue"][1].endswith("; private columns: none")
    semantics = tmp_path / "mine.yml"
    semantics.write_text("tables: {users: {columns: {email: {private: true}, role: {private: true}}}}", "utf-8")
    found = await states(tmp_path, CATALOG_SEMANTICS=str(semantics))
    assert found["catalogue"][1].endswith("; private columns: 2")


def test_bad_settings_are_named_each_on_its_line(tmp_path: Path) -> None:
    outcome = run_cli(["doctor"], environ(tmp_path, TIMEZONE="Mars", SLACK_BOT_TOKEN="xoxb-hush"), QUIET)
    assert outcome.code == 1
    assert "FAIL  TIMEZONE" in outcome.out
    assert "xoxb-hush" not in outcome.out
    outcome = run_cli(["doctor"], environ(tmp_path, SLACK_BOT_TOKEN="xoxb-hush"), QUIET)
    assert outcome.out.startswith("1 to mend: SLACK_BOT_TOKEN.\n\nFAIL  SLACK_BOT_TOKEN")
    assert outcome.out.endswith("1 to mend.\n")


async def test_who_may_ask_is_told(tmp_path: Path) -> None:
    state, detail, advice = (await states(tmp_path))["who may ask"]
    assert (state, advice) == ("ok", "set ADMINS to read /mlops audit")
    assert detail == (
        "everybody anywhere, nobody of other workspaces; 60 questions a minute each, no budget; admins: none"
    )
    more = {"ADMINS": "U1", "ALLOWED_USERS": "U1,U2", "ALLOWED_CHANNELS": "C1", "ALLOWED_TEAMS": "T1"}
    limits = {"ALLOW_EXTERNAL": "true", "QUESTIONS_PER_MINUTE": "0", "TOKENS_PER_DAY": "50000", "USD_PER_DAY": "2.5"}
    state, detail, advice = (await states(tmp_path, **more, **limits))["who may ask"]
    assert (state, advice) == ("ok", "")
    assert detail == (
        "2 users of T1 in C1, also people of other workspaces; no limit each, 50,000 tokens and $2.5 a day; admins: U1"
    )


async def test_a_file_that_is_no_text_is_found(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"\xff\xfe")
    assert [(each.part, each.state) for each in await diagnose({}, tmp_path / ".env")] == [(".env", "FAIL")]


async def test_passwords_in_addresses_and_secrets_are_never_shown(tmp_path: Path) -> None:
    findings = await diagnose(
        environ(tmp_path, LLM_BASE_URL="http://me:hush@127.0.0.1:9/v1", LLM_API_KEY="hush", LLM_ENGINE="offline"), None
    )
    shown = "\n".join(map(str, findings))
    assert "hush" not in shown
    assert "http://***@127.0.0.1:9/v1" in shown


async def test_slack_is_asked_with_both_tokens(tmp_path: Path) -> None:
    tokens = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}
    good = {"ok": True, "user": "bot", "team": "T"}
    async with slack(auth__test=good, apps__connections__open={"ok": True, "url": "wss://x"}) as url:
        found = await states(tmp_path, SLACK_API_URL=url, **tokens)
    assert found["Slack bot token"] == ("ok", "bot in T", "")
    assert found["Slack app token"][0] == "ok"
    async with slack(auth__test={"ok": False, "error": "invalid_auth"}) as url:
        found = await states(tmp_path, SLACK_API_URL=url, **tokens)
    assert found["Slack bot token"][:2] == ("FAIL", "Slack says invalid_auth")
    assert found["Slack app token"][:2] == ("FAIL", "Slack says unknown_method")
    found = await states(tmp_path, SLACK_API_URL=url, **tokens)
    assert "cannot be reached" in found["Slack bot token"][1]
    assert "cannot be reached" in found["Slack app token"][1]


async def test_http_mode_waits_for_slack(tmp_path: Path) -> None:
    async with slack(auth__test={"ok": True}) as url:
        found = await states(tmp_path, SLACK_API_URL=url, SLACK_BOT_TOKEN="xoxb-1", SLACK_SIGNING_SECRET="s")
    assert found["Slack bot token"][:2] == ("ok", "? in ?")
    assert found["Slack HTTP"] == ("ok", "waits for signed requests on port 3000", "")


@pytest.mark.parametrize(
    ("reply", "state", "advice"),
    [
        (Say("pong"), "ok", ""),
        (Fail(401), "FAIL", "the key is wrong"),
        (Fail(404), "FAIL", "check LLM_MODEL and LLM_BASE_URL"),
        (Fail(500), "FAIL", "the provider has a fault"),
        (Fail(418), "FAIL", "check the network and LLM_BASE_URL"),
    ],
)
async def test_the_model_is_asked_for_one_token(tmp_path: Path, reply: Any, state: str, advice: str) -> None:
    async with llm_server(in_order(reply, reply, reply)) as server:
        found = await states(tmp_path, LLM_BASE_URL=server.base_url, LLM_API_KEY="k")
    assert found["model"][0] == state
    assert advice in found["model"][2]


async def test_a_catalogue_that_cannot_be_used_is_found(tmp_path: Path) -> None:
    gone = await states(tmp_path, CATALOG_URL="sqlite:///no/such.db", CATALOG_SEMANTICS="")
    assert (gone["catalogue"][0], gone["catalogue"][2]) == ("FAIL", "check CATALOG_URL")
    (tmp_path / "empty.db").touch()
    empty = await states(tmp_path, CATALOG_URL=f"sqlite:///{tmp_path}/empty.db", CATALOG_SEMANTICS="")
    assert empty["catalogue"][0] == "FAIL"
    (tmp_path / "bad.yml").write_text("tables: 3\n", encoding="utf-8")
    bad = await states(tmp_path, CATALOG_SEMANTICS=str(tmp_path / "bad.yml"))
    assert (bad["catalogue"][0], bad["catalogue"][2]) == ("FAIL", "mend the file at CATALOG_SEMANTICS")


async def test_alerts_are_off_until_a_channel_is_named(tmp_path: Path) -> None:
    assert (await states(tmp_path))["alerts"][:2] == ("off", "no ALERT_CHANNEL")
    found = await states(tmp_path, ALERT_CHANNEL="C1", ALERT_RULES=str(SAMPLE_RULES), ALERT_EVERY_S="5")
    told = "failed-pipelines every 5 s, stuck-pipelines every 5 s to C1"
    assert found["alerts"] == ("ok", told, "")


async def test_in_the_playground_alerts_are_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = "failed-pipelines every 60 s, stuck-pipelines every 60 s to the playground's channel"
    assert (await states(tmp_path, ALERT_RULES=str(SAMPLE_RULES)))["alerts"] == ("ok", told, "")
    monkeypatch.chdir(tmp_path)
    own = await states(tmp_path, CATALOG_URL=SAMPLE_URL, CATALOG_SEMANTICS="")
    assert own["alerts"] == ("ok", told, ""), "the sample has rules of its own"


async def test_rows_that_cannot_be_read_are_found(tmp_path: Path) -> None:
    path = tmp_path / "runs.db"
    with closing(sqlite3.connect(path)) as owner, owner:
        owner.execute("CREATE TABLE runs (id TEXT PRIMARY KEY, name, status, started_at, finished_at)")
        owner.execute("CREATE INDEX runs_by_end ON runs (status, finished_at)")
        rows = [(f"{number}" * (1 + 150_000 * (number == 3)), "a", "failed", None, "2026-11-21") for number in range(9)]
        owner.executemany("INSERT INTO runs VALUES (?, ?, ?, ?, ?)", rows)
    file = tmp_path / "alerts.yml"
    file.write_text(
        "runs: SELECT id, name, status, started_at, finished_at FROM runs\nrules: [{name: a, find: failed}]", "utf-8"
    )
    given = {"CATALOG_URL": f"sqlite:///{path}", "CATALOG_SEMANTICS": "", "ALERT_CHANNEL": "C1"}
    found = (await states(tmp_path, ALERT_RULES=str(file), **given))["alerts"]
    assert found == ("ok", "a every 60 s to C1; 1 rows of runs are skipped", "shorten their id or finished_at")


@pytest.mark.parametrize(
    ("rules", "catalog", "said"),
    [
        ("rules: 3", {}, "alerts.yml:1: 'rules'"),
        ("rules: [{name: a, sql: SELECT nme FROM pipelines}]", {}, "a: "),
        ("rules: [{name: a, sql: DROP TABLE pipelines}]", {}, "a: "),
        ("rules: [{name: a, sql: SELECT name FROM pipelines}]", {}, "a: no column id, project"),
        ("runs: SELECT id FROM pipelines\nrules: [{name: a, find: failed}]", {}, "runs: "),
        ("new_models: SELECT :since AS day\nrules: [{name: a, sql: SELECT 1}]", {}, "new_models: no column name"),
        ("rules: [{name: a, sql: SELECT 1}]", {"CATALOG_URL": "sqlite:///no/such.db"}, "cannot be tried"),
    ],
)
async def test_a_rule_that_finds_nothing_is_found(
    tmp_path: Path, rules: str, catalog: dict[str, str], said: str
) -> None:
    file = tmp_path / "alerts.yml"
    file.write_text(rules, encoding="utf-8")
    state, detail, advice = (await states(tmp_path, ALERT_CHANNEL="C1", ALERT_RULES=str(file), **catalog))["alerts"]
    assert state == "FAIL"
    assert said in detail
    assert advice.startswith("mend")


async def test_a_store_that_cannot_be_written_is_found(tmp_path: Path) -> None:
    found = await states(tmp_path, STORE_URL="sqlite:////dev/null/store.db")
    assert found["store"][0] == "FAIL"
    assert "folder" in found["store"][2]


async def test_a_store_that_bots_share_is_tried_as_one_of_them(tmp_path: Path, server: Server) -> None:
    with server.database("shared"):
        state, detail, _ = (await states(tmp_path, STORE_URL=server.url("shared", password="hush")))["store"]
    assert (state, detail.endswith("several bots may serve"), "hush" in detail) == ("ok", True, False)
    state, detail, advice = (await states(tmp_path, STORE_URL="postgresql://u:hush/x@127.0.0.1:9/d"))["store"]
    assert (state, "hush" in detail, advice) == ("FAIL", False, "check STORE_URL; see docs/replicas.md")


def test_the_sample_is_built_where_it_can_be(tmp_path: Path) -> None:
    program = "import asyncio; from bot.terminal.checks import *; print(asyncio.run(check_catalog(Settings())))"
    for name, state in (("free", "ok"), ("blocked", "FAIL")):
        folder = tmp_path / name
        folder.mkdir()
        if state == "FAIL":
            (folder / "data").touch()
        done = subprocess.run([sys.executable, "-c", program], cwd=folder, capture_output=True, text=True, check=True)
        assert done.stdout.startswith(state), done.stdout
