"""What people do with messages: write, mention, edit, delete, react."""

from typing import Any

from bot.playground.delivery.deliveries import Deliveries
from bot.playground.people.interactions import Interactions
from bot.playground.rules.text import escape
from bot.playground.watch.journal import Delivery
from bot.playground.workspace.reacting import set_reaction
from bot.playground.workspace.state import Workspace


class Person:
    """One user. Texts are escaped on the way in, as Slack does; `raw` texts carry Slack's own markup.

    Each act returns as soon as what it made Slack send has been tried once. Those
    that return a delivery give the last one; None where the app hears nothing of it.
    Raises KeyError for channels and messages that aren't there.
    """

    def __init__(
        self, workspace: Workspace, deliveries: Deliveries, interactions: Interactions, user: str = "U1"
    ) -> None:
        self.user = user
        self._workspace = workspace
        self._deliveries = deliveries
        self._interactions = interactions

    async def mention(self, text: str, channel: str = "C1", thread_ts: str | None = None, *, raw: bool = False) -> str:
        """@app text: in a channel it comes as app_mention and as message. Returns the message's ts."""
        spoken = f"<@{self._workspace.app.user}> {text if raw else escape(text)}".rstrip()
        return await self.say(spoken, channel, thread_ts, raw=True)

    async def say(
        self, text: str, channel: str = "C1", thread_ts: str | None = None, *, raw: bool = False, **more: Any
    ) -> str:
        """A message; `more` goes into it: files, a subtype, … Returns its ts."""
        before = self._deliveries.count
        place = {} if thread_ts is None else {"thread_ts": thread_ts}
        content = {"user": self.user, "text": text if raw else escape(text), **place, **more}
        message = self._workspace.post(self._workspace.channels[channel], content)
        await self._deliveries.first_attempts(before)
        return str(message["ts"])

    async def edit(self, ts: str, text: str, channel: str = "C1", *, unfurls: bool = False) -> Delivery | None:
        """Changes a message; `text` is Slack's markup. An unfurl adds an attachment and is no edit."""
        before = self._deliveries.count
        content = {"text": text, **({"attachments": [{"title": "a page"}]} if unfurls else {})}
        self._workspace.change(self._workspace.channels[channel], ts, content, is_edit=not unfurls)
        return await self._told(before)

    async def delete(self, ts: str, channel: str = "C1") -> Delivery | None:
        """Takes a message away; one with replies leaves a tombstone."""
        before = self._deliveries.count
        self._workspace.delete(self._workspace.channels[channel], ts)
        return await self._told(before)

    async def bury(self, ts: str, channel: str = "C1") -> Delivery | None:
        """Deletes a message as one that has replies: a tombstone stays in its place."""
        before = self._deliveries.count
        self._workspace.delete(self._workspace.channels[channel], ts, leaves_tombstone=True)
        return await self._told(before)

    async def react(self, ts: str, name: str, channel: str = "C1") -> Delivery | None:
        """Puts an emoji on a message. Raises Refused as reactions.add."""
        return await self._set_reaction(ts, name, channel, is_added=True)

    async def unreact(self, ts: str, name: str, channel: str = "C1") -> Delivery | None:
        """Takes an own emoji away. Raises Refused as reactions.remove."""
        return await self._set_reaction(ts, name, channel, is_added=False)

    async def slash(self, text: str, channel: str = "C1", *, trigger_id: str | None = None) -> Delivery:
        """The app's command, with `text` behind it."""
        return await self._interactions.slash(self.user, text, channel, trigger_id=trigger_id)

    async def _set_reaction(self, ts: str, name: str, channel: str, *, is_added: bool) -> Delivery | None:
        before = self._deliveries.count
        place = self._workspace.channels[channel]
        set_reaction(self._workspace, place, place.messages[ts], name, self.user, is_added=is_added)
        return await self._told(before)

    async def _told(self, before: int) -> Delivery | None:
        sent = await self._deliveries.first_attempts(before)
        return sent[-1] if sent else None
