"""Who is told of an alert: by its rule, by routes, by subscriptions; what is muted or waits for the morning."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.alerts.conditions import Conditions, covers, matches
from db.catalog.alerts.rules import AlertRules, ChannelRules, Mention, Rule, Where
from db.catalog.alerts.runs import group_of
from db.catalog.alerts.spans import QuietHours, parse_zone
from db.severity import SEVERITIES, is_at_least
from db.store.alerts.log import Routed
from db.store.alerts.records import Alert, AlertChannel, Destination, Mute, Subscription

OFF = "off"
"""What stands for a channel's quiet hours, or digest, where people have turned off what alerts.yml has."""


@dataclass(frozen=True, slots=True)
class Router:
    """As things stand at `now`; made anew for each tick. `channels`: what people have set, by the channel's id."""

    rules: AlertRules
    default_channel: str | None
    zone: ZoneInfo
    now: datetime
    subscriptions: Sequence[Subscription] = ()
    mutes: Sequence[Mute] = ()
    channels: Mapping[str, AlertChannel] | None = None

    def route(self, alert: Alert) -> Routed:
        """Where an alert is told; nowhere, where its rule is no more. Pure: it may run within a transaction."""
        rule = self.rules.rule(alert.rule) or Rule(name=alert.rule, sql="-")
        places: dict[str, Destination] = {}
        for channel, mention in self._ways(rule, alert):
            known = places.get(channel)
            if known is None:
                places[channel] = self._destination(rule, alert, channel, mention)
            else:
                places[channel] = replace(known, mention=tuple(dict.fromkeys((*known.mention, *mention))))
        return Routed(
            tuple(places.values()),
            is_muted=any(covers(mute, alert) for mute in self.mutes),
            remind_at=self.now + rule.remind.after if rule.remind and rule.remind.times else None,
            escalate_at=self.now + rule.escalate.after if rule.escalate else None,
        )

    def escalated(self, alert: Alert) -> tuple[Destination, ...]:
        """Whom an alert is told, too, that nobody has acknowledged; quiet hours don't hold that."""
        rule = self.rules.rule(alert.rule)
        if rule is None or rule.escalate is None:
            return ()
        channel = rule.escalate.channel or rule.channel or self.default_channel
        return () if channel is None else (Destination(channel, _called(rule.escalate.mention)),)

    def zone_of(self, channel: str) -> ZoneInfo:
        """Whose clock a channel goes by."""
        own = self._set(channel).timezone
        return parse_zone(own) if own else (self._ruled(channel).timezone or self.zone)

    def quiet_until(self, channel: str, rule: Rule) -> datetime | None:
        """When a channel's quiet hours end; None where it is not quiet now."""
        own = self._set(channel).quiet
        if own == OFF:
            return None
        hours = QuietHours.parse(own) if own else (self._ruled(channel).quiet or rule.quiet)
        return hours.until(self.now, self.zone_of(channel)) if hours else None

    def _ways(self, rule: Rule, alert: Alert) -> list[tuple[str, tuple[str, ...]]]:
        """Each channel, or person, with whom the first message there calls."""
        ways = []
        if (channel := rule.channel or self.default_channel) is not None:
            ways.append((channel, _called(rule.mention)))
        for to in rule.routes:
            place = to.channel or to.person
            if place is not None and matches(conditions_of(to), alert):
                mention = to.mention if to.mention is not None else ((to.person,) if to.person else rule.mention)
                ways.append((place, () if to.person else _called(mention)))
        ways += [(one.target, ()) for one in self.subscriptions if matches(one.conditions, alert)]
        return ways

    def _destination(self, rule: Rule, alert: Alert, channel: str, mention: tuple[str, ...]) -> Destination:
        is_urgent = is_at_least(alert.severity, rule.quiet_unless)
        return Destination(
            channel,
            mention,
            not_before=None if is_urgent else self.quiet_until(channel, rule),
            storm_key="|".join((rule.name, *group_of(alert.details, rule.storm.by)))[:255],
            storm_after=rule.storm.more_than,
            storm_within_s=rule.storm.within.total_seconds(),
        )

    def _set(self, channel: str) -> AlertChannel:
        return (self.channels or {}).get(channel) or AlertChannel(channel)

    def _ruled(self, channel: str) -> ChannelRules:
        return self.rules.channels.get(channel) or ChannelRules()


def conditions_of(where: Where) -> Conditions:
    """What must hold of an alert, in the form that subscriptions have."""
    names = ("project", "pipeline", "owner", "team", "rule")
    found = {name: [value] for name in names if (value := getattr(where, name)) is not None}
    if where.severity is not None:
        found["severity"] = [one for one in SEVERITIES if is_at_least(one, where.severity)]
    return found


def _called(mention: Mention) -> tuple[str, ...]:
    return tuple(one for one in mention if one != "none")
