"""`mlops-bot chat`: a conversation in the terminal."""

import argparse
from typing import Any

from bot.terminal.chat import run_chat
from bot.terminal.shell import Shell


def add_parser(commands: "argparse._SubParsersAction[Any]") -> None:
    parser = commands.add_parser("chat", help="talk in the terminal; reads questions from a pipe as well")
    parser.add_argument("--usage", action="store_true", help="show tokens, cost and time after each answer")
    parser.add_argument("--thread", metavar="NAME", help="go on with the thread of that name (default: a new one)")
    parser.add_argument("--as", metavar="EMAIL", dest="email", help="talk as somebody whom the POLICY knows")
    parser.add_argument("--me", metavar="EMAIL", help="who you are in the catalogue, for 'my' and 'our team' (ME)")
    parser.set_defaults(run=run)


async def run(args: argparse.Namespace, shell: Shell) -> int:
    async with shell.open_services(shell.settings()) as services:
        return await run_chat(shell, services, thread=args.thread, shows_usage=args.usage, email=args.email, me=args.me)
