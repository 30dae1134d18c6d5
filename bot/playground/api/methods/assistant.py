"""assistant.threads.*: what the app says it is doing, a thread's title, prompts to begin with."""

from typing import Any, Final

from bot.playground.api.methods import Answer, Args, method
from bot.playground.workspace.records import Channel
from bot.playground.workspace.refused import Refused, wrong_arguments
from bot.playground.workspace.sessions import is_agent, set_session
from bot.playground.workspace.state import Workspace

LOADING_MESSAGES_AT_MOST: Final = 10
PROMPTS_AT_MOST: Final = 4


@method("assistant.threads.setStatus")
def set_status(workspace: Workspace, args: Args) -> Answer:
    channel, thread_ts = _thread(workspace, args)
    status, messages = args["status"], args.get("loading_messages") or []
    if len(messages) > LOADING_MESSAGES_AT_MOST or not all(isinstance(message, str) for message in messages):
        raise wrong_arguments(f"loading_messages must be at most {LOADING_MESSAGES_AT_MOST} texts")
    if status:
        workspace.set_status(channel.id, thread_ts, status, messages)
    else:
        workspace.clear_status(channel.id, thread_ts)
    set_session(workspace, channel.id, thread_ts, status="processing" if status else "active")
    return {}


@method("assistant.threads.setTitle")
def set_title(workspace: Workspace, args: Args) -> Answer:
    channel, thread_ts = _thread(workspace, args)
    set_session(workspace, channel.id, thread_ts, title=args["title"])
    return {}


@method("assistant.threads.setSuggestedPrompts")
def set_suggested_prompts(workspace: Workspace, args: Args) -> Answer:
    """Without thread_ts they stand at the top of the DM."""
    if not is_agent(workspace):
        raise Refused("not_agent_app")
    if args.get("thread_ts"):
        channel, thread_ts = _thread(workspace, args)
    else:
        channel, thread_ts = workspace.channel_for_bot(args["channel_id"]), None
    shown = {"title": args.get("title") or "", "prompts": _prompts(args["prompts"])}
    workspace.prompts[channel.id, thread_ts] = shown
    workspace.tell("prompts", channel.id, thread_ts=thread_ts, **shown)
    return {}


def _prompts(given: Any) -> list[dict[str, str]]:
    if not isinstance(given, list) or not 1 <= len(given) <= PROMPTS_AT_MOST:
        raise wrong_arguments(f"prompts must be 1 to {PROMPTS_AT_MOST}")
    for prompt in given:
        words = [prompt.get("title"), prompt.get("message")] if isinstance(prompt, dict) else [None]
        if not all(isinstance(word, str) and word for word in words):
            raise wrong_arguments("a prompt must have a title and a message")
    return [{"title": prompt["title"], "message": prompt["message"]} for prompt in given]


def _thread(workspace: Workspace, args: Args) -> tuple[Channel, str]:
    channel = workspace.channel_for_bot(args["channel_id"])
    if not channel.thread(args["thread_ts"]):
        raise Refused("invalid_thread_ts")
    return channel, args["thread_ts"]
