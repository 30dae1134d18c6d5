"""files.*: uploads in two steps, and their sharing in conversations."""

from typing import Any, Final

from bot.playground.api.methods import Answer, Args, method
from bot.playground.api.uploads import BYTES_AT_MOST, NAME_AT_MOST, file_json, new_file
from bot.playground.rules.blocks import MESSAGE_BLOCKS, refuse_blocks, refuse_message
from bot.playground.workspace.ids import with_ids
from bot.playground.workspace.places import in_thread
from bot.playground.workspace.records import Channel, UploadedFile
from bot.playground.workspace.refused import Refused, refused, wrong_arguments
from bot.playground.workspace.state import Workspace

CHANNELS_AT_MOST: Final = 100
ALT_TXT_AT_MOST: Final = 1_000


@method("files.getUploadURLExternal")
def get_upload_url(workspace: Workspace, args: Args) -> Answer:
    length, name, alt_txt = args["length"], args["filename"], args.get("alt_txt") or ""
    if length < 1 or not 1 <= len(name) <= NAME_AT_MOST:
        raise wrong_arguments("a file has a name and at least one byte")
    if length > BYTES_AT_MOST:
        raise Refused("file_upload_size_restricted")
    if len(alt_txt) > ALT_TXT_AT_MOST:
        raise Refused("alt_txt_too_large")
    file = new_file(workspace, name, length, workspace.app.user, alt_txt=alt_txt)
    return {"upload_url": f"{workspace.base}/upload/{file.id}", "file_id": file.id}


@method("files.completeUploadExternal")
def complete_upload(workspace: Workspace, args: Args) -> Answer:
    """Without a channel the files are kept and shared nowhere. `blocks` count only without `initial_comment`."""
    files = _files(workspace, args["files"])
    channels = [workspace.channel_for_bot(channel_id) for channel_id in _channel_ids(args)]
    comment, blocks = args.get("initial_comment") or "", args.get("blocks") or []
    problem = refuse_message({"text": comment}) if comment else None
    problem = problem or refuse_blocks(blocks, "message", limit=MESSAGE_BLOCKS)
    if problem is not None:
        raise refused(problem)
    threads = [in_thread(channel, args.get("thread_ts")) for channel in channels]
    for file, title in files:
        file.title, file.is_complete = title or file.name, True
    shown = [file_json(file, workspace.base) for file, _ in files]
    content = {"text": comment, "blocks": [] if comment else with_ids(blocks), "files": shown}
    for channel, thread in zip(channels, threads, strict=True):
        _share(workspace, channel, {**content, **thread})
    return {"files": shown}


def _share(workspace: Workspace, channel: Channel, content: dict[str, Any]) -> None:
    app = workspace.app
    workspace.post(channel, {"user": app.user, "bot_id": app.bot_id, "app_id": app.id, "upload": True, **content})


def _files(workspace: Workspace, given: Any) -> list[tuple[UploadedFile, str]]:
    """The files with their titles. Raises Refused: file_not_found, also for one whose bytes never came."""
    if not isinstance(given, list) or not given:
        raise wrong_arguments("files must be a list with at least one file")
    found = []
    for entry in given:
        file_id, title = (entry.get("id"), entry.get("title")) if isinstance(entry, dict) else (None, None)
        file = workspace.files.get(file_id) if isinstance(file_id, str) else None
        if file is None or file.content is None or file.user != workspace.app.user:
            raise Refused("file_not_found")
        if file.is_complete:
            raise Refused("file_update_failed")
        found.append((file, title if isinstance(title, str) else ""))
    return found


def _channel_ids(args: Args) -> list[str]:
    named = [args.get("channel_id") or "", *(args.get("channels") or "").split(",")]
    ids = list(dict.fromkeys(name.strip() for name in named if name.strip()))
    if len(ids) > CHANNELS_AT_MOST:
        raise Refused("channels_limit_exceeded")
    return ids
