"""Slash commands, clicks, submissions: sent to the app, and its answers carried out."""

import logging
import re
from collections.abc import Mapping
from typing import Any, Final

from bot.playground.delivery.deliveries import Deliveries
from bot.playground.delivery.tasks import Tasks
from bot.playground.people.mistakes import Mistaken, Unfilled, both
from bot.playground.people.payloads import Payloads, Source
from bot.playground.people.states import action_of, element_at, empty_inputs, state_of
from bot.playground.people.typed import markup
from bot.playground.watch.journal import Delivery
from bot.playground.workspace.asides import response_url, say, says_something
from bot.playground.workspace.modals import Modals
from bot.playground.workspace.records import Channel, Message, OpenView
from bot.playground.workspace.refused import Refused
from bot.playground.workspace.state import Workspace

log = logging.getLogger(__name__)

OPTIONS_AT_MOST: Final = 100
_MENTION: Final = re.compile(r"<@(\w+)>")


class Interactions:
    """What people do to the app. Raises Mistaken, for the person, for what cannot be done.

    Each returns once the app was told (an answer by HTTP has come, an envelope
    has been sent); what the app answers is carried out by a task of its own,
    unless the person waits for it.
    """

    def __init__(self, workspace: Workspace, deliveries: Deliveries) -> None:
        self._workspace = workspace
        self._deliveries = deliveries
        self._modals = Modals(workspace)
        self._payloads = Payloads(workspace)
        self._tasks = Tasks()

    async def slash(
        self, user: str, text: str, channel: str, *, command: str | None = None, trigger_id: str | None = None
    ) -> Delivery:
        """`text` is what is typed after the command; the manifest's first command is the default."""
        commands = {known["command"]: known for known in self._workspace.platform.commands}
        command = command or next(iter(commands), "/")
        if command not in commands:
            raise Mistaken("invalid_command", command=command)
        place = self._channel(user, channel)
        if commands[command].get("should_escape"):
            text = _MENTION.sub(self._named, markup(text, self._workspace))
        payload = {
            **self._payloads.command(user, place, command, text),
            "response_url": response_url(self._workspace, user, place.id),
            "trigger_id": self._modals.trigger(user, trigger_id=trigger_id),
        }
        delivery = self._deliveries.send("slash_commands", payload)
        self._tasks.start(self._answer_command(delivery, user, place, command), "the answer to a command")
        await self._deliveries.tried(delivery)
        return delivery

    async def click(
        self,
        user: str,
        *,
        action: Mapping[str, Any],
        channel: str | None = None,
        ts: str | None = None,
        view_id: str | None = None,
        state: Any = None,
    ) -> Delivery:
        """Something in a message or view was used: a button, a select, an overflow menu."""
        source = self._source(user, channel, ts, view_id)
        done = {**action_of(source.blocks, action), "action_ts": self._workspace.new_ts()}
        held = state_of(source.blocks, state)
        payload = self._payloads.interaction("block_actions", user, **source.about, actions=[done])
        if source.view is None:
            payload["state"] = held
            payload["response_url"] = response_url(self._workspace, user, source.channel, source.ts)
        else:
            payload["view"] = {**source.view, "state": held}
        payload["trigger_id"] = self._modals.trigger(user, view_id)
        return await self._tell(user, payload)

    async def submit(self, user: str, view_id: str, state: Any) -> dict[str, str] | None:
        """The modal on top is sent. Returns what is wrong with which input, by block_id; None where nothing is.

        Raises Unfilled where a required input is empty, before the app hears of anything.
        """
        self._refuse_deaf_app()
        view = self._on_top(user, view_id).view
        held = state_of(view["blocks"], state)
        if missing := empty_inputs(view["blocks"], held):
            raise Unfilled(missing)
        payload = self._payloads.interaction(
            "view_submission",
            user,
            view={**view, "state": held},
            trigger_id=self._modals.trigger(user, view_id),
            response_urls=self._response_urls(user, view["blocks"], held),
        )
        ack = await self._deliveries.ack_of(self._deliveries.send("interactive", payload))
        try:
            return self._submitted(user, view_id, ack)
        except Refused as refused:
            log.warning("the answer to a submission was refused: %s", refused.body)
            self._workspace.tell("notice", user=user, text=both("operation_timeout"))
            return None

    async def close(self, user: str, view_id: str, all: bool = False) -> None:
        """A modal is closed, or the whole stack; the app hears of those that want to notify it."""
        opened = self._on_top(user, view_id)
        is_cleared = all or bool(opened.view["clear_on_close"])
        closed = self._modals.close(user, view_id, all_of_them=is_cleared)
        told = [
            self._payloads.interaction("view_closed", user, view=view, is_cleared=is_cleared)
            for view in closed
            if view["notify_on_close"]
        ]
        for delivery in [self._deliveries.send("interactive", payload) for payload in told]:
            await self._deliveries.tried(delivery)

    async def options(
        self,
        user: str,
        *,
        action_id: str,
        block_id: str,
        value: str,
        channel: str | None = None,
        ts: str | None = None,
        view_id: str | None = None,
    ) -> list[dict[str, Any]]:
        """What an external select offers for what was typed into it; those of groups one after the other."""
        source = self._source(user, channel, ts, view_id)
        _, element = element_at(source.blocks, block_id, action_id)
        if "external" not in element["type"]:
            raise Mistaken("known_options")
        asked = {"action_id": action_id, "block_id": block_id, "value": value}
        view = {} if source.view is None else {"view": dict(source.view)}
        payload = self._payloads.interaction("block_suggestion", user, **source.about, **asked, **view)
        ack = await self._deliveries.ack_of(self._deliveries.send("interactive", payload))
        return _options(ack or {})

    async def shortcut(
        self, user: str, callback_id: str, *, channel: str | None = None, ts: str | None = None
    ) -> Delivery:
        """A global shortcut, or one on a message."""
        known = {entry["callback_id"]: entry for entry in self._workspace.platform.features.get("shortcuts", ())}
        if callback_id not in known:
            raise Mistaken("unknown_shortcut")
        self._refuse_deaf_app()
        about: dict[str, Any] = {"callback_id": callback_id, "action_ts": self._workspace.new_ts()}
        kind = "shortcut"
        if known[callback_id]["type"] == "message":
            kind, place = "message_action", self._channel(user, channel)
            message = self._message(user, place, ts)
            about |= {"channel": self._payloads.channel(place), "message": dict(message), "message_ts": ts}
            about["response_url"] = response_url(self._workspace, user, place.id, ts)
        payload = self._payloads.interaction(kind, user, **about, trigger_id=self._modals.trigger(user))
        return await self._tell(user, payload)

    async def settled(self) -> None:
        """Waits until every answer so far has been carried out."""
        await self._tasks.settled()

    async def close_all(self) -> None:
        """Ends what still waits for an answer."""
        await self._tasks.close()

    async def _tell(self, user: str, payload: dict[str, Any]) -> Delivery:
        delivery = self._deliveries.send("interactive", payload)
        self._tasks.start(self._expect(delivery, user), "the answer to a click")
        await self._deliveries.tried(delivery)
        return delivery

    async def _expect(self, delivery: Delivery, user: str) -> None:
        if await self._deliveries.ack_of(delivery) is None:
            name = self._workspace.users[self._workspace.app.user].name
            self._workspace.tell("notice", user=user, text=both("no_answer", app=name))

    async def _answer_command(self, delivery: Delivery, user: str, channel: Channel, command: str) -> None:
        ack = await self._deliveries.ack_of(delivery)
        problem = None
        if ack is None:
            was_reached = delivery.attempts > 0 and delivery.status == 0
            problem = "operation_timeout" if was_reached else "dispatch_failed"
        elif says_something(ack):
            try:
                say(self._workspace, channel, user, ack)
            except Refused as refused:
                problem = refused.code
        if problem is not None:
            said = both("command_failed", command=command, problem=problem)
            self._workspace.tell("notice", channel.id, user=user, text=said)

    def _submitted(self, user: str, view_id: str, ack: Mapping[str, Any] | None) -> dict[str, str] | None:
        """Raises Refused for an answer that Slack would take for none."""
        if ack is None:
            raise Refused("operation_timeout")
        opened = self._modals.on_top(user, view_id)
        match ack.get("response_action"):
            case None:
                self._modals.close(user, view_id)
            case "clear":
                self._modals.close(user, view_id, all_of_them=True)
            case "update":
                self._modals.update(opened, ack.get("view"))
            case "push":
                self._modals.push_on(user, ack.get("view"))
            case "errors":
                return _errors(opened, ack.get("errors"))
            case other:
                raise Refused("invalid_response_action", response_action=other)
        return None

    def _source(self, user: str, channel: str | None, ts: str | None, view_id: str | None) -> Source:
        self._refuse_deaf_app()
        if view_id is None:
            place = self._channel(user, channel)
            return self._payloads.in_message(place, self._message(user, place, ts))
        home = self._workspace.homes.get(user)
        if home is not None and home.view["id"] == view_id:
            return self._payloads.in_view(home.view)
        return self._payloads.in_view(self._on_top(user, view_id).view)

    def _channel(self, user: str, channel: str | None) -> Channel:
        found = self._workspace.channels.get(channel or "")
        if found is None or user not in found.members:
            raise Mistaken("not_in_channel")
        return found

    def _message(self, user: str, channel: Channel, ts: str | None) -> Message:
        ephemeral = self._workspace.ephemerals.get((user, channel.id, ts or ""))
        message = ephemeral or channel.messages.get(ts or "")
        if message is None:
            raise Mistaken("message_gone")
        return message

    def _on_top(self, user: str, view_id: str) -> OpenView:
        try:
            return self._modals.on_top(user, view_id)
        except Refused:
            raise Mistaken("view_gone") from None

    def _refuse_deaf_app(self) -> None:
        if not self._workspace.platform.is_interactive:
            raise Mistaken("deaf_app")

    def _response_urls(self, user: str, blocks: list[dict[str, Any]], state: Mapping[str, Any]) -> list[dict[str, str]]:
        """One for each channel chosen in a select that asks for it."""
        urls = []
        for block in blocks:
            element = block.get("element", {})
            if not element.get("response_url_enabled"):
                continue
            held = state["values"][block["block_id"]][element["action_id"]]
            channel = held.get("selected_channel") or held.get("selected_conversation")
            if channel in self._workspace.channels:
                where = {"block_id": block["block_id"], "action_id": element["action_id"], "channel_id": channel}
                urls.append({**where, "response_url": response_url(self._workspace, user, channel)})
        return urls

    def _named(self, found: re.Match[str]) -> str:
        return f"<@{found[1]}|{self._workspace.users[found[1]].name}>"


def _errors(opened: OpenView, errors: Any) -> dict[str, str]:
    """Raises Refused where they aren't texts by the ids of inputs."""
    inputs = {block["block_id"] for block in opened.view["blocks"] if block["type"] == "input"}
    if not isinstance(errors, dict) or not errors or not errors.keys() <= inputs:
        raise Refused("invalid_errors", errors=errors)
    if not all(isinstance(text, str) for text in errors.values()):
        raise Refused("invalid_errors", errors=errors)
    return dict(errors)


def _options(ack: Mapping[str, Any]) -> list[dict[str, Any]]:
    groups = ack.get("option_groups")
    grouped = [ack, *(groups if isinstance(groups, list) else ())]
    found: list[dict[str, Any]] = []
    for group in grouped:
        options = group.get("options") if isinstance(group, Mapping) else None
        found += (option for option in (options if isinstance(options, list) else ()) if _is_option(option))
    return found[:OPTIONS_AT_MOST]


def _is_option(option: Any) -> bool:
    return isinstance(option, dict) and isinstance(option.get("text"), dict) and isinstance(option.get("value"), str)
