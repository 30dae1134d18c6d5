"""The smallest pieces of Block Kit that most messages have."""

from typing import Any

Block = dict[str, Any]


def plain_text(text: str) -> dict[str, Any]:
    """Text without any mark-up; within the limit of its place."""
    return {"type": "plain_text", "text": text}


def header(text: str) -> Block:
    """At most 150 characters."""
    return {"type": "header", "text": plain_text(text)}


def mrkdwn(escaped: str) -> dict[str, Any]:
    """Text in Slack's mark-up in which nothing is made a link by itself; `escaped` but for what is meant."""
    return {"type": "mrkdwn", "text": escaped, "verbatim": True}


def text_section(escaped: str) -> Block:
    """At most 3,000 characters."""
    return {"type": "section", "text": mrkdwn(escaped)}


def context(escaped: str) -> Block:
    """A small grey line."""
    return {"type": "context", "elements": [mrkdwn(escaped)]}
