"""Who may press an alert's buttons: everybody it is told to, or whom its rule names."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from db.catalog.alerts.rules import AlertRules
from db.store.alerts.records import Alert


@dataclass(frozen=True, slots=True)
class Permits:
    """`owner_of`: the id in Slack of an alert's owner, None where nobody knows. `in_group`: whether a person is in one.

    The door of the bot (`bot/access.py`) is before all of this.
    """

    rules: AlertRules
    admins: Sequence[str]
    owner_of: Callable[[Alert], Awaitable[str | None]]
    in_group: Callable[[str, str], Awaitable[bool]]

    async def barred(self, alert: Alert, user: str) -> tuple[str, ...]:
        """The people and groups who may, where this person may not; empty for one who may."""
        rule = self.rules.rule(alert.rule)
        listed = rule.may_press if rule is not None else ()
        if not listed or user in (*listed, *self.admins, alert.assignee):
            return ()
        if await self.owner_of(alert) == user:
            return ()
        for group in listed:
            if group.startswith("S") and await self.in_group(group, user):
                return ()
        return listed

    async def is_lead(self, alert: Alert, user: str) -> bool:
        """Whether they may decide for a whole project: an admin, or the alert's owner; anybody where none are set."""
        return not self.admins or user in self.admins or await self.owner_of(alert) == user
