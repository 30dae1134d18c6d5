"""`mlops-bot catalog`: what the bot understands of the catalogue, and a first catalog.yml for another one."""

import argparse
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from agent.language import language_of
from agent.messages import LANGUAGES, say
from agent.offline.words import grammar
from bot.terminal.linting import draw_findings, findings_json
from bot.terminal.shell import Shell
from bot.terminal.taught import Taught
from db.catalog.catalog import Catalog
from db.catalog.describe import describe, words
from db.catalog.engines import grants_for, is_postgres
from db.catalog.lint import lint
from db.catalog.lint_snippet import snippet
from db.catalog.meaning import Language
from db.catalog.skeleton import skeleton

EXIT_USAGE = 2
READER = "cat_ro"


def add_parser(commands: "argparse._SubParsersAction[Any]") -> None:
    parser = commands.add_parser("catalog", help="what the bot understands of the catalogue")
    parser.set_defaults(run=run)
    words = parser.add_subparsers(title="commands", metavar="COMMAND", dest="word", required=True)
    describing = words.add_parser("describe", help="print tables, columns, and the words people use for them")
    describing.add_argument("--json", action="store_true", dest="as_json", help="the whole semantic layer as JSON")
    linting = words.add_parser("lint", help="what catalog.yml lacks: missing words, clashes, values of no row")
    linting.add_argument("--strict", action="store_true", help="exit with 1 where there is anything to mend")
    linting.add_argument("--json", action="store_true", dest="as_json", help="one JSON object")
    _add_synonyms(words.add_parser("synonyms", help="words that admins have taught, and those not understood"))
    starting = words.add_parser("init", help="write a skeleton catalog.yml for the database at CATALOG_URL")
    starting.add_argument("--out", type=Path, default=Path("catalog.yml"), metavar="FILE", help="default: catalog.yml")
    granting = words.add_parser("grants", help="print the SQL that makes a role which reads a Postgres catalogue only")
    granting.add_argument("--role", default=READER, metavar="NAME", help=f"the role's name; default: {READER}")
    granting.add_argument("--schema", default="", metavar="NAME", help="default: the one that CATALOG_URL names")


def _add_synonyms(parser: argparse.ArgumentParser) -> None:
    doing = parser.add_mutually_exclusive_group()
    doing.add_argument("--export", action="store_true", help="write the learnt words as YAML for catalog.yml")
    doing.add_argument("--import", type=Path, dest="file", metavar="FILE", help="learn the synonyms of such a file")
    doing.add_argument(
        "--teach", nargs=2, metavar=("WORD", "MEANING"),
        help="learn a word: \"table\", \"table.column\", \"table.column = value\" or \"table.column >= 0.9\"",
    )  # fmt: skip
    doing.add_argument("--remove", metavar="WORD", help="take back what was decided of a word")
    parser.add_argument("--out", type=Path, metavar="FILE", help="where --export writes to (default: stdout)")


async def run(args: argparse.Namespace, shell: Shell) -> int:
    if args.word == "init":
        return await _init(args.out, shell)
    if args.word == "grants":
        return await _grants(args.role, args.schema, shell)
    async with shell.open_services(shell.settings()) as services:
        if args.word == "synonyms":
            return await _synonyms(args, Taught(services, shell))
        catalog = services.catalog
        if args.word == "lint":
            return _lint(args, catalog, shell, language_of("", services.settings.language))
        if args.as_json:
            layer = asdict(catalog.semantics) | {"private": catalog.private}
            text = json.dumps(layer, ensure_ascii=False, indent=2)
        else:
            text = f"{describe(catalog.semantics, catalog.values.values_of)}\n\n{words(catalog.semantics)}"
            text += _private(catalog)
    shell.stdout.write(text + "\n")
    return 0


async def _synonyms(args: argparse.Namespace, taught: Taught) -> int:
    if args.export:
        return await taught.export(args.out)
    if args.file is not None:
        return await taught.read(args.file)
    if args.teach is not None:
        return await taught.teach(*args.teach)
    if args.remove is not None:
        return await taught.remove(args.remove)
    return await taught.show()


def _lint(args: argparse.Namespace, catalog: Catalog, shell: Shell, language: Language) -> int:
    """1 with --strict where there is anything to mend."""
    findings = lint(catalog.semantics, catalog.values, frozenset(grammar.words()))
    text = snippet(findings, catalog.semantics, {one: say(f"lint-add-{one}", language) for one in LANGUAGES})
    if args.as_json:
        shell.stdout.write(findings_json(findings, text) + "\n")
    else:
        draw_findings(shell.stdout, findings, text, language)
    return 1 if findings and args.strict else 0


def _private(catalog: Catalog) -> str:
    """For the operator: what neither the model nor anybody who asks gets to know of."""
    named = [f"  {table}.{column}" for table, column in catalog.private]
    return "\n".join(["\n\nPrivate, shown to nobody:", *named]) if named else ""


async def _grants(role: str, schema: str, shell: Shell) -> int:
    settings = shell.settings()
    if not is_postgres(settings.catalog_url):
        shell.stderr.write("CATALOG_URL names no Postgres database: a SQLite file has no roles.\n")
        return EXIT_USAGE
    shell.stdout.write(await grants_for(settings.catalog_url, settings.semantics, role, schema))
    return 0


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
