"""/ui/state shows one person what is theirs, and all of it."""

import json
from typing import Any

import pytest

from tests.playground.page_server.rig import APP, FORM, Listener, Site


def holds(state: dict[str, Any], words: str) -> bool:
    return words in json.dumps(state, ensure_ascii=False)


async def test_the_state_is_what_the_contract_says(site: Site, app: Listener) -> None:
    state = await site.state()
    assert state.keys() == {
        "team", "app", "me", "users", "channels", "ephemerals", "statuses", "prompts", "sessions", "modals", "home",
        "greeting", "features", "files", "tricks",
    }  # fmt: skip
    assert state["app"] == {
        "id": "A1",
        "user": APP.user,
        "bot_id": APP.bot_id,
        "name": "MLOps Bot",
        "description": site.workspace.platform.manifest["display_information"]["description"],
        "connected": 1,
    }
    assert state["tricks"] == [{"name": "wink", "label": {"ko": "눈짓", "en": "Wink"}}]
    assert [command["command"] for command in state["features"]["commands"]] == ["/mlops", "/other"]
    assert (state["features"]["home_tab"], state["features"]["stop"]) == (True, True)
    assert state["greeting"]["prompts"][0]["title"] == "프로젝트 목록"
    assert [user["is_bot"] for user in state["users"]] == [False, False, True]


async def test_without_a_user_it_is_the_first_ones(site: Site) -> None:
    async with site.session.get(f"{site.slack.base}/ui/state") as response:
        assert (await response.json())["me"] == "U1"


@pytest.mark.parametrize("user", ["U9", "UBOT"])
async def test_there_is_no_state_of_the_bot_or_of_somebody_unknown(site: Site, user: str) -> None:
    async with site.session.get(f"{site.slack.base}/ui/state?user={user}") as response:
        assert response.status == 404
        assert await response.json() == {"ok": False, "error": "Choose whom to speak as first."}


async def test_other_peoples_conversations_are_not_in_it(site: Site) -> None:
    await site.done("say", channel="D1", text="private words", files=[await site.upload("private.csv")])
    await site.done("say", "U2", channel="G1", text="secret words")
    mine, theirs = await site.state(), await site.state("U2")
    assert [channel["id"] for channel in mine["channels"]] == ["C1", "C2", "C3", "D1"]
    assert [channel["id"] for channel in theirs["channels"]] == ["C1", "C3", "G1", "D2"]
    assert (holds(mine, "private words"), holds(mine, "secret words")) == (True, False)
    assert (holds(theirs, "private words"), holds(theirs, "secret words")) == (False, True)
    assert ([file["name"] for file in mine["files"]], theirs["files"]) == (["private.csv"], [])


async def test_what_one_person_alone_was_shown_is_theirs(site: Site, app: Listener) -> None:
    await site.call("chat.postEphemeral", channel="C1", user="U1", text="for your eyes")
    view = await site.has_form()
    home = {"type": "home", "blocks": FORM["blocks"]}
    published = await site.call("views.publish", user_id="U1", view=home)
    mine, theirs = await site.state(), await site.state("U2")
    assert [entry["message"]["text"] for entry in mine["ephemerals"]] == ["for your eyes"]
    assert [modal["id"] for modal in mine["modals"]] == [view]
    assert mine["home"]["id"] == published["view"]["id"]
    assert (theirs["ephemerals"], theirs["modals"], theirs["home"]) == ([], [], None)


async def test_what_the_app_is_doing_is_shown_to_those_in_the_channel(site: Site) -> None:
    ts = (await site.done("say", channel="D1", text="question"))["ts"]
    done = await site.call("assistant.threads.setStatus", channel_id="D1", thread_ts=ts, status="thinks")
    assert done["ok"], done
    assert [status["status"] for status in (await site.state())["statuses"]] == ["thinks"]
    assert (await site.state("U2"))["statuses"] == []
