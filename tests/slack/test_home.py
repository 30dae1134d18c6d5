"""The Home tab: made for whoever opens it, of what is theirs, with buttons that ask and selects that act at once."""

import asyncio
import os
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from agent.llm.protocol import Model
from agent.offline.engine import OfflineModel
from agent.vocabulary import Vocabulary
from bot.features.home import Home, Opened
from bot.people.askers import Askers, Emails
from bot.people.readers import Asker
from bot.playground.local_slack import LocalSlack
from bot.playground.people.person import Person
from bot.playground.rules.blocks import refuse_blocks, texts
from bot.playground.watch.faults import DeliveryFault, Fault
from tests.slack.bot import lose_store, running
from tests.slack.workspace import KIM, LEE, small_slack
from tests.unit.bot.bound import bound_parts

ADDRESSES = {KIM: "Minjun.Kim@example.com", LEE: "nobody@example.com"}


@pytest.fixture
async def slack() -> AsyncIterator[LocalSlack]:
    async with small_slack().serving() as server:
        for user, email in ADDRESSES.items():
            server.workspace.users[user] = replace(server.workspace.users[user], email=email)
        yield server


def rules(known: Vocabulary) -> list[Model]:
    return [OfflineModel(known)]


def opens(slack: LocalSlack, user: str = KIM, tab: str = "home") -> None:
    slack.workspace.tell("home_opened", "D1", user=user, tab=tab)


def published(slack: LocalSlack) -> list[dict[str, Any]]:
    return [call.args for call in slack.journal.calls if call.method == "views.publish"]


async def home(slack: LocalSlack, user: str = KIM, times: int = 1) -> dict[str, Any]:
    """The view that stands there once so many were published."""
    await slack.journal.until(lambda: len(published(slack)) >= times and user in slack.workspace.homes, "a home")
    view = slack.workspace.homes[user].view
    assert refuse_blocks(view["blocks"], "home", limit=100) is None
    return view


def said(view: dict[str, Any]) -> str:
    return "\n".join(texts(view["blocks"]))


def elements(view: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """What can be clicked, by action id, with its block."""
    found = {}
    for block in view["blocks"]:
        if (one := block.get("accessory")) is not None:
            found[one["action_id"]] = {"block_id": block["block_id"], **one}
    return found


async def press(slack: LocalSlack, view: dict[str, Any], action_id: str, **chosen: Any) -> None:
    one = elements(view)[action_id]
    action = {"block_id": one["block_id"], "action_id": action_id, "type": one["type"], **chosen}
    await slack.interactions.click(KIM, action=action, view_id=view["id"])


async def test_who_opens_it_sees_who_they_are_and_what_is_theirs(tmp_path: Path, slack: LocalSlack) -> None:
    async with running(tmp_path, slack, models=rules):
        opens(slack)
        view = await home(slack)
    told = said(view)
    assert "비전팀의 김민준 님" in told
    assert "내 프로젝트" in told
    assert "defect-detection-v2" in told
    assert "surface-inspection" not in told, "that is a colleague's"
    assert "내 실행 중이거나 실패한 파이프라인" in told
    assert published(slack)[0]["user_id"] == KIM
    assert list(slack.workspace.homes) == [KIM], "nobody else's is shown"


async def test_the_messages_tab_is_no_home(tmp_path: Path, slack: LocalSlack) -> None:
    async with running(tmp_path, slack, models=rules):
        opens(slack, tab="messages")
        await slack.deliveries.settled()
    assert published(slack) == []


async def test_whom_the_catalogue_does_not_know_is_told_how_to_be_known(tmp_path: Path, slack: LocalSlack) -> None:
    async with running(tmp_path, slack, models=rules):
        opens(slack, LEE)
        view = await home(slack, LEE)
    assert "/mlops link" in said(view)
    assert "*내 프로젝트*" not in said(view)


async def test_a_button_asks_its_question_in_a_thread_of_the_direct_conversation(
    tmp_path: Path, slack: LocalSlack
) -> None:
    async with running(tmp_path, slack, models=rules):
        opens(slack)
        view = await home(slack)
        await press(slack, view, "home:ask:0", value="내 프로젝트")
        roots = await slack.journal.until(lambda: slack.messages("D1"), "the question")
        ts = roots[0]["ts"]
        await slack.journal.until(lambda: len(slack.messages("D1", ts)) == 2, "the answer")
        assert "defect-detection-v2" in "\n".join(texts(slack.messages("D1", ts)[1]["blocks"]))
        opens(slack)
        view = await home(slack, times=2)
    assert "최근에 하신 질문" in said(view)
    assert "다시 묻기" in said(view)


async def test_a_select_acts_at_once_and_the_home_speaks_the_new_language(tmp_path: Path, slack: LocalSlack) -> None:
    async with running(tmp_path, slack, models=rules) as bot:
        opens(slack)
        view = await home(slack)
        option = next(o for o in elements(view)["preference:language"]["options"] if o["value"] == "en")
        await press(slack, view, "preference:language", selected_option=option)
        view = await home(slack, times=2)
        assert (await bot.services.store.preferences.of("T1", KIM)).language == "en"
    assert "What's new" in said(view)
    assert "My projects" in said(view)
    chosen = elements(view)["preference:language"]["initial_option"]
    assert chosen["value"] == "en"


async def test_where_the_catalogue_is_gone_it_says_so_and_shows_the_rest(tmp_path: Path, slack: LocalSlack) -> None:
    async with running(tmp_path, slack, models=rules):
        os.replace(tmp_path / "catalog.db", tmp_path / "gone.db")
        opens(slack)
        view = await home(slack)
    told = said(view)
    assert "카탈로그" in told
    assert "CATALOG_URL" in told
    assert "새로워진 점" in told
    assert "preference:language" in elements(view)


async def test_without_a_store_it_shows_what_is_theirs_and_no_settings(tmp_path: Path, slack: LocalSlack) -> None:
    async with running(tmp_path, slack, models=rules):
        await lose_store(tmp_path)
        opens(slack)
        view = await home(slack)
    assert "STORE_URL" in said(view)
    assert "defect-detection-v2" in said(view)
    assert "preference:language" not in elements(view)


async def test_a_home_that_was_made_anew_meanwhile_stands(tmp_path: Path, slack: LocalSlack) -> None:
    async with running(tmp_path, slack, models=rules):
        opens(slack)
        view = await home(slack)
        slack.break_next("views.publish", Fault(error="hash_conflict"))
        opens(slack)
        await home(slack, times=2)
        await slack.deliveries.settled()
    assert published(slack)[1]["hash"] == view["hash"]
    assert slack.workspace.homes[KIM].view["hash"] == view["hash"]


async def test_opened_many_times_at_once_the_last_one_stands(tmp_path: Path, slack: LocalSlack) -> None:
    async with running(tmp_path, slack, models=rules):
        for _ in range(5):
            opens(slack)
        await home(slack, times=5)
        async with asyncio.timeout(10):
            await slack.deliveries.settled()
    assert len(published(slack)) == 5


async def test_where_the_list_of_channels_has_no_such_conversation_its_buttons_ask_nothing(
    tmp_path: Path, slack: LocalSlack
) -> None:
    async with running(tmp_path, slack, models=rules, allowed_channels=("C1",)):
        opens(slack)
        view = await home(slack)
        await press(slack, view, "home:ask:0", value="내 프로젝트")
        await slack.journal.until(lambda: slack.workspace.ephemerals, "a word to them alone")
    assert slack.messages("D1") == []


async def test_a_refresh_looks_anew(tmp_path: Path, slack: LocalSlack, kim: Person) -> None:
    async with running(tmp_path, slack, models=rules):
        opens(slack)
        view = await home(slack)
        ts = await kim.mention("파이프라인 몇 개야?")
        await slack.journal.until(lambda: slack.messages("C1", ts), "an answer")
        await press(slack, view, "home:refresh")
        view = await home(slack, times=2)
    assert "파이프라인 몇 개야?" in said(view)


async def test_without_a_store_nothing_is_set_nor_asked_and_who_clicks_is_told(
    tmp_path: Path, slack: LocalSlack
) -> None:
    async with running(tmp_path, slack, models=rules):
        opens(slack)
        view = await home(slack)
        drop(tmp_path, "preferences", "turns", "claims")
        option = next(o for o in elements(view)["preference:sql"]["options"] if o["value"] == "on")
        await press(slack, view, "preference:sql", selected_option=option)
        await slack.journal.until(lambda: len(slack.workspace.ephemerals) == 1, "a word on the setting")
        await press(slack, view, "home:ask:0", value="내 프로젝트")
        await slack.journal.until(lambda: len(slack.workspace.ephemerals) == 2, "a word on the question")
    assert all("STORE_URL" in message["text"] for message in slack.workspace.ephemerals.values())
    assert slack.messages("D1") == []


def drop(folder: Path, *tables: str) -> None:
    with closing(sqlite3.connect(folder / "store.db")) as other:
        other.executescript("PRAGMA foreign_keys = OFF;" + "".join(f"DROP TABLE {table};" for table in tables))


async def test_a_click_that_comes_twice_asks_once(tmp_path: Path, slack: LocalSlack) -> None:
    async with running(tmp_path, slack, models=rules):
        opens(slack)
        view = await home(slack)
        slack.faults.break_next_delivery("interactive", DeliveryFault(duplicates=True))
        await press(slack, view, "home:ask:0", value="내 프로젝트")
        await slack.journal.until(lambda: slack.messages("D1"), "the question")
        await slack.deliveries.settled()
    roots = [message for message in slack.messages("D1") if message.get("thread_ts") in (None, message["ts"])]
    assert len(roots) == 1


async def test_where_the_bot_cannot_post_nothing_is_asked(tmp_path: Path, slack: LocalSlack) -> None:
    async with running(tmp_path, slack, models=rules) as bot:
        opens(slack)
        view = await home(slack)
        slack.break_next("chat.postMessage", Fault(error="messages_tab_disabled"))
        await press(slack, view, "home:ask:0", value="내 프로젝트")
        await slack.journal.until(lambda: [c for c in slack.journal.calls if c.method == "chat.postMessage"], "a try")
    assert await bot.services.store.asked.latest("T1", KIM, 5) == []


class Endless(Askers):
    """Askers over a catalogue that never answers."""

    async def asking(self, user: str) -> Asker:
        await asyncio.Event().wait()
        return await self.of(user)


async def test_a_catalogue_that_takes_too_long_leaves_a_home_without_it(tmp_path: Path) -> None:
    async with bound_parts(tmp_path) as parts:
        nobody = Emails(AsyncWebClient(), parts.me, parts.tasks)
        slow = replace(parts, askers=Endless(parts.services, nobody))
        page = await Home(slow, look_s=0.01).page(Opened(KIM, "D1"), "ko")
    assert page.panels == ()
    assert len(page.problems) == 1
    assert page.preferences is not None


async def test_what_is_no_choice_of_ours_changes_nothing(tmp_path: Path) -> None:
    async with bound_parts(tmp_path) as parts:
        chosen = {"action_id": "preference:sql", "selected_option": {"value": "maybe"}}
        Home(parts).wish({"user": {"id": KIM}, "actions": [chosen]})
        await parts.tasks.drain(5)
        assert (await parts.services.store.preferences.of("T1", KIM)).sql == "off"


async def test_a_catalogue_without_people_shows_its_questions_to_anybody(tmp_path: Path, slack: LocalSlack) -> None:
    meaning = tmp_path / "catalog.yml"
    meaning.write_text(
        "tables: {projects: {label: {ko: 프로젝트, en: project}}}\n"
        "home: {ko: [프로젝트 보여줘], en: [Show the projects]}\n",
        "utf-8",
    )
    async with running(tmp_path, slack, models=rules, semantics=meaning, agents_semantics=meaning):
        opens(slack)
        view = await home(slack)
    assert "프로젝트 보여줘" in said(view)
    assert "무엇이든 물어보세요" in said(view)
