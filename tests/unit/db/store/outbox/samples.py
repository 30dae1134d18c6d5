"""Letters, and a look at the rows that they are."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import update

from db.store.alerts.records import Letter, Posting
from db.store.alerts.tables import outbox
from db.store.store import Store

NOW = datetime.now(UTC)
"""As it is: what is due goes by the server's clock where there is one."""
NONE: tuple[str, ...] = ()
REVIVABLE = ("not_in_channel",)


def letter(key: str, channel: str = "C1", **more: Any) -> Letter:
    return Letter(key, more.pop("kind", "root"), channel, **more)


async def put(store: Store, *letters: Letter, at: datetime = NOW) -> list[Posting]:
    """Puts letters; the rows they are, in that order."""
    await store.outbox.put(letters, at)
    return [await row(store, each.dedupe_key) for each in letters]


async def row(store: Store, key: str) -> Posting:
    return next(each for each in await store.outbox.deliveries(10_000) if each.dedupe_key == key)


async def claimed(store: Store, owner: str = "a", at: datetime = NOW) -> Posting:
    posting = await store.outbox.claim(owner, at)
    assert posting is not None
    return posting


async def sent(store: Store, key: str = "k", ts: str = "1.1", **more: Any) -> Posting:
    """A letter that stands in Slack."""
    await put(store, letter(key, **more))
    posting = await claimed(store)
    assert posting.dedupe_key == key
    assert await store.outbox.sent(posting, posting.channel, ts, NOW)
    return await row(store, key)


async def alter(store: Store, key: str, **values: Any) -> None:
    """As if it had come to that: the server's clock can't be turned."""
    async with store.outbox._database.writing() as connection:
        await connection.execute(update(outbox).where(outbox.c.dedupe_key == key).values(values))
