"""The Web API as the Python SDK calls it."""

import pytest
from slack_sdk.errors import SlackApiError

from bot.playground.watch.faults import Fault
from tests.playground.webapi.server import APP, Api


async def test_the_app_learns_who_it_is(api: Api) -> None:
    me = await api.client.auth_test()
    assert (me["user_id"], me["bot_id"], me["team_id"], me["user"]) == (APP.user, APP.bot_id, "T1", "mlops")


async def test_each_connection_gets_a_ticket_of_its_own(api: Api) -> None:
    urls = [(await api.client.apps_connections_open(app_token=APP.app_token))["url"] for _ in range(2)]
    assert {url.partition("?ticket=")[2] for url in urls} == api.workspace.tickets
    assert len(api.workspace.tickets) == 2
    assert urls[0].startswith(api.workspace.base.replace("http", "ws") + "/socket?")


async def test_a_message_is_written_changed_and_deleted(api: Api) -> None:
    blocks = [{"type": "section", "text": {"type": "plain_text", "text": "hi"}}]
    posted = await api.client.chat_postMessage(channel="C1", text="hi", blocks=blocks, unfurl_links=False)
    ts = posted["ts"]
    await api.client.chat_update(channel="C1", ts=ts, text="ho", blocks=(), file_ids=["F1"])
    assert api.texts() == ["ho"]
    link = await api.client.chat_getPermalink(channel="C1", message_ts=ts)
    assert "/archives/C1/p" in link["permalink"]
    await api.client.chat_postEphemeral(channel="C1", user="U1", text="psst")
    await api.client.chat_delete(channel="C1", ts=ts)
    assert api.texts() == []


async def test_reads_go_by_get_with_flags_as_digits(api: Api) -> None:
    root = api.say()
    history = await api.client.conversations_history(channel="C1", limit=1, inclusive=True, latest=root["ts"])
    assert history["messages"] == [root]
    replies = await api.client.conversations_replies(channel="C1", ts=root["ts"], limit=999)
    assert replies["messages"] == [root]
    info = await api.client.conversations_info(channel="C1", include_num_members=True)
    assert info["channel"]["num_members"] == 3
    names = [name async for page in await api.client.users_list(limit=3) for name in page["members"]]
    assert len(names) == 4
    assert (await api.client.users_info(user="U1"))["user"]["id"] == "U1"
    assert (await api.client.users_lookupByEmail(email="lee@example.com"))["user"]["id"] == "U2"
    assert (await api.client.conversations_list(types=["im", "public_channel"], limit=9))["channels"]
    assert (await api.client.conversations_members(channel="C1"))["members"] == ["U1", "U2", APP.user]


async def test_a_dm_is_opened_with_a_query(api: Api) -> None:
    opened = await api.client.conversations_open(users=["U1"], return_im=True)
    assert opened["channel"]["id"] == "D1"


async def test_reactions_go_by_a_query(api: Api) -> None:
    message = api.say()
    await api.client.reactions_add(channel="C1", name="eyes", timestamp=message["ts"])
    assert message["reactions"] == [{"name": "eyes", "users": [APP.user], "count": 1}]
    await api.client.reactions_remove(channel="C1", name="eyes", timestamp=message["ts"])
    assert "reactions" not in message


async def test_a_refusal_is_the_sdks_error(api: Api) -> None:
    api.faults.break_next("chat.postMessage", Fault(status=429, error="ratelimited", retry_after="30"))
    with pytest.raises(SlackApiError) as limited:
        await api.client.chat_postMessage(channel="C1", text="x")
    assert limited.value.response.headers["Retry-After"] == "30"
    assert limited.value.response["error"] == "ratelimited"
    with pytest.raises(SlackApiError, match="channel_not_found"):
        await api.client.chat_postMessage(channel="C0", text="x")
