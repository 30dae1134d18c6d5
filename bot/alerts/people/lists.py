"""Clicks on the buttons beside subscriptions and mutes."""

import logging
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.alerts.alerting import Alerting
from bot.alerts.commands.controls import Controls
from bot.alerts.commands.subscribing import Subscriptions
from bot.messages.alerts.subscribed import read_dropped
from bot.messages.answer import Message
from bot.messages.notes import note
from bot.messages.sentences import sentence
from bot.parts import Parts
from bot.wire import Place
from db.store.errors import StoreUnavailable

log = logging.getLogger(__name__)


class Lists:
    """What came of a click is said to who clicked."""

    def __init__(self, parts: Parts, alerting: Alerting) -> None:
        self._parts = parts
        self._alerting = alerting
        self._subscriptions = Subscriptions(parts, alerting)
        self._controls = Controls(parts, alerting)

    def end(self, body: Mapping[str, Any], *, is_mute: bool) -> None:
        """Starts to end a subscription, or a mute, and returns at once."""
        self._parts.tasks.launch(self._told(body, is_mute=is_mute), "an entry of a list ends")

    async def _told(self, body: Mapping[str, Any], *, is_mute: bool) -> None:
        user, container = str(body["user"]["id"]), body.get("container") or {}
        channel = str((body.get("channel") or {}).get("id") or container.get("channel_id") or "")
        message = await self.ended(body, channel, is_mute=is_mute)
        if message is not None:
            place = Place(channel, container.get("thread_ts"))
            await self._parts.replies.whisper(place, user, message, body.get("response_url"))

    async def ended(self, body: Mapping[str, Any], channel: str, *, is_mute: bool = False) -> Message | None:
        """What to say of it; None where the button is none of ours."""
        user, dropped = str(body["user"]["id"]), read_dropped(body)
        language = await self._parts.manners.language(self._parts.me.team, user)
        if dropped is None:
            return None
        try:
            if not is_mute:
                return await self._subscriptions.drop(dropped, user, language)
            voice = replace(await self._alerting.voices.of(channel), language=language)
            return await self._controls.lift(dropped, user, voice)
        except StoreUnavailable as error:
            log.error("an entry of a list stays: %s", error)
            return note(sentence("store_unavailable", language))
