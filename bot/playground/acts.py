"""What people do on the page: one function a verb of /ui/act, each a call on Person or Interactions."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.playground.interactions import Interactions
from bot.playground.methods import Refused
from bot.playground.people import Person
from bot.playground.tricks import Trick
from bot.playground.typed import markup
from bot.playground.uploads import file_json
from bot.playground.workspace import Workspace

MOST_TYPED: Final = 40_000
_SENTENCES: Final = {"operation_timeout": "We had some trouble connecting. Try again?"}


class Mistaken(Exception):
    """For the person at the page: a sentence on what they can do."""


class _Body(BaseModel):
    """What a verb is sent; `user` is who does it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    user: str


class Say(_Body):
    channel: str
    text: str = Field(max_length=MOST_TYPED)
    thread_ts: str | None = None
    files: tuple[str, ...] = ()
    broadcast: bool = False


class Edit(_Body):
    channel: str
    ts: str
    text: str = Field(max_length=MOST_TYPED)


class Delete(_Body):
    channel: str
    ts: str


class React(_Body):
    channel: str
    ts: str
    name: str = Field(pattern=r"^[a-z0-9_+'-]{1,100}$")
    add: bool = True


class Click(_Body):
    action: dict[str, Any]
    channel: str | None = None
    ts: str | None = None
    view_id: str | None = None
    state: dict[str, Any] | None = None


class Submit(_Body):
    view_id: str
    state: dict[str, Any]


class Close(_Body):
    view_id: str
    all: bool = False


class Options(_Body):
    action_id: str
    block_id: str
    value: str
    channel: str | None = None
    ts: str | None = None
    view_id: str | None = None


class Shortcut(_Body):
    callback_id: str
    channel: str | None = None
    ts: str | None = None


class Home(_Body):
    tab: str = Field(pattern="^(home|messages|about)$")


class Stop(_Body):
    channel: str
    thread_ts: str


class Nothing(_Body):
    pass


class PlayTrick(_Body):
    name: str


@dataclass(frozen=True, slots=True)
class Hands:
    """What the verbs work with."""

    workspace: Workspace
    interactions: Interactions
    person: Callable[[str], Person]
    tricks: Mapping[str, Trick]


Done: TypeAlias = dict[str, Any]


async def act(verb: str, sent: Mapping[str, Any], hands: Hands) -> Done:
    """Does it. Raises Mistaken, a sentence for the person who tried, for whatever cannot be done."""
    if verb not in _VERBS:
        raise Mistaken(f"The page knows no '{verb}'.")
    shape, run = _VERBS[verb]
    try:
        body = shape.model_validate(sent)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        raise Mistaken(f"{'.'.join(map(str, first['loc'])) or verb}: {first['msg']}") from None
    if body.user not in hands.workspace.users or hands.workspace.users[body.user].is_bot:
        raise Mistaken("Choose whom to speak as first.")
    try:
        return await run(body, hands)
    except Refused as refused:
        raise Mistaken(_SENTENCES.get(refused.code, refused.code)) from None


async def _say(body: Say, hands: Hands) -> Done:
    _own_channel(hands, body.user, body.channel)
    word, _, rest = body.text.strip().partition(" ")
    if word.startswith("/") and len(word) > 1 and not body.files:
        return await _command(word, rest.strip(), body, hands)
    if not body.text.strip() and not body.files:
        raise Mistaken("There is nothing to send yet.")
    files = _files(body, hands)
    ts = await hands.person(body.user).say(
        markup(body.text, hands.workspace),
        body.channel,
        body.thread_ts,
        raw=True,
        **({"files": files} if files else {}),
        **({"subtype": "file_share"} if files else {"subtype": "thread_broadcast"} if body.broadcast else {}),
    )
    return {"ts": ts}


async def _command(word: str, text: str, body: Say, hands: Hands) -> Done:
    if body.thread_ts is not None:
        raise Mistaken(f"{word} is not supported in threads. Sorry!")
    if word not in {command["command"] for command in hands.workspace.platform.commands}:
        raise Mistaken(f"{word} is not a valid command. In Slack, all messages that start with '/' are commands.")
    await hands.interactions.slash(body.user, text, body.channel)
    return {}


async def _edit(body: Edit, hands: Hands) -> Done:
    _own_message(hands, body.user, body.channel, body.ts)
    if not body.text.strip():
        raise Mistaken("An empty message cannot be kept; delete it instead.")
    await hands.person(body.user).edit(body.ts, markup(body.text, hands.workspace), body.channel)
    return {}


async def _delete(body: Delete, hands: Hands) -> Done:
    _own_message(hands, body.user, body.channel, body.ts)
    await hands.person(body.user).delete(body.ts, body.channel)
    return {}


async def _react(body: React, hands: Hands) -> Done:
    _message(hands, body.user, body.channel, body.ts)
    person = hands.person(body.user)
    await (person.react if body.add else person.unreact)(body.ts, body.name, body.channel)
    return {}


async def _click(body: Click, hands: Hands) -> Done:
    if body.channel is not None:
        _own_channel(hands, body.user, body.channel)
    await hands.interactions.click(
        body.user, channel=body.channel, ts=body.ts, view_id=body.view_id, action=body.action, state=body.state
    )
    return {}


async def _submit(body: Submit, hands: Hands) -> Done:
    errors = await hands.interactions.submit(body.user, body.view_id, body.state)
    return {"errors": errors} if errors else {}


async def _close(body: Close, hands: Hands) -> Done:
    await hands.interactions.close(body.user, body.view_id, all=body.all)
    return {}


async def _options(body: Options, hands: Hands) -> Done:
    found = await hands.interactions.options(
        body.user,
        action_id=body.action_id,
        block_id=body.block_id,
        value=body.value,
        channel=body.channel,
        ts=body.ts,
        view_id=body.view_id,
    )
    return {"options": found}


async def _shortcut(body: Shortcut, hands: Hands) -> Done:
    await hands.interactions.shortcut(body.user, body.callback_id, channel=body.channel, ts=body.ts)
    return {}


async def _home(body: Home, hands: Hands) -> Done:
    direct = hands.workspace.direct(body.user)
    hands.workspace.tell("home_opened", direct.id, user=body.user, tab=body.tab)
    return {}


async def _stop(body: Stop, hands: Hands) -> Done:
    _own_channel(hands, body.user, body.channel)
    workspace = hands.workspace
    streaming = [
        stream.ts
        for stream in workspace.streams.values()
        if stream.channel == body.channel
        and workspace.channels[body.channel].messages.get(stream.ts, {}).get("thread_ts") == body.thread_ts
    ]
    for ts in streaming:
        workspace.streams[body.channel, ts].is_stopped_by_user = True
    workspace.tell("session_stopped", body.channel, user=body.user, thread_ts=body.thread_ts, streaming=streaming)
    return {}


async def _dm(body: Nothing, hands: Hands) -> Done:
    return {"channel": hands.workspace.direct(body.user).id}


async def _trick(body: PlayTrick, hands: Hands) -> Done:
    if body.name not in hands.tricks:
        raise Mistaken(f"There is no trick called '{body.name}'.")
    return {"text": await hands.tricks[body.name].play()}


def _own_channel(hands: Hands, user: str, channel: str) -> None:
    found = hands.workspace.channels.get(channel)
    if found is None or user not in found.members:
        raise Mistaken("You are not in that channel.")
    if found.is_archived:
        raise Mistaken("That channel is archived.")


def _message(hands: Hands, user: str, channel: str, ts: str) -> Mapping[str, Any]:
    _own_channel(hands, user, channel)
    message = hands.workspace.channels[channel].messages.get(ts)
    if message is None:
        raise Mistaken("That message is gone.")
    return message


def _own_message(hands: Hands, user: str, channel: str, ts: str) -> None:
    if _message(hands, user, channel, ts).get("user") != user:
        raise Mistaken("Only your own messages can be changed.")


def _files(body: Say, hands: Hands) -> list[dict[str, Any]]:
    known = hands.workspace.files
    if any(file not in known or known[file].user != body.user for file in body.files):
        raise Mistaken("A file is missing; attach it again.")
    return [file_json(known[file], hands.workspace.base) for file in body.files]


Verb: TypeAlias = tuple[type[Any], Callable[[Any, Hands], Awaitable[Done]]]

_VERBS: Final[Mapping[str, Verb]] = {
    "say": (Say, _say),
    "edit": (Edit, _edit),
    "delete": (Delete, _delete),
    "react": (React, _react),
    "click": (Click, _click),
    "submit": (Submit, _submit),
    "close": (Close, _close),
    "options": (Options, _options),
    "shortcut": (Shortcut, _shortcut),
    "home": (Home, _home),
    "stop": (Stop, _stop),
    "dm": (Nothing, _dm),
    "trick": (PlayTrick, _trick),
}
