"""What handlers and subcommands are bound to when the bot is in Slack."""

from dataclasses import dataclass

from bot.replies import Replies
from bot.services import Services
from bot.tasks import Tasks
from bot.turns import Turns


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the bot is in its workspace, as auth.test says."""

    team: str
    user: str
    bot_id: str | None = None
    enterprise: str | None = None


@dataclass(frozen=True, slots=True)
class Parts:
    """Built once by `run_slack`."""

    services: Services
    me: Identity
    turns: Turns
    replies: Replies
    tasks: Tasks
