"""A delivery built from what it stands on."""

import asyncio
import time
from collections.abc import Callable, Sequence
from datetime import datetime

from slack_sdk.web.async_client import AsyncWebClient

from bot.alerts.sending.courier import Courier
from bot.alerts.sending.delivery import Delivery
from bot.alerts.sending.history import History
from bot.alerts.sending.janitor import Janitor
from bot.alerts.sending.pauses import Pauses
from bot.alerts.sending.places import Places
from bot.alerts.sending.reconcile import Reconciler
from bot.alerts.sending.sender import Composes, Tools
from db.store.alerts.outbox import Outbox


def build_delivery(
    outbox: Outbox,
    client: AsyncWebClient,
    bot_id: str | None,
    composer: Composes,
    clock: Callable[[], datetime],
    wake: asyncio.Event,
    *,
    admins: Sequence[str] = (),
    monotonic: Callable[[], float] = time.monotonic,
    is_paced: bool = True,
) -> Delivery:
    """`client` must not repeat calls by itself (bot.slack.make_client); `bot_id` is what auth.test says of the bot."""
    courier = Courier(client, clock)
    places = Places(outbox, courier)
    history = History(courier, places, bot_id, clock)
    pauses = Pauses(monotonic, is_paced=is_paced)
    tools = Tools(outbox, courier, places, pauses, composer, clock, monotonic, admins)
    return Delivery(tools, Reconciler(outbox, history, clock), Janitor(outbox, history, courier, clock), wake=wake)
