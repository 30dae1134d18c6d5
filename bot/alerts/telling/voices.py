"""How a channel is spoken to about alerts: its language, and the clock that it goes by."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.messages.alerts.facts import Voice
from db.catalog.alerts.rules import AlertRules, ChannelRules
from db.catalog.alerts.spans import parse_zone
from db.catalog.meaning import Language
from db.store.alerts.channels import AlertChannelLog


class Voices:
    """What people have set for a channel counts before alerts.yml, and that before the bot's own settings."""

    def __init__(
        self,
        channels: AlertChannelLog,
        rules: AlertRules,
        language: Language,
        zone: ZoneInfo,
        clock: Callable[[], datetime],
    ) -> None:
        self._channels = channels
        self._rules = rules
        self._language: Language = language
        self._zone = zone
        self._clock = clock

    async def of(self, channel: str) -> Voice:
        """`channel` is a channel's id or a person's. Raises StoreUnavailable."""
        ruled = self._rules.channels.get(channel) or ChannelRules()
        own = (await self._channels.all()).get(channel)
        zone = parse_zone(own.timezone) if own is not None and own.timezone else ruled.timezone or self._zone
        return Voice(ruled.language or self._language, zone, self._clock())
