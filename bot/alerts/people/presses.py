"""What people do with an alert: one press, one change, however often it is delivered."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final

from agent.messages import say
from bot.alerts.alerting import Alerting
from bot.alerts.causes import Causes
from bot.alerts.commands.muting import lift, put_on
from bot.alerts.conditions import covers
from bot.alerts.people.clicks import Click, MuteForm, spot_of
from bot.alerts.people.members import Members
from bot.alerts.people.permits import Permits
from bot.alerts.people.related import Related
from bot.messages.alerts.facts import Voice
from bot.messages.alerts.mute_form import SCOPE, SCOPES, SPANS, mute_form
from bot.messages.alerts.pressed import barred, done, over, taken, with_link
from bot.messages.answer import Message
from bot.messages.notes import note
from bot.messages.sentences import sentence
from bot.parts import Parts
from bot.wire import Place, SlackError
from db.catalog.alerts.spans import next_time
from db.store.alerts.records import Alert, AlertAction, Mute, Press
from db.store.errors import StoreUnavailable

log = logging.getLogger(__name__)

MORNING: Final = time(9)
HOUR: Final = timedelta(hours=1)
_SNOOZES: Final = ("snooze_hour", "snooze_tomorrow")
_ACTIONS: Final[dict[str, AlertAction]] = {
    **{
        name: name
        for name in ("acknowledge", "unacknowledge", "wake", "assign", "mute", "unmute", "resolve", "reopen")
    },
    **dict.fromkeys(_SNOOZES, "snooze"),
}  # fmt: skip
_ANSWER_S: Final = 2.0
_LAST: Final = 100


@dataclass(frozen=True, slots=True)
class _Target:
    """What a press is about: one alert, or those of a storm."""

    click: Click
    alerts: tuple[Alert, ...]
    voice: Voice

    @property
    def alert(self) -> Alert:
        return self.alerts[0]


class Presses:
    """Takes clicks; what they change is shown by the alert's message, what they don't is said to who clicked."""

    def __init__(self, parts: Parts, alerting: Alerting, causes: Causes, members: Members) -> None:
        settings = parts.services.settings
        self._parts = parts
        self._alerting = alerting
        self._causes = causes
        self._members = members
        self._store = parts.services.store
        self._clock = parts.services.clock
        self._admins = settings.admins
        self._permits = Permits(alerting.rules, settings.admins, alerting.owner_of, members.in_group)
        self._related = Related(parts, alerting)

    def take(self, click: Click) -> None:
        """Starts what a button asks for, and returns at once."""
        works = {"cause": self._find_cause, "runs": self._show_runs, "mute": self._ask_mute}
        work = works.get(click.action, self._change)
        self._parts.tasks.launch(self._answered(click, work), f"alert {click.action} by {click.user}")

    async def mute(self, form: MuteForm) -> dict[str, str] | None:
        """Does what a form asks for, within Slack's three seconds; else what is wrong, by the form's field."""
        language = await self._parts.manners.language(self._parts.me.team, form.user)
        try:
            async with asyncio.timeout(_ANSWER_S):
                return await self._mute(form)
        except (StoreUnavailable, TimeoutError) as error:
            log.error("nothing is muted: %s", error)
            return {SCOPE: sentence("store_unavailable", language)}

    # --- each press

    async def _answered(self, click: Click, work: Callable[[_Target], Awaitable[Message | None]]) -> None:
        """Does the work for who may ask for it, and says to them what there is to say."""
        voice = await self._voice(click)
        try:
            target = await self._target(click, voice)
            if target is None:
                message: Message | None = note(say("alert-gone", voice.language))
            else:
                message = await self._barred(target) or await work(target)
        except StoreUnavailable as error:
            log.error("a press has no effect: %s", error)
            message = note(sentence("store_unavailable", voice.language))
        if message is not None:
            await self._parts.replies.whisper(click.place, click.user, message, click.response_url)

    async def _voice(self, click: Click) -> Voice:
        """In the language of who pressed, by the clock of the channel; of their own in a direct conversation."""
        language = await self._parts.manners.language(self._parts.me.team, click.user)
        try:
            place = click.user if click.channel.startswith("D") else click.channel
            zone = (await self._alerting.voices.of(place)).zone
        except StoreUnavailable:
            zone = self._parts.services.settings.timezone
        return Voice(language, zone, self._clock())

    async def _target(self, click: Click, voice: Voice) -> _Target | None:
        if click.is_storm:
            alerts = await self._store.storms.members(click.of)
        else:
            found = await self._store.alerts.by_id(click.of) if click.of else None
            alerts = [] if found is None else [found]
        return _Target(click, tuple(alerts), voice) if alerts else None

    async def _barred(self, target: _Target) -> Message | None:
        for alert in target.alerts if target.click.action != "runs" else ():
            if who := await self._permits.barred(alert, target.click.user):
                return barred(who, self._admins, target.voice)
        return None

    async def _change(self, target: _Target) -> Message | None:
        click, now = target.click, self._clock()
        if click.action not in _ACTIONS:
            return over("open", target.voice)
        until = None
        if click.action in _SNOOZES:
            until = now + HOUR if click.action == "snooze_hour" else next_time(now, MORNING, target.voice.zone)
        if click.action == "assign" and (refused := await self._refused_assignee(target)) is not None:
            return refused
        press = Press(click.of, _ACTIONS[click.action], click.version, click.user, now, until, click.assignee)
        return await self._put(target, press)

    async def _put(self, target: _Target, press: Press) -> Message | None:
        """None where the press is the first, and a message shows it: a list that one person sees stays as it is."""
        alerts = self._store.alerts
        pressed = await (alerts.press_storm(press.alert_id, press) if target.click.is_storm else alerts.press(press))
        log.info(
            "an alert's button was pressed",
            extra={"alert": press.alert_id, "action": press.action, "user": press.user, "first": pressed.is_first},
        )
        if pressed.is_first:
            if press.action == "unmute":
                await self._lift(target)
            self._alerting.wake.set()
            return done(press.action, target.voice) if target.click.is_private else None
        state = (pressed.alert or target.alert).state
        if pressed.by is None and state == "resolved" and press.action not in ("resolve", "reopen"):
            return over("resolved", target.voice)
        return taken(press.action, pressed.by, await self._pressed_at(press, pressed.by), target.voice)

    async def _pressed_at(self, press: Press, by: str | None) -> datetime | None:
        clicks = await self._store.alerts.clicks(press.alert_id)
        at = [one.at for one in clicks if one.action == press.action and one.user_id == by]
        return at[-1] if at else None

    async def _refused_assignee(self, target: _Target) -> Message | None:
        """Why whom somebody chose can't be the assignee; None where they can."""
        language, chosen = target.voice.language, target.click.assignee
        if not chosen:
            return note(say("alert-assign-nobody", language))
        try:
            is_colleague = await self._members.is_colleague(chosen)
        except SlackError as error:
            log.warning("nobody can tell who is to take an alert on: %s", error)
            return note(say("alert-assign-unsure", language))
        return None if is_colleague else note(say("alert-assign-stranger", language))

    # --- the cause

    async def _find_cause(self, target: _Target) -> Message | None:
        language, alert = target.voice.language, target.alert
        if alert.cause is not None:
            link = await self._cause_link(alert, target.click.channel)
            return with_link(say("alert-cause-there", language), link, say("alert-cause-open", language))
        if await self._causes.is_under_way(alert):
            return note(say("alert-cause-under-way", language))
        self._parts.tasks.launch(self._search(alert), f"cause of {alert.alert_id}")
        return note(say("alert-cause-begun", language))

    async def _search(self, alert: Alert) -> None:
        try:
            await self._causes.find(alert)
        except StoreUnavailable as error:
            log.error("the cause of an alert is not looked for: %s", error)
        self._alerting.wake.set()

    async def _cause_link(self, alert: Alert, channel: str) -> str | None:
        """Where the cause stands in the channel's thread."""
        sent = await self._store.outbox.deliveries(_LAST)
        for one in sent:
            is_cause = one.alert_id == alert.alert_id and one.payload.get("line") == "cause"
            if is_cause and one.ts is not None and one.conversation == channel:
                return await self._parts.replies.link_to(channel, one.ts)
        return None

    # --- runs

    async def _show_runs(self, target: _Target) -> Message | None:
        click = target.click
        return await self._related.show(target.alert, click.user, click.trigger_id, target.voice)

    # --- mutes

    async def _ask_mute(self, target: _Target) -> Message | None:
        names = _scopes(target.alerts)
        view = mute_form(names, target.voice.language, spot_of(target.click).model_dump_json())
        if await self._parts.replies.open_form(target.click.trigger_id, view):
            return None
        return note(say("alert-form-refused", target.voice.language))

    async def _mute(self, form: MuteForm) -> dict[str, str] | None:
        spot, now = form.spot, self._clock()
        click = Click(
            "mute",
            spot.of,
            spot.is_storm,
            spot.version,
            form.user,
            spot.channel,
            spot.thread_ts,
            response_url=spot.response_url,
            is_private=spot.is_private,
        )
        voice = await self._voice(click)
        target = await self._target(click, voice)
        if target is None or form.scope not in SCOPES or form.lasts not in SPANS:
            return {SCOPE: say("alert-gone", voice.language)}
        if await self._barred(target) is not None:
            return {SCOPE: say("alert-mute-not-yours", voice.language)}
        if form.scope == "project" and not await self._is_lead(target):
            return {SCOPE: say("alert-mute-barred", voice.language)}
        lasts = SPANS[form.lasts]
        until = None if lasts is None else now + lasts
        message = await self._put(target, Press(spot.of, "mute", spot.version, form.user, now, until))
        if not form.trigger_id or await self._store.claims.first((f"mute:{form.trigger_id}",), now):
            for mute in _mutes(target.alerts, form, until, now):
                await put_on(self._store, mute)
        if message is not None:
            place = Place(spot.channel, spot.thread_ts)
            told = self._parts.replies.whisper(place, form.user, message, spot.response_url)
            self._parts.tasks.launch(told, "a mute that was there")
        return None

    async def _is_lead(self, target: _Target) -> bool:
        return all([await self._permits.is_lead(alert, target.click.user) for alert in target.alerts])

    async def _lift(self, target: _Target) -> None:
        """Ends the mutes of the alert and its pipeline; those of a whole project for who may decide of that."""
        now, is_lead = self._clock(), await self._is_lead(target)
        held = await self._store.mutes.holding(now)
        meant = [one for one in held if any(covers(one, alert) for alert in target.alerts)]
        found = [one for one in meant if is_lead or one.scope in ("alert", "pipeline")]
        await lift(self._store, found, target.click.user, now)


def _scopes(alerts: Sequence[Alert]) -> list[tuple[str, str]]:
    """What can be muted of these: themselves, and what all of them have in common."""
    one, projects, names = alerts[0], {alert.project for alert in alerts}, {alert.name for alert in alerts}
    found = [("alert", one.name)]
    if len(names) == 1 and one.name:
        found.append(("pipeline", one.name))
    if len(projects) == 1 and one.project:
        found.append(("project", one.project))
    return found


def _mutes(alerts: Sequence[Alert], form: MuteForm, until: datetime | None, at: datetime) -> list[Mute]:
    """The mutes that a form asks for: an alert's each, a pipeline's or a project's once."""
    if form.scope == "alert":
        return [Mute("alert", alert.alert_id, until, form.user, at) for alert in alerts]
    if form.scope == "pipeline":
        return [Mute("pipeline", name, until, form.user, at) for name in dict.fromkeys(a.name for a in alerts)]
    return [Mute("project", name, until, form.user, at) for name in dict.fromkeys(a.project for a in alerts)]
