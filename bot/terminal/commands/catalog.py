"""`mlops-bot catalog`: what the bot understands of the catalogue, and a first catalog.yml for another one."""

import argparse
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bot.terminal.shell import Shell
from db.catalog.catalog import Catalog
from db.catalog.describe import describe, words
from db.catalog.skeleton import skeleton

EXIT_USAGE = 2


def add_parser(commands: "argparse._SubParsersAction[Any]") -> None:
    parser = commands.add_parser("catalog", help="what the bot understands of the catalogue")
    parser.set_defaults(run=run)
    words = parser.add_subparsers(title="commands", metavar="COMMAND", dest="word", required=True)
    describing = words.add_parser("describe", help="print tables, columns, and the words people use for them")
    describing.add_argument("--json", action="store_true", dest="as_json", help="the whole semantic layer as JSON")
    starting = words.add_parser("init", help="write a skeleton catalog.yml for the database at CATALOG_URL")
    starting.add_argument("--out", type=Path, default=Path("catalog.yml"), metavar="FILE", help="default: catalog.yml")


async def run(args: argparse.Namespace, shell: Shell) -> int:
    if args.word == "init":
        return await _init(args.out, shell)
    async with shell.open_services(shell.settings()) as services:
        catalog = services.catalog
        if args.as_json:
            layer = asdict(catalog.semantics) | {"private": catalog.private}
            text = json.dumps(layer, ensure_ascii=False, indent=2)
        else:
            text = f"{describe(catalog.semantics, catalog.values.values_of)}\n\n{words(catalog.semantics)}"
            text += _private(catalog)
    shell.stdout.write(text + "\n")
    return 0


def _private(catalog: Catalog) -> str:
    """For the operator: what neither the model nor anybody who asks gets to know of."""
    named = [f"  {table}.{column}" for table, column in catalog.private]
    return "\n".join(["\n\nPrivate, shown to nobody:", *named]) if named else ""


async def _init(out: Path, shell: Shell) -> int:
    """Writes the skeleton by reflection; an existing file stays as it is."""
    async with await Catalog.open(shell.settings(CATALOG_SEMANTICS="").catalog_url) as catalog:
        text = skeleton(catalog.schema)
    try:
        _write_new(out, text)
    except FileExistsError:
        shell.stderr.write(f"{out} exists already; name another file with --out.\n")
        return EXIT_USAGE
    except OSError as error:
        shell.stderr.write(f"{out} cannot be written ({error.strerror}).\n")
        return EXIT_USAGE
    shell.stdout.write(f"{out} written. Fill it in, then set CATALOG_SEMANTICS={out}\n")
    return 0


def _write_new(path: Path, text: str) -> None:
    with path.open("x", encoding="utf-8") as file:
        file.write(text)
