"""What a command of the terminal may use."""

from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO, TypeAlias

from bot.services import Services
from bot.settings import Settings

OpenServices: TypeAlias = Callable[[Settings], AbstractAsyncContextManager[Services]]
"""Builds the bot's parts and closes them again."""


@dataclass(frozen=True, slots=True)
class Shell:
    """The command line's surroundings, given by `main`: nothing here is read from the process."""

    environ: Mapping[str, str]
    env_file: Path | None
    open_services: OpenServices
    stdin: TextIO
    stdout: TextIO
    stderr: TextIO

    def settings(self, **changes: str) -> Settings:
        """The settings, with `changes` above the environment. Raises SettingsError."""
        return Settings.from_env({**self.environ, **changes}, self.env_file)

    @property
    def is_interactive(self) -> bool:
        """Whether a person types and reads, rather than a pipe."""
        return self.stdin.isatty() and self.stdout.isatty()
