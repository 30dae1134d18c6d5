"""A bounded run of what `make fuzz` does at length."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.campaign import Campaign, pooled
from tests.fuzz.grammar import Vocabulary
from tests.fuzz.sqlite import SQLITE, SqliteArena, opened


@pytest.fixture(scope="module")
def arena(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqliteArena]:
    with opened(tmp_path_factory.mktemp("fuzz")) as made:
        yield made


def test_no_generated_statement_leaks_harms_or_parts_guard_and_engine(arena: SqliteArena) -> None:
    campaign = Campaign(arena, Random(20_260_101), SQLITE)
    for _ in range(2):
        campaign.batch()
    pooled(campaign, arena, 30)
    tally = campaign.tally
    assert tally.findings == []
    assert set(tally.attacks) == set(range(1, 13))
    assert tally.ran > 10 * tally.failed > 0
    assert tally.line().startswith("2,000 statements: ")


@given(dice=st.randoms(use_true_random=False), kind=st.sampled_from(("allowed", "refused", "anything")))
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_whatever_hypothesis_draws_holds_the_claims_too(arena: SqliteArena, dice: Random, kind: str) -> None:
    campaign = Campaign(arena, dice, SQLITE)
    write = {"allowed": campaign.allowed, "refused": campaign.refused, "anything": campaign.anything}[kind]
    write()
    assert campaign.tally.findings == []


def found(folder: Path, words: Vocabulary, write: Callable[[Campaign], str], made: Vocabulary = SQLITE) -> set[str]:
    """What one statement of words that breaks the claims is found guilty of."""
    arena = SqliteArena(folder, made)
    with closing(arena):
        campaign = Campaign(arena, Random(1), words)
        write(campaign)
        return {finding.partition(":")[0].partition(" (")[0] for finding in campaign.tally.findings}


def test_an_attack_that_is_let_through_is_found(tmp_path: Path) -> None:
    words = replace(SQLITE, hostile={3: ("SELECT 1",)})
    assert found(tmp_path, words, Campaign.refused) == {"an attack of class 3 was let through"}


def test_a_false_refusal_is_found(tmp_path: Path) -> None:
    words = replace(SQLITE, tables={"secrets": {"word": "text"}})
    assert "refused by unknown_table" in found(tmp_path, words, Campaign.allowed)


def test_the_canary_is_found(tmp_path: Path) -> None:
    leaky = replace(SQLITE, canary="INSERT INTO users(name) VALUES (?1)", hostile={6: ("SELECT name FROM users",)})
    assert "the canary came back" in found(tmp_path, leaky, Campaign.refused, leaky)


def test_what_a_batch_leaves_behind_is_found(tmp_path: Path) -> None:
    arena = SqliteArena(tmp_path)
    with closing(arena):
        (tmp_path / "left").touch()
        campaign = Campaign(arena, Random(1), SQLITE)
        campaign.batch(1)
    assert campaign.tally.findings == ["after a batch: files: ''"]
