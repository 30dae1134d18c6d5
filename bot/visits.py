"""Slack's requests read into visits: who is at the door, from where, and whether they speak to the bot. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias

from bot.incoming import PERSONS_SUBTYPES, is_from_person, question
from bot.people.identity import Identity
from bot.subcommands import choose

Way: TypeAlias = Literal["message", "command", "click", "form", "aside"]
"""How somebody speaks to the bot; "aside": nobody waits for a word from it."""

_HOMES: Final = ("user_team", "source_team", "team")
_CLICKS: Final = ("block_actions", "shortcut", "message_action")
_KINDS: Final[Mapping[str, Way]] = {"view_submission": "form", **dict.fromkeys(_CLICKS, "click")}


@dataclass(frozen=True, slots=True)
class Visit:
    """One request. `user` is None where no person is behind it, or one takes their own words back.

    `homes` are the workspaces and organisations of the person, the surest
    first, as far as Slack says; `is_shared`: whether the conversation is one
    with other organisations, None where Slack does not say. `channel` is None where there is none, as in the App Home.
    """

    way: Way
    user: str | None
    homes: tuple[str, ...] = ()
    is_shared: bool | None = None
    channel: str | None = None
    thread_ts: str | None = None
    text: str = ""
    response_url: str | None = None


def read_visit(body: Mapping[str, Any], me: Identity) -> Visit:
    """The visit in any body that Slack sends: an event, a command, a click, a form."""
    if isinstance(body.get("event"), Mapping):
        return _event(body, body["event"], me)
    if "command" in body:
        return _command(body, me)
    return _interaction(body, me)


def _event(body: Mapping[str, Any], event: Mapping[str, Any], me: Identity) -> Visit:
    if event.get("subtype") == "message_changed" and isinstance(event.get("message"), Mapping):
        written: Mapping[str, Any] = event["message"]
    else:
        written = event
    is_gone = event.get("subtype") == "message_deleted" or written.get("subtype") == "tombstone"
    item = event.get("item")
    channel = event.get("channel") or (item.get("channel") if isinstance(item, Mapping) else None)
    return Visit(
        way="message" if _is_for_me(event) else "aside",
        user=None if is_gone else _id(written.get("user")),
        homes=_known(written.get(name) for name in _HOMES),
        is_shared=body.get("is_ext_shared_channel") is True,
        channel=None if event.get("type") == "app_home_opened" else _id(channel),
        thread_ts=event.get("thread_ts"),
        text=question(str(event.get("text") or ""), me.user),
    )


def _is_for_me(event: Mapping[str, Any]) -> bool:
    """A mention or a direct message, as it was first written."""
    is_direct = event.get("type") == "message" and event.get("channel_type") == "im"
    is_new = event.get("subtype") in PERSONS_SUBTYPES and "edited" not in event
    return is_from_person(event) and is_new and (is_direct or event.get("type") == "app_mention")


def _command(body: Mapping[str, Any], me: Identity) -> Visit:
    """The text is what stands behind a word of ours: the word itself is of no language."""
    is_ours = me.enterprise is not None and body.get("enterprise_id") == me.enterprise
    return Visit(
        way="command",
        user=_id(body.get("user_id")),
        homes=_known([me.enterprise if is_ours else None, body.get("team_id")]),
        channel=_id(body.get("channel_id")),
        text=choose(question(str(body.get("text") or ""), me.user))[1],
        response_url=body.get("response_url"),
    )


def _interaction(body: Mapping[str, Any], me: Identity) -> Visit:
    user, container = _part(body, "user"), _part(body, "container")
    is_ours = me.enterprise is not None and _id(body.get("enterprise")) == me.enterprise
    return Visit(
        way=_KINDS.get(str(body.get("type")), "aside"),
        user=_id(user),
        homes=_known([me.enterprise if is_ours else None, user.get("team_id"), _id(body.get("team"))]),
        channel=_id(body.get("channel")) or container.get("channel_id"),
        thread_ts=_part(body, "message").get("thread_ts") or container.get("thread_ts"),
        text=str(_part(body, "message").get("text") or _part(_part(body, "view"), "title").get("text") or ""),
        response_url=body.get("response_url"),
    )


def _known(found: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for one in found if isinstance(one, str) and one))


def _id(found: Any) -> str | None:
    """Slack names people and places by their ids, or by objects that hold them."""
    value = found.get("id") if isinstance(found, Mapping) else found
    return value if isinstance(value, str) and value else None


def _part(body: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = body.get(name)
    return found if isinstance(found, Mapping) else {}
