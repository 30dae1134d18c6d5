"""Who asks, found once and kept for a while; and how they are spoken to, also where nobody can tell."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from agent.answer import Ask, ThreadKey
from bot.people.manners import Manners
from bot.people.persons import KNOWN_S, Known, Persons
from bot.services import Services
from bot.settings import Settings
from db.catalog.reader import Reader
from db.store.preferences import Preferences
from tests.parts import NOW, Parts, frozen_clock, open_parts
from tests.unit.db.store.samples import a_turn, answered

KIM, LEE = "minjun.kim@example.com", "seoyeon.lee@example.com"


@dataclass
class Book:
    """The addresses of a Slack that counts how often it is asked."""

    emails: dict[str, str] = field(default_factory=lambda: {"U1": KIM})
    asked: int = 0

    async def of(self, user: str) -> str | None:
        self.asked += 1
        return self.emails.get(user)


@dataclass
class Desk:
    parts: Parts
    book: Book
    persons: Persons
    now: list[float]


@asynccontextmanager
async def desk(folder: Path) -> AsyncIterator[Desk]:
    async with open_parts(folder, []) as parts:
        book, now = Book(), [0.0]
        yield Desk(parts, book, Persons(parts.store.links, book, "T1", now=lambda: now[0]), now)


def named(known: Known) -> str | None:
    return None if known.person is None else known.person.name


async def test_somebody_is_looked_up_once_until_it_is_old(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        for _ in range(3):
            assert named(await at.persons.of("U1", at.parts.catalog)) == "김민준"
        assert at.book.asked == 1
        at.book.emails["U1"] = LEE
        at.now[0] = KNOWN_S
        assert named(await at.persons.of("U1", at.parts.catalog)) == "이서연"


async def test_of_another_part_of_the_catalogue_somebody_is_looked_up_anew(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        await at.persons.of("U1", at.parts.catalog)
        other = await at.parts.catalog.for_reader(Reader(rows=frozenset({("users", "id = 1")})))
        await at.persons.of("U1", other)
        assert at.book.asked == 2


async def test_a_link_counts_once_it_is_made_and_no_longer_than_it_stands(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        catalog, links = at.parts.catalog, at.parts.store.links
        assert named(await at.persons.of("U1", catalog)) == "김민준"
        await links.put("T1", "U1", LEE, NOW)
        at.persons.forget("U1")
        linked = await at.persons.of("U1", catalog)
        assert (named(linked), linked.by, linked.email) == ("이서연", "link", LEE)
        await links.put("T1", "U1", "gone@example.com", NOW)
        at.persons.forget("U1")
        assert named(await at.persons.of("U1", catalog)) is None


async def test_whom_slack_has_no_address_of_is_nobody(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        assert await at.persons.of("U2", at.parts.catalog) == Known(None)


async def test_without_a_store_or_a_catalogue_they_are_nobody_and_no_error(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        await at.parts.catalog.close()
        assert named(await at.persons.of("U1", at.parts.catalog)) is None
        drop(tmp_path, "links")
        assert named(await at.persons.of("U3", at.parts.catalog)) is None


def drop(folder: Path, *tables: str) -> None:
    with closing(sqlite3.connect(folder / "store.db")) as other:
        other.executescript("".join(f"DROP TABLE {table};" for table in tables))


@asynccontextmanager
async def manners(folder: Path, language: str = "auto") -> AsyncIterator[tuple[Manners, Parts]]:
    async with open_parts(folder, []) as parts:
        settings = Settings.model_validate({"language": language})
        yield Manners(Services(settings, parts.catalog, parts.store, parts.agent, frozen_clock)), parts


@pytest.mark.parametrize(
    ("home", "set_to", "text", "spoken"),
    [
        ("auto", "auto", "show the models", "en"),
        ("auto", "auto", "모델 보여줘", "ko"),
        ("auto", "auto", "", "ko"),
        ("auto", "en", "모델 보여줘", "en"),
        ("auto", "ko", "show the models", "ko"),
        ("en", "auto", "모델 보여줘", "en"),
        ("en", "ko", "show the models", "ko"),
        ("en", "auto", "", "en"),
    ],
)
async def test_what_is_set_decides_then_what_is_said_then_the_home_language(
    tmp_path: Path, home: str, set_to: str, text: str, spoken: str
) -> None:
    async with manners(tmp_path, home) as (ours, parts):
        await parts.store.preferences.put("T1", "U1", "language", set_to, "U1", NOW)
        assert await ours.language("T1", "U1", text) == spoken


async def test_who_says_no_word_is_spoken_to_as_they_last_spoke(tmp_path: Path) -> None:
    async with manners(tmp_path) as (ours, parts):
        asked = "how many models are there?"
        await parts.store.turns.start(a_turn("t1", question=asked))
        await parts.store.turns.finish(answered("t1", question=asked))
        assert await ours.language("T1", "U1") == "en"
        assert await ours.language("T1", "U2") == "ko"
        bare = Ask("t2", ThreadKey("T1", "C1", "1"), "U1", "2", NOW)
        assert (await ours.asked(bare, Preferences())).language == "en"
        plain = replace(bare, text="모델 보여줘")
        assert (await ours.asked(plain, Preferences())).language is None, "the question's own"
        assert (await ours.asked(plain, Preferences(steps="on"))).is_stepwise


async def test_without_a_store_everybody_is_spoken_to_alike(tmp_path: Path) -> None:
    async with manners(tmp_path) as (ours, _):
        drop(tmp_path, "preferences", "usage", "turns")
        assert await ours.language("T1", "U1", "show it") == "en"
        assert await ours.language("T1", "U1") == "ko"
