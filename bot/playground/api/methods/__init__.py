"""The Web API, a family of methods a file, found by folder; and the contract a method keeps."""

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from bot.playground.workspace.state import Workspace

Args: TypeAlias = Mapping[str, Any]
Answer: TypeAlias = dict[str, Any]
Method: TypeAlias = Callable[["Workspace", Args], Answer]


def method(name: str) -> Callable[[Method], Method]:
    """Marks a function as the Web API method of that name.

    It gets arguments that fit the table (types, required ones), does its work on
    the workspace in one go and returns the body without `ok`; or raises Refused.
    """

    def mark(function: Method) -> Method:
        function.slack_name = name  # type: ignore[attr-defined]  # a mark, read by find_methods
        return function

    return mark


def find_methods() -> dict[str, Method]:
    """Every method of the files in this folder, by its Slack name."""
    found: dict[str, Method] = {}
    for info in pkgutil.iter_modules(__path__):
        module = importlib.import_module(f"{__name__}.{info.name}")
        for value in vars(module).values():
            if (name := getattr(value, "slack_name", None)) is not None:
                found[name] = value
    return found
