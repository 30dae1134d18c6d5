"""Every setting of the bot: one frozen object from the environment and `.env`."""

import re
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dotenv import dotenv_values
from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, ValidationInfo, field_validator

from bot.alerts.hooks.signing import SHORTEST
from bot.settings_list import OPENAI_URL, SAMPLE_URL, SETTINGS, SLACK_URL, UPSTAGE_URL
from db.catalog.people import is_address
from db.catalog.sample import SAMPLE_RULES, SAMPLE_SEMANTICS
from db.logs.places import problem_of_root

_USERS = ("[UW][A-Z0-9]+", "a user (U…), which stands in the profile's menu in Slack")
_IDS = {
    "admins": _USERS,
    "allowed_users": _USERS,
    "allowed_channels": (
        "[CGD][A-Z0-9]+",
        "a channel (C…), which stands at the foot of the channel's details in Slack",
    ),
    "allowed_teams": ("[TE][A-Z0-9]+", "a workspace (T…), which stands in its address at app.slack.com/client/T…"),
}
"""How the ids of a list look, and whose they are."""


_HOST = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,62}\.)+[a-z][a-z0-9-]{1,62}")


class SettingsError(Exception):
    """For the operator: every setting that is missing or wrong, a line each."""


class Settings(BaseModel):
    """What the environment says, checked. Secrets print as `**********`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    slack_bot_token: SecretStr | None = None
    slack_app_token: SecretStr | None = None
    slack_signing_secret: SecretStr | None = None
    slack_api_url: str = SLACK_URL
    llm_api_key: SecretStr | None = None
    llm_base_url: str = UPSTAGE_URL
    llm_model: str = Field(default="solar-pro3", min_length=1)
    llm_engine: Literal["auto", "llm", "offline"] = "auto"
    catalog_url: str = SAMPLE_URL
    catalog_semantics: Path | None = None
    policy: Path | None = None
    alert_channel: str | None = None
    alert_every_s: int = Field(default=60, ge=1, le=86_400)
    alert_rules: Path | None = None
    log_roots: tuple[str, ...] = ()
    hook_secret: SecretStr | None = None
    alert_silent_s: int = Field(default=900, ge=60, le=86_400)
    store_url: str = "sqlite:///data/store.db"
    me: str | None = None
    timezone: ZoneInfo = ZoneInfo("Asia/Seoul")
    language: Literal["auto", "ko", "en"] = "auto"
    port: int = Field(default=3000, ge=0, le=65535)
    host: str = Field(default="0.0.0.0", min_length=1)
    playground_port: int = Field(default=8877, ge=0, le=65535)
    admins: tuple[str, ...] = ()
    allowed_users: tuple[str, ...] = ()
    allowed_channels: tuple[str, ...] = ()
    allowed_teams: tuple[str, ...] = ()
    allow_external: bool = False
    questions_per_minute: int = Field(default=60, ge=0)
    tokens_per_day: int | None = Field(default=None, ge=1)
    link_hosts: tuple[str, ...] = ()
    usd_per_day: Decimal | None = Field(default=None, gt=0, allow_inf_nan=False)

    @field_validator("timezone", mode="before")
    @classmethod
    def _known_zone(cls, name: object) -> object:
        if not isinstance(name, str):
            return name
        try:
            return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise ValueError(f"no time zone is called {name!r}; write one like Asia/Seoul") from error

    @field_validator("slack_api_url", "llm_base_url")
    @classmethod
    def _web_address(cls, url: str) -> str:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("must be a web address that starts with https:// or http://")
        return url

    @field_validator("slack_api_url")
    @classmethod
    def _closing_slash(cls, url: str) -> str:
        return url if url.endswith("/") else url + "/"

    @field_validator("llm_api_key", "slack_signing_secret")
    @classmethod
    def _as_keys_are(cls, key: SecretStr | None) -> SecretStr | None:
        if key is not None and not (key.get_secret_value().isascii() and key.get_secret_value().isprintable()):
            raise ValueError("holds characters that no key has; copy it anew")
        return key

    @field_validator("hook_secret")
    @classmethod
    def _long_enough(cls, secret: SecretStr | None) -> SecretStr | None:
        if secret is not None and len(secret.get_secret_value()) < SHORTEST:
            raise ValueError(f"is too short for a secret; make one of {SHORTEST} characters or more at random")
        return secret

    @field_validator("me")
    @classmethod
    def _address(cls, address: str | None) -> str | None:
        if address is not None and not is_address(address):
            raise ValueError("must be an e-mail address like kim@example.com")
        return address

    @field_validator("alert_channel")
    @classmethod
    def _channel_id(cls, channel: str | None) -> str | None:
        if channel is not None and not re.fullmatch("[CG][A-Z0-9]+", channel):
            raise ValueError("must be a channel's id (C…), which stands at the foot of the channel's details in Slack")
        return channel

    @field_validator("admins", "allowed_users", "allowed_channels", "allowed_teams", mode="before")
    @classmethod
    def _ids(cls, listed: object, info: ValidationInfo) -> object:
        """Slack's ids by commas; names are refused, because anybody can take a name."""
        if not isinstance(listed, str):
            return listed
        ids = tuple(dict.fromkeys(one.strip() for one in listed.split(",") if one.strip()))
        pattern, whose = _IDS[info.field_name or ""]
        if wrong := [one for one in ids if not re.fullmatch(pattern, one)]:
            raise ValueError(f"{', '.join(map(repr, wrong))} is no id of {whose}; separate ids by commas")
        return ids

    @field_validator("log_roots", mode="before")
    @classmethod
    def _places(cls, listed: object) -> object:
        if not isinstance(listed, str):
            return listed
        roots = tuple(dict.fromkeys(one.strip() for one in listed.split(",") if one.strip()))
        if wrong := [f"{root.rpartition('@')[2]!r} {why}" for root in roots if (why := problem_of_root(root))]:
            raise ValueError("; ".join(wrong))
        return roots

    @field_validator("link_hosts", mode="before")
    @classmethod
    def _hosts(cls, listed: object) -> object:
        if not isinstance(listed, str):
            return listed
        hosts = tuple(dict.fromkeys(one.strip().lower() for one in listed.split(",") if one.strip()))
        if wrong := [one for one in hosts if not _HOST.fullmatch(one)]:
            raise ValueError(f"{', '.join(map(repr, wrong))} is no host's name like wiki.example.com; without https://")
        return hosts

    @field_validator("slack_bot_token")
    @classmethod
    def _bot_token(cls, token: SecretStr | None) -> SecretStr | None:
        return _with_prefix(token, "xoxb-", "Bot User OAuth Token, on the app's OAuth page")

    @field_validator("slack_app_token")
    @classmethod
    def _app_token(cls, token: SecretStr | None) -> SecretStr | None:
        return _with_prefix(
            token, "xapp-", "App-Level Token with connections:write, on the app's Basic Information page"
        )

    @property
    def transport(self) -> Literal["socket", "http"] | None:
        """How Slack reaches the bot, or None where no Slack is set up."""
        if self.slack_bot_token is None:
            return None
        return "socket" if self.slack_app_token is not None else "http"

    @property
    def uses_sample(self) -> bool:
        """Whether the catalogue is the sample, which is built where it is missing."""
        return self.catalog_url == SAMPLE_URL

    @property
    def semantics(self) -> Path | None:
        if self.catalog_semantics is None and self.uses_sample:
            return SAMPLE_SEMANTICS
        return self.catalog_semantics

    @property
    def rules(self) -> Path | None:
        """The file that says what has failed; None where nobody is told, or of nothing."""
        if self.alert_rules is None and self.uses_sample and self.alert_channel is not None:
            return SAMPLE_RULES
        return self.alert_rules

    @property
    def uses_model(self) -> bool:
        """Whether a language model is asked at all."""
        return self.llm_engine == "llm" or (self.llm_engine == "auto" and self.llm_api_key is not None)

    @classmethod
    def from_env(cls, environ: Mapping[str, str], env_file: Path | None = None) -> Self:
        """Reads `env_file` (where it exists) below `environ`; empty means unset.

        Raises SettingsError naming every setting that is wrong, never a secret's value.
        """
        given = given_settings(environ, env_file)
        try:
            settings = cls.model_validate(_fields(given))
        except ValidationError as error:
            raise SettingsError(_explain(error)) from None
        if problems := _contradictions(settings, given):
            raise SettingsError("\n".join(problems))
        return settings


def given_settings(environ: Mapping[str, str], env_file: Path | None = None) -> dict[str, str]:
    """The settings that are set, by name, unchecked: secrets stand in it. Raises SettingsError for the file alone."""
    values = {**_read_env_file(env_file), **environ}
    return {s.name: values[s.name].strip() for s in SETTINGS if (values.get(s.name) or "").strip()}


_ENV_OF_FIELD = {"language": "BOT_LANGUAGE"}


def _read_env_file(path: Path | None) -> dict[str, str]:
    if path is None or not path.is_file():
        return {}
    try:
        return {name: value for name, value in dotenv_values(path).items() if value is not None}
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: cannot be read as UTF-8 text ({type(error).__name__}); save it again") from None


def _fields(given: Mapping[str, str]) -> dict[str, Any]:
    fields: dict[str, Any] = {
        name.lower(): value
        for name, value in given.items()
        if name not in ("UPSTAGE_API_KEY", "OPENAI_API_KEY", "BOT_LANGUAGE")
    }
    if "BOT_LANGUAGE" in given:
        fields["language"] = given["BOT_LANGUAGE"]
    for name, base in (("LLM_API_KEY", None), ("UPSTAGE_API_KEY", UPSTAGE_URL), ("OPENAI_API_KEY", OPENAI_URL)):
        if name in given:
            fields["llm_api_key"] = given[name]
            if base is not None:
                fields.setdefault("llm_base_url", base)
            break
    return fields


def _contradictions(settings: Settings, given: Mapping[str, str]) -> list[str]:
    problems = []
    slack = [name for name in ("SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET") if name in given]
    if settings.slack_bot_token is not None and not slack:
        problems.append(
            "SLACK_BOT_TOKEN is set alone; add SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP)"
        )
    if slack and settings.slack_bot_token is None:
        problems.append(f"{' and '.join(slack)} set without SLACK_BOT_TOKEN; add it, or empty the others")
    if settings.llm_engine == "llm" and settings.llm_api_key is None:
        problems.append("LLM_ENGINE=llm needs a key: set UPSTAGE_API_KEY (or LLM_API_KEY), or LLM_ENGINE=auto")
    if settings.llm_base_url == OPENAI_URL and "LLM_MODEL" not in given and settings.uses_model:
        problems.append("LLM_MODEL is not set, and its default is none of OpenAI's; name one of theirs")
    return [*problems, *_missing_files(settings)]


def _missing_files(settings: Settings) -> list[str]:
    problems = []
    if settings.catalog_semantics is not None and not settings.catalog_semantics.is_file():
        problems.append(f"CATALOG_SEMANTICS: no file {settings.catalog_semantics}; `mlops-bot catalog init` writes one")
    if settings.policy is not None and not settings.policy.is_file():
        problems.append(f"POLICY: no file {settings.policy}; docs/adding.md shows how one looks")
    if settings.alert_rules is not None and not settings.alert_rules.is_file():
        problems.append(f"ALERT_RULES: no file {settings.alert_rules}; db/catalog/sample/alerts.yml is an example")
    if settings.alert_channel is not None and settings.rules is None:
        problems.append("ALERT_CHANNEL needs ALERT_RULES, which says what has failed in a catalogue of your own")
    return problems


def _with_prefix(token: SecretStr | None, prefix: str, where: str) -> SecretStr | None:
    if token is not None and not token.get_secret_value().startswith(prefix):
        raise ValueError(f"must start with {prefix} ({where})")
    return token


def _explain(error: ValidationError) -> str:
    lines = []
    for problem in error.errors(include_input=False, include_url=False):
        field = str(problem["loc"][0])
        lines.append(f"{_ENV_OF_FIELD.get(field, field.upper())}: {problem['msg'].removeprefix('Value error, ')}")
    return "\n".join(lines)
