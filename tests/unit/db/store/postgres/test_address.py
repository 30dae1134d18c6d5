"""STORE_URL of Postgres: what is taken from it, and that its password stays there."""

import pytest
from psycopg.conninfo import conninfo_to_dict

from db.store.errors import StoreUnavailable
from db.store.postgres.address import Address
from db.store.postgres.session import connect

SECRET = "hush%2F1@"


def test_a_url_is_taken_apart() -> None:
    address = Address.parse("postgresql://bot:hu%2Fsh@db.example.com:5433/state?schema=My%20Own&sslmode=require")
    assert (address.name, address.schema) == ("state at db.example.com", "My Own")
    taken = conninfo_to_dict(address.conninfo)
    assert (taken["user"], taken["password"], taken["port"], taken["sslmode"]) == ("bot", "hu/sh", "5433", "require")
    assert '-c search_path="My\\ Own"' in str(taken["options"])


def test_a_session_has_its_deadlines_and_the_urls_own_options_win() -> None:
    usual = str(conninfo_to_dict(Address.parse("postgres:///state").conninfo)["options"])
    for setting in ("statement_timeout=10000", "lock_timeout=5000", "idle_in_transaction_session_timeout=30000"):
        assert f"-c {setting}" in usual
    assert "search_path" not in usual
    given = Address.parse("postgres:///state?options=-c%20lock_timeout%3D1&connect_timeout=2").conninfo
    taken = conninfo_to_dict(given)
    assert str(taken["options"]).endswith(" -c lock_timeout=1")
    assert taken["connect_timeout"] == "2"
    assert Address.parse("postgres://").name == "the default database at the local socket"


async def test_the_server_takes_what_a_session_begins_with(postgres_url: str) -> None:
    session = await connect(Address.parse(f"{postgres_url}&schema=a%20b"))
    names = ("default_transaction_isolation", "timezone", "search_path", "statement_timeout")
    cursor = await session.execute("SELECT " + ", ".join(f"current_setting('{name}')" for name in names))
    (found,) = await cursor.fetchall()
    assert found == ("read committed", "UTC", '"a b"', "10s")
    await session.close()


@pytest.mark.parametrize(
    "url", [f"postgresql://u:{SECRET}h:x/d?nonsense=1", f"postgresql://u:{SECRET}[::1/d", "postgres://?=hush"]
)
def test_an_address_that_cannot_be_read_is_not_quoted(url: str) -> None:
    with pytest.raises(StoreUnavailable, match="STORE_URL cannot be read; write it like") as caught:
        Address.parse(url)
    assert "hush" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_a_password_is_in_no_repr() -> None:
    assert "hu" not in repr(Address.parse("postgresql://u:hu%2Fsh@h/d"))
