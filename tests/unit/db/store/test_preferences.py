"""How people want their answers: kept a person, or a channel, and read with each answer."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import insert

from db.store.preferences import CHOICES, Preferences
from db.store.store import Store
from db.store.tables import preferences

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)


async def test_nobody_has_to_say_anything(store: Store) -> None:
    assert await store.preferences.of("T1", "U1", "C1") == Preferences()
    assert {name: values[0] for name, values in CHOICES.items()} == {
        name: getattr(Preferences(), name) for name in CHOICES
    }


async def test_the_last_word_of_a_person_holds_for_them_alone(store: Store) -> None:
    await store.preferences.put("T1", "U1", "length", "summary", "U1", NOW)
    await store.preferences.put("T1", "U1", "length", "whole", "U1", NOW)
    await store.preferences.put("T1", "U1", "sql", "on", "U1", NOW)
    assert await store.preferences.of("T1", "U1") == Preferences(sql="on")
    assert await store.preferences.of("T1", "U2") == Preferences()
    assert await store.preferences.of("T2", "U1") == Preferences()


async def test_a_channel_turns_the_usage_line_on_for_everybody_in_it_and_nothing_else(store: Store) -> None:
    await store.preferences.put("T1", "C1", "usage", "on", "U9", NOW)
    await store.preferences.put("T1", "C1", "sql", "on", "U9", NOW)
    assert await store.preferences.of("T1", "U1", "C1") == Preferences(usage="on")
    assert await store.preferences.of("T1", "U1", "C2") == Preferences()


async def test_a_value_that_is_no_choice_is_refused_and_nothing_is_kept(store: Store) -> None:
    for name, value in (("length", "short"), ("colour", "red")):
        with pytest.raises(ValueError, match=name):
            await store.preferences.put("T1", "U1", name, value, "U1", NOW)
    assert await store.preferences.of("T1", "U1") == Preferences()


async def test_what_a_newer_bot_has_written_is_left_at_its_default(store: Store) -> None:
    row = {"team": "T1", "subject": "U1", "set_by": "U1", "set_at": NOW}
    async with store._database.writing() as connection:
        await connection.execute(
            insert(preferences),
            [row | {"name": "length", "value": "haiku"}, row | {"name": "mood", "value": "sunny"}],
        )
    assert await store.preferences.of("T1", "U1") == Preferences()
