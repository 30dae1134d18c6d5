"""Who asks is known in the catalogue: by Slack's address, or by the one they linked; and spoken to as they want."""

import logging
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from agent.llm.protocol import Model
from agent.offline.engine import OfflineModel
from agent.vocabulary import Vocabulary
from bot.playground.local_slack import LocalSlack
from bot.playground.people.person import Person
from bot.playground.rules.blocks import texts
from bot.playground.watch.faults import Fault
from tests.slack.bot import running
from tests.slack.workspace import KIM, small_slack

KIMS, LEES = "defect-detection-v2", "callcenter-intent"


@pytest.fixture
async def slack() -> AsyncIterator[LocalSlack]:
    async with small_slack().serving() as server:
        server.workspace.users[KIM] = replace(server.workspace.users[KIM], email="minjun.kim@example.com")
        yield server


def rules(known: Vocabulary) -> list[Model]:
    return [OfflineModel(known)]


async def ask(slack: LocalSlack, person: Person, text: str) -> str:
    ts = await person.mention(text)
    found = await slack.journal.until(lambda: slack.messages("C1", ts), "an answer")
    return "\n".join(texts(found[0]["blocks"]))


async def slash(slack: LocalSlack, person: Person, text: str) -> str:
    delivery = await person.slash(text)
    await slack.deliveries.settled()
    assert delivery.ack is not None
    return "\n".join(texts(delivery.ack["blocks"]))


async def test_my_projects_are_those_of_whoever_asks(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    async with running(tmp_path, slack, models=rules):
        told = await ask(slack, kim, "내 프로젝트 보여줘")
    assert KIMS in told
    assert LEES not in told


async def test_whom_nobody_knows_is_asked_who_they_are_and_links_themselves(
    tmp_path: Path, slack: LocalSlack, lee: Person, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    async with running(tmp_path, slack, models=rules):
        assert "/mlops link" in await ask(slack, lee, "내 프로젝트 보여줘")
        assert "name@example.com" in await slash(slack, lee, "link")
        assert "찾지 못했습니다" in await slash(slack, lee, "link who@example.com")
        assert "이서연" in await slash(slack, lee, "link seoyeon.lee@example.com")
        told = await ask(slack, lee, "내 프로젝트 보여줘")
        assert LEES in told
        assert "이서연" in await slash(slack, lee, "whoami")
        assert "풀었습니다" in await slash(slack, lee, "unlink")
        assert "없습니다" in await slash(slack, lee, "unlink")
        assert "/mlops link" in await ask(slack, lee, "내 프로젝트 보여줘")
    audited = [record for record in caplog.records if "who they are in the catalogue" in record.message]
    assert len(audited) == 2
    assert vars(audited[0])["email"] == "seoyeon.lee@example.com"


async def test_a_link_counts_before_slacks_address_and_opens_nothing(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    policy = tmp_path / "policy.yml"
    policy.write_text(
        "roles:\n  own: {rows: {projects: user_id IN (SELECT id FROM users WHERE team = :team)}}\n"
        "everyone: own\nwho: {table: users, email: email, team: team}\n",
        "utf-8",
    )
    async with running(tmp_path, slack, models=rules, policy=policy):
        assert KIMS in await ask(slack, kim, "내 프로젝트 보여줘")
        assert "이서연" in await slash(slack, kim, "link seoyeon.lee@example.com")
        told = await ask(slack, kim, "내 프로젝트 보여줘")
        assert LEES not in told, "the rows are still those of 김민준's team"
        assert KIMS not in told
        standing = await slash(slack, kim, "whoami")
    assert "이메일: minjun.kim@example.com" in standing
    assert "seoyeon.lee@example.com" in standing


async def test_a_slack_that_tells_no_addresses_leaves_people_unknown_and_is_asked_once(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    slack.break_next("users.info", Fault(error="missing_scope"))
    async with running(tmp_path, slack, models=rules):
        assert "/mlops link" in await ask(slack, kim, "내 프로젝트 보여줘")
        assert "/mlops link" in await ask(slack, kim, "내 모델 보여줘")
        assert KIMS in await ask(slack, kim, "김민준의 프로젝트 보여줘")
    assert len([call for call in slack.journal.calls if call.method == "users.info"]) == 1


async def test_what_somebody_has_set_decides_the_language_of_everything(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    async with running(tmp_path, slack, models=rules):
        assert "Language: English" in await slash(slack, kim, "language en")
        assert "김민준 has" in await ask(slack, kim, "내 프로젝트 보여줘")
        assert "shows this help" in await slash(slack, kim, "help")
        assert "How I answer you" in await slash(slack, kim, "settings")
        assert "언어: 질문한 언어" in await slash(slack, kim, "language auto")
        assert "이 도움말을" in await slash(slack, kim, "help")


async def test_bare_words_are_answered_in_the_language_last_spoken(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    async with running(tmp_path, slack, models=rules):
        assert "이 도움말을" in await slash(slack, kim, "help")
        await ask(slack, kim, "how many pipelines are there?")
        assert "shows this help" in await slash(slack, kim, "help")
        assert "what would you like" in (await ask(slack, kim, "")).lower()


async def test_settings_are_set_by_a_word_and_told_by_a_bare_one(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    async with running(tmp_path, slack, models=rules) as bot:
        assert "길이: 전체" in await slash(slack, kim, "length")
        assert "길이: 요약" in await slash(slack, kim, "length summary")
        assert "단계별 설명: 켜기" in await slash(slack, kim, "steps on")
        wanted = await bot.services.store.preferences.of("T1", KIM)
    assert (wanted.length, wanted.steps) == ("summary", "on")


async def test_a_select_of_the_settings_message_is_confirmed(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    async with running(tmp_path, slack, models=rules) as bot:
        await kim.slash("settings")
        await slack.journal.until(lambda: slack.workspace.ephemerals, "the settings")
        ((_, channel, ts), message) = next(iter(slack.workspace.ephemerals.items()))
        block = next(b for b in message["blocks"] if b.get("accessory", {}).get("action_id") == "preference:length")
        option = next(o for o in block["accessory"]["options"] if o["value"] == "summary")
        action = {"block_id": block["block_id"], "action_id": "preference:length", "selected_option": option}
        await slack.interactions.click(KIM, action=action, channel=channel, ts=ts)
        await slack.journal.until(lambda: len(slack.workspace.ephemerals) > 1, "a word")
        assert (await bot.services.store.preferences.of("T1", KIM)).length == "summary"
    assert "길이: 요약" in list(slack.workspace.ephemerals.values())[-1]["text"]


async def test_in_a_catalogue_without_people_nobody_links_themselves(
    tmp_path: Path, slack: LocalSlack, kim: Person
) -> None:
    meaning = tmp_path / "catalog.yml"
    meaning.write_text("tables: {projects: {label: {ko: 프로젝트, en: project}}}", "utf-8")
    async with running(tmp_path, slack, models=rules, semantics=meaning, agents_semantics=meaning):
        assert "연결할 수 없습니다" in await slash(slack, kim, "link minjun.kim@example.com")
        assert "solder-joint-inspection" in await ask(slack, kim, "내 프로젝트 보여줘"), "my is no word of it"
    assert "users.info" not in {call.method for call in slack.journal.calls}


async def test_where_the_catalogue_is_gone_a_link_says_so(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    async with running(tmp_path, slack, models=rules) as bot:
        await bot.services.catalog.close()
        assert "CATALOG_URL" in await slash(slack, kim, "link minjun.kim@example.com")
