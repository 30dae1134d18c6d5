"""Gives each asker an agent over what they see of the catalogue."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from agent.agent import Agent
from agent.answer import Answer, Ask
from agent.progress import OnProgress, ignore_progress
from bot.messages.standing import blind_notice
from db.catalog.catalog import Catalog
from db.catalog.people import Asking
from db.catalog.policy import Policy, Standing
from db.catalog.reader import Reader
from db.catalog.table import Cell

MOST_AGENTS: Final = 12
_LONGEST: Final = 254
"""An e-mail address (RFC 5321) has no more characters."""

MakeAgent = Callable[[Catalog], Agent]


@dataclass(frozen=True, slots=True)
class Asker:
    """Somebody who asks: the agent that answers them, over their `catalog`.

    `standing` is what the policy takes them for, None where there is no policy; `me` is whose "my" theirs is.
    """

    agent: Agent
    catalog: Catalog
    standing: Standing | None = None
    me: Asking = None

    async def run_turn(
        self, ask: Ask, on_progress: OnProgress = ignore_progress, *, is_accepted: bool = False
    ) -> Answer:
        """As Agent.run_turn; where the asker misses rows because nobody knows their team, the answer says so."""
        standing, ask = self.standing, replace(ask, me=self.me)
        if standing is None:
            return await self.agent.run_turn(ask, on_progress, is_accepted=is_accepted)
        asked = replace(ask, roles=standing.roles)
        answer = await self.agent.run_turn(asked, on_progress, is_accepted=is_accepted)
        notices = (answer.notice, blind_notice(standing, self.catalog.semantics, answer.language))
        return replace(answer, notice=" ".join(each for each in notices if each) or None)


class Readers:
    """The agents of a policy's readers: made at first use, a few kept."""

    def __init__(self, policy: Policy, catalog: Catalog, make: MakeAgent) -> None:
        self._policy = policy
        self._catalog = catalog
        self._make = make
        self._agents: dict[Reader, tuple[Agent, Catalog]] = {}

    async def asker(self, user: str | None, email: str | None) -> Asker:
        """Who asks, by their id in Slack and their e-mail address as far as they are known.

        Raises CatalogUnavailable.
        """
        email = email if email and _can_be_told_apart(email) else None
        standing = self._policy.standing(user, email, await self._team(email))
        return Asker(*await self._agent(standing.reader), standing)

    async def widest(self) -> Catalog:
        """The catalogue with every column that some role opens. Raises CatalogUnavailable."""
        return await self._catalog.for_reader(Reader(self._policy.opens))

    async def _agent(self, reader: Reader) -> tuple[Agent, Catalog]:
        found = self._agents.pop(reader, None)
        if found is None:
            catalog = await self._catalog.for_reader(reader)
            found = self._make(catalog), catalog
        self._agents[reader] = found
        if len(self._agents) > MOST_AGENTS:
            del self._agents[next(iter(self._agents))]
        return found

    async def _team(self, email: str | None) -> Cell:
        """The one team that stands beside the address; None where there is none, or more than one."""
        who = self._policy.who
        if who is None or email is None:
            return None
        teams = await self._catalog.look_up(who.table, who.team, who.finds.bound({"email": email}), 2)
        team = teams[0] if len(teams) == 1 else None
        return None if isinstance(team, str) and not team.isprintable() else team


def _can_be_told_apart(email: str) -> bool:
    """Whether it is nobody else's in small letters: the Kelvin sign is a k then, as somebody's kim@… has it."""
    return len(email) <= _LONGEST and email.isprintable() and email.isascii() == email.lower().isascii()
