"""The small line under an answer: what its reader should know of how it came about, and what it cost who asked that."""

from typing import Final

from agent.answer import Answer
from agent.messages import say
from bot.messages.gate import clean
from bot.messages.text import clip
from db.store.preferences import Preferences

NOTICE_CHARS: Final = 250
_MODEL_CHARS: Final = 60


def origin(answer: Answer, preferences: Preferences) -> str:
    """A notice if there is one, then the engine; its tokens, cost and seconds where the reader wants to see them."""
    parts = [] if answer.notice is None else [clip(clean(answer.notice), NOTICE_CHARS)]
    if preferences.usage == "on":
        parts += [usage_line(answer), say("turn-number", answer.language, turn=answer.turn_id)]
    elif answer.engine == "offline":
        parts.append(say("answer-by-rules", answer.language))
    else:
        parts.append(_model(answer))
    return " · ".join(filter(None, parts))


def usage_line(answer: Answer) -> str:
    """What the turn cost; an answer by rules after a model that failed tells the model's part in its notice."""
    seconds, language, usage = f"{answer.elapsed_s:.1f}", answer.language, answer.usage
    if answer.engine == "offline":
        return say("usage-rules", language, seconds=f"{answer.elapsed_s:.2f}")
    cost = say("usage-no-price", language) if usage.cost_usd is None else f"${usage.cost_usd:.4f}"
    tokens = usage.tokens
    read, written = tokens.prompt, tokens.completion
    return say("usage-line", language, model=_model(answer), read=read, written=written, cost=cost, seconds=seconds)


def _model(answer: Answer) -> str:
    return clip(clean(answer.usage.model), _MODEL_CHARS)
