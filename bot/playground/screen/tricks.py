"""What the page can make happen outside Slack, as a pipeline that fails; given by whoever starts the playground."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Trick:
    """A button of the page. `play` does it and says in each language (ko, en) what has happened.

    It raises Mistaken where it cannot be done.
    """

    name: str
    label: Mapping[str, str]
    play: Callable[[], Awaitable[Mapping[str, str]]]
