"""Nothing speaks to Slack but the door, and the door says nothing that has not passed the gate."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

ROOT = Path(__file__).parents[3]
DOOR: Final = {
    "bot/wire.py",
    "bot/replies.py",
    "bot/signs.py",
    "bot/uploads.py",
    "bot/live/stream.py",
    "bot/live/sessions.py",
    "bot/alerts/sending/courier.py",
}
SPEAKING: Final = (
    *("chat_", "views_", "files_", "reactions_", "assistant_threads_", "agents_", "bookmarks_", "pins_", "canvases_"),
)
SHORT_CUTS: Final = {"say", "respond", "api_call", "AsyncWebhookClient", "WebhookClient", "AsyncSay", "AsyncRespond"}
ARGUMENTS: Final = {"say", "respond"}
_OURS: Final = {"self.respond", "parts.replies.respond", "self._parts.replies.respond", "chat.say", "self.say"}
STREAMED: Final = ("bot/live/chunks.py", "markdown_text")
"""What a stream's text is called; that it calls nobody and leads nowhere is shown by tests/unit/bot/live."""
UNSAFE: Final = {"link_names", "reply_broadcast", "image_url", "thumb_url", "markdown_text", "attachments"}


def modules() -> Iterator[tuple[str, ast.Module]]:
    """The bot's modules but the playground's, which are Slack's side."""
    for path in sorted((ROOT / "bot").rglob("*.py")):
        if "playground" not in path.parts:
            yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def calls(tree: ast.Module) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func
            yield called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", ""), node


def speaks(name: str, node: ast.Call) -> bool:
    """A Web API call, a webhook's, or a short cut of Bolt's; `Replies.respond` is the door's own."""
    of = ast.unparse(node.func)
    is_method = isinstance(node.func, ast.Attribute) and name.startswith(SPEAKING)
    return is_method or (name in SHORT_CUTS and of not in _OURS)


def has_sentences(tree: ast.Module) -> bool:
    """Whether `say` is the catalogue's of sentences in a module."""
    imports = (node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom))
    return any(one.module == "agent.messages" and "say" in {name.name for name in one.names} for one in imports)


def test_nothing_but_the_door_calls_slack() -> None:
    found = {
        path
        for path, tree in modules()
        for name, node in calls(tree)
        if speaks(name, node) and not (ast.unparse(node.func) == "say" and has_sentences(tree))
    }
    assert found == DOOR


def test_no_listener_asks_bolt_for_a_way_around_the_door() -> None:
    asked = [
        (path, node.name)
        for path, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and ARGUMENTS & {argument.arg for argument in (*node.args.args, *node.args.kwonlyargs)}
    ]
    assert asked == []


def test_acks_and_the_door_say_what_a_message_holds_and_nothing_else() -> None:
    """A Message has passed the gate when it is made; a text that is none would not have."""
    said = {
        (path, ast.unparse(keyword.value))
        for path, tree in modules()
        for name, node in calls(tree)
        if name == "ack" or (path in DOOR and name.startswith(("chat_", "send")))
        for keyword in node.keywords
        if keyword.arg in ("text", "blocks")
    }
    assert {value.removesuffix(" or None") for _, value in said} == {"message.text", "message.blocks"}


def test_no_call_asks_slack_to_read_names_fetch_images_or_tell_the_channel() -> None:
    used = [
        (path, keyword.arg)
        for path, tree in modules()
        for _, node in calls(tree)
        for keyword in node.keywords
        if keyword.arg in UNSAFE
    ]
    named = [
        (path, node.value)
        for path, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and node.value in UNSAFE and (path, node.value) != STREAMED
    ]
    assert (used, named) == ([], [])


def test_whatever_can_unfurl_is_told_not_to() -> None:
    missing = []
    for path, tree in modules():
        for name, node in calls(tree):
            names = {keyword.arg for keyword in node.keywords}
            is_ack = name == "ack" and "text" in names
            is_post = name in ("chat_postMessage", "send") and "text" in names
            if (is_ack or is_post) and not {"unfurl_links", "unfurl_media"} <= names:
                missing.append(path)
    assert missing == []
