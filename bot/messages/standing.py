"""What the bot takes somebody for, in words: for /mlops whoami, and below answers that miss rows."""

from collections.abc import Iterable, Sequence

from bot.messages.answer import Message
from bot.messages.notes import note
from bot.messages.sentences import sentence
from db.catalog.meaning import ColumnRef, Language, SemanticLayer
from db.catalog.policy import Standing


def blind_notice(standing: Standing, layer: SemanticLayer, language: Language) -> str | None:
    """Why somebody sees no row of some tables; None for whoever misses none for want of an address or a team."""
    if not standing.lacking:
        return None
    code = "email_unknown" if standing.email is None else "team_unknown"
    return sentence(code, language).format(tables=_tables(standing.blind, layer, language))


def whoami(standing: Standing | None, layer: SemanticLayer, opened: Sequence[ColumnRef], language: Language) -> Message:
    """What the policy takes somebody for; `opened` are the private columns that they see."""
    if standing is None:
        return note(sentence("no_policy", language))
    korean = language == "ko"
    unknown, none = ("알 수 없음", "없음") if korean else ("unknown", "none")
    limited = [table for table in standing.limited if table not in standing.blind]
    found = (
        ("이메일" if korean else "E-mail", standing.email or unknown),
        ("역할" if korean else "Roles", ", ".join(standing.roles) or none),
        ("팀" if korean else "Team", unknown if standing.team is None else str(standing.team)),
        ("볼 수 있는 비공개 열" if korean else "Private columns open to you", ", ".join(map(".".join, opened)) or none),
        ("일부 행만 보이는 테이블" if korean else "Tables with some rows", _tables(limited, layer, language) or none),
        (
            "행이 안 보이는 테이블" if korean else "Tables with no rows",
            _tables(standing.blind, layer, language) or none,
        ),
    )
    why = blind_notice(standing, layer, language)
    return note("\n".join([*(f"{name}: {value}" for name, value in found), *([why] if why else [])]))


def _tables(names: Iterable[str], layer: SemanticLayer, language: Language) -> str:
    """The tables as people call them; those that are no longer there, or private as a whole, stay unsaid."""
    shown = {table.name: table.label.of(language) or table.name for table in layer.tables}
    return ", ".join(shown[name] for name in names if name in shown)
