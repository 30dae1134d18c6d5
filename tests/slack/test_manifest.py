"""The manifest asks for what the code uses: nothing missing, nothing spare; and the table of methods is true."""

import ast
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from slack_sdk.web.async_client import AsyncWebClient

from bot.incoming import PERSONS_SUBTYPES
from bot.subcommands import COMMAND

ROOT = Path(__file__).parents[2]
BOT = ROOT / "bot"
PLAYGROUND = BOT / "playground"
REFERENCE = ROOT.parent / "shared" / "reference"
# The Socket Mode client calls it, and Bolt never: the scope is the app-level token's.
CALLED_BY_THE_SDK = {"apps.connections.open"}
# Where Slack's list of methods is behind its documentation: chunks may stand for the text, a stop may end a session.
NOT_REQUIRED = {"chat.appendStream": {"markdown_text"}}
NEWER_ARGS = {"chat.stopStream": {"session_status"}}


@pytest.fixture(scope="module")
def table() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((BOT / "slack_api.yml").read_text())
    return loaded


@pytest.fixture(scope="module")
def manifest() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "manifest.yml").read_text())
    return loaded


def reference(name: str) -> dict[str, Any] | None:
    """A file of the reference beside the checkout, where somebody has put it there."""
    path = REFERENCE / name
    return json.loads(path.read_text()) if path.is_file() else None


def nodes(kind: type[ast.AST]) -> Iterator[Any]:
    """Nodes of that kind in the bot's own code: the playground is the other side."""
    for path in BOT.rglob("*.py"):
        if PLAYGROUND not in path.parents:
            yield from (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, kind))


def called_methods() -> set[str]:
    """The Web API methods the bot's code calls, as attributes of a client."""
    names = {node.attr for node in nodes(ast.Attribute)}
    known = {name for name in names if "_" in name and callable(getattr(AsyncWebClient, name, None))}
    return {name.replace("_", ".") for name in known if name.split("_")[0] in FAMILIES} | CALLED_BY_THE_SDK


def read_names() -> set[Any]:
    """What the bot's code takes out of an object by its name, as in found.get("email")."""
    got = (call for call in nodes(ast.Call) if isinstance(call.func, ast.Attribute) and call.func.attr == "get")
    return {call.args[0].value for call in got if call.args and isinstance(call.args[0], ast.Constant)}


FAMILIES = (
    "usergroups",
    "auth",
    "apps",
    "chat",
    "reactions",
    "assistant",
    "conversations",
    "users",
    "views",
    "files",
    "agents",
    "bots",
)


def listened_types() -> set[Any]:
    """The event types that handlers name in @app.event(...)."""
    found: set[Any] = set()
    for call in nodes(ast.Call):
        if isinstance(call.func, ast.Attribute) and call.func.attr == "event" and call.args:
            argument = call.args[0]
            if isinstance(argument, ast.Constant):
                found.add(argument.value)
            elif isinstance(argument, ast.Dict):
                pairs = zip(argument.keys, argument.values, strict=True)
                found |= {ast.literal_eval(value) for key, value in pairs if key and ast.literal_eval(key) == "type"}
    return found


def subscribed(table: dict[str, Any]) -> list[str]:
    """The events the manifest needs: those of a type that a handler listens to."""
    listened = listened_types()
    return [name for name, event in table["events"].items() if event["type"] in listened]


def test_the_table_holds_every_method_the_code_calls(table: dict[str, Any]) -> None:
    assert called_methods() - set(table["methods"]) == set()


def test_the_table_holds_every_event_the_handlers_listen_to(table: dict[str, Any]) -> None:
    assert listened_types() - {event["type"] for event in table["events"].values()} == set()


def test_the_manifest_subscribes_to_what_is_listened_to_and_no_more(
    table: dict[str, Any], manifest: dict[str, Any]
) -> None:
    assert manifest["settings"]["event_subscriptions"]["bot_events"] == subscribed(table)


def test_the_manifest_asks_for_the_needed_scopes_and_no_others(table: dict[str, Any], manifest: dict[str, Any]) -> None:
    called = [table["methods"][name] for name in called_methods()]
    events = [table["events"][name] for name in subscribed(table)]
    needed = {scope for entry in (*called, *events, *table["commands"].values()) for scope in entry.get("scopes", ())}
    needed |= {scope for entry in called for scope in entry.get("ours", ())}
    fields = [item for entry in (*called, *events) for item in entry.get("fields", {}).items()]
    read = read_names()
    needed |= {scope for field, scope in fields if field in read}
    asked = manifest["oauth_config"]["scopes"]["bot"]
    assert asked == sorted(needed)
    missing = [method for method in called if "any_of" in method and not set(method["any_of"]) & needed]
    assert missing == [], "each method has the scope of one kind of channel at least"


def test_clicks_are_delivered_where_handlers_wait_for_them(manifest: dict[str, Any]) -> None:
    waiting = {call.func.attr for call in nodes(ast.Call) if isinstance(call.func, ast.Attribute)}
    assert manifest["settings"]["interactivity"]["is_enabled"] == bool(waiting & {"action", "view", "shortcut"})


def test_the_manifest_has_the_command_and_four_prompts(table: dict[str, Any], manifest: dict[str, Any]) -> None:
    features = manifest["features"]
    assert [command["command"] for command in features["slash_commands"]] == [COMMAND] == list(table["commands"])
    assert features["slash_commands"][0]["should_escape"], "mentions arrive as ids"
    assert len(features["agent_view"]["suggested_prompts"]) == 4
    assert "assistant_view" not in features, "the two exclude each other"


def test_messages_with_files_and_broadcast_replies_are_listened_to() -> None:
    assert set(PERSONS_SUBTYPES) == {None, "file_share", "thread_broadcast"}


def test_the_table_agrees_with_slacks_methods(table: dict[str, Any]) -> None:
    official = reference("slack-methods.json")
    for name, method in table["methods"].items():
        assert callable(getattr(AsyncWebClient, name.replace(".", "_"))), name
        if official is None:
            continue
        theirs = official[name]
        args = {arg.rstrip("!") for arg in method["args"]}
        required = {arg.rstrip("!") for arg in method["args"] if arg.endswith("!")}
        theirs_required = {arg for arg, spec in theirs["args"].items() if spec["required"]} - {"token"}
        assert args - set(theirs["args"]) <= NEWER_ARGS.get(name, set()), name
        assert theirs_required - required <= NOT_REQUIRED.get(name, set()), name
        assert required <= theirs_required, name
        assert set(method.get("scopes") or method.get("any_of", ())) == set(theirs["scopes"].get("bot", ())), name
        assert method["tier"] == theirs["rate_tier"], name


def test_the_table_agrees_with_slacks_events(table: dict[str, Any]) -> None:
    official = reference("slack-events.json")
    for name, event in table["events"].items():
        assert event["type"] == name.split(".")[0]
        assert official is None or event["scopes"] == official[name], name


def test_the_manifest_fits_slacks_schema(manifest: dict[str, Any]) -> None:
    assert manifest["_metadata"]["major_version"] == 2, "without it Slack checks against version 1"
    assert len(manifest["display_information"]["description"]) <= 140
    if (schema := reference("slack-manifest.schema.json")) is not None:
        jsonschema.validate(manifest, schema)


def test_the_procfile_runs_both_modes() -> None:
    lines = [line.split(":")[0] for line in (ROOT / "Procfile").read_text().splitlines() if not line.startswith("#")]
    assert lines == ["worker", "web"]
