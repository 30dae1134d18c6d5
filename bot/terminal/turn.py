"""One turn asked from the terminal."""

import logging
import uuid
from dataclasses import dataclass, replace
from datetime import datetime

from agent.answer import Answer, Ask, ThreadKey
from agent.errors import AskError
from agent.progress import OnProgress
from bot.people.readers import Asker
from bot.services import Services
from bot.settings import SettingsError
from db.catalog.catalog import Catalog
from db.catalog.finding import person_at
from db.catalog.people import Asking
from db.store.errors import StoreUnavailable

log = logging.getLogger(__name__)

_USER_CHARS = 64
"""The store's column for users holds no more."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A turn without an answer: `code` as in AskError, "unexpected" for a fault of ours."""

    turn_id: str
    code: str


def thread_key(name: str | None) -> ThreadKey:
    """The thread of that name; without a name one that nobody has used."""
    return ThreadKey("terminal", "chat", name or uuid.uuid4().hex)


def make_ask(text: str, thread: ThreadKey, asked_at: datetime, email: str | None = None) -> Ask:
    """An ask with an id of its own; of the operator's where it is in nobody's name."""
    return Ask(uuid.uuid4().hex[:12], thread, "terminal" if email is None else email[:_USER_CHARS], text, asked_at)


async def asker_of(services: Services, email: str | None, me: str | None = None) -> Asker:
    """Who asks in the terminal: somebody with that address, or the operator, who sees what is not private.

    `me` is the address by which "my" is theirs in the catalogue; else that of `email`, or of ME. Raises
    SettingsError where there is an `email` but no policy, or nobody has the address of `me`, and CatalogUnavailable.
    """
    if email is None:
        asker = Asker(services.agent, services.catalog)
    elif services.readers is None:
        raise SettingsError("--as needs POLICY: without it everybody sees the same")
    else:
        asker = await services.readers.asker(None, email)
    return replace(asker, me=await _me(asker.catalog, me, email or services.settings.me))


async def _me(catalog: Catalog, said: str | None, usual: str | None) -> Asking:
    if catalog.people is None:
        return None
    address = said or usual
    person = await person_at(address, catalog) if address else None
    if said is not None and person is None:
        raise SettingsError(f"--me: no one person in the catalogue has the address {said}")
    return person or "nobody"


async def run_turn(
    services: Services, ask: Ask, on_progress: OnProgress, asker: Asker | None = None
) -> Answer | Failure:
    """The answer, or why there is none; to the operator where nobody else asks. A defect is logged, never raised."""
    try:
        return await (asker or Asker(services.agent, services.catalog)).run_turn(ask, on_progress)
    except AskError as error:
        log.info("turn %s has no answer: %s", ask.turn_id, error)
        return Failure(ask.turn_id, error.code)
    except StoreUnavailable:
        log.exception("turn %s: the store is gone", ask.turn_id)
        return Failure(ask.turn_id, "store_unavailable")
    except Exception:
        log.exception("turn %s failed", ask.turn_id)
        return Failure(ask.turn_id, "unexpected")
