"""What to do about an alert: its cause as far as it is known, what to try, what to ask."""

from collections.abc import Iterator, Sequence
from typing import Final

from agent.failures.cause import Cause, load
from agent.messages import say
from bot.messages.alerts.facts import Facts, cell
from bot.messages.alerts.words import FIELD_CHARS, bullets, line, paragraph
from bot.messages.answer import Block
from bot.messages.markdown import Element, plain, section
from db.catalog.meaning import Language
from db.store.alerts.records import Alert

_ADVICE: Final = 3


def step_blocks(alert: Alert, facts: Facts, language: Language) -> list[Block]:
    """The cause, the next steps, and the questions that the thread takes."""
    cause = cause_of(alert)
    advice = [line(one, FIELD_CHARS) for one in (cause.advice if cause is not None and cause.is_known else ())]
    steps = [one for one in advice if one][:_ADVICE] or list(_steps(alert, facts, language))[:_ADVICE]
    title = section([plain(say("alert-next-step", language), bold=True)])
    listed = bullets([plain(step)] for step in steps)
    steps_block: Block = {"type": "rich_text", "elements": [title, *listed]}
    return [*cause_blocks(alert, language), steps_block, questions(alert, language)]


def cause_blocks(alert: Alert, language: Language) -> list[Block]:
    """The cause in a line; nothing where it is not known."""
    cause = cause_of(alert)
    headline = line(cause.headline, FIELD_CHARS) if cause is not None and cause.is_known else ""
    if not headline:
        return []
    return [paragraph(plain(f"{say('alert-cause', language)} ", bold=True), plain(headline))]


def cause_of(alert: Alert) -> Cause | None:
    """The cause that is kept with the alert; None where there is none, or one of another make."""
    if alert.cause is None:
        return None
    try:
        return load(alert.cause)
    except ValueError:
        return None


def questions(alert: Alert, language: Language) -> Block:
    """What can be asked in the thread, word for word."""
    asked = say(f"alert-ask-{alert.kind}", language).split("|")
    return paragraph(plain(f"{say('alert-ask', language)} "), *_coded(asked))


def _coded(asked: Sequence[str]) -> Iterator[Element]:
    for at, one in enumerate(asked):
        if at:
            yield plain("  ")
        yield plain(one.strip(), code=True)


def _steps(alert: Alert, facts: Facts, language: Language) -> Iterator[str]:
    """What helps with such an alert, by what is known of it; the most telling first."""
    if alert.kind == "stuck":
        yield say("alert-step-stuck-alive", language)
        yield say("alert-step-stuck-stop", language)
    elif alert.kind == "found":
        yield say("alert-step-found", language, rule=line(alert.rule, 64))
    else:
        if facts.tail is not None and facts.tail.lines:
            yield say("alert-step-first-error", language)
        elif cell(alert.details, "log_path"):
            yield say("alert-step-open-log", language)
        else:
            yield say("alert-step-no-log", language)
        if alert.count > 1 or (facts.nth or 0) > 1:
            yield say("alert-step-again", language)
        if facts.last_success is not None:
            yield say("alert-step-changed", language)
        yield say("alert-step-rerun", language)
