"""Bolt itself as the app: what is sent here is what it understands, and what it answers is understood here."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from tests.playground.interactivity.views import actions, button, field, filled, modal, option, text_input, used
from tests.playground.interactivity.world import World

EXTERNAL = {"type": "external_select", "action_id": "project"}


def client_of(world: World) -> AsyncWebClient:
    return AsyncWebClient(token="xoxb-local", base_url=f"{world.workspace.base}/api/", session=world.session)


@asynccontextmanager
async def bolt(world: World) -> AsyncIterator[AsyncApp]:
    """Answers in the place of the world's own app."""

    async def authorize() -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=None, team_id="T1", bot_token="xoxb-local", bot_id="BBOT", bot_user_id="UBOT"
        )

    app = AsyncApp(client=client_of(world), authorize=authorize, signing_secret=world.workspace.app.signing_secret)
    runner = web.AppRunner(app.web_app(path="/slack"), access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    world.deliveries.request_url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack"
    try:
        yield app
    finally:
        await runner.cleanup()


async def test_bolt_opens_a_modal_checks_it_and_thanks(world: World) -> None:
    closed: list[bool] = []
    async with bolt(world) as app:

        @app.command("/mlops")
        async def on_command(ack: Any, body: dict[str, Any]) -> None:
            form = modal(field(text_input()), actions(EXTERNAL), callback_id="form", notify_on_close=True)
            await client_of(world).views_open(trigger_id=body["trigger_id"], view=form)
            await ack("opened")

        @app.options("project")
        async def on_options(ack: Any, payload: dict[str, Any]) -> None:
            await ack(options=[option(payload["value"])])

        @app.view("form")
        async def on_form(ack: Any, view: dict[str, Any]) -> None:
            said = view["state"]["values"]["b"]["a"]["value"]
            if said == "short":
                await ack(response_action="errors", errors={"b": "Too short."})
            else:
                await ack(response_action="update", view=modal(callback_id="form", notify_on_close=True))

        @app.view_closed("form")
        async def on_close(ack: Any, body: dict[str, Any]) -> None:
            await ack()
            closed.append(body["is_cleared"])

        await world.interactions.slash("U1", "form", "C1")
        await world.interactions.settled()
        assert world.told("ephemeral")[0]["message"]["text"] == "opened"
        view_id = world.workspace.modals["U1"][0].view["id"]
        asked = {"view_id": view_id, "block_id": "acts", "action_id": "project", "value": "res"}
        assert await world.interactions.options("U1", **asked) == [option("res")]
        assert await world.interactions.submit("U1", view_id, filled(value="short")) == {"b": "Too short."}
        assert await world.interactions.submit("U1", view_id, filled(value="long enough")) is None
        await world.interactions.close("U1", view_id)
        await world.deliveries.settled()
    assert closed == [False]
    assert not world.notices()


async def test_bolt_answers_a_click_over_the_response_url(world: World) -> None:
    async with bolt(world) as app:

        @app.action("go")
        async def on_click(ack: Any, respond: Any, body: dict[str, Any]) -> None:
            await ack()
            await respond(text=f"{body['user']['id']} chose {body['actions'][0]['value']}", replace_original=True)

        ts = world.say("choose", user="UBOT", bot_id="BBOT", blocks=[actions(button())])
        await world.interactions.click("U1", channel="C1", ts=ts, action=used(button()))
        await world.journal.until(lambda: world.journal.responses)
        await world.interactions.settled()
    assert world.message(ts)["text"] == "U1 chose v"
    assert not world.notices()


async def test_bolt_knows_both_kinds_of_shortcut(world: World) -> None:
    seen: list[str] = []
    async with bolt(world) as app:

        @app.global_shortcut("ask")
        async def on_ask(ack: Any, shortcut: dict[str, Any]) -> None:
            await ack()
            seen.append(shortcut["type"])

        @app.message_shortcut("explain")
        async def on_explain(ack: Any, shortcut: dict[str, Any]) -> None:
            await ack()
            about = f"About: {shortcut['message']['text']}"
            await client_of(world).chat_postMessage(channel="C1", text=about, thread_ts=shortcut["message_ts"])
            seen.append(shortcut["type"])

        await world.interactions.shortcut("U1", "ask")
        ts = world.say("why?")
        await world.interactions.shortcut("U1", "explain", channel="C1", ts=ts)
        await world.journal.until(lambda: world.journal.of("chat.postMessage"))
        await world.interactions.settled()
    assert sorted(seen) == ["message_action", "shortcut"]
    assert [message["text"] for message in world.workspace.channels["C1"].thread(ts)] == ["why?", "About: why?"]


async def test_the_sdk_streams_into_a_message(world: World) -> None:
    recipient = {"recipient_user_id": "U1", "recipient_team_id": "T1"}
    stream = await client_of(world).chat_stream(channel="C1", thread_ts=world.say(), buffer_size=4, **recipient)
    for word in ("Hello ", "you ", "all"):
        await stream.append(markdown_text=word)
    await stream.stop(blocks=[{"type": "divider"}])
    message = list(world.workspace.channels["C1"].messages.values())[-1]
    assert (message["text"], message["streaming"]) == ("Hello you all", False)
    assert [block["type"] for block in message["blocks"]] == ["markdown", "divider"]
