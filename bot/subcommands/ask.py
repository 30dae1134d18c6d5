"""/mlops QUESTION: asked in the open, answered in a thread where follow-ups work."""

from dataclasses import replace
from typing import Final

from agent.answer import Ask, ThreadKey
from agent.messages import say
from bot.incoming import new_turn_id
from bot.messages.answer import Message
from bot.messages.notes import note, working
from bot.messages.sentences import sentence
from bot.parts import Parts
from bot.subcommands import COMMAND, Slash, near_word

HELP: Final = "help-ask"
TAKES_TEXT: Final = True


async def run(slash: Slash, parts: Parts) -> Message:
    """Takes the question on and returns at once; it is claimed, counted, and its thread opened, after the ack."""
    if not slash.text or len(slash.text) > parts.services.agent.limits.question_chars:
        return note(sentence("too_long" if slash.text else "empty", slash.language))
    if (word := near_word(slash.text)) is not None:
        return note(_suggestion(slash, word))
    if (refusal := await parts.turns.refusal(slash.user, slash.language)) is not None:
        return refusal
    turn_id = new_turn_id()
    thread = ThreadKey(parts.me.team, slash.channel, f"slash:{turn_id}")
    ask = Ask(turn_id, thread, slash.user, slash.text, parts.services.clock())
    parts.tasks.launch(_open(ask, slash, parts), f"slash {turn_id}")
    return note(working(slash.language))


async def _open(ask: Ask, slash: Slash, parts: Parts) -> None:
    """The question becomes a root message; where the bot may not post, the answer goes to the asker alone."""
    if not await parts.turns.claim(ask, f"slash:{slash.trigger_id}", slash.response_url):
        return
    ts = await parts.replies.open_thread(ask, slash.language)
    if ts is None:
        await parts.turns.submit(ask, (), response_url=slash.response_url)
    else:
        await parts.turns.submit(replace(ask, thread=replace(ask.thread, thread_ts=ts)), ())


def _suggestion(slash: Slash, word: str) -> str:
    return say("no-such-word", slash.language, text=slash.text, command=f"{COMMAND} {word}")
