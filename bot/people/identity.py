"""Who the bot is in its workspace."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Identity:
    """As auth.test says."""

    team: str
    user: str
    bot_id: str | None = None
    enterprise: str | None = None
