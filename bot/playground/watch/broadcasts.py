"""Which of the app's messages call people, whoever wrote them: a method, a stream, a response_url."""

from bot.playground.rules.text import calls
from bot.playground.watch.journal import Broadcast, Journal
from bot.playground.workspace.state import Change, Workspace


class Broadcasts:
    """Notes each such message in the journal, and again when it has changed."""

    def __init__(self, workspace: Workspace, journal: Journal) -> None:
        self._bot_id = workspace.app.bot_id
        self._journal = journal
        workspace.listen(self._hear)

    def _hear(self, change: Change) -> None:
        message = change.data.get("message", {})
        if change.kind not in ("posted", "changed") or message.get("bot_id") != self._bot_id:
            return
        called = calls(message.get("text", ""), message.get("blocks", ()))
        if called:
            self._journal.broadcasts.append(Broadcast(change.channel or "", message["ts"], tuple(called)))
