"""A bounded run of what `make fuzz` does at length, on a real server."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.catalog.postgres.functions import FUNCTIONS, TABLE_FUNCTIONS
from tests.fuzz.campaign import Campaign, pooled
from tests.fuzz.grammar import Vocabulary
from tests.fuzz.postgres import POSTGRES, PostgresArena, opened
from tests.postgres import Server

SPELLINGS = (
    "SELECT {0}()",
    "SELECT {0}(1)",
    "SELECT {0}('a', 'b')",
    "SELECT {0}(1, 2, 3)",
    'SELECT "{0}"(1)',
    "SELECT pg_catalog.{0}(1)",
    "SELECT {0}(DISTINCT 'x')",
    "SELECT {0}(VARIADIC ARRAY['x'])",
    "SELECT (1).{0}",
    "SELECT ({0}('x')).*",
    "SELECT g.{0} FROM generate_series(1, 2) AS g",
    "SELECT * FROM {0}(1)",
    "SELECT * FROM users, LATERAL {0}('x') AS t",
    "SELECT * FROM ROWS FROM ({0}('x')) AS t",
)
NO_CALLS = {
    "bit", "bool", "char", "bpchar", "date", "float4", "float8", "int2", "int4", "int8", "interval", "like", "name",
    "numeric", "text", "time", "timestamp", "timestamptz", "timetz", "varchar", "json", "jsonb", "uuid", "bytea",
}  # fmt: skip
"""Types, which the server does not take so, or casts to; and the operator LIKE written as a function, which is one."""
UNSTEADY = {"random": "v", "clock_timestamp": "v"}
"""Volatile because they give another value each time; they change nothing."""


@pytest.fixture(scope="module")
def arena(server: Server) -> Iterator[PostgresArena]:
    with opened(server) as made:
        yield made


def test_no_generated_statement_leaks_harms_or_parts_guard_and_engine(arena: PostgresArena) -> None:
    campaign = Campaign(arena, Random(20_260_101), POSTGRES)
    campaign.batch(400)
    pooled(campaign, arena, 30)
    tally = campaign.tally
    assert tally.findings == []
    assert set(tally.attacks) == set(range(1, 13))
    assert tally.ran > 10 * tally.failed > 0


@given(dice=st.randoms(use_true_random=False), kind=st.sampled_from(("allowed", "refused", "anything")))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_whatever_hypothesis_draws_holds_the_claims_too(arena: PostgresArena, dice: Random, kind: str) -> None:
    campaign = Campaign(arena, dice, POSTGRES)
    write = {"allowed": campaign.allowed, "refused": campaign.refused, "anything": campaign.anything}[kind]
    write()
    assert campaign.tally.findings == []


def test_each_function_of_the_server_that_is_not_listed_is_refused(arena: PostgresArena, server: Server) -> None:
    with server.owner() as owner:
        names = {str(name) for (name,) in owner.execute("SELECT DISTINCT proname FROM pg_proc")}
    unlisted = sorted(names - FUNCTIONS - TABLE_FUNCTIONS - NO_CALLS)
    assert len(unlisted) > 2_000
    every_form = {
        name: SPELLINGS for name in unlisted if name.startswith(("pg_", "lo_", "set", "query_", "txid", "cu"))
    }
    forms = {name: SPELLINGS[at % len(SPELLINGS) :][:1] for at, name in enumerate(unlisted)} | every_form
    passed = [sql for name, own in forms.items() for form in own if not arena.judged(sql := form.format(name)).rule]
    assert passed == []


def test_each_listed_function_is_the_servers_own_and_changes_nothing(server: Server) -> None:
    with server.owner() as owner:
        rows = owner.execute(
            "SELECT proname, string_agg(DISTINCT provolatile::text, '') FROM pg_proc"
            " WHERE pronamespace = 'pg_catalog'::regnamespace GROUP BY 1"
        ).fetchall()
    found = {name: kinds for name, kinds in rows if name in FUNCTIONS | TABLE_FUNCTIONS}
    assert {name: kinds for name, kinds in found.items() if "v" in kinds} == UNSTEADY
    syntax = "all any array coalesce current_date current_time current_timestamp exists greatest grouping if int least"
    syntax += " localtime localtimestamp nullif row some trim"
    assert (FUNCTIONS | TABLE_FUNCTIONS) - set(found) - {"any_value"} == set(syntax.split())


def broken(
    server: Server, words: Vocabulary, write: Callable[[Campaign], str], made: Vocabulary = POSTGRES
) -> set[str]:
    """What one statement of words that break the claims is found guilty of."""
    with opened(server, made) as arena:
        campaign = Campaign(arena, Random(1), words)
        write(campaign)
        return {finding.partition(":")[0].partition(" (")[0] for finding in campaign.tally.findings}


def test_an_attack_that_is_let_through_is_found(server: Server) -> None:
    words = replace(POSTGRES, hostile={3: ("SELECT 1",)})
    assert broken(server, words, Campaign.refused) == {"an attack of class 3 was let through"}


def test_the_canary_is_found(server: Server) -> None:
    leaky = replace(
        POSTGRES, canary="INSERT INTO users(id, name) VALUES (9, %s)", hostile={6: ("SELECT name FROM users",)}
    )
    assert "the canary came back" in broken(server, leaky, Campaign.refused, leaky)


CHANGES = {
    "INSERT INTO catalogue.users VALUES (9)": "users",
    "SELECT nextval('catalogue.numbers')": "sequence",
    "SELECT lo_create(0)": "large_objects",
    "CREATE TABLE catalogue.mine (a int)": "relations",
    "ALTER ROLE cat_ro SET work_mem = '1GB'": "defaults",
    "NOTIFY fuzz, 'x'": "notification x",
}


def test_what_a_batch_leaves_behind_is_found(server: Server) -> None:
    with opened(server) as arena, server.owner(arena.database) as owner:
        for statement, change in CHANGES.items():
            owner.execute(statement.encode())
            assert change in arena.changes()
        (server.data / "left").touch()
        assert "file left" in arena.changes()
        (server.data / "left").unlink()
