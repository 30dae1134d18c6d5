"""What people do on the page: one function a verb of /ui/act, each a call on Person or Interactions."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from pydantic import ValidationError

from bot.playground.api.uploads import file_json
from bot.playground.people.interactions import Interactions
from bot.playground.people.mistakes import Language, Mistaken, Unfilled, sentence
from bot.playground.people.person import Person
from bot.playground.people.typed import markup
from bot.playground.screen import bodies
from bot.playground.screen.said import Said
from bot.playground.screen.tricks import Trick
from bot.playground.workspace.records import Channel, Message
from bot.playground.workspace.refused import Refused
from bot.playground.workspace.state import Workspace


@dataclass(frozen=True, slots=True)
class Hands:
    """What the verbs work with."""

    workspace: Workspace
    interactions: Interactions
    person: Callable[[str], Person]
    said: Said
    tricks: Mapping[str, Trick]


Done: TypeAlias = dict[str, Any]


async def act(verb: str, sent: Mapping[str, Any], hands: Hands, language: Language = "en") -> Done:
    """Does it. Raises Mistaken, a sentence for the person who tried, for whatever cannot be done."""
    if verb not in _VERBS:
        raise Mistaken("unknown_verb", verb=verb)
    shape, run = _VERBS[verb]
    try:
        body = shape.model_validate(sent)
    except ValidationError as error:
        raise _misfit(error) from None
    if body.user not in hands.workspace.users or hands.workspace.users[body.user].is_bot:
        raise Mistaken("unknown_person")
    try:
        return await run(body, hands)
    except Refused as refused:
        raise Mistaken(refused.code) from None
    except Unfilled as unfilled:
        return {"errors": dict.fromkeys(unfilled.blocks, sentence("required", language))}


def _misfit(error: ValidationError) -> Mistaken:
    first = error.errors(include_url=False, include_input=False)[0]
    if first["type"] == "string_too_long" and first["loc"] == ("text",):
        return Mistaken("too_long")
    return Mistaken("bad_request", where=".".join(map(str, first["loc"])))


async def _say(body: bodies.Say, hands: Hands) -> Done:
    """Says it once, however often the page tries."""
    before = hands.said.before(body.user, body.client_msg_id)
    return await _say_first(body, hands) if before is None else before


async def _say_first(body: bodies.Say, hands: Hands) -> Done:
    channel = _own_channel(hands, body.user, body.channel)
    word, rest = (*body.text.split(maxsplit=1), "", "")[:2]
    if word.startswith("/") and len(word) > 1 and not body.files:
        return await _command(word, rest.rstrip(), body, hands)
    if not word and not body.files:
        raise Mistaken("empty")
    if body.thread_ts is not None:
        _root(channel, body.thread_ts)
    files = _files(body, hands)
    more: dict[str, Any] = {"files": files, "subtype": "file_share"} if files else {}
    if body.broadcast and body.thread_ts is not None:
        more = {"subtype": "thread_broadcast", **more}
    if body.client_msg_id is not None:
        more["client_msg_id"] = body.client_msg_id
    text = markup(body.text, hands.workspace)
    ts = await hands.person(body.user).say(text, body.channel, body.thread_ts, raw=True, **more)
    return {"ts": ts}


async def _command(word: str, text: str, body: bodies.Say, hands: Hands) -> Done:
    if body.thread_ts is not None:
        raise Mistaken("command_in_thread", command=word)
    if word not in {command["command"] for command in hands.workspace.platform.commands}:
        raise Mistaken("unknown_command", command=word)
    hands.said.note(body.user, body.client_msg_id, {})
    await hands.interactions.slash(body.user, text, body.channel, command=word)
    return {}


async def _edit(body: bodies.Edit, hands: Hands) -> Done:
    _own_message(hands, body.user, body.channel, body.ts)
    if not body.text.strip():
        raise Mistaken("empty_edit")
    await hands.person(body.user).edit(body.ts, markup(body.text, hands.workspace), body.channel)
    return {}


async def _delete(body: bodies.Delete, hands: Hands) -> Done:
    _own_message(hands, body.user, body.channel, body.ts)
    await hands.person(body.user).delete(body.ts, body.channel)
    return {}


async def _react(body: bodies.React, hands: Hands) -> Done:
    _message(hands, body.user, body.channel, body.ts)
    person = hands.person(body.user)
    await (person.react if body.add else person.unreact)(body.ts, body.name, body.channel)
    return {}


async def _click(body: bodies.Click, hands: Hands) -> Done:
    if body.channel is not None:
        _own_channel(hands, body.user, body.channel)
    await hands.interactions.click(**body.model_dump())
    return {}


async def _submit(body: bodies.Submit, hands: Hands) -> Done:
    errors = await hands.interactions.submit(body.user, body.view_id, body.state)
    return {"errors": errors} if errors else {}


async def _close(body: bodies.Close, hands: Hands) -> Done:
    await hands.interactions.close(body.user, body.view_id, all=body.all)
    return {}


async def _options(body: bodies.Options, hands: Hands) -> Done:
    return {"options": await hands.interactions.options(**body.model_dump())}


async def _shortcut(body: bodies.Shortcut, hands: Hands) -> Done:
    await hands.interactions.shortcut(**body.model_dump())
    return {}


async def _home(body: bodies.Home, hands: Hands) -> Done:
    direct = hands.workspace.direct(body.user)
    hands.workspace.tell("home_opened", direct.id, user=body.user, tab=body.tab)
    return {}


async def _stop(body: bodies.Stop, hands: Hands) -> Done:
    _root(_own_channel(hands, body.user, body.channel), body.thread_ts)
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


async def _dm(body: bodies.Body, hands: Hands) -> Done:
    return {"channel": hands.workspace.direct(body.user).id}


async def _trick(body: bodies.PlayTrick, hands: Hands) -> Done:
    if body.name not in hands.tricks:
        raise Mistaken("unknown_trick", name=body.name)
    return {"text": await hands.tricks[body.name].play()}


def _own_channel(hands: Hands, user: str, channel: str) -> Channel:
    found = hands.workspace.channels.get(channel)
    if found is None or user not in found.members:
        raise Mistaken("not_in_channel")
    if found.is_archived:
        raise Mistaken("is_archived")
    return found


def _root(channel: Channel, ts: str) -> None:
    """Refuses to go on in a thread that isn't there; one whose root was deleted may go on below its tombstone."""
    root = channel.messages.get(ts)
    if root is None or root.get("thread_ts", ts) != ts:
        raise Mistaken("message_gone")


def _message(hands: Hands, user: str, channel: str, ts: str) -> Message:
    message = _own_channel(hands, user, channel).messages.get(ts)
    if message is None or message.get("subtype") == "tombstone":
        raise Mistaken("message_gone")
    return message


def _own_message(hands: Hands, user: str, channel: str, ts: str) -> None:
    if _message(hands, user, channel, ts).get("user") != user:
        raise Mistaken("not_yours")


def _files(body: bodies.Say, hands: Hands) -> list[dict[str, Any]]:
    known = hands.workspace.files
    if any(file not in known or known[file].user != body.user for file in body.files):
        raise Mistaken("file_gone")
    return [file_json(known[file], hands.workspace.base) for file in body.files]


Verb: TypeAlias = tuple[type[Any], Callable[[Any, Hands], Awaitable[Done]]]

_VERBS: Final[Mapping[str, Verb]] = {
    "say": (bodies.Say, _say),
    "edit": (bodies.Edit, _edit),
    "delete": (bodies.Delete, _delete),
    "react": (bodies.React, _react),
    "click": (bodies.Click, _click),
    "submit": (bodies.Submit, _submit),
    "close": (bodies.Close, _close),
    "options": (bodies.Options, _options),
    "shortcut": (bodies.Shortcut, _shortcut),
    "home": (bodies.Home, _home),
    "stop": (bodies.Stop, _stop),
    "dm": (bodies.Body, _dm),
    "trick": (bodies.PlayTrick, _trick),
}
