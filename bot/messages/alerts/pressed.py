"""What who has pressed a button reads, where the alert's own message does not say it: for one person's eyes."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from agent.messages import say
from bot.messages.alerts.facts import Voice
from bot.messages.alerts.words import moment, paragraph
from bot.messages.answer import Message
from bot.messages.markdown import plain
from bot.messages.names import name
from bot.messages.notes import note, section
from bot.messages.text import escape
from db.store.alerts.records import AlertState

_NAMED: Final = 5
_GROUP: Final = re.compile(r"S[A-Z0-9]+")


def taken(action: str, by: str | None, at: datetime | None, voice: Voice) -> Message:
    """The press changed nothing: somebody was first, or it is so already."""
    done = say(f"alert-already-{action.replace('_', '-')}", voice.language)
    if by is None:
        return section(done)
    if at is None:
        return section(say("alert-already-by", voice.language, done=done, who=person(by)))
    return section(say("alert-already-by-at", voice.language, done=done, who=person(by), at=escape(moment(at, voice))))


def done(action: str, voice: Voice) -> Message:
    """The press had its effect, where no message that the person sees would show it."""
    return section(say(f"alert-done-{action.replace('_', '-')}", voice.language))


def over(state: AlertState, voice: Voice) -> Message:
    """The press came when there was nothing to do any more."""
    return section(say("alert-press-over" if state == "resolved" else "alert-press-stale", voice.language))


def barred(who: Sequence[str], admins: Sequence[str], voice: Voice) -> Message:
    """Who may press, for somebody who may not."""
    named = list(dict.fromkeys((*who, *admins)))[:_NAMED]
    return section(say("alert-press-barred", voice.language, who=", ".join(map(person, named))))


def person(one: str) -> str:
    """A person or a group by mention: in a message that one person sees it calls nobody."""
    return f"<!subteam^{one}>" if _GROUP.fullmatch(one) else name(one)


def with_link(text: str, link: str | None, label: str) -> Message:
    """A sentence with a link of Slack's own behind it, where there is one."""
    if not link:
        return note(text)
    return Message(text, (paragraph(plain(f"{text} "), {"type": "link", "url": link, "text": label}),))
