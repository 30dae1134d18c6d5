"""The agent's one error tree; each class says whom its text addresses."""


class AgentError(Exception):
    """Base of all errors the agent raises."""


class ToolError(AgentError):
    """For the model: what was wrong with its tool call, so that it can mend it."""


class AskError(AgentError):
    """For the user: why this question gets no answer. `code` picks the sentence."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code


class ModelUnavailable(AgentError):
    """For the operator: the model could not be reached in time, or refused us."""


class ModelRefused(AgentError):
    """For the operator: the model answered with nothing that can be used."""
