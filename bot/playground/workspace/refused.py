"""Slack's "no" to a call of the app."""

from typing import Any

from bot.playground.rules.blocks import Problem


class Refused(Exception):
    """Slack's "no": the error code a call is answered with, and what goes beside it in the body."""

    def __init__(self, code: str, **more: Any) -> None:
        super().__init__(code)
        self.code = code
        self.more = more

    @property
    def body(self) -> dict[str, Any]:
        return {"ok": False, "error": self.code, **self.more}


def wrong_arguments(where: str) -> Refused:
    """What a call gets whose arguments no value of the right type mends; `where` says what is wrong with them."""
    return Refused("invalid_arguments", response_metadata={"messages": [f"[ERROR] {where}"]})


def refused(problem: Problem) -> Refused:
    """The answer of a Web API method to a problem."""
    messages = [f"[ERROR] {problem.where}"]
    return Refused(problem.code, errors=[problem.where], response_metadata={"messages": messages})
