"""Makes the message of a letter when it is sent, or edited: of its alert as it then is."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Final

from bot.alerts.people.sight import Seen, Sight
from bot.alerts.telling.backdrop import Backdrop
from bot.alerts.telling.owners import Owners
from bot.alerts.telling.voices import Voices
from bot.messages.alerts.card import alert_card
from bot.messages.alerts.digest import digest_message
from bot.messages.alerts.facts import HISTORY_DAYS, Envelope, Facts, Voice, cell
from bot.messages.alerts.notice import notice
from bot.messages.alerts.storm import storm_card, storm_page
from bot.messages.alerts.timeline import timeline_line
from bot.messages.answer import Message
from db.store.alerts.records import Alert, Posting
from db.store.store import Store

OWNER: Final = "owner"
"""What stands in a letter's `mention` for the owner whom the alert names."""
_OWNERS: Final = 5
_HISTORY: Final = timedelta(days=HISTORY_DAYS)


class Composer:
    """Reads what the message tells; `link_hosts` are those that links may lead to.

    A person is told what `sight` shows them, as things stand when the message is made: a letter may have waited, an
    edit may show another run, and a role may have been taken away since. Without it, everybody is told all.
    """

    def __init__(
        self,
        store: Store,
        backdrop: Backdrop,
        voices: Voices,
        owners: Owners,
        link_hosts: Collection[str] = (),
        sight: Sight | None = None,
    ) -> None:
        self._store = store
        self._backdrop = backdrop
        self._voices = voices
        self._owners = owners
        self._link_hosts = link_hosts
        self._sight = sight

    async def compose(self, posting: Posting) -> Message | None:
        """The message as it should stand now; None where there is nothing to say any more.

        Its first block is named for the letter. Raises StoreUnavailable and UnsureError.
        """
        voice = await self._voices.of(posting.channel)
        message = await self._made(posting, voice)
        return None if message is None else _marked(message, posting.outbox_id)

    async def _made(self, posting: Posting, voice: Voice) -> Message | None:
        if posting.kind in ("storm", "storm_list") or (posting.kind == "reply" and posting.alert_id is None):
            return await self._of_storm(posting, voice)
        if posting.kind == "digest":
            return digest_message(posting.payload, voice, posting.outbox_id, is_repeat=posting.is_repeat)
        if posting.kind == "notice":
            return notice(posting.payload, voice)
        alert = await self._store.alerts.by_id(posting.alert_id or "")
        if alert is None:
            return None
        seen = await self._seen(posting, [alert], voice)
        if not seen.alerts:
            return None
        return await (
            self._card(posting, seen, voice) if posting.kind == "root" else self._line(posting, seen.alerts[0], voice)
        )

    async def _seen(self, posting: Posting, alerts: Sequence[Alert], voice: Voice) -> Seen:
        if self._sight is None:
            return Seen(alerts)
        return await self._sight.told(posting.channel, alerts, voice.now - posting.created_at)

    async def _card(self, posting: Posting, seen: Seen, voice: Voice) -> Message:
        (alert,), catalog = seen.alerts, seen.catalog
        backdrop, counted = self._backdrop, 0
        if catalog is None:
            counted = await self._store.alerts.failures_since(alert.fingerprint, voice.now - _HISTORY)
        else:
            backdrop = backdrop.seen_in(catalog)
        facts = await backdrop.of(alert)
        facts = replace(
            facts,
            nth=None if alert.kind == "stuck" else max(facts.nth or 0, counted, 1),
            names=await self._names(_people(alert)),
            link_hosts=self._link_hosts,
        )
        return alert_card(alert, facts, voice, await self._envelope(posting, [alert]))

    async def _line(self, posting: Posting, alert: Alert, voice: Voice) -> Message | None:
        """A line of an alert's thread: who is given it is called, and who is reminded."""
        payload = posting.payload
        said_of = [str(payload[name]) for name in ("by", "assignee") if payload.get(name)]
        facts = Facts(names=await self._names([*said_of, *_people(alert)]))
        calls: list[str] = []
        if payload.get("line") == "assign" and payload.get("by") != payload.get("assignee"):
            calls = [str(payload.get("assignee") or "")]
        elif payload.get("line") == "reminder":
            calls = [alert.assignee] if alert.assignee else await self._owners_of([alert])
        return timeline_line(payload, alert, facts, voice, _envelope(posting, calls))

    async def _of_storm(self, posting: Posting, voice: Voice) -> Message | None:
        storm = await self._store.storms.by_id(posting.storm_id or "")
        if storm is None:
            return None
        all_members = await self._store.storms.members(storm.storm_id)
        members = (await self._seen(posting, all_members, voice)).alerts
        if all_members and not members:
            return None
        if posting.kind == "storm":
            return storm_card(storm, members, voice, await self._envelope(posting, members))
        if posting.kind == "storm_list":
            page = posting.payload.get("page")
            envelope = _envelope(posting, ())
            return storm_page(members, page, voice, envelope) if isinstance(page, int) and page > 0 else None
        if not members:
            return None
        waiting = [alert for alert in members if alert.state == "open"]
        facts = Facts(names=await self._names([str(posting.payload.get("by") or ""), *_people(members[0])]))
        calls = await self._owners_of(waiting) if posting.payload.get("line") == "reminder" else []
        return timeline_line(posting.payload, (waiting or members)[0], facts, voice, _envelope(posting, calls))

    async def _envelope(self, posting: Posting, alerts: Sequence[Alert]) -> Envelope:
        """Whom its letter calls; the edits show them still, by which Slack calls nobody.

        What goes on elsewhere calls nobody, nor does what was well before it could be told.
        """
        if posting.ts is None:
            alerts = [alert for alert in alerts if alert.state != "resolved"]
        if posting.payload.get("continued") or all((alert.resolution or {}).get("untold") for alert in alerts):
            return _envelope(posting, ())
        calls: list[str] = []
        for one in posting.payload.get("mention") or ():
            calls += await self._owners_of(alerts) if one == OWNER else [str(one)]
        return _envelope(posting, calls)

    async def _owners_of(self, alerts: Iterable[Alert]) -> list[str]:
        """The ids of those whose alerts they are, a handful at most."""
        emails = dict.fromkeys(cell(alert.details, "owner_email") for alert in alerts)
        found = [await self._owners.user_of(email) for email in list(emails)[:_OWNERS]]
        return [user for user in found if user is not None]

    async def _names(self, users: Iterable[str]) -> dict[str, str]:
        found = {user: await self._owners.name_of(user) for user in dict.fromkeys(users) if user}
        return {user: name for user, name in found.items() if name}


def _envelope(posting: Posting, calls: Sequence[str]) -> Envelope:
    return Envelope(
        posting.outbox_id,
        tuple(calls),
        is_repeat=posting.is_repeat,
        is_continued=bool(posting.payload.get("continued")),
        is_escalated=bool(posting.payload.get("escalated")),
    )


def _people(alert: Alert) -> list[str]:
    """Whoever the message names."""
    by = (alert.resolution or {}).get("by")
    named = (alert.acknowledged_by, alert.assignee, alert.snoozed_by, by if isinstance(by, str) else None)
    return [user for user in named if user]


def _marked(message: Message, outbox_id: str) -> Message:
    """Named for its letter, by which it is found again where its metadata are lost."""
    first, *rest = message.blocks
    return replace(message, blocks=({**first, "block_id": f"alert:{outbox_id}"}, *rest))
