"""A policy: what its file must say, and what follows for one asker."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest

from db.catalog.catalog import Catalog
from db.catalog.conditions import NO_ROW
from db.catalog.errors import QueryError
from db.catalog.policy import Policy
from db.catalog.policy_file import PolicyError
from db.catalog.policy_reading import load_policy
from db.catalog.reader import Reader
from tests.postgres import READER, Server, give_reader, server
from tests.unit.db.catalog.shop import SEMANTICS, build, script

__all__ = ["server"]

POLICY = """\
roles:
  analyst: {rows: {users: "team = :team", runs: "gpu = 'T4'"}}
  own: {rows: {users: "name = :email"}, opens: [projects.budget]}
  lead:
    opens: [users, projects.budget]
people:
  U1: own
  Lead@Example.com: [lead, analyst]
  both@example.com: [analyst, own]
everyone: analyst
who: {table: users, email: name, team: team}
"""


@pytest.fixture
async def catalog(tmp_path: Path) -> AsyncIterator[Catalog]:
    (tmp_path / "catalog.yml").write_text(SEMANTICS, encoding="utf-8")
    path = build(tmp_path / "shop.db", is_other=False)
    async with await Catalog.open(f"sqlite:///{path}", tmp_path / "catalog.yml") as opened:
        yield opened


async def load(folder: Path, text: str, catalog: Catalog) -> Policy:
    (folder / "policy.yml").write_text(text, encoding="utf-8")
    return await load_policy(folder / "policy.yml", catalog)


async def test_roles_are_known_by_id_and_by_address_in_any_case(tmp_path: Path, catalog: Catalog) -> None:
    policy = await load(tmp_path, POLICY, catalog)
    assert policy.standing("U1", None, None).roles == ("own",)
    assert policy.standing(None, "LEAD@example.com", None).roles == ("lead", "analyst")
    assert policy.standing("U1", "lead@example.com", None).roles == ("own", "lead", "analyst")
    assert policy.standing("U9", "x@example.com", "nlp").roles == ("analyst",)


async def test_columns_add_up_and_a_row_that_one_role_shows_is_shown(tmp_path: Path, catalog: Catalog) -> None:
    policy = await load(tmp_path, POLICY, catalog)
    both = policy.standing(None, "both@example.com", "nlp")
    assert dict(both.reader.rows) == {"users": "(team = 'nlp') OR (name = 'both@example.com')"}
    assert both.reader.opens == {("projects", "budget")}
    assert both.limited == ("users",), "of runs the second role shows all rows"
    lead = policy.standing(None, "lead@example.com", None)
    assert (lead.reader.rows, lead.limited, lead.reader.knows) == (frozenset(), (), None)
    assert lead.reader.opens == {("users", "salary"), ("projects", "budget")}


async def test_an_unknown_team_lets_no_row_through_but_what_another_role_shows(
    tmp_path: Path, catalog: Catalog
) -> None:
    policy = await load(tmp_path, POLICY, catalog)
    alone = policy.standing("U9", "x@example.com", None)
    assert dict(alone.reader.rows) == {"users": NO_ROW, "runs": "(gpu = 'T4')"}
    assert (alone.limited, alone.blind, alone.lacking) == (("runs", "users"), ("users",), ("team",))
    both = policy.standing(None, "both@example.com", None)
    assert dict(both.reader.rows) == {"users": "(name = 'both@example.com')"}
    assert both.blind == both.lacking == ()


async def test_whose_address_is_unknown_might_be_anybody_the_policy_limits(tmp_path: Path, catalog: Catalog) -> None:
    text = POLICY.replace("everyone: analyst\n", "")
    policy = await load(tmp_path, text, catalog)
    unknown = policy.standing("U9", None, None)
    assert dict(unknown.reader.rows) == {"users": NO_ROW, "runs": NO_ROW}
    assert (unknown.roles, unknown.blind, unknown.lacking) == ((), ("runs", "users"), ("email",))
    assert policy.standing("U9", "x@example.com", None).reader.rows == frozenset(), "known, and named by no rule"
    named = policy.standing("U1", None, None)
    assert (dict(named.reader.rows), named.lacking) == ({"users": NO_ROW}, ("email",))


async def test_whose_address_is_unknown_sees_no_column_that_somebody_named_by_theirs_would_not(
    tmp_path: Path, catalog: Catalog
) -> None:
    text = """\
roles:
  staff: {opens: [users.salary, projects.budget]}
  guest: {opens: [projects.budget]}
people: {guest@example.com: guest, lead@example.com: [guest, staff], U1: []}
everyone: staff
"""
    policy = await load(tmp_path, text, catalog)
    assert policy.standing("U9", None, None).reader.opens == {("projects", "budget")}
    assert policy.standing(None, "guest@example.com", None).reader.opens == {("projects", "budget")}
    everything = {("users", "salary"), ("projects", "budget")}
    assert policy.standing("U9", "x@example.com", None).reader.opens == everything
    nobody = await load(
        tmp_path, text.replace("guest@example.com: guest, lead@example.com: [guest, staff], ", ""), catalog
    )
    assert nobody.standing("U9", None, None).reader.opens == everything, "no address matters"


async def test_a_table_that_came_after_the_policy_was_read_is_not_shown_to_the_limited(
    tmp_path: Path, catalog: Catalog
) -> None:
    policy = await load(tmp_path, POLICY, catalog)
    seen = await catalog.for_reader(policy.standing("U9", "x@example.com", "nlp").reader)
    whole = await catalog.for_reader(policy.standing(None, "lead@example.com", None).reader)
    with closing(sqlite3.connect(tmp_path / "shop.db")) as owner, owner:
        owner.execute("ALTER TABLE runs RENAME TO jobs")
    await catalog.refresh()
    assert [table.name for table in seen.schema.tables] == ["users", "projects", "tags"]
    assert "jobs" in [table.name for table in whole.schema.tables]
    with pytest.raises(QueryError, match="jobs is not in the catalogue"):
        await seen.query("SELECT * FROM jobs")


@pytest.mark.parametrize(
    ("line", "text", "says"),
    [
        (1, "{}", "'roles' is missing"),
        (2, "roles:\n  a: {open: []}", "not a known setting"),
        (2, "roles: {a: {}}\neveryone: b", "there is no role 'b'"),
        (3, "roles: {a: {}}\npeople:\n  U1: [a, c]", "there is no role 'c'"),
        (3, "roles: {a: {}}\npeople:\n  kim: a", "neither a user's id in Slack"),
        (3, "roles: {a: {}}\npeople:\n  k@x: a\n  K@x: a", "stands there twice"),
        (2, "roles:\n  a: {opens: [nowhere.x]}", "there is no table 'nowhere'"),
        (2, "roles:\n  a: {opens: [users.pay]}", "there is no column 'pay' in table 'users'"),
        (2, "roles:\n  a: {opens: [users.name]}", "'users.name' is open to everybody"),
        (4, "roles:\n  a:\n    rows:\n      nowhere: 1 = 1", "there is no table 'nowhere'"),
        (4, "roles:\n  a:\n    rows:\n      users: team = :group", "there are :team and :email"),
        (4, "roles:\n  a:\n    rows:\n      users: team = :team", "add 'who'"),
        (4, "roles:\n  a:\n    rows:\n      users: crew = 'x'", "does not run: no such column: crew"),
        (4, "roles:\n  a:\n    rows:\n      users: id IN (SELECT id FROM nobody)", "nobody is not in the catalogue"),
        (4, "roles:\n  a:\n    rows:\n      users: load_extension(name)", "LOAD_EXTENSION|load_extension"),
        (4, "roles:\n  a:\n    rows:\n      users: count(*) > 1", "does not run: misuse of aggregate"),
        (5, "roles:\n  a:\n    rows:\n      users: team = 'x'\n      users: 1 = 1", "'users' stands there twice"),
        (5, "roles:\n  a:\n    rows:\n      users: team = 'x'\n      Users: 1 = 1", "'Users' stands there twice"),
        (3, "roles:\n  a: {rows: {users: 1 = 0}}\n  a: {}", "'a' stands there twice"),
        (2, "roles: {a: {}}\nwho: {table: nowhere, email: name, team: team}", "there is no table 'nowhere'"),
        (2, "roles: {a: {}}\nwho: {table: users, email: mail, team: team}", "there is no column 'mail'"),
    ],
)
async def test_a_policy_that_cannot_hold_is_named_with_its_line(
    tmp_path: Path, catalog: Catalog, line: int, text: str, says: str
) -> None:
    with pytest.raises(PolicyError, match=says) as caught:
        await load(tmp_path, text, catalog)
    assert str(caught.value).startswith(f"{tmp_path / 'policy.yml'}:{line}: ")


async def test_what_the_role_in_postgres_may_not_read_nobody_can_open(tmp_path: Path, server: Server) -> None:
    file = tmp_path / "catalog.yml"
    file.write_text(SEMANTICS, encoding="utf-8")
    text = "roles: {a: {opens: [users.salary]}}"
    with server.database("closed", script("catalogue", is_other=False)):
        await give_reader(server, "closed", "catalogue", file)
        async with await Catalog.open(server.url("closed", READER, schema="catalogue"), file) as catalog:
            with pytest.raises(PolicyError, match=r"may not read 'users\.salary'; grant it SELECT there"):
                await load(tmp_path, text, catalog)
            opened = await catalog.for_reader(Reader(opens=frozenset({("users", "salary")})))
            assert ("users", "salary") in opened.private
