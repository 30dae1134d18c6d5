"""What people do in the local Slack, and the events Slack makes of it."""

from typing import Any

from tests.slack.journal import Delivery
from tests.slack.local_slack import BOT, TEAM, LocalSlack

KINDS = {"C": "channel", "D": "im", "G": "group"}


def escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def body_of(slack: LocalSlack, event: dict[str, Any], event_id: str | None = None) -> dict[str, Any]:
    """An event in its outer body, as the Events API sends it."""
    return {
        "token": "verification",
        "team_id": TEAM,
        "api_app_id": "A1",
        "type": "event_callback",
        "event_id": event_id or f"Ev{slack.number()}",
        "event_time": 1764000000,
        "authorizations": [{"team_id": TEAM, "user_id": BOT, "is_bot": True}],
        "event": event,
    }


class Person:
    """One user. Texts are escaped on the way in, as Slack does; `raw` texts carry Slack's own markup."""

    def __init__(self, slack: LocalSlack, user: str = "U1") -> None:
        self.slack = slack
        self.user = user

    async def mention(self, text: str, channel: str = "C1", thread_ts: str | None = None, *, raw: bool = False) -> str:
        """@bot text: comes as app_mention and as message. Returns the message's ts."""
        spoken = f"<@{BOT}> {text if raw else escape(text)}".rstrip()
        message = self._written(spoken, channel, thread_ts)
        await self._event({**message, "type": "app_mention", "channel": channel})
        await self._event({**message, "channel": channel, "channel_type": KINDS[channel[0]]})
        return str(message["ts"])

    async def say(
        self, text: str, channel: str = "C1", thread_ts: str | None = None, *, raw: bool = False, **more: Any
    ) -> str:
        """A message without a mention of the bot; `more` goes into the event."""
        message = self._written(text if raw else escape(text), channel, thread_ts) | more
        await self._event({**message, "channel": channel, "channel_type": KINDS[channel[0]]})
        return str(message["ts"])

    async def edit(self, ts: str, text: str, channel: str = "C1", *, unfurls: bool = False) -> Delivery:
        """Changes an own message; `text` is Slack's markup. An unfurl adds an attachment and leaves the text."""
        before = self.slack.channels[channel].messages[ts]
        after = {**before, "text": text, **({"attachments": [{"title": "a page"}]} if unfurls else {})}
        if not unfurls:
            after["edited"] = {"user": self.user, "ts": self.slack.new_ts()}
        self.slack.channels[channel].messages[ts] = after
        changed = {"message": after, "previous_message": before, "hidden": True, "ts": self.slack.new_ts()}
        return await self._event(
            {
                "type": "message",
                "subtype": "message_changed",
                "channel": channel,
                "channel_type": KINDS[channel[0]],
                **changed,
            }
        )

    async def delete(self, ts: str, channel: str = "C1") -> Delivery:
        gone = self.slack.channels[channel].messages.pop(ts)
        event = {"type": "message", "subtype": "message_deleted", "channel": channel, "channel_type": KINDS[channel[0]]}
        return await self._event({**event, "deleted_ts": ts, "previous_message": gone, "ts": self.slack.new_ts()})

    async def bury(self, ts: str, channel: str = "C1") -> Delivery:
        """Deletes a message that has replies: Slack leaves a tombstone in its place."""
        gone = self.slack.channels[channel].messages[ts]
        tombstone = {"type": "message", "subtype": "tombstone", "text": "This message was deleted.", "hidden": True}
        tombstone |= {"user": "USLACKBOT", "ts": ts, "thread_ts": ts}
        self.slack.channels[channel].messages[ts] = tombstone
        event = {"type": "message", "subtype": "message_changed", "channel": channel, "channel_type": KINDS[channel[0]]}
        return await self._event(
            {**event, "message": tombstone, "previous_message": gone, "hidden": True, "ts": self.slack.new_ts()}
        )

    async def slash(self, text: str, channel: str = "C1", *, trigger_id: str | None = None) -> Delivery:
        number = self.slack.number()
        payload = {
            "token": "verification",
            "team_id": TEAM,
            "team_domain": "local",
            "channel_id": channel,
            "channel_name": "general",
            "user_id": self.user,
            "user_name": "kim",
            "command": "/mlops",
            "text": text,
            "api_app_id": "A1",
            "is_enterprise_install": "false",
            "response_url": f"{self.slack.base}/respond/{number}",
            "trigger_id": trigger_id or f"trigger-{number}",
        }
        return await self.slack.deliver("slash_commands", payload)

    def _written(self, text: str, channel: str, thread_ts: str | None) -> dict[str, Any]:
        ts = self.slack.new_ts()
        message = {"type": "message", "user": self.user, "text": text, "ts": ts, "team": TEAM}
        if thread_ts is not None:
            message["thread_ts"] = thread_ts
        self.slack.channels[channel].messages[ts] = message
        return message

    async def _event(self, event: dict[str, Any]) -> Delivery:
        return await self.slack.deliver("events_api", body_of(self.slack, event))
