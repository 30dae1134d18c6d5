"""`mlops-bot catalog` over the sample."""

import asyncio
import json
from pathlib import Path

from db.catalog.catalog import Catalog
from tests.terminal import environ, run_cli, services_with

QUIET = services_with()
A100 = "SELECT COUNT(*) FROM pipelines WHERE gpu_type='A100'"


def test_the_catalogue_is_described_in_words_and_in_json(tmp_path: Path) -> None:
    words = run_cli(["catalog", "describe"], environ(tmp_path), QUIET)
    assert (words.code, words.err) == (0, "")
    assert "pipelines  -- " in words.out
    assert "A100" in words.out
    assert "production = 프로덕션, production, 운영" in words.out
    assert "precision_val (measure): Precision(정밀도), precision, 정밀도" in words.out
    layer = json.loads(run_cli(["catalog", "describe", "--json"], environ(tmp_path), QUIET).out)
    assert {table["name"] for table in layer["tables"]} >= {"users", "models"}


def test_what_is_private_is_named_for_the_operator_apart(tmp_path: Path) -> None:
    semantics = tmp_path / "mine.yml"
    semantics.write_text("tables: {users: {columns: {email: {private: true}}}, metrics: {private: true}}", "utf-8")
    settings = environ(tmp_path, CATALOG_SEMANTICS=str(semantics))
    told = run_cli(["catalog", "describe"], settings, QUIET).out
    shown, _, private = told.partition("\nPrivate, shown to nobody:\n")
    assert "email" not in shown
    assert "metrics" not in shown
    assert private.splitlines()[:2] == ["  users.email", "  metrics.id"]
    layer = json.loads(run_cli(["catalog", "describe", "--json"], settings, QUIET).out)
    assert layer["private"][0] == ["users", "email"]
    assert "Private" not in run_cli(["catalog", "describe"], environ(tmp_path), QUIET).out


async def test_a_skeleton_is_written_once_and_can_be_used(tmp_path: Path) -> None:
    out = tmp_path / "mine.yml"
    settings = environ(tmp_path, CATALOG_SEMANTICS="no/such.yml")
    argv = ["catalog", "init", "--out", str(out)]
    first = await asyncio.to_thread(run_cli, argv, settings, QUIET)
    assert first.code == 0
    assert f"CATALOG_SEMANTICS={out}" in first.out
    async with await Catalog.open(settings["CATALOG_URL"], out) as catalog:
        assert len(catalog.semantics.tables) == 7
    text = out.read_text(encoding="utf-8")
    again = await asyncio.to_thread(run_cli, argv, settings, QUIET)
    assert (again.code, again.err) == (2, f"{out} exists already; name another file with --out.\n")
    assert out.read_text(encoding="utf-8") == text
    nowhere = await asyncio.to_thread(run_cli, [*argv[:-1], str(tmp_path / "no" / "x.yml")], settings, QUIET)
    assert nowhere.code == 2
    assert "cannot be written" in nowhere.err
