"""The delivery of letters: several channels side by side, until there is nothing to do."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from functools import partial
from itertools import count
from typing import Any, Final, TypeAlias
from uuid import uuid4

from bot.alerts.sending.edits import Editor
from bot.alerts.sending.janitor import Janitor
from bot.alerts.sending.reconcile import Reconciler
from bot.alerts.sending.sender import Sender, Tools
from bot.alerts.sending.verdicts import REVIVABLE
from db.store.alerts.outbox_records import Due
from db.store.alerts.records import Posting
from db.store.errors import StoreUnavailable

log = logging.getLogger(__name__)

LANES: Final = 16
"""So many letters are under way at once."""
_LOOK_S: Final = 1.0
_STORE_PAUSE_S: Final = 5.0
"""A store that is gone is not asked each second."""

_Act: TypeAlias = Callable[[Posting], Coroutine[Any, Any, None]]


class Delivery:
    """Of several in several processes each may do all of it: who claims a letter has it.

    `wake` is set by whoever puts letters. `name` is what its claims go by, another one for each Delivery.
    """

    def __init__(
        self, tools: Tools, reconciler: Reconciler, janitor: Janitor, *, wake: asyncio.Event, name: str = ""
    ) -> None:
        self.wake: Final = wake
        self._tools = tools
        self._outbox = tools.outbox
        self._sender = Sender(tools)
        self._editor = Editor(tools)
        self._reconciler = reconciler
        self._janitor = janitor
        self._name = name or uuid4().hex[:16]
        self._claims = count(1)
        self._under_way: set[str] = set()
        self._is_stopped = False

    def stop(self) -> None:
        """Claims nothing any more; what is under way comes to its end."""
        self._is_stopped = True
        self.wake.set()

    async def run(self) -> None:
        """Does what is due, and returns when nothing is, or after a stop.

        What goes wrong with one letter stops no other, and is raised in the end. Cancelled in the middle of a call, it
        leaves that letter to be looked for.
        """
        lanes: set[asyncio.Task[None]] = set()
        errors: list[BaseException] = []
        try:
            while await self._fill(lanes):
                done, lanes = await self._first(lanes)
                errors += [error for lane in done if not lane.cancelled() and (error := lane.exception()) is not None]
        except StoreUnavailable:
            self._tools.pauses.stop(_STORE_PAUSE_S)
            raise
        finally:
            for lane in lanes:
                lane.cancel()
            await asyncio.gather(*lanes, return_exceptions=True)
        if errors:
            raise errors[0]

    async def _fill(self, lanes: set[asyncio.Task[None]]) -> bool:
        """Starts what may start; whether anything is under way."""
        self.wake.clear()
        todo = set() if self._is_idle else set(await self._outbox.due(self._tools.clock(), REVIVABLE))
        if "tidy" in todo:
            await self._outbox.tidy(self._tools.clock(), self._under_way, REVIVABLE)
            todo |= {"post", "look"}
        while len(lanes) < LANES and not self._is_idle and (claimed := await self._next(todo)) is not None:
            lanes.add(asyncio.create_task(self._lane(*claimed)))
        return bool(lanes)

    @property
    def _is_idle(self) -> bool:
        return self._is_stopped or self._tools.pauses.is_total

    async def _first(self, lanes: set[asyncio.Task[None]]) -> tuple[set[asyncio.Task[None]], set[asyncio.Task[None]]]:
        """The lanes that have ended and the others; returns soon where there may be something to do beside them."""
        woken = asyncio.create_task(self.wake.wait())
        try:
            await asyncio.wait({*lanes, woken}, timeout=_LOOK_S, return_when=asyncio.FIRST_COMPLETED)
        finally:
            woken.cancel()
        done = {lane for lane in lanes if lane.done()}
        return done, lanes - done

    async def _next(self, todo: set[Due]) -> tuple[Posting, _Act] | None:
        """The most urgent of what is to do, claimed; what there is none of leaves `todo`."""
        for due in ("post", "edit", "look", "sweep"):
            if due in todo:
                if claimed := await self._claimed(due):
                    return claimed
                todo.discard(due)
        return None

    async def _claimed(self, due: Due) -> tuple[Posting, _Act] | None:
        since, now, pauses = self._tools.monotonic(), self._tools.clock(), self._tools.pauses
        owner = f"{self._name}-{next(self._claims)}"
        posting: Posting | None = None
        act: _Act = self._reconciler.settle
        match due:
            case "post":
                posting = await self._outbox.claim(owner, now, pauses.spared(posts=True))
                act = partial(self._sender.send, since=since)
            case "edit" if pauses.has_edits:
                posting, act = await self._outbox.claim_edit(owner, now, pauses.spared(posts=False)), self._editor.edit
                if posting is not None:
                    pauses.edits()
            case "look":
                posting = await self._outbox.claim_unknown(owner, now)
            case "sweep":
                posting, act = await self._outbox.claim_sweep(owner, now), self._janitor.sweep
        return None if posting is None else (posting, act)

    async def _lane(self, posting: Posting, act: _Act) -> None:
        """Its lease is not taken for ended while it is under way here, however the clock jumps."""
        self._under_way.add(posting.outbox_id)
        try:
            await act(posting)
        finally:
            self._under_way.discard(posting.outbox_id)
