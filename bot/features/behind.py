"""Which turn a click asks about, where the person who clicked may see what is behind it."""

from dataclasses import dataclass
from typing import Final

from agent.messages import say
from bot.features.presses import Press
from bot.messages.notes import note
from bot.parts import Parts
from db.catalog.meaning import Language
from db.store.errors import StoreUnavailable
from db.store.records import StoredTurn

SLASH: Final = "slash:"
"""How the threads begin whose answers only their asker has seen."""


@dataclass(frozen=True, slots=True)
class Behind:
    """A turn that was clicked on. `language` is its answer's, `readers` that of the person who clicked.

    `is_own`: they may see all of it, its SQL among it.
    """

    turn: StoredTurn
    language: Language
    readers: Language
    is_own: bool


async def behind(press: Press, parts: Parts) -> Behind | None:
    """The turn of a button, where its answer stands in the channel that was clicked in; None for any other.

    What only its asker has seen is nobody else's. Where people see different parts of the catalogue, what ran for
    somebody else is theirs: it may be run again as the person who clicked, but is not shown. Raises StoreUnavailable.
    """
    turn = await parts.services.store.turns.by_id(press.turn_id)
    if turn is None or (turn.team, turn.channel, turn.status) != (parts.me.team, press.channel, "done"):
        return None
    is_asker = turn.user_id == press.user
    if turn.thread_ts.startswith(SLASH) and not is_asker:
        return None
    language = await parts.manners.language(turn.team, turn.user_id, turn.question)
    readers = language if is_asker else await parts.manners.language(turn.team, press.user, turn.question)
    return Behind(turn, language, readers, is_asker or not parts.askers.has_policy)


async def found(press: Press, parts: Parts) -> Behind | None:
    """As `behind`; who clicked is told where there is nothing, or no store."""
    try:
        one = await behind(press, parts)
        problem = "" if one is not None else "evidence-gone"
    except StoreUnavailable:
        one, problem = None, "error-store-unavailable"
    if problem:
        await whisper(press, problem, await parts.manners.language(parts.me.team, press.user), parts)
    return one


async def whisper(press: Press, key: str, language: Language, parts: Parts) -> None:
    """Says a sentence of the catalogue to the person who clicked, and to nobody else."""
    await parts.replies.whisper(press.place, press.user, note(say(key, language)), press.response_url)


def sql_behind(turn: StoredTurn) -> str | None:
    """The statement whose rows stand under the answer: the last that found any, else the last that ran."""
    ran = [query for query in reversed(turn.queries) if query.get("sql") and not query.get("error")]
    found_any = [query for query in ran if query.get("rows")]
    return next((str(query["sql"]) for query in (*found_any, *ran)), None)
