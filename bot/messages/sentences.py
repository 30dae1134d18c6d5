"""What the bot says when it has no answer, by the code of what went wrong."""

from typing import Final

from agent.messages import has, say
from db.catalog.meaning import Language

UNEXPECTED: Final = "error-unexpected"


def sentence(code: str, language: Language, turn_id: str | None = None) -> str:
    """The sentence for an error's code, for the user; an unknown code reads as `unexpected`."""
    key = f"error-{code.replace('_', '-')}"
    said = say(key if has(key) else UNEXPECTED, language)
    return said if turn_id is None else f"{said} ({say('turn-number', language, turn=turn_id)})"
