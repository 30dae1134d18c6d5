"""What the bot takes somebody for, in words: for /mlops whoami, and below answers that miss rows."""

from collections.abc import Iterable, Sequence

from agent.messages import say
from bot.messages.answer import Message
from bot.messages.notes import note
from db.catalog.meaning import ColumnRef, Language, SemanticLayer
from db.catalog.policy import Standing


def blind_notice(standing: Standing, layer: SemanticLayer, language: Language) -> str | None:
    """Why somebody sees no row of some tables; None for whoever misses none for want of an address or a team."""
    if not standing.lacking:
        return None
    key = "standing-email-unknown" if standing.email is None else "standing-team-unknown"
    return say(key, language, tables=_tables(standing.blind, layer, language))


def whoami(
    standing: Standing | None,
    layer: SemanticLayer,
    opened: Sequence[ColumnRef],
    language: Language,
    person: Sequence[str] = (),
) -> Message:
    """What the policy takes somebody for; `opened` are the private columns that they see, `person` is who they are."""
    if standing is None:
        return note("\n".join([*person, say("standing-no-policy", language)]))
    unknown, none = say("standing-unknown", language), say("standing-none", language)
    limited = [table for table in standing.limited if table not in standing.blind]
    found = (
        ("standing-email", standing.email or unknown),
        ("standing-roles", ", ".join(standing.roles) or none),
        ("standing-team", unknown if standing.team is None else str(standing.team)),
        ("standing-opened", ", ".join(map(".".join, opened)) or none),
        ("standing-limited", _tables(limited, layer, language) or none),
        ("standing-blind", _tables(standing.blind, layer, language) or none),
    )
    why = blind_notice(standing, layer, language)
    return note(
        "\n".join([*person, *(say(key, language, value=value) for key, value in found), *([why] if why else [])])
    )


def _tables(names: Iterable[str], layer: SemanticLayer, language: Language) -> str:
    """The tables as people call them; those that are no longer there, or private as a whole, stay unsaid."""
    shown = {table.name: table.label.of(language) or table.name for table in layer.tables}
    return ", ".join(shown[name] for name in names if name in shown)
