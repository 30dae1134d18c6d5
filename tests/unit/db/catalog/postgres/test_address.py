"""CATALOG_URL of Postgres: what is taken from it, and that its password stays there."""

import pytest

from db.catalog.engines import open_engine
from db.catalog.errors import CatalogUnavailable
from db.catalog.postgres.address import Address
from tests.unit.db.catalog.postgres.opened import Home

SECRET = "hush%2F1@"


def test_a_url_is_taken_apart() -> None:
    address = Address.parse("postgresql://cat_ro:hu%2Fsh@db.example.com:5433/cat?schema=My%20Own&sslmode=require")
    assert address.schema == "My Own"
    assert address.place == "cat at db.example.com"
    for part in ("user=cat_ro", "password=hu/sh", "port=5433", "sslmode=require", "application_name=mlops-bot"):
        assert part in address.conninfo
    assert "schema" not in address.conninfo


def test_options_of_the_urls_own_go_before_ours() -> None:
    assert "connect_timeout=2" in Address.parse("postgres:///cat?connect_timeout=2").conninfo
    assert "application_name=mine" in Address.parse("postgres:///cat?application_name=mine").conninfo
    assert Address.parse("postgres://").place == "the default database at the local socket"


def test_a_password_is_in_no_repr_and_no_text() -> None:
    address = Address.parse("postgresql://u:hu%2Fsh@h/d")
    assert not {"hu/sh", "hu%2Fsh"} & set(repr(address).split("'"))
    assert "hu" not in repr(address)
    assert address.without_secrets("hu/sh\nand hu%2Fsh") == "*** and ***"


@pytest.mark.parametrize(
    "url", [f"postgresql://u:{SECRET}h:x/d?nonsense=1", f"postgresql://u:{SECRET}[::1/d", "postgres://?=hush"]
)
def test_an_address_that_cannot_be_read_is_not_quoted(url: str) -> None:
    with pytest.raises(CatalogUnavailable, match="cannot be read; write it like") as caught:
        Address.parse(url)
    assert "hush" not in str(caught.value)
    assert caught.value.__cause__ is None


async def test_who_cannot_connect_is_told_without_the_password(sample: Home) -> None:
    wrong = sample.url().replace("hush", "push")
    with pytest.raises(CatalogUnavailable, match="password authentication failed") as caught:
        await open_engine(wrong)
    assert "push" not in str(caught.value)
    with pytest.raises(CatalogUnavailable, match="cannot be read"):
        await open_engine("postgresql://u:hush@127.0.0.1:9/d")
    with pytest.raises(CatalogUnavailable, match="has no schema nowhere; name one"):
        await open_engine(sample.url().replace("catalogue", "nowhere"))


async def test_without_a_schema_the_first_of_the_search_path_with_tables_is_taken(sample: Home) -> None:
    engine = await open_engine(sample.url().replace("&schema=catalogue", ""))
    assert engine.dialect.home == "catalogue"
    await engine.close()
