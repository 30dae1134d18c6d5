"""`make fuzz`: as many statements as FUZZ says, 200,000 if it says nothing, half of them for each engine.

SEED repeats a run.
"""

import logging
import os
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from random import Random

from tests.fuzz import postgres, sqlite
from tests.fuzz.arena import Arena
from tests.fuzz.campaign import BATCH, Campaign, pooled
from tests.fuzz.grammar import Vocabulary
from tests.postgres import Server, installations

_SHOWN = 20
_POOLED = 20


def main() -> int:
    count, seed = int(os.environ.get("FUZZ", "200000")), int(os.environ.get("SEED", time.time_ns() % 1_000_000))
    logging.disable(logging.WARNING)
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        server = Server.start(installations()[0])
        stack.callback(server.remove)
        arenas: list[tuple[Arena, Vocabulary]] = [
            (stack.enter_context(postgres.opened(server)), postgres.POSTGRES),
            (stack.enter_context(sqlite.opened(Path(folder))), sqlite.SQLITE),
        ]
        found = [_fought(Campaign(arena, Random(seed), words), arena, count // 2, seed) for arena, words in arenas]
    return 1 if sum(found) else 0


def _fought(campaign: Campaign, arena: Arena, count: int, seed: int) -> int:
    started = time.monotonic()
    while campaign.tally.statements < count:
        campaign.batch(min(BATCH, count - campaign.tally.statements))
        pooled(campaign, arena, _POOLED)
        if campaign.tally.statements % 20_000 == 0:
            print(f"  {campaign.tally.statements:,} after {time.monotonic() - started:.0f} s", flush=True)
    for finding in campaign.tally.findings[:_SHOWN]:
        print(f"  {finding}")
    engine = type(arena).__name__.removesuffix("Arena")
    print(f"{engine}, seed {seed}, {time.monotonic() - started:.0f} s: {campaign.tally.line()}", flush=True)
    return len(campaign.tally.findings)


if __name__ == "__main__":
    sys.exit(main())
