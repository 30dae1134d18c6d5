"""What people set about alerts by command: quiet hours, the day's summary, mutes, what is sent again."""

from collections.abc import Sequence
from typing import Final, Literal, TypeAlias

from agent.messages import say
from bot.alerts.alerting import Alerting
from bot.alerts.commands.condition_words import MisreadError, wanted
from bot.alerts.commands.muting import lift, put_on
from bot.alerts.commands.standing import digest_now, digests_of_file, quiet_now
from bot.alerts.commands.time_words import clock, is_off, quiet
from bot.alerts.commands.verbs import lasting
from bot.alerts.conditions import fits
from bot.alerts.routing import OFF
from bot.messages.alerts.card import shown_name
from bot.messages.alerts.facts import Voice
from bot.messages.alerts.pressed import over
from bot.messages.alerts.subscribed import Dropped, mute_list, mute_text
from bot.messages.alerts.words import moment
from bot.messages.answer import Message
from bot.messages.notes import note
from bot.messages.refusals import refusal
from bot.messages.text import clip
from bot.parts import Parts
from db.catalog.alerts.spans import parse_zone
from db.store.alerts.records import Mute

COMMAND: Final = "/mlops alerts"
Scope: TypeAlias = Literal["pipeline", "project", "rule"]
_CHARS: Final = 600
_SCOPES: Final[tuple[Scope, ...]] = ("pipeline", "project", "rule")


class Controls:
    """Each returns what to say. What others feel is for admins, or for anybody where there are none.

    `target` is a channel, or the person in a direct conversation. All methods raise StoreUnavailable.
    """

    def __init__(self, parts: Parts, alerting: Alerting) -> None:
        self._parts = parts
        self._alerting = alerting
        self._store = parts.services.store
        self._clock = parts.services.clock
        self._admins = parts.services.settings.admins

    def barred(self, user: str, target: str, voice: Voice) -> Message | None:
        """The sentence for who may not decide for the target; None for who may: everybody for themselves."""
        if user == target or not self._admins or user in self._admins:
            return None
        return refusal("alerts-not-admin", voice.language, admins=self._admins)

    async def quiet(self, text: str, user: str, target: str, voice: Voice) -> Message:
        command = f"{COMMAND} quiet"
        if not text:
            usage = say("alert-quiet-misread", voice.language, command=command)
            return note(f"{await quiet_now(self._alerting, target, voice)}\n{usage}")
        if (barred := self.barred(user, target, voice)) is not None:
            return barred
        if is_off(text):
            await self._store.alert_channels.set(target, user, self._clock(), quiet=OFF)
            return note(say("alert-quiet-off", voice.language))
        first, zone_name = _zone_behind(text)
        hours = quiet(first)
        if hours is None:
            return note(say("alert-quiet-misread", voice.language, command=command))
        zone = voice.zone
        values = {"quiet": str(hours)}
        if zone_name:
            try:
                zone = parse_zone(zone_name)
            except ValueError:
                return note(say("alert-zone-unknown", voice.language, zone=zone_name[:60]))
            values["timezone"] = zone.key
        await self._store.alert_channels.set(target, user, self._clock(), **values)
        told = {"hours": str(hours), "zone": zone.key, "command": command}
        return note(say("alert-quiet-set", voice.language, **told))

    async def digest(self, text: str, user: str, target: str, voice: Voice) -> Message:
        command = f"{COMMAND} digest"
        if not text:
            usage = say("alert-digest-misread", voice.language, command=command)
            return note(f"{await digest_now(self._alerting, target, voice)}\n{usage}")
        if (barred := self.barred(user, target, voice)) is not None:
            return barred
        if is_off(text):
            await self._store.alert_channels.set(target, user, self._clock(), digest=OFF)
            return note("\n".join([say("alert-digest-off", voice.language), *self._instead("off", target, voice)]))
        at = clock(text)
        if at is None:
            return note(say("alert-digest-misread", voice.language, command=command))
        if not self._alerting.sight.sees_all(user):
            return refusal("alerts-digest-of-all", voice.language, admins=self._admins)
        await self._store.alert_channels.set(target, user, self._clock(), digest=f"{at:%H:%M}")
        said = say("alert-digest-set", voice.language, at=f"{at:%H:%M}", command=command)
        return note("\n".join([said, *self._instead("set", target, voice)]))

    async def mute(self, text: str, user: str, voice: Voice) -> Message:
        """One pipeline by its name may be muted by anybody, as by its button; anything wider by admins."""
        span = lasting(text)
        named = _named(span.text)
        if named is None or not (span.span or span.is_for_good):
            return note(say("alert-mute-misread", voice.language, command=f"{COMMAND} mute"))
        scope, value = named
        is_one = scope == "pipeline" and "*" not in value
        if not is_one and (barred := self.barred(user, "", voice)) is not None:
            return barred
        now = self._clock()
        until = None if span.span is None else now + span.span
        mute = Mute(scope, value, until, user, now)
        await put_on(self._store, mute)
        self._alerting.wake.set()
        words = f"{scope}={value}" if " " not in value else f'{scope}="{value}"'
        what = say(f"alert-muted-{scope}", voice.language, name=value)
        told = {"what": what, "command": f"{COMMAND} unmute", "words": words}
        if until is None:
            return note(say("alert-muted-for-good", voice.language, **told))
        return note(say("alert-muted-for", voice.language, until=moment(until, voice), **told))

    async def unmute(self, text: str, user: str, voice: Voice) -> Message:
        named = _named(text)
        if named is None:
            return note(say("alert-unmute-misread", voice.language, command=f"{COMMAND} unmute"))
        scope, value = named
        held = await self._store.mutes.holding(self._clock())
        found = [one for one in held if one.scope == scope and (one.value == value or fits(value, one.value))]
        if not found:
            what = say(f"alert-muted-{scope}", voice.language, name=value)
            return note(say("alert-unmute-none", voice.language, what=what))
        return await self._lift(found, user, voice)

    async def mutes(self, user: str, voice: Voice) -> Message:
        """Where a policy parts people, each is told their own: a mute names what its setter sees."""
        held = await self._store.mutes.holding(self._clock())
        sees_all = self._alerting.sight.sees_all(user)
        shown = [one for one in held if sees_all or one.set_by == user]
        return mute_list(shown, voice, await self._names(shown))

    async def lift(self, dropped: Dropped, user: str, voice: Voice) -> Message:
        """What the button beside a mute does."""
        held = await self._store.mutes.holding(self._clock())
        found = [one for one in held if one.scope == dropped.of and one.value == dropped.key]
        return await self._lift(found, user, voice) if found else over("open", voice)

    async def retry(self, user: str, voice: Voice) -> Message:
        """Sends again what Slack would not take."""
        if (barred := self.barred(user, "", voice)) is not None:
            return barred
        count = await self._store.outbox.revive(self._clock())
        if not count:
            return note(say("alert-retry-none", voice.language))
        self._alerting.wake.set()
        return note(say("alert-retried", voice.language, count=count))

    def _instead(self, how: Literal["set", "off"], target: str, voice: Voice) -> list[str]:
        """What becomes of the file's summaries there; nothing where it has none."""
        names = ", ".join(digests_of_file(self._alerting, target))
        return [say(f"alert-digest-instead-{how}", voice.language, names=names)] if names else []

    async def _lift(self, found: list[Mute], user: str, voice: Voice) -> Message:
        for one in found:
            is_own = one.set_by == user or one.scope == "alert"
            if not is_own and (barred := self.barred(user, "", voice)) is not None:
                return barred
        await lift(self._store, found, user, self._clock())
        self._alerting.wake.set()
        names = await self._names(found)
        what = clip(", ".join(mute_text(one, voice, names) for one in found), _CHARS)
        return note(say("alert-unmuted", voice.language, what=what))

    async def _names(self, mutes: Sequence[Mute]) -> dict[str, str]:
        """What the alerts are called that are muted each by itself, by their ids."""
        ids = dict.fromkeys(one.value for one in mutes if one.scope == "alert")
        found = [await self._store.alerts.by_id(one) for one in ids]
        return {alert.alert_id: shown_name(alert) for alert in found if alert is not None}


def _zone_behind(text: str) -> tuple[str, str]:
    """A text without the zone at its end, and the zone; "" for none."""
    words = text.split()
    is_zone = (
        len(words) > 1 and words[-1][:1].isascii() and words[-1][:1].isalpha() and words[-1].lower() not in _HALVES
    )
    return (" ".join(words[:-1]), words[-1]) if is_zone else (text, "")


_HALVES: Final = ("am", "pm")


def _named(text: str) -> tuple[Scope, str] | None:
    """The one thing that a text names: what of it, and the pattern; None where it names none, or several."""
    try:
        conditions = wanted(text).conditions
    except MisreadError:
        return None
    if len(conditions) != 1:
        return None
    key, values = next(iter(conditions.items()))
    scope = next((one for one in _SCOPES if one == key), None)
    return (scope, values[0]) if scope is not None and len(values) == 1 else None
