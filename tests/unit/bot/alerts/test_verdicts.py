"""What an answer of Slack's means for a letter: each code by itself, what nobody knows as unknown."""

import json

import aiohttp
import pytest
from aiohttp.client_reqrep import ConnectionKey
from slack_sdk.errors import SlackApiError

from bot.alerts.sending.verdicts import REVIVABLE, TABLE, Kind, Outcome, of_answer, of_error
from tests.unit.bot.alerts.faked_slack import answer, refused

CODES: dict[Kind, str] = {
    "paced": "ratelimited rate_limited",
    "held": "message_limit_exceeded",
    "app": """invalid_auth not_authed token_revoked token_expired account_inactive org_login_required
        not_allowed_token_type two_factor_setup_required accesslimited""",
    "channel": """not_in_channel channel_not_found is_archived missing_scope no_permission access_denied
        restricted_action restricted_action_read_only_channel restricted_action_thread_only_channel
        restricted_action_non_threadable_channel messages_tab_disabled app_access_restricted ekm_access_denied
        team_not_found team_access_not_granted enterprise_is_restricted""",
    "content": """invalid_blocks invalid_blocks_format msg_blocks_too_long invalid_attachments too_many_attachments
        attachment_payload_limit_exceeded too_many_contact_cards""",
    "dead": """msg_too_long no_text markdown_text_conflict as_user_not_supported metadata_too_large
        metadata_must_be_sent_from_app invalid_metadata_format invalid_metadata_schema invalid_arguments
        invalid_arg_name invalid_array_arg invalid_charset invalid_form_data invalid_post_type missing_post_type
        method_deprecated deprecated_endpoint unknown_method slack_connect_canvas_sharing_blocked
        slack_connect_file_link_sharing_blocked slack_connect_lists_sharing_blocked user_not_found user_disabled
        user_not_visible cannot_dm_bot invalid_user_combination users_list_not_supplied too_many_users
        not_enough_users method_not_supported_for_channel_type""",
    "gone": """cannot_reply_to_message thread_not_found restricted_action_thread_locked message_not_found
        edit_window_closed cant_update_message""",
    "unknown": """internal_error fatal_error service_unavailable request_timeout team_added_to_org
        duplicate_message_not_found duplicate_channel_not_found""",
}
ROWS = [(code, kind) for kind, codes in CODES.items() for code in codes.split()]
KEY = ConnectionKey("slack.test", 443, True, True, None, None, None)


@pytest.mark.parametrize(("code", "kind"), ROWS)
def test_a_code_means_what_its_row_says(code: str, kind: Kind) -> None:
    assert of_error(refused(code)).kind == kind
    assert of_error(refused(code)).code == code


def test_no_row_goes_untested() -> None:
    assert dict(ROWS) == TABLE
    assert set(CODES["channel"].split()) == REVIVABLE


def test_a_code_that_nobody_knows_may_have_left_a_message() -> None:
    assert of_error(refused("flux_capacitor_empty")) == Outcome("unknown", "flux_capacitor_empty")


@pytest.mark.parametrize("code", ["not_in_channel", "ratelimited_not", "invalid_auth", "internal_error", ""])
def test_a_fault_of_slacks_own_may_have_left_a_message_whatever_it_says(code: str) -> None:
    assert of_error(refused(code, 500)).kind == "unknown"
    assert of_error(refused(code, 503)).kind == "unknown"


@pytest.mark.parametrize(
    ("after", "wait_s"),
    [
        ("0", 0),
        ("30", 30),
        (None, 1),
        ("3600", 3_600),
        ("999999", 3_600),
        ("-3", 0),
        ("soon", 1),
        ("nan", 1),
        ("inf", 1),
    ],
)
def test_too_many_is_not_taken_and_says_how_long_to_wait(after: str | None, wait_s: float) -> None:
    headers = {} if after is None else {"Retry-After": after}
    for error in (
        refused("ratelimited", 429, headers),
        refused("", 429, headers),
        refused("rate_limited", 200, headers),
    ):
        outcome = of_error(error)
        assert (outcome.kind, outcome.wait_s) == ("paced", wait_s)


@pytest.mark.parametrize(
    "error",
    [
        TimeoutError(),
        aiohttp.ServerDisconnectedError(),
        aiohttp.ClientOSError(104, "reset"),
        aiohttp.ClientPayloadError("cut"),
        aiohttp.ServerTimeoutError(),
        aiohttp.TooManyRedirects(None, ()),  # type: ignore[arg-type]  # of no request
        json.JSONDecodeError("no json", "<html>", 0),
        UnicodeDecodeError("utf-8", b"\xff", 0, 1, "odd"),
        SlackApiError("no body", None),  # type: ignore[no-untyped-call]  # the SDK's own
        SlackApiError("a list", answer({}, 200)),  # type: ignore[no-untyped-call]  # the SDK's own
    ],
    ids=repr,
)
def test_no_answer_may_have_left_a_message(error: Exception) -> None:
    assert of_error(error).kind == "unknown"


@pytest.mark.parametrize(
    "error",
    [
        aiohttp.ClientConnectorError(KEY, OSError(111, "refused")),
        aiohttp.ClientConnectorDNSError(KEY, OSError(-2, "unknown name")),
        aiohttp.ClientConnectorSSLError(KEY, OSError(1, "handshake")),
        aiohttp.ClientConnectorCertificateError(KEY, Exception("expired")),
    ],
    ids=repr,
)
def test_a_call_that_never_left_us_was_not_taken(error: Exception) -> None:
    assert of_error(error).kind == "unreached"


def test_only_an_answer_with_a_ts_is_a_message() -> None:
    assert of_answer(answer({"ok": True, "ts": "1.5"})) == Outcome("sent", ts="1.5")
    assert of_answer(answer({"ok": True})).kind == "unknown"
    assert of_answer(answer({"ok": True, "ts": 3})).kind == "unknown"
