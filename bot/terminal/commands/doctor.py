"""`mlops-bot doctor`: does each setting and each outside part work, and what to do if not."""

import argparse
from typing import Any, Final

from bot.terminal.findings import State
from bot.terminal.shell import Shell

_FIRST: Final[tuple[State, ...]] = ("FAIL", "off", "ok")
"""What is to be mended stands before what is only off, and that before what is fine."""


def add_parser(commands: "argparse._SubParsersAction[Any]") -> None:
    parser = commands.add_parser("doctor", help="check each setting, Slack, the model, the catalogue and the store")
    parser.set_defaults(run=run)


async def run(_: argparse.Namespace, shell: Shell) -> int:
    """The verdict, a line for each thing looked at, what fails first, the verdict again; 1 when one of them fails.

    Prints no secret.
    """
    from bot.terminal.checks import diagnose  # brings both SDKs with it, which the other commands need not wait for

    findings = await diagnose(shell.environ, shell.env_file)
    failing = [finding.part for finding in findings if finding.state == "FAIL"]
    verdict = f"{len(failing)} to mend" if failing else "All is well"
    shell.stdout.write(f"{verdict}: {', '.join(failing)}.\n\n" if failing else f"{verdict}.\n\n")
    for finding in sorted(findings, key=lambda one: _FIRST.index(one.state)):
        shell.stdout.write(f"{finding}\n")
    shell.stdout.write(f"\n{verdict}.\n")
    return 1 if failing else 0
