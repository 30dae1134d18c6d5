"""The ways in which a message can be said: one for a Slack that knows fewer kinds of blocks, one for none at all."""

from typing import Final

from bot.messages.answer import Message

_NEWEST: Final = frozenset({"data_visualization", "data_table", "table"})
"""The kinds of blocks that not every Slack has."""


def forms_of(message: Message) -> tuple[Message, ...]:
    """The message, without what only a newer Slack draws, and as text alone; each form once."""
    older = tuple(block for block in message.blocks if block["type"] not in _NEWEST)
    forms = [message]
    if 0 < len(older) < len(message.blocks):
        forms.append(Message(message.text, older))
    if message.blocks:
        forms.append(Message(message.text))
    return tuple(forms)
