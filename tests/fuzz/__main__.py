"""`make fuzz`: as many statements as FUZZ says, 200,000 if it says nothing; SEED repeats a run."""

import logging
import os
import sys
import tempfile
import time
from pathlib import Path
from random import Random

from tests.fuzz.campaign import BATCH, Campaign, pooled
from tests.fuzz.sqlite import SQLITE, opened

_SHOWN = 20
_POOLED = 20


def main() -> int:
    count, seed = int(os.environ.get("FUZZ", "200000")), int(os.environ.get("SEED", time.time_ns() % 1_000_000))
    started = time.monotonic()
    logging.disable(logging.WARNING)
    with tempfile.TemporaryDirectory() as folder, opened(Path(folder)) as arena:
        campaign = Campaign(arena, Random(seed), SQLITE)
        while campaign.tally.statements < count:
            campaign.batch(min(BATCH, count - campaign.tally.statements))
            pooled(campaign, arena, _POOLED)
            if campaign.tally.statements % 20_000 == 0:
                print(f"  {campaign.tally.statements:,} after {time.monotonic() - started:.0f} s", flush=True)
    for finding in campaign.tally.findings[:_SHOWN]:
        print(f"  {finding}")
    print(f"fuzz, seed {seed}, {time.monotonic() - started:.0f} s: {campaign.tally.line()}")
    return 1 if campaign.tally.findings else 0


if __name__ == "__main__":
    sys.exit(main())
