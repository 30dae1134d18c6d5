"""Why something failed, as a small message of an alert's thread."""

from typing import Final

from agent.failures.cause import NO_LOG
from agent.messages import say
from bot.messages.alerts.log import last_lines
from bot.messages.alerts.steps import cause_of
from bot.messages.alerts.words import FIELD_CHARS, NAME_CHARS, bullets, line, small
from bot.messages.answer import Message
from bot.messages.markdown import Element, plain, preformatted, section
from bot.messages.text import clip_escaped
from db.catalog.meaning import Language
from db.store.alerts.records import Alert

_HEADLINE_CHARS: Final = 600
_ADVICE: Final = 4


def cause_message(alert: Alert, language: Language) -> Message | None:
    """The cause in a sentence, the lines that tell it, what to try, who found it; None where none is kept."""
    cause = cause_of(alert)
    headline = "" if cause is None else line(cause.headline, _HEADLINE_CHARS)
    if cause is None or not headline:
        return None
    parts: list[Element] = [section([plain("🔎 "), plain(headline, bold=True)])]
    if evidence := last_lines(cause.evidence):
        parts.append(preformatted(evidence))
    if listed := bullets([plain(said)] for one in cause.advice[:_ADVICE] if (said := line(one, FIELD_CHARS))):
        parts += [section([plain(say("cause-try", language), bold=True)]), *listed]
    by = (
        "cause-by-model" if cause.engine == "llm" else "cause-no-log-read" if cause.code == NO_LOG else "cause-by-rules"
    )
    small_line = small((say(by, language), _shared(alert, language)))
    text = say("cause-text", language, headline=headline)
    return Message(clip_escaped(text, 1_000), ({"type": "rich_text", "elements": parts}, *small_line))


def _shared(alert: Alert, language: Language) -> str:
    """Whose analysis it is, where another alert with the same error had it."""
    shared = (alert.cause or {}).get("shared")
    name = line(str(shared.get("name") or ""), NAME_CHARS) if isinstance(shared, dict) else ""
    return say("cause-shared", language, name=name) if name else ""
