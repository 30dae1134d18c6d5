"""The Web API over HTTP: checks a call as Slack does, hands it to its method, keeps it in the journal."""

import asyncio
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from aiohttp import web

from bot.playground.api.arguments import check_args, read_args, typed
from bot.playground.api.grants import check_scopes, check_token
from bot.playground.api.methods import Method, find_methods
from bot.playground.api.rates import Rates
from bot.playground.watch.faults import Fault, Faults
from bot.playground.watch.journal import Call, Journal
from bot.playground.workspace.platform import MethodSpec
from bot.playground.workspace.refused import Refused
from bot.playground.workspace.state import Workspace

_BEARER: Final = "Bearer "


@dataclass(frozen=True, slots=True)
class _Reply:
    body: dict[str, Any]
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


class WebApi:
    """The handler of /api/{method}."""

    def __init__(
        self,
        workspace: Workspace,
        journal: Journal,
        faults: Faults,
        rates: Rates,
        methods: Mapping[str, Method] | None = None,
    ) -> None:
        self._workspace = workspace
        self._journal = journal
        self._faults = faults
        self._rates = rates
        self._methods = find_methods() if methods is None else methods

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Answers one call. Every call is in the journal from the moment it has been read, its answer with it."""
        if request.method not in ("GET", "POST"):
            raise web.HTTPMethodNotAllowed(request.method, ["GET", "POST"])
        call = Call(request.match_info["method"], {}, _peer(request), asyncio.get_running_loop().time())
        unreadable: Refused | None = None
        try:
            call.args = await read_args(request)
        except Refused as refused:
            unreadable = refused
        token = _token(request.headers.get("Authorization", ""), call.args.pop("token", None))
        if call.method in self._workspace.platform.methods:
            call.args = typed(self._workspace.platform.methods[call.method], call.args)
        self._journal.calls.append(call)
        fault = self._faults.take(call.method)
        await fault.hold(self._journal.note)
        reply = self._carry_out(call, token, unreadable) if fault.lets_through else _Reply({})
        if fault.lands_late:
            asyncio.get_running_loop().call_later(fault.lands_after_s, self._carry_out, call, token, unreadable)
        return self._answer(request, call, fault, reply)

    def _carry_out(self, call: Call, token: str | None, unreadable: Refused | None) -> _Reply:
        try:
            spec = self._workspace.platform.methods.get(call.method)
            if spec is None or call.method not in self._methods:
                raise Refused("unknown_method", req_method=call.method)
            if unreadable is not None:
                raise unreadable
            check_token(self._workspace, spec, token)
        except Refused as refused:
            return _Reply(refused.body)
        return self._run(spec, call)

    def _run(self, spec: MethodSpec, call: Call) -> _Reply:
        """The method's answer, once the token is known to be the right one."""
        headers = {"X-OAuth-Scopes": ",".join(self._workspace.platform.scopes)}
        try:
            check_scopes(self._workspace, spec, call.args)
            call.args = check_args(spec, call.args)
            wait_s = self._rates.take(spec, call.args)
            if wait_s is not None:
                limited = {"Retry-After": str(max(math.ceil(wait_s), 1))}
                return _Reply({"ok": False, "error": "ratelimited"}, 429, headers | limited)
            return _Reply({"ok": True, **self._methods[call.method](self._workspace, call.args)}, headers=headers)
        except Refused as refused:
            return _Reply(refused.body, headers=headers)

    def _answer(self, request: web.Request, call: Call, fault: Fault, reply: _Reply) -> web.StreamResponse:
        if fault.breaks:
            reply = _Reply({"ok": False, "error": fault.code}, fault.status, fault.headers)
        call.answer = reply.body
        self._journal.note()
        fault.cut(request)
        if reply.status >= 500:
            return web.Response(
                text="<html>sorry</html>", status=reply.status, content_type="text/html", headers=reply.headers
            )
        return web.json_response(reply.body, status=reply.status, headers=reply.headers)


def _token(authorization: str, argument: Any) -> str | None:
    """The call's token: the header's, or that of the query or form."""
    if authorization.startswith(_BEARER):
        return authorization.removeprefix(_BEARER).strip()
    return str(argument) if argument else None


def _peer(request: web.Request) -> str:
    return str(request.transport.get_extra_info("peername")) if request.transport else ""
