"""Letters that Slack won't take, and the word to admins about them."""

from collections.abc import Sequence
from datetime import datetime

from db.store.alerts.records import Letter, Posting


def notices(posting: Posting, error: str, admins: Sequence[str], at: datetime) -> tuple[Letter, ...]:
    """A direct message to each admin, once a day for a channel and an error; none about a message to an admin."""
    if posting.kind == "notice":
        return ()
    told = {
        "notice": "dead",
        "channel": posting.channel,
        "error": error,
        "count": 1,
        "about": "",
        "alert_id": posting.alert_id,
    }
    return tuple(
        Letter(f"notice:dead:{posting.channel}:{error}:{at:%Y-%m-%d}:{admin}", "notice", admin, payload=told)
        for admin in admins
        if admin != posting.channel
    )
