"""What can be done with an alert, as one row of buttons."""

from collections.abc import Sequence
from typing import Any, Final, Literal, TypeAlias

from agent.messages import say
from bot.messages.answer import Block
from db.catalog.meaning import Language
from db.store.alerts.records import Alert, AlertState

Action: TypeAlias = Literal[
    "acknowledge",
    "unacknowledge",
    "snooze_hour",
    "snooze_tomorrow",
    "wake",
    "assign",
    "cause",
    "runs",
    "mute",
    "unmute",
    "resolve",
    "reopen",
]
MARK: Final = "alert_"
"""How the action ids begin; behind it stands the action."""
MORE: Final = f"{MARK}more"

_SHOWN: Final[dict[AlertState, tuple[Action, ...]]] = {
    "open": ("acknowledge", "snooze_hour", "cause"),
    "acknowledged": ("unacknowledge", "resolve", "cause"),
    "snoozed": ("wake", "acknowledge", "cause"),
    "resolved": ("runs", "cause"),
}
_BEHIND: Final[dict[AlertState, tuple[Action, ...]]] = {
    "open": ("snooze_tomorrow", "runs", "resolve", "mute"),
    "acknowledged": ("snooze_hour", "snooze_tomorrow", "runs", "mute"),
    "snoozed": ("snooze_tomorrow", "runs", "resolve", "mute"),
    "resolved": (),
}
"""What stands in the menu at the end of the row: less is done with it."""


def alert_buttons(alert: Alert, outbox_id: str, language: Language) -> Block:
    """The row under an alert; where the cause is known, it is not asked for."""
    shown = [action for action in _SHOWN[alert.state] if action != "cause" or alert.cause is None]
    behind = list(_BEHIND[alert.state])
    if alert.is_muted and behind:
        behind.remove("mute")
        shown.insert(0, "unmute")
    if alert.state == "resolved" and "by" in (alert.resolution or {}):
        shown.insert(0, "reopen")
    key = f"{alert.alert_id}:{alert.version}"
    row = _row(shown, behind, key, language)
    if alert.state != "resolved":
        row.insert(len(shown), _assign(alert.assignee, language))
    return {"type": "actions", "block_id": f"alert:{outbox_id}:{key}", "elements": row}


def storm_buttons(storm_id: str, version: int, state: AlertState, outbox_id: str, language: Language) -> Block | None:
    """The row under many alerts at once; None where all of them are well."""
    if state == "resolved":
        return None
    shown = [action for action in _SHOWN[state] if action != "cause"]
    behind = [action for action in _BEHIND[state] if action != "runs"]
    key = f"storm:{storm_id}:{version}"
    return {
        "type": "actions",
        "block_id": f"alert:{outbox_id}:{key}",
        "elements": _row(shown, behind, key, language),
    }


def _row(shown: Sequence[Action], behind: Sequence[Action], key: str, language: Language) -> list[dict[str, Any]]:
    row = [_button(action, key, language) for action in shown]
    if behind:
        options = [{"text": _label(action, language), "value": f"{action}:{key}"} for action in behind]
        row.append({"type": "overflow", "action_id": MORE, "options": options})
    return row


def _button(action: Action, key: str, language: Language) -> dict[str, Any]:
    button = {"type": "button", "action_id": f"{MARK}{action}", "text": _label(action, language), "value": key}
    return {**button, "style": "primary"} if action == "acknowledge" else button


def _label(action: Action, language: Language) -> dict[str, str]:
    return {"type": "plain_text", "text": say(f"alert-button-{action.replace('_', '-')}", language)}


def _assign(assignee: str | None, language: Language) -> dict[str, Any]:
    chosen = {"initial_user": assignee} if assignee else {}
    return {
        "type": "users_select",
        "action_id": f"{MARK}assign",
        "placeholder": _label("assign", language),
        **chosen,
    }


def list_buttons(alert: Alert, language: Language) -> Block:
    """The row under one of many alerts that are listed: the first thing to do, and a menu with the others."""
    first, *others = (*_SHOWN[alert.state], *_BEHIND[alert.state])
    behind = [action for action in others if action != "mute" or not alert.is_muted]
    key = f"{alert.alert_id}:{alert.version}"
    row = _row([first], behind[:5], key, language)
    return {"type": "actions", "block_id": f"alert:list:{key}", "elements": row}
