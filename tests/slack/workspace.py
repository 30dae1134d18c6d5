"""The small workspace that the whole-bot tests run in, and what they do to it behind people's backs."""

from typing import Any, Final

from bot.playground.delivery.deliveries import DeliveryKind
from bot.playground.local_slack import LocalSlack
from bot.playground.rules.text import calls
from bot.playground.watch.journal import Delivery
from bot.playground.workspace.records import App, Channel, Message, User

APP: Final = App()
BOT: Final = APP.user
KIM, LEE = "U1", "U2"


def small_slack(**more: Any) -> LocalSlack:
    """Two people in C1 and C2, a DM of the first with the app, and CX, where the app is not."""
    people = {KIM, LEE}
    conversations = (
        Channel("C1", "general", members={*people, BOT}),
        Channel("C2", "random", members={*people, BOT}),
        Channel("D1", "kim", "im", {KIM, BOT}),
        Channel("CX", "quiet", members=set(people)),
    )
    users = (User(KIM, "kim", "김민준"), User(LEE, "lee", "이서연"))
    return LocalSlack(users=users, conversations=conversations, **more)


def left(slack: LocalSlack, text: str, channel: str = "C1", **more: Any) -> Message:
    """Puts a message into a channel that Slack tells nobody of, as one that is older than the bot."""
    message = {"type": "message", "user": KIM, "text": text, "ts": slack.workspace.new_ts(), **more}
    slack.workspace.channels[channel].messages[message["ts"]] = message
    return message


async def deliver(
    slack: LocalSlack, payload: dict[str, Any], kind: DeliveryKind = "events_api", *, retry: int = 0
) -> Delivery:
    """Sends the bot a payload of the test's own; returns when it has been tried once."""
    before = slack.deliveries.count
    delivery = slack.deliveries.send(kind, payload, retry=retry)
    await slack.deliveries.first_attempts(before)
    return delivery


def peoples(slack: LocalSlack) -> list[Delivery]:
    """The events so far of what people did: Slack tells the bot of its own messages, too."""
    events = (d for d in slack.journal.deliveries if d.kind == "events_api")
    return [delivery for delivery in events if not _is_the_bots(delivery.payload["event"])]


def emoji(slack: LocalSlack, ts: str, channel: str = "C1") -> list[str]:
    """What the message has been reacted to with."""
    return [reaction["name"] for reaction in slack.workspace.channels[channel].messages[ts].get("reactions", ())]


def called(message: Message) -> list[str]:
    """Whom a message calls, and where it leads."""
    return calls(message["text"], message["blocks"])


def _is_the_bots(event: dict[str, Any]) -> bool:
    written = event.get("message") or event.get("previous_message") or event
    return written.get("bot_id") == APP.bot_id
