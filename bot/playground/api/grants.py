"""Whether a token may make a call: its kind, and the scopes the manifest grants it."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from bot.playground.workspace.platform import MethodSpec
from bot.playground.workspace.refused import Refused
from bot.playground.workspace.state import Workspace

_FAMILIES: Final = {"channel": "channels", "group": "groups", "im": "im", "mpim": "mpim"}
_TYPES: Final = {"public_channel": "channels", "private_channel": "groups", "im": "im", "mpim": "mpim"}
_DISGUISE: Final = frozenset({"username", "icon_emoji", "icon_url"})


def check_token(workspace: Workspace, spec: MethodSpec, token: str | None) -> None:
    """Raises Refused: not_authed, invalid_auth, not_allowed_token_type (the app's other token)."""
    app = workspace.app
    right, other = (app.app_token, app.bot_token) if spec.token == "app" else (app.bot_token, app.app_token)
    if not token:
        raise Refused("not_authed")
    if token != right:
        raise Refused("not_allowed_token_type" if token == other else "invalid_auth")


def check_scopes(workspace: Workspace, spec: MethodSpec, args: Mapping[str, Any]) -> None:
    """Raises Refused: missing_scope, with what was `needed` and what is `provided`."""
    granted = frozenset(workspace.platform.scopes)
    needed = set(spec.scopes)
    if _DISGUISE & args.keys():
        needed.add("chat:write.customize")
    families = _families(workspace, spec, args)
    needed |= {scope for scope in spec.any_of if scope.partition(":")[0] in families}
    if spec.any_of and not families and not spec.any_of & granted:
        needed |= spec.any_of
    if not needed <= granted:
        missing = ",".join(sorted(needed - granted))
        raise Refused("missing_scope", needed=missing, provided=",".join(workspace.platform.scopes))


def _families(workspace: Workspace, spec: MethodSpec, args: Mapping[str, Any]) -> set[str]:
    """The families of scopes (channels, groups, im, mpim) a call is about, as far as its arguments tell."""
    if spec.name == "conversations.list":
        return {_TYPES[kind] for kind in _words(args.get("types", "public_channel")) if kind in _TYPES}
    if spec.name == "conversations.open" and "users" in args:
        return {"im" if len(list(_words(args["users"]))) == 1 else "mpim"}
    name = args.get("channel")
    channel = workspace.channels.get(name) if isinstance(name, str) else None
    return set() if channel is None else {_FAMILIES[channel.kind]}


def _words(value: object) -> Iterable[str]:
    return (word.strip() for word in str(value).split(",") if word.strip())
