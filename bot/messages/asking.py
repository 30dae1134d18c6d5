"""The form that asks about a message, whoever wrote it."""

from typing import Any, Final

from agent.messages import say
from bot.messages.basics import plain_text
from bot.messages.text import clip
from db.catalog.meaning import Language

FORM: Final = "ask_about"
QUESTION: Final = "question"
_SHOWN_CHARS: Final = 500


def asking_form(text: str, language: Language, metadata: str, most: int) -> dict[str, Any]:
    """The modal: what the message says, and a question of at most `most` characters about it."""
    quote = {"type": "rich_text_quote", "elements": [{"type": "text", "text": clip(text, _SHOWN_CHARS) or "…"}]}
    element = {
        "type": "plain_text_input",
        "action_id": QUESTION,
        "multiline": True,
        "max_length": most,
        "focus_on_load": True,
    }
    return {
        "type": "modal",
        "callback_id": FORM,
        "private_metadata": metadata,
        "title": plain_text(say("asking-title", language)),
        "submit": plain_text(say("asking-send", language)),
        "close": plain_text(say("close", language)),
        "blocks": [
            {"type": "rich_text", "elements": [quote]},
            {
                "type": "input",
                "block_id": QUESTION,
                "label": plain_text(say("asking-label", language)),
                "hint": plain_text(say("asking-hint", language)),
                "element": element,
            },
        ],
    }
