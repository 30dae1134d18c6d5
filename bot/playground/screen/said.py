"""What people have said lately, by the id their page gave it: said again after a lost answer, it is said once."""

from typing import Any, Final

from bot.playground.workspace.state import Change, Workspace

KEPT: Final = 500


class Said:
    """The answers to the last KEPT acts that came with an id."""

    def __init__(self, workspace: Workspace) -> None:
        self._answers: dict[tuple[str, str], dict[str, Any]] = {}
        workspace.listen(self._hear)

    def before(self, user: str, client_msg_id: str | None) -> dict[str, Any] | None:
        """What was answered to this person when they said it first; None where they haven't."""
        return None if client_msg_id is None else self._answers.get((user, client_msg_id))

    def note(self, user: str, client_msg_id: str | None, answer: dict[str, Any]) -> None:
        if client_msg_id is None:
            return
        self._answers[user, client_msg_id] = answer
        while len(self._answers) > KEPT:
            del self._answers[next(iter(self._answers))]

    def _hear(self, change: Change) -> None:
        """A message is noted as it is posted, before whoever posted it has an answer."""
        message = change.data.get("message", {})
        if change.kind == "posted" and "client_msg_id" in message:
            self.note(str(message["user"]), str(message["client_msg_id"]), {"ts": message["ts"]})
