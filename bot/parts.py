"""What handlers and subcommands are bound to when the bot is in Slack."""

from dataclasses import dataclass

from bot.alerts.alerting import Alerting
from bot.charts.threads import ChartThreads
from bot.people.askers import Askers
from bot.people.identity import Identity
from bot.people.manners import Manners
from bot.replies import Replies
from bot.services import Services
from bot.tasks import Tasks
from bot.turns import Turns
from bot.uploads import Uploads


@dataclass(frozen=True, slots=True)
class Parts:
    """Built once by `run_slack`. `alerts` is None where they are off."""

    services: Services
    me: Identity
    askers: Askers
    turns: Turns
    replies: Replies
    tasks: Tasks
    uploads: Uploads
    charts: ChartThreads
    alerts: Alerting | None = None

    @property
    def manners(self) -> Manners:
        """How whom is spoken to."""
        return Manners(self.services)
