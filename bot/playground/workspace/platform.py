"""What the platform lets this app do: bot/slack_api.yml (Slack's side) and manifest.yml (the app's)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, Literal

import yaml

_BOT: Final = Path(__file__).parents[2]
MANIFESTS: Final = (_BOT.parent / "manifest.yml", _BOT / "manifest.yml")
"""In a checkout, and in an installed package, which brings it along."""
TABLE: Final = _BOT / "slack_api.yml"

Tier = Literal["t1", "t2", "t3", "t4", "t5"]


@dataclass(frozen=True, slots=True)
class MethodSpec:
    """One Web API method: its arguments' types by name, and what a call needs."""

    name: str
    tier: Tier
    token: Literal["bot", "app"]
    types: Mapping[str, str]
    required: frozenset[str]
    scopes: frozenset[str]
    any_of: frozenset[str]


@dataclass(frozen=True, slots=True)
class Platform:
    """Slack's table of methods, and the manifest this workspace has installed."""

    methods: Mapping[str, MethodSpec]
    manifest: Mapping[str, Any]

    @classmethod
    def load(cls, manifest: Path | None = None, table: Path = TABLE) -> "Platform":
        """Reads both files; they belong to the project, so a broken one is a defect and raises as it is."""
        manifest = manifest or next(path for path in MANIFESTS if path.is_file())
        return _platform(manifest.read_text(encoding="utf-8"), table.read_text(encoding="utf-8"))

    @property
    def scopes(self) -> tuple[str, ...]:
        """The bot token's scopes."""
        return tuple(self.manifest["oauth_config"]["scopes"]["bot"])

    @property
    def subscriptions(self) -> frozenset[str]:
        """The events the app gets, by their names in the manifest: message.channels, app_mention, …"""
        return frozenset(self.manifest["settings"]["event_subscriptions"]["bot_events"])

    @property
    def features(self) -> Mapping[str, Any]:
        features: Mapping[str, Any] = self.manifest["features"]
        return features

    @property
    def commands(self) -> tuple[Mapping[str, Any], ...]:
        return tuple(self.features.get("slash_commands", ()))

    @property
    def is_interactive(self) -> bool:
        return bool(self.manifest["settings"].get("interactivity", {}).get("is_enabled"))


@lru_cache(maxsize=4)
def _platform(manifest: str, table: str) -> Platform:
    methods = yaml.safe_load(table)["methods"]
    return Platform({name: _spec(name, entry) for name, entry in methods.items()}, yaml.safe_load(manifest))


def _spec(name: str, entry: Mapping[str, Any]) -> MethodSpec:
    return MethodSpec(
        name,
        entry["tier"],
        entry["token"],
        {argument.removesuffix("!"): kind for argument, kind in entry["args"].items()},
        frozenset(argument.removesuffix("!") for argument in entry["args"] if argument.endswith("!")),
        frozenset(entry.get("scopes", ())),
        frozenset(entry.get("any_of", ())),
    )
