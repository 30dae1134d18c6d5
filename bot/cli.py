"""The command line: `mlops-bot` and `python -m bot`."""

import argparse
import asyncio
import importlib
import importlib.metadata
import io
import logging
import os
import pkgutil
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TextIO

import bot.terminal.commands
from bot.logs import set_up_logging
from bot.settings import SettingsError
from bot.terminal.shell import OpenServices, Shell
from db.catalog.errors import CatalogUnavailable
from db.catalog.source_file import SourceFileError
from db.store.errors import StoreUnavailable

EXIT_FAILED = 1
EXIT_USAGE = 2
EXIT_INTERRUPTED = 130


def main(
    argv: Sequence[str],
    *,
    environ: Mapping[str, str],
    open_services: OpenServices,
    env_file: Path | None = Path(".env"),
    streams: tuple[TextIO, TextIO, TextIO] | None = None,
) -> int:
    """Runs one command and returns the exit code. `streams` are stdin, stdout, stderr (default: the process's).

    What people do wrong is told in a sentence: 2 for the settings and the command line, 1 for the rest.
    """
    stdin, stdout, stderr = streams or (sys.stdin, sys.stdout, sys.stderr)
    for stream in (stdout, stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    parser = make_parser()
    args = parser.parse_args(argv)
    if args.command is None:
        args = parser.parse_args([*argv, "run"])
    level = (logging.WARNING, logging.INFO, logging.DEBUG)[min(args.verbose, 2)]
    set_up_logging(stderr, level, shows_trace=bool(args.verbose))
    shell = Shell(environ, env_file, open_services, stdin, stdout, stderr)
    if streams is None:
        sys.excepthook = partial(_tell_defect, stderr, bool(args.verbose))
    try:
        with asyncio.Runner(loop_factory=_loop_factory()) as runner:
            code: int = runner.run(args.run(args, shell))
        return code
    except SettingsError as error:
        stderr.write(
            f"Settings need mending (the environment, or .env):\n{error}\n`mlops-bot doctor` checks them all.\n"
        )
        return EXIT_USAGE
    except (CatalogUnavailable, SourceFileError, StoreUnavailable) as error:
        stderr.write(f"{error}\n")
        return EXIT_FAILED
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        # The reader (`| head`) has gone; Python would complain once more when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_FAILED
    except OSError as error:
        stderr.write(f"{error.filename}: {error.strerror}\n" if error.filename else f"{error}\n")
        return EXIT_FAILED


def make_parser() -> argparse.ArgumentParser:
    """The parser of all commands; those in bot/terminal/commands/ are found by folder."""
    parser = argparse.ArgumentParser(
        prog="mlops-bot", description="Ask the MLOps catalogue in Korean or English, in Slack or in the terminal."
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {importlib.metadata.version('mlops-bot')}")
    parser.add_argument("-v", "--verbose", action="count", default=0, help="log to stderr; -vv logs everything")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", dest="command", required=False)
    for info in pkgutil.iter_modules(bot.terminal.commands.__path__):
        importlib.import_module(f"{bot.terminal.commands.__name__}.{info.name}").add_parser(commands)
    return parser


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """uvloop, which takes a fifth of a question's CPU away (benchmarks/); None, for asyncio's own, on Windows."""
    if sys.platform == "win32":
        return None
    from uvloop import new_event_loop

    return new_event_loop


def _tell_defect(
    stderr: TextIO, shows_trace: bool, kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """The last word on a fault of ours: a sentence, and with -v where it happened."""
    if shows_trace:
        sys.__excepthook__(kind, error, trace)
    stderr.write(f"The bot met a fault of its own ({kind.__name__}). Run it again with -v to see where.\n")
