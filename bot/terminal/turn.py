"""One turn asked from the terminal."""

import logging
import uuid
from dataclasses import dataclass
from datetime import datetime

from agent.agent import OnProgress
from agent.answer import Answer, Ask, ThreadKey
from agent.errors import AskError
from bot.services import Services
from db.store.errors import StoreUnavailable

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Failure:
    """A turn without an answer: `code` as in AskError, "unexpected" for a fault of ours."""

    turn_id: str
    code: str


def thread_key(name: str | None) -> ThreadKey:
    """The thread of that name; without a name one that nobody has used."""
    return ThreadKey("terminal", "chat", name or uuid.uuid4().hex)


def make_ask(text: str, thread: ThreadKey, asked_at: datetime) -> Ask:
    """An ask with an id of its own."""
    return Ask(uuid.uuid4().hex[:12], thread, "terminal", text, asked_at)


async def run_turn(services: Services, ask: Ask, on_progress: OnProgress) -> Answer | Failure:
    """The answer, or why there is none. A defect is logged, never raised."""
    try:
        return await services.agent.run_turn(ask, on_progress)
    except AskError as error:
        log.info("turn %s has no answer: %s", ask.turn_id, error)
        return Failure(ask.turn_id, error.code)
    except StoreUnavailable:
        log.exception("turn %s: the store is gone", ask.turn_id)
        return Failure(ask.turn_id, "store_unavailable")
    except Exception:
        log.exception("turn %s failed", ask.turn_id)
        return Failure(ask.turn_id, "unexpected")
