"""Clicks on an answer's choices: each asks the question it stands for, once, in the same thread."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from agent.answer import Ask, ThreadKey
from agent.offer import Choice, load_offer
from bot.features.presses import channel_of
from bot.incoming import new_turn_id
from bot.messages.answer import Message
from bot.messages.choices import chosen_blocks, read_choice
from bot.messages.notes import note
from bot.messages.sentences import sentence
from bot.people.manners import Manners
from bot.replies import Replies
from bot.tasks import Tasks
from bot.turns import Turns
from bot.wire import Place
from db.store.claims import ClaimLog
from db.store.errors import StoreUnavailable
from db.store.records import StoredTurn
from db.store.turns import TurnLog

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Pick:
    """A click on the choice at `place` of a turn's answer. `message` is the clicked one, as Slack shows it.

    `is_private`: only the person who clicked sees it, and it can be answered through its response URL alone.
    """

    turn_id: str
    place: int
    user: str
    channel: str
    thread_ts: str | None
    message: Mapping[str, Any]
    response_url: str | None = None
    is_private: bool = False


def read_pick(body: Mapping[str, Any]) -> Pick:
    """The click in a block_actions payload."""
    turn_id, place = read_choice(str(body["actions"][0].get("value")))
    container, message = body.get("container", {}), body.get("message") or {}
    return Pick(
        turn_id,
        place,
        str(body["user"]["id"]),
        channel_of(body),
        message.get("thread_ts") or container.get("thread_ts"),
        message,
        body.get("response_url"),
        is_private=container.get("is_ephemeral") is True,
    )


class Choices:
    """Takes clicks. Of an answer's choices the first click counts, whoever made it."""

    def __init__(
        self,
        log_: TurnLog,
        claims: ClaimLog,
        turns: Turns,
        replies: Replies,
        tasks: Tasks,
        clock: Callable[[], datetime],
        manners: Manners,
        team: str,
    ) -> None:
        self._log = log_
        self._claims = claims
        self._turns = turns
        self._replies = replies
        self._tasks = tasks
        self._clock = clock
        self._manners = manners
        self._team = team

    async def pick(self, pick: Pick) -> None:
        """Asks the chosen question as the person who clicked, and puts it in the buttons' place.

        Who cannot ask just now, or clicks on what is gone, is told so, and nobody else is.
        """
        claim = f"choice:{pick.turn_id}"
        try:
            turn = await self._log.by_id(pick.turn_id)
            is_taken = await self._claims.is_taken(claim)
        except StoreUnavailable as error:
            log.error("a choice of turn %s is not asked: %s", pick.turn_id, error)
            await self._whisper(pick, "store_unavailable")
            return
        choice = self._choice(turn, pick)
        if turn is None or choice is None:
            await self._whisper(pick, "choice_gone")
            return
        language = await self._manners.language(self._team, pick.user, choice.question)
        if is_taken:
            self._say(pick, note(sentence("choice_taken", language)))
            return
        refusal = await self._turns.refusal(pick.user, language)
        if refusal is not None:
            self._say(pick, refusal)
            return
        thread = ThreadKey(turn.team, turn.channel, turn.thread_ts)
        ask = Ask(new_turn_id(), thread, pick.user, choice.question, self._clock())
        response_url = pick.response_url if pick.is_private else None
        if await self._turns.submit(ask, (claim,), response_url=response_url, is_sent_again=False):
            self._tasks.launch(self._mark(pick, choice), f"choice {pick.turn_id}")

    def _choice(self, turn: StoredTurn | None, pick: Pick) -> Choice | None:
        """The choice that was clicked, where its turn still stands in the place that was clicked in."""
        if turn is None or (turn.team, turn.channel) != (self._team, pick.channel):
            return None
        offer = load_offer((turn.frame or {}).get("offer"))
        return offer.choices[pick.place] if offer is not None and pick.place < len(offer.choices) else None

    async def _mark(self, pick: Pick, choice: Choice) -> None:
        """Takes the buttons away; a private message cannot be changed, and its choices are claimed all the same."""
        ts = pick.message.get("ts")
        if pick.is_private or not isinstance(ts, str):
            return
        blocks = chosen_blocks(list(pick.message.get("blocks") or ()), pick.turn_id, choice.label)
        message = Message(str(pick.message.get("text") or ""), blocks)
        await self._replies.revise(Place(pick.channel, pick.thread_ts), ts, message)

    async def _whisper(self, pick: Pick, code: str) -> None:
        text = str(pick.message.get("text") or "")
        self._say(pick, note(sentence(code, await self._manners.language(self._team, pick.user, text))))

    def _say(self, pick: Pick, message: Message) -> None:
        place = Place(pick.channel, pick.thread_ts)
        work = self._replies.whisper(place, pick.user, message, pick.response_url)
        self._tasks.launch(work, f"word {pick.turn_id}")
