"""What `doctor` looks at: each setting and each outside part, found to be ok, off or failing."""

import re
import sqlite3
from collections.abc import Mapping
from pathlib import Path

import aiohttp
from pydantic import SecretStr
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from agent.errors import ModelRefused, ModelUnavailable
from agent.llm.openai import Endpoint, OpenAIModel
from bot.settings import Settings, SettingsError, given_settings
from bot.settings_list import SETTINGS
from bot.slack import make_client, proxy_for
from bot.terminal.alert_checks import check_alerts
from bot.terminal.findings import Finding
from bot.wire import refusal
from db.catalog.catalog import Catalog
from db.catalog.engines import is_postgres, role_at
from db.catalog.errors import CatalogUnavailable
from db.catalog.policy_file import PolicyError
from db.catalog.policy_reading import load_policy
from db.catalog.privacy import readable
from db.catalog.reader import Reader
from db.catalog.sample import build_sample
from db.catalog.semantics_file import SemanticsError
from db.catalog.source_file import SourceFileError
from db.store.errors import StoreUnavailable
from db.store.store import Store

SLACK_DEADLINE_S = 10
MODEL_DEADLINE_S = 20

_MODEL_ADVICE = {
    "400": "check LLM_MODEL",
    "401": "the key is wrong or withdrawn; make a new one",
    "403": "the key may not use this model; check LLM_MODEL and the key",
    "404": "check LLM_MODEL and LLM_BASE_URL",
    "429": "the quota is used up; wait, or raise it at the provider",
}


async def diagnose(environ: Mapping[str, str], env_file: Path | None) -> list[Finding]:
    """Everything `doctor` says, top to bottom."""
    try:
        given = given_settings(environ, env_file)
    except SettingsError as error:
        return [Finding(".env", "FAIL", str(error))]
    try:
        settings = Settings.from_env(environ, env_file)
    except SettingsError as error:
        findings = check_settings(given, _by_name(str(error)))
        return [*findings, Finding("outside parts", "off", "not tried", "mend the settings first")]
    return [
        *check_settings(given, {}),
        *await check_slack(settings),
        check_access(settings),
        await check_model(settings),
        await check_catalog(settings),
        *await check_role(settings),
        await check_policy(settings),
        await check_alerts(settings),
        await check_store(settings),
    ]


def _by_name(problems: str) -> dict[str, str]:
    """What is wrong with which setting: SettingsError's lines begin with the name."""
    split = [(re.split(r"[: =]", line)[0], line) for line in problems.splitlines()]
    return {name: line.removeprefix(f"{name}: ") for name, line in split}


def check_settings(given: Mapping[str, str], problems: Mapping[str, str]) -> list[Finding]:
    """A line for each setting. `given` are those that are set, `problems` what is wrong, by name."""
    return [_check_setting(s.name, s.default, s.is_secret, given, problems) for s in SETTINGS]


def _check_setting(
    name: str, default: str, is_secret: bool, given: Mapping[str, str], problems: Mapping[str, str]
) -> Finding:
    if name in problems:
        return Finding(name, "FAIL", problems[name])
    if name not in given:
        return Finding(name, "ok", f"{default} (default)") if default else Finding(name, "off", "not set")
    return Finding(name, "ok", "set (secret)" if is_secret else without_password(given[name]))


def without_password(url: str) -> str:
    """A setting's value with the credentials of an address blotted out."""
    return re.sub(r"([?&](?:ssl)?password=)[^&\s]*", r"\1***", re.sub(r"://\S*@", "://***@", url))


async def check_slack(settings: Settings) -> list[Finding]:
    """The bot token, and in Socket Mode the app token, each tried against Slack."""
    if settings.slack_bot_token is None:
        return [Finding("Slack", "off", "no tokens", "set SLACK_BOT_TOKEN and SLACK_APP_TOKEN to join Slack")]
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=SLACK_DEADLINE_S)) as session:
        client = make_client(settings, session, proxy_for(settings.slack_api_url))
        findings = [await _check_bot_token(client)]
        if settings.slack_app_token is not None:
            findings.append(await _check_app_token(client, settings.slack_app_token))
        else:
            findings.append(Finding("Slack HTTP", "ok", f"waits for signed requests on port {settings.port}"))
    return findings


async def _check_bot_token(client: AsyncWebClient) -> Finding:
    part = "Slack bot token"
    try:
        reply = await client.auth_test()
    except SlackApiError as error:
        return Finding(part, "FAIL", _refused(error), "copy SLACK_BOT_TOKEN again from the app's OAuth page")
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        return Finding(part, "FAIL", _unreached("Slack", error), "check the network and SLACK_API_URL")
    return Finding(part, "ok", f"{reply.get('user', '?')} in {reply.get('team', '?')}")


async def _check_app_token(client: AsyncWebClient, token: SecretStr) -> Finding:
    part = "Slack app token"
    advice = "make a new App-Level Token with connections:write and switch Socket Mode on"
    try:
        await client.apps_connections_open(app_token=token.get_secret_value())
    except SlackApiError as error:
        return Finding(part, "FAIL", _refused(error), advice)
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        return Finding(part, "FAIL", _unreached("Slack", error), "check the network and SLACK_API_URL")
    return Finding(part, "ok", "Socket Mode opens")


def check_access(settings: Settings) -> Finding:
    """Who may ask in Slack, where, and how much; without ADMINS nobody can look at what was asked."""
    who = f"{len(settings.allowed_users)} users" if settings.allowed_users else "everybody"
    teams = f" of {', '.join(settings.allowed_teams)}" if settings.allowed_teams else ""
    where = f"in {', '.join(settings.allowed_channels)}" if settings.allowed_channels else "anywhere"
    others = "also people of other workspaces" if settings.allow_external else "nobody of other workspaces"
    minute = f"{settings.questions_per_minute} questions a minute" if settings.questions_per_minute else "no limit"
    most = [f"{settings.tokens_per_day:,} tokens"] if settings.tokens_per_day is not None else []
    most += [f"${settings.usd_per_day:,}"] if settings.usd_per_day is not None else []
    day = f"{' and '.join(most)} a day" if most else "no budget"
    detail = f"{who}{teams} {where}, {others}; {minute} each, {day}; admins: {', '.join(settings.admins) or 'none'}"
    return Finding("who may ask", "ok", detail, "" if settings.admins else "set ADMINS to read /mlops audit")


async def check_model(settings: Settings, deadline_s: float = MODEL_DEADLINE_S) -> Finding:
    """One token from the model, through the bot's own client."""
    if not settings.uses_model or settings.llm_api_key is None:
        why = "LLM_ENGINE=offline" if settings.llm_engine == "offline" else "no key"
        return Finding("model", "off", f"{why}; rules answer", "set UPSTAGE_API_KEY (or LLM_API_KEY) to use a model")
    endpoint = Endpoint(settings.llm_base_url, settings.llm_model, settings.llm_api_key.get_secret_value())
    model = OpenAIModel.open(endpoint, lambda _: [], lambda _: [])
    try:
        await model.ping(deadline_s)
    except (ModelUnavailable, ModelRefused) as error:
        return Finding("model", "FAIL", str(error), _model_advice(str(error)))
    finally:
        await model.close()
    return Finding("model", "ok", f"{settings.llm_model} at {without_password(settings.llm_base_url)}")


def _model_advice(problem: str) -> str:
    status = problem.rpartition("HTTP ")[2]
    if status.startswith("5"):
        return "the provider has a fault; try again later"
    return _MODEL_ADVICE.get(status, "check the network and LLM_BASE_URL")


async def check_catalog(settings: Settings) -> Finding:
    """Opens the catalogue and counts what is in it; the sample is built where it is missing."""
    where = without_password(settings.catalog_url)
    try:
        if settings.uses_sample:
            build_sample(Path(settings.catalog_url.removeprefix("sqlite:///")))
        async with await Catalog.open(settings.catalog_url, settings.semantics) as catalog:
            tables, names, private = len(catalog.schema.tables), len(catalog.values), len(catalog.private)
    except CatalogUnavailable as error:
        return Finding("catalogue", "FAIL", str(error), "check CATALOG_URL")
    except SemanticsError as error:
        return Finding("catalogue", "FAIL", str(error), "mend the file at CATALOG_SEMANTICS")
    except (OSError, sqlite3.Error) as error:
        return Finding("catalogue", "FAIL", f"the sample cannot be built ({error})", "make the folder data/ writable")
    if not tables:
        return Finding("catalogue", "FAIL", f"{where} has no tables", "check CATALOG_URL")
    detail = f"{tables} tables, {names} names in {where}; private columns: {private or 'none'}"
    return Finding("catalogue", "ok", detail)


async def check_role(settings: Settings) -> list[Finding]:
    """What the role of a Postgres catalogue can do beside reading it, a line each; none for other catalogues."""
    if not is_postgres(settings.catalog_url):
        return []
    part = "catalogue's role"
    try:
        async with await Catalog.open(settings.catalog_url, settings.semantics) as catalog:
            opens = (await load_policy(settings.policy, catalog)).opens if settings.policy else frozenset()
            seen = await catalog.for_reader(Reader(opens))
            shown = readable(seen.schema, seen.schema)
        role = await role_at(settings.catalog_url, shown)
    except (CatalogUnavailable, SourceFileError):
        return [Finding(part, "off", "not looked at", "mend the catalogue and the policy first")]
    if role.powers:
        return [Finding(part, "FAIL", f"{role.name}: {power.what}", power.mend) for power in role.powers]
    return [Finding(part, "ok", f"{role.name} reads the catalogue and nothing else; Postgres {role.version}")]


async def check_policy(settings: Settings) -> Finding:
    """Reads the policy and tries each of its names and conditions on the catalogue."""
    if settings.policy is None:
        return Finding("policy", "off", "everybody sees the same", "set POLICY to open or limit parts of the catalogue")
    try:
        async with await Catalog.open(settings.catalog_url, settings.semantics) as catalog:
            policy = await load_policy(settings.policy, catalog)
    except PolicyError as error:
        return Finding("policy", "FAIL", str(error), "mend the file at POLICY")
    except (CatalogUnavailable, SemanticsError):
        return Finding("policy", "FAIL", "the policy cannot be tried", "mend the catalogue first")
    others = (
        f"others are {', '.join(policy.everyone)}" if policy.everyone else "others see what is public, and all rows"
    )
    advice = "" if policy.everyone else "set 'everyone' to limit whom the policy does not name"
    return Finding("policy", "ok", f"roles {', '.join(policy.roles)}; {len(policy.people)} named, {others}", advice)


async def check_store(settings: Settings) -> Finding:
    """Opens the store, brings it up to date and writes to it; a server has to take a bot among several, too."""
    where = without_password(settings.store_url)
    try:
        async with await Store.open(settings.store_url) as store:
            if not store.is_shared:
                return Finding("store", "ok", f"writes to {where}; one bot serves at a time")
            async with store.serving():
                return Finding("store", "ok", f"writes to {where}; several bots may serve")
    except StoreUnavailable as error:
        advice = "see docs/replicas.md" if is_postgres(settings.store_url) else "check that its folder can be written"
        return Finding("store", "FAIL", str(error), f"check STORE_URL; {advice}")


def _refused(error: SlackApiError) -> str:
    code, status = refusal(error)
    return f"Slack says {code or status}"


def _unreached(what: str, error: Exception) -> str:
    return f"{what} cannot be reached ({type(error).__name__})"
