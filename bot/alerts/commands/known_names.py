"""Whether conditions name what the catalogue has, and what is near to what it has not."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz, process

from bot.alerts.conditions import Conditions, fits, folded
from db.catalog.alerts.queries import PAGE, RunQueries
from db.catalog.alerts.rules import AlertRules
from db.catalog.catalog import Catalog
from db.catalog.errors import CatalogError

log = logging.getLogger(__name__)

WAIT_S: Final = 1.5
"""Nobody waits longer to have their words held against the catalogue: a command has three seconds."""
_COLUMNS: Final = ("project", "team", "dataset")
"""What few enough are called by that all of it can be looked at."""
_NEAR: Final = 55
_OFFERED: Final = 3


@dataclass(frozen=True, slots=True)
class Unmet:
    """A condition of which no run is. `near`: names that may have been meant."""

    key: str
    patterns: Sequence[str]
    near: Sequence[str]


async def unmet(conditions: Conditions, rules: AlertRules, catalog: Catalog) -> list[Unmet]:
    """Those that no run in the catalogue meets by now; of what cannot be looked at in time none is."""
    found: list[Unmet] = []
    try:
        async with asyncio.timeout(WAIT_S):
            for key in _COLUMNS:
                if patterns := conditions.get(key, ()):
                    names = await _names(key, rules, catalog)
                    if names is not None and not any(fits(one, name) for one in patterns for name in names):
                        found.append(Unmet(key, patterns, _nearest(patterns, names)))
    except (CatalogError, TimeoutError) as error:
        log.info("conditions are not held against the catalogue: %s", type(error).__name__)
    return found


async def _names(column: str, rules: AlertRules, catalog: Catalog) -> list[str] | None:
    """All values of a column of `runs`; None where there are too many to say what there is not."""
    if rules.runs is None:
        return None
    table = await catalog.query(RunQueries(rules, catalog.dialect).values(column))
    return None if table.truncated or len(table.rows) >= PAGE else [str(row[0]) for row in table.rows]


def _nearest(patterns: Sequence[str], names: Sequence[str]) -> list[str]:
    near: dict[str, float] = {}
    for pattern in patterns:
        word = folded(pattern.replace("*", ""))
        for name, score, _ in process.extract(word, names, scorer=fuzz.WRatio, processor=folded, score_cutoff=_NEAR):
            near[name] = max(near.get(name, 0), score)
    return sorted(near, key=lambda name: -near[name])[:_OFFERED]
