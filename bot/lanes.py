"""Turns under way: each ask's job, in the lane of its thread."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, TypeAlias
from weakref import WeakValueDictionary

from agent.answer import Ask, ThreadKey
from bot.attachments import SharedFile
from bot.live.live import Show
from db.catalog.meaning import Language
from db.store.preferences import Preferences

Source: TypeAlias = tuple[str, str, str]
State: TypeAlias = Literal["waiting", "running", "answering", "withdrawn", "stopped"]


@dataclass(slots=True, weakref_slot=True)
class Lane:
    """One thread's way in: `door` keeps the claims in order of arrival, `work` the turns."""

    door: asyncio.Lock = field(default_factory=asyncio.Lock)
    work: asyncio.Lock = field(default_factory=asyncio.Lock)


@dataclass(slots=True, eq=False)
class Job:
    """One ask on its way to a reply; `replaces` are the ts of an earlier reply's messages, to be overwritten.

    `show` is what people see of it meanwhile, where there is a place for it. `files` came with the question. `wanted`:
    how its asker wants to be answered, as it was when they asked.
    """

    ask: Ask
    lane: Lane
    language: Language
    response_url: str | None = None
    replaces: tuple[str, ...] = ()
    state: State = "waiting"
    task: asyncio.Task[None] | None = None
    show: Show | None = None
    files: tuple[SharedFile, ...] = ()
    wanted: Preferences = Preferences()

    @property
    def source(self) -> Source:
        return source_of(self.ask)

    @property
    def is_over(self) -> bool:
        """Whether nobody waits for its answer any more."""
        return self.state in ("withdrawn", "stopped")

    @property
    def placed(self) -> tuple[str, ...]:
        """The ts of the messages in whose place its reply goes."""
        return self.replaces if self.show is None else self.show.placed


def source_of(ask: Ask) -> Source:
    """What an ask came from: its own message, or (of a slash command) the turn itself."""
    return ask.thread.team, ask.thread.channel, ask.ts or ask.turn_id


class Lanes:
    """The threads that have something under way, and what that is; forgotten with the last of it."""

    def __init__(self) -> None:
        self._lanes: WeakValueDictionary[ThreadKey, Lane] = WeakValueDictionary()
        self._jobs: dict[Source, Job] = {}
        self._doors: WeakValueDictionary[Source, Lane] = WeakValueDictionary()

    def job(self, ask: Ask, language: Language, response_url: str | None = None) -> Job:
        """The ask in its thread's lane, known by its source as long as the lane is."""
        lane = self._lanes.setdefault(ask.thread, Lane())
        self._doors[source_of(ask)] = lane
        return Job(ask, lane, language, response_url)

    def came_by(self, source: Source) -> Lane:
        """The lane that the source came in by, or one of its own; known to others as long as the caller keeps it."""
        return self._doors.setdefault(source, Lane())

    def enter(self, job: Job) -> None:
        self._jobs[job.source] = job

    def leave(self, job: Job) -> None:
        if self._jobs.get(job.source) is job:
            del self._jobs[job.source]

    def of(self, source: Source) -> Job | None:
        return self._jobs.get(source)

    def unanswered(self, thread: ThreadKey, user: str | None = None) -> list[Job]:
        """The thread's jobs that wait or run, those of `user` alone where one is given."""
        jobs = (job for job in self if job.ask.thread == thread and job.state in ("waiting", "running"))
        return [job for job in jobs if user in (None, job.ask.user)]

    def __iter__(self) -> Iterator[Job]:
        return iter(tuple(self._jobs.values()))
