"""What of the alerts is somebody's own, for their Home: what is open of theirs, and what they have subscribed to."""

import logging
from dataclasses import replace
from typing import Final

from agent.errors import AskError
from agent.messages import say
from bot.alerts.alerting import Alerting
from bot.alerts.people.sight import UnsureError
from bot.messages.alerts.listing import open_list
from bot.messages.alerts.subscribed import HOME, subscription_blocks
from bot.messages.answer import Block
from bot.messages.basics import header
from bot.parts import Parts
from db.catalog.errors import CatalogUnavailable
from db.catalog.meaning import Language
from db.store.alerts.records import Alert

log = logging.getLogger(__name__)

_READ: Final = 500


async def own_blocks(parts: Parts, alerting: Alerting, user: str, language: Language) -> list[Block]:
    """The part of the Home; empty where there is nothing. Raises StoreUnavailable."""
    voice = replace(await alerting.voices.of(user), language=language)
    found = await own_alerts(parts, alerting, user)
    blocks: list[Block] = []
    if found:
        blocks.append(header(say("alert-own", language)))
        listed = open_list(found, voice, zone=alerting.zone).blocks
        blocks += [block for block in listed if block["type"] not in ("actions", "header")]
    mine = await parts.services.store.subscriptions.of(user)
    return [*blocks, *subscription_blocks(mine, "mine", voice, button=HOME)]


async def own_alerts(parts: Parts, alerting: Alerting, user: str) -> list[Alert]:
    """What is open that is somebody's by its owner's address, or was given to them, as far as they see its run.

    Raises StoreUnavailable.
    """
    email = await _email(parts, user)
    found = await parts.services.store.alerts.open(limit=_READ)
    mine = [one for one in found if one.assignee == user or (email is not None and _owner(one) == email)]
    try:
        return await alerting.sight.of(user, mine)
    except UnsureError as error:
        log.warning("a home is shown without its alerts: %s", error)
        return []


async def _email(parts: Parts, user: str) -> str | None:
    try:
        asker = await parts.askers.of(user)
        known = await parts.askers.persons.of(user, asker.catalog)
    except (AskError, CatalogUnavailable):
        return None
    return None if known.email is None else known.email.casefold()


def _owner(alert: Alert) -> str:
    return str(alert.details.get("owner_email") or "").casefold()
