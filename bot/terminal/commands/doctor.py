"""`mlops-bot doctor`: does each setting and each outside part work, and what to do if not."""

import argparse
from typing import Any

from bot.terminal.shell import Shell


def add_parser(commands: "argparse._SubParsersAction[Any]") -> None:
    parser = commands.add_parser("doctor", help="check each setting, Slack, the model, the catalogue and the store")
    parser.set_defaults(run=run)


async def run(_: argparse.Namespace, shell: Shell) -> int:
    """A line for each thing looked at; 1 when one of them fails. Prints no secret."""
    from bot.terminal.checks import diagnose  # brings both SDKs with it, which the other commands need not wait for

    findings = await diagnose(shell.environ, shell.env_file)
    for finding in findings:
        shell.stdout.write(f"{finding}\n")
    failed = sum(finding.state == "FAIL" for finding in findings)
    shell.stdout.write(f"{failed} to mend.\n" if failed else "All is well.\n")
    return 1 if failed else 0
