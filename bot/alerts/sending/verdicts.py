"""What an answer of Slack's, or none, means for the letter that was on its way."""

from dataclasses import dataclass
from math import isfinite
from typing import Final, Literal, TypeAlias

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.wire import refusal

Kind: TypeAlias = Literal[
    "sent",
    "paced",  # not taken: too many, `wait_s` says how long to wait
    "held",  # not taken: the workspace takes none for a long while
    "unreached",  # not taken: no byte has left us
    "app",  # not taken: Slack turns the bot itself away; the letter waits
    "channel",  # not taken, nor is anything else there until somebody changes that
    "content",  # not taken: the blocks are refused; the text alone may be taken
    "dead",  # not taken, and never will be
    "gone",  # what it belongs to is not there any more
    "unknown",  # it may stand there
]

_APP: Final = (
    *("invalid_auth", "not_authed", "token_revoked", "token_expired", "account_inactive", "org_login_required"),
    *("not_allowed_token_type", "two_factor_setup_required", "accesslimited"),
)
_CHANNEL: Final = (
    *("not_in_channel", "channel_not_found", "is_archived", "missing_scope", "no_permission", "access_denied"),
    *("restricted_action", "restricted_action_read_only_channel", "restricted_action_thread_only_channel"),
    *("restricted_action_non_threadable_channel", "messages_tab_disabled", "app_access_restricted"),
    *("ekm_access_denied", "team_not_found", "team_access_not_granted", "enterprise_is_restricted"),
)
_CONTENT: Final = (
    *("invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "invalid_attachments", "too_many_attachments"),
    *("attachment_payload_limit_exceeded", "too_many_contact_cards"),
)
_DEAD: Final = (
    *("msg_too_long", "no_text", "markdown_text_conflict", "as_user_not_supported"),
    *("metadata_too_large", "metadata_must_be_sent_from_app", "invalid_metadata_format", "invalid_metadata_schema"),
    *("invalid_arguments", "invalid_arg_name", "invalid_array_arg", "invalid_charset", "invalid_form_data"),
    *("invalid_post_type", "missing_post_type", "method_deprecated", "deprecated_endpoint", "unknown_method"),
    *("slack_connect_canvas_sharing_blocked", "slack_connect_file_link_sharing_blocked"),
    *("slack_connect_lists_sharing_blocked",),
    # Of conversations.open.
    *("user_not_found", "user_disabled", "user_not_visible", "cannot_dm_bot", "invalid_user_combination"),
    *("users_list_not_supplied", "too_many_users", "not_enough_users", "method_not_supported_for_channel_type"),
)
_GONE: Final = (
    *("cannot_reply_to_message", "thread_not_found", "restricted_action_thread_locked"),
    *("message_not_found", "edit_window_closed", "cant_update_message"),
)
_UNKNOWN: Final = (
    *("internal_error", "fatal_error", "service_unavailable", "request_timeout", "team_added_to_org"),
    *("duplicate_message_not_found", "duplicate_channel_not_found"),
)

TABLE: Final[dict[str, Kind]] = {
    "ratelimited": "paced",
    "rate_limited": "paced",
    "message_limit_exceeded": "held",
    **dict.fromkeys(_APP, "app"),
    **dict.fromkeys(_CHANNEL, "channel"),
    **dict.fromkeys(_CONTENT, "content"),
    **dict.fromkeys(_DEAD, "dead"),
    **dict.fromkeys(_GONE, "gone"),
    **dict.fromkeys(_UNKNOWN, "unknown"),
}
"""By Slack's error code (docs.slack.dev/reference/methods/chat.postMessage); what is not in it is unknown."""

REVIVABLE: Final = frozenset(_CHANNEL)
"""What people mend without telling us: they invite the bot, unarchive the channel, give it a scope."""

HELD_S: Final = 3_600.0
_LONGEST_PAUSE_S: Final = 3_600.0
_USUAL_PAUSE_S: Final = 1.0
_TOO_MANY: Final = 429
_OF_SLACK: Final = 500


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a call. `code`: Slack's, or what happened instead of an answer; `ts` of what was sent."""

    kind: Kind
    code: str = ""
    ts: str = ""
    wait_s: float = 0.0


def of_answer(answer: AsyncSlackResponse) -> Outcome:
    """Of a call that Slack has answered with ok."""
    ts = answer.get("ts")
    return Outcome("sent", ts=ts) if isinstance(ts, str) and ts else Outcome("unknown", "no_ts")


def of_error(error: Exception) -> Outcome:
    """Of a call that came to nothing, as far as anybody knows."""
    if isinstance(error, aiohttp.ClientConnectorError):
        return Outcome("unreached", type(error).__name__)
    if not isinstance(error, SlackApiError):
        return Outcome("unknown", type(error).__name__)
    code, status = refusal(error)
    if status == _TOO_MANY or TABLE.get(code) == "paced":
        return Outcome("paced", code or "ratelimited", wait_s=_pause_s(error))
    if status >= _OF_SLACK or not code:
        return Outcome("unknown", code or f"status_{status}")
    kind = TABLE.get(code, "unknown")
    return Outcome(kind, code, wait_s=HELD_S if kind == "held" else 0.0)


def _pause_s(error: SlackApiError) -> float:
    headers = getattr(error.response, "headers", None) or {}
    try:
        asked_s = float(headers.get("Retry-After", _USUAL_PAUSE_S))
    except ValueError:
        return _USUAL_PAUSE_S
    return min(max(asked_s, 0.0), _LONGEST_PAUSE_S) if isfinite(asked_s) else _USUAL_PAUSE_S
