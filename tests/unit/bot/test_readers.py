"""The bot's parts with a policy: an agent a reader, `ask --as`, what doctor says of the file."""

import json
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from uuid import uuid4

import pytest

from agent.answer import Answer, Ask, ThreadKey
from bot.__main__ import open_services
from bot.people.readers import MOST_AGENTS, Asker
from bot.services import Services
from bot.settings import Settings, SettingsError
from bot.terminal.checks import check_policy
from tests.llm_server import Request, Say, llm_server
from tests.parts import NOW
from tests.terminal import Outcome, environ, run_cli

KIM, LEE = "minjun.kim@example.com", "seoyeon.lee@example.com"
POLICY = """
roles:
  team: {rows: {users: "team = :team", projects: "user_id IN (SELECT id FROM users WHERE team = :team)"}}
  own: {rows: {users: "email = :email"}}
everyone: team
people: {own@example.com: own}
who: {table: users, email: email, team: team}
"""


def settings(folder: Path, policy: str = POLICY, **more: str) -> dict[str, str]:
    (folder / "policy.yml").write_text(policy, encoding="utf-8")
    return environ(folder, POLICY=str(folder / "policy.yml"), LLM_ENGINE="offline") | more


@asynccontextmanager
async def services(folder: Path, **more: str) -> AsyncIterator[Services]:
    async with open_services(Settings.from_env(settings(folder, **more))) as opened:
        yield opened


async def asker(opened: Services, email: str | None, user: str | None = None) -> Asker:
    assert opened.readers is not None
    return await opened.readers.asker(user, email)


async def answer(one: Asker, text: str) -> Answer:
    turn_id = uuid4().hex
    return await one.run_turn(Ask(turn_id, ThreadKey("T", "C", turn_id), "U", text, NOW))


async def test_people_of_one_team_share_an_agent_and_of_two_do_not(tmp_path: Path) -> None:
    async with services(tmp_path) as opened:
        kim, park, lee = [await asker(opened, each) for each in (KIM, "DOHYUN.PARK@example.com", LEE)]
        assert kim.agent is park.agent is not lee.agent
        assert kim.standing is not None
        assert (kim.standing.team, kim.standing.email) == ("비전팀", KIM)
        for i in range(MOST_AGENTS):
            with closing(sqlite3.connect(tmp_path / "catalog.db")) as owner, owner:
                owner.execute("UPDATE users SET team = ? WHERE email = ?", (f"team {i}", LEE))
            await asker(opened, LEE)
        assert (await asker(opened, KIM)).agent is not kim.agent, "only so many are kept"
        assert len((await answer(kim, "프로젝트 목록 보여줘")).result.rows) == 4  # type: ignore[union-attr]  # it has rows


@pytest.mark.parametrize("email", ["nobody@example.com", "x" * 300 + "@example.com", "a\n@example.com", "", None])
async def test_who_is_not_found_has_no_team(tmp_path: Path, email: str | None) -> None:
    async with services(tmp_path) as opened:
        found = (await asker(opened, email)).standing
        assert found is not None
        assert found.team is None
        assert found.blind == ("projects", "users")


async def test_the_widest_view_has_what_some_role_opens(tmp_path: Path) -> None:
    file = tmp_path / "mine.yml"
    file.write_text("tables: {users: {columns: {role: {private: true}, email: {private: true}}}}", encoding="utf-8")
    policy = "roles: {a: {opens: [users.role]}, b: {rows: {users: id = 1}}}\neveryone: b"
    async with open_services(Settings.from_env(settings(tmp_path, policy, CATALOG_SEMANTICS=str(file)))) as opened:
        assert opened.readers is not None
        assert (await opened.readers.widest()).private == (("users", "email"),)


async def test_an_address_that_only_looks_like_anothers_is_not_known(tmp_path: Path) -> None:
    policy = f"roles: {{lead: {{}}, none: {{rows: {{users: 1 = 0}}}}}}\neveryone: none\npeople: {{{KIM}: lead}}"
    async with open_services(Settings.from_env(settings(tmp_path, policy))) as opened:
        roles = []
        for email in (KIM, KIM.upper(), KIM.replace("k", "\u212a"), "김민준@example.com"):
            standing = (await asker(opened, email)).standing
            assert standing is not None
            roles.append((standing.roles, standing.email is None))
    assert roles == [(("lead",), False), (("lead",), False), (("none",), True), (("none",), False)]


async def test_two_teams_for_one_address_are_none(tmp_path: Path) -> None:
    async with services(tmp_path) as opened:
        with closing(sqlite3.connect(tmp_path / "catalog.db")) as owner, owner:
            owner.execute("INSERT INTO users (name, email, team) VALUES ('x', ?, 'NLP팀')", (KIM.upper(),))
            owner.execute("UPDATE users SET team = ? WHERE email = ?", ("odd\0team", LEE))
        for email in (KIM, LEE):
            found = (await asker(opened, email)).standing
            assert found is not None
            assert found.team is None


async def test_all_readers_share_the_models_connections(tmp_path: Path) -> None:
    def say(request: Request) -> Say:
        return Say("비전팀" if "비전팀" in str(request["messages"]) else "-")

    async with llm_server(say) as server:
        more = {"LLM_BASE_URL": server.base_url, "LLM_API_KEY": "k", "LLM_ENGINE": "llm"}
        async with services(tmp_path, **more) as opened:
            kim, lee = await asker(opened, KIM), await asker(opened, LEE)
            said = [(await answer(each, "누구?")).text for each in (kim, lee)]
    assert said == ["비전팀", "-"], "each prompt holds its reader's names alone"


async def test_what_went_wrong_and_what_is_missing_are_both_told(tmp_path: Path) -> None:
    more = {"LLM_BASE_URL": "http://127.0.0.1:9/v1", "LLM_API_KEY": "k", "LLM_ENGINE": "auto"}
    async with services(tmp_path, **more) as opened:
        found = await answer(await asker(opened, None), "프로젝트는 몇 개야?")
    assert found.notice is not None
    assert "규칙 기반 엔진이 답했습니다" in found.notice
    assert "이메일을 확인하지 못해" in found.notice


def run(folder: Path, *argv: str, typed: str = "", policy: str = POLICY, **more: str) -> Outcome:
    return run_cli([*argv], settings(folder, policy, **more), open_services, typed=typed)


def test_asking_as_somebody_answers_from_what_they_see(tmp_path: Path) -> None:
    question = "프로젝트 목록 보여줘"
    found = [
        json.loads(run(tmp_path, "ask", question, "--json", *more).out)["result"]["rows"]
        for more in ((), ("--as", KIM), ("--as", LEE))
    ]
    assert len(found[0]) > len(found[1]) + len(found[2]) > 0, "the operator sees what is not private, and all rows"
    shown = run(tmp_path, "chat", "--as", LEE, typed=f"{question}\n")
    assert "callcenter-intent" in shown.out
    assert "defect-detection-v2" not in shown.out
    with closing(sqlite3.connect(tmp_path / "store.db")) as store:
        users = {user for (user,) in store.execute("SELECT user_id FROM turns")}
    assert users == {"terminal", KIM, LEE}


def test_asking_as_somebody_needs_a_policy(tmp_path: Path) -> None:
    outcome = run(tmp_path, "ask", "?", "--as", KIM, POLICY="")
    assert outcome.code == 2
    assert "--as needs POLICY" in outcome.err


def test_a_policy_that_cannot_hold_is_told_with_its_line(tmp_path: Path) -> None:
    outcome = run(tmp_path, "ask", "?", policy="roles: {a: {}}\neveryone: b")
    assert outcome.code == 1
    assert "policy.yml:2: there is no role 'b'" in outcome.err
    with pytest.raises(SettingsError, match="POLICY: no file"):
        Settings.from_env({"POLICY": str(tmp_path / "none.yml")})


async def test_doctor_tries_the_policy(tmp_path: Path) -> None:
    async def found(policy: str = POLICY, **more: str) -> tuple[str, str, str]:
        finding = await check_policy(Settings.from_env(settings(tmp_path, policy, **more)))
        return finding.state, finding.detail, finding.advice

    assert (await found(POLICY=""))[0] == "off"
    assert await found() == ("ok", "roles team, own; 1 named, others are team", "")
    state, detail, advice = await found("roles: {a: {}}")
    assert (state, detail) == ("ok", "roles a; 0 named, others see what is public, and all rows")
    assert "everyone" in advice
    state, detail, advice = await found("roles: {a: {rows: {users: crew = 1}}}")
    assert (state, advice) == ("FAIL", "mend the file at POLICY")
    assert "no such column: crew" in detail
    assert (await found(CATALOG_URL="sqlite:///none.db"))[1] == "the policy cannot be tried"
