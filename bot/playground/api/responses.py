"""POST /respond/{id}: what the app answers over a response_url."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from aiohttp import web

from bot.playground.watch.faults import Fault, Faults
from bot.playground.watch.journal import Journal
from bot.playground.workspace.asides import content_of, say, whisper
from bot.playground.workspace.foreign import load_json
from bot.playground.workspace.records import ResponseUrl
from bot.playground.workspace.refused import Refused, wrong_arguments
from bot.playground.workspace.state import Workspace

LIFE: Final = timedelta(minutes=30)
USES_AT_MOST: Final = 5
METHOD: Final = "response_url"
"""The name its faults go by."""

_FIELDS: Final = frozenset(
    {
        *("text", "blocks", "attachments", "metadata", "thread_ts"),
        *("response_type", "replace_original", "delete_original"),
        *("mrkdwn", "parse", "link_names", "unfurl_links", "unfurl_media"),
    }
)
_YES: Final = (True, "true")  # docs.slack.dev/interactivity/handling-user-interaction has it as a text
_GONE: Final = frozenset({"no_such_url", "used_url", "expired_url"})


class Responses:
    """The handler. Each request is noted in the journal, with the error it got."""

    def __init__(self, workspace: Workspace, journal: Journal, faults: Faults) -> None:
        self._workspace = workspace
        self._journal = journal
        self._faults = faults

    async def handle(self, request: web.Request) -> web.Response:
        url_id, body = request.match_info["id"], _object(await request.read())
        fault = self._faults.take(METHOD)
        await fault.hold(self._journal.note)
        problem = self._problem(url_id, body) if fault.lets_through else None
        problem = fault.code or problem
        self._journal.responses.append({**(body or {}), "id": url_id, "error": problem})
        self._journal.note()
        fault.cut(request)
        return _answer(fault, problem)

    def _problem(self, url_id: str, body: Mapping[str, Any] | None) -> str | None:
        try:
            self._carry_out(url_id, body)
        except Refused as refused:
            return refused.code
        return None

    def _carry_out(self, url_id: str, body: Mapping[str, Any] | None) -> None:
        url = self._workspace.response_urls.get(url_id)
        if url is None:
            raise Refused("no_such_url")
        if url.uses >= USES_AT_MOST:
            raise Refused("used_url")
        if self._workspace.clock() - url.issued_at >= LIFE:
            raise Refused("expired_url")
        if body is None:
            raise Refused("invalid_payload")
        _refuse(body)
        if self._workspace.channels[url.channel].is_archived:
            raise Refused("is_archived")
        url.uses += 1
        # A command has no original: Slack posts what should replace it as a new message (slackapi/bolt-js#2287).
        if url.message_ts is not None and body.get("delete_original") in _YES:
            self._delete(url, url.message_ts)
        elif url.message_ts is not None and body.get("replace_original") in _YES:
            self._replace(url, url.message_ts, body)
        else:
            say(self._workspace, self._workspace.channels[url.channel], url.user, body)

    def _delete(self, url: ResponseUrl, ts: str) -> None:
        channel = self._workspace.channels[url.channel]
        if self._workspace.ephemerals.pop((url.user, url.channel, ts), None) is not None:
            self._workspace.tell("ephemeral_gone", url.channel, user=url.user, ts=ts)
        elif ts in channel.messages:
            self._workspace.delete(channel, ts)
        else:
            raise Refused("message_not_found")

    def _replace(self, url: ResponseUrl, ts: str, body: Mapping[str, Any]) -> None:
        channel, content = self._workspace.channels[url.channel], content_of(self._workspace, body)
        before = self._workspace.ephemerals.get((url.user, url.channel, ts))
        if before is not None:
            whisper(self._workspace, channel, url.user, {**before, **content})
        elif ts in channel.messages:
            self._workspace.change(channel, ts, content, is_edit=not body.get("blocks"))
        else:
            raise Refused("message_not_found")


def _refuse(body: Mapping[str, Any]) -> None:
    """Raises Refused for what the Web API would refuse in the arguments of a message, too."""
    unknown = sorted(body.keys() - _FIELDS)
    if unknown:
        raise wrong_arguments(f"unknown argument: {unknown[0]}")
    if body.get("response_type") not in (None, "ephemeral", "in_channel"):
        raise wrong_arguments("response_type must be ephemeral or in_channel")


def _object(sent: bytes) -> dict[str, Any] | None:
    try:
        body = load_json(sent)
    except ValueError:
        return None
    return body if isinstance(body, dict) else None


def _answer(fault: Fault, problem: str | None) -> web.Response:
    status = 200 if problem is None else 404 if problem in _GONE else 400
    if fault.status != 200:
        status = fault.status
    return web.Response(text=problem or "ok", status=status, headers=fault.headers)
