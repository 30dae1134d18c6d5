"""An app that says whatever Slack can show: what the page must draw, beyond what the bot itself says today."""

import copy
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any, Final

import aiohttp
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.models.messages.chunk import MarkdownTextChunk, TaskUpdateChunk
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.local_slack import LocalSlack
from bot.playground.workspace.platform import Platform
from bot.playground.workspace.records import App
from tests.playground.page_server.rig import every_event

Block = dict[str, Any]

EVERY_SCOPE: Final = (
    "app_mentions:read assistant:write channels:history channels:read chat:write commands files:read files:write "
    "groups:history groups:read im:history im:read im:write mpim:history mpim:read reactions:read reactions:write "
    "users:read users:read.email"
)
BARS: Final[Block] = {
    "type": "data_visualization",
    "title": "모델별 재현율",
    "chart": {
        "type": "bar",
        "series": [
            {
                "name": "recall",
                "data": [
                    {"label": "wafer-v2.0", "value": 0.91},
                    {"label": "wafer-v2.1", "value": 0.953},
                    {"label": "solder-v1", "value": 0.88},
                ],
            }
        ],
        "axis_config": {
            "categories": ["wafer-v2.0", "wafer-v2.1", "solder-v1"],
            "x_label": "모델",
            "y_label": "recall",
        },
    },
}
TABLE: Final[Block] = {
    "type": "table",
    "column_settings": [{"align": "left"}, {"align": "right"}],
    "rows": [
        [{"type": "raw_text", "text": "모델"}, {"type": "raw_text", "text": "recall"}],
        [{"type": "raw_text", "text": "wafer-v2.1 <b>굵게</b>"}, {"type": "raw_text", "text": "0.953"}],
        [{"type": "raw_text", "text": "<img src=x onerror=alert(1)>"}, {"type": "raw_text", "text": "0.880"}],
    ],
}
ASK: Final[Block] = {
    "type": "actions",
    "elements": [
        {
            "type": "button",
            "action_id": "open_form",
            "style": "primary",
            "text": {"type": "plain_text", "text": "의견 남기기"},
        }
    ],
}
FORM: Final[dict[str, Any]] = {
    "type": "modal",
    "callback_id": "form",
    "title": {"type": "plain_text", "text": "의견"},
    "submit": {"type": "plain_text", "text": "보내기"},
    "close": {"type": "plain_text", "text": "취소"},
    "blocks": [
        {
            "type": "input",
            "block_id": "reason",
            "label": {"type": "plain_text", "text": "이유"},
            "element": {
                "type": "static_select",
                "action_id": "choice",
                "options": [
                    {"text": {"type": "plain_text", "text": text}, "value": value}
                    for text, value in (("숫자가 틀림", "wrong"), ("느림", "slow"))
                ],
            },
        },
        {
            "type": "input",
            "block_id": "words",
            "label": {"type": "plain_text", "text": "자세히"},
            "element": {"type": "plain_text_input", "action_id": "text", "multiline": True, "max_length": 200},
        },
    ],
}


def platform() -> Platform:
    """The project's manifest with every scope, Home and a shortcut, as an app may have that uses all of it."""
    ours = Platform.load()
    manifest = copy.deepcopy(dict(ours.manifest))
    manifest["features"]["app_home"]["home_tab_enabled"] = True
    manifest["oauth_config"]["scopes"]["bot"] = EVERY_SCOPE.split()
    manifest["settings"]["interactivity"] = {"is_enabled": True}
    manifest["settings"]["event_subscriptions"]["bot_events"] = every_event()
    return replace(ours, manifest=manifest)


@asynccontextmanager
async def showing(slack: LocalSlack) -> AsyncIterator[None]:
    """The showcase app, connected to the local Slack while open."""
    async with aiohttp.ClientSession() as session:
        client = AsyncWebClient(token=App().bot_token, base_url=slack.api_url, session=session)
        app = AsyncApp(client=client)
        _listen(app)
        handler = AsyncSocketModeHandler(app, App().app_token, web_client=client)
        await handler.connect_async()  # type: ignore[no-untyped-call]  # as Bolt has it
        try:
            yield
        finally:
            await handler.close_async()  # type: ignore[no-untyped-call]  # as Bolt has it


def _listen(app: AsyncApp) -> None:
    @app.event("app_mention")
    async def on_mention(event: dict[str, Any], client: AsyncWebClient) -> None:
        wish = event["text"].split(">", 1)[1].strip()
        await _SHOWS[wish](client, event)

    @app.event("message")
    async def on_message() -> None: ...

    @app.event("app_home_opened")
    async def on_home(event: dict[str, Any], client: AsyncWebClient) -> None:
        if event["tab"] == "home":
            blocks = [{"type": "header", "text": {"type": "plain_text", "text": "내 프로젝트"}}, ASK, BARS]
            await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": blocks})

    @app.action("open_form")
    async def on_click(ack: Any, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=FORM)

    @app.view("form")
    async def on_form(ack: Any, body: dict[str, Any], client: AsyncWebClient) -> None:
        values = body["view"]["state"]["values"]
        words = values["words"]["text"]["value"] or ""
        if len(words) < 3:
            await ack(response_action="errors", errors={"words": "세 글자 이상 적어 주세요."})
            return
        await ack()
        await client.chat_postMessage(
            channel=body["user"]["id"], text=f"{values['reason']['choice']['selected_option']['value']}: {words}"
        )


async def _chart(client: AsyncWebClient, event: dict[str, Any]) -> None:
    await client.chat_postMessage(channel=event["channel"], thread_ts=event["ts"], text="그래프", blocks=[BARS])


async def _table(client: AsyncWebClient, event: dict[str, Any]) -> None:
    await client.chat_postMessage(channel=event["channel"], thread_ts=event["ts"], text="표", blocks=[TABLE])


async def _form(client: AsyncWebClient, event: dict[str, Any]) -> None:
    await client.chat_postMessage(channel=event["channel"], thread_ts=event["ts"], text="의견", blocks=[ASK])


async def _stream(client: AsyncWebClient, event: dict[str, Any]) -> None:
    stream = await client.chat_stream(
        channel=event["channel"],
        thread_ts=event["ts"],
        recipient_team_id=event["team"],
        recipient_user_id=event["user"],
        task_display_mode="plan",
    )
    for status in ("in_progress", "complete"):
        await stream.append(chunks=[TaskUpdateChunk(id="sql", title="SQL을 실행합니다", status=status)])
    await stream.append(chunks=[MarkdownTextChunk(text="**3건**입니다. ")])
    await stream.stop(markdown_text="그래프는 아래에 있습니다.", blocks=[BARS])


async def _file(client: AsyncWebClient, event: dict[str, Any]) -> None:
    await client.files_upload_v2(
        channel=event["channel"],
        thread_ts=event["ts"],
        filename="결과.csv",
        title="결과",
        content="모델,recall\nwafer-v2.1,0.953\n",
    )


async def _ephemeral(client: AsyncWebClient, event: dict[str, Any]) -> None:
    await client.chat_postEphemeral(channel=event["channel"], user=event["user"], text="이것은 *나만* 봅니다.")


_SHOWS: Final = {
    "chart": _chart,
    "table": _table,
    "form": _form,
    "stream": _stream,
    "file": _file,
    "ephemeral": _ephemeral,
}
