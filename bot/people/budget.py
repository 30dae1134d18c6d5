"""How much may be asked: questions a minute by each person, tokens and dollars a day by all of them."""

import logging
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, TypeAlias

from bot.settings import Settings
from db.store.errors import StoreUnavailable
from db.store.records import Spent
from db.store.usage import UsageLog

log = logging.getLogger(__name__)

OnSpent: TypeAlias = Callable[[date, float, Spent], None]

_MINUTE: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class End:
    """A limit that is reached: the code of its sentence, and when asking works again."""

    code: str
    until: datetime


class Budget:
    """Counts questions, not events.

    The minute is counted in memory: a restart that forgets it gives away one
    minute's questions at most, and no question waits for a query. The day is
    the ledger's, which a restart leaves as it is; a turn is in it once it has
    ended, so that those under way may go beyond the day's limit.
    """

    def __init__(
        self, settings: Settings, usage: UsageLog, clock: Callable[[], datetime], on_spent: OnSpent = lambda *_: None
    ) -> None:
        """`on_spent` is told at each question which part of the day's budget is spent, and how much that is."""
        self._on_spent = on_spent
        self._settings = settings
        self._usage = usage
        self._clock = clock
        self._asked: defaultdict[str, deque[datetime]] = defaultdict(deque)

    async def end(self, user: str) -> End | None:
        """What keeps the person from asking now, if anything."""
        return await self._end_of_day() or self._end_of_minute(user)

    async def take(self, user: str) -> End | None:
        """Counts a question of theirs, unless something keeps them from asking."""
        end = await self.end(user)
        if end is None and self._settings.questions_per_minute:
            self._asked[user].append(self._clock())
        return end

    def give_back(self, user: str) -> None:
        """The last question was none: its event came twice, or it could not be written down."""
        if self._asked[user]:
            self._asked[user].pop()

    def _end_of_minute(self, user: str) -> End | None:
        most, asked = self._settings.questions_per_minute, self._asked[user]
        while asked and self._clock() - asked[0] >= _MINUTE:
            asked.popleft()
        return End("too_many_questions", asked[-most] + _MINUTE) if most and len(asked) >= most else None

    async def _end_of_day(self) -> End | None:
        """A ledger that cannot be read ends nothing: the turn, which is to be written beside it, will say so."""
        most_tokens, most_usd = self._settings.tokens_per_day, self._settings.usd_per_day
        if most_tokens is None and most_usd is None:
            return None
        midnight = self._clock().astimezone(self._settings.timezone).replace(hour=0, minute=0, second=0, microsecond=0)
        tomorrow = midnight + timedelta(days=1)
        try:
            spent = await self._usage.spent(midnight, tomorrow)
        except StoreUnavailable as error:
            log.error("nobody can tell what was spent today: %s", error)
            return None
        shares = [spent.tokens / most_tokens] if most_tokens is not None else []
        shares += [float(spent.cost_usd / most_usd)] if most_usd is not None else []
        self._on_spent(midnight.date(), max(shares), spent)
        return End("budget_spent", tomorrow) if max(shares) >= 1 else None
