"""How somebody wants their answers, said by a word of /mlops or chosen in a select."""

from agent.messages import say
from bot.messages.answer import Message
from bot.messages.notes import note
from bot.messages.preferences import said_name, said_now, said_value
from bot.parts import Parts
from db.catalog.meaning import Language


async def wish(name: str, word: str, user: str, language: Language, parts: Parts) -> Message:
    """Keeps what a word asks for and says so, in the language that holds then; without a word it says what holds.

    Raises StoreUnavailable, and ValueError for a word that is no choice.
    """
    value = word.strip().lower()
    if not value:
        now = said_now(name, await parts.manners.of(parts.me.team, user), language)
        return note(say("preference-unchanged", language, name=said_name(name, language), value=now))
    await keep(name, value, user, parts)
    language = await parts.manners.language(parts.me.team, user) if name == "language" else language
    said = said_value(name, value, language)
    return note(say("preference-set", language, name=said_name(name, language), value=said))


async def keep(name: str, value: str, user: str, parts: Parts) -> None:
    """Raises StoreUnavailable, and ValueError for what is no choice."""
    services = parts.services
    await services.store.preferences.put(parts.me.team, user, name, value, user, services.clock())
