"""All that alerts are made of, built once where they are on."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from slack_sdk.web.async_client import AsyncWebClient

from agent.language import language_of
from bot.alerts.people.sight import Sight
from bot.alerts.routing import Router
from bot.alerts.sending.build import build_delivery
from bot.alerts.sending.delivery import Delivery
from bot.alerts.telling.backdrop import Backdrop
from bot.alerts.telling.composer import Composer
from bot.alerts.telling.owners import Owners
from bot.alerts.telling.voices import Voices
from bot.alerts.watching.health import Health
from bot.people.askers import Askers
from bot.people.identity import Identity
from bot.services import Services
from bot.settings import Settings, SettingsError
from bot.tasks import Tasks
from db.catalog.alerts.rules import AlertRules, RulesError, load_rules
from db.catalog.catalog import Catalog
from db.logfiles import LogFiles
from db.store.alerts.records import Alert
from db.store.store import Store


@dataclass(frozen=True, slots=True)
class Alerting:
    """`wake` is set by whoever puts letters, so that they are sent at once.

    `default_channel`: where a rule without a channel is told; None: nowhere but by routes and subscriptions.
    `zone`: of the catalogue's times that have none, and of the clock by which rules go. `every_s`: how often a rule
    looks that does not say. `since`: from when on a rule tells at its first start; None: what is new from then on.
    `sight`: who may be shown which of them. `skipped`: by rule, how many rows its last look here could not read.
    """

    rules: AlertRules
    default_channel: str | None
    zone: ZoneInfo
    every_s: int
    catalog: Catalog
    store: Store
    owners: Owners
    voices: Voices
    composer: Composer
    sight: Sight
    delivery: Delivery
    health: Health
    wake: asyncio.Event
    clock: Callable[[], datetime]
    since: datetime | None = None
    skipped: dict[str, int] = field(default_factory=dict)

    async def router(self) -> Router:
        """Who is told, as things stand now. Raises StoreUnavailable."""
        now = self.clock()
        return Router(
            self.rules,
            self.default_channel,
            self.zone,
            now,
            await self.store.subscriptions.all(),
            await self.store.mutes.holding(now),
            await self.store.alert_channels.all(),
        )

    async def owner_of(self, alert: Alert) -> str | None:
        """The id in Slack of whom the alert names as its owner; None where Slack knows nobody by that address."""
        email = alert.details.get("owner_email")
        return await self.owners.user_of(str(email)) if email else None


def alerting_of(
    services: Services, client: AsyncWebClient, me: Identity, tasks: Tasks, askers: Askers
) -> Alerting | None:
    """None where alerts are off: nobody says where they are told. Raises SettingsError for an alerts.yml with mistakes.

    `client` must not repeat calls by itself.
    """
    settings, store, catalog = services.settings, services.store, services.catalog
    rules = rules_of(settings)
    if rules is None:
        return None
    zone, language, clock = rules.timezone or settings.timezone, language_of("", settings.language), services.clock
    wake, owners = asyncio.Event(), Owners(client, me, tasks)
    voices = Voices(store.alert_channels, rules, language, settings.timezone, clock)
    backdrop = Backdrop(catalog, rules, LogFiles(settings.log_roots), zone)
    sight = Sight(askers, store.alerts, rules, zone, settings.admins)
    composer = Composer(store, backdrop, voices, owners, settings.link_hosts, sight)
    return Alerting(
        rules=rules,
        default_channel=settings.alert_channel,
        zone=zone,
        every_s=settings.alert_every_s,
        catalog=catalog,
        store=store,
        owners=owners,
        voices=voices,
        composer=composer,
        sight=sight,
        delivery=build_delivery(store.outbox, client, me.bot_id, composer, clock, wake, admins=settings.admins),
        health=_health(services, rules, zone),
        wake=wake,
        clock=clock,
        since=services.told_since,
    )


def rules_of(settings: Settings) -> AlertRules | None:
    """The rules where alerts are on: there is ALERT_CHANNEL, or the file says where. Raises SettingsError."""
    if settings.rules is None:
        return None
    try:
        rules = load_rules(settings.rules)
    except RulesError as error:
        raise SettingsError(f"ALERT_RULES: {error}") from error
    return rules if settings.alert_channel is not None or has_places(rules) else None


def has_places(rules: AlertRules) -> bool:
    """Whether the file itself says somewhere where to tell."""
    return any(rule.channel or rule.routes for rule in rules.rules) or any(one.channel for one in rules.digests)


def _health(services: Services, rules: AlertRules, zone: ZoneInfo) -> Health:
    settings, store = services.settings, services.store
    return Health(
        rules,
        store.heartbeats,
        store.outbox,
        every_s=settings.alert_every_s,
        silent_s=settings.alert_silent_s,
        zone=zone,
        clock=services.clock,
    )
