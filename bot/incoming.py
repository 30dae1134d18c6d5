"""Slack's events and commands read into asks: pure."""

import re
import secrets
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from agent.answer import Ask, ThreadKey
from db.redact import redacted

PERSONS_SUBTYPES: Final = (None, "file_share", "thread_broadcast")
"""A person's message is one without a subtype, with files, or a reply that is also sent to the channel."""

_LEADING_MENTION: Final = re.compile(r"^\s*<@([A-Z0-9]+)(?:\|[^>]*)?>")
_LABELLED: Final = re.compile(
    r"<#[A-Z0-9]+\|(?P<channel>[^>]+)>|<(?:mailto|tel):[^|>]+\|(?P<label>[^>]+)>|<(?P<address>https?://[^|>]+)(?:\|[^>]*)?>"
)
_SPACES: Final = re.compile(r"[ \t]+")


def new_turn_id() -> str:
    return secrets.token_hex(6)


def question(text: str, me: str) -> str:
    """What a person asked: our own mention gone, Slack's escapes undone, Hangul composed.

    Other people's mentions stay as they are: "<@U1>이 올린 학습" is about U1. A token that somebody pasted goes no
    further: not to the model, nor into the store.
    """
    spoken = _mention(me).sub(" ", text)
    spoken = _LABELLED.sub(_readable, spoken)
    spoken = spoken.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return redacted(_SPACES.sub(" ", unicodedata.normalize("NFC", spoken)).strip())


def mentions(text: str, user: str) -> bool:
    return _mention(user).search(text) is not None


def addresses_another(text: str, me: str) -> bool:
    """Whether a message begins by naming somebody else, and so is meant for them."""
    match = _LEADING_MENTION.match(text)
    return match is not None and match[1] != me


def is_from_person(message: Mapping[str, Any]) -> bool:
    """Whether a person wrote it: bots and Slack's own notices are not answered."""
    return bool(message.get("user")) and not message.get("bot_id") and message.get("user") != "USLACKBOT"


def ask_from(message: Mapping[str, Any], channel: str, team: str, me: str, at: datetime) -> Ask:
    """The ask in a message; a root message starts the thread of its own ts."""
    ts = str(message["ts"])
    thread = ThreadKey(team, channel, str(message.get("thread_ts") or ts))
    return Ask(new_turn_id(), thread, str(message["user"]), question(str(message.get("text") or ""), me), at, ts)


def message_claim(ask: Ask) -> str:
    """The claim on a message itself: one mention comes as two events with ids of their own."""
    return f"message:{ask.thread.team}:{ask.thread.channel}:{ask.ts}"


def event_claim(body: Mapping[str, Any]) -> str:
    return f"event:{body['event_id']}"


def _mention(user: str) -> re.Pattern[str]:
    return re.compile(rf"<@{re.escape(user)}(?:\|[^>]*)?>")


def _readable(match: re.Match[str]) -> str:
    return f"#{match['channel']}" if match["channel"] else str(match["label"] or match["address"])
