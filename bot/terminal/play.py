"""The playground for `mlops-bot run`: a local Slack on this machine, and the settings that lead the bot to it."""

import os
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from agent.messages import LANGUAGES, say
from bot.playground.local_slack import HOST, LocalSlack
from bot.playground.workspace.records import App
from bot.playground.workspace.team import ALERTS, OPERATOR
from bot.settings import Settings
from bot.terminal.shell import Shell
from bot.terminal.tricks import tricks_of
from db.catalog.sample.play import logs_of


@dataclass(frozen=True, slots=True)
class Playground:
    """An open playground: its address, and the settings under which the bot takes it for Slack."""

    url: str
    settings: Settings

    @property
    def words(self) -> str:
        """What the person who started it reads."""
        own = self.settings.language
        lines = [say("playground-link", one) for one in (LANGUAGES if own == "auto" else (own,))]
        return "\n".join([*lines, f"  {self.url}/"])


@asynccontextmanager
async def playing(shell: Shell, settings: Settings) -> AsyncIterator[Playground]:
    """Serves the playground while open, on another port where PLAYGROUND_PORT is taken."""
    slack = LocalSlack(app=App.with_own_secrets(), tricks=tricks_of(settings))
    async with AsyncExitStack() as stack:
        try:
            await stack.enter_async_context(slack.serving(settings.playground_port))
        except OSError as error:
            reason = os.strerror(error.errno or 0)
            shell.stderr.write(
                f"PLAYGROUND_PORT: {settings.playground_port} cannot be used ({reason}); another one is.\n"
            )
            await stack.enter_async_context(slack.serving(0))
        app = slack.workspace.app
        tokens = {"SLACK_BOT_TOKEN": app.bot_token, "SLACK_APP_TOKEN": app.app_token, "SLACK_API_URL": slack.api_url}
        own = {**_alerts(settings), **_admins(settings), **_logs(settings)}
        yield Playground(slack.base, shell.settings(**tokens, HOST=HOST, **own))


def _alerts(settings: Settings) -> dict[str, str]:
    """The channel that is told of failures, within moments; none without rules, as for a catalogue of one's own."""
    has_rules = settings.uses_sample or settings.alert_rules is not None
    return {"ALERT_CHANNEL": ALERTS if has_rules else "", "ALERT_EVERY_S": "2"}


def _admins(settings: Settings) -> dict[str, str]:
    """Somebody of the playground, so that what admins alone may see can be seen; unless there are some."""
    return {} if settings.admins else {"ADMINS": OPERATOR}


def _logs(settings: Settings) -> dict[str, str]:
    """Where the runs of the sample leave their logs; unless there are roots."""
    return {"LOG_ROOTS": str(logs_of(_sample(settings)))} if settings.uses_sample and not settings.log_roots else {}


def _sample(settings: Settings) -> Path:
    return Path(settings.catalog_url.removeprefix("sqlite:///"))
