"""What is set now for a place, and by whom: quiet hours, summaries."""

from collections.abc import Sequence

from agent.messages import say
from bot.alerts.alerting import Alerting
from bot.alerts.routing import OFF
from bot.alerts.telling.digests import Plan, planned
from bot.messages.alerts.facts import Voice
from db.catalog.alerts.rules import ChannelRules
from db.catalog.meaning import Language
from db.store.alerts.records import AlertChannel


async def plans_of(alerting: Alerting) -> list[Plan]:
    """All summaries as they will be told. Raises StoreUnavailable."""
    may = alerting.sight.may_be_told_all
    return await planned(alerting.store, alerting.rules, alerting.voices, alerting.default_channel, may)


async def quiet_now(alerting: Alerting, target: str, voice: Voice) -> str:
    """A channel's quiet hours; those of single rules where nobody has set any for it. Raises StoreUnavailable."""
    own = (await _set(alerting, target)).quiet
    ruled = (alerting.rules.channels.get(target) or ChannelRules()).quiet
    source = _source(own, voice.language)
    if own == OFF:
        return say("alert-quiet-now-none", voice.language, source=source)
    if hours := own or ruled:
        return _quiet("alert-quiet-now", str(hours), source, voice)
    of_rules = [
        _quiet("alert-quiet-now-rule", str(rule.quiet), source, voice, rule=rule.name)
        for rule in alerting.rules.rules
        if rule.quiet
    ]
    return "\n".join(of_rules) or say("alert-quiet-now-none", voice.language, source=source)


async def digest_now(alerting: Alerting, target: str, voice: Voice) -> str:
    """When a channel is told its summaries. Raises StoreUnavailable."""
    source = _source((await _set(alerting, target)).digest, voice.language)
    plans = [plan for plan in await plans_of(alerting) if plan.channel == target]
    if not plans:
        return say("alert-digest-now-none", voice.language, source=source)
    return "\n".join(_digest(plan, source, voice.language) for plan in plans)


def digests_of_file(alerting: Alerting, target: str) -> Sequence[str]:
    """What the summaries are called that alerts.yml has for a channel."""
    return [one.name for one in alerting.rules.digests if (one.channel or alerting.default_channel) == target]


def _quiet(key: str, hours: str, source: str, voice: Voice, **more: str) -> str:
    return say(key, voice.language, hours=hours, zone=voice.zone.key, source=source, **more)


def _digest(plan: Plan, source: str, language: Language) -> str:
    told = {"name": plan.digest.name, "at": f"{plan.digest.at:%H:%M}", "zone": plan.zone.key}
    return say("alert-digest-now", language, source=source, **told)


def _source(own: str | None, language: Language) -> str:
    return say("alert-set-in-file" if own is None else "alert-set-by-command", language)


async def _set(alerting: Alerting, target: str) -> AlertChannel:
    return (await alerting.store.alert_channels.all()).get(target) or AlertChannel(target)
